//! Where all actors stand, in one flat list: for measures, that look at every position at once.

use std::iter;

use crate::deal::{dealt, starts};
use crate::graph::{ActorId, Footing, Graph, IssueId, Lens, Positions, StanceId, Standing, Verdict, Words};
use crate::model::Date;
use crate::spread::{spread, threads};

/// Where actors stand on issues, by actor and issue.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// One for every actor and issue that a statement speaks of.
    pub cells: Vec<Placed>,
    footings: Vec<Footing>,
    /// Where the cells of each actor start, and where the last ones end.
    starts: Vec<usize>,
}

/// Where one actor stands on one issue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Who.
    pub actor: ActorId,
    /// On what.
    pub issue: IssueId,
    /// Where.
    pub verdict: Verdict,
    /// How much the issue matters to it, 0 to 1; none where unknown or contested.
    pub salience: Option<f64>,
    footings: (u32, u32),
}

impl Census {
    /// The statements about an actor on an issue, newest first.
    pub fn footings(&self, cell: &Placed) -> &[Footing] {
        &self.footings[cell.footings.0 as usize..cell.footings.1 as usize]
    }

    /// What an actor stands for on all issues.
    pub fn of(&self, actor: ActorId) -> &[Placed] {
        &self.cells[self.starts[actor.index()]..self.starts[actor.index() + 1]]
    }

    /// Where an actor stands on an issue; none where no statement speaks of it.
    pub fn at(&self, actor: ActorId, issue: IssueId) -> Option<&Placed> {
        let of = self.of(actor);
        of.binary_search_by_key(&issue, |cell| cell.issue).ok().map(|nth| &of[nth])
    }

    /// The same with the actors of another, who come after.
    fn and(mut self, after: Census) -> Census {
        let shift = self.footings.len() as u32;
        let moved = |cell: Placed| Placed { footings: (cell.footings.0 + shift, cell.footings.1 + shift), ..cell };
        self.footings.extend(after.footings);
        self.cells.extend(after.cells.into_iter().map(moved));
        self
    }

    /// Notes where the cells of each of so many actors are.
    fn with_starts(mut self, actors: usize) -> Census {
        self.starts = starts(actors, self.cells.iter().map(|cell| cell.actor.index()));
        self
    }

    /// The same cell as a position by itself.
    pub fn standing(&self, cell: &Placed, lens: Lens) -> Standing {
        Standing { verdict: cell.verdict, footings: self.footings(cell).to_vec(), day: lens.day, salience: cell.salience }
    }
}

/// A statement that speaks of an actor and an issue.
#[derive(Clone, Copy)]
struct Mention {
    actor: ActorId,
    issue: IssueId,
    stance: StanceId,
    through: ActorId,
}

/// The same by actor, issue and statement: first dealt out by actor, then each few by themselves.
fn by_actor(actors: usize, mentions: &[Mention]) -> Vec<Mention> {
    let mut sorted = dealt(actors, mentions, |mention| mention.actor.index());
    let within = |mention: &Mention| (mention.issue, mention.stance, mention.through);
    sorted.chunk_by_mut(|a, b| a.actor == b.actor).for_each(|own| own.sort_unstable_by_key(within));
    sorted
}

impl Graph {
    /// Where actors stand on issues, in one flat list: for every pair that passes the filter and that a statement speaks of.
    pub fn census(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool + Sync) -> Census {
        let (actors, statements) = (self.actors.len(), self.stances.len());
        // Some actors for each thread. The first has room for all, so that those of the others come to it without a copy of its own.
        let parts = threads(statements);
        let part = |nth: usize| {
            let own = (actors * nth / parts)..(actors * (nth + 1) / parts);
            let mentions = self.mentions(lens, |actor, issue| own.contains(&actor.index()) && wanted(actor, issue));
            self.placed(&by_actor(actors, &mentions), lens, if nth == 0 { statements } else { 0 })
        };
        let placed = spread(parts, statements, || (), |(), nth| part(nth));
        placed.into_iter().reduce(Census::and).unwrap_or_default().with_starts(actors)
    }

    /// Where these leave their actors, with room for so many at least.
    fn placed(&self, mentions: &[Mention], lens: Lens, room: usize) -> Census {
        let room = room.max(mentions.len());
        let mut census = Census { cells: Vec::with_capacity(room), footings: Vec::with_capacity(room), starts: Vec::new() };
        let mut dates = Vec::new();
        for own in mentions.chunk_by(|a, b| a.actor == b.actor) {
            // First fetched for all, in a loop so short that many are on their way at once: they are far apart.
            dates.clear();
            dates.extend(own.iter().map(|mention| self.stance_date(&self.stances[mention.stance.index()])));
            let mut dates = dates.iter();
            for same in own.chunk_by(|a, b| a.issue == b.issue) {
                let from = census.footings.len();
                let footing =
                    |(mention, date): (&Mention, &Option<Date>)| self.footing(mention.stance, mention.through, *date, lens.day);
                census.footings.extend(iter::zip(same, &mut dates).map(footing));
                let (actor, issue) = (same[0].actor, same[0].issue);
                let (verdict, salience) = self.settled(issue, &mut census.footings[from..], lens);
                let footings = (from as u32, census.footings.len() as u32);
                census.cells.push(Placed { actor, issue, verdict, salience, footings });
            }
        }
        census
    }

    /// Where actors stand on issues: for every pair that passes the filter and that a statement speaks of.
    pub fn positions(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool + Sync) -> Positions {
        let census = self.census(lens, wanted);
        census.cells.iter().map(|cell| ((cell.actor, cell.issue), census.standing(cell, lens))).collect()
    }

    fn mentions(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool) -> Vec<Mention> {
        let voices = self.voices();
        let mut mentions = Vec::new();
        for (index, stance) in self.stances.iter().enumerate() {
            let mut add = |actor: ActorId, through: ActorId| {
                if wanted(actor, stance.issue) {
                    mentions.push(Mention { actor, issue: stance.issue, stance: StanceId(index as u32), through });
                }
            };
            for &through in stance.actors.as_slice() {
                if lens.words == Words::OwnAndSpeakers && voices.has_principals(through) {
                    let principals = voices.principals(through, self.stance_date(stance));
                    principals.into_iter().filter(|one| !stance.actors.contains(one)).for_each(|one| add(one, through));
                }
                add(through, through);
            }
        }
        mentions
    }
}
