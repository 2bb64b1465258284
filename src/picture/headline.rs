//! A title that says what a picture shows, made by rules alone. It counts what is known and says so;
//! what is unknown makes no claim.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, Graph, IssueId, Lens, Side, Verdict};
use crate::model::{MeetingStatus, Position};
use crate::picture::draw::shown;
use crate::picture::scope::{Room, scope};
use crate::picture::{Drawing, View, matrix, spectrum};
use crate::query::{Extract, Line, Lines, Part, extract};
use crate::words::{counted, joined};

/// Returns a headline for what a picture shows, or `None` if no rule makes one.
pub fn headline(graph: &Graph, lens: Lens, drawing: &Drawing) -> Option<String> {
    let Drawing {
        view,
        ref selection,
        top,
        ..
    } = *drawing;
    let room = match view {
        View::Network => return of_meetings(graph, &shown(graph, lens, drawing).ok()??),
        View::Map => return of_positions(graph, known(&shown(graph, lens, drawing).ok()??)?),
        View::Timeline => return of_positions(graph, known(&extract(graph, lens, selection))?),
        View::Spectrum => spectrum::room(graph, selection, top),
        View::Matrix | View::Agreement => Room::of(top, matrix::MOST_ROWS),
    };
    let scope = scope(graph, lens, selection, room);
    of_positions(graph, scope.lines())
}

/// Returns the known positions, or `None` if there are too many statements to settle them.
fn known(extract: &Extract) -> Option<&[Line]> {
    match &extract.lines {
        Lines::Positions(lines) => Some(lines),
        Lines::Statements(_) => None,
    }
}

/// The sides of the actors on each issue; mixed and contested positions are known, but on none.
type Sides = BTreeMap<IssueId, BTreeMap<ActorId, Option<Side>>>;

fn of_positions<'l>(graph: &Graph, lines: impl IntoIterator<Item = &'l Line>) -> Option<String> {
    let mut sides = Sides::new();
    for line in lines {
        let side = match line.standing.verdict {
            Verdict::Unknown => continue,
            Verdict::Contested | Verdict::Stands(Position::Mixed) => None,
            Verdict::Stands(position) => Some(Side::of(position)),
        };
        sides
            .entry(line.issue)
            .or_default()
            .insert(line.actor, side);
    }
    let actors: BTreeSet<ActorId> = sides.values().flat_map(BTreeMap::keys).copied().collect();
    let actors: Vec<ActorId> = actors.into_iter().collect();
    match (&actors[..], sides.len()) {
        ([one, other], _) => Some(of_two(graph, &sides, *one, *other)),
        (_, 1) => of_one(graph, &sides),
        _ => of_many(graph, &sides),
    }
}

fn issue(graph: &Graph, issue: IssueId) -> String {
    format!("“{}”", graph[issue].name)
}

/// Compares two actors, the only ones whose positions are known.
fn of_two(graph: &Graph, sides: &Sides, one: ActorId, other: ActorId) -> String {
    let names = format!("{} and {}", graph[one].name, graph[other].name);
    let both = |wanted: fn(Side, Side) -> bool| -> Vec<String> {
        let known = sides
            .iter()
            .filter(|(_, on)| match (on.get(&one), on.get(&other)) {
                (Some(Some(a)), Some(Some(b))) => wanted(*a, *b),
                _ => false,
            });
        known.map(|(id, _)| issue(graph, *id)).collect()
    };
    let support = both(|a, b| a == Side::Supports && b == Side::Supports);
    let oppose = both(|a, b| a == Side::Opposes && b == Side::Opposes);
    let apart = both(|a, b| {
        matches!(
            (a, b),
            (Side::Supports, Side::Opposes) | (Side::Opposes, Side::Supports)
        )
    });
    let shared = sides.values().filter(|on| on.len() == 2).count();
    let parts = [
        ("both support", &support),
        ("both oppose", &oppose),
        ("are on opposite sides of", &apart),
    ];
    let parts = parts.iter().filter(|(_, issues)| !issues.is_empty());
    let parts: Vec<String> = parts
        .map(|(does, issues)| format!("{does} {}", joined(*issues)))
        .collect();
    if parts.is_empty() {
        return match shared {
            0 => format!("On no issue are the positions of both {names} known"),
            _ => {
                format!("{names} are on the same side of nothing, and on opposite sides of nothing")
            }
        };
    }
    let told = support.len() + oppose.len() + apart.len();
    let rest = match sides.len() > shared && told == shared {
        true => "; on nothing else are the positions of both known",
        false => "",
    };
    format!("{names} {}{rest}", joined(&parts))
}

/// Counts the sides on an issue.
fn count(on: &BTreeMap<ActorId, Option<Side>>, side: Side) -> usize {
    on.values().filter(|known| **known == Some(side)).count()
}

/// Says how many are on each side of the only issue.
fn of_one(graph: &Graph, sides: &Sides) -> Option<String> {
    let (id, on) = sides.first_key_value()?;
    let known = on.len();
    let (support, oppose) = (count(on, Side::Supports), count(on, Side::Opposes));
    let issue = issue(graph, *id);
    if support + oppose == 0 {
        return None;
    }
    let known = match known {
        1 => "1 actor whose position is known".to_owned(),
        _ => format!("{known} actors whose positions are known"),
    };
    Some(match (support, oppose) {
        (some, 0) => format!("{issue}: {some} of {known} for it, none against"),
        (0, some) => format!("{issue}: {some} of {known} against it, none for"),
        _ => format!("{issue}: {support} for and {oppose} against, of {known}"),
    })
}

