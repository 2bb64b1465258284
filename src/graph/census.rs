//! The standings of all actors on all issues in flat lists, for measures that read every position.

use std::collections::HashMap;
use std::iter;

use crate::buckets::{dealt, starts};
use crate::graph::voice::{ALWAYS, made_on};
use crate::graph::{
    ActorId, Fate, Footing, Graph, IssueId, Lens, StanceId, Standing, Standings, Verdict, Words,
};
use crate::model::Date;
use crate::spread::{spread, threads};

/// The standings of actors on issues, sorted by actor and issue.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// Consecutive ranges of actors, each computed on a thread of its own.
    parts: Vec<Part>,
}

/// The standings of consecutive actors.
#[derive(Clone, Debug, Default)]
struct Part {
    /// The index of the first actor.
    first: usize,
    /// One cell for each actor and issue that a statement is about.
    cells: Vec<Placed>,
    footings: Vec<Footing>,
    /// The index of each actor's first cell, and the number of cells at the end.
    starts: Vec<usize>,
}

/// The standing of one actor on one issue, without its statements.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Placed {
    /// The actor.
    pub actor: ActorId,
    /// The issue.
    pub issue: IssueId,
    /// Where the actor stands.
    pub verdict: Verdict,
    /// The salience of the issue to the actor, 0 to 1; `None` if unknown or if statements differ.
    pub salience: Option<f64>,
    /// The power of the actor on the issue; `None` if unknown or if statements differ.
    pub power: Option<f64>,
    /// The actor that is counted in its place, which it speaks for; `None` if it counts by itself.
    pub folded: Option<ActorId>,
    footings: (u32, u32),
}

impl Census {
    fn part(&self, actor: ActorId) -> &Part {
        &self.parts[self
            .parts
            .partition_point(|part| part.first <= actor.index())
            .saturating_sub(1)]
    }

    /// Iterates over one cell for each actor and issue that a statement is about, by actor and
    /// issue.
    pub fn cells(&self) -> impl Iterator<Item = &Placed> + Clone {
        self.parts.iter().flat_map(|part| &part.cells)
    }

    /// Iterates over the cells that count wherever actors are counted, measured or drawn: all but
    /// those whose statements count for an actor they speak for.
    pub fn counted(&self) -> impl Iterator<Item = &Placed> {
        self.cells().filter(|cell| cell.folded.is_none())
    }

    /// Iterates over the cells that [`Census::counted`] leaves out.
    pub fn folded(&self) -> impl Iterator<Item = &Placed> {
        self.cells().filter(|cell| cell.folded.is_some())
    }

    /// Iterates over the same cells as [`Census::cells`], in one slice for each actor.
    pub fn by_actor(&self) -> impl Iterator<Item = &[Placed]> {
        self.parts
            .iter()
            .flat_map(|part| part.cells.chunk_by(|a, b| a.actor == b.actor))
    }

    /// Returns the statements about an actor on an issue, newest first.
    pub fn footings(&self, cell: &Placed) -> &[Footing] {
        &self.part(cell.actor).footings[cell.footings.0 as usize..cell.footings.1 as usize]
    }

    /// Returns the status of a statement: in force if it is in force for any actor. `None` if it is
    /// about none of these actors and issues.
    pub fn fate(&self, graph: &Graph, id: StanceId) -> Option<Fate> {
        let stance = &graph[id];
        let speakers = stance
            .actors
            .as_slice()
            .iter()
            .copied()
            .chain(stance.said_by());
        let actors = speakers.flat_map(|one| graph.voices().ever(one).chain([one]));
        let cells = actors.filter_map(|actor| self.at(actor, stance.issue));
        let footings = cells.flat_map(|cell| self.footings(cell));
        let fates = footings.filter(|footing| footing.stance == id);
        fates.map(|footing| footing.fate).min()
    }

    /// Returns the cells of an actor on all issues.
    pub fn of(&self, actor: ActorId) -> &[Placed] {
        let part = self.part(actor);
        let nth = actor.index() - part.first;
        &part.cells[part.starts[nth]..part.starts[nth + 1]]
    }

    /// Returns the cell of an actor on an issue, or `None` if no statement is about it.
    pub fn at(&self, actor: ActorId, issue: IssueId) -> Option<&Placed> {
        let of = self.of(actor);
        of.binary_search_by_key(&issue, |cell| cell.issue)
            .ok()
            .map(|nth| &of[nth])
    }

