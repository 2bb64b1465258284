//! Actors by actors: how far every two agree on the issues on which both take a side. What is
//! contested is on no side, but keeps two from being of one mind. A cell without a mark means that the
//! two share no issue.

use std::collections::BTreeMap;

use crate::diagram;
use crate::graph::{ActorId, Entity, Graph, IssueId, Lens, Side, Verdict};
use crate::model::Position;
use crate::picture::matrix::groups::Groups;
use crate::picture::matrix::order;
use crate::picture::roster::Roster;
use crate::picture::{Refusal, sign};
use crate::words::{counted, first_few, joined, verdict_word};

/// The agreement of every two actors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// The rows and columns, in display order: camps or groups together.
    pub actors: Vec<ActorId>,
    /// The camp of each, counted from 1, or the group, if most of the actors belong to groups; `None`
    /// for an actor in none, or where too little is known.
    pub camps: Vec<Option<u32>>,
    /// What camps stand for, in words, or the names of groups.
    pub names: Vec<String>,
    /// The cells, row by row; `None` for an actor with itself and for two of whom no position on the
    /// same issue is known.
    pub cells: Vec<Vec<Option<Pair>>>,
    /// The numbers of positions that are on no side and therefore not counted: neutral ones, mixed
    /// ones, contested ones, and numbers on a scale.
    pub sideless: [usize; 4],
    /// The actors with a position that share no issue with anybody.
    pub alone: Vec<ActorId>,
    /// The number of issues on which actors are compared.
    pub issues: usize,
    /// What the reader has to know of camps.
    pub about_camps: Option<String>,
}

/// The number of pairs that a picture has at least if all of them say little.
const WEAK: usize = 3;
/// The most actors that are named in a note.
const NAMED: usize = 5;

impl Agreement {
    /// Returns the agreement if it has cells that say something.
    ///
    /// # Errors
    ///
    /// Returns a refusal if no two actors are known to take a side on the same issue, if there is only
    /// one issue, or if there are hardly any cells and all of them say little.
    pub fn or_refuse(self) -> Result<Agreement, Refusal> {
        let [.., numbers] = self.sideless;
        let is_weak =
            self.half().flatten().count() < WEAK && self.half().flatten().all(Pair::says_little);
        match (self.actors.is_empty(), self.issues) {
            (true, _) if numbers > 0 => Err(Refusal::OnlyNumbers),
            (true, _) if self.alone.is_empty() => Err(Refusal::NoPosition),
            (true, _) => Err(Refusal::NoPair),
            (false, 1) => Err(Refusal::OneIssue),
            (false, _) if is_weak => Err(Refusal::WeakPairs),
            (false, _) => Ok(self),
        }
    }

    /// Returns the cells of every two, once.
    pub(super) fn half(&self) -> impl Iterator<Item = Option<Pair>> {
        let rows = self.cells.iter().enumerate();
        rows.flat_map(|(row, cells)| cells[..row].iter().copied())
    }

    /// Says in sentences what isn't counted and who isn't drawn, and what makes a camp.
    pub fn notes(&self, graph: &Graph) -> Vec<String> {
        let counts = self.sideless.into_iter().zip([
            concat!(verdict_word!(neutral), " position"),
            concat!(verdict_word!(mixed), " position"),
            concat!(verdict_word!(contested), " position"),
            "number",
        ]);
        let counts: Vec<String> = counts
            .filter(|(many, _)| *many > 0)
            .map(|(many, what)| counted(many, what))
            .collect();
        let sideless = (!counts.is_empty())
            .then(|| format!("Not counted, being on no side: {}.", counts.join("; ")));
        let alone = (!self.alone.is_empty()).then(|| {
            let names = first_few(&self.alone, NAMED, |id| graph[*id].name.to_string());
            format!(
                "Not drawn, sharing no issue with anybody: {}.",
                joined(&names)
            )
        });
        let notes = [sideless, alone, self.about_camps.clone()];
        notes.into_iter().flatten().collect()
    }

