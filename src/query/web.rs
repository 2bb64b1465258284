//! What joins actors: meetings held, ties, and issues on which they agree. `path` and `brokers` follow
//! it.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{
    ActorId, By, Census, Graph, IssueId, Joined, Lens, MeetingId, Placed, Side, TieId, Verdict,
    Words,
};
use crate::model::{Period, Position, TieKind};
use crate::query::counted::{counted_with, left_to_speak, names_by_id, some};
use crate::query::ground::{pairs, same_statements, share_statements};
use crate::query::meetings::{days_of, offices_at};
use crate::query::path::Through;
use crate::query::{Note, Notes, list, rows, scope};
use crate::words::clause;

/// What joins two or more actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    /// One speaks for the other, by a tie or, if there is none, by the speaker's own record.
    Voice {
        speaker: ActorId,
        principal: ActorId,
        tie: Option<TieId>,
    },
    /// One belongs to the other, by a tie or, if there is none, by the group's own record.
    Membership {
        member: ActorId,
        group: ActorId,
        tie: Option<TieId>,
    },
    Meeting(MeetingId),
    Tie(TieId),
    /// All agree on an issue.
    Issue(IssueId, Like),
}

/// The position that actors share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Like {
    Side(Side),
    /// A number on the scale, as its bits.
    Number(u64),
    /// A number and a word for the half of the scale in which it lies.
    Half,
}

/// Which connections are followed.
#[derive(Clone, Copy)]
pub(super) struct Connecting {
    pub(super) through: Through,
    /// Whether an actor is merged with the one it speaks for.
    pub(super) fold: bool,
}

/// A link between actors.
pub(super) struct Link {
    pub(super) joint: Joint,
    /// The actors; if it has a direction, the one it leads from comes first.
    pub(super) actors: Vec<ActorId>,
    /// The actors in it that are merged with others, each with that other.
    merged: Vec<(ActorId, ActorId)>,
}

/// Actors and what joins them. A meeting of any size is one link, so its cost grows with its
/// participants, not with their pairs.
pub(super) struct Web {
    pub(super) links: Vec<Link>,
    /// The links of each actor.
    pub(super) of: Vec<Vec<usize>>,
    /// Those that are merged with others and in no link themselves.
    pub(super) merged: BTreeSet<ActorId>,
    /// Who is left out, and whether ties with a direction are followed both ways.
    pub(super) notes: Notes,
}

/// The note of an answer that follows directed ties both ways.
const BOTH_WAYS: &str =
    "Ties with a direction (who speaks for whom, members, other ties) are followed both ways.";

impl Joint {
    /// Returns whether it leads from its first actor to its second only.
    pub(super) fn is_directed(&self, graph: &Graph) -> bool {
        match self {
            Joint::Voice { .. } | Joint::Membership { .. } => true,
            Joint::Tie(id) => graph[*id].kind.is_directed(),
            Joint::Meeting(_) | Joint::Issue(..) => false,
        }
    }
}

impl Link {
    fn new(joint: Joint, actors: Vec<ActorId>) -> Link {
        Link {
            joint,
            actors,
            merged: Vec::new(),
        }
    }

    /// Returns whether it leads from this actor.
    pub(super) fn leads_from(&self, actor: ActorId) -> bool {
        self.actors.first() == Some(&actor)
    }

    /// Keeps only the actors wanted; a tie needs both its ends. Returns whether any are left.
    fn keep(&mut self, wanted: impl Fn(&ActorId) -> bool) -> bool {
        match self.joint {
            Joint::Voice { .. } | Joint::Membership { .. } | Joint::Tie(_)
                if !self.actors.iter().all(&wanted) =>
            {
                self.actors.clear();
            }
            _ => self.actors.retain(&wanted),
        }
        !self.actors.is_empty()
    }

    /// Returns the names of those that are in it for one of these actors.
    pub(super) fn speakers(&self, graph: &Graph, of: [ActorId; 2]) -> Vec<String> {
        let merged = self.merged.iter().filter(|(_, with)| of.contains(with));
        names_by_id(graph, merged.map(|(speaker, _)| *speaker))
    }
}