/// Names the issue that divides most, and the one on which most agree.
fn of_many(graph: &Graph, sides: &Sides) -> Option<String> {
    let counts = sides
        .iter()
        .map(|(id, on)| (*id, count(on, Side::Supports), count(on, Side::Opposes)));
    let counts: Vec<(IssueId, usize, usize)> = counts.collect();
    // Of issues that are equal, none divides most.
    let only = |rank: &dyn Fn(&(IssueId, usize, usize)) -> usize| {
        let best = counts.iter().max_by_key(|count| rank(count))?;
        let equals = counts.iter().filter(|count| rank(count) == rank(best));
        (rank(best) > 0 && equals.count() == 1).then_some(*best)
    };
    let divides = only(&|(_, support, oppose)| {
        let least = *support.min(oppose);
        least * 1_000 + if least > 0 { support + oppose } else { 0 }
    });
    let unites = only(&|(_, support, oppose)| match support.min(oppose) {
        0 if support.max(oppose) > &1 => *support.max(oppose),
        _ => 0,
    });
    let divides = divides.map(|(id, support, oppose)| {
        format!(
            "{} divides most, with {support} for and {oppose} against",
            issue(graph, id)
        )
    });
    let unites = unites.map(|(id, support, oppose)| {
        let (some, does, other) = match support > oppose {
            true => (support, "for", "against"),
            false => (oppose, "against", "for"),
        };
        format!(
            "on {}, {some} are {does} and none known to be {other}",
            issue(graph, id)
        )
    });
    let parts: Vec<String> = divides.into_iter().chain(unites).collect();
    let text = parts.join("; ");
    // A sentence begins with a capital letter.
    let text = text
        .strip_prefix("on ")
        .map_or(text.clone(), |rest| format!("On {rest}"));
    (!text.is_empty()).then_some(text)
}

/// Names the two who met most often, or the one who met most others.
fn of_meetings(graph: &Graph, extract: &Extract) -> Option<String> {
    let mut pairs: BTreeMap<(ActorId, ActorId), usize> = BTreeMap::new();
    let held = extract
        .meetings
        .iter()
        .filter(|met| met.status == Some(MeetingStatus::Held));
    for met in held.filter(|met| !graph[met.id].is_in_writing()) {
        let took_part = met
            .parties
            .iter()
            .filter(|(_, part)| *part == Part::Participant);
        let took_part: BTreeSet<ActorId> = took_part.map(|(actor, _)| *actor).collect();
        for one in &took_part {
            for other in took_part.range(..one) {
                *pairs.entry((*other, *one)).or_default() += 1;
            }
        }
    }
    let most = pairs.values().max().copied()?;
    let mut often = pairs.iter().filter(|(_, times)| **times == most);
    if let (2.., Some(((one, other), _)), None) = (most, often.next(), often.next()) {
        let (one, other) = (&graph[*one].name, &graph[*other].name);
        return Some(format!("{one} and {other} met most often: {most} times"));
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
            let all = counted(most, "other");
            Some(format!(
                "{} met {all}, more than anybody else here",
                graph[*actor].name
            ))
        }
        _ => None,
    }
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
            format!("(actor: \"{actor}\", issue: \"{issue}\", position: {position}), ")
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
        let line = "A and B both support “X”; on nothing else are the positions of both known";
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
        assert_eq!(told(&neutral).as_deref(), Some("A and B both support “X”"));
    }

    #[test]
    fn one_issue_is_counted() {
        let known = "actors whose positions are known";
        let sides = ["a x Supports", "b x Opposes", "c x Neutral"];
        assert_eq!(
            told(&sides),
            Some(format!("“X”: 1 for and 1 against, of 3 {known}"))
        );
        let one = ["a x Supports", "b x Supports", "c x Mixed"];
        assert_eq!(
            told(&one),
            Some(format!("“X”: 2 of 3 {known} for it, none against"))
        );
        assert_eq!(told(&["a x Neutral", "b x Mixed", "c x Neutral"]), None);
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
        let line = "“X” divides most, with 2 for and 1 against; on “Y”, 3 are for and none known to be against";
        assert_eq!(told(&stances).as_deref(), Some(line));
        // Nothing is said of issues that are equal.
        assert_eq!(
            told(&["a x Supports", "b y Supports", "c z Supports"]),
            None
        );
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
        assert!(whole.starts_with("“X” divides most"), "{whole}");
    }

    #[test]
    fn who_met_most_is_named_only_where_it_is_one() {
        let network = |meetings: &[&[&str]]| drawn(&[], meetings, View::Network);
        let twice: [&[&str]; 3] = [&["a", "b"], &["a", "b"], &["a", "c"]];
        assert_eq!(
            network(&twice).as_deref(),
            Some("A and B met most often: 2 times")
        );
        let star: [&[&str]; 2] = [&["a", "b"], &["a", "c"]];
        let line = "A met 2 others, more than anybody else here";
        assert_eq!(network(&star).as_deref(), Some(line));
        assert_eq!(network(&[&["a", "b"]]), None);
        assert_eq!(network(&[]), None);
    }
}
