//! Who stands together: camps, what holds each together, where its members differ, who is in
//! between, how divided the whole is, and how far it depends on single statements. For one issue:
//! its sides.

mod divided;
mod firm;
mod membership;
mod pair;
mod sides;

pub use pair::{CampsOfTwo, MemberRow, agreement};

pub use sides::{SideRow, Sides, sides};

use crate::graph::{ActorId, Graph, IssueId, Lens};
use crate::measure::agreement::{Measure, Tally, Voice};
use crate::measure::camps::{Bond, Division, agreeing, bonds, divide, most_central, ties};
use crate::measure::modularity::Weighted;
use crate::query::counted::{Counted, Order, ToCount, Whose};
use crate::query::few::says_little;
use crate::query::rows::{self, MeasureRow};
use crate::query::{Behind, Counting, Detail, Evidence, Note, Notes, Table, Word, answer, table};
use crate::words::verdict_word;

pub use membership::{Membership, membership};

/// What to ask about camps.
#[derive(Clone, Debug, PartialEq)]
pub struct CampsQuestion {
    /// The issues to look at; all if empty. A single issue has sides, not camps.
    pub issues: Vec<IssueId>,
    /// Which statements count, and how often.
    pub counting: Counting,
    /// The measure of agreement: actors above 0 stand together.
    pub measure: Measure,
    /// How many of the statements that a camp depends on are shown: those that move most actors;
    /// `None` for all.
    pub most: Option<usize>,
    /// Whether each statement is left out in turn, to see on which a camp depends.
    pub firmness: Firmness,
    /// Whether rows come with the statements behind them even if these are many.
    pub detail: Detail,
}

/// Whether it is tried how firm camps are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Firmness {
    /// Statements are left out in turn.
    #[default]
    Tried,
    /// Nothing is tried.
    LeftOut,
}

/// The number of issues listed for each camp.
const MOST: usize = 5;
/// The number of issues named beside the members of a camp.
const NAMED: usize = 2;
/// The modularity below which a division is hardly one.
const HARDLY: f64 = 0.1;
/// The number of statements in a graph above which rows list the statements behind them only if
/// asked.
const MANY: usize = 2_000;

answer! {
    /// Who stands together.
    pub struct Camps = "camps", ties: Unused {
        /// The camps, the largest first.
        camps: Table<CampRow>,
        /// What holds each camp together.
        bonds: Table<BondRow>,
        /// Where the members of a camp differ.
        dissent: Table<DissentRow>,
        /// Who agrees with another camp at least half as much as with its own.
        between: Table<BetweenRow>,
        /// Who is in no camp.
        alone: Table<AloneRow>,
        /// How divided the whole is.
        measures: Table<MeasureRow>,
        /// The best split in two.
        split: Table<HalfRow>,
        /// The statements without which a camp would be different.
        flips: Table<FlipRow>,
    }
}

table! {
    /// A camp.
    pub struct CampRow {
        /// The number of the camp, from 1.
        camp: usize,
        /// How many members it has.
        size: usize,
        /// Its members.
        members: Vec<ActorId>,
        /// The members who agree most with the others.
        most_central: Vec<ActorId>,
        /// The issues that hold it together most, and on which side, in words.
        held_together_by: String,
        /// The issues on which its members differ most.
        differ_on: Vec<IssueId>,
        /// The sum of its members' agreement.
        agreement for programs: f64,
    }

    /// An issue that holds a camp together.
    pub struct BondRow {
        /// The number of the camp.
        camp: usize,
        /// The issue.
        issue: IssueId,
        /// The side that most of the camp are on.
        side: Word,
        /// How many members speak to the issue.
        members: usize,
        /// How much they say the same.
        congruence: f64,
        /// How much they say the opposite.
        conflict: f64,
    }

    /// An issue on which members of a camp differ.
    pub struct DissentRow {
        /// The number of the camp.
        camp: usize,
        /// The issue.
        issue: IssueId,
        /// The members for it.
        supports as "for": Vec<ActorId>,
        /// The neutral members.
        neutral: Vec<ActorId>,
        /// The members against it.
        opposes as "against": Vec<ActorId>,
        /// The members that name a number on its scale.
        on_scale: Vec<ActorId>,
        /// How much they say the opposite.
        conflict: f64,
    }

    /// An actor between two camps.
    pub struct BetweenRow of "actor" {
        /// The actor.
        actor: ActorId,
        /// Its camp.
        camp: Option<usize>,
        /// How much it agrees with its camp.
        agreement: f64,
        /// The other camp.
        other: usize,
        /// How much it agrees with the other camp.
        agreement_with_it: f64,
    }

    /// An actor in no camp.
    pub struct AloneRow of "actor" {
        /// The actor.
        actor: ActorId,
        /// The issues it speaks to.
        speaks_to: Vec<IssueId>,
    }

    /// A side of the best split in two, or what counts against splitting.
    pub struct HalfRow {
        /// The side, 1 or 2; `between` for what counts against splitting.
        side: String,
        /// The members.
        members: Vec<ActorId>,
        /// How much counts against it.
        against_it: f64,
    }

    /// A statement without which a camp would be different.
    pub struct FlipRow of "statement" {
        /// The actors it is about.
        without: Vec<ActorId>,
        /// The issue.
        issue: IssueId,
        /// What it says.
        says: crate::query::Said,
        /// Its own date, else its earliest source's.
        date: Option<crate::model::Date>,
        /// Its sources.
        sources: Vec<crate::graph::SourceId>,
        /// Who would be in another camp, or in none.
        moves: Vec<ActorId>,
        /// How many camps there would be.
        camps_then: usize,
    }
}

