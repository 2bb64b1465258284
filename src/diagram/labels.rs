//! The text of a picture: labels, tooltips, title and notes, as plain lines not yet escaped for a
//! format.

use std::borrow::Cow;
#[cfg(feature = "pictures")]
use std::collections::BTreeSet;
use std::collections::HashMap;

use crate::diagram::{Behind, Diagram, Edge, Look, Node};
use crate::graph::{
    ActorId, Entity, Footing, Graph, IssueId, MeetingId, Offer, SourceId, Stance, StanceId, TieId,
    Verdict,
};
use crate::model::{ActorKind, MeetingKind, MeetingStatus, Position, TieKind};
use crate::query::{
    Extract, LeftOut, Line, Lines, MANY_STATEMENTS, Met, doubts, not_counted, scale_words,
};
use crate::render::Places;
use crate::words::{counted, wrapped};

/// The width, in characters, at which labels wrap.
const LABEL: usize = 22;
/// The same where a drawing is to be narrow.
const NARROW: usize = 16;
/// The same for its lines, between boxes.
const NARROWER: usize = 12;
/// The word beside what is graded as doubtful, and the note on it.
pub(crate) const DOUBTFUL: &str = "doubtful";
pub(crate) const DOUBT: &str = "Doubtful: its sources are graded D or E, or its claim 4 or 5.";
/// The most issues for which each shows its question.
const FEW: usize = 24;
/// The most statements a tooltip shows.
const STATEMENTS: usize = 5;

/// Builds labels and tooltips for one graph, and caches what they share.
pub(crate) struct Words<'g> {
    graph: &'g Graph,
    places: Places<'g>,
    /// The text and position of statements that several actors make, so that each is read only
    /// once.
    said: HashMap<StanceId, String>,
    /// The tooltips of meetings, which are the same at the line of every participant.
    met: HashMap<MeetingId, Vec<String>>,
    /// The width, in characters, at which the labels of boxes wrap.
    width: usize,
    /// The same of the labels of lines.
    line_width: usize,
}

