//! Only which camp each actor is in, for questions and pictures that show camps beside something
//! else.

use crate::graph::{Graph, IssueId, Lens};
use crate::measure::agreement::{Measure, Tally};
use crate::measure::camps::{Division, agreeing, bonds, divide};
use crate::query::camps::{HARDLY, first, side_of};
use crate::query::counted::{Counted, Order, ToCount, Whose};
use crate::query::few::FEW;
use crate::query::{Counting, scale_words};

/// The camps over all issues, as `demarche camps` finds them by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Membership {
    /// The camp of each actor of the graph, counted from 1; `None` for an actor in no camp, or that
    /// counts only for those it speaks for.
    pub of: Vec<Option<u32>>,
    /// What each camp stands for: the issue that holds it together most among those on which no
    /// other camp is on its side, and that side in words; `None` if there is no such issue.
    pub about: Vec<Option<(IssueId, &'static str)>>,
    /// The number of actors with a position that is neither unknown nor contested.
    pub known: usize,
    /// How much more agreement there is inside camps than by chance.
    pub modularity: f64,
}

impl Membership {
    /// Returns whether so few positions are known that camps say little.
    pub fn says_little(&self) -> bool {
        self.known < FEW
    }

    /// Returns whether other divisions are nearly as good.
    pub fn is_weak(&self) -> bool {
        self.about.len() > 1 && self.modularity < HARDLY
    }

    /// Returns what sets a camp, counted from 1, apart from the others: `against “New reactors”`.
    pub fn stands_for(&self, graph: &Graph, camp: u32) -> Option<String> {
        let about = self.about.get((camp as usize).checked_sub(1)?)?;
        let (issue, side) = (*about)?;
        // A number on a scale is neither for nor against.
        let side = match (side, scale_words(graph, issue).is_empty()) {
            ("for", false) => "higher on",
            ("against", false) => "lower on",
            (side, _) => side,
        };
        Some(format!("{side} “{}”", graph[issue].name))
    }
}

/// Returns the camp of each actor.
pub fn membership(graph: &Graph, lens: Lens) -> Membership {
    let counting = Counting::default();
    let to_count = ToCount {
        counting,
        on: &[],
        named: &[],
        whose: Whose::Scored,
        order: Order::ById,
    };
    let counted = Counted::new(graph, lens, to_count);
    let tally = counted.tally_for(Measure::Net);
    let division = divide(&agreeing(&tally, Measure::Net));
    let mut of = vec![None; graph.actors.len()];
    for (actor, camp) in counted.actors.iter().zip(&division.of) {
        of[actor.index()] = camp.map(|camp| camp as u32 + 1);
    }
    let bonds = bonds(&tally, &division);
    let about = |camp| {
        let bonds = first(
            &bonds,
            camp,
            |bond| bond.congruence - bond.conflict,
            usize::MAX,
        );
        bonds.iter().find_map(|bond| {
            let side = sets_apart((&tally, &division), bond.issue, camp)?;
            Some((counted.issues[bond.issue], side))
        })
    };
    let about = (0..division.camps.len()).map(about).collect();
    Membership {
        of,
        about,
        known: counted.known(),
        modularity: division.modularity,
    }
}

/// Returns the side of a camp on an issue, if another camp is on a different one and none on the
/// same.
fn sets_apart(
    (tally, division): (&Tally, &Division),
    issue: usize,
    camp: usize,
) -> Option<&'static str> {
    let speaks = |camp: &usize| {
        let mut voices = tally.on(issue).iter();
        voices.any(|voice| division.of[voice.actor as usize] == Some(*camp))
    };
    let own = side_of(tally, division, issue, camp);
    let others = (0..division.camps.len()).filter(|other| *other != camp);
    let mut others = others.filter(speaks).peekable();
    others.peek()?;
    others
        .all(|other| side_of(tally, division, issue, other) != own)
        .then_some(own)
}
