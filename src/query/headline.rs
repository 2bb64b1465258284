//! A sentence that says what is known of several positions, made by rules alone. It counts them by
//! kind: a contested or mixed position never counts as a side, nor as having none. About what is
//! unknown it says nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, Graph, IssueId, Side, Verdict};
use crate::words::{capital, counted, joined, joined_by, verdict_word};

/// What is known of an actor on an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    For,
    Against,
    Neutral,
    Number,
    Mixed,
    Contested,
}

impl Known {
    fn of(verdict: Verdict) -> Option<Known> {
        Some(match verdict {
            Verdict::Unknown => return None,
            Verdict::Contested => Known::Contested,
            Verdict::Stands(position) => match Side::of(position) {
                Side::Supports => Known::For,
                Side::Opposes => Known::Against,
                Side::Neutral => Known::Neutral,
                Side::Number => Known::Number,
                Side::Mixed => Known::Mixed,
            },
        })
    }

    /// Whether its statements may be on either side.
    fn is_open(self) -> bool {
        matches!(self, Known::Mixed | Known::Contested)
    }

    /// Returns the words that follow the number of actors about whom this is known.
    fn words(self) -> &'static str {
        match self {
            Known::For => "for",
            Known::Against => "against",
            Known::Neutral => verdict_word!(neutral),
            Known::Number => "with a number",
            Known::Mixed => verdict_word!(mixed),
            Known::Contested => verdict_word!(contested),
        }
    }
}

/// What is known on each issue, by actor.
type OnIssue = BTreeMap<ActorId, Known>;
type All = BTreeMap<IssueId, OnIssue>;

/// Returns a headline for these positions, or `None` if no rule makes one. `shown` is what it says of
/// those that it counts, as there may be others: ` shown`.
pub(crate) fn headline(
    graph: &Graph,
    positions: impl IntoIterator<Item = ((ActorId, IssueId), Verdict)>,
    shown: &str,
) -> Option<String> {
    let mut all = All::new();
    for ((actor, issue), verdict) in positions {
        if let Some(known) = Known::of(verdict) {
            all.entry(issue).or_default().insert(actor, known);
        }
    }
    let actors: BTreeSet<ActorId> = all.values().flat_map(BTreeMap::keys).copied().collect();
    let actors: Vec<ActorId> = actors.into_iter().collect();
    match (&actors[..], all.len()) {
        ([one, other], _) => Some(of_two(graph, &all, [*one, *other], shown)),
        (_, 1) => of_one(graph, &all, shown),
        _ => of_many(graph, &all, shown),
    }
}

fn issue(graph: &Graph, issue: IssueId) -> String {
    format!("“{}”", graph[issue].name)
}

/// Compares two actors, the only ones shown whose positions are known.
fn of_two(graph: &Graph, all: &All, [one, other]: [ActorId; 2], shown: &str) -> String {
    let names = format!("{} and {}", graph[one].name, graph[other].name);
    let pairs = all.iter().filter_map(|(id, on)| {
        let (one, other) = (*on.get(&one)?, *on.get(&other)?);
        Some((*id, one.min(other), one.max(other)))
    });
    let pairs: Vec<(IssueId, Known, Known)> = pairs.collect();
    let sides = [
        ("both support", (Known::For, Known::For)),
        ("both oppose", (Known::Against, Known::Against)),
        ("are on opposite sides of", (Known::For, Known::Against)),
    ];
    let taken = sides.iter().filter_map(|(does, wanted)| {
        let alike = pairs
            .iter()
            .filter(|(_, one, other)| (*one, *other) == *wanted);
        let issues: Vec<String> = alike.map(|(id, ..)| issue(graph, *id)).collect();
        (!issues.is_empty()).then(|| format!("{does} {}", joined(&issues)))
    });
    let taken: Vec<String> = taken.collect();
    let is_side = |known: Known| matches!(known, Known::For | Known::Against);
    let rest = pairs
        .iter()
        .filter(|(_, one, other)| !is_side(*one) || !is_side(*other));
    let rest: Vec<[Known; 2]> = rest.map(|(_, one, other)| [*one, *other]).collect();
    let kinds: BTreeSet<Known> = rest
        .iter()
        .flatten()
        .copied()
        .filter(|known| !is_side(*known))
        .collect();
    let kinds: Vec<&str> = kinds.into_iter().map(Known::words).collect();
    let either = format!("either is {}", joined_by(&kinds, "or"));
    match (taken.is_empty(), rest.len()) {
        (true, 0) => format!("On no issue{shown} are the positions of both {names} known"),
        (true, many) => {
            format!("On no issue{shown} do both {names} take a side; on {many}, {either}")
        }
        (false, 0) if all.len() > pairs.len() => format!(
            "{names} {}; on no other issue{shown} are the positions of both known",
            joined(&taken)
        ),
        (false, 0) => format!("{names} {}", joined(&taken)),
        (false, many) => format!("{names} {}; on {many} more, {either}", joined(&taken)),
    }
}