impl<'g> Words<'g> {
    pub(crate) fn new(graph: &'g Graph) -> Words<'g> {
        Words {
            graph,
            places: Places::new(graph),
            said: HashMap::new(),
            met: HashMap::new(),
            width: LABEL,
            line_width: LABEL,
        }
    }

    /// Like [`new`](Words::new), for what is to be narrow.
    pub(crate) fn narrow(graph: &'g Graph) -> Words<'g> {
        Words {
            width: NARROW,
            line_width: NARROWER,
            ..Words::new(graph)
        }
    }

    /// Returns the words in a box, in paragraphs; the first is the name.
    pub(crate) fn node_words(&self, node: &Node<'_>, diagram: &Diagram<'_>) -> Vec<String> {
        let graph = self.graph;
        match node {
            Node::Actor(id) => {
                let actor = &graph[*id];
                let is_person = actor.kind == Some(ActorKind::Person);
                let role = is_person.then(|| graph.written_actor(actor.place).role);
                let mut words = vec![actor.name.to_string()];
                words.extend(role.flatten().map(Cow::into_owned));
                words
            }
            Node::Issue(id) => {
                let mut words = vec![graph[*id].name.to_string()];
                words.extend(question_shown(diagram, *id).map(Cow::into_owned));
                let scale = scale_words(graph, *id);
                if !scale.is_empty() && diagram.extract.issues.len() <= FEW {
                    words.push(format!("scale: {scale}"));
                }
                words
            }
            Node::Meeting(met) => {
                let meeting = &graph[met.id];
                let mut words = vec![meeting.title.to_string(), meeting_status(graph, met)];
                if met.parties.is_empty() && !meeting.participants.is_empty() {
                    words.push(format!("{} participants", meeting.participants.len()));
                }
                if met.not_shown > 0 {
                    words.push(format!("and {} more, not shown", met.not_shown));
                }
                words
            }
        }
    }

    /// Returns the words in a box, wrapped into lines, with an actor's camp.
    pub(crate) fn node_label(&self, node: &Node<'_>, diagram: &Diagram<'_>) -> Vec<String> {
        let (first, others, camp) = match node {
            Node::Actor(id) => (self.width, self.width, diagram.camp(*id)),
            Node::Issue(_) => (self.width, self.width + 8, None),
            Node::Meeting(_) => (self.width + 4, self.width + 4, None),
        };
        let words = self.node_words(node, diagram);
        let widths = std::iter::once(first).chain(std::iter::repeat(others));
        let lines = words.iter().zip(widths);
        let mut lines: Vec<String> = lines
            .flat_map(|(words, width)| wrapped(words, width))
            .collect();
        lines.extend(camp.map(|camp| format!("camp {camp}")));
        lines
    }

    /// Returns the tooltip of a box.
    pub(crate) fn node_tooltip(&mut self, node: &Node<'_>) -> Vec<String> {
        match node {
            Node::Actor(id) => self.actor_tooltip(*id),
            Node::Issue(id) => self.issue_tooltip(*id),
            Node::Meeting(met) => self.meeting_tooltip(met),
        }
    }

    /// Returns the label of a line, wrapped: only what the legend can't say.
    pub(crate) fn edge_label(&self, edge: &Edge<'_>) -> Vec<String> {
        wrapped(&self.edge_words(edge), self.line_width)
    }

    /// Returns the label of a line, unwrapped: a number on a scale and the actors a demand is
    /// addressed to, the words of a tie, or how often two actors met.
    pub(crate) fn edge_words(&self, edge: &Edge<'_>) -> String {
        let doubt = if self.has_doubt(edge) { DOUBTFUL } else { "" };
        both(self.certain_words(edge), doubt.to_owned())
    }

    /// Returns the label of a line, unwrapped, without what its grade says.
    fn certain_words(&self, edge: &Edge<'_>) -> String {
        match &edge.behind {
            Behind::Position(line) => return self.line_words(line),
            Behind::Offer(line) => return self.offer_words(line, edge.look),
            Behind::Ties(ties) => {
                let kinds = ties.iter().map(|id| &self.graph[*id].kind);
                for kind in kinds {
                    if let TieKind::Other(words) = kind {
                        return words.to_string();
                    }
                }
            }
            Behind::Meetings(_) | Behind::Statement | Behind::Part(_) | Behind::Structure => {}
        }
        let calls = self.calls(edge);
        match (edge.count(), calls) {
            (1, 0) => String::new(),
            (1, _) => "call".to_owned(),
            (count, 0) => format!("{count}×"),
            (count, calls) if count == calls => counted(count, "call"),
            (count, calls) => format!("{count}×, {}", counted(calls, "call")),
        }
    }

    /// Returns how many of the meetings behind a line were by telephone or video.
    fn calls(&self, edge: &Edge<'_>) -> usize {
        let Behind::Meetings(meetings) = &edge.behind else {
            return 0;
        };
        let kinds = meetings.iter().map(|met| self.graph[met.id].kind);
        kinds
            .filter(|kind| *kind == Some(MeetingKind::Call))
            .count()
    }

    /// Returns what ties are over, if these are few issues: `over Taiwan`.
    #[cfg(feature = "pictures")]
    pub(crate) fn over(&self, edge: &Edge<'_>) -> String {
        let Behind::Ties(ties) = &edge.behind else {
            return String::new();
        };
        let over: BTreeSet<IssueId> = ties
            .iter()
            .flat_map(|id| self.graph[*id].over.iter().copied())
            .collect();
        match over.len() {
            1 | 2 => format!("over {}", self.names(over.into_iter().map(Entity::Issue))),
            _ => String::new(),
        }
    }

    /// Returns whether all that a line rests on is graded as doubtful.
    pub(crate) fn has_doubt(&self, edge: &Edge<'_>) -> bool {
        let graph = self.graph;
        match &edge.behind {
            Behind::Position(line) => graph.standing_is_doubtful(&line.standing),
            Behind::Meetings(met) => met.iter().all(|met| graph.meeting_is_doubtful(met.id)),
            Behind::Ties(ties) => ties.iter().all(|id| graph.tie_is_doubtful(*id)),
            Behind::Offer(_) | Behind::Part(_) | Behind::Statement | Behind::Structure => false,
        }
    }

    /// Returns the tooltip of a line.
    pub(crate) fn edge_tooltip(&mut self, edge: &Edge<'_>) -> Vec<String> {
        match &edge.behind {
            Behind::Position(line) => self.line_tooltip(line),
            Behind::Offer(line) => self.offer_tooltip(line, edge.look),
            Behind::Part(met) => self.meeting_tooltip(met),
            Behind::Meetings(meetings) => meetings
                .iter()
                .map(|met| {
                    let title = &self.graph[met.id].title;
                    format!("{title}: {}", meeting_status(self.graph, met))
                })
                .collect(),
            Behind::Ties(ties) => ties.iter().flat_map(|id| self.tie_tooltip(*id)).collect(),
            Behind::Statement | Behind::Structure => Vec::new(),
        }
    }

    /// Returns the label of offers of one look: `would support if the US joins`.
    pub(crate) fn offer_words(&self, line: &Line, look: Look) -> String {
        let offers = self.graph.offers(&line.standing.footings).into_iter();
        in_words(offers.filter(|offer| Look::of_offer(offer.position) == look))
    }

    /// Returns the tooltip of offers of one look: in words, then statement by statement.
    fn offer_tooltip(&mut self, line: &Line, look: Look) -> Vec<String> {
        let (actor, issue) = (
            self.name(Entity::Actor(line.actor)),
            self.name(Entity::Issue(line.issue)),
        );
        let mut lines = vec![format!(
            "{actor} on {issue}: {}",
            self.offer_words(line, look)
        )];
        let offered: Vec<Footing> = line.standing.offered().copied().collect();
        let has_look = |footing: &&Footing| {
            let position = self.graph[footing.stance].position;
            position.map(Look::of_offer) == Some(look)
        };
        let alike: Vec<Footing> = offered.iter().filter(has_look).copied().collect();
        lines.extend(
            alike
                .iter()
                .take(STATEMENTS)
                .map(|footing| self.statement(line.actor, footing)),
        );
        lines
    }

    /// Returns the label of a position: the offers that make it or a number on a scale, then `toward` and
    /// the actors a demand is addressed to.
    fn line_words(&self, line: &Line) -> String {
        let mut stands = self.offers_in_place(line);
        match line.standing.verdict {
            Verdict::Stands(position @ Position::At(_)) if stands.is_empty() => {
                stands = position.word();
            }
            Verdict::Contested => stands = self.all_said(line),
            _ => {}
        }
        both(stands, self.addressed(line, "toward "))
    }

    /// Returns all positions that statements in force take, in words: `supports / opposes`.
    fn all_said(&self, line: &Line) -> String {
        let stated = self.graph.stated(line.issue, &line.standing).into_iter();
        let stated: Vec<String> = stated.map(Position::word).collect();
        stated.join(" / ")
    }

    /// Returns the offers that make a position, in words; empty if none do, or if it is contested.
    pub(crate) fn offers_in_place(&self, line: &Line) -> String {
        match line.standing.verdict {
            Verdict::Stands(_) => in_words(self.graph.offers_in_place(&line.standing)),
            Verdict::Contested | Verdict::Unknown => String::new(),
        }
    }

    /// Returns `before` and the actors that a demand is addressed to; empty if there are none.
    pub(crate) fn addressed(&self, line: &Line, before: &str) -> String {
        let mut toward: Vec<ActorId> = Vec::new();
        for footing in line.standing.in_force() {
            toward.extend(self.graph[footing.stance].toward());
        }
        toward.sort_unstable();
        toward.dedup();
        match toward.len() {
            0 => String::new(),
            1..=3 => {
                let names = self.names(toward.into_iter().map(Entity::Actor));
                format!("{before}{names}")
            }
            count => format!("{before}{count} actors"),
        }
    }

    fn name(&self, entity: Entity) -> &'g str {
        self.graph.name(entity)
    }

    fn names(&self, entities: impl Iterator<Item = Entity>) -> String {
        entities
            .map(|entity| self.name(entity))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn sources(&self, sources: &[SourceId]) -> String {
        self.names(sources.iter().map(|&source| Entity::Source(source)))
    }

    pub(crate) fn actor_tooltip(&mut self, id: ActorId) -> Vec<String> {
        let actor = &self.graph[id];
        let written = self.graph.written_actor(actor.place);
        let mut lines = vec![format!(
            "{} ({})",
            actor.name,
            ActorKind::word_of(actor.kind)
        )];
        lines.extend(written.role.map(|role| role.into_owned()));
        if !actor.aliases.is_empty() {
            lines.push(format!("also {}", actor.aliases.join(", ")));
        }
        lines.extend(written.note.into_option().map(|note| note.into_owned()));
        lines.push(self.places.line(actor.place));
        lines
    }

    pub(crate) fn issue_tooltip(&mut self, id: IssueId) -> Vec<String> {
        let issue = &self.graph[id];
        let written = self.graph.written_issue(issue.place);
        let mut lines = vec![issue.name.to_string()];
        lines.extend(written.question.map(Cow::into_owned));
        if issue.topic_only {
            lines.push("a topic, no question".to_owned());
        }
        let scale = scale_words(self.graph, id);
        if !scale.is_empty() {
            lines.push(format!("scale: {scale}"));
        }
        lines.extend(written.note.into_option().map(|note| note.into_owned()));
        lines.push(self.places.line(issue.place));
        lines
    }

    pub(crate) fn line_tooltip(&mut self, line: &Line) -> Vec<String> {
        let mut lines = vec![self.answer(line)];
        let said = line.standing.in_force().chain(line.standing.offered());
        let footings: Vec<Footing> = said.copied().collect();
        lines.extend(
            footings
                .iter()
                .take(STATEMENTS)
                .map(|footing| self.statement(line.actor, footing)),
        );
        if footings.len() > STATEMENTS {
            lines.push(format!(
                "and {} more statements",
                footings.len() - STATEMENTS
            ));
        }
        lines
    }

    /// Returns an actor's answer to the question of an issue: `China supports: Should …? (Taiwan)`.
    fn answer(&self, line: &Line) -> String {
        let (actor, issue) = (
            self.name(Entity::Actor(line.actor)),
            self.name(Entity::Issue(line.issue)),
        );
        let Some(question) = question(self.graph, line.issue) else {
            return format!(
                "{actor} on {issue}: {}",
                verdict_words(line.standing.verdict)
            );
        };
        let says = match line.standing.verdict {
            verdict @ (Verdict::Unknown | Verdict::Contested) => {
                format!(", {}", verdict_words(verdict))
            }
            Verdict::Stands(position @ (Position::At(_) | Position::Neutral)) => {
                format!(" is {}", position.word())
            }
            Verdict::Stands(Position::Mixed) => " says both yes and no".to_owned(),
            Verdict::Stands(position) => format!(" {}", position.word()),
        };
        format!("{actor}{says}: {question} ({issue})")
    }

    /// Describes one statement: position, who spoke for the actor, date, wording, sources and
    /// location.
    fn statement(&mut self, actor: ActorId, footing: &Footing) -> String {
        let stance = &self.graph[footing.stance];
        let mut text = match (stance.position, stance.condition()) {
            (Some(position), Some(condition)) => position.would(condition),
            (position, _) => position.map(Position::word).unwrap_or_default(),
        };
        for voice in [
            Some(footing.through).filter(|&through| through != actor),
            stance.said_by(),
        ]
        .into_iter()
        .flatten()
        {
            text.push_str(&format!(", by {}", self.name(Entity::Actor(voice))));
        }
        text.extend(footing.date.map(|date| format!(", {}", date.words())));
        text.extend(
            doubts(footing)
                .iter()
                .map(|doubt| format!(", {}", doubt.word())),
        );
        text.push_str(if_doubtful(self.graph.stance_is_doubtful(footing.stance)));
        if stance.actors.as_slice().len() < 2 {
            return text + &self.said(stance);
        }
        if !self.said.contains_key(&footing.stance) {
            self.said.insert(footing.stance, self.said(stance));
        }
        text + &self.said[&footing.stance]
    }

    /// Returns a statement's summary, quote, sources and location.
    fn said(&self, stance: &Stance) -> String {
        let written = self.graph.written_stance(stance.place);
        let mut text = String::new();
        text.extend(written.summary.map(|summary| format!(": {summary}")));
        text.extend(
            written
                .quote
                .into_option()
                .map(|quote| format!(" “{quote}”")),
        );
        if !stance.sources.as_slice().is_empty() {
            text.push_str(&format!(" [{}]", self.sources(stance.sources.as_slice())));
        }
        format!("{text} {}", self.places.line(stance.place))
    }

    /// Returns the tooltip of a meeting.
    pub(crate) fn meeting_tooltip(&mut self, met: &Met) -> Vec<String> {
        if !self.met.contains_key(&met.id) {
            self.met.insert(met.id, self.told_of_meeting(met));
        }
        self.met[&met.id].clone()
    }

    fn told_of_meeting(&self, met: &Met) -> Vec<String> {
        let meeting = &self.graph[met.id];
        let written = self.graph.written_meeting_as_told(meeting);
        let kind = meeting
            .kind
            .map(|kind| format!("{}, ", kind.word()))
            .unwrap_or_default();
        let date = met
            .date
            .map(|date| format!(" {}", date.words()))
            .unwrap_or_default();
        let mut lines = vec![
            meeting.title.to_string(),
            format!(
                "{kind}{}{date}{}",
                meeting.status_words(),
                if_doubtful(self.graph.meeting_is_doubtful(met.id))
            ),
        ];
        lines.extend(written.place.map(|place| format!("at {place}")));
        lines.extend(
            meeting
                .host()
                .map(|host| format!("host: {}", self.name(Entity::Actor(host)))),
        );
        if !meeting.topics.is_empty() {
            lines.push(format!(
                "on {}",
                self.names(meeting.topics.iter().map(|&topic| Entity::Issue(topic)))
            ));
        }
        for earlier in meeting.earlier() {
            let date = earlier
                .date
                .map(|date| format!(" for {}", date.words()))
                .unwrap_or_default();
            let because = earlier
                .because
                .map(|because| format!(" because of {}", self.name(because)))
                .unwrap_or_default();
            lines.push(format!(
                "earlier {}{date}{because}",
                MeetingStatus::word_of(Some(earlier.status))
            ));
        }
        lines.extend(
            written
                .outcome
                .into_option()
                .map(|outcome| format!("outcome: {outcome}")),
        );
        if !meeting.sources().is_empty() {
            lines.push(format!("[{}]", self.sources(meeting.sources())));
        }
        lines.push(self.places.line(meeting.place));
        lines
    }

    fn tie_tooltip(&self, id: TieId) -> Vec<String> {
        let tie = &self.graph[id];
        let (from, to) = (
            self.name(Entity::Actor(tie.from)),
            self.name(Entity::Actor(tie.to)),
        );
        let mut first = format!("{from} and {to}: {}", tie.kind.word());
        first.extend(tie.since.map(|since| format!(", since {}", since.words())));
        first.extend(tie.until.map(|until| format!(", until {}", until.words())));
        first.push_str(if_doubtful(self.graph.tie_is_doubtful(id)));
        let mut lines = vec![first];
        if !tie.over.is_empty() {
            lines.push(format!(
                "over {}",
                self.names(tie.over.iter().map(|&issue| Entity::Issue(issue)))
            ));
        }
        if !tie.sources.is_empty() {
            lines.push(format!("[{}]", self.sources(&tie.sources)));
        }
        lines.push(self.places.line(tie.place));
        lines
    }
}

/// Returns the question that a supporter of the issue answers with yes, or `None` for a topic.
pub(crate) fn question(graph: &Graph, id: IssueId) -> Option<Cow<'_, str>> {
    graph.written_issue(graph[id].place).question
}

/// Returns the question where few issues are drawn; where there are many, only names fit.
pub(crate) fn question_shown<'g>(diagram: &Diagram<'g>, id: IssueId) -> Option<Cow<'g, str>> {
    let question = question_beside(diagram.graph, id);
    question.filter(|_| diagram.extract.issues.len() <= FEW)
}

