//! `repeated-statement`: the same statement is recorded twice.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use hashbrown::HashMap;

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Graph, Stance, StanceId, StanceMore};
use crate::model::Position;

/// A statement of one actor, with a hash of all that it says except its words.
type Said = (u64, StanceId);

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let statements = graph.stances().flat_map(|(id, stance)| {
        let actors = stance.actors.as_slice().iter();
        actors.map(move |actor| (*actor, id))
    });
    // Few actors say something on an issue twice on one day.
    let few = super::with_twins(statements.collect(), |(actor, id)| {
        (*actor, graph[*id].issue, graph[*id].date)
    });
    let said = few.into_iter();
    let mut said: Vec<Said> = said
        .map(|(actor, id)| (hash(actor, &graph[id]), id))
        .collect();
    said.sort_unstable();
    // One statement may name the same actor twice.
    said.dedup();
    // Keyed by the repeating statement, so that it is reported once, however many actors it has.
    let mut repeated = BTreeMap::new();
    for alike in said
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|alike| alike.len() > 1)
    {
        same_words(graph, alike, |first, again| {
            repeated.entry(again).or_insert(first);
        });
    }
    found.extend(
        repeated
            .into_iter()
            .map(|(again, first)| finding(graph, first, again)),
    );
}

fn finding(graph: &Graph, first: StanceId, again: StanceId) -> Diagnostic {
    let place = |id: StanceId| super::part(graph, graph[id].place, &[]);
    Diagnostic::warning("repeated-statement", "the same statement is made twice", place(again), "said again here")
        .label(place(first), "first said here")
        .help("keep one of the two; if they are different statements, let `quote`, `at`, `date` or `source` tell them apart")
}

/// Hashes all that a statement says except its words: numbers by their bits, lists regardless of
/// order. Whoever adds a field has to think of it here.
fn hash(actor: ActorId, stance: &Stance) -> u64 {
    let Stance {
        place: _,
        issue,
        actors: _,
        sources,
        position,
        date,
        more,
    } = stance;
    let bare = StanceMore::default();
    let StanceMore {
        toward,
        said_by,
        until,
        salience,
        power,
        credibility: _,
        condition,
        depends_on,
        withdrawn_in,
    } = more.as_deref().unwrap_or(&bare);
    let mut hasher = DefaultHasher::new();
    (actor, issue, date, until, said_by, withdrawn_in).hash(&mut hasher);
    position.map(Position::written).hash(&mut hasher);
    if let Some(Position::At(number)) = position {
        number.to_bits().hash(&mut hasher);
    }
    (salience.map(f64::to_bits), power.map(f64::to_bits)).hash(&mut hasher);
    condition.hash(&mut hasher);
    super::sorted(depends_on).hash(&mut hasher);
    super::sorted(toward.as_slice()).hash(&mut hasher);
    super::sorted(sources.as_slice()).hash(&mut hasher);
    hasher.finish()
}

/// Calls `repeats` for each statement that repeats an earlier one: neither a quote nor a location
/// in the source distinguishes them.
fn same_words(graph: &Graph, alike: &[Said], mut repeats: impl FnMut(StanceId, StanceId)) {
    let mut known = HashMap::new();
    let mut wordless = None;
    for &(_, id) in alike {
        let written = graph.written_stance(graph[id].place);
        let words = (written.quote.into_option(), written.at.into_option());
        let is_wordless = words == (None, None);
        let first = match wordless.or_else(|| known.get(&words).copied()) {
            None if is_wordless => alike.first().map(|(_, first)| *first),
            first => first,
        };
        match first {
            Some(first) if first != id => repeats(first, id),
            _ => {}
        }
        if is_wordless {
            wordless.get_or_insert(id);
        }
        known.entry(words).or_insert(id);
    }
}
