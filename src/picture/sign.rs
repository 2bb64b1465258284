//! The marks of positions: a symbol beside every colour, so that a picture says the same without colours.

use crate::graph::{Graph, IssueId, Standing, Verdict};
use crate::model::Position;

/// Where one actor stands on one issue, as far as a sign tells. What is unknown has no sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// Where: never unknown.
    pub verdict: Verdict,
    /// All that is said where that is contested, the most in favour first; else nothing.
    pub said: Vec<Position>,
    /// Its score, −1 to 1; none where it is mixed or contested.
    pub score: Option<f64>,
}

impl Sign {
    /// The sign of a standing; none where it is unknown.
    pub fn of(graph: &Graph, issue: IssueId, standing: &Standing) -> Option<Sign> {
        let score = match standing.verdict {
            Verdict::Unknown => return None,
            Verdict::Contested => None,
            Verdict::Stands(position) => graph.score(issue, position),
        };
        let mut said: Vec<Position> = Vec::new();
        if standing.verdict == Verdict::Contested {
            let all = standing.in_force().filter_map(|footing| graph.stances[footing.stance.index()].position);
            all.for_each(|position| {
                if !said.contains(&position) {
                    said.push(position)
                }
            });
            let rank = |position: &Position| graph.score(issue, *position).unwrap_or(0.0);
            said.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.word().cmp(b.word())));
        }
        Some(Sign { verdict: standing.verdict, said, score })
    }

    /// As few characters as tell it: `++`, `-`, `40`, `±`; of a contested one all that is said, `+/-`.
    pub fn symbol(&self) -> String {
        match self.verdict {
            Verdict::Unknown => String::new(),
            Verdict::Stands(position) => symbol(position),
            Verdict::Contested => self.said.iter().map(|position| symbol(*position)).collect::<Vec<_>>().join("/"),
        }
    }

    /// The same in words.
    pub fn words(&self) -> String {
        match self.verdict {
            Verdict::Unknown => "unknown".to_owned(),
            Verdict::Stands(position) => words(position),
            Verdict::Contested => {
                let said: Vec<String> = self.said.iter().map(|position| words(*position)).collect();
                format!("contested: {}", said.join(" / "))
            }
        }
    }
}

/// What a position is written as where there is little room.
pub fn symbol(position: Position) -> String {
    match position {
        Position::StronglySupports => "++".to_owned(),
        Position::Supports => "+".to_owned(),
        Position::Neutral => "0".to_owned(),
        Position::Opposes => "-".to_owned(),
        Position::StronglyOpposes => "--".to_owned(),
        Position::Mixed => "±".to_owned(),
        Position::At(number) => short_number(number),
    }
}

/// A position in words.
pub fn words(position: Position) -> String {
    match position {
        Position::At(number) => format!("at {}", short_number(number)),
        position => crate::query::words(position.word()),
    }
}

/// A number with at most two places behind the point.
pub fn short_number(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    // There is no negative nothing.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// What the symbols that a view shows mean, in the order of the scale: symbol and words.
pub fn legend<'m>(marks: impl Iterator<Item = &'m Sign>) -> Vec<(&'static str, &'static str)> {
    const ALL: [(&str, &str); 6] = [
        ("++", "strongly supports"),
        ("+", "supports"),
        ("0", "neutral"),
        ("-", "opposes"),
        ("--", "strongly opposes"),
        ("±", "mixed: the actor itself says both"),
    ];
    let (mut used, mut numbers, mut contested) = ([false; 6], false, false);
    for sign in marks {
        contested |= sign.verdict == Verdict::Contested;
        let stands = if let Verdict::Stands(position) = sign.verdict { Some(position) } else { None };
        for position in sign.said.iter().copied().chain(stands) {
            match position {
                Position::StronglySupports => used[0] = true,
                Position::Supports => used[1] = true,
                Position::Neutral => used[2] = true,
                Position::Opposes => used[3] = true,
                Position::StronglyOpposes => used[4] = true,
                Position::Mixed => used[5] = true,
                Position::At(_) => numbers = true,
            }
        }
    }
    let mut legend: Vec<_> = ALL.into_iter().zip(used).filter(|(_, used)| *used).map(|(entry, _)| entry).collect();
    legend.extend(numbers.then_some(("a number:", "a place on the issue's own scale")));
    legend.extend(contested.then_some(("+/-", "contested: statements differ, all are shown")));
    legend
}