    /// Copies a cell, with its statements, into a standing of its own.
    pub fn standing(&self, cell: &Placed, lens: Lens) -> Standing {
        Standing {
            verdict: cell.verdict,
            footings: self.footings(cell).to_vec(),
            day: lens.day,
            salience: cell.salience,
            power: cell.power,
            folded: cell.folded,
        }
    }

    fn cell_mut(&mut self, actor: ActorId, issue: IssueId) -> Option<&mut Placed> {
        let nth = self
            .parts
            .partition_point(|part| part.first <= actor.index());
        let part = self.parts.get_mut(nth.saturating_sub(1))?;
        let nth = actor.index() - part.first;
        let own = &mut part.cells[part.starts[nth]..part.starts[nth + 1]];
        own.iter_mut().find(|cell| cell.issue == issue)
    }
}

/// A statement, and an actor and issue it is about.
#[derive(Clone, Copy)]
struct Mention {
    actor: ActorId,
    issue: IssueId,
    stance: StanceId,
    /// Whether it is about the actor itself, not about an actor that speaks for it.
    is_own: bool,
}

/// Sorts mentions by actor, issue and statement: by bucket sort over the actors, then within each
/// bucket.
fn by_actor(actors: usize, mentions: &[Mention]) -> Vec<Mention> {
    let mut sorted = dealt(actors, mentions, |mention| mention.actor.index());
    let within = |mention: &Mention| (mention.issue, mention.stance);
    for own in sorted.chunk_by_mut(|a, b| a.actor == b.actor) {
        own.sort_unstable_by_key(within);
    }
    sorted
}

impl Graph {
    /// Computes the standing of every actor and issue that pass the filter and that a statement is
    /// about.
    pub fn census(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool + Sync) -> Census {
        self.census_of(lens, &wanted)
    }

    /// Like [`Graph::census`], compiled once for all filters.
    fn census_of(&self, lens: Lens, wanted: &(dyn Fn(ActorId, IssueId) -> bool + Sync)) -> Census {
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
        let mut census = Census {
            parts: spread(many, statements, || (), |(), nth| part(nth)),
        };
        self.fold(&mut census, lens);
        census
    }

    /// Marks the cells that are counted with an actor they speak for, not by themselves.
    fn fold(&self, census: &mut Census, lens: Lens) {
        if lens.words == Words::Own || !self.voices().are_any() {
            return;
        }
        let speakers = census
            .cells()
            .filter(|cell| self.voices().has_principals(cell.actor));
        let mut counted: HashMap<(ActorId, IssueId), Option<ActorId>> = HashMap::new();
        for cell in speakers {
            self.follow(census, cell, lens, &mut counted);
        }
        for ((actor, issue), principal) in counted {
            if let Some(cell) = census.cell_mut(actor, issue) {
                cell.folded = principal;
            }
        }
    }

    /// Finds the actor that a position is counted with. While each actor speaks for only one other,
    /// on the same statements, the chain is resolved from its end, so that a long one is not
    /// followed again from each of its actors.
    fn follow(
        &self,
        census: &Census,
        cell: &Placed,
        lens: Lens,
        counted: &mut HashMap<(ActorId, IssueId), Option<ActorId>>,
    ) {
        let mut chain = Vec::new();
        let mut next = Some(cell);
        while let Some(cell) = next.filter(|cell| !counted.contains_key(&(cell.actor, cell.issue)))
        {
            chain.push(cell);
            next = self.only_above(census, cell);
        }
        while let Some(cell) = chain.pop() {
            let principal = match self.only_above(census, cell) {
                Some(above) => {
                    let further = counted.get(&(above.actor, above.issue)).copied().flatten();
                    let own = (above.verdict != Verdict::Unknown).then_some(above.actor);
                    let both = own.into_iter().chain(further);
                    both.min_by_key(|principal| &self[*principal].id)
                }
                None => {
                    let above = |principal| {
                        let above = census.at(principal, cell.issue)?;
                        Some((above.verdict, census.footings(above)))
                    };
                    self.counts_for(cell.actor, census.footings(cell), lens, above)
                }
            };
            counted.insert((cell.actor, cell.issue), principal);
        }
    }

