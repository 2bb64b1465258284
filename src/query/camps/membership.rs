//! Only which camp each actor is in, for questions and pictures that show camps beside something
//! else.

use std::collections::BTreeSet;

use crate::graph::{ActorId, Graph, IssueId, Lens};
use crate::measure::agreement::{Measure, Normalise, Pair, Pairs, Tally, pairs};
use crate::measure::camps::{Bond, Division, agreeing, bonds, divide};
use crate::query::camps::{HARDLY, first, side_of, side_word};
use crate::query::counted::{Counted, Order, ToCount, Whose};
use crate::query::few::FEW;
use crate::query::{Counting, scale_words};

/// The camps over all issues, as `demarche camps` finds them by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Membership {
    /// The camp of each actor of the graph, counted from 1; `None` for an actor in no camp, or that
    /// counts only for those it speaks for.
    pub of: Vec<Option<u32>>,
    /// What each camp stands for; `None` if there is no such issue.
    pub about: Vec<Option<About>>,
    /// The camps, counted from 1, that a picture does not mark: in each, few pairs of members take a
    /// side on the same issue, or some are apart.
    pub loose: Vec<u32>,
    /// The number of actors with a position that is neither unknown nor contested.
    pub known: usize,
    /// How much more agreement there is inside camps than by chance.
    pub modularity: f64,
}

/// What a camp stands for: of the issues on which at least half of its members take a side and no
/// other camp is on that side, the one on which most of them are, then the one that holds it together
/// most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About {
    /// The issue.
    pub issue: IssueId,
    /// The side in words.
    pub side: &'static str,
    /// How many members are on that side, and how many the camp has.
    pub members: (usize, usize),
}

impl Membership {
    /// Returns the camp of an actor that a picture marks; none if too few positions are known.
    pub(crate) fn marked(&self, actor: ActorId) -> Option<u32> {
        let camp = self.of.get(actor.index()).copied().flatten();
        camp.filter(|camp| !self.says_little() && !self.loose.contains(camp))
    }

    /// Returns whether so few positions are known that camps say little.
    pub fn says_little(&self) -> bool {
        self.known < FEW
    }

    /// Returns whether other divisions are nearly as good.
    pub fn is_weak(&self) -> bool {
        self.about.len() > 1 && self.modularity < HARDLY
    }

    /// Returns the number of a camp, and what it stands for: `camp 1: against “New reactors”`.
    pub(crate) fn words(&self, graph: &Graph, camp: u32) -> String {
        let stands_for = self.stands_for(graph, camp);
        stands_for.map_or(format!("camp {camp}"), |what| {
            format!("camp {camp}: {what}")
        })
    }

    /// Returns what sets a camp, counted from 1, apart from the others: `against “New reactors”`, with
    /// the number of its members who say so, if not all do.
    pub fn stands_for(&self, graph: &Graph, camp: u32) -> Option<String> {
        let about = self.about.get((camp as usize).checked_sub(1)?)?;
        let About {
            issue,
            side,
            members: (on_it, all),
        } = (*about)?;
        // A number on a scale is neither for nor against.
        let side = match (side, scale_words(graph, issue).is_empty()) {
            ("for", false) => "higher on",
            ("against", false) => "lower on",
            (side, _) => side,
        };
        let share = match on_it == all {
            true => String::new(),
            false => format!(" ({on_it} of {all})"),
        };
        Some(format!("{side} “{}”{share}", graph[issue].name))
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
    let about = |camp: usize| {
        let all = division.camps[camp].len();
        let net = |bond: &Bond| bond.congruence - bond.conflict;
        let bonds = first(&bonds, camp, net, usize::MAX);
        let about = bonds.iter().filter_map(|bond| {
            let (side, on_it) = sets_apart((&tally, &division), bond.issue, camp)?;
            (on_it * 2 >= all).then_some(About {
                issue: counted.issues[bond.issue],
                side,
                members: (on_it, all),
            })
        });
        // Of several, the first is the one that holds together most.
        about.rev().max_by_key(|about| about.members.0)
    };
    let about = (0..division.camps.len()).map(about).collect();
    let (known, modularity) = (counted.known(), division.modularity);
    let loose = loose(&pairs(tally, Measure::Net, Normalise::None), &division);
    Membership {
        of,
        about,
        loose,
        known,
        modularity,
    }
}

/// Returns the camps that a picture does not mark, which are all if most actors would be in such.
fn loose(pairs: &Pairs, division: &Division) -> Vec<u32> {
    let is_firm = |members: &[usize]| {
        let two = members.iter().enumerate();
        let two = two.flat_map(|(nth, a)| members[..nth].iter().map(move |b| pairs.of_two(*a, *b)));
        let two: Vec<Pair> = two.collect();
        let said = two.iter().filter(|pair| pair.sided > 0.0);
        let apart = said.clone().filter(|pair| pair.value < 0.0).count();
        let said = said.count();
        said * 2 >= two.len() && apart * 10 <= said
    };
    let numbered = division.camps.iter().zip(1..);
    let (firm, loose): (Vec<_>, Vec<_>) = numbered.partition(|(members, _)| is_firm(members));
    let count = |camps: &[(&Vec<usize>, u32)]| {
        camps
            .iter()
            .map(|(members, _)| members.len())
            .sum::<usize>()
    };
    let drops_firm = count(&firm) <= count(&loose);
    let dropped = loose.iter().chain(firm.iter().filter(|_| drops_firm));
    let mut numbers: Vec<u32> = dropped.map(|(_, number)| *number).collect();
    numbers.sort_unstable();
    numbers
}

/// Returns the side of a camp on an issue and how many of its members are on it, if no other camp is
/// on it.
fn sets_apart(
    (tally, division): (&Tally, &Division),
    issue: usize,
    camp: usize,
) -> Option<(&'static str, usize)> {
    let speaks = |camp: &usize| {
        let mut voices = tally.on(issue).iter();
        voices.any(|voice| division.of[voice.actor as usize] == Some(*camp))
    };
    let own = side_of(tally, division, issue, camp);
    let others = (0..division.camps.len()).filter(|other| *other != camp);
    let is_alone = others
        .filter(speaks)
        .all(|other| side_of(tally, division, issue, other) != own);
    let voices = tally.on(issue).iter();
    let members = voices.filter(|voice| division.of[voice.actor as usize] == Some(camp));
    let on_it = members.filter(|voice| side_word(voice.score) == own);
    let on_it: BTreeSet<u32> = on_it.map(|voice| voice.actor).collect();
    is_alone.then_some((own, on_it.len()))
}
