//! Finds cycles of actors that speak for one another, or are members of one another, by short forms
//! (`speaks_for`, `members`) or by ties. A cycle counts only if all its links hold on some day.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, during};
use crate::model::{Day, Period, TieKind};
use crate::resolve::cycle;
use crate::resolve::link::Linker;
use crate::syntax::{Locator, Step};
use crate::text::Place;

/// The maximum number of links shown of a cycle, after the first.
const SHOWN: usize = 8;
/// The maximum number of cycles reported among actors that all lead to one another.
const MOST: usize = 20;
/// The number of links above which days are not distinguished.
const MOST_DATED: usize = 500;

/// A link from an actor to one that it speaks for, or is a member of: its ends, its period and its
/// location. A tie also has its index.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub(super) ends: (usize, usize),
    during: Period,
    pub(super) place: Place,
    pub(super) tie: Option<usize>,
    /// Whether the link lies on a cycle of short forms alone, which has already been reported.
    reported: bool,
}

impl Link {
    /// Returns the identity of a link; one that a list names twice is the same link.
    fn key(&self) -> (Option<usize>, (usize, usize)) {
        (self.tie, self.ends)
    }

    /// Returns whether the link holds on a day; without a day, it always does.
    fn holds_on(&self, day: Option<Day>) -> bool {
        day.is_none_or(|day| self.during.from <= day && day <= self.during.to)
    }
}

impl Linker<'_> {
    /// Reports the cycles that contain a tie. Removes all links of each, and of the cycles of short
    /// forms alone.
    pub(super) fn circles_of_ties(&mut self, graph: &mut Graph) {
        for kind in [TieKind::SpeaksFor, TieKind::Member] {
            let has_tie = graph.ties.iter().any(|tie| tie.kind == kind);
            let is_cut = self.circles.values().any(|links| !links.is_empty());
            if !has_tie && !is_cut {
                continue;
            }
            let mut wrong = Vec::new();
            for links in groups(graph, self.links(graph, &kind)) {
                let circling = circling(graph, &links);
                self.report(graph, &kind, &circling);
                wrong.extend(circling);
            }
            take_out(graph, &kind, &wrong);
        }
    }

    /// Reports cycles of these links, no two of which share a link.
    fn report(&mut self, graph: &Graph, kind: &TieKind, circling: &[Link]) {
        let mut rest: Vec<Link> = circling.to_vec();
        rest.retain(|link| !link.reported);
        for nth in 1..=MOST {
            let ring = ring(graph, &rest, days(circling));
            // A cycle may share links with one that has already been reported.
            let crossing = || {
                let crosses = rest.len() < circling.len();
                let mut ties = rest.iter().filter(|link| crosses && link.tie.is_some());
                ties.find_map(|tie| ring_along(circling, tie))
            };
            let Some(ring) = ring.or_else(crossing) else {
                break;
            };
            let mut finding = circle(graph, kind, &ring);
            if circling.len() > MOST_DATED {
                finding =
                    finding.help("there are too many ties here to check on which days they hold");
            }
            if nth == MOST {
                finding = finding.help(
                    "there may be more cycles among these actors; until this is fixed, none of these ties counts",
                );
            }
            self.findings.diagnostics.push(finding);
            let on_ring: HashSet<_> = ring.iter().map(Link::key).collect();
            rest.retain(|link| !on_ring.contains(&link.key()));
        }
    }

    pub(super) fn links(&self, graph: &Graph, kind: &TieKind) -> Vec<Link> {
        let mut links = Vec::new();
        let mut places = Locator::default();
        for (nth, actor) in graph.actors.iter().enumerate() {
            let (field, ids) = match kind {
                TieKind::Member => ("members", &actor.members),
                _ => ("speaks_for", &actor.speaks_for),
            };
            let reported = self.circles.get(field);
            for (item, id) in ids.iter().enumerate() {
                let steps = [Step::Field(field), Step::Item(item)];
                links.push(Link {
                    ends: match kind {
                        TieKind::Member => (id.index(), nth),
                        _ => (nth, id.index()),
                    },
                    during: during(None, None),
                    place: self.register.locate_with(&mut places, actor.place, &steps),
                    tie: None,
                    reported: reported.is_some_and(|links| links.contains(&(nth, id.index()))),
                });
            }
        }
        for (nth, tie) in graph.ties.iter().enumerate() {
            if tie.kind == *kind {
                links.push(Link {
                    ends: (tie.from.index(), tie.to.index()),
                    during: during(tie.since, tie.until),
                    place: self.register.locate(tie.place, &[Step::Field("to")]),
                    tie: Some(nth),
                    reported: false,
                });
            }
        }
        links
    }
}