/// Returns what joins whom, and who is left out of that. Those asked about are never left out.
pub(super) fn web(graph: &Graph, lens: Lens, connecting: Connecting, asked: &[ActorId]) -> Web {
    let Connecting { through, fold } = connecting;
    let mut links = Vec::new();
    let mut notes = Notes::default();
    if matches!(through, Through::Ties | Through::All) {
        links.extend(tied(graph, lens));
        if links.iter().any(|link| link.joint.is_directed(graph)) {
            notes.push(Note::new("both_ways", BOTH_WAYS));
        }
    }
    if matches!(through, Through::Meetings | Through::All) {
        links.extend(held(graph, lens));
    }
    let mut merging = Merging::new(graph, asked);
    if fold && lens.words == Words::OwnAndSpeakers {
        for link in &mut links {
            merging.merge(link, lens);
        }
    }
    if matches!(through, Through::Issues | Through::All) {
        let census = graph.census(lens, |actor, issue| {
            merging.is_node(actor) && graph.scope().issue(issue)
        });
        let (alike, too_many) = same_sides(graph, &census, asked);
        links.extend(alike);
        notes.extend(too_many);
        notes.extend(merging.left_out(&census, through));
        notes.extend(list::attributed(&census, lens));
        let footings = census.cells().flat_map(|cell| census.footings(cell));
        notes.extend(rows::offers(footings));
        notes.extend(same_statements(graph, &census, &pairs(asked)));
    } else {
        notes.extend(counted_with(&merging.names()));
    }
    notes.extend(merging.of_several());
    notes.extend(offices(graph, lens, &links));
    links.retain_mut(|link| link.keep(|actor| merging.is_node(*actor)));
    let mut of = vec![Vec::new(); graph.actors.len()];
    for (nth, link) in links.iter().enumerate() {
        for actor in &link.actors {
            of[actor.index()].push(nth);
        }
    }
    let mut merged = merging.merged;
    merged.retain(|actor| of[actor.index()].is_empty());
    Web {
        links,
        of,
        merged,
        notes,
    }
}

/// Notes who perhaps did not speak for another at a meeting, although its part counts for that one.
fn offices(graph: &Graph, lens: Lens, links: &[Link]) -> Notes {
    let met = links.iter().filter_map(|link| match link.joint {
        Joint::Meeting(id) => Some(link.merged.iter().map(move |(_, with)| (id, *with))),
        _ => None,
    });
    offices_at(graph, lens, met.flatten())
}

/// Merges actors with those they speak for.
struct Merging<'g> {
    graph: &'g Graph,
    /// Those asked about, who are never merged.
    asked: &'g [ActorId],
    merged: BTreeSet<ActorId>,
    /// Those that speak for several actors, none of which speaks for another.
    of_several: BTreeSet<ActorId>,
}

