//! How one actor connects to another, shortest first: over meetings held, over ties (including who
//! speaks for whom and who belongs to what), or over issues.

use std::collections::VecDeque;

use crate::graph::{ActorId, Entity, Graph, IssueId, Lens, MeetingId, TieId};
use crate::model::{Date, TieKind};
use crate::query::web::{Connecting, Joint, Like, Link, Web, web};
use crate::query::{Behind, Evidence, Note, Notes, Table, answer, rows, table};
use crate::words::{counted, joined};

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

/// A question about connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathQuestion {
    /// What they may run through.
    pub through: Through,
    /// Whether an actor is merged with the one it speaks for, unless it is asked about.
    pub fold: bool,
    /// The most connections to find.
    pub count: usize,
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

/// Finds connections between two actors.
pub fn path(
    graph: &Graph,
    lens: Lens,
    from: ActorId,
    to: ActorId,
    question: &PathQuestion,
) -> Paths {
    let &PathQuestion {
        through,
        fold,
        count,
    } = question;
    let name = |id: ActorId| graph[id].name.as_ref();
    if from == to {
        return Paths {
            title: format!("{0} to {0}", name(from)),
            paths: Table::new("", []).or_else("They are one and the same."),
            notes: Notes::default(),
        };
    }
    let web = web(graph, lens, Connecting { through, fold }, &[from, to]);
    let distance = distances(&web, to);
    let shortest = distance[from.index()];
    let mut search = Search {
        web: &web,
        distance: &distance,
        to,
        count,
        found: Vec::new(),
    };
    let lengths = |least: usize| least..=(least + 3).min(LONGEST.max(least));
    for length in shortest.into_iter().flat_map(lengths) {
        if search.found.len() < count {
            search.extend(&mut vec![(usize::MAX, from)], length);
        }
    }
    let paths = search.found;
    let steps = paths.iter().enumerate().flat_map(|(nth, found)| {
        let web = &web;
        found.windows(2).enumerate().map(move |(step, pair)| {
            let (from, (joint, to)) = (pair[0].1, pair[1]);
            let link = &web.links[joint];
            step_row(graph, lens, [nth + 1, step + 1], from, link, to)
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
    } else {
        notes.extend(another_way(graph, lens, question, [from, to]));
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
            let link = &web.links[*joint];
            line += match link.joint {
                Joint::Voice { .. } | Joint::Membership { .. } => match link.leads_from(*actor) {
                    true => " ← ",
                    false => " → ",
                },
                _ => " – ",
            };
        }
        line += &graph[*actor].name;
    }
    line
}

/// What a step of a connection says, and the records it rests on.
struct Step {
    how: String,
    connection: String,
    date: Option<Date>,
    evidence: Vec<Evidence>,
}

fn step_row(
    graph: &Graph,
    lens: Lens,
    [path, step]: [usize; 2],
    from: ActorId,
    link: &Link,
    to: ActorId,
) -> StepRow {
    let names = [from, to].map(|id| graph[id].name.as_ref());
    let leads_from = link.leads_from(from);
    let mut shown = match link.joint {
        Joint::Voice { speaker, tie, .. } => {
            let words = match leads_from {
                true => ["speaks for", "spoke for"],
                false => ["is spoken for by", "was spoken for by"],
            };
            lasting(graph, lens, speaker, tie, words, names)
        }
        Joint::Membership { group, tie, .. } => {
            let words = match leads_from {
                true => ["belongs to", "belonged to"],
                false => ["has as a member", "had as a member"],
            };
            lasting(graph, lens, group, tie, words, names)
        }
        Joint::Meeting(id) => met(graph, id, names),
        Joint::Tie(id) => tied(graph, id, leads_from, names),
        Joint::Issue(id, like) => agreed(graph, lens, id, like, [from, to]),
    };
    let speakers = link.speakers(graph, [from, to]);
    if !speakers.is_empty() {
        shown.connection += &format!(" (by {})", joined(speakers));
    }
    StepRow {
        path,
        step,
        from,
        how: shown.how,
        to,
        connection: shown.connection,
        date: shown.date,
        behind: Behind::first_of(graph, shown.evidence),
    }
}

/// Describes a step between a speaker or a member and the other side, in words for one that lasts
/// and one that is over. Without a tie, `record` is the actor whose record says so.
fn lasting(
    graph: &Graph,
    lens: Lens,
    record: ActorId,
    tie: Option<TieId>,
    [now, then]: [&str; 2],
    [from, to]: [&str; 2],
) -> Step {
    let until = tie.and_then(|id| graph[id].until);
    let is_over = until.is_some_and(|until| until.period().to < lens.day);
    let how = if is_over { then } else { now };
    Step {
        how: how.to_owned(),
        connection: format!("{from} {how} {to}{}", end(until)),
        date: tie.and_then(|id| graph[id].since),
        evidence: vec![tie.map_or(Evidence::Thing(Entity::Actor(record)), Evidence::Tie)],
    }
}

/// Describes a meeting of two actors.
fn met(graph: &Graph, id: MeetingId, [from, to]: [&str; 2]) -> Step {
    let meeting = &graph[id];
    Step {
        how: format!("met at “{}”", meeting.title),
        connection: format!("{from} met {to} at “{}”", meeting.title),
        date: meeting.date,
        evidence: vec![Evidence::Thing(Entity::Meeting(id))],
    }
}

/// Describes a tie, from the actor that it leads from or back.
fn tied(graph: &Graph, id: TieId, leads_from: bool, [from, to]: [&str; 2]) -> Step {
    let tie = &graph[id];
    let kind = tie.kind.word();
    let way = if leads_from { "to" } else { "from" };
    let ends = match tie.kind {
        TieKind::Other(_) if leads_from => format!("{from} to {to}"),
        TieKind::Other(_) => format!("{to} to {from}"),
        _ => format!("{from} and {to}"),
    };
    Step {
        how: format!("tie: {kind}, {way}"),
        connection: format!("{ends}: {kind}{}", end(tie.until)),
        date: tie.since,
        evidence: vec![Evidence::Tie(id)],
    }
}

/// Describes that two actors agree on an issue.
fn agreed(graph: &Graph, lens: Lens, id: IssueId, like: Like, actors: [ActorId; 2]) -> Step {
    let on = &graph[id].name;
    let how = match like {
        Like::Side(side) => format!("also {} “{on}”, like", side.word()),
        Like::Number(bits) => format!("also at {} on “{on}”, like", f64::from_bits(bits)),
        Like::Half => format!("agrees on “{on}” with"),
    };
    let [from, to] = actors.map(|actor| &graph[actor].name);
    Step {
        connection: format!("{from} {how} {to}"),
        how,
        date: None,
        evidence: said(graph, lens, id, actors),
    }
}

/// Returns the words for when something ended, if it did.
fn end(until: Option<Date>) -> String {
    until.map_or(String::new(), |until| format!(", until {until}"))
}

/// Returns the statements that make the positions of these actors on an issue.
fn said(graph: &Graph, lens: Lens, issue: IssueId, actors: [ActorId; 2]) -> Vec<Evidence> {
    let positions = graph.positions(lens, |actor, on| on == issue && actors.contains(&actor));
    let standings = actors
        .iter()
        .filter_map(|actor| positions.get(&(*actor, issue)));
    rows::distinct(standings.flat_map(|standing| standing.in_force().map(rows::evidence)))
}

/// Says that two actors are connected in another way than asked for, if they are.
fn another_way(
    graph: &Graph,
    lens: Lens,
    question: &PathQuestion,
    [from, to]: [ActorId; 2],
) -> Option<Note> {
    let through = Some(Through::All).filter(|all| question.through != *all)?;
    let fold = question.fold;
    let web = web(graph, lens, Connecting { through, fold }, &[from, to]);
    let steps = distances(&web, to)[from.index()]?;
    let text = format!(
        "Over meetings, positions in common and ties together they are {} apart: `--through all`.",
        counted(steps, "step")
    );
    Some(Note::new("another_way", text).of(steps))
}

/// Returns how many steps each actor is away from `to`, or `None` if nothing leads there.
fn distances(web: &Web, to: ActorId) -> Vec<Option<usize>> {
    let mut distance = vec![None; web.of.len()];
    let mut crossed = vec![false; web.links.len()];
    let mut queue = VecDeque::from([(to, 0)]);
    distance[to.index()] = Some(0);
    while let Some((actor, steps)) = queue.pop_front() {
        for &joint in &web.of[actor.index()] {
            if std::mem::replace(&mut crossed[joint], true) {
                continue;
            }
            for &next in &web.links[joint].actors {
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
    found: Vec<Vec<(usize, ActorId)>>,
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
            for &next in &self.web.links[joint].actors {
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
