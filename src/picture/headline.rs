//! A title that says what a picture shows, made by rules alone: those of positions in
//! [`crate::query::headline`], and those of meetings here. No sentence is about more than what is
//! selected.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, CROWD, Graph, Lens};
use crate::model::MeetingStatus;
use crate::picture::draw::shown;
use crate::picture::{Drawing, View};
use crate::query::headline;
use crate::query::{Extract, Part, extract};
use crate::words::counted;

/// Returns a headline for all that is selected, or `None` if no rule makes one. What a picture has no
/// room for counts too: what is said of a part would pass for the whole.
pub fn headline(graph: &Graph, lens: Lens, drawing: &Drawing) -> Option<String> {
    let all = Drawing {
        top: None,
        ..drawing.clone()
    };
    let is_whole = all.selection.is_whole(graph);
    match all.view {
        View::Network => {
            let of = if is_whole { "recorded" } else { "selected" };
            of_meetings(graph, &shown(graph, lens, &all).ok()??, of)
        }
        View::Map | View::Timeline | View::Matrix | View::Agreement | View::Spectrum => {
            let extract = extract(graph, lens, &all.selection);
            let known = extract.lines.known().iter().map(|line| {
                let cell = (line.actor, line.issue);
                (cell, line.standing.verdict)
            });
            let of = if is_whole { "" } else { " selected" };
            headline::headline(graph, known, of)
        }
    }
}

/// Names the two who met most often, or the one who met most others.
fn of_meetings(graph: &Graph, extract: &Extract, of: &str) -> Option<String> {
    let pairs = pairs(graph, extract)?;
    let most = pairs.values().max().copied()?;
    let mut often = pairs.iter().filter(|(_, times)| **times == most);
    if let (2.., Some(((one, other), _)), None) = (most, often.next(), often.next()) {
        let (one, other) = (&graph[*one].name, &graph[*other].name);
        return Some(format!(
            "{one} and {other} met most often in the meetings {of}: {most} times"
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
                "In the meetings {of}, {name} met {all}, more than anybody else"
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
        let line = "A and B both support “X”; on no other issue are the positions of both known";
        assert_eq!(told(&same).as_deref(), Some(line));
        let apart = ["a x Supports", "b x Opposes"];
        assert_eq!(
            told(&apart).as_deref(),
            Some("A and B are on opposite sides of “X”")
        );
        let strangers = ["a x Supports", "b y Supports"];
        let line = "On no issue are the positions of both A and B known";
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
        let line = "On no issue do both A and B take a side; on 1, either is mixed or contested";
        assert_eq!(told(&contested).as_deref(), Some(line));
    }

    #[test]
    fn one_issue_is_counted_by_kind() {
        let of = "“X”: of 3 known positions, ";
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
            Some("“X”: the only known position is for")
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
        let divided = "Of the known positions, those on “X” are most divided: 2 for and 1 against";
        let line = format!("{divided}; on “Y”, all 3 known positions are for");
        assert_eq!(told(&stances), Some(line));
        // Nothing is said of issues that are equal.
        assert_eq!(
            told(&["a x Supports", "b y Supports", "c z Supports"]).as_deref(),
            Some("Of 3 known positions, on 3 issues, 3 for")
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
    fn a_picture_of_a_part_is_headed_by_the_whole() {
        let stances = [
            "a x Supports",
            "b x Supports",
            "c x Opposes",
            "a y Supports",
            "b y Supports",
            "d z Supports",
        ];
        for view in [View::Matrix, View::Timeline, View::Map] {
            let part = cut(&stances, (view, Some(2))).unwrap();
            assert!(part.contains("those on “X” are most divided"), "{part}");
            assert_eq!(Some(part), cut(&stances, (view, None)));
        }
    }

    #[test]
    fn who_met_most_is_named_only_where_it_is_one() {
        let network = |meetings: &[&[&str]]| drawn(&[], meetings, View::Network);
        let twice: [&[&str]; 3] = [&["a", "b"], &["a", "b"], &["a", "c"]];
        assert_eq!(
            network(&twice).as_deref(),
            Some("A and B met most often in the meetings recorded: 2 times")
        );
        let star: [&[&str]; 2] = [&["a", "b"], &["a", "c"]];
        let line = "In the meetings recorded, A met 2 others, more than anybody else";
        assert_eq!(network(&star).as_deref(), Some(line));
        assert_eq!(network(&[&["a", "b"]]), None);
        assert_eq!(network(&[]), None);
    }
}
