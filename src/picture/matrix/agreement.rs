//! Actors by actors: how far every two agree on the issues on which the positions of both are
//! known. What is contested is on no side, but keeps two from being of one mind. A cell without a
//! mark means that the two share no issue.

use std::collections::BTreeMap;

use crate::graph::{ActorId, IssueId, Side, Verdict};
use crate::model::Position;
use crate::picture::Refusal;
use crate::picture::matrix::order;
use crate::picture::roster::Roster;
use crate::words::{counted, verdict_word};

/// The agreement of every two actors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// The rows and columns, in display order: camps together.
    pub actors: Vec<ActorId>,
    /// The camp of each, counted from 1; `None` for an actor in none, or where too little is known.
    pub camps: Vec<Option<u32>>,
    /// The cells, row by row; `None` for an actor with itself and for two of whom no position on the
    /// same issue is known.
    pub cells: Vec<Vec<Option<Pair>>>,
    /// The numbers of positions that are on no side and therefore not counted: mixed ones,
    /// contested ones, and numbers on a scale.
    pub sideless: [usize; 3],
}

impl Agreement {
    /// Returns the agreement if it has a cell.
    ///
    /// # Errors
    ///
    /// Returns a refusal if no two actors are known to take a side on the same issue.
    pub fn or_refuse(self) -> Result<Agreement, Refusal> {
        if self.actors.is_empty() {
            return Err(Refusal::NoPair);
        }
        Ok(self)
    }

    /// Returns the cells of every two, once.
    #[cfg(feature = "pictures")]
    pub(super) fn half(&self) -> impl Iterator<Item = Option<Pair>> {
        let rows = self.cells.iter().enumerate();
        rows.flat_map(|(row, cells)| cells[..row].iter().copied())
    }

    /// Says in a sentence what isn't counted, or `None` if everything is.
    pub fn note(&self) -> Option<String> {
        let counts = self.sideless.into_iter().zip([
            concat!(verdict_word!(mixed), " position"),
            concat!(verdict_word!(contested), " position"),
            "number",
        ]);
        let counts: Vec<String> = counts
            .filter(|(many, _)| *many > 0)
            .map(|(many, what)| counted(many, what))
            .collect();
        (!counts.is_empty())
            .then(|| format!("Not counted, being on no side: {}.", counts.join("; ")))
    }
}

/// The agreement of two actors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The number of issues on which both are on the same side.
    pub same: usize,
    /// The number of issues on which they are on opposite sides.
    pub opposite: usize,
    /// The number of issues on which both are known to take a side or to be neutral.
    pub shared: usize,
    /// The number of further issues on which the position of either is contested or mixed.
    pub open: usize,
}

/// The number of shared issues below which agreement says little.
const FEW: usize = 3;

impl Pair {
    /// Returns the agreement in its shortest form: `4 : 1`, with a `?` where more is contested, and
    /// that alone where all is.
    pub fn symbol(self) -> String {
        match (self.shared, self.open) {
            (0, _) => "?".to_owned(),
            (_, 0) => format!("{} : {}", self.same, self.opposite),
            (_, _) => format!("{} : {} ?", self.same, self.opposite),
        }
    }

    /// Returns the same for a narrow cell: `4:1?`.
    pub fn short(self) -> String {
        self.symbol().replace(' ', "")
    }

    /// Returns the agreement in words.
    pub fn words(self) -> String {
        let mut words = format!(
            "on the same side of {}, on opposite sides of {}",
            counted(self.same, "issue"),
            self.opposite
        );
        let neutral = self.shared - self.same - self.opposite;
        let rest = [(neutral, verdict_word!(neutral)), (self.open, OPEN)];
        for (many, what) in rest.into_iter().filter(|(many, _)| *many > 0) {
            words.push_str(&format!("; on {many} more, either is {what}"));
        }
        words
    }

    /// Returns the net agreement as a share of the issues, from −1 (opposite on all) to 1 (the same
    /// on all). What is contested keeps it from either end.
    pub fn share(self) -> f64 {
        let net = self.same as f64 - self.opposite as f64;
        net / (self.shared + self.open).max(1) as f64
    }

    /// Returns whether so few issues are shared that agreement says little.
    pub fn says_little(self) -> bool {
        self.shared < FEW
    }
}

const OPEN: &str = concat!(verdict_word!(contested), " or ", verdict_word!(mixed));