impl<'g> Merging<'g> {
    fn new(graph: &'g Graph, asked: &'g [ActorId]) -> Merging<'g> {
        Merging {
            graph,
            asked,
            merged: BTreeSet::new(),
            of_several: BTreeSet::new(),
        }
    }

    /// Returns whether an actor may be connected with others.
    fn is_node(&self, actor: ActorId) -> bool {
        self.graph.scope().actor(actor) || self.asked.contains(&actor)
    }

    /// Merges the actors of a link: those of a meeting by its days, others by the day asked for.
    fn merge(&mut self, link: &mut Link, lens: Lens) {
        let days = match link.joint {
            Joint::Meeting(id) => days_of(self.graph, &self.graph[id]),
            _ => lens.day.period(),
        };
        for actor in &mut link.actors {
            let with = self.counts_with(*actor, days);
            if with != *actor {
                self.merged.insert(*actor);
                link.merged.push((*actor, with));
                *actor = with;
            }
        }
        match link.joint {
            Joint::Meeting(_) => {
                link.actors.sort_unstable();
                link.actors.dedup();
            }
            _ if link.actors.first() == link.actors.last() => link.actors.clear(),
            _ => {}
        }
    }

    /// Returns the actor with which one is merged on these days, or itself. That is the last of the
    /// chain, unless another in the chain is asked about.
    fn counts_with(&mut self, actor: ActorId, days: Period) -> ActorId {
        let voices = self.graph.voices();
        if self.asked.contains(&actor) || !voices.has_principals(actor) {
            return actor;
        }
        let all = voices.counted_for(actor, days);
        let all: Vec<ActorId> = all.filter(|one| self.is_node(*one)).collect();
        let known: BTreeSet<ActorId> = all.iter().copied().collect();
        let is_last = |one: &&ActorId| {
            let mut direct = voices.direct(**one).iter();
            !direct.any(|voice| voice.during.touch(days) && known.contains(&voice.principal))
        };
        let mut last = all.iter().filter(is_last);
        match (last.next(), last.next()) {
            (Some(one), None) => {
                let asked = all.iter().find(|one| self.asked.contains(one));
                *asked.unwrap_or(one)
            }
            (Some(_), Some(_)) => {
                self.of_several.insert(actor);
                actor
            }
            (None, _) => actor,
        }
    }

    /// Notes who is counted with another, for whom it speaks, everywhere or on issues only.
    fn left_out(&self, census: &Census, through: Through) -> Option<Note> {
        let on_issues = left_to_speak(self.graph, census, |actor| {
            !self.asked.contains(&actor) && !self.merged.contains(&actor)
        });
        let merged = counted_with(&self.names());
        match (merged, on_issues) {
            (None, Some(note)) if through == Through::All => Some(Note {
                text: format!("On issues, {}.", clause(&note.text)),
                ..note
            }),
            (Some(merged), Some(note)) => Some(Note {
                text: format!("{} On issues, {}.", merged.text, clause(&note.text)),
                count: merged.count.zip(note.count).map(|(one, two)| one + two),
                ..note
            }),
            (merged, on_issues) => merged.or(on_issues),
        }
    }

    /// Returns the names of those that are merged wherever they speak for somebody.
    fn names(&self) -> Vec<String> {
        let always = self.merged.difference(&self.of_several);
        names_by_id(self.graph, always.copied())
    }

    /// Notes who is not merged with anybody because it speaks for several.
    fn of_several(&self) -> Option<Note> {
        let names = names_by_id(self.graph, self.of_several.iter().copied());
        let text = format!(
            "Counted by themselves where they speak for several actors at once: {}.",
            some(&names)
        );
        (!names.is_empty()).then(|| Note::new("not_folded", text).of(names.len()))
    }
}

/// Returns who met whom, at the meetings held by the day asked for.
fn held(graph: &Graph, lens: Lens) -> impl Iterator<Item = Link> {
    let held = graph.meetings().filter(move |(_, meeting)| {
        graph.scope().any_issue(&meeting.topics) && meeting.is_held_by(graph, lens.day)
    });
    held.map(|(id, meeting)| Link::new(Joint::Meeting(id), meeting.participants.to_vec()))
}

/// Returns who is tied to whom on the day asked for.
fn tied(graph: &Graph, lens: Lens) -> impl Iterator<Item = Link> {
    let holds = move |joined: &Joined<'_>| {
        graph
            .tie_of(*joined)
            .is_none_or(|tie| tie.holds_on(lens.day))
    };
    let is_over = |joined: &Joined<'_>| match joined.by {
        By::Tie(id) => scope::is_over(graph, id),
        By::Actor(_) => true,
    };
    let joined = graph.joined().filter(holds).filter(is_over);
    joined.filter_map(|joined| {
        let Joined { from, to, kind, by } = joined;
        let tie = match by {
            By::Tie(id) => Some(id),
            By::Actor(_) => None,
        };
        let joint = match kind {
            TieKind::SpeaksFor => Joint::Voice {
                speaker: from,
                principal: to,
                tie,
            },
            TieKind::Member => Joint::Membership {
                member: from,
                group: to,
                tie,
            },
            _ => Joint::Tie(tie?),
        };
        Some(Link::new(joint, vec![from, to]))
    })
}

/// The most pairs of a number and a word that are joined.
const MOST: usize = 1_000_000;

