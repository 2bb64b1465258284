//! Only which camp each actor is in, for questions and pictures that show camps beside something
//! else.

use crate::graph::{Graph, IssueId, Lens};
use crate::measure::agreement::Measure;
use crate::measure::camps::{agreeing, bonds, divide};
use crate::query::Counting;
use crate::query::camps::{HARDLY, first};
use crate::query::counted::{Counted, Order, ToCount, Whose};
use crate::query::few::FEW;

/// The camps over all issues, as `demarche camps` finds them by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Membership {
    /// The camp of each actor of the graph, counted from 1; `None` for an actor in no camp, or that
    /// counts only for those it speaks for.
    pub of: Vec<Option<u32>>,
    /// The issue that holds each camp together most.
    pub about: Vec<Option<IssueId>>,
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
    let most = |camp| first(&bonds, camp, |bond| bond.congruence - bond.conflict, 1);
    let about = (0..division.camps.len())
        .map(|camp| most(camp).first().map(|bond| counted.issues[bond.issue]))
        .collect();
    Membership {
        of,
        about,
        known: counted.known(),
        modularity: division.modularity,
    }
}