    /// Returns the cell of the actor that another speaks for on all days, if it speaks for no other
    /// and the same statements make both positions.
    fn only_above<'c>(&self, census: &'c Census, cell: &Placed) -> Option<&'c Placed> {
        let [voice] = self.voices().direct(cell.actor) else {
            return None;
        };
        let above = census.at(voice.principal, cell.issue)?;
        let made_by = |cell| {
            let footings = census.footings(cell).iter();
            footings
                .filter(|footing: &&Footing| footing.fate == Fate::InForce)
                .map(|footing| footing.stance)
        };
        let is_it = voice.during == ALWAYS
            && voice.principal != cell.actor
            && made_by(cell).eq(made_by(above));
        is_it.then_some(above)
    }

    /// Returns the actor that a position is counted with, of those it speaks for and that are asked
    /// about: one that has a position, and for which a statement in force for this actor has
    /// counted while this actor spoke for it. Of several, the first by id.
    pub(crate) fn counts_for<'f>(
        &self,
        actor: ActorId,
        footings: &[Footing],
        lens: Lens,
        above: impl Fn(ActorId) -> Option<(Verdict, &'f [Footing])>,
    ) -> Option<ActorId> {
        let above = &above;
        let in_force = footings
            .iter()
            .filter(|footing| footing.fate == Fate::InForce);
        let principals = in_force.flat_map(|footing| {
            let spoken = self
                .voices()
                .principals(actor, made_on(footing.date, lens.day));
            spoken.filter(move |principal| {
                above(*principal).is_some_and(|(verdict, footings)| {
                    let is_same =
                        |theirs: &Footing| theirs.stance == footing.stance && theirs.has_counted();
                    verdict != Verdict::Unknown && footings.iter().any(is_same)
                })
            })
        });
        principals.min_by_key(|principal| &self[*principal].id)
    }

    /// Computes the standings that these mentions make.
    fn placed(&self, mentions: &[Mention], lens: Lens) -> Part {
        let room = mentions.len();
        let mut part = Part {
            cells: Vec::with_capacity(room),
            footings: Vec::with_capacity(room),
            ..Part::default()
        };
        let mut dates = Vec::new();
        for own in mentions.chunk_by(|a, b| a.actor == b.actor) {
            // All dates are fetched first, in a short loop: they are far apart in memory, and so
            // many are fetched at once.
            dates.clear();
            dates.extend(
                own.iter()
                    .map(|mention| self.stance_date(&self[mention.stance])),
            );
            let mut dates = dates.iter();
            for same in own.chunk_by(|a, b| a.issue == b.issue) {
                let from = part.footings.len();
                let footing = |(mention, date): (&Mention, &Option<Date>)| {
                    let Mention { stance, actor, .. } = *mention;
                    match mention.is_own {
                        true => self.own_footing(stance, actor, *date, lens.day),
                        false => self.spoken_footing(stance, actor, *date, lens.day),
                    }
                };
                part.footings
                    .extend(iter::zip(same, &mut dates).filter_map(footing));
                if part.footings.len() == from {
                    continue;
                }
                let (actor, issue) = (same[0].actor, same[0].issue);
                let settled = self.settled(issue, &mut part.footings[from..], lens);
                part.cells.push(Placed {
                    actor,
                    issue,
                    verdict: settled.verdict,
                    salience: settled.salience,
                    power: settled.power,
                    folded: None,
                    footings: (from as u32, part.footings.len() as u32),
                });
            }
        }
        part
    }

    /// Computes the standing of every actor and issue that pass the filter and that a statement is
    /// about.
    pub fn positions(
        &self,
        lens: Lens,
        wanted: impl Fn(ActorId, IssueId) -> bool + Sync,
    ) -> Standings {
        let census = self.census(lens, wanted);
        census
            .cells()
            .map(|cell| ((cell.actor, cell.issue), census.standing(cell, lens)))
            .collect()
    }

    /// Lists the actors and issues that each statement is about: its own actors and those they
    /// speak for.
    fn mentions(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool) -> Vec<Mention> {
        let voices = self.voices();
        let mut mentions = Vec::new();
        let mut above: Vec<ActorId> = Vec::new();
        for (id, stance) in self.stances() {
            let mut add = |actor: ActorId, is_own: bool| {
                if wanted(actor, stance.issue) {
                    mentions.push(Mention {
                        actor,
                        issue: stance.issue,
                        stance: id,
                        is_own,
                    });
                }
            };
            let actors = stance.actors.as_slice();
            for &own in actors {
                let is_own_word = stance.said_by().is_none_or(|by| by == own);
                if lens.words == Words::OwnAndSpeakers || is_own_word {
                    add(own, true);
                }
                if lens.words == Words::OwnAndSpeakers && voices.has_principals(own) {
                    above.extend(voices.ever(own).filter(|one| !actors.contains(one)));
                }
            }
            if !above.is_empty() {
                above.sort_unstable();
                above.dedup();
                for principal in above.drain(..) {
                    add(principal, false);
                }
            }
        }
        mentions
    }
}
