//! The symbols of positions. They accompany every colour, so that a picture says the same without
//! colours.

use crate::diagram::labels::DOUBTFUL;
use crate::graph::{Graph, IssueId, Offer, Standing, Verdict};
use crate::model::Position;
use crate::query::Line;
use crate::words::verdict_word;

/// The position of one actor on one issue, as far as a sign shows it. An unknown position has no
/// sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The verdict, which is never unknown.
    pub verdict: Verdict,
    /// All positions stated where they are contested, the most in favour first; else empty.
    pub said: Vec<Position>,
    /// The score of each position in `said`, or `None` if it has none.
    pub scores: Vec<Option<f64>>,
    /// The score, from −1 to 1, or `None` if the position is mixed or contested.
    pub score: Option<f64>,
    /// Those of its positions that rest on statements graded as doubtful alone.
    pub doubtful: Vec<Position>,
}

impl Sign {
    /// Returns the sign of a standing, or `None` if it is unknown.
    pub fn of(graph: &Graph, issue: IssueId, standing: &Standing) -> Option<Sign> {
        let score = match standing.verdict {
            Verdict::Unknown => return None,
            Verdict::Contested => None,
            Verdict::Stands(position) => graph.score(issue, position),
        };
        let said = match standing.verdict {
            Verdict::Contested => graph.stated(issue, standing),
            _ => Vec::new(),
        };
        let doubtful = match standing.verdict {
            Verdict::Stands(position) if graph.standing_is_doubtful(standing) => vec![position],
            _ => {
                let said = said.iter().copied();
                said.filter(|position| graph.is_said_in_doubt(standing, *position))
                    .collect()
            }
        };
        let scores = said
            .iter()
            .map(|position| graph.score(issue, *position))
            .collect();
        Some(Sign {
            verdict: standing.verdict,
            said,
            scores,
            score,
            doubtful,
        })
    }

    /// Returns the sign of a line. `None` if the position is unknown, or if offers stand in its place:
    /// these are drawn hollow.
    pub fn of_line(graph: &Graph, line: &Line) -> Option<Sign> {
        let is_offered = !Offered::in_place(graph, line).is_empty();
        let sign = Sign::of(graph, line.issue, &line.standing);
        sign.filter(|_| !is_offered)
    }

    /// Returns the sign of what one statement says.
    pub fn of_position(graph: &Graph, issue: IssueId, position: Position) -> Sign {
        let score = graph.score(issue, position);
        Sign {
            verdict: Verdict::Stands(position),
            said: Vec::new(),
            scores: Vec::new(),
            score,
            doubtful: Vec::new(),
        }
    }

    /// Returns the sign of one of its positions by itself.
    fn alone(&self, position: Position) -> Sign {
        let nth = self.said.iter().position(|said| *said == position);
        let score = nth.map_or(self.score, |nth| self.scores[nth]);
        Sign {
            verdict: Verdict::Stands(position),
            said: Vec::new(),
            scores: Vec::new(),
            score,
            doubtful: vec![position],
        }
    }

    /// Returns the score, or the scores of all positions stated.
    pub(crate) fn all_scores(&self) -> impl Iterator<Item = f64> {
        self.scores.iter().copied().chain([self.score]).flatten()
    }

    /// Returns the sign in as few characters as possible: `++`, `-`, `40`, `±`; a contested one
    /// lists all positions: `+/-`. A question mark follows a doubtful one: `+?`.
    pub fn symbol(&self) -> String {
        match self.verdict {
            Verdict::Unknown => String::new(),
            Verdict::Stands(position) => self.symbol_of(position),
            Verdict::Contested => self
                .said
                .iter()
                .map(|position| self.symbol_of(*position))
                .collect::<Vec<_>>()
                .join("/"),
        }
    }

    /// Returns the symbol of one of its positions, with a question mark if it is doubtful.
    pub(crate) fn symbol_of(&self, position: Position) -> String {
        let doubt = if self.doubtful.contains(&position) {
            "?"
        } else {
            ""
        };
        symbol(position) + doubt
    }

    /// Returns one of its positions in words, and that it is doubtful, if it is.
    fn words_of(&self, position: Position) -> String {
        match self.doubtful.contains(&position) {
            true => format!("{} ({DOUBTFUL})", words(position)),
            false => words(position),
        }
    }

    /// Returns the sign in words.
    pub fn words(&self) -> String {
        match self.verdict {
            Verdict::Unknown => self.verdict.word(),
            Verdict::Stands(position) => self.words_of(position),
            Verdict::Contested => format!("{}: {}", self.verdict.word(), self.said()),
        }
    }

    /// Returns the positions stated, in words.
    pub fn said(&self) -> String {
        let said: Vec<String> = self
            .said
            .iter()
            .map(|position| self.words_of(*position))
            .collect();
        said.join(" / ")
    }
}

/// What an actor offers on an issue. It is drawn hollow, because it makes no position.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// The position that it would take.
    pub position: Position,
    /// Its score, from −1 to 1, or `None` if it has none.
    pub score: Option<f64>,
    /// The offer in words: `would support if the US joins`.
    pub words: String,
}

impl Offered {
    /// Returns the offers that stand on a line, beside the position.
    pub fn beside(graph: &Graph, line: &Line) -> Vec<Offered> {
        Offered::on(graph, line, graph.offers(&line.standing.footings))
    }

