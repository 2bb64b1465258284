//! Where all actors stand, in one flat list: for measures, that look at every position at once.

use crate::graph::{ActorId, Footing, Graph, IssueId, Lens, Positions, StanceId, Standing, Verdict, Words};
use crate::spread::{spread, threads};

/// Where actors stand on issues, by actor and issue.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// One for every actor and issue that a statement speaks of.
    pub cells: Vec<Placed>,
    footings: Vec<Footing>,
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
        let from = self.cells.partition_point(|cell| cell.actor < actor);
        let to = self.cells.partition_point(|cell| cell.actor <= actor);
        &self.cells[from..to]
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
fn by_actor(actors: usize, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut ends = vec![0; actors + 1];
    mentions.iter().for_each(|mention| ends[mention.actor.index() + 1] += 1);
    (1..ends.len()).for_each(|nth| ends[nth] += ends[nth - 1]);
    let mut sorted = mentions.clone();
    for mention in mentions {
        let at = &mut ends[mention.actor.index()];
        sorted[*at] = mention;
        *at += 1;
    }
    let within = |mention: &Mention| (mention.issue, mention.stance, mention.through);
    sorted.chunk_by_mut(|a, b| a.actor == b.actor).for_each(|own| own.sort_unstable_by_key(within));
    sorted
}

impl Graph {
    /// Where actors stand on issues, in one flat list: for every pair that passes the filter and that a statement speaks of.
    pub fn census(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool) -> Census {
        let mentions = by_actor(self.actors.len(), self.mentions(lens, wanted));
        // A part for each thread, from an actor's first statement on.
        let many = threads(mentions.len());
        let first = |at: usize| mentions.get(at).map_or(0, |own| mentions.partition_point(|other| other.actor < own.actor));
        let mut starts: Vec<usize> = (0..many).map(|nth| first(mentions.len() * nth / many)).collect();
        starts.dedup();
        let part = |nth: usize| &mentions[starts[nth]..starts.get(nth + 1).copied().unwrap_or(mentions.len())];
        let placed = spread(starts.len(), mentions.len() / starts.len(), || (), |(), nth| self.placed(part(nth), lens));
        placed.into_iter().reduce(Census::and).unwrap_or_default()
    }

    /// Where these leave their actors.
    fn placed(&self, mentions: &[Mention], lens: Lens) -> Census {
        let mut census = Census { cells: Vec::with_capacity(mentions.len()), footings: Vec::with_capacity(mentions.len()) };
        for same in mentions.chunk_by(|a, b| (a.actor, a.issue) == (b.actor, b.issue)) {
            let from = census.footings.len();
            census.footings.extend(same.iter().map(|mention| {
                let date = self.stance_date(&self.stances[mention.stance.index()]);
                self.footing(mention.stance, mention.through, date, lens.day)
            }));
            let (actor, issue) = (same[0].actor, same[0].issue);
            let (verdict, salience) = self.settled(issue, &mut census.footings[from..], lens);
            let footings = (from as u32, census.footings.len() as u32);
            census.cells.push(Placed { actor, issue, verdict, salience, footings });
        }
        census
    }

    /// Where actors stand on issues: for every pair that passes the filter and that a statement speaks of.
    pub fn positions(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool) -> Positions {
        let census = self.census(lens, wanted);
        census.cells.iter().map(|cell| ((cell.actor, cell.issue), census.standing(cell, lens))).collect()
    }

    fn mentions(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool) -> Vec<Mention> {
        let voices = self.voices();
        let mut mentions = Vec::with_capacity(self.stances.len());
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
