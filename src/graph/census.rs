//! Where all actors stand, in flat lists: for measures, that look at every position at once.

use std::collections::HashMap;
use std::iter;

use crate::deal::{dealt, starts};
use crate::graph::voice::{ALWAYS, made_on};
use crate::graph::{
    ActorId, Fate, Footing, Graph, IssueId, Lens, Positions, StanceId, Standing, Verdict, Words,
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
#[non_exhaustive]
pub struct Placed {
    /// Who.
    pub actor: ActorId,
    /// On what.
    pub issue: IssueId,
    /// Where.
    pub verdict: Verdict,
    /// How much the issue matters to it, 0 to 1; none where unknown, or where statements differ about it.
    pub salience: Option<f64>,
    /// How much it weighs on the issue; none where unknown, or where statements differ about it.
    pub power: Option<f64>,
    /// For whom, of those asked about, it counts in its place where actors are counted; none where it counts by itself.
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

    /// One for every actor and issue that a statement speaks of, by actor and issue.
    pub fn cells(&self) -> impl Iterator<Item = &Placed> {
        self.parts.iter().flat_map(|part| &part.cells)
    }

    /// Those that are counted where actors are counted, measured or drawn by their positions: all but those whose words count
    /// for somebody for whom they speak.
    pub fn counted(&self) -> impl Iterator<Item = &Placed> {
        self.cells().filter(|cell| cell.folded.is_none())
    }

    /// The others.
    pub fn folded(&self) -> impl Iterator<Item = &Placed> {
        self.cells().filter(|cell| cell.folded.is_some())
    }

    /// The same as [`Census::cells`], actor by actor.
    pub fn by_actor(&self) -> impl Iterator<Item = &[Placed]> {
        self.parts
            .iter()
            .flat_map(|part| part.cells.chunk_by(|a, b| a.actor == b.actor))
    }

    /// The statements about an actor on an issue, newest first.
    pub fn footings(&self, cell: &Placed) -> &[Footing] {
        &self.part(cell.actor).footings[cell.footings.0 as usize..cell.footings.1 as usize]
    }

    /// What becomes of a statement: that it is in force, if it is for anybody.
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

/// A statement that speaks of an actor and an issue.
#[derive(Clone, Copy)]
struct Mention {
    actor: ActorId,
    issue: IssueId,
    stance: StanceId,
    /// Whether it is about the actor itself, not about one who speaks for it.
    is_own: bool,
}

/// The same by actor, issue and statement: first dealt out by actor, then each few by themselves.
fn by_actor(actors: usize, mentions: &[Mention]) -> Vec<Mention> {
    let mut sorted = dealt(actors, mentions, |mention| mention.actor.index());
    let within = |mention: &Mention| (mention.issue, mention.stance);
    for own in sorted.chunk_by_mut(|a, b| a.actor == b.actor) {
        own.sort_unstable_by_key(within);
    }
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
        let mut census = Census {
            parts: spread(many, statements, || (), |(), nth| part(nth)),
        };
        self.fold(&mut census, lens);
        census
    }

    /// Marks who is counted with one for whom it speaks, not by itself.
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

    /// Finds for whom a position counts. As long as each speaks for one other only, on the word of the same statements, that is
    /// found from the end of the chain: else a long one would be gone through again for each of its actors.
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

    /// The position of the one for whom an actor speaks on all days, where that is the only one for whom it speaks, and the
    /// same statements make both.
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

    /// The actor, of those above it that are asked about, that has a position and for which a statement that makes that of this
    /// one has counted while this one spoke for it; of several, the first by id.
    pub(super) fn counts_for<'f>(
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

    /// Of whom, and on what, each statement speaks: of its own actors, and of those for whom they speak.
    fn mentions(&self, lens: Lens, wanted: impl Fn(ActorId, IssueId) -> bool) -> Vec<Mention> {
        let voices = self.voices();
        let mut mentions = Vec::new();
        let mut above: Vec<ActorId> = Vec::new();
        for (index, stance) in self.stances.iter().enumerate() {
            let mut add = |actor: ActorId, is_own: bool| {
                if wanted(actor, stance.issue) {
                    mentions.push(Mention {
                        actor,
                        issue: stance.issue,
                        stance: StanceId(index as u32),
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
