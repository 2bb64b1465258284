//! Circles of those who speak for one another, by `speaks_for` or by ties, where all of it holds on some day.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, during};
use crate::model::{Day, Period, TieKind};
use crate::resolve::cycle;
use crate::resolve::link::Linker;
use crate::syntax::{Locator, Step};
use crate::text::Place;

/// Of a circle, so many links are shown.
const SHOWN: usize = 8;
/// Among those who speak for one another, so many circles are reported.
const MOST: usize = 20;
/// Among more links than so many, days are not told apart.
const MOST_DATED: usize = 500;

/// Who speaks for whom: from, to, when, and where that stands. A tie is known by its number.
#[derive(Clone, Copy)]
struct Link {
    ends: (usize, usize),
    during: Period,
    place: Place,
    tie: Option<usize>,
}

impl Link {
    /// One that is named twice in a list is the same.
    fn key(&self) -> (Option<usize>, (usize, usize)) {
        (self.tie, self.ends)
    }
}

impl Linker<'_> {
    /// Reports the circles that go along a tie, and cuts all links of each.
    pub(super) fn circles_of_voices(&mut self, graph: &mut Graph) {
        if graph.ties.iter().all(|tie| tie.kind != TieKind::SpeaksFor) {
            return;
        }
        let mut wrong: Vec<Link> = Vec::new();
        for mut links in groups(graph, self.links(graph)) {
            for nth in 1.. {
                let Some(ring) = ring(graph, &links) else {
                    break;
                };
                let mut finding = circle(graph, &ring, links.len() > MOST_DATED);
                let on_ring: HashSet<_> = ring.iter().map(Link::key).collect();
                wrong.extend(ring);
                links.retain(|link| !on_ring.contains(&link.key()));
                if nth == MOST {
                    wrong.append(&mut links);
                    finding = finding.help(
                        "there may be more circles among these actors; until this is mended, none of them speaks for another",
                    );
                }
                self.findings.diagnostics.push(finding);
            }
        }
        cut(graph, &wrong);
    }

    fn links(&self, graph: &Graph) -> Vec<Link> {
        let mut links = Vec::new();
        let mut places = Locator::default();
        for (from, actor) in graph.actors.iter().enumerate() {
            for (item, to) in actor.speaks_for.iter().enumerate() {
                links.push(Link {
                    ends: (from, to.index()),
                    during: during(None, None),
                    place: self.register.locate_with(
                        &mut places,
                        actor.place,
                        &[Step::Field("speaks_for"), Step::Item(item)],
                    ),
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
}

/// The links between those who speak for one another, whenever; the links of each such group by themselves.
fn groups(graph: &Graph, links: Vec<Link>) -> Vec<Vec<Link>> {
    let places = graph.actors.iter().map(|actor| (actor.place, Vec::new()));
    let mut ways: Vec<(Place, Vec<usize>)> = places.collect();
    for link in &links {
        ways[link.ends.0].1.push(link.ends.1);
    }
    let group = cycle::groups(&ways);
    let mut groups: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for link in links {
        let (from, to) = (group[link.ends.0], group[link.ends.1]);
        if from == to {
            groups.entry(from).or_default().push(link);
        }
    }
    groups.into_values().collect()
}

fn circle(graph: &Graph, ring: &[Link], whenever: bool) -> Diagnostic {
    let name = |actor: usize| &graph.actors[actor].id;
    let label = |nth: usize| {
        let to = name(ring[nth].ends.1);
        match nth {
            0 => format!("speaks for `{to}`"),
            _ if nth + 1 == ring.len() => format!("and back to `{to}`"),
            _ => format!("and on to `{to}`"),
        }
    };
    let message = format!("`{}` speaks for itself", name(ring[0].ends.0));
    let finding = Diagnostic::error("cycle", message, ring[0].place, label(0));
    let finding = (1..ring.len().min(SHOWN + 1)).fold(finding, |finding, nth| {
        finding.label(ring[nth].place, label(nth))
    });
    let finding = finding.help(
        "take one of these out, or give them `since` and `until`, so that they hold at different times; until then all are \
         ignored",
    );
    match whenever {
        false => finding,
        true => finding.help(
            "so many speak for one another here that it was not looked at on which days they do",
        ),
    }
}

/// A circle of links that all hold on some day.
fn ring(graph: &Graph, links: &[Link]) -> Option<Vec<Link>> {
    let mut actors: Vec<usize> = links
        .iter()
        .flat_map(|link| [link.ends.0, link.ends.1])
        .collect();
    actors.sort_unstable();
    actors.dedup();
    let local = |actor: usize| actors.binary_search(&actor).unwrap_or(0);
    // Where all have a day in common, one of them begins on the first such day.
    let mut days: Vec<Option<Day>> = match links.len() {
        0..=MOST_DATED => links.iter().map(|link| Some(link.during.from)).collect(),
        _ => vec![None],
    };
    days.sort_unstable();
    days.dedup();
    days.into_iter().find_map(|day| {
        let holds =
            |link: &&Link| day.is_none_or(|day| link.during.from <= day && day <= link.during.to);
        let places = actors.iter().map(|actor| graph.actors[*actor].place);
        let mut ways: Vec<(Place, Vec<usize>)> = places.map(|place| (place, Vec::new())).collect();
        let mut first: HashMap<(usize, usize), Link> = HashMap::new();
        for link in links.iter().filter(holds) {
            let ends = (local(link.ends.0), local(link.ends.1));
            ways[ends.0].1.push(ends.1);
            first.entry(ends).or_insert(*link);
        }
        let ring = cycle::cycles(&ways).into_iter().next()?;
        let pairs = (0..ring.len()).map(|nth| (ring[nth], ring[(nth + 1) % ring.len()]));
        pairs.map(|ends| first.get(&ends).copied()).collect()
    })
}

/// Takes these links out.
fn cut(graph: &mut Graph, links: &[Link]) {
    let ties: HashSet<usize> = links.iter().filter_map(|link| link.tie).collect();
    let named: HashSet<(usize, usize)> = links
        .iter()
        .filter(|link| link.tie.is_none())
        .map(|link| link.ends)
        .collect();
    for (from, actor) in graph.actors.iter_mut().enumerate() {
        actor
            .speaks_for
            .retain(|to| !named.contains(&(from, to.index())));
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
    /// The findings about circles among actors of a ring, each of whom speaks for the next and for the one behind; and how
    /// many of these ties are left.
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
        let more = |help: &&Vec<String>| help.iter().any(|help| help.contains("more circles"));
        assert_eq!(many.iter().filter(more).count(), 1);
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
