//! A title that says what a picture shows, made by rules alone. It counts what is known, by kind:
//! a contested or mixed position is never told as a side, nor as its absence. What is unknown makes
//! no claim, and no sentence is about more than what is shown.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, CROWD, Graph, IssueId, Lens, Side, Verdict};
use crate::model::MeetingStatus;
use crate::picture::draw::shown;
use crate::picture::roster::roster_for;
use crate::picture::{Drawing, View, timeline};
use crate::query::{Extract, Line, Part, extract};
use crate::words::{capital, counted, joined, joined_by, verdict_word};

/// Returns a headline for what a picture shows, or `None` if no rule makes one.
pub fn headline(graph: &Graph, lens: Lens, drawing: &Drawing) -> Option<String> {
    match drawing.view {
        View::Network => of_meetings(graph, &shown(graph, lens, drawing).ok()??),
        View::Map => of_positions(graph, shown(graph, lens, drawing).ok()??.lines.known()),
        View::Timeline => {
            let most = drawing.top.unwrap_or(timeline::MOST_LANES);
            let timeline = timeline::timeline(graph, lens, &drawing.selection, most);
            let drawn = timeline.basis().stances.unwrap_or_default();
            let all = extract(graph, lens, &drawing.selection);
            let is_drawn = |line: &&Line| {
                let mut behind = line.standing.in_force();
                behind.all(|footing| drawn.contains_key(&footing.stance))
            };
            of_positions(graph, all.lines.known().iter().filter(is_drawn))
        }
        View::Matrix | View::Agreement | View::Spectrum => of_positions(
            graph,
            roster_for(graph, lens, &drawing.selection, (drawing.view, drawing.top)).lines(),
        ),
    }
}

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

    /// Returns the words after the number of those of whom this is known.
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

fn of_positions<'l>(graph: &Graph, lines: impl IntoIterator<Item = &'l Line>) -> Option<String> {
    let mut all = All::new();
    for line in lines {
        if let Some(known) = Known::of(line.standing.verdict) {
            all.entry(line.issue).or_default().insert(line.actor, known);
        }
    }
    let actors: BTreeSet<ActorId> = all.values().flat_map(BTreeMap::keys).copied().collect();
    let actors: Vec<ActorId> = actors.into_iter().collect();
    match (&actors[..], all.len()) {
        ([one, other], _) => Some(of_two(graph, &all, *one, *other)),
        (_, 1) => of_one(graph, &all),
        _ => of_many(graph, &all),
    }
}

fn issue(graph: &Graph, issue: IssueId) -> String {
    format!("“{}”", graph[issue].name)
}

/// Compares two actors, the only ones shown whose positions are known.
fn of_two(graph: &Graph, all: &All, one: ActorId, other: ActorId) -> String {
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
    let told = sides.iter().filter_map(|(does, wanted)| {
        let alike = pairs
            .iter()
            .filter(|(_, one, other)| (*one, *other) == *wanted);
        let issues: Vec<String> = alike.map(|(id, ..)| issue(graph, *id)).collect();
        (!issues.is_empty()).then(|| format!("{does} {}", joined(&issues)))
    });
    let told: Vec<String> = told.collect();
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
    match (told.is_empty(), rest.len()) {
        (true, 0) => format!("On no issue shown are the positions of both {names} known"),
        (true, many) => {
            format!("On no issue shown do both {names} take a side; on {many}, {either}")
        }
        (false, 0) if all.len() > pairs.len() => format!(
            "{names} {}; on no other issue shown are the positions of both known",
            joined(&told)
        ),
        (false, 0) => format!("{names} {}", joined(&told)),
        (false, many) => format!("{names} {}; on {many} more, {either}", joined(&told)),
    }
}

/// Counts those of whom this is known on an issue.
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
fn of_one(graph: &Graph, all: &All) -> Option<String> {
    let (id, on) = all.first_key_value()?;
    let has_sides = on.values().any(|known| *known != Known::Number);
    has_sides.then(|| match on.len() {
        1 => format!(
            "{}: one known position is shown, {}",
            issue(graph, *id),
            tally(on.values())
        ),
        known => format!(
            "{}: of {known} known positions shown, {}",
            issue(graph, *id),
            tally(on.values())
        ),
    })
}

/// Names the issue that divides most, and the one on which most agree.
fn of_many(graph: &Graph, all: &All) -> Option<String> {
    let divided = divided(all).map(|(id, on)| {
        format!(
            "of the known positions shown, those on {} are most divided: {}",
            issue(graph, id),
            tally(on.values())
        )
    });
    let united = united(all).map(|(id, on, does)| {
        format!(
            "on {}, all {} known positions shown are {does}",
            issue(graph, id),
            on.len()
        )
    });
    let parts: Vec<String> = divided.into_iter().chain(united).collect();
    let text = match parts.is_empty() {
        true => counted_together(all)?,
        false => parts.join("; "),
    };
    Some(capital(&text))
}