/// Returns the question to show beside the name: none that is the name again, or has no words.
pub(crate) fn question_beside(graph: &Graph, id: IssueId) -> Option<Cow<'_, str>> {
    let question = question(graph, id)?;
    let has_words = question.chars().any(char::is_alphanumeric);
    (has_words && question.trim() != graph[id].name.trim()).then_some(question)
}

/// Returns a meeting's status, date and likelihood: `planned 2023-09~, likely`.
pub(crate) fn meeting_status(graph: &Graph, met: &Met) -> String {
    let mut status = graph[met.id].status_words();
    if graph[met.id].is_in_writing() {
        status = format!("in writing, {status}");
    }
    if let Some(date) = met.date {
        status.push(' ');
        status.push_str(&date.words());
    }
    status.push_str(if_doubtful(graph.meeting_is_doubtful(met.id)));
    if let Some(likelihood) = graph[met.id].more.as_ref().and_then(|more| more.likelihood) {
        status.push_str(", ");
        status.push_str(likelihood.word());
    }
    status
}

/// Returns the name of a line in the legend of a drawing: of meetings that did not take place, with
/// what became of them; of those planned for days that have passed, only the plan is recorded.
#[cfg(feature = "pictures")]
pub(crate) fn look_words(extract: &Extract, look: Look) -> String {
    let name = look.style().name;
    let planned = |met: &&Met| {
        matches!(
            met.status,
            Some(MeetingStatus::Planned | MeetingStatus::Invited)
        )
    };
    let has_passed = |met: &Met| match (met.date, extract.terms.day) {
        (Some(date), Some(day)) => date.period().to < day,
        _ => false,
    };
    let was = match look {
        Look::ToMeet | Look::WereToMeet => "were to meet",
        Look::IsToTakePart | Look::WasToTakePart => "was to take part",
        _ => return name.to_owned(),
    };
    if matches!(look, Look::WereToMeet | Look::WasToTakePart) {
        return format!("{was}: {}", fell_through(extract));
    }
    let mut all = extract.meetings.iter().filter(planned).peekable();
    let some = extract.meetings.iter().filter(planned).any(has_passed);
    if some && all.all(has_passed) {
        return format!("{was}: planned, outcome not recorded");
    }
    match some {
        true => format!("{name}, or {was}: planned, outcome not recorded"),
        false => name.to_owned(),
    }
}

