//! The rows of a graph, for every format that is made of tables. References come from the resolved
//! graph, so that none dangles; what only the files have, such as quotes, is read from them again.

use std::borrow::Cow;
use std::io;

use crate::exchange::tables::{
    ActorAliasRow, ActorRow, FactAboutRow, FactRow, GraphRow, IssueAliasRow, IssueMarkRow,
    IssueRow, MeetingActorRow, MeetingHeldRow, MeetingHistoryRow, MeetingRow, MeetingTopicRow,
    MemberRow, RecordSourceRow, RecordTagRow, Row, SameAsRow, Sink, SourceRootRow, SourceRow,
    SourceViaRow, SourceWithoutRow, StanceActorRow, StanceCountsRow, StanceDependsRow,
    StanceFoldsRow, StanceRow, StanceSourceRow, StanceTowardRow, TieOverRow, TieRow, VoiceRow,
    put_schema,
};
use crate::graph::{
    ActorId, Claim, Counts, Earlier, Entity, FactId, Folds, Graph, IssueId, MeetingId, SourceId,
    StanceId, TieId, Told,
};
use crate::model::{self, Date, Day, Period, Position, Str, TieKind};
use crate::query::scope;
use crate::query::{Left, View};
use crate::render::Places;
use crate::syntax::Rare;
use crate::text::Place;

/// Passes the rows of all tables to a sink: the records of a view that its selection is about, and
/// every source, actor, issue, meeting and fact that these refer to. The same view makes the same rows
/// in the same order.
///
/// # Errors
/// If the sink can't write them.
pub fn rows(view: &View, left: Left, sink: &mut dyn Sink) -> io::Result<()> {
    let graph = &view.graph;
    put_schema(sink)?;
    let mut out = Out {
        graph,
        left,
        places: Places::new(graph),
        kept: Kept::of(view),
        sink,
    };
    out.graph()?;
    for id in SourceId::all(graph) {
        out.source(id)?;
    }
    for id in ActorId::all(graph) {
        out.actor(id)?;
    }
    for id in IssueId::all(graph) {
        out.issue(id)?;
    }
    for id in StanceId::all(graph) {
        out.stance(id)?;
    }
    for id in MeetingId::all(graph) {
        out.meeting(id)?;
    }
    for id in TieId::all(graph) {
        out.tie(id)?;
    }
    for id in FactId::all(graph) {
        out.fact(id)?;
    }
    Ok(())
}

/// Which records are exported.
struct Kept {
    sources: Vec<bool>,
    actors: Vec<bool>,
    issues: Vec<bool>,
    stances: Vec<bool>,
    meetings: Vec<bool>,
    ties: Vec<bool>,
    facts: Vec<bool>,
}

impl Kept {
    fn of(view: &View) -> Kept {
        let View { graph, lens, .. } = view;
        let is_asked = |entity| scope::has_record(graph, *lens, entity);
        let is_all = view.restriction == crate::graph::Restriction::default();
        let stances = StanceId::all(graph);
        let mut kept = Kept {
            sources: vec![is_all; graph.sources().len()],
            actors: ActorId::all(graph)
                .map(|id| is_all || is_asked(Entity::Actor(id)))
                .collect(),
            issues: IssueId::all(graph)
                .map(|id| is_all || is_asked(Entity::Issue(id)))
                .collect(),
            stances: stances
                .map(|id| is_all || scope::has_statement(graph, *lens, &graph[id]))
                .collect(),
            meetings: MeetingId::all(graph)
                .map(|id| is_all || is_asked(Entity::Meeting(id)))
                .collect(),
            ties: TieId::all(graph)
                .map(|id| is_all || scope::has_tie(graph, id))
                .collect(),
            facts: FactId::all(graph)
                .map(|id| is_all || is_asked(Entity::Fact(id)))
                .collect(),
        };
        if !is_all {
            kept.close(graph);
        }
        kept
    }

