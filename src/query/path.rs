//! How one actor connects to another, shortest first: over meetings held, over ties (including who
//! speaks for whom and who belongs to what), or over issues.

use std::collections::{BTreeMap, VecDeque};

use crate::graph::{
    ActorId, By, Census, Entity, Graph, IssueId, Joined, Lens, MeetingId, Placed, Side, TieId,
    Verdict,
};
use crate::model::{Date, Position, TieKind};
use crate::query::counted::left_to_speak;
use crate::query::ground::{same_statements, share_statements};
use crate::query::{Behind, Evidence, Note, Notes, Table, answer, rows, scope, table};
use crate::words::counted;

/// What a connection may run through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Through {
    /// Meetings held, and nothing else.
    #[default]
    Meetings,
    /// Issues on which both agree: they are on the same side, or at the same number, or one is at
    /// a number in the half of the scale that the other's word names.
    Issues,
    /// Ties, including those of speakers and members.
    Ties,
    /// Meetings, issues and ties.
    All,
}

impl Through {
    /// Returns the start of a sentence that says nothing is known to connect two actors.
    fn nothing(self) -> &'static str {
        match self {
            Through::Meetings => "No meeting held",
            Through::Issues => "No position in common",
            Through::Ties => "No known tie, speaker or membership",
            Through::All => "Nothing known",
        }
    }
}

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

/// What joins whom.
type Joints = Vec<(Joint, Vec<ActorId>)>;