/// Returns what became of the meetings that did not take place: `put off or refused`.
#[cfg(feature = "pictures")]
fn fell_through(extract: &Extract) -> String {
    let ends = [
        (MeetingStatus::Postponed, "put off"),
        (MeetingStatus::Cancelled, "called off"),
        (MeetingStatus::Refused, "refused"),
    ];
    let has = |status| {
        extract
            .meetings
            .iter()
            .any(|met| met.status == Some(status))
    };
    let words = ends.into_iter().filter(|(status, _)| has(*status));
    let words: Vec<&str> = words.map(|(_, word)| word).collect();
    words.join(" or ")
}

/// Returns the title of a picture.
pub(crate) fn title_words(graph: &Graph) -> &str {
    graph.title.as_deref().unwrap_or("Who stands where")
}

/// Says in sentences what a picture leaves out.
pub(crate) fn not_shown(extract: &Extract, left_out: &LeftOut) -> Vec<String> {
    let mut sentences = Vec::new();
    if matches!(extract.lines, Lines::Statements(_)) {
        sentences.push(format!(
            "One line per statement, because there are more than {MANY_STATEMENTS}: newer ones do not replace older ones, and nothing is said about evidence."
        ));
    }
    let attributed = not_counted(left_out.attributed);
    let chosen = left_out.kept.map(|many| {
        format!("Drawn: the {many} with the most statements and meetings among themselves.")
    });
    let left_out = self::left_out(left_out);
    if !left_out.is_empty() {
        sentences.extend(chosen);
        sentences.push(format!("Not drawn: {}.", left_out.join("; ")));
    }
    let counted_with = extract.counted_with.as_ref();
    sentences.extend(counted_with.map(|note| note.text.clone()));
    sentences.extend(attributed.map(|note| note.text));
    sentences
}