/// Returns who is on the same side of an issue, or at the same number. An actor that is counted
/// with one it speaks for is left out on that issue, unless it is asked about: then it is joined
/// with everybody of like position who does not rest on the same statements.
fn same_sides(graph: &Graph, census: &Census, asked: &[ActorId]) -> (Vec<Link>, Option<Note>) {
    let mut groups: BTreeMap<(IssueId, Like), Vec<ActorId>> = BTreeMap::new();
    let (mut counted, mut speakers): (BTreeMap<IssueId, Vec<Held>>, Vec<Held>) = Default::default();
    for cell in census.cells() {
        let Some(held) = Held::of(graph, cell) else {
            continue;
        };
        if cell.folded.is_none() {
            let group = groups.entry((cell.issue, held.like())).or_default();
            group.push(cell.actor);
            counted.entry(cell.issue).or_default().push(held);
        } else if asked.contains(&cell.actor) {
            speakers.push(held);
        }
    }
    let (mut pairs, note) = numbers_and_words(graph, &counted);
    for (nth, speaker) in speakers.iter().enumerate() {
        let issue = speaker.cell.issue;
        let others = counted.get(&issue).into_iter().flatten();
        let asked = speakers[nth + 1..]
            .iter()
            .filter(|other| other.cell.issue == issue);
        let others = others.chain(asked);
        let others = others.filter(|other| graph.alike(issue, speaker.position, other.position));
        let others = others.filter(|other| !share_statements(census, speaker.cell, other.cell));
        pairs.extend(others.map(|other| speaker.joined(other)));
    }
    let groups = groups.into_iter();
    let groups = groups.map(|((issue, like), actors)| Link::new(Joint::Issue(issue, like), actors));
    (groups.chain(pairs).collect(), note)
}

/// Joins each number with each word on its half of the scale. If there are too many such pairs,
/// joins none, and says so.
fn numbers_and_words(
    graph: &Graph,
    counted: &BTreeMap<IssueId, Vec<Held<'_>>>,
) -> (Vec<Link>, Option<Note>) {
    let mut halves: BTreeMap<_, [Vec<&Held<'_>>; 2]> = BTreeMap::new();
    for held in counted.values().flatten() {
        let half = graph.half(held.cell.issue, held.position);
        let half = halves.entry((held.cell.issue, half)).or_default();
        half[usize::from(held.is_number())].push(held);
    }
    let halves = halves.values();
    let all: usize = halves
        .clone()
        .map(|[words, numbers]| words.len() * numbers.len())
        .sum();
    if all > MOST {
        let text = format!(
            "{all} pairs of actors agree only in that one gives a number and the other a word. That is more than the {MOST} that can be followed, so none of them is. Select fewer issues or actors."
        );
        return (Vec::new(), Some(Note::new("too_many_pairs", text).of(all)));
    }
    let pairs = halves.flat_map(|[words, numbers]| {
        let numbers = numbers.iter();
        numbers.flat_map(|number| words.iter().map(|word| number.joined(word)))
    });
    (pairs.collect(), None)
}

/// A position that may be like another.
#[derive(Clone, Copy)]
struct Held<'c> {
    cell: &'c Placed,
    position: Position,
}

impl<'c> Held<'c> {
    /// Returns the position of a cell, or `None` if it is not known, contested, mixed or a number
    /// without a scale.
    fn of(graph: &Graph, cell: &'c Placed) -> Option<Held<'c>> {
        match cell.verdict {
            Verdict::Stands(position) => {
                graph.half(cell.issue, position)?;
                Some(Held { cell, position })
            }
            Verdict::Contested | Verdict::Unknown => None,
        }
    }

    fn is_number(&self) -> bool {
        matches!(self.position, Position::At(_))
    }

    fn like(&self) -> Like {
        match self.position {
            Position::At(number) => Like::Number(number.to_bits()),
            position => Like::Side(Side::of(position)),
        }
    }

    /// Joins two that are alike.
    fn joined(&self, other: &Held<'_>) -> Link {
        let like = match self.like() {
            like if like == other.like() => like,
            _ => Like::Half,
        };
        let joint = Joint::Issue(self.cell.issue, like);
        Link::new(joint, vec![self.cell.actor, other.cell.actor])
    }
}