/// Actors and what joins them. A meeting of any size is one joint, so its cost grows with its
/// participants, not with their pairs.
pub(super) struct Web {
    pub(super) joints: Joints,
    /// The joints of each actor.
    pub(super) of: Vec<Vec<usize>>,
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

answer! {
    /// How one actor connects to another.
    pub struct Paths = "path" {
        /// The connections, step by step, shortest first.
        paths: Table<StepRow>,
    }
}

table! {
    /// A step of a connection.
    pub struct StepRow {
        /// The number of the connection, from 1.
        path: usize,
        /// The number of the step, from 1.
        step for programs: usize,
        /// The actor it starts from.
        from for programs: ActorId,
        /// What joins the two, in words.
        how for programs: String,
        /// The actor it leads to.
        to for programs: ActorId,
        /// The step as a sentence.
        connection: String,
        /// When the tie began, or when they met.
        date: Option<Date>,
    }
}

/// The most steps a connection may have, unless the shortest has more.
const LONGEST: usize = 12;

/// Finds connections between two actors, at most `count`.
pub fn path(
    graph: &Graph,
    lens: Lens,
    from: ActorId,
    to: ActorId,
    through: Through,
    count: usize,
) -> Paths {
    let name = |id: ActorId| graph[id].name.as_ref();
    if from == to {
        return Paths {
            title: format!("{0} to {0}", name(from)),
            paths: Table::new("", []).or_else("They are one and the same."),
            notes: Notes::default(),
        };
    }
    let web = web(graph, lens, through, &[from, to]);
    let mut paths: Vec<Vec<(usize, ActorId)>> = Vec::new();
    let distance = distances(&web, to);
    let shortest = distance[from.index()];
    if let Some(shortest) = shortest {
        for length in shortest..=(shortest + 3).min(LONGEST.max(shortest)) {
            let mut search = Search {
                web: &web,
                distance: &distance,
                to,
                count,
                found: &mut paths,
            };
            search.extend(&mut vec![(usize::MAX, from)], length);
            if paths.len() >= count {
                break;
            }
        }
    }
    let steps = paths.iter().enumerate().flat_map(|(nth, found)| {
        let web = &web;
        found.windows(2).enumerate().map(move |(step, pair)| {
            let (from, (joint, to)) = (pair[0].1, pair[1]);
            let joint = web.joints[joint].0;
            step_row(graph, lens, [nth + 1, step + 1], from, joint, to)
        })
    });
    let mut notes = web.notes.clone();
    if let Some(steps) = shortest {
        let text = format!(
            "{} away: {}",
            counted(steps, "step"),
            chain(graph, &web, &paths)
        );
        notes.push(Note::new("distance", text).of(steps));
    }
    Paths {
        title: format!("{} to {}", name(from), name(to)),
        paths: Table::new("", steps).or_else(format!(
            "{} connects {} to {}; they may still be connected.",
            through.nothing(),
            name(from),
            name(to)
        )),
        notes,
    }
}

/// Writes the first path as one line of names.
fn chain(graph: &Graph, web: &Web, paths: &[Vec<(usize, ActorId)>]) -> String {
    let Some(path) = paths.first() else {
        return String::new();
    };
    let mut line = String::new();
    for (nth, (joint, actor)) in path.iter().enumerate() {
        if nth > 0 {
            line += match web.joints[*joint].0 {
                Joint::Voice { speaker, .. } if speaker == *actor => " ← ",
                Joint::Membership { member, .. } if member == *actor => " ← ",
                Joint::Voice { .. } | Joint::Membership { .. } => " → ",
                _ => " – ",
            };
        }
        line += &graph[*actor].name;
    }
    line
}

fn step_row(
    graph: &Graph,
    lens: Lens,
    [path, step]: [usize; 2],
    from: ActorId,
    joint: Joint,
    to: ActorId,
) -> StepRow {
    let tie = match joint {
        Joint::Voice { tie, .. } | Joint::Membership { tie, .. } => tie,
        Joint::Tie(id) => Some(id),
        _ => None,
    };
    let (since, until) = tie.map_or((None, None), |id| (graph[id].since, graph[id].until));
    let is_over = until.is_some_and(|until| until.period().to < lens.day);
    let lasting =
        |record: ActorId| tie.map_or(Evidence::Thing(Entity::Actor(record)), Evidence::Tie);
    let tense = |now: &str, then: &str| {
        if is_over {
            then.to_owned()
        } else {
            now.to_owned()
        }
    };
    let (how, date, evidence) = match joint {
        Joint::Voice { speaker, .. } if speaker == from => {
            (tense("speaks for", "spoke for"), since, lasting(speaker))
        }
        Joint::Voice { speaker, .. } => (
            tense("is spoken for by", "was spoken for by"),
            since,
            lasting(speaker),
        ),
        Joint::Membership { member, group, .. } if member == from => {
            (tense("belongs to", "belonged to"), since, lasting(group))
        }
        Joint::Membership { group, .. } => (
            tense("has as a member", "had as a member"),
            since,
            lasting(group),
        ),
        Joint::Meeting(id) => {
            let meeting = &graph[id];
            (
                format!("met at “{}”", meeting.title),
                meeting.date,
                Evidence::Thing(Entity::Meeting(id)),
            )
        }
        Joint::Tie(id) => {
            let tie = &graph[id];
            let kind = tie.kind.word();
            let how = if tie.from == from {
                format!("tie: {kind}, to")
            } else {
                format!("tie: {kind}, from")
            };
            (how, tie.since, Evidence::Tie(id))
        }
        Joint::Issue(id, like) => {
            let on = &graph[id].name;
            let how = match like {
                Like::Side(side) => format!("also {} “{on}”, like", side.word()),
                Like::Number(bits) => format!("also at {} on “{on}”, like", f64::from_bits(bits)),
                Like::Half => format!("agrees on “{on}” with"),
            };
            (how, None, Evidence::Thing(Entity::Issue(id)))
        }
    };
    let name = |id: ActorId| graph[id].name.as_ref();
    let connection = match joint {
        Joint::Meeting(id) => format!("{} met {} at “{}”", name(from), name(to), graph[id].title),
        Joint::Tie(id) => {
            let tie = &graph[id];
            let until = until.map_or(String::new(), |until| format!(", until {until}"));
            let (one, join, other) = match tie.kind {
                TieKind::Other(_) => (name(tie.from), "to", name(tie.to)),
                _ => (name(from), "and", name(to)),
            };
            format!("{one} {join} {other}: {}{until}", tie.kind.word())
        }
        _ => {
            let until = until.map_or(String::new(), |until| format!(", until {until}"));
            format!("{} {how} {}{until}", name(from), name(to))
        }
    };
    let evidence = match joint {
        Joint::Issue(id, _) => said(graph, lens, id, [from, to]),
        _ => vec![evidence],
    };
    StepRow {
        path,
        step,
        from,
        how,
        to,
        connection,
        date,
        behind: Behind::first_of(graph, evidence),
    }
}

/// Returns the statements that make the positions of these actors on an issue.
fn said(graph: &Graph, lens: Lens, issue: IssueId, actors: [ActorId; 2]) -> Vec<Evidence> {
    let positions = graph.positions(lens, |actor, on| on == issue && actors.contains(&actor));
    let standings = actors
        .iter()
        .filter_map(|actor| positions.get(&(*actor, issue)));
    rows::distinct(standings.flat_map(|standing| standing.in_force().map(rows::evidence)))
}

/// Returns what joins whom, and who is left out of that. Those asked about are never left out.
pub(super) fn web(graph: &Graph, lens: Lens, through: Through, asked: &[ActorId]) -> Web {
    let mut joints = Joints::new();
    let mut notes = Notes::default();
    if matches!(through, Through::Ties | Through::All) {
        joints.extend(tied(graph, lens));
        if joints.iter().any(|(joint, _)| joint.is_directed(graph)) {
            notes.push(Note::new("both_ways", BOTH_WAYS));
        }
    }
    if matches!(through, Through::Meetings | Through::All) {
        for (id, meeting) in graph.meetings() {
            let about = graph.scope().any_issue(&meeting.topics);
            if about && meeting.is_held_by(graph, lens.day) {
                joints.push((Joint::Meeting(id), meeting.participants.to_vec()));
            }
        }
    }
    if matches!(through, Through::Issues | Through::All) {
        let scope = graph.scope();
        let census = graph.census(lens, |actor, issue| {
            (scope.actor(actor) || asked.contains(&actor)) && scope.issue(issue)
        });
        let (alike, too_many) = same_sides(graph, &census, asked);
        joints.extend(alike);
        notes.extend(too_many);
        notes.extend(left_to_speak(graph, &census, |actor| {
            !asked.contains(&actor)
        }));
        notes.extend(same_statements(graph, &census, asked));
    }
    let is_node = |actor: &ActorId| graph.scope().actor(*actor) || asked.contains(actor);
    for (joint, actors) in &mut joints {
        match joint {
            // A tie needs both its ends.
            Joint::Voice { .. } | Joint::Membership { .. } | Joint::Tie(_)
                if !actors.iter().all(is_node) =>
            {
                actors.clear();
            }
            _ => actors.retain(is_node),
        }
    }
    joints.retain(|(_, actors)| !actors.is_empty());
    let mut of = vec![Vec::new(); graph.actors.len()];
    for (nth, (_, actors)) in joints.iter().enumerate() {
        for actor in actors {
            of[actor.index()].push(nth);
        }
    }
    Web { joints, of, notes }
}

/// Returns who is tied to whom on the day asked for.
fn tied(graph: &Graph, lens: Lens) -> impl Iterator<Item = (Joint, Vec<ActorId>)> {
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
        Some((joint, vec![from, to]))
    })
}