/// Finds who stands together.
pub fn camps(graph: &Graph, lens: Lens, asked: &CampsQuestion) -> Camps {
    with_camps(graph, lens, (asked, &[]), |context| {
        let names: Vec<&str> = asked
            .issues
            .iter()
            .map(|id| graph[*id].name.as_ref())
            .collect();
        let on = if names.is_empty() {
            String::new()
        } else {
            format!(" on {}", crate::words::joined(&names))
        };
        let mut notes = context.notes();
        let bonds = bonds(context.tally, context.division);
        let (measures, split) = divided::divided(context, &mut notes);
        let flips = match asked.firmness {
            Firmness::Tried => firm::firm(context, &mut notes),
            Firmness::LeftOut => Table::new("", []),
        };
        notes.extend(context.counted.caveats(&[], asked.measure));
        Camps {
            title: format!("Camps{on}"),
            camps: context.camps(&bonds),
            bonds: context.bonds(&bonds),
            dissent: context.dissent(&bonds),
            between: context.between(),
            alone: context.alone(),
            measures,
            split,
            flips,
            notes,
        }
    })
}

/// Returns the camps of two actors, and how their agreement comes about.
pub fn camps_of_two(
    graph: &Graph,
    lens: Lens,
    asked: &CampsQuestion,
    two: (ActorId, ActorId),
) -> CampsOfTwo {
    with_camps(graph, lens, (asked, &[two.0, two.1]), |context| {
        pair::pair(context, lens, two)
    })
}

/// Divides actors into camps, and makes an answer from the division.
fn with_camps<T>(
    graph: &Graph,
    lens: Lens,
    (asked, named): (&CampsQuestion, &[ActorId]),
    answer: impl FnOnce(&Context<'_>) -> T,
) -> T {
    let to_count = ToCount {
        counting: asked.counting,
        on: &asked.issues,
        named,
        whose: Whose::Scored,
        order: Order::ById,
    };
    let counted = Counted::new(graph, lens, to_count);
    let tally = counted.tally_for(asked.measure);
    let agreeing = agreeing(&tally, asked.measure);
    let division = divide(&agreeing);
    let ties = ties(&agreeing, &division);
    answer(&Context {
        counted: &counted,
        tally: &tally,
        agreeing: &agreeing,
        division: &division,
        ties: &ties,
        asked,
    })
}

/// A division into camps, from which the tables of an answer are made.
struct Context<'t> {
    counted: &'t Counted<'t>,
    tally: &'t Tally,
    agreeing: &'t Weighted,
    division: &'t Division,
    /// The agreement of each actor with each camp.
    ties: &'t [Vec<f64>],
    asked: &'t CampsQuestion,
}

