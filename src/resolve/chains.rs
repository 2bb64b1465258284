//! Chains of actors that speak for one another. Together these can be as many as the square of the
//! number of actors. If they are far more than what is written, they are followed through a limited
//! number of steps.

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::model::TieKind;
use crate::resolve::link::Linker;
use crate::words::counted;

/// The number of links followed from all actors together, whatever the graph.
const MOST: usize = 50_000;
/// The number of links followed in addition for each link of the graph. This reaches the end of a
/// chain of 337 actors, or of 122 if its ties have dates.
const FOR_EACH: usize = 20;

impl Linker<'_> {
    /// Determines through how many steps chains are followed, and reports the actors whose chains
    /// are cut short by that.
    pub(super) fn long_chains(&mut self, graph: &mut Graph) {
        graph.most_steps = graph.steps_within(MOST, FOR_EACH);
        let (Some(steps), cut) = (graph.most_steps, graph.cut_short()) else {
            return;
        };
        let Some(first) = cut.first() else {
            return;
        };
        graph.read_in_part += cut.len();
        let links = self.links(graph, &TieKind::SpeaksFor).into_iter();
        let own = links.filter(|link| link.ends.0 == first.index());
        let place = own.map(|link| link.place).min();
        let actor = &graph[*first];
        let steps = counted(steps as usize, "step");
        let message = format!("those who speak for one another are followed through {steps} only");
        let others = match cut.len() - 1 {
            0 => String::new(),
            1 => ", and so does one more actor".to_owned(),
            others => format!(", and so do {others} more actors"),
        };
        let label = format!("`{}` speaks for others through more{others}", actor.id);
        self.findings.diagnostics.push(
            Diagnostic::error("long-chain", message, place.unwrap_or(actor.place), label).help(
                "these chains lead from so many actors to so many that they are not followed to the end: say of whoever begins a long \
                 one for whom it is",
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use crate::diagnostic::Diagnostic;
    use crate::graph::{ActorId, Graph};

    /// Reads a graph of actors that speak for one another: `links` are pairs (from, to) that hold
    /// always or since a year.
    fn read(actors: usize, links: &[(usize, usize)], since: &str) -> (Graph, Vec<Diagnostic>) {
        let mut text = "Graph(actors: { ".to_owned();
        for nth in 0..actors {
            write!(text, "\"a{nth:05}\": (name: \"A\", kind: State), ").unwrap();
        }
        text += "}, ties: [ ";
        for (from, to) in links {
            write!(
                text,
                "(from: \"a{from:05}\", to: \"a{to:05}\", kind: SpeaksFor{since}), "
            )
            .unwrap();
        }
        crate::resolve::read("a.ron", &(text + "])"))
    }

    fn reached(graph: &Graph, actor: u32) -> usize {
        graph.voices().ever(ActorId(actor)).count()
    }

    fn chain(actors: usize) -> Vec<(usize, usize)> {
        (1..actors).rev().map(|to| (to - 1, to)).collect()
    }

    #[test]
    fn a_long_chain_is_followed_to_its_end() {
        for (actors, since) in [(337, ""), (122, ", since: \"1999\"")] {
            let (graph, found) = read(actors, &chain(actors), since);
            assert!(found.is_empty(), "{found:?}");
            assert_eq!(reached(&graph, 0), actors - 1);
            let (_, found) = read(actors + 1, &chain(actors + 1), since);
            assert_eq!(found.len(), 1);
        }
    }

    #[test]
    fn very_many_chains_are_followed_through_some_steps() {
        let (graph, found) = read(1000, &chain(1000), "");
        let [finding] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(finding.code, "long-chain");
        assert_eq!(
            finding.message,
            "those who speak for one another are followed through 64 steps only"
        );
        assert_eq!(
            finding.labels[0].text,
            "`a00000` speaks for others through more, and so do 934 more actors"
        );
        assert_eq!(graph.slice(finding.place()), "\"a00001\"");
        assert_eq!((reached(&graph, 0), reached(&graph, 990)), (64, 9));
        assert_eq!((graph.ties.len(), graph.read_in_part), (999, 935));
    }

    /// Chains of two links, but as many as the square of the number of speakers.
    #[test]
    fn many_who_speak_for_many_through_one() {
        let through_one = |each: usize| -> Vec<(usize, usize)> {
            let before = (1..=each).map(|from| (from, 0));
            before
                .chain((each + 1..=2 * each).map(|to| (0, to)))
                .collect()
        };
        let (graph, found) = read(401, &through_one(200), "");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!((reached(&graph, 1), reached(&graph, 0)), (201, 200));
        let (graph, found) = read(1001, &through_one(500), "");
        let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["long-chain"]);
        assert_eq!((reached(&graph, 1), reached(&graph, 0)), (1, 500));
    }
}
