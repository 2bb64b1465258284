//! `repeated-statement`: the same statement stands in the graph twice.

use hashbrown::HashMap;

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Graph, IssueId, SourceId, Stance, StanceId};
use crate::model::{Date, Position};

/// What two statements must have in common to be the same, their words apart. Numbers are compared bit by bit.
#[derive(PartialEq, Eq, Hash)]
struct Said {
    actor: ActorId,
    issue: IssueId,
    position: Option<(&'static str, u64)>,
    salience: Option<u64>,
    power: Option<u64>,
    dates: (Option<Date>, Option<Date>),
    said_by: Option<ActorId>,
    toward: Vec<ActorId>,
    sources: Vec<SourceId>,
}

/// A statement is compared with at most so many that only their words may tell from it.
const COMPARED: usize = 20;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut known: HashMap<Said, Vec<StanceId>> = HashMap::with_capacity(graph.stances.len());
    for (index, stance) in graph.stances.iter().enumerate() {
        let mut first = None;
        for &actor in stance.actors.as_slice() {
            let alike = known.entry(said(actor, stance)).or_default();
            first =
                first.or_else(|| alike.iter().copied().find(|other| same_words(graph, &graph.stances[other.index()], stance)));
            if alike.len() < COMPARED {
                alike.push(StanceId(index as u32));
            }
        }
        if let Some(first) = first {
            let first = super::part(graph, graph.stances[first.index()].place, &[]);
            let place = super::part(graph, stance.place, &[]);
            found.push(
                Diagnostic::warning("repeated-statement", "the same statement is made twice", place, "said again here")
                    .label(first, "first said here")
                    .help(
                        "keep one of the two; if they are two statements, let `quote`, `at`, `date` or `source` tell them apart",
                    ),
            );
        }
    }
}

fn said(actor: ActorId, stance: &Stance) -> Said {
    let number = |position| if let Position::At(x) = position { x.to_bits() } else { 0 };
    let sorted = |ids: &[ActorId]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids
    };
    let mut sources = stance.sources.as_slice().to_vec();
    sources.sort_unstable();
    Said {
        actor,
        issue: stance.issue,
        position: stance.position.map(|position| (position.word(), number(position))),
        salience: stance.salience().map(f64::to_bits),
        power: stance.power().map(f64::to_bits),
        dates: (stance.date, stance.until()),
        said_by: stance.said_by(),
        toward: sorted(stance.toward()),
        sources,
    }
}

/// Whether neither the quotes nor the places in the source tell two statements apart.
fn same_words(graph: &Graph, one: &Stance, other: &Stance) -> bool {
    if one.place == other.place {
        return false;
    }
    let (one, other) = (graph.written_stance(one.place), graph.written_stance(other.place));
    let differ = |a: &Option<_>, b: &Option<_>| a.is_some() && b.is_some() && a != b;
    !differ(&one.quote, &other.quote) && !differ(&one.at, &other.at)
}
