//! `same-as-twice`: two records of a section have the same id elsewhere.

use hashbrown::HashMap;

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::syntax::{Locator, Step};
use crate::text::Place;

/// A record: its id, its location and its ids elsewhere.
type Bearer<'g> = (&'g str, Place, &'g [Box<str>]);

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let sources = super::in_files(&graph.sources, |source| source.place).into_iter();
    shared(
        graph,
        "sources",
        sources.map(|one| (&*one.id, one.place, &*one.same_as)),
        found,
    );
    let actors = super::in_files(&graph.actors, |actor| actor.place).into_iter();
    shared(
        graph,
        "actors",
        actors.map(|one| (&*one.id, one.place, &*one.same_as)),
        found,
    );
    let issues = super::in_files(&graph.issues, |issue| issue.place).into_iter();
    shared(
        graph,
        "issues",
        issues.map(|one| (&*one.id, one.place, &*one.same_as)),
        found,
    );
    let meetings = super::in_files(&graph.meetings, |meeting| meeting.place).into_iter();
    shared(
        graph,
        "meetings",
        meetings.map(|one| (&*one.id, one.place, one.same_as())),
        found,
    );
}

fn shared<'g>(
    graph: &'g Graph,
    section: &str,
    records: impl Iterator<Item = Bearer<'g>>,
    found: &mut Vec<Diagnostic>,
) {
    let mut known: HashMap<&str, (&str, Place, usize)> = HashMap::new();
    let mut places = [Locator::default(), Locator::default()];
    for (id, record, ids) in records {
        for (nth, elsewhere) in ids.iter().enumerate() {
            let first = *known.entry(elsewhere).or_insert((id, record, nth));
            if first.0 == id {
                continue;
            }
            let [here, there] = &mut places;
            let path = |nth| [Step::Field("same_as"), Step::Item(nth)];
            let message = format!("two {section} are `{elsewhere}`");
            let place = super::part_by(here, graph, record, &path(nth));
            let other = super::part_by(there, graph, first.1, &path(first.2));
            found.push(
                Diagnostic::warning("same-as-twice", message, place, format!("`{id}` here"))
                    .label(other, format!("`{}` here", first.0))
                    .help(format!(
                        "if they are one, `demarche merge {id} {}` makes them one; else correct one of the two",
                        first.0
                    )),
            );
        }
    }
}
