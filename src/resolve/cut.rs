//! Reports references by which a record leads back to itself, and cuts them: until one is taken
//! out, none of them counts.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::resolve::cycle;
use crate::resolve::link::Linker;
use crate::resolve::refer::Register;
use crate::syntax::{Locator, Step};
use crate::text::Place;

/// The maximum number of references shown of a cycle.
const LINKS_SHOWN: usize = 8;
/// The maximum number of times that cycles are sought without the references already reported.
const ROUNDS: usize = 8;
/// The help text added if there are still more cycles.
const MORE: &str = "there are more cycles; they are reported once these are fixed";

impl<'t> Linker<'t> {
    /// Reports the cycles and returns the references on them. Adds to `in_part` the number of
    /// records that are read in part without these.
    pub(super) fn cut(
        &mut self,
        in_part: &mut usize,
        field: &str,
        says: &str,
        ids: &[&str],
        ways: &[(Place, Vec<usize>)],
    ) -> HashSet<(usize, usize)> {
        let found = cycle::cycles(ways);
        if found.is_empty() {
            return HashSet::new();
        }
        let links = Links::of(field, says, ids, ways);
        self.cycles(found, links, ways);
        // Which of them is wrong can't be told, so all are cut.
        let cut: HashSet<(usize, usize)> = cycle::on_circles(ways).into_iter().collect();
        *in_part += cut
            .iter()
            .map(|(record, _)| record)
            .collect::<HashSet<_>>()
            .len();
        cut
    }

    /// Reports the given cycles, and those that remain without the first reference of each.
    fn cycles(
        &mut self,
        mut found: Vec<Vec<usize>>,
        mut links: Links<'_, 't>,
        ways: &[(Place, Vec<usize>)],
    ) {
        let mut rest = ways.to_vec();
        for _ in 0..ROUNDS {
            let circles = found.iter().map(|ring| links.circle(&self.register, ring));
            self.findings.diagnostics.extend(circles);
            let first = |ring: &Vec<usize>| (ring[0], ring.get(1).copied().unwrap_or(ring[0]));
            let cut: HashSet<_> = found.iter().map(first).collect();
            for (from, (_, to)) in rest.iter_mut().enumerate() {
                to.retain(|to| !cut.contains(&(from, *to)));
            }
            found = cycle::cycles(&rest);
            if found.is_empty() {
                return;
            }
        }
        let last = self.findings.diagnostics.last_mut();
        if let Some(last) = last {
            last.help.push(MORE.to_owned());
        }
    }
}

/// The references of one field, which contain cycles.
struct Links<'l, 't> {
    field: &'l str,
    /// What the message says about a record on a cycle, after its id.
    says: &'l str,
    ids: &'l [&'l str],
    ways: &'l [(Place, Vec<usize>)],
    /// The index of each reference in the list of its record.
    items: HashMap<(usize, usize), usize>,
    /// A locator for each record, to find its items.
    places: HashMap<usize, Locator<'t>>,
}

impl<'l, 't> Links<'l, 't> {
    fn of(
        field: &'l str,
        says: &'l str,
        ids: &'l [&'l str],
        ways: &'l [(Place, Vec<usize>)],
    ) -> Links<'l, 't> {
        let mut items = HashMap::new();
        for (from, (_, to)) in ways.iter().enumerate() {
            for (item, to) in to.iter().enumerate() {
                items.entry((from, *to)).or_insert(item);
            }
        }
        Links {
            field,
            says,
            ids,
            ways,
            items,
            places: HashMap::new(),
        }
    }

    fn circle(&mut self, register: &Register<'t>, ring: &[usize]) -> Diagnostic {
        let next = |nth: usize| ring[(nth + 1) % ring.len()];
        let message = format!("`{}` {}", self.ids[ring[0]], self.says);
        let label = if ring.len() == 1 {
            "itself".to_owned()
        } else {
            format!("leads to `{}`", self.ids[next(0)])
        };
        let mut diagnostic = Diagnostic::error(
            "cycle",
            message,
            self.place(register, ring[0], next(0)),
            label,
        );
        for nth in 1..ring.len().min(LINKS_SHOWN) {
            let back = if nth + 1 == ring.len() {
                "and back"
            } else {
                "and on"
            };
            let place = self.place(register, ring[nth], next(nth));
            diagnostic = diagnostic.label(place, format!("{back} to `{}`", self.ids[next(nth)]));
        }
        diagnostic.help(format!(
            "remove one of these from `{}`; until then none of them counts",
            self.field
        ))
    }

    fn place(&mut self, register: &Register<'t>, from: usize, to: usize) -> Place {
        let record = self.ways[from].0;
        let item = self.items.get(&(from, to)).copied().unwrap_or(0);
        let path = [Step::Field(self.field), Step::Item(item)];
        register.locate_with(self.places.entry(from).or_default(), record, &path)
    }
}

/// Removes these references from the lists of all records.
pub(super) fn without<'r, T: 'r>(
    cut: &HashSet<(usize, usize)>,
    lists: impl Iterator<Item = &'r mut Vec<T>>,
    index: impl Fn(&T) -> usize,
) {
    for (from, list) in lists.enumerate() {
        list.retain(|to| !cut.contains(&(from, index(to))));
    }
}

#[cfg(test)]
mod tests {
    use super::MORE;

    /// Returns how many cycles of these actors are reported, whether there are more, and how many
    /// actors still have members.
    fn found(actors: &str) -> (usize, bool, usize) {
        let (graph, found) =
            crate::resolve::read("a.ron", &format!("Graph(actors: {{ {actors} }})"));
        let circles = found.iter().filter(|finding| finding.code == "cycle");
        let more = |help: &String| help == MORE;
        (
            circles.clone().count(),
            circles.flat_map(|circle| &circle.help).any(more),
            graph
                .actors
                .iter()
                .filter(|actor| !actor.members.is_empty())
                .count(),
        )
    }

    fn actor(id: &str, members: &[String]) -> String {
        format!("\"{id}\": (name: \"{id}\", kind: Group, members: {members:?}), ")
    }

    #[test]
    fn of_many_circles_through_one_record_some_are_reported_and_all_are_cut() {
        // `a` leads through any of many to `b`, and `b` back: each round finds the cycle through
        // the next.
        let through = |many: usize| {
            let ids: Vec<String> = (0..many).map(|nth| format!("m{nth:02}")).collect();
            let of_b: String = ids.iter().map(|id| actor(id, &["b".to_owned()])).collect();
            actor("a", &ids) + &actor("b", &["a".to_owned()]) + &of_b
        };
        assert_eq!(found(&through(3)), (3, false, 0));
        assert_eq!(found(&through(8)), (8, false, 0));
        assert_eq!(found(&through(30)), (8, true, 0));
    }

    #[test]
    fn circles_apart_are_all_reported() {
        let pair = |nth: usize| {
            let [one, other] = [format!("a{nth}"), format!("b{nth}")];
            actor(&one, std::slice::from_ref(&other)) + &actor(&other, &[one])
        };
        let pairs: String = (0..50).map(pair).collect();
        assert_eq!(
            found(&(pairs + &actor("c", &["a1".to_owned()]))),
            (50, false, 1)
        );
    }
}