    /// Returns the meaning of an empty cell.
    pub(super) fn nothing(&self) -> &'static str {
        match self.sideless {
            [.., 0] => "on no issue are the positions of both known: that is no disagreement",
            _ => {
                "on no issue are the positions of both known, other than numbers: that is no disagreement"
            }
        }
    }

    /// Returns a pair whose numbers show best what they mean.
    pub(super) fn telling(&self) -> Option<Pair> {
        let sided = self.half().flatten().filter(|pair| pair.sided() > 0);
        let both = |pair: &Pair| pair.same.min(pair.opposite).min(1);
        let best = sided.max_by_key(|pair| (both(pair), pair.sided(), pair.same));
        best.map(|pair| Pair { open: 0, ..pair })
    }
}

/// The agreement of two actors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The number of issues on which both are on the same side.
    pub same: usize,
    /// The number of issues on which they are on opposite sides.
    pub opposite: usize,
    /// The number of further issues on which either is neutral.
    pub neutral: usize,
    /// The number of further issues on which the position of either is contested or mixed.
    pub open: usize,
}

/// The number of issues with sides below which agreement says little.
const FEW: usize = 3;

impl Pair {
    /// Returns the number of issues on which both take a side.
    pub fn sided(self) -> usize {
        self.same + self.opposite
    }

    /// Returns the agreement in its shortest form: `4 : 1`, with a `?` where more is contested; where
    /// there are no sides, a `?` if anything is contested, else the sign of what is neutral.
    pub fn symbol(self) -> String {
        match (self.sided(), self.open) {
            (0, 0) => sign::symbol(Position::Neutral),
            (0, _) => "?".to_owned(),
            (_, 0) => format!("{} : {}", self.same, self.opposite),
            (_, _) => format!("{} : {} ?", self.same, self.opposite),
        }
    }

    /// Returns the same for a narrow cell: `4:1?`.
    pub fn short(self) -> String {
        self.symbol().replace(' ', "")
    }

    /// Returns what the two numbers mean.
    pub(super) fn reading(self) -> String {
        format!(
            "on the same side of {}, on opposite sides of {}",
            counted(self.same, "issue"),
            self.opposite
        )
    }

    /// Returns the agreement in words.
    pub fn words(self) -> String {
        let mut words = self.reading();
        let rest = [(self.neutral, verdict_word!(neutral)), (self.open, OPEN)];
        for (many, what) in rest.into_iter().filter(|(many, _)| *many > 0) {
            words.push_str(&format!("; on {many} more, either is {what}"));
        }
        words
    }

    /// Returns the net agreement as a share of the issues with sides, from −1 (opposite on all) to 1
    /// (the same on all). Half of it if more is contested, which keeps it from either end.
    pub fn share(self) -> f64 {
        let net = self.same as f64 - self.opposite as f64;
        let share = net / self.sided().max(1) as f64;
        if self.open > 0 { share / 2.0 } else { share }
    }

    /// Returns whether there are so few issues with sides that agreement says little.
    pub fn says_little(self) -> bool {
        self.sided() < FEW
    }
}

const OPEN: &str = concat!(verdict_word!(contested), " or ", verdict_word!(mixed));

/// The meaning of `?` after numbers.
pub(super) const MORE_OPEN: &str = concat!(
    "on more issues, the position of either is ",
    verdict_word!(contested),
    " or ",
    verdict_word!(mixed)
);
/// The meaning of a `?` alone.
pub(super) const ALL_OPEN: &str = concat!(
    "on all issues of both, the position of either is ",
    verdict_word!(contested),
    ", ",
    verdict_word!(mixed),
    " or ",
    verdict_word!(neutral)
);
/// The meaning of the sign of what is neutral.
pub(super) const ALL_NEUTRAL: &str =
    concat!("on all issues of both, either is ", verdict_word!(neutral));

/// Measures the agreement of every two actors of a roster, with the camps of the graph, unless most of
/// the actors belong to groups.
pub fn agreement_of(graph: &Graph, lens: Lens, roster: &Roster) -> Agreement {
    let groups = Groups::of(graph, roster);
    if !groups.all.is_empty() {
        return Agreement {
            names: groups.names(graph),
            ..agreement(roster, &groups.of)
        };
    }
    let camps = diagram::camps(graph, lens, &roster.extract);
    let marked: Vec<Option<u32>> = ActorId::all(graph).map(|id| camps.marked(id)).collect();
    let found = agreement(roster, &marked);
    let are_told = found.camps.iter().any(Option::is_some);
    Agreement {
        names: (1..=camps.about.len() as u32)
            .map(|camp| camps.words(graph, camp))
            .collect(),
        about_camps: diagram::camp_note(&camps, are_told),
        ..found
    }
}