/// Counts the positions on all issues, where none of these stands out.
fn counted_together(all: &All) -> Option<String> {
    let known: Vec<Known> = all.values().flat_map(BTreeMap::values).copied().collect();
    let issues = counted(all.len(), "issue");
    let text = format!(
        "of {} known positions shown, on {issues}, {}",
        known.len(),
        tally(&known)
    );
    (known.len() > 1).then_some(text)
}

/// Returns the issue on which the smaller side is larger than on any other, wherever those may stand
/// whose statements differ.
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

/// Returns the issue on which most are on one side, and everybody of whom anything is known; of
/// several with as many, none.
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

/// Names the two who met most often, or the one who met most others.
fn of_meetings(graph: &Graph, extract: &Extract) -> Option<String> {
    let pairs = pairs(graph, extract)?;
    let most = pairs.values().max().copied()?;
    let mut often = pairs.iter().filter(|(_, times)| **times == most);
    if let (2.., Some(((one, other), _)), None) = (most, often.next(), often.next()) {
        let (one, other) = (&graph[*one].name, &graph[*other].name);
        return Some(format!(
            "{one} and {other} met most often in the meetings shown: {most} times"
        ));
    }
    let mut others: BTreeMap<ActorId, usize> = BTreeMap::new();
    for (one, other) in pairs.keys() {
        *others.entry(*one).or_default() += 1;
        *others.entry(*other).or_default() += 1;
    }
    let most = others.values().max().copied()?;
    let mut first = others.iter().filter(|(_, count)| **count == most);
    match (first.next(), first.next()) {
        (Some((actor, _)), None) => {
            let name = &graph[*actor].name;
            let all = counted(most, "other");
            Some(format!(
                "In the meetings shown, {name} met {all}, more than anybody else"
            ))
        }
        _ => None,
    }
}

