//! How one actor connects to another, shortest first: over meetings held, over ties (including who
//! speaks for whom and who belongs to what), or over issues.

use std::collections::VecDeque;

use crate::graph::{ActorId, Entity, Graph, IssueId, Lens};
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

fn step_row(
    graph: &Graph,
    lens: Lens,
    [path, step]: [usize; 2],
    from: ActorId,
    link: &Link,
    to: ActorId,
) -> StepRow {
    let (joint, leads_from) = (link.joint, link.leads_from(from));
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
        Joint::Voice { speaker, .. } if leads_from => {
            (tense("speaks for", "spoke for"), since, lasting(speaker))
        }
        Joint::Voice { speaker, .. } => (
            tense("is spoken for by", "was spoken for by"),
            since,
            lasting(speaker),
        ),
        Joint::Membership { group, .. } if leads_from => {
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
            let how = if leads_from {
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
                TieKind::Other(_) if leads_from => (name(from), "to", name(to)),
                TieKind::Other(_) => (name(to), "to", name(from)),
                _ => (name(from), "and", name(to)),
            };
            format!("{one} {join} {other}: {}{until}", tie.kind.word())
        }
        _ => {
            let until = until.map_or(String::new(), |until| format!(", until {until}"));
            format!("{} {how} {}{until}", name(from), name(to))
        }
    };
    let speakers = link.speakers(graph, [from, to]);
    let connection = match speakers.is_empty() {
        true => connection,
        false => format!("{connection} (by {})", joined(speakers)),
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