/// The meaning of `4 : 1`.
pub(super) const MEANING: &str = "on the same side of 4 issues, on opposite sides of 1";
/// The meaning of `?`.
pub(super) const MORE_OPEN: &str = concat!(
    "on more issues, the position of either is ",
    verdict_word!(contested),
    " or ",
    verdict_word!(mixed)
);
/// The meaning of a pale cell.
#[cfg(feature = "pictures")]
pub(super) const LITTLE: &str = "fewer than 3 shared issues: says little";
/// The meanings of full colours.
#[cfg(feature = "pictures")]
pub(super) const SAME: &str = "on the same side of all, or nearly all";
#[cfg(feature = "pictures")]
pub(super) const OPPOSITE: &str = "on opposite sides of all, or nearly all";
/// The meaning of an empty cell.
#[cfg(feature = "pictures")]
pub(super) const NOTHING: &str =
    "on no issue are the positions of both known: that is no disagreement";
/// The words for as much agreement as disagreement.
#[cfg(feature = "pictures")]
pub(super) const EVEN: &str = "as many on the same side as on opposite sides";

/// Measures the agreement of every two actors of a roster by the sides of their positions: 1 for, −1
/// against, 0 neutral. Mixed and contested positions are on no side, and neither are numbers on a
/// scale.
///
/// `camps` has the camp of each actor of the graph, or is empty.
pub fn agreement(roster: &Roster, camps: &[Option<u32>]) -> Agreement {
    let mut actors = roster.actors.clone();
    actors.sort_unstable();
    let said = sides(roster, &actors);
    let pairs: Vec<Vec<Pair>> = said
        .iter()
        .map(|one| said.iter().map(|other| pair(one, other)).collect())
        .collect();
    // Actors who share no issue with anybody are left out.
    let known: Vec<usize> = (0..actors.len())
        .filter(|a| (0..actors.len()).any(|b| *a != b && pairs[*a][b].shared > 0))
        .collect();
    let mut order: Vec<usize> =
        order::seriate(known.len(), |a, b| apart(&pairs, known[a], known[b]))
            .into_iter()
            .map(|nth| known[nth])
            .collect();
    // The end with more shared issues comes first, whichever way the order was found.
    let weight = |half: &[usize]| {
        half.iter()
            .flat_map(|a| known.iter().map(|b| pairs[*a][*b].shared))
            .sum::<usize>()
    };
    let half = order.len() / 2;
    if weight(&order[..half]) < weight(&order[order.len() - half..]) {
        order.reverse();
    }
    let camp = |a: usize| camps.get(actors[a].index()).copied().flatten();
    order.sort_by_key(|a| camp(*a).unwrap_or(u32::MAX));
    let cell = |a: usize, b: usize| {
        let pair = pairs[a][b];
        (a != b && pair.shared + pair.open > 0).then_some(pair)
    };
    let cells = order
        .iter()
        .map(|a| order.iter().map(|b| cell(*a, *b)).collect())
        .collect();
    let count = |wanted: fn(Verdict) -> bool| {
        roster
            .lines()
            .filter(|line| wanted(line.standing.verdict))
            .count()
    };
    let sideless = [
        count(|verdict| verdict == Verdict::Stands(Position::Mixed)),
        count(|verdict| verdict == Verdict::Contested),
        count(|verdict| matches!(verdict, Verdict::Stands(Position::At(_)))),
    ];
    Agreement {
        camps: order.iter().map(|a| camp(*a)).collect(),
        actors: order.into_iter().map(|nth| actors[nth]).collect(),
        cells,
        sideless,
    }
}

/// What an actor says of an issue: its side, from −1 to 1, or `None` if it is contested or mixed.
type Said = BTreeMap<IssueId, Option<i32>>;

/// Returns what each of these actors says.
fn sides(roster: &Roster, actors: &[ActorId]) -> Vec<Said> {
    let mut said = vec![Said::new(); actors.len()];
    for line in roster.lines() {
        let side = match line.standing.verdict {
            Verdict::Stands(position) => match Side::of(position) {
                Side::Supports => Some(1),
                Side::Neutral => Some(0),
                Side::Opposes => Some(-1),
                Side::Mixed => None,
                Side::Number => continue,
            },
            Verdict::Contested => None,
            Verdict::Unknown => continue,
        };
        if let Ok(actor) = actors.binary_search(&line.actor) {
            said[actor].insert(line.issue, side);
        }
    }
    said
}

/// Compares what two actors say.
fn pair(one: &Said, other: &Said) -> Pair {
    let mut pair = Pair::default();
    for (issue, side) in one {
        match (side, other.get(issue)) {
            (_, None) => {}
            (Some(one), Some(Some(other))) => {
                pair.shared += 1;
                pair.same += usize::from(one * other > 0);
                pair.opposite += usize::from(one * other < 0);
            }
            _ => pair.open += 1,
        }
    }
    pair
}

/// Returns the distance of two actors, from 0 to 2, by the share of issues on which they agree or
/// disagree.
fn apart(pairs: &[Vec<Pair>], a: usize, b: usize) -> f64 {
    match a == b {
        true => 0.0,
        false => 1.0 - pairs[a][b].share(),
    }
}