/// Counts how often each two took part in the same meeting; `None` if more took part in one than is
/// shown.
fn pairs(graph: &Graph, extract: &Extract) -> Option<BTreeMap<(ActorId, ActorId), usize>> {
    let mut pairs: BTreeMap<(ActorId, ActorId), usize> = BTreeMap::new();
    let meetings = extract.meetings.iter();
    let held = meetings.filter(|met| met.status == Some(MeetingStatus::Held));
    for met in held.filter(|met| !graph[met.id].is_in_writing()) {
        if graph[met.id].participants.len() > CROWD {
            return None;
        }
        let parties = met.parties.iter();
        let took_part = parties.filter(|(_, part)| *part == Part::Participant);
        let took_part: BTreeSet<ActorId> = took_part.map(|(actor, _)| *actor).collect();
        for one in &took_part {
            for other in took_part.range(..one) {
                *pairs.entry((*other, *one)).or_default() += 1;
            }
        }
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::headline;
    use crate::graph::Lens;
    use crate::model::Day;
    use crate::picture::{Drawing, View};

    /// The headline of a graph with these statements, each `actor issue position`.
    fn told(stances: &[&str]) -> Option<String> {
        drawn(stances, &[], View::Map)
    }

    fn cut(stances: &[&str], (view, top): (View, Option<usize>)) -> Option<String> {
        of(stances, &[], view, top)
    }

    fn drawn(stances: &[&str], meetings: &[&[&str]], view: View) -> Option<String> {
        of(stances, meetings, view, None)
    }

    fn of(
        stances: &[&str],
        meetings: &[&[&str]],
        view: View,
        top: Option<usize>,
    ) -> Option<String> {
        let named = |ids: &[&str], what: &str| -> String {
            let named = ids
                .iter()
                .map(|id| format!("\"{id}\": (name: \"{}\"{what}), ", id.to_uppercase()));
            named.collect()
        };
        let stances = stances.iter().map(|stance| {
            let [actor, issue, position] = stance.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{stance}")
            };
            format!(
                "(actor: \"{actor}\", issue: \"{issue}\", position: {position}, date: \"2023\"), "
            )
        });
        let meetings = meetings.iter().enumerate().map(|(nth, who)| {
            format!("\"m{nth}\": (title: \"M\", status: Held, date: \"2023-01-01\", participants: {who:?}), ")
        });
        let text = format!(
            "Graph(actors: {{ {} }}, issues: {{ {} }}, stances: [{}], meetings: {{ {} }})",
            named(&["a", "b", "c", "d"], ", kind: State"),
            named(&["x", "y", "z"], ", question: \"Is it?\""),
            stances.collect::<String>(),
            meetings.collect::<String>(),
        );
        let (graph, mistakes) = crate::resolve::read("a.ron", &text);
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let drawing = Drawing {
            view,
            top,
            ..Drawing::default()
        };
        headline(&graph, Lens::as_of(Day::LAST), &drawing)
    }

    #[test]
    fn two_actors_are_compared() {
        let same = ["a x Supports", "b x Supports", "a y Opposes"];
        let line =
            "A and B both support “X”; on no other issue shown are the positions of both known";
        assert_eq!(told(&same).as_deref(), Some(line));
        let apart = ["a x Supports", "b x Opposes"];
        assert_eq!(
            told(&apart).as_deref(),
            Some("A and B are on opposite sides of “X”")
        );
        let strangers = ["a x Supports", "b y Supports"];
        let line = "On no issue shown are the positions of both A and B known";
        assert_eq!(told(&strangers).as_deref(), Some(line));
        // A neutral position is known: it must not be said that nothing else is.
        let neutral = [
            "a x Supports",
            "b x Supports",
            "a y Neutral",
            "b y Supports",
            "a z Supports",
        ];
        let line = "A and B both support “X”; on 1 more, either is neutral";
        assert_eq!(told(&neutral).as_deref(), Some(line));
        let contested = ["a x Supports", "a x Opposes", "b x Mixed"];
        let line =
            "On no issue shown do both A and B take a side; on 1, either is mixed or contested";
        assert_eq!(told(&contested).as_deref(), Some(line));
    }

    #[test]
    fn one_issue_is_counted_by_kind() {
        let of = "“X”: of 3 known positions shown, ";
        for (third, counts) in [
            (&["c x Neutral"][..], "1 for, 1 against and 1 neutral"),
            (&["c x Mixed"], "1 for, 1 against and 1 mixed"),
            (
                &["c x Supports", "c x Opposes"],
                "1 for, 1 against and 1 contested",
            ),
        ] {
            let all: Vec<&str> = ["a x Supports", "b x Opposes"]
                .iter()
                .chain(third)
                .copied()
                .collect();
            assert_eq!(told(&all), Some(format!("{of}{counts}")));
        }
        assert_eq!(
            told(&["a x Supports"]).as_deref(),
            Some("“X”: one known position is shown, 1 for")
        );
    }

    #[test]
    fn of_many_issues_the_one_that_divides_and_the_one_that_unites_are_named() {
        let stances = [
            "a x Supports",
            "b x Opposes",
            "c x Supports",
            "a y Supports",
            "b y Supports",
            "c y Supports",
        ];
        let divided =
            "Of the known positions shown, those on “X” are most divided: 2 for and 1 against";
        let line = format!("{divided}; on “Y”, all 3 known positions shown are for");
        assert_eq!(told(&stances), Some(line));
        // Nothing is said of issues that are equal.
        assert_eq!(
            told(&["a x Supports", "b y Supports", "c z Supports"]).as_deref(),
            Some("Of 3 known positions shown, on 3 issues, 3 for")
        );
        // Whose statements differ may be against “Y”, and then it is as divided as “X”.
        for open in [&["c y Opposes"][..], &["d y Mixed"]] {
            let all: Vec<&str> = stances.iter().chain(open).copied().collect();
            let line = told(&all).unwrap();
            assert!(
                line.starts_with("Of 6 known") || line.starts_with("Of 7 known"),
                "{line}"
            );
        }
        // Who is neutral is not for.
        let all: Vec<&str> = stances.iter().chain(&["d y Neutral"]).copied().collect();
        assert_eq!(told(&all).as_deref(), Some(divided));
    }

    #[test]
    fn only_what_is_drawn_is_counted() {
        let stances = [
            "a x Supports",
            "b x Supports",
            "c x Opposes",
            "a y Supports",
            "b y Supports",
            "d z Supports",
        ];
        let line = "A and B both support “X” and “Y”";
        assert_eq!(
            cut(&stances, (View::Matrix, Some(2))).as_deref(),
            Some(line)
        );
        let whole = cut(&stances, (View::Matrix, None)).unwrap();
        assert!(whole.contains("those on “X” are most divided"), "{whole}");
        let line = "A and B both support “X” and “Y”";
        assert_eq!(
            cut(&stances, (View::Timeline, Some(2))).as_deref(),
            Some(line)
        );
        let whole = cut(&stances, (View::Timeline, None)).unwrap();
        assert!(whole.contains("those on “X” are most divided"), "{whole}");
    }

    #[test]
    fn who_met_most_is_named_only_where_it_is_one() {
        let network = |meetings: &[&[&str]]| drawn(&[], meetings, View::Network);
        let twice: [&[&str]; 3] = [&["a", "b"], &["a", "b"], &["a", "c"]];
        assert_eq!(
            network(&twice).as_deref(),
            Some("A and B met most often in the meetings shown: 2 times")
        );
        let star: [&[&str]; 2] = [&["a", "b"], &["a", "c"]];
        let line = "In the meetings shown, A met 2 others, more than anybody else";
        assert_eq!(network(&star).as_deref(), Some(line));
        assert_eq!(network(&[&["a", "b"]]), None);
        assert_eq!(network(&[]), None);
    }
}