impl Context<'_> {
    fn actors(&self, actors: impl IntoIterator<Item = usize>) -> Vec<ActorId> {
        let id = |actor| self.counted.actors[actor];
        actors.into_iter().map(id).collect()
    }

    fn issues(&self, bonds: &[Bond]) -> Vec<IssueId> {
        let id = |bond: &Bond| self.counted.issues[bond.issue];
        bonds.iter().map(id).collect()
    }

    /// Names the issues that hold a camp together, each with the side.
    fn held_by(&self, bonds: &[Bond]) -> String {
        let one = |bond: &Bond| {
            let issue = &self.counted.graph[self.counted.issues[bond.issue]];
            format!("{} {}", self.side(bond), issue.name)
        };
        bonds.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// Returns the side that most of a camp are on.
    fn side(&self, bond: &Bond) -> &'static str {
        side_of(self.tally, self.division, bond.issue, bond.camp)
    }

    /// Returns the statements behind a row; none in a large graph, unless they are asked for.
    fn behind(&self, statements: impl IntoIterator<Item = Evidence>) -> Behind {
        let few =
            self.counted.graph.stances.len() <= MANY || self.asked.detail == Detail::Statements;
        let behind = Behind::default();
        match few {
            true => behind.because(rows::distinct(statements)),
            false => behind,
        }
    }

    fn said_in(&self, camp: usize, issue: usize) -> impl Iterator<Item = Evidence> {
        let members = self.division.camps[camp]
            .iter()
            .map(|member| self.counted.actors[*member]);
        members.flat_map(move |actor| self.counted.evidence(actor, self.counted.issues[issue]))
    }

    fn notes(&self) -> Notes {
        let graph = self.counted.graph;
        let mut notes = Notes::default();
        let known = self.counted.known();
        notes.extend(says_little(known, "a known position", "camps"));
        let by = if self.asked.measure == Measure::Net {
            "net (issues on the same side less those on opposite ones)"
        } else {
            "subtract (congruence less conflict)"
        };
        notes.push(Note::new("method", format!(
            "Camps are communities by modularity (Louvain, in seeded orders) among actors whose {by} is above 0; agreement is the sum of that number."
        )));
        let spread = |id: &IssueId| {
            let issue = &graph[*id];
            issue.levels == Some(5) && issue.scale.is_none()
        };
        if self.asked.measure == Measure::Subtract && self.counted.issues.iter().any(spread) {
            notes.push(Note::new(
                "half_apart",
                "Of five levels, supports and opposes are only half the scale apart, so they add 0 to subtract. To compare sides only, write `levels: 2` on an issue or add `--measure net`.",
            ));
        }
        notes
    }

    fn camps(&self, bonds: &[Bond]) -> Table<CampRow> {
        let rows = (0..self.division.camps.len()).map(|camp| {
            let members = &self.division.camps[camp];
            let inside = members.iter().map(|member| self.ties[*member][camp]);
            let holding = |bond: &Bond| bond.congruence - bond.conflict;
            CampRow {
                camp: camp + 1,
                size: members.len(),
                members: self.actors(members.iter().copied()),
                most_central: self.actors(most_central(self.ties, self.division, camp)),
                held_together_by: self.held_by(&first(bonds, camp, holding, NAMED)),
                differ_on: self.issues(&first(bonds, camp, |bond| bond.conflict, NAMED)),
                agreement: inside.sum::<f64>() / 2.0,
                behind: Behind::default(),
            }
        });
        let nothing = match self.counted.actors.len() {
            0 => "Nobody says anything that counts: there are no camps to find.",
            1 => "Only one actor has a position: there is nobody to stand with.",
            _ => "No two actors agree more than they disagree: there are no camps.",
        };
        Table::new("Who stands together", rows).or_else(nothing)
    }

    fn bonds(&self, bonds: &[Bond]) -> Table<BondRow> {
        let of = |camp| first(bonds, camp, |bond| bond.congruence - bond.conflict, MOST);
        let bonds = (0..self.division.camps.len()).flat_map(of);
        let rows = bonds.map(|bond| BondRow {
            camp: bond.camp + 1,
            issue: self.counted.issues[bond.issue],
            side: self.side(&bond).into(),
            members: bond.members,
            congruence: bond.congruence,
            conflict: bond.conflict,
            behind: self.behind(self.said_in(bond.camp, bond.issue)),
        });
        Table::new("What holds each camp together", rows)
    }

    fn dissent(&self, bonds: &[Bond]) -> Table<DissentRow> {
        let of = |camp| first(bonds, camp, |bond| bond.conflict, MOST);
        let rows = (0..self.division.camps.len()).flat_map(of).map(|bond| {
            let voices = self
                .tally
                .on(bond.issue)
                .iter()
                .filter(|voice| self.division.of[voice.actor as usize] == Some(bond.camp));
            let names_number = |voice: &Voice| {
                self.counted.names_number(
                    self.counted.actors[voice.actor as usize],
                    self.counted.issues[bond.issue],
                )
            };
            let (numbers, words): (Vec<&Voice>, Vec<&Voice>) =
                voices.partition(|voice| names_number(voice));
            let actors = |voices: &[&Voice], wanted: fn(f64) -> bool| {
                let actors = voices
                    .iter()
                    .filter(|voice| wanted(voice.score))
                    .map(|voice| voice.actor as usize);
                self.actors(rows::distinct(actors))
            };
            let side = |wanted: fn(f64) -> bool| actors(&words, wanted);
            DissentRow {
                camp: bond.camp + 1,
                issue: self.counted.issues[bond.issue],
                supports: side(|score| score > 0.0),
                neutral: side(|score| score == 0.0),
                opposes: side(|score| score < 0.0),
                on_scale: actors(&numbers, |_| true),
                conflict: bond.conflict,
                behind: self.behind(self.said_in(bond.camp, bond.issue)),
            }
        });
        Table::new("Where members of a camp differ", rows)
    }

    /// Lists actors that agree with another camp at least half as much as with their own.
    fn between(&self) -> Table<BetweenRow> {
        let mut found: Vec<(f64, usize, usize, f64, f64)> = Vec::new();
        for (actor, own) in self
            .division
            .of
            .iter()
            .enumerate()
            .filter_map(|(actor, camp)| Some((actor, (*camp)?)))
        {
            let ties = &self.ties[actor];
            let others = ties
                .iter()
                .copied()
                .enumerate()
                .filter(|(camp, _)| *camp != own);
            let other = others.reduce(|best, next| if next.1 > best.1 { next } else { best });
            if let Some((other, with)) =
                other.filter(|(_, with)| *with > 0.0 && *with * 2.0 >= ties[own])
            {
                found.push((
                    with / ties[own].max(f64::MIN_POSITIVE),
                    actor,
                    other,
                    ties[own],
                    with,
                ));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let rows = found
            .into_iter()
            .map(|(_, actor, other, own, with)| BetweenRow {
                actor: self.counted.actors[actor],
                camp: self.division.of[actor].map(|camp| camp + 1),
                agreement: own,
                other: other + 1,
                agreement_with_it: with,
                behind: self.behind(self.all_of(actor)),
            });
        Table::new("Who is in between", rows)
    }

    fn all_of(&self, actor: usize) -> impl Iterator<Item = Evidence> {
        let id = self.counted.actors[actor];
        self.tally.of(actor).iter().flat_map(move |count| {
            self.counted
                .evidence(id, self.counted.issues[count.issue as usize])
        })
    }

    fn alone(&self) -> Table<AloneRow> {
        let alone =
            (0..self.counted.actors.len()).filter(|actor| self.division.of[*actor].is_none());
        let rows = alone.map(|actor| {
            let said = self.tally.of(actor).iter();
            let issues = said.map(|count| self.counted.issues[count.issue as usize]);
            AloneRow {
                actor: self.counted.actors[actor],
                speaks_to: rows::distinct(issues),
                behind: self.behind(self.all_of(actor)),
            }
        });
        Table::new("Who stands alone", rows)
    }
}

/// Returns the side of an issue that most of a camp are on.
fn side_of(tally: &Tally, division: &Division, issue: usize, camp: usize) -> &'static str {
    let voices = tally.on(issue).iter();
    let voices = voices.filter(|voice| division.of[voice.actor as usize] == Some(camp));
    let sum: f64 = voices
        .map(|voice| voice.score * f64::from(voice.count))
        .sum();
    side_word(sum)
}

/// Returns the word for the side of a score.
fn side_word(score: f64) -> &'static str {
    match score {
        sum if sum > 0.0 => "for",
        sum if sum < 0.0 => "against",
        _ => concat!(verdict_word!(neutral), " on"),
    }
}

/// Returns the issues of a camp with the highest number above 0, at most `most`.
fn first(bonds: &[Bond], camp: usize, number: impl Fn(&Bond) -> f64, most: usize) -> Vec<Bond> {
    let mut of: Vec<Bond> = bonds
        .iter()
        .filter(|bond| bond.camp == camp && number(bond) > 0.0)
        .copied()
        .collect();
    of.sort_by(|a, b| number(b).total_cmp(&number(a)).then(a.issue.cmp(&b.issue)));
    of.truncate(most);
    of
}
