//! Circles of those who speak for one another, or are members of one another, by short forms or by ties, where all of it
//! holds on some day.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, during};
use crate::model::{Day, Period, TieKind};
use crate::resolve::cycle;
use crate::resolve::link::Linker;
use crate::syntax::Step;
use crate::text::Place;

/// Of a circle, so many links are shown.
const SHOWN: usize = 8;

/// Who speaks for whom, or who is a member of what: from, to, when, and where that stands. A tie is known by its number.
#[derive(Clone, Copy, PartialEq)]
struct Link {
    ends: (usize, usize),
    during: Period,
    place: Place,
    tie: Option<usize>,
}

impl Linker<'_> {
    /// Reports the circles that go along a tie, and cuts all links of each.
    pub(super) fn circles_of_ties(&mut self, graph: &mut Graph) {
        for kind in [TieKind::SpeaksFor, TieKind::Member] {
            // Circles of short forms alone are cut already.
            if graph.ties.iter().all(|tie| tie.kind != kind) {
                continue;
            }
            let links = on_circles(graph, self.links(graph, &kind));
            let days = firsts(&links);
            let on = |day: &Day| {
                let held = links.iter().filter(|link| link.holds_on(*day));
                on_circles(graph, held.copied().collect())
            };
            let circling: Vec<Link> = days.iter().flat_map(on).collect();
            let places: BTreeSet<Place> = circling.iter().map(|link| link.place).collect();
            let mut cut = links.clone();
            cut.retain(|link| places.contains(&link.place));
            let mut rest = cut.clone();
            while let Some(ring) = ring(graph, &rest) {
                self.circle(graph, &kind, &ring);
                rest.retain(|link| !ring.contains(link));
            }
            graph.left_out += cut.iter().filter(|link| link.tie.is_some()).count();
            take_out(graph, &kind, &cut);
        }
    }

    fn links(&self, graph: &Graph, kind: &TieKind) -> Vec<Link> {
        let mut links = Vec::new();
        for (nth, actor) in graph.actors.iter().enumerate() {
            let (field, ids) = match kind {
                TieKind::Member => ("members", &actor.members),
                _ => ("speaks_for", &actor.speaks_for),
            };
            for (item, id) in ids.iter().enumerate() {
                let steps = [Step::Field(field), Step::Item(item)];
                links.push(Link {
                    ends: match kind {
                        TieKind::Member => (id.index(), nth),
                        _ => (nth, id.index()),
                    },
                    during: during(None, None),
                    place: self.register.locate(actor.place, &steps),
                    tie: None,
                });
            }
        }
        for (nth, tie) in graph.ties.iter().enumerate() {
            // Of one with itself, another rule says what is wrong.
            if tie.kind == *kind && tie.from != tie.to {
                links.push(Link {
                    ends: (tie.from.index(), tie.to.index()),
                    during: during(tie.since, tie.until),
                    place: self.register.locate(tie.place, &[Step::Field("to")]),
                    tie: Some(nth),
                });
            }
        }
        links
    }

    fn circle(&mut self, graph: &Graph, kind: &TieKind, ring: &[Link]) {
        let (itself, link) = match kind {
            TieKind::Member => ("is a member of itself", "is a member of"),
            _ => ("speaks for itself", "speaks for"),
        };
        let id = |link: &Link| graph.actors[link.ends.1].id.to_string();
        let [first, others @ ..] = ring else {
            return;
        };
        let message = format!("`{}` {itself}", graph.actors[first.ends.0].id);
        let label = format!("{link} `{}`", id(first));
        let mut finding = Diagnostic::error("cycle", message, first.place, label);
        for (nth, link) in others.iter().enumerate().take(SHOWN) {
            let on = if nth + 1 == others.len() {
                "and back"
            } else {
                "and on"
            };
            finding = finding.label(link.place, format!("{on} to `{}`", id(link)));
        }
        self.findings.diagnostics.push(finding.help(
            "take one of these out, or give them `since` and `until`, so that they hold at different times; until then all are \
             ignored",
        ));
    }
}

impl Link {
    fn holds_on(&self, day: Day) -> bool {
        self.during.from <= day && day <= self.during.to
    }
}

/// The days on which links begin: where all of some have a day in common, one of them begins on the first such day.
fn firsts(links: &[Link]) -> BTreeSet<Day> {
    links.iter().map(|link| link.during.from).collect()
}

fn ways(graph: &Graph, links: &[Link]) -> Vec<(Place, Vec<usize>)> {
    let mut ways: Vec<(Place, Vec<usize>)> = graph
        .actors
        .iter()
        .map(|actor| (actor.place, Vec::new()))
        .collect();
    for link in links {
        ways[link.ends.0].1.push(link.ends.1);
    }
    ways
}

/// Those of some links that lie on a circle of them.
fn on_circles(graph: &Graph, mut links: Vec<Link>) -> Vec<Link> {
    let circling: BTreeSet<_> = cycle::on_circles(&ways(graph, &links))
        .into_iter()
        .collect();
    links.retain(|link| circling.contains(&link.ends));
    links
}

/// A circle of links that all hold on some day.
fn ring(graph: &Graph, links: &[Link]) -> Option<Vec<Link>> {
    for day in firsts(links) {
        let held = links.iter().filter(|link| link.holds_on(day));
        let held: Vec<Link> = held.copied().collect();
        if let Some(ring) = cycle::cycles(&ways(graph, &held)).into_iter().next() {
            let pairs = (0..ring.len()).map(|nth| (ring[nth], ring[(nth + 1) % ring.len()]));
            let link = |ends: (usize, usize)| held.iter().find(|link| link.ends == ends).copied();
            return pairs.map(link).collect();
        }
    }
    None
}

fn take_out(graph: &mut Graph, kind: &TieKind, cut: &[Link]) {
    for link in cut.iter().filter(|link| link.tie.is_none()) {
        let (from, to) = link.ends;
        match kind {
            TieKind::Member => graph.actors[to].members.retain(|id| id.index() != from),
            _ => graph.actors[from].speaks_for.retain(|id| id.index() != to),
        }
    }
    let ties: BTreeSet<usize> = cut.iter().filter_map(|link| link.tie).collect();
    let mut nth = 0;
    graph.ties.retain(|_| {
        nth += 1;
        !ties.contains(&(nth - 1))
    });
}