/// Returns the word that follows what is graded as doubtful.
fn if_doubtful(is_doubtful: bool) -> &'static str {
    if is_doubtful { ", doubtful" } else { "" }
}

/// Joins two parts of a label, either of which may be empty.
pub(crate) fn both(one: String, other: String) -> String {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other,
        (_, true) => one,
        _ => format!("{one}, {other}"),
    }
}

fn in_words(offers: impl IntoIterator<Item = Offer>) -> String {
    let words: Vec<String> = offers.into_iter().map(|offer| offer.words()).collect();
    words.join("; ")
}

fn left_out(left_out: &LeftOut) -> Vec<String> {
    let LeftOut {
        kept: _,
        actors,
        people,
        issues,
        meetings,
        folded_actors: _,
        folded_beside: _,
        attributed: _,
        unknown,
        later,
    } = *left_out;
    let said = [
        (
            people,
            "person",
            " with no line except to those they speak for",
        ),
        (actors - people, "actor", ""),
        (issues, "issue", ""),
        (meetings, "meeting", ""),
        (unknown, "position", " that the statements leave unknown"),
        (later, "position", " with later statements only"),
    ];
    said.iter()
        .filter(|(many, ..)| *many > 0)
        .map(|(many, what, which)| counted(*many, what) + which)
        .collect()
}

/// Returns the wording of a verdict; an unknown one is a "position unknown".
pub(crate) fn verdict_words(verdict: Verdict) -> String {
    match verdict {
        Verdict::Unknown => Look::Unknown.style().name.to_owned(),
        verdict => verdict.word(),
    }
}