    /// Returns the offers that stand on a line in place of the position, as was asked for.
    pub fn in_place(graph: &Graph, line: &Line) -> Vec<Offered> {
        match line.standing.verdict {
            Verdict::Stands(_) => Offered::on(graph, line, graph.offers_in_place(&line.standing)),
            Verdict::Unknown | Verdict::Contested => Vec::new(),
        }
    }

    fn on(graph: &Graph, line: &Line, offers: Vec<Offer>) -> Vec<Offered> {
        let one = |offer: Offer| Offered {
            position: offer.position,
            score: graph.score(line.issue, offer.position),
            words: offer.words(),
        };
        offers.into_iter().map(one).collect()
    }

    /// Returns the symbols of some offers, each once, in brackets: `(+)`. Empty if there are none.
    pub fn symbols(offers: &[Offered]) -> String {
        let mut symbols: Vec<String> = Vec::new();
        for symbol in offers.iter().map(|offer| symbol(offer.position)) {
            if !symbols.contains(&symbol) {
                symbols.push(symbol);
            }
        }
        match symbols.is_empty() {
            true => String::new(),
            false => format!("({})", symbols.join("/")),
        }
    }
}

/// The words for an offer, for the legend.
pub const OFFERED: &str = "an offer: it holds on a condition only";

/// Returns the symbol of a position, for where there is little room.
pub fn symbol(position: Position) -> String {
    match position {
        Position::StronglySupports => "++".to_owned(),
        Position::Supports => "+".to_owned(),
        // A nought could be taken for a number on a scale.
        Position::Neutral => "○".to_owned(),
        Position::Opposes => "-".to_owned(),
        Position::StronglyOpposes => "--".to_owned(),
        Position::Mixed => "±".to_owned(),
        Position::At(number) => short_number(number),
    }
}

/// Returns a position in words.
pub fn words(position: Position) -> String {
    match position {
        Position::At(number) => format!("at {}", short_number(number)),
        position => position.word(),
    }
}

/// Returns which of the five colours of numbers a score has, from −1 (low) to 1 (high).
#[cfg(feature = "pictures")]
pub(crate) fn step(score: f64) -> u8 {
    ((score + 1.0) * 2.5).clamp(0.0, 4.0) as u8
}

/// Formats a number with at most two decimals.
pub fn short_number(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    // Avoids a negative zero.
    if rounded == 0.0 {
        "0".to_owned()
    } else {
        rounded.to_string()
    }
}

/// What a view says that has nothing to show.
pub(super) const NO_POSITION: &str = "No position is known.";

/// The meaning of a number, for legends.
pub const NUMBER: &str = "a number on the issue's own scale, neither for nor against";

/// The meaning of a mixed position, for legends.
pub(super) const MIXED: &str = concat!(verdict_word!(mixed), ": the actor itself says both");

/// The meaning of the question mark, for legends.
pub(super) const DOUBT_MARKED: &str = "?: doubtful (sources graded D or E, or claim 4 or 5)";

/// The meaning of a contested position, for legends.
pub(super) const CONTESTED: &str = concat!(
    verdict_word!(contested),
    ": statements differ, all are shown"
);

/// Returns a sample of each sign that a view shows, in the order of the scale, with its meaning.
pub fn samples<'s>(signs: impl Iterator<Item = &'s Sign>) -> Vec<(Sign, &'static str)> {
    const WORDS: [(Position, f64, &str); 6] = [
        (
            Position::StronglySupports,
            1.0,
            verdict_word!(strongly_supports),
        ),
        (Position::Supports, 0.5, verdict_word!(supports)),
        (Position::Neutral, 0.0, verdict_word!(neutral)),
        (Position::Opposes, -0.5, verdict_word!(opposes)),
        (
            Position::StronglyOpposes,
            -1.0,
            verdict_word!(strongly_opposes),
        ),
        (Position::Mixed, 0.0, MIXED),
    ];
    let (mut used, mut numbers, mut contested) = ([false; 6], None, false);
    let mut doubtful = None;
    for sign in signs {
        let in_doubt = sign.doubtful.first();
        doubtful = doubtful.or(in_doubt.map(|position| sign.alone(*position)));
        contested |= sign.verdict == Verdict::Contested;
        let stands = if let Verdict::Stands(position) = sign.verdict {
            Some((position, sign.score))
        } else {
            None
        };
        for (position, score) in sign
            .said
            .iter()
            .copied()
            .zip(sign.scores.iter().copied())
            .chain(stands)
        {
            match WORDS.iter().position(|(word, ..)| *word == position) {
                Some(nth) => used[nth] = true,
                None => numbers = numbers.or(Some((position, score))),
            }
        }
    }
    let stands = |position, score| Sign {
        verdict: Verdict::Stands(position),
        said: Vec::new(),
        scores: Vec::new(),
        score,
        doubtful: Vec::new(),
    };
    let score = |position: Position, score: f64| (position != Position::Mixed).then_some(score);
    let words = WORDS.iter().zip(used).filter(|(_, used)| *used);
    let mut samples: Vec<(Sign, &'static str)> = words
        .map(|((position, at, words), _)| (stands(*position, score(*position, *at)), *words))
        .collect();
    samples.extend(numbers.map(|(position, score)| (stands(position, score), NUMBER)));
    if contested {
        let (said, scores) = (
            vec![Position::Supports, Position::Opposes],
            vec![Some(0.5), Some(-0.5)],
        );
        let both = Sign {
            verdict: Verdict::Contested,
            said,
            scores,
            score: None,
            doubtful: Vec::new(),
        };
        samples.push((both, CONTESTED));
    }
    samples.extend(doubtful.map(|sign| (sign, DOUBT_MARKED)));
    samples
}