/// Returns the links within each group of actors that all lead to one another, regardless of days.
fn groups(graph: &Graph, links: Vec<Link>) -> Vec<Vec<Link>> {
    let all: Vec<usize> = (0..graph.actors.len()).collect();
    let group = cycle::groups(&ways(graph, &all, &links));
    let mut groups: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for link in links {
        let (from, to) = (group[link.ends.0], group[link.ends.1]);
        if from == to {
            groups.entry(from).or_default().push(link);
        }
    }
    groups.into_values().collect()
}

/// Returns the days on which to look for cycles of links. If all links of a cycle have a day in
/// common, one of them begins on the first such day. For very many links, days are not
/// distinguished.
fn days(links: &[Link]) -> Vec<Option<Day>> {
    if links.len() > MOST_DATED {
        return vec![None];
    }
    let mut days: Vec<Option<Day>> = links.iter().map(|link| Some(link.during.from)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Returns the actors at the ends of links, in order.
fn between(links: &[Link]) -> Vec<usize> {
    let mut actors: Vec<usize> = links
        .iter()
        .flat_map(|link| [link.ends.0, link.ends.1])
        .collect();
    actors.sort_unstable();
    actors.dedup();
    actors
}

/// Returns where each of these actors leads by the links. Actors are numbered by their position in
/// `actors`.
fn ways(graph: &Graph, actors: &[usize], links: &[Link]) -> Vec<(Place, Vec<usize>)> {
    let local = |actor: usize| actors.binary_search(&actor).unwrap_or(0);
    let places = actors.iter().map(|actor| graph.actors[*actor].place);
    let mut ways: Vec<(Place, Vec<usize>)> = places.map(|place| (place, Vec::new())).collect();
    for link in links {
        ways[local(link.ends.0)].1.push(local(link.ends.1));
    }
    ways
}

fn held(links: &[Link], day: Option<Day>) -> Vec<Link> {
    let held = links.iter().filter(|link| link.holds_on(day));
    held.copied().collect()
}

/// Returns the links that lie on a cycle of links that all hold on some day.
fn circling(graph: &Graph, links: &[Link]) -> Vec<Link> {
    let actors = between(links);
    let mut circling = HashSet::new();
    for day in days(links) {
        let held = held(links, day);
        let on: HashSet<_> = cycle::on_circles(&ways(graph, &actors, &held))
            .into_iter()
            .map(|(from, to)| (actors[from], actors[to]))
            .collect();
        let on = held.iter().filter(|link| on.contains(&link.ends));
        circling.extend(on.map(Link::key));
    }
    let lies_on = links.iter().filter(|link| circling.contains(&link.key()));
    lies_on.copied().collect()
}

/// Returns a cycle of links that all hold on one of these days.
fn ring(graph: &Graph, links: &[Link], days: Vec<Option<Day>>) -> Option<Vec<Link>> {
    let actors = between(links);
    days.into_iter().find_map(|day| {
        let held = held(links, day);
        let mut first: HashMap<(usize, usize), Link> = HashMap::new();
        for link in &held {
            first.entry(link.ends).or_insert(*link);
        }
        let ring = cycle::cycles(&ways(graph, &actors, &held))
            .into_iter()
            .next()?;
        let ends = |nth: usize| (actors[ring[nth]], actors[ring[(nth + 1) % ring.len()]]);
        (0..ring.len())
            .map(|nth| first.get(&ends(nth)).copied())
            .collect()
    })
}

/// Returns one of the shortest cycles through `along` whose links all hold on some day.
fn ring_along(links: &[Link], along: &Link) -> Option<Vec<Link>> {
    let days = days(links).into_iter().filter(|day| along.holds_on(*day));
    days.into_iter().find_map(|day| {
        let held = held(links, day);
        let mut by: HashMap<usize, Link> = HashMap::from([(along.ends.1, *along)]);
        let mut next = VecDeque::from([along.ends.1]);
        while let Some(actor) = next.pop_front().filter(|_| !by.contains_key(&along.ends.0)) {
            for link in held.iter().filter(|link| link.ends.0 == actor) {
                by.entry(link.ends.1).or_insert_with(|| {
                    next.push_back(link.ends.1);
                    *link
                });
            }
        }
        let mut ring = vec![*by.get(&along.ends.0)?];
        while let Some(first) = ring.last().filter(|link| link.key() != along.key()) {
            ring.push(*by.get(&first.ends.0)?);
        }
        ring.reverse();
        Some(ring)
    })
}

fn circle(graph: &Graph, kind: &TieKind, ring: &[Link]) -> Diagnostic {
    let (itself, how) = match kind {
        TieKind::Member => ("is a member of itself", "is a member of"),
        _ => ("speaks for itself", "speaks for"),
    };
    let name = |actor: usize| &graph.actors[actor].id;
    let label = |nth: usize| {
        let to = name(ring[nth].ends.1);
        match nth {
            0 => format!("{how} `{to}`"),
            _ if nth + 1 == ring.len() => format!("and back to `{to}`"),
            _ => format!("and on to `{to}`"),
        }
    };
    let message = format!("`{}` {itself}", name(ring[0].ends.0));
    let finding = Diagnostic::error("cycle", message, ring[0].place, label(0));
    let finding = (1..ring.len().min(SHOWN + 1)).fold(finding, |finding, nth| {
        finding.label(ring[nth].place, label(nth))
    });
    finding.help(
        "remove one of these, or give them `since` and `until`, so that they hold at different times; until then all are ignored",
    )
}

/// Removes these links from the graph.
pub(super) fn take_out(graph: &mut Graph, kind: &TieKind, links: &[Link]) {
    let ties: HashSet<usize> = links.iter().filter_map(|link| link.tie).collect();
    let listed: HashSet<(usize, usize)> = links
        .iter()
        .filter(|link| link.tie.is_none())
        .map(|link| link.ends)
        .collect();
    for (nth, actor) in graph.actors.iter_mut().enumerate() {
        match kind {
            TieKind::Member => actor
                .members
                .retain(|id| !listed.contains(&(id.index(), nth))),
            _ => actor
                .speaks_for
                .retain(|id| !listed.contains(&(nth, id.index()))),
        }
    }
    let mut nth = 0;
    graph.ties.retain(|_| {
        nth += 1;
        !ties.contains(&(nth - 1))
    });
    graph.left_out += ties.len();
}

#[cfg(test)]
mod tests {
    /// Returns the findings about cycles in a ring of actors, each of whom speaks for both
    /// neighbours, and how many of these ties are left.
    fn found(actors: usize) -> (Vec<Vec<String>>, usize) {
        let id = |nth: usize| format!("a{:03}", nth % actors);
        let actor = |nth| format!("\"{}\": (name: \"A\", kind: State), ", id(nth));
        let ties = |nth| {
            let tie = |from, to| format!("(from: \"{from}\", to: \"{to}\", kind: SpeaksFor), ");
            tie(id(nth), id(nth + 1)) + &tie(id(nth + 1), id(nth))
        };
        let text = format!(
            "Graph(actors: {{ {} }}, ties: [{}])",
            (0..actors).map(actor).collect::<String>(),
            (0..actors).map(ties).collect::<String>()
        );
        let (graph, found) = crate::resolve::read("a.ron", &text);
        let circles = found.into_iter().filter(|finding| finding.code == "cycle");
        (
            circles.map(|circle| circle.help).collect(),
            graph.ties.len(),
        )
    }

    #[test]
    fn of_many_circles_some_are_reported_and_all_are_cut() {
        let (few, left) = found(10);
        assert!(left == 0 && few.len() < super::MOST);
        assert!(few.iter().all(|help| help.len() == 1), "{few:?}");
        let (many, left) = found(100);
        assert_eq!((many.len(), left), (super::MOST, 0));
        let more = |help: &&Vec<String>| help.iter().any(|help| help.contains("more cycles"));
        assert_eq!(many.iter().filter(more).count(), 1);
    }

    #[test]
    fn a_circle_may_go_along_another_of_short_forms() {
        let text = r#"Graph(
            actors: {
                "a": (name: "A", kind: Group, members: ["b", "c"]),
                "b": (name: "B", kind: Group, members: ["a", "d"]),
                "c": (name: "C", kind: Group), "d": (name: "D", kind: Group),
            },
            ties: [(from: "b", to: "c", kind: Member)],
        )"#;
        let (graph, found) = crate::resolve::read("a.ron", text);
        let said: Vec<&str> = found
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(
            said,
            ["`a` is a member of itself", "`b` is a member of itself"]
        );
        let members: Vec<usize> = graph
            .actors
            .iter()
            .map(|actor| actor.members.len())
            .collect();
        assert_eq!((members, graph.ties.len()), (vec![0, 1, 0, 0], 0));
    }

    #[test]
    fn among_very_many_links_days_are_not_told_apart() {
        let (many, left) = found(300);
        assert_eq!(left, 0);
        assert!(
            many[0].iter().any(|help| help.contains("on which days")),
            "{many:?}"
        );
    }
}
