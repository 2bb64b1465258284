//! Whose word: for whom a statement counts.

use std::collections::{BTreeMap, BTreeSet};

use demarche::model::{Stance, TieKind};

use crate::days::Days;
use crate::rules::records::{Graph, ids};
use crate::rules::when::{days_made, r3_tie_holds, t2_ended};

/// How many of a record's days something holds on (W4): "All its days: it counts. Some: it counts, marked *perhaps not in
/// office*. None: not."
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    None,
    Some,
    All,
}

/// Who speaks for whom, and on which days.
pub(crate) type Offices = BTreeMap<(String, String), Days>;

/// W2: "through any number of steps"; W4: "in a chain, the days on which all its ties hold; of several ties to one actor, the
/// days of any".
pub(crate) fn w4_offices(graph: &Graph<'_>) -> Offices {
    let mut offices = Offices::new();
    for from in graph.actors.keys() {
        climb(
            graph,
            from,
            from,
            &Days::all(),
            &mut BTreeSet::new(),
            &mut offices,
        );
    }
    offices
}

fn climb(
    graph: &Graph<'_>,
    speaker: &str,
    at: &str,
    days: &Days,
    passed: &mut BTreeSet<String>,
    offices: &mut Offices,
) {
    passed.insert(at.to_owned());
    for (_, tie) in graph
        .ties
        .iter()
        .filter(|(_, tie)| tie.kind == TieKind::SpeaksFor && tie.from == at)
    {
        let both = days.and(&r3_tie_holds(tie));
        if passed.contains(&*tie.to) || both.is_empty() {
            continue;
        }
        let known = offices
            .entry((speaker.to_owned(), tie.to.to_string()))
            .or_default();
        *known = known.or(&both);
        climb(graph, speaker, &tie.to, &both, passed, offices);
    }
    passed.remove(at);
}

/// The days on which one speaks for the other.
pub(crate) fn speaks(offices: &Offices, from: &str, to: &str) -> Days {
    offices
        .get(&(from.to_owned(), to.to_owned()))
        .cloned()
        .unwrap_or_default()
}

/// W4: how many of these days the speaker speaks for the other.
pub(crate) fn w4_part(offices: &Offices, speaker: &str, whom: &str, days: &Days) -> Part {
    let office = speaks(offices, speaker, whom);
    if days.is_empty() || office.and(days).is_empty() {
        Part::None
    } else if office.has_all_of(days) {
        Part::All
    } else {
        Part::Some
    }
}

/// W5: "If the speaker also speaks, on some of the record's days, for another actor, and neither of the two speaks for the
/// other, then whoever has only *some* of the days is not counted …; whoever has all is counted".
pub(crate) fn w5_part(offices: &Offices, speaker: &str, whom: &str, days: &Days) -> Part {
    let part = w4_part(offices, speaker, whom, days);
    let elsewhere = offices.iter().any(|((from, other), office)| {
        from == speaker
            && other != whom
            && !office.and(days).is_empty()
            && speaks(offices, whom, other).and(days).is_empty()
            && speaks(offices, other, whom).and(days).is_empty()
    });
    if part == Part::Some && elsewhere {
        Part::None
    } else {
        part
    }
}

/// W1: "If who voiced it neither is the actor nor speaks for it, it is an attribution: shown, not counted". W2: "For its own
/// actor a record is tested by the ties of `said_by`". W5: "Where the record itself names the actor and the speaker is
/// `said_by`, *some* is enough."
pub(crate) fn w1_for_its_own(
    offices: &Offices,
    stance: &Stance<'_>,
    actor: &str,
    days: &Days,
    own: bool,
) -> Part {
    match stance.said_by.as_deref() {
        _ if days.is_empty() => Part::None,
        None => Part::All,
        Some(voice) if voice == actor => Part::All,
        // C1: "With `--own` no statement counts for another": what others said for an actor is left out.
        Some(_) if own => Part::None,
        Some(voice) => w4_part(offices, voice, actor, days),
    }
}

/// Whether, and how surely, a statement counts for an actor as of a day, whether or not it has ended by then.
///
/// W2: "Statements … of those who speak for an actor count for it, through any number of steps …; never downward. A statement
/// counts once for an actor, however many of its own actors lead to it. For its own actor a record is tested by the ties of
/// `said_by`, for those above by the actor's; what does not count for its own actor counts for nobody, and a mark there holds
/// above."
pub(crate) fn w2_counts(
    graph: &Graph<'_>,
    offices: &Offices,
    stance: &Stance<'_>,
    whom: &str,
    day: i64,
    own: bool,
) -> Part {
    let days = days_made(graph, stance, day);
    let by = |actor: &str| {
        let itself = w1_for_its_own(offices, stance, actor, &days, own);
        if actor == whom {
            itself
        } else if own {
            Part::None
        } else {
            itself.min(w5_part(offices, actor, whom, &days))
        }
    };
    ids(&stance.actor)
        .into_iter()
        .map(by)
        .max()
        .unwrap_or(Part::None)
}

/// The same of a statement in force: it counts, and has not ended (T2).
pub(crate) fn in_force(
    graph: &Graph<'_>,
    offices: &Offices,
    stance: &Stance<'_>,
    whom: &str,
    day: i64,
    own: bool,
) -> Part {
    if t2_ended(stance, day) {
        Part::None
    } else {
        w2_counts(graph, offices, stance, whom, day, own)
    }
}
