//! Chains of those who speak for one another. One that is too long is cut: the pairs of actors on it, each of whom speaks for
//! the other, are as many as the square of its links.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::model::TieKind;
use crate::resolve::circles::{Link, take_out};
use crate::resolve::cycle;
use crate::resolve::link::Linker;
use crate::text::Place;

/// The most links of a chain, on whatever days they hold.
const MOST: usize = 50;
/// So many of the links at which chains are cut are reported.
const SHOWN: usize = 20;

impl Linker<'_> {
    /// Reports the links by which a chain of those who speak for one another gets too long, and takes them out.
    pub(super) fn long_chains(&mut self, graph: &mut Graph) {
        let ways = ways(graph);
        if ways.iter().map(|(_, to)| to.len()).sum::<usize>() <= MOST {
            return;
        }
        let too_far = too_far(&ways);
        if too_far.is_empty() {
            return;
        }
        let mut cut = self.links(graph, &TieKind::SpeaksFor);
        cut.retain(|link| too_far.contains(&link.ends));
        cut.sort_by_key(|link| link.place);
        let told = cut.iter().take(SHOWN).map(|link| told(graph, link));
        self.findings.diagnostics.extend(told);
        if cut.len() > SHOWN
            && let Some(last) = self.findings.diagnostics.last_mut()
        {
            let more = cut.len() - SHOWN;
            last.help
                .push(format!("{more} more links are ignored like this one"));
        }
        let by_actors = cut.iter().filter(|link| link.tie.is_none());
        let actors: HashSet<usize> = by_actors.map(|link| link.ends.0).collect();
        graph.read_in_part += actors.len();
        take_out(graph, &TieKind::SpeaksFor, &cut);
    }
}

fn told(graph: &Graph, link: &Link) -> Diagnostic {
    let [from, to] = [link.ends.0, link.ends.1].map(|actor| &graph.actors[actor].id);
    let message = format!("a chain of more than {MOST} links leads to `{to}`");
    let label = format!("`{from}` is at the end of {MOST} links already");
    Diagnostic::error("long-chain", message, link.place, label).help(
        "say of those at the beginning of the chain for whom they speak at its end; until then this link is ignored",
    )
}

/// For whom each actor speaks, at whatever time.
fn ways(graph: &Graph) -> Vec<(Place, Vec<usize>)> {
    let mut ways: Vec<(Place, Vec<usize>)> = graph
        .actors
        .iter()
        .map(|actor| {
            let spoken = actor.speaks_for.iter().map(|id| id.index());
            (actor.place, spoken.collect())
        })
        .collect();
    for tie in &graph.ties {
        if tie.kind == TieKind::SpeaksFor {
            ways[tie.from.index()].1.push(tie.to.index());
        }
    }
    ways
}

/// The links that lead on from where a chain is as long as it may be; behind each, another chain begins. Actors who speak for
/// one another, at different times, stand on it one behind the other.
fn too_far(ways: &[(Place, Vec<usize>)]) -> HashSet<(usize, usize)> {
    let group = cycle::groups(ways);
    let mut size = vec![0; group.len()];
    for group in &group {
        size[*group] += 1;
    }
    let mut actors: Vec<usize> = (0..group.len()).collect();
    actors.sort_by_key(|actor| group[*actor]);
    // Of each group, how many links lead to it at most.
    let mut behind = vec![0; group.len()];
    let mut cut = HashSet::new();
    for from in actors {
        let length = behind[group[from]] + size[group[from]];
        let on = ways[from].1.iter();
        for &to in on.filter(|to| group[**to] != group[from]) {
            if length > MOST {
                cut.insert((from, to));
            } else {
                behind[group[to]] = length.max(behind[group[to]]);
            }
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    /// The links of a chain of so many actors that are ignored, and how many are left.
    fn cut(actors: usize, tie: fn(usize, usize) -> String) -> (Vec<String>, usize) {
        let mut text = "Graph(actors: { ".to_owned();
        for nth in 0..actors {
            write!(text, "\"a{nth:03}\": (name: \"A\", kind: State), ").unwrap();
        }
        text += "}, ties: [ ";
        for nth in (1..actors).rev() {
            text += &tie(nth - 1, nth);
        }
        let (graph, found) = crate::resolve::read("a.ron", &(text + "])"));
        assert!(found.iter().all(|finding| finding.code == "long-chain"));
        let messages = found.into_iter().map(|finding| finding.message);
        (messages.collect(), graph.ties.len())
    }

    #[test]
    fn a_chain_is_cut_where_it_gets_too_long() {
        let tie = |from, to| {
            let since = 1900 + from;
            format!(
                "(from: \"a{from:03}\", to: \"a{to:03}\", kind: SpeaksFor, since: \"{since}\"), "
            )
        };
        assert_eq!(cut(51, tie), (vec![], 50));
        let message = |to| format!("a chain of more than 50 links leads to `a{to:03}`");
        assert_eq!(cut(52, tie), (vec![message(51)], 50));
        assert_eq!(cut(120, tie), (vec![message(102), message(51)], 117));
    }

    #[test]
    fn those_who_speak_for_one_another_at_different_times_make_a_chain_longer() {
        let ties = |from, to| {
            let tie = |from, to, days| {
                format!("(from: \"a{from:03}\", to: \"a{to:03}\", kind: SpeaksFor, {days}), ")
            };
            let back = tie(to, from, "until: \"1999\"");
            tie(from, to, "since: \"2001\"") + if from < 40 { &back } else { "" }
        };
        let (messages, left) = cut(60, ties);
        assert_eq!(messages, ["a chain of more than 50 links leads to `a051`"]);
        assert_eq!(left, 59 + 40 - 1);
    }
}