    fn add(&mut self, entity: Entity) -> bool {
        let (list, nth) = match entity {
            Entity::Source(id) => (&mut self.sources, id.index()),
            Entity::Actor(id) => (&mut self.actors, id.index()),
            Entity::Issue(id) => (&mut self.issues, id.index()),
            Entity::Meeting(id) => (&mut self.meetings, id.index()),
            Entity::Fact(id) => (&mut self.facts, id.index()),
        };
        list.get_mut(nth)
            .is_some_and(|kept| !std::mem::replace(kept, true))
    }

    /// Adds whatever the kept records refer to, until nothing is missing.
    fn close(&mut self, graph: &Graph) {
        let of_stances = StanceId::all(graph).filter(|id| self.stances[id.index()]);
        let of_ties = TieId::all(graph).filter(|id| self.ties[id.index()]);
        let mut referred: Vec<Entity> = of_stances
            .flat_map(|id| stance_refers(graph, id))
            .chain(of_ties.flat_map(|id| tie_refers(graph, id)))
            .collect();
        let sources = SourceId::all(graph).map(Entity::Source);
        let actors = ActorId::all(graph).map(Entity::Actor);
        let issues = IssueId::all(graph).map(Entity::Issue);
        let meetings = MeetingId::all(graph).map(Entity::Meeting);
        let facts = FactId::all(graph).map(Entity::Fact);
        let all = sources
            .chain(actors)
            .chain(issues)
            .chain(meetings)
            .chain(facts);
        for entity in all.filter(|entity| self.has(*entity)) {
            referred.extend(refers(graph, entity));
        }
        while let Some(entity) = referred.pop() {
            if self.add(entity) {
                referred.extend(refers(graph, entity));
            }
        }
    }

    fn has(&self, entity: Entity) -> bool {
        match entity {
            Entity::Source(id) => self.sources[id.index()],
            Entity::Actor(id) => self.actors[id.index()],
            Entity::Issue(id) => self.issues[id.index()],
            Entity::Meeting(id) => self.meetings[id.index()],
            Entity::Fact(id) => self.facts[id.index()],
        }
    }
}

fn stance_refers(graph: &Graph, id: StanceId) -> Vec<Entity> {
    let stance = &graph[id];
    let actors = stance.actors.as_slice().iter().chain(stance.toward());
    let actors = actors.copied().chain(stance.said_by()).map(Entity::Actor);
    let sources = stance.sources.as_slice().iter().copied();
    let sources = sources.chain(stance.withdrawn_in()).map(Entity::Source);
    actors
        .chain(sources)
        .chain(stance.depends_on().iter().copied())
        .chain([Entity::Issue(stance.issue)])
        .collect()
}

fn tie_refers(graph: &Graph, id: TieId) -> Vec<Entity> {
    let tie = &graph[id];
    let actors = [tie.from, tie.to].into_iter().chain(tie.said_by);
    let sources = tie.sources.iter().copied().chain(tie.withdrawn_in);
    actors
        .map(Entity::Actor)
        .chain(sources.map(Entity::Source))
        .chain(tie.over.iter().copied().map(Entity::Issue))
        .collect()
}

/// Returns what a record with an id refers to.
fn refers(graph: &Graph, entity: Entity) -> Vec<Entity> {
    match entity {
        Entity::Source(id) => {
            let source = &graph[id];
            let sources = source.via.iter().copied().chain(source.withdrawn_in);
            sources.map(Entity::Source).collect()
        }
        Entity::Actor(id) => {
            let actor = &graph[id];
            let actors = actor.speaks_for.iter().chain(&actor.members);
            actors.copied().map(Entity::Actor).collect()
        }
        Entity::Issue(id) => graph[id].part_of.map(Entity::Issue).into_iter().collect(),
        Entity::Fact(id) => {
            let fact = &graph[id];
            let sources = fact.sources.iter().copied().chain(fact.withdrawn_in);
            sources
                .map(Entity::Source)
                .chain(fact.said_by.map(Entity::Actor))
                .chain(fact.about.iter().copied())
                .collect()
        }
        Entity::Meeting(id) => {
            let meeting = &graph[id];
            let mut all: Vec<Entity> = meeting.everybody().copied().map(Entity::Actor).collect();
            all.extend(meeting.topics.iter().copied().map(Entity::Issue));
            all.extend(meeting.sources().iter().copied().map(Entity::Source));
            all.extend(meeting.part_of().map(Entity::Meeting));
            if let Some(more) = &meeting.more {
                all.extend(more.because);
                all.extend(more.said_by.map(Entity::Actor));
                all.extend(more.withdrawn_in.map(Entity::Source));
            }
            for earlier in meeting.earlier().iter().chain(meeting.withdrawn()) {
                all.extend(earlier.because);
                all.extend(earlier.said_by.map(Entity::Actor));
                let sources = earlier.sources.as_slice().iter().copied();
                all.extend(sources.chain(earlier.withdrawn_in).map(Entity::Source));
            }
            all
        }
    }
}