/// The most pairs of a number and a word that are joined.
const MOST: usize = 1_000_000;

/// Returns who is on the same side of an issue, or at the same number. An actor that is counted
/// with one it speaks for is left out on that issue, unless it is asked about: then it is joined
/// with everybody of like position who does not rest on the same statements.
fn same_sides(graph: &Graph, census: &Census, asked: &[ActorId]) -> (Joints, Option<Note>) {
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
    let groups = groups.map(|((issue, like), actors)| (Joint::Issue(issue, like), actors));
    (groups.chain(pairs).collect(), note)
}

/// Joins each number with each word on its half of the scale. If there are too many such pairs,
/// joins none, and says so.
fn numbers_and_words(
    graph: &Graph,
    counted: &BTreeMap<IssueId, Vec<Held<'_>>>,
) -> (Joints, Option<Note>) {
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
    fn joined(&self, other: &Held<'_>) -> (Joint, Vec<ActorId>) {
        let like = match self.like() {
            like if like == other.like() => like,
            _ => Like::Half,
        };
        let joint = Joint::Issue(self.cell.issue, like);
        (joint, vec![self.cell.actor, other.cell.actor])
    }
}

/// Returns how many steps each actor is away from `to`, or `None` if nothing leads there.
fn distances(web: &Web, to: ActorId) -> Vec<Option<usize>> {
    let mut distance = vec![None; web.of.len()];
    let mut crossed = vec![false; web.joints.len()];
    let mut queue = VecDeque::from([(to, 0)]);
    distance[to.index()] = Some(0);
    while let Some((actor, steps)) = queue.pop_front() {
        for &joint in &web.of[actor.index()] {
            if std::mem::replace(&mut crossed[joint], true) {
                continue;
            }
            for &next in &web.joints[joint].1 {
                if distance[next.index()].is_none() {
                    distance[next.index()] = Some(steps + 1);
                    queue.push_back((next, steps + 1));
                }
            }
        }
    }
    distance
}

/// A depth-first search for paths of exactly one length that visit nobody twice; it stops where the
/// goal is out of reach.
struct Search<'s> {
    web: &'s Web,
    distance: &'s [Option<usize>],
    to: ActorId,
    count: usize,
    found: &'s mut Vec<Vec<(usize, ActorId)>>,
}

impl Search<'_> {
    fn extend(&mut self, way: &mut Vec<(usize, ActorId)>, left: usize) {
        let Some(&(_, here)) = way.last() else { return };
        if here == self.to {
            if left == 0 {
                self.found.push(way.clone());
            }
            return;
        }
        for &joint in &self.web.of[here.index()] {
            for &next in &self.web.joints[joint].1 {
                let reachable = self.distance[next.index()].is_some_and(|steps| steps < left);
                if self.found.len() >= self.count
                    || !reachable
                    || way.iter().any(|(_, actor)| *actor == next)
                {
                    continue;
                }
                way.push((joint, next));
                self.extend(way, left - 1);
                way.pop();
            }
        }
    }
}