/// Measures the agreement of every two actors of a roster by the sides of their positions: 1 for, −1
/// against, 0 neutral. Mixed and contested positions are on no side, and neither are numbers on a
/// scale. `camps` has the camp of each actor of the graph, or is empty.
pub fn agreement(roster: &Roster, camps: &[Option<u32>]) -> Agreement {
    let mut actors = roster.actors.clone();
    actors.sort_unstable();
    let said = sides(roster, &actors);
    let pairs: Vec<Vec<Pair>> = said
        .iter()
        .map(|one| said.iter().map(|other| pair(one, other)).collect())
        .collect();
    let shares = |a: usize| {
        let mut others = (0..actors.len()).filter(|b| *b != a);
        others.any(|b| pairs[a][b].sided() + pairs[a][b].neutral > 0)
    };
    let (known, alone): (Vec<usize>, Vec<usize>) = (0..actors.len())
        .filter(|a| !said[*a].is_empty())
        .partition(|a| shares(*a));
    let camp = |a: usize| camps.get(actors[a].index()).copied().flatten();
    let mut order = ordered(&pairs, &known, camp);
    // Whom the picture is about comes first: its column compares it with everybody.
    order.sort_by_key(|a| roster.selection.focus != Some(Entity::Actor(actors[*a])));
    let cell = |a: usize, b: usize| {
        let pair = pairs[a][b];
        (a != b && pair != Pair::default()).then_some(pair)
    };
    let cells = order
        .iter()
        .map(|a| order.iter().map(|b| cell(*a, *b)).collect())
        .collect();
    Agreement {
        camps: order.iter().map(|a| camp(*a)).collect(),
        actors: order.into_iter().map(|nth| actors[nth]).collect(),
        cells,
        sideless: sideless(roster),
        alone: alone.into_iter().map(|nth| actors[nth]).collect(),
        issues: compared_on(&said),
        ..Agreement::default()
    }
}

/// Returns these actors in display order: neighbours agree, those of a camp stand together, and the end
/// with more issues in common comes first.
fn ordered(
    pairs: &[Vec<Pair>],
    known: &[usize],
    camp: impl Fn(usize) -> Option<u32>,
) -> Vec<usize> {
    let path = order::seriate(known.len(), |a, b| apart(pairs, known[a], known[b]));
    let mut order: Vec<usize> = path.into_iter().map(|nth| known[nth]).collect();
    let weight = |half: &[usize]| {
        half.iter()
            .flat_map(|a| known.iter().map(|b| pairs[*a][*b]))
            .map(|pair| pair.sided() + pair.neutral)
            .sum::<usize>()
    };
    let half = order.len() / 2;
    if weight(&order[..half]) < weight(&order[order.len() - half..]) {
        order.reverse();
    }
    order.sort_by_key(|a| camp(*a).unwrap_or(u32::MAX));
    order
}

/// Counts the positions on no side: neutral ones, mixed ones, contested ones, and numbers.
fn sideless(roster: &Roster) -> [usize; 4] {
    let count = |wanted: fn(Verdict) -> bool| {
        roster
            .lines()
            .filter(|line| wanted(line.standing.verdict))
            .count()
    };
    [
        count(|verdict| verdict == Verdict::Stands(Position::Neutral)),
        count(|verdict| verdict == Verdict::Stands(Position::Mixed)),
        count(|verdict| verdict == Verdict::Contested),
        count(|verdict| matches!(verdict, Verdict::Stands(Position::At(_)))),
    ]
}

/// Counts the issues on which two actors or more say something.
fn compared_on(said: &[Said]) -> usize {
    let mut counts: BTreeMap<IssueId, usize> = BTreeMap::new();
    for issue in said.iter().flat_map(|said| said.keys()) {
        *counts.entry(*issue).or_default() += 1;
    }
    counts.values().filter(|count| **count > 1).count()
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
                pair.same += usize::from(one * other > 0);
                pair.opposite += usize::from(one * other < 0);
                pair.neutral += usize::from(one * other == 0);
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