/// The first and last day of a date, where it has them.
fn ends(date: Option<Date>) -> (Option<Day>, Option<Day>) {
    date.map_or((None, None), |date| bounds(date.period()))
}

/// The first and last day of a period, where it has them.
pub(super) fn bounds(period: Period) -> (Option<Day>, Option<Day>) {
    (
        Some(period.from).filter(|day| *day != Day::FIRST),
        Some(period.to).filter(|day| *day != Day::LAST),
    )
}

fn written(date: Option<Date>) -> Option<Str<'static>> {
    date.map(|date| Cow::Owned(date.to_string()))
}

fn rare<'a>(text: &'a Rare<'_>) -> Option<Str<'a>> {
    text.as_deref().map(Cow::Borrowed)
}

fn optional<'a>(text: &'a Option<Str<'_>>) -> Option<Str<'a>> {
    text.as_deref().map(Cow::Borrowed)
}

/// What was read of a list in a file: its place in the list, and the value.
fn listed<T>(list: impl IntoIterator<Item = T>) -> impl Iterator<Item = (i64, T)> {
    (0..).zip(list)
}

struct Out<'o> {
    graph: &'o Graph,
    left: Left,
    places: Places<'o>,
    kept: Kept,
    sink: &'o mut dyn Sink,
}

impl<'o> Out<'o> {
    fn put<'r>(&mut self, row: impl Row<'r>) -> io::Result<()> {
        row.put(self.sink)
    }

    fn id(&self, entity: Entity) -> Str<'o> {
        Cow::Borrowed(self.graph.id(entity))
    }

    fn actor_id(&self, id: ActorId) -> Str<'o> {
        self.id(Entity::Actor(id))
    }

    fn source_id(&self, id: SourceId) -> Str<'o> {
        self.id(Entity::Source(id))
    }

    fn note<'a>(&self, note: &'a Rare<'_>) -> Option<Str<'a>> {
        rare(note).filter(|_| !self.left.note)
    }

    fn quote<'a>(&self, quote: &'a Rare<'_>) -> Option<Str<'a>> {
        rare(quote).filter(|_| !self.left.quote)
    }

    fn file(&self, place: Place) -> (Option<Str<'o>>, Option<i64>) {
        let line = i64::try_from(self.places.line_number(place)).ok();
        (Some(Cow::Borrowed(self.places.file(place))), line)
    }

    fn tags(&mut self, kind: &str, record: &str, tags: &[Str<'_>]) -> io::Result<()> {
        for (nth, tag) in listed(tags) {
            self.put(RecordTagRow {
                kind: kind.into(),
                record: record.into(),
                nth,
                tag: tag.as_ref().into(),
            })?;
        }
        Ok(())
    }

    fn same_as(&mut self, kind: &str, record: &str, ids: &[Box<str>]) -> io::Result<()> {
        for (nth, id) in listed(ids) {
            self.put(SameAsRow {
                kind: kind.into(),
                record: record.into(),
                nth,
                same_as: id.as_ref().into(),
            })?;
        }
        Ok(())
    }

    /// The sources of a record, each with whether it lends it support.
    fn lending(&self, sources: &[SourceId]) -> Vec<(i64, SourceId, bool)> {
        let lends: Vec<SourceId> = self.graph.lending(sources).collect();
        listed(sources.iter().copied())
            .map(|(nth, source)| (nth, source, lends.contains(&source)))
            .collect()
    }

    fn sources(&mut self, kind: &str, record: &str, sources: &[SourceId]) -> io::Result<()> {
        for (nth, source, lends) in self.lending(sources) {
            self.put(RecordSourceRow {
                kind: kind.into(),
                record: record.into(),
                nth,
                source: self.source_id(source),
                lends,
            })?;
        }
        Ok(())
    }

    fn graph(&mut self) -> io::Result<()> {
        let codes: Vec<&str> = self.graph.allow.iter().map(|(code, _)| &**code).collect();
        let mut known: Vec<&str> = Vec::new();
        for code in codes {
            if !known.contains(&code) {
                known.push(code);
            }
        }
        let allow = (!known.is_empty()).then(|| Cow::Owned(known.join(" ")));
        let note = self.graph.note().filter(|_| !self.left.note);
        self.put(GraphRow {
            title: self.graph.title().map(Cow::Borrowed),
            note: note.map(Cow::Borrowed),
            as_of: self.graph.asked_as_of(),
            allow,
        })
    }

    fn source(&mut self, id: SourceId) -> io::Result<()> {
        if !self.kept.sources[id.index()] {
            return Ok(());
        }
        let (graph, source) = (self.graph, &self.graph[id]);
        let of = graph.written_source(source.place);
        let (file, line) = self.file(source.place);
        let (date_from, date_to) = ends(source.date);
        let withdrawn = graph.source_withdrawn_by(id);
        self.put(SourceRow {
            source: source.id.as_ref().into(),
            title: Some(source.title.as_ref().into()),
            publisher: optional(&of.publisher),
            date: written(source.date),
            date_from,
            date_to,
            date_lost: source.lost_date,
            url: optional(&of.url),
            reliability: source.reliability.map(|grade| grade.written().into()),
            text: optional(&of.text).filter(|_| !self.left.text),
            withdrawn_in: source.withdrawn_in.map(|id| self.source_id(id)),
            withdrawn: withdrawn.is_some(),
            withdrawn_from: ends(withdrawn.and_then(|by| graph[by].date)).0,
            note: self.note(&of.note),
            file,
            line,
        })?;
        for (nth, via) in listed(source.via.iter().copied()) {
            self.put(SourceViaRow {
                source: source.id.as_ref().into(),
                nth,
                via: self.source_id(via),
            })?;
        }
        for root in graph.roots(&[id]) {
            self.put(SourceRootRow {
                source: source.id.as_ref().into(),
                root: self.source_id(root),
            })?;
        }
        self.without(id)?;
        self.same_as("source", &source.id, &source.same_as)?;
        self.tags("source", &source.id, &of.tags)
    }

    /// Writes what is left of a source without one that it repeats.
    fn without(&mut self, id: SourceId) -> io::Result<()> {
        for origin in self.graph.origins(id) {
            let roots = self.graph.roots_without(id, origin);
            let fallen = roots.is_empty().then_some(None);
            for root in roots.into_iter().map(Some).chain(fallen) {
                self.put(SourceWithoutRow {
                    source: self.source_id(id),
                    without_source: self.source_id(origin),
                    root: root.map(|root| self.source_id(root)),
                })?;
            }
        }
        Ok(())
    }

    fn actor(&mut self, id: ActorId) -> io::Result<()> {
        if !self.kept.actors[id.index()] {
            return Ok(());
        }
        let (graph, actor) = (self.graph, &self.graph[id]);
        let of = graph.written_actor(actor.place);
        let (file, line) = self.file(actor.place);
        self.put(ActorRow {
            actor: actor.id.as_ref().into(),
            name: Some(actor.name.as_ref().into()),
            kind: actor.kind.map(|kind| kind.written().into()),
            role: optional(&of.role),
            power: actor.power,
            note: self.note(&of.note),
            file,
            line,
        })?;
        for (nth, alias) in listed(&actor.aliases) {
            self.put(ActorAliasRow {
                actor: actor.id.as_ref().into(),
                nth,
                alias: alias.as_ref().into(),
            })?;
        }
        for (nth, principal) in listed(&actor.speaks_for) {
            self.put(VoiceRow {
                speaker: actor.id.as_ref().into(),
                nth: Some(nth),
                principal: self.actor_id(*principal),
                holds_from: None,
                holds_to: None,
                tie: None,
            })?;
        }
        for (nth, member) in listed(&actor.members) {
            self.put(MemberRow {
                whole: actor.id.as_ref().into(),
                nth: Some(nth),
                member: self.actor_id(*member),
                holds_from: None,
                holds_to: None,
                tie: None,
            })?;
        }
        self.same_as("actor", &actor.id, &actor.same_as)?;
        self.tags("actor", &actor.id, &of.tags)
    }

    fn issue(&mut self, id: IssueId) -> io::Result<()> {
        if !self.kept.issues[id.index()] {
            return Ok(());
        }
        let (graph, issue) = (self.graph, &self.graph[id]);
        let of = graph.written_issue(issue.place);
        let (file, line) = self.file(issue.place);
        let (decided_from, decided_to) = ends(of.decided);
        self.put(IssueRow {
            issue: issue.id.as_ref().into(),
            name: Some(issue.name.as_ref().into()),
            question: optional(&of.question),
            part_of: issue.part_of.map(|id| self.id(Entity::Issue(id))),
            levels: of.levels.filter(|_| issue.levels.is_some()).map(i64::from),
            scale_from: issue.scale.map(|(from, _)| from),
            scale_to: issue.scale.map(|(_, to)| to),
            status_quo: of.status_quo,
            outcome: of.outcome,
            decided: written(of.decided),
            decided_from,
            decided_to,
            note: self.note(&of.note),
            file,
            line,
        })?;
        for (nth, alias) in listed(&issue.aliases) {
            self.put(IssueAliasRow {
                issue: issue.id.as_ref().into(),
                nth,
                alias: alias.as_ref().into(),
            })?;
        }
        let marks = of.scale.iter().flat_map(|scale| &scale.marks.0);
        for (nth, (number, meaning)) in listed(marks) {
            self.put(IssueMarkRow {
                issue: issue.id.as_ref().into(),
                nth,
                number: *number,
                meaning: meaning.as_ref().into(),
            })?;
        }
        self.same_as("issue", &issue.id, &issue.same_as)?;
        self.tags("issue", &issue.id, &of.tags)
    }

    fn stance(&mut self, id: StanceId) -> io::Result<()> {
        if !self.kept.stances[id.index()] {
            return Ok(());
        }
        let (graph, stance) = (self.graph, &self.graph[id]);
        let of = graph.written_stance(stance.place);
        let (file, line) = self.file(stance.place);
        let name = format!("s{}", id.index() + 1);
        let (date_from, date_to) = ends(graph.stance_date(stance));
        let (until_from, until_to) = ends(stance.until());
        let sources = stance.sources.as_slice();
        let position = stance.position;
        self.put(StanceRow {
            stance: name.as_str().into(),
            issue: self.id(Entity::Issue(stance.issue)),
            position: position.map(|position| position.written().into()),
            number: position.and_then(Position::number),
            score: position.and_then(|position| graph.score(stance.issue, position)),
            condition: stance.condition().map(Cow::Borrowed),
            salience: stance.salience(),
            power: stance.power(),
            summary: optional(&of.summary),
            quote: self.quote(&of.quote),
            said_by: stance.said_by().map(|id| self.actor_id(id)),
            date: written(stance.date),
            date_from,
            date_to,
            date_lost: graph.has_lost_date(stance.date, sources),
            until: written(stance.until()),
            until_from,
            until_to,
            passage: rare(&of.at),
            credibility: stance.credibility().map(i64::from),
            withdrawn_in: stance.withdrawn_in().map(|id| self.source_id(id)),
            note: self.note(&of.note),
            file,
            line,
        })?;
        for (nth, actor) in listed(stance.actors.as_slice()) {
            self.put(StanceActorRow {
                stance: name.as_str().into(),
                nth,
                actor: self.actor_id(*actor),
            })?;
        }
        for (nth, source, lends) in self.lending(sources) {
            self.put(StanceSourceRow {
                stance: name.as_str().into(),
                nth,
                source: self.source_id(source),
                lends,
            })?;
        }
        for (nth, actor) in listed(stance.toward()) {
            self.put(StanceTowardRow {
                stance: name.as_str().into(),
                nth,
                actor: self.actor_id(*actor),
            })?;
        }
        for (nth, on) in listed(stance.depends_on()) {
            self.put(StanceDependsRow {
                stance: name.as_str().into(),
                nth,
                kind: on.kind().noun().into(),
                record: self.id(*on),
            })?;
        }
        self.counts(id, &name)?;
        self.tags("stance", &name, &of.tags)
    }

    /// Writes for whom a statement counts.
    fn counts(&mut self, id: StanceId, name: &str) -> io::Result<()> {
        use crate::graph::Never;
        let (graph, stance) = (self.graph, &self.graph[id]);
        let claim = stance.claim();
        let withdrawn = graph.is_withdrawn(claim);
        let since = withdrawn.then(|| ends(graph.withdrawn_since(claim)).0);
        let all = graph.counts(id);
        for folds in graph.folds(id, &all) {
            let Folds {
                actor,
                principal,
                from,
            } = folds;
            if self.kept.actors[actor.index()] && self.kept.actors[principal.index()] {
                self.put(StanceFoldsRow {
                    stance: name.into(),
                    actor: self.actor_id(actor),
                    principal: self.actor_id(principal),
                    folds_from: Some(from).filter(|day| *day != Day::FIRST),
                })?;
            }
        }
        for counts in all {
            let Counts {
                actor,
                through,
                on,
                perhaps_from,
            } = counts;
            if !self.kept.actors[actor.index()] {
                continue;
            }
            let (counts_from, counts_to) = on.map_or((None, None), bounds);
            self.put(StanceCountsRow {
                stance: name.into(),
                actor: self.actor_id(actor),
                through: self.actor_id(through),
                counts_from,
                counts_to,
                perhaps_from,
                attributed: on == Err(Never::Attributed),
                elsewhere: on == Err(Never::Elsewhere),
                withdrawn,
                withdrawn_from: since.flatten(),
                offer: stance.condition().is_some(),
            })?;
        }
        Ok(())
    }

    fn meeting(&mut self, id: MeetingId) -> io::Result<()> {
        if !self.kept.meetings[id.index()] {
            return Ok(());
        }
        let (graph, meeting) = (self.graph, &self.graph[id]);
        let of = graph.written_meeting_as_told(meeting);
        let (file, line) = self.file(meeting.place);
        let more = meeting.more.as_deref();
        let sources = meeting.sources();
        let (date_from, date_to) = ends(graph.statement_date(meeting.date, sources));
        let on = more.and_then(|more| more.on);
        let (set_on_from, set_on_to) = ends(on);
        let withdrawn_in = more.and_then(|more| more.withdrawn_in);
        let withdrawn = graph.is_withdrawn(Claim {
            withdrawn_in,
            sources,
        });
        // If several statuses were set on the same day, writes the one in the record.
        let status = meeting.recorded_status().or_else(|| match meeting.told() {
            Told::OneOf(statuses) => statuses.last().copied(),
            _ => None,
        });
        self.put(MeetingRow {
            meeting: meeting.id.as_ref().into(),
            title: Some(meeting.title.as_ref().into()),
            kind: meeting.kind.map(|kind| kind.written().into()),
            status: status.map(|status| status.written().into()),
            date: written(meeting.date),
            date_from,
            date_to,
            date_lost: more.is_some_and(|more| more.lost_date),
            place: optional(&of.place).filter(|_| !self.left.place),
            host: meeting.host().map(|id| self.actor_id(id)),
            part_of: meeting.part_of().map(|id| self.id(Entity::Meeting(id))),
            set_on: written(on),
            set_on_from,
            set_on_to,
            because: more.and_then(|more| more.because).map(|id| self.id(id)),
            likelihood: of.likelihood.map(|likely| likely.written().into()),
            outcome: rare(&of.outcome),
            quote: self.quote(&of.quote),
            said_by: more
                .and_then(|more| more.said_by)
                .map(|id| self.actor_id(id)),
            passage: rare(&of.at),
            credibility: of.credibility.map(i64::from),
            withdrawn_in: withdrawn_in.map(|id| self.source_id(id)),
            withdrawn,
            note: self.note(&of.note),
            file,
            line,
        })?;
        self.parts(id)?;
        for (nth, issue) in listed(&meeting.topics) {
            self.put(MeetingTopicRow {
                meeting: meeting.id.as_ref().into(),
                nth,
                issue: self.id(Entity::Issue(*issue)),
            })?;
        }
        self.held(id)?;
        self.history(id)?;
        self.sources("meeting", &meeting.id, sources)?;
        self.same_as("meeting", &meeting.id, meeting.same_as())?;
        self.tags("meeting", &meeting.id, &of.tags)
    }

    /// Writes who has a part in a meeting.
    fn parts(&mut self, id: MeetingId) -> io::Result<()> {
        let meeting = &self.graph[id];
        let host = meeting.host();
        let parts = [
            ("participant", &meeting.participants[..]),
            ("invited", meeting.invited()),
            ("declined", meeting.declined()),
            ("host", host.as_slice()),
        ];
        for (part, actors) in parts {
            for (nth, actor) in listed(actors) {
                self.put(MeetingActorRow {
                    meeting: meeting.id.as_ref().into(),
                    part: part.into(),
                    nth,
                    actor: self.actor_id(*actor),
                })?;
            }
        }
        Ok(())
    }

    /// Writes the days asked about on which a meeting counts as held.
    fn held(&mut self, id: MeetingId) -> io::Result<()> {
        let graph = self.graph;
        let over_time = graph.meeting_over_time(id);
        let mut held: Vec<(Day, Day, Option<Date>)> = Vec::new();
        for (nth, (from, meeting)) in over_time.iter().enumerate() {
            let date = graph.statement_date(meeting.date, meeting.sources());
            let to = over_time
                .get(nth + 1)
                .map_or(Day::LAST, |next| Day(next.0.0 - 1));
            let from = date.map_or(*from, |date| date.period().from.max(*from));
            if from > to || !meeting.is_held_by(graph, from) {
                continue;
            }
            match held
                .last_mut()
                .filter(|one| one.1.0 + 1 == from.0 && one.2 == date)
            {
                Some(before) => before.1 = to,
                None => held.push((from, to, date)),
            }
        }
        for (from, to, date) in held {
            let (counts_from, counts_to) = bounds(Period { from, to });
            let (date_from, date_to) = ends(date);
            self.put(MeetingHeldRow {
                meeting: graph[id].id.as_ref().into(),
                counts_from,
                counts_to,
                date_from,
                date_to,
            })?;
        }
        Ok(())
    }

    /// Writes the earlier statuses of a meeting, those among them that were withdrawn too.
    fn history(&mut self, id: MeetingId) -> io::Result<()> {
        let (graph, meeting) = (self.graph, &self.graph[id]);
        let earlier = meeting.earlier().iter().chain(meeting.withdrawn());
        let mut earlier: Vec<&Earlier> = earlier.collect();
        earlier.sort_by_key(|entry| entry.nth);
        if earlier.is_empty() {
            return Ok(());
        }
        let mut of = graph.written_meeting(meeting.place).earlier;
        for (nth, entry) in listed(earlier) {
            // The present status is among those that were withdrawn.
            let Some(of) = of.get_mut(entry.nth as usize).map(std::mem::take) else {
                continue;
            };
            self.status(id, nth, entry, &of)?;
        }
        Ok(())
    }

    fn status(
        &mut self,
        id: MeetingId,
        nth: i64,
        entry: &Earlier,
        of: &model::Earlier<'_>,
    ) -> io::Result<()> {
        let (graph, meeting) = (self.graph, &self.graph[id]);
        let history = format!("{}#{}", meeting.id, nth + 1);
        let (date_from, date_to) = ends(entry.date);
        let (set_on_from, set_on_to) = ends(entry.on);
        let sources = entry.sources.as_slice();
        let withdrawn = graph.is_withdrawn(Claim {
            withdrawn_in: entry.withdrawn_in,
            sources,
        });
        self.put(MeetingHistoryRow {
            history: history.as_str().into(),
            meeting: meeting.id.as_ref().into(),
            nth,
            date: written(entry.date),
            date_from,
            date_to,
            status: entry.status.written().into(),
            set_on: written(entry.on),
            set_on_from,
            set_on_to,
            because: entry.because.map(|id| self.id(id)),
            quote: self.quote(&of.quote),
            said_by: entry.said_by.map(|id| self.actor_id(id)),
            passage: rare(&of.at),
            credibility: of.credibility.map(i64::from),
            withdrawn_in: entry.withdrawn_in.map(|id| self.source_id(id)),
            withdrawn,
            note: self.note(&of.note),
        })?;
        self.sources("history", &history, sources)?;
        self.tags("history", &history, &of.tags)
    }

    fn tie(&mut self, id: TieId) -> io::Result<()> {
        if !self.kept.ties[id.index()] {
            return Ok(());
        }
        let (graph, tie) = (self.graph, &self.graph[id]);
        let of = graph.written_tie(tie.place);
        let (file, line) = self.file(tie.place);
        let name = format!("t{}", id.index() + 1);
        let (holds_from, holds_to) = bounds(tie.during());
        let withdrawn = graph.is_withdrawn(tie.claim());
        let (kind, other) = match &tie.kind {
            TieKind::Other(word) => ("Other", Some(word.as_ref().into())),
            kind => (kind.written(), None),
        };
        self.put(TieRow {
            tie: name.as_str().into(),
            from_actor: self.actor_id(tie.from),
            to_actor: self.actor_id(tie.to),
            kind: kind.into(),
            other,
            since: written(tie.since),
            until: written(tie.until),
            holds_from,
            holds_to,
            quote: self.quote(&of.quote),
            said_by: tie.said_by.map(|id| self.actor_id(id)),
            passage: rare(&of.at),
            credibility: of.credibility.map(i64::from),
            withdrawn_in: tie.withdrawn_in.map(|id| self.source_id(id)),
            withdrawn,
            note: self.note(&of.note),
            file,
            line,
        })?;
        let (from, to) = (self.actor_id(tie.from), self.actor_id(tie.to));
        let by = Some(name.as_str().into());
        match tie.kind {
            TieKind::SpeaksFor if !withdrawn => self.put(VoiceRow {
                speaker: from,
                nth: None,
                principal: to,
                holds_from,
                holds_to,
                tie: by,
            })?,
            TieKind::Member if !withdrawn => self.put(MemberRow {
                whole: to,
                nth: None,
                member: from,
                holds_from,
                holds_to,
                tie: by,
            })?,
            _ => {}
        }
        for (nth, issue) in listed(&tie.over) {
            self.put(TieOverRow {
                tie: name.as_str().into(),
                nth,
                issue: self.id(Entity::Issue(*issue)),
            })?;
        }
        self.sources("tie", &name, &tie.sources)?;
        self.tags("tie", &name, &of.tags)
    }

    fn fact(&mut self, id: FactId) -> io::Result<()> {
        if !self.kept.facts[id.index()] {
            return Ok(());
        }
        let (graph, fact) = (self.graph, &self.graph[id]);
        let of = graph.written_fact(fact.place);
        let (file, line) = self.file(fact.place);
        let (date_from, date_to) = ends(graph.fact_date(fact));
        self.put(FactRow {
            fact: fact.id.as_ref().into(),
            text: Some(of.text.as_ref().into()),
            date: written(fact.date),
            date_from,
            date_to,
            quote: self.quote(&of.quote),
            said_by: fact.said_by.map(|id| self.actor_id(id)),
            passage: rare(&of.at),
            credibility: of.credibility.map(i64::from),
            withdrawn_in: fact.withdrawn_in.map(|id| self.source_id(id)),
            withdrawn: graph.is_withdrawn(fact.claim()),
            note: self.note(&of.note),
            file,
            line,
        })?;
        for (nth, about) in listed(&fact.about) {
            self.put(FactAboutRow {
                fact: fact.id.as_ref().into(),
                nth,
                kind: about.kind().noun().into(),
                record: self.id(*about),
            })?;
        }
        self.sources("fact", &fact.id, &fact.sources)?;
        self.tags("fact", &fact.id, &of.tags)
    }
}
