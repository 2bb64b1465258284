//! Circles of those who speak for one another, by `speaks_for` or by ties, where all of it holds on some day.

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, during};
use crate::model::{Day, Period, TieKind};
use crate::resolve::cycle;
use crate::resolve::link::Linker;
use crate::syntax::Step;
use crate::text::Place;

/// Of a circle, so many links are shown.
const SHOWN: usize = 8;

/// Who speaks for whom: from, to, when, and where that stands. A tie is known by its number.
struct Link {
    ends: (usize, usize),
    during: Period,
    place: Place,
    tie: Option<usize>,
}

impl Linker<'_> {
    /// Reports the circles that go along a tie, and cuts all links of each.
    pub(super) fn circles_of_voices(&mut self, graph: &mut Graph) {
        if graph.ties.iter().all(|tie| tie.kind != TieKind::SpeaksFor) {
            return;
        }
        loop {
            let links = self.links(graph);
            let Some(ring) = ring(graph, &links) else {
                return;
            };
            self.circle(graph, &ring);
            cut(graph, &ring);
        }
    }

    fn links(&self, graph: &Graph) -> Vec<Link> {
        let mut links = Vec::new();
        for (from, actor) in graph.actors.iter().enumerate() {
            for (item, to) in actor.speaks_for.iter().enumerate() {
                links.push(Link {
                    ends: (from, to.index()),
                    during: during(None, None),
                    place: self
                        .register
                        .locate(actor.place, &[Step::Field("speaks_for"), Step::Item(item)]),
                    tie: None,
                });
            }
        }
        for (nth, tie) in graph.ties.iter().enumerate() {
            // Of one with itself, another rule says what is wrong.
            if tie.kind == TieKind::SpeaksFor && tie.from != tie.to {
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

    fn circle(&mut self, graph: &mut Graph, ring: &[Link]) {
        let id = |link: &Link| graph.actors[link.ends.1].id.to_string();
        let [first, others @ ..] = ring else {
            return;
        };
        let message = format!("`{}` speaks for itself", graph.actors[first.ends.0].id);
        let label = format!("speaks for `{}`", id(first));
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
        graph.left_out += ring.iter().filter(|link| link.tie.is_some()).count();
    }
}

/// A circle of links that all hold on some day.
fn ring(graph: &Graph, links: &[Link]) -> Option<Vec<Link>> {
    // Where all have a day in common, one of them begins on the first such day.
    let mut days: Vec<Day> = links.iter().map(|link| link.during.from).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let holds = |link: &&Link| link.during.from <= day && day <= link.during.to;
        let mut ways: Vec<(Place, Vec<usize>)> = graph
            .actors
            .iter()
            .map(|actor| (actor.place, Vec::new()))
            .collect();
        for link in links.iter().filter(holds) {
            ways[link.ends.0].1.push(link.ends.1);
        }
        if let Some(ring) = cycle::cycles(&ways).into_iter().next() {
            let pairs = (0..ring.len()).map(|nth| (ring[nth], ring[(nth + 1) % ring.len()]));
            let link = |ends: (usize, usize)| {
                let mut all = links.iter().filter(holds);
                all.find(|link| link.ends == ends)
                    .map(|link| Link { ..*link })
            };
            return pairs.map(link).collect();
        }
    }
    None
}

fn cut(graph: &mut Graph, ring: &[Link]) {
    for link in ring.iter().filter(|link| link.tie.is_none()) {
        let to = link.ends.1;
        graph.actors[link.ends.0]
            .speaks_for
            .retain(|id| id.index() != to);
    }
    let mut nth = 0;
    graph.ties.retain(|_| {
        nth += 1;
        !ring.iter().any(|link| link.tie == Some(nth - 1))
    });
}
