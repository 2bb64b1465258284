//! `same-name`: two actors, or two issues, have the same name.

use hashbrown::HashMap;

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::syntax::{Locator, Step};
use crate::text::Place;
use crate::words::folded;

/// The owner of a name: the record's id and location, and the index of the alias, or `None` for the
/// name proper.
#[derive(Clone, Copy)]
struct Bearer<'g> {
    id: &'g str,
    record: Place,
    alias: Option<usize>,
}

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let actors = super::in_files(&graph.actors, |actor| actor.place)
        .into_iter()
        .map(|actor| (&*actor.id, actor.place, &*actor.name, &*actor.aliases));
    shared(graph, "actors", actors, found);
    let issues = super::in_files(&graph.issues, |issue| issue.place)
        .into_iter()
        .map(|issue| (&*issue.id, issue.place, &*issue.name, &*issue.aliases));
    shared(graph, "issues", issues, found);
}

fn shared<'g>(
    graph: &'g Graph,
    section: &str,
    records: impl Iterator<Item = (&'g str, Place, &'g str, &'g [Box<str>])>,
    found: &mut Vec<Diagnostic>,
) {
    let mut known: HashMap<String, Bearer<'g>> = HashMap::new();
    // One locator for each of the two records compared, since each can have any number of names.
    let [mut here, mut there] = [Locator::default(), Locator::default()];
    for (id, record, name, aliases) in records {
        let names = std::iter::once((None, name)).chain(
            aliases
                .iter()
                .enumerate()
                .map(|(nth, alias)| (Some(nth), &**alias)),
        );
        for (alias, name) in names {
            let bearer = Bearer { id, record, alias };
            let first = *known.entry(folded(name)).or_insert(bearer);
            if first.id != id {
                found.push(
                    Diagnostic::warning("same-name", format!("two {section} are called `{name}`"), place(&mut here, graph, bearer), format!("`{id}` here"))
                        .label(place(&mut there, graph, first), format!("`{}` here", first.id))
                        .help("a question that uses this name can't tell which is meant: rename one, or merge the two if they are the same"),
                );
            }
        }
    }
}

fn place<'g>(places: &mut Locator<'g>, graph: &'g Graph, bearer: Bearer<'_>) -> Place {
    match bearer.alias {
        None => super::part_by(places, graph, bearer.record, &[Step::Field("name")]),
        Some(nth) => super::part_by(
            places,
            graph,
            bearer.record,
            &[Step::Field("aliases"), Step::Item(nth)],
        ),
    }
}
