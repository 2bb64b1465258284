//! Where all actors stand, in flat lists: for measures, that look at every position at once.

use std::iter;

use crate::deal::{dealt, starts};
use crate::graph::{
    ActorId, Footing, Graph, IssueId, Lens, Positions, StanceId, Standing, Verdict, Words,
};
use crate::model::Date;
use crate::spread::{spread, threads};

/// Where actors stand on issues, by actor and issue.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// Some actors each, all together in order: each was settled on a thread of its own.
    parts: Vec<Part>,
}

/// Where some actors stand that follow one another.
#[derive(Clone, Debug, Default)]
struct Part {
    /// The number of the first.
    first: usize,
    /// One for every actor and issue that a statement speaks of.
    cells: Vec<Placed>,
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
    fn part(&self, actor: ActorId) -> &Part {
        &self.parts[self
            .parts
            .partition_point(|part| part.first <= actor.index())
            .saturating_sub(1)]
    }

    /// One for every actor and issue that a statement speaks of, by actor and issue.
    pub fn cells(&self) -> impl Iterator<Item = &Placed> {
        self.parts.iter().flat_map(|part| &part.cells)
    }

    /// The same, actor by actor.
    pub fn by_actor(&self) -> impl Iterator<Item = &[Placed]> {
        self.parts
            .iter()
            .flat_map(|part| part.cells.chunk_by(|a, b| a.actor == b.actor))
    }

    /// The statements about an actor on an issue, newest first.
    pub fn footings(&self, cell: &Placed) -> &[Footing] {
        &self.part(cell.actor).footings[cell.footings.0 as usize..cell.footings.1 as usize]
    }

    /// What an actor stands for on all issues.
    pub fn of(&self, actor: ActorId) -> &[Placed] {
        let part = self.part(actor);
        let nth = actor.index() - part.first;
        &part.cells[part.starts[nth]..part.starts[nth + 1]]
    }

    /// Where an actor stands on an issue; none where no statement speaks of it.
    pub fn at(&self, actor: ActorId, issue: IssueId) -> Option<&Placed> {
        let of = self.of(actor);
        of.binary_search_by_key(&issue, |cell| cell.issue)
            .ok()
            .map(|nth| &of[nth])
    }

    /// The same cell as a position by itself.
    pub fn standing(&self, cell: &Placed, lens: Lens) -> Standing {
        Standing {
            verdict: cell.verdict,
            footings: self.footings(cell).to_vec(),
            day: lens.day,
            salience: cell.salience,
        }
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
    sorted
        .chunk_by_mut(|a, b| a.actor == b.actor)
        .for_each(|own| own.sort_unstable_by_key(within));
    sorted
}

impl Graph {
    /// Where actors stand on issues, in flat lists: for every pair that passes the filter and that a statement speaks of.
    pub fn census(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool + Sync) -> Census {
        let (actors, statements) = (self.actors.len(), self.stances.len());
        let many = threads(statements);
        let part = |nth: usize| {
            let own = (actors * nth / many)..(actors * (nth + 1) / many);
            let mentions = self.mentions(lens, |actor, issue| {
                own.contains(&actor.index()) && wanted(actor, issue)
            });
            let part = self.placed(&by_actor(actors, &mentions), lens);
            let starts = starts(
                own.len(),
                part.cells.iter().map(|cell| cell.actor.index() - own.start),
            );
            Part {
                first: own.start,
                starts,
                ..part
            }
        };
        Census {
            parts: spread(many, statements, || (), |(), nth| part(nth)),
        }
    }

    /// Where these leave their actors.
    fn placed(&self, mentions: &[Mention], lens: Lens) -> Part {
        let room = mentions.len();
        let mut part = Part {
            cells: Vec::with_capacity(room),
            footings: Vec::with_capacity(room),
            ..Part::default()
        };
        let mut dates = Vec::new();
        for own in mentions.chunk_by(|a, b| a.actor == b.actor) {
            // First fetched for all, in a loop so short that many are on their way at once: they are far apart.
            dates.clear();
            dates.extend(
                own.iter()
                    .map(|mention| self.stance_date(&self.stances[mention.stance.index()])),
            );
            let mut dates = dates.iter();
            for same in own.chunk_by(|a, b| a.issue == b.issue) {
                let from = part.footings.len();
                let footing = |(mention, date): (&Mention, &Option<Date>)| {
                    self.footing(mention.stance, mention.through, *date, lens.day)
                };
                part.footings
                    .extend(iter::zip(same, &mut dates).map(footing));
                let (actor, issue) = (same[0].actor, same[0].issue);
                let (verdict, salience) = self.settled(issue, &mut part.footings[from..], lens);
                let footings = (from as u32, part.footings.len() as u32);
                part.cells.push(Placed {
                    actor,
                    issue,
                    verdict,
                    salience,
                    footings,
                });
            }
        }
        part
    }

    /// Where actors stand on issues: for every pair that passes the filter and that a statement speaks of.
    pub fn positions(
        &self,
        lens: Lens,
        wanted: impl Fn(ActorId, IssueId) -> bool + Sync,
    ) -> Positions {
        let census = self.census(lens, wanted);
        census
            .cells()
            .map(|cell| ((cell.actor, cell.issue), census.standing(cell, lens)))
            .collect()
    }

    fn mentions(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool) -> Vec<Mention> {
        let voices = self.voices();
        let mut mentions = Vec::new();
        for (index, stance) in self.stances.iter().enumerate() {
            let mut add = |actor: ActorId, through: ActorId| {
                if wanted(actor, stance.issue) {
                    mentions.push(Mention {
                        actor,
                        issue: stance.issue,
                        stance: StanceId(index as u32),
                        through,
                    });
                }
            };
            for &through in stance.actors.as_slice() {
                if lens.words == Words::OwnAndSpeakers && voices.has_principals(through) {
                    let principals = voices.principals(through, self.stance_date(stance));
                    principals
                        .into_iter()
                        .filter(|one| !stance.actors.contains(one))
                        .for_each(|one| add(one, through));
                }
                add(through, through);
            }
        }
        mentions
    }
}