/// Counts the actors about whom this is known on an issue.
fn count(on: &OnIssue, wanted: Known) -> usize {
    on.values().filter(|known| **known == wanted).count()
}

/// Says of how many each kind of position is known: `2 for, 1 against and 1 contested`.
fn tally<'k>(known: impl IntoIterator<Item = &'k Known>) -> String {
    let mut counts: BTreeMap<Known, usize> = BTreeMap::new();
    for known in known {
        *counts.entry(*known).or_default() += 1;
    }
    let each = counts
        .iter()
        .map(|(known, count)| format!("{count} {}", known.words()));
    joined(each)
}

/// Says who is on which side of the only issue.
fn of_one(graph: &Graph, all: &All, shown: &str) -> Option<String> {
    let (id, on) = all.first_key_value()?;
    let has_sides = on.values().any(|known| *known != Known::Number);
    has_sides.then(|| match on.len() {
        1 => format!(
            "{}: the only known position{shown} is {}",
            issue(graph, *id),
            joined(on.values().map(|known| known.words()))
        ),
        known => format!(
            "{}: of {known} known positions{shown}, {}",
            issue(graph, *id),
            tally(on.values())
        ),
    })
}

/// Names the issue that divides most, and the one on which most agree.
fn of_many(graph: &Graph, all: &All, shown: &str) -> Option<String> {
    let divided = divided(all).map(|(id, on)| {
        format!(
            "of the known positions{shown}, those on {} are most divided: {}",
            issue(graph, id),
            tally(on.values())
        )
    });
    let united = united(all).map(|(id, on, does)| {
        format!(
            "on {}, all {} known positions{shown} are {does}",
            issue(graph, id),
            on.len()
        )
    });
    let parts: Vec<String> = divided.into_iter().chain(united).collect();
    let text = match parts.is_empty() {
        true => counted_together(all, shown)?,
        false => parts.join("; "),
    };
    Some(capital(&text))
}

/// Counts the positions on all issues, where none of these stands out.
fn counted_together(all: &All, shown: &str) -> Option<String> {
    let known: Vec<Known> = all.values().flat_map(BTreeMap::values).copied().collect();
    let issues = counted(all.len(), "issue");
    let text = format!(
        "of {} known positions{shown}, on {issues}, {}",
        known.len(),
        tally(&known)
    );
    (known.len() > 1).then_some(text)
}

/// Returns the issue whose smaller side is larger than that of any other, whatever side the actors
/// with contested positions are on.
fn divided(all: &All) -> Option<(IssueId, &OnIssue)> {
    let sides = |on: &OnIssue| (count(on, Known::For), count(on, Known::Against));
    let least = |on: &OnIssue| sides(on).0.min(sides(on).1);
    let most = |on: &OnIssue| {
        let open = on.values().filter(|known| known.is_open()).count();
        least(on) + open
    };
    let (id, best) = all.iter().max_by_key(|(_, on)| least(on))?;
    let mut others = all.iter().filter(|(other, _)| *other != id);
    let is_only = least(best) > 0 && others.all(|(_, on)| most(on) < least(best));
    is_only.then_some((*id, best))
}

/// Returns the issue on which most actors agree, and nobody is known to differ; `None` if several
/// have as many.
fn united(all: &All) -> Option<(IssueId, &OnIssue, &'static str)> {
    let is_united = |on: &OnIssue| {
        let alike = |known: Known| on.values().all(|other| *other == known);
        on.len() > 1 && (alike(Known::For) || alike(Known::Against))
    };
    let mut united: Vec<(&IssueId, &OnIssue)> =
        all.iter().filter(|(_, on)| is_united(on)).collect();
    united.sort_by_key(|(_, on)| std::cmp::Reverse(on.len()));
    match united[..] {
        [] => None,
        [(_, one), (_, other), ..] if one.len() == other.len() => None,
        [(id, on), ..] => Some((*id, on, on.values().next()?.words())),
    }
}
