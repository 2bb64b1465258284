//! Who stands together: camps, what holds each together, where its members differ, who is in between, how divided it all
//! is, and what of it hangs on single statements. For one issue: its sides.

mod divided;
mod firm;
mod membership;
mod pair;
mod sides;

use crate::graph::{ActorId, Entity, Graph, IssueId, Lens};
use crate::measure::agreement::{Measure, Tally, Voice};
use crate::measure::camps::{Bond, Division, agreeing, bonds, divide, most_central, ties};
use crate::measure::modularity::Weighted;
use crate::query::counted::{Counted, Order, Scope, Whose};
use crate::query::rows;
use crate::query::{Answer, Cell, Counting, Detail, Evidence, Row, Section};
use crate::words::{by_number, counted};

pub use membership::{Membership, membership};

/// What to ask of camps.
#[derive(Clone, Debug, PartialEq)]
pub struct CampsQuestion {
    /// On these issues; on all where none is named. One by itself has sides, not camps.
    pub issues: Vec<IssueId>,
    /// Which statements count, and how often.
    pub counting: Counting,
    /// Who stands with whom: whoever this measure puts above 0.
    pub measure: Measure,
    /// These two only, with all that stands behind their agreement.
    pub pair: Option<(ActorId, ActorId)>,
    /// So many of the statements on which a camp hangs are told, those that move most actors; none for all.
    pub most: Option<usize>,
    /// Whether numbers are told with the statements behind them where these are many.
    pub detail: Detail,
}

/// With fewer actors, camps say little.
const FEW: usize = 5;
/// So many issues of a camp are told.
const MOST: usize = 5;
/// So many are named beside its members.
const NAMED: usize = 2;
/// A division with less modularity is hardly one.
const HARDLY: f64 = 0.1;
/// Of a graph of more statements, not every number is told with those behind it unless asked.
const MANY: usize = 2_000;

/// Tells who stands together.
pub fn camps(graph: &Graph, lens: Lens, asked: &CampsQuestion) -> Answer {
    match (asked.pair, &asked.issues[..]) {
        (Some(pair), [_]) => return pair::agreement(graph, lens, asked, pair),
        (None, [issue]) => return sides::sides(graph, lens, *issue),
        _ => {}
    }
    let scope = Scope {
        counting: asked.counting,
        on: &asked.issues,
        whose: Whose::Scored,
        order: Order::ById,
    };
    let counted = Counted::new(graph, lens, scope);
    let tally = counted.tally_for(asked.measure);
    let agreeing = agreeing(&tally, asked.measure);
    let division = divide(&agreeing);
    let ties = ties(&agreeing, &division);
    let told = Told {
        counted: &counted,
        tally: &tally,
        agreeing: &agreeing,
        division: &division,
        ties: &ties,
        asked,
    };
    if let Some(pair) = asked.pair {
        return pair::pair(&told, lens, pair);
    }
    let names: Vec<&str> = asked
        .issues
        .iter()
        .map(|id| graph.issues[id.index()].name.as_ref())
        .collect();
    let on = if names.is_empty() {
        String::new()
    } else {
        format!(" on {}", crate::words::joined(&names))
    };
    let mut notes = told.notes();
    let bonds = bonds(&tally, &division);
    let mut sections = vec![
        told.camps(&bonds),
        told.bonds(&bonds),
        told.dissent(&bonds),
        told.between(),
        told.alone(),
    ];
    sections.extend(divided::divided(&told, &mut notes));
    sections.push(firm::firm(&told, &mut notes));
    notes.extend(counted.caveats(&[], asked.measure));
    Answer {
        title: format!("Camps{on}"),
        sections,
        notes,
    }
}

/// A division as it is told.
struct Told<'t> {
    counted: &'t Counted<'t>,
    tally: &'t Tally,
    agreeing: &'t Weighted,
    division: &'t Division,
    /// The agreement of each actor with each camp.
    ties: &'t [Vec<f64>],
    asked: &'t CampsQuestion,
}

impl Told<'_> {
    fn thing(&self, actor: usize) -> Cell {
        Cell::Thing(Entity::Actor(self.counted.actors[actor]))
    }

    fn actors(&self, actors: impl IntoIterator<Item = usize>) -> Cell {
        Cell::things(
            actors
                .into_iter()
                .map(|actor| Entity::Actor(self.counted.actors[actor])),
        )
    }

    fn issues(&self, bonds: &[Bond]) -> Cell {
        Cell::things(
            bonds
                .iter()
                .map(|bond| Entity::Issue(self.counted.issues[bond.issue])),
        )
    }

    /// What holds a camp together: an issue, and on which side.
    fn held_by(&self, bonds: &[Bond]) -> Cell {
        let one = |bond: &Bond| {
            let issue = &self.counted.graph.issues[self.counted.issues[bond.issue].index()];
            format!("{} {}", self.side(bond), issue.name)
        };
        Cell::text(bonds.iter().map(one).collect::<Vec<_>>().join(", "))
    }

    /// The side that most of a camp are on.
    fn side(&self, bond: &Bond) -> &'static str {
        let voices = self
            .tally
            .on(bond.issue)
            .iter()
            .filter(|voice| self.division.of[voice.actor as usize] == Some(bond.camp));
        let sum: f64 = voices
            .map(|voice| voice.score * f64::from(voice.count))
            .sum();
        match sum {
            sum if sum > 0.0 => "for",
            sum if sum < 0.0 => "against",
            _ => "neutral on",
        }
    }

    /// The statements behind a row, unless they are too many to tell unasked.
    fn behind(&self, statements: impl IntoIterator<Item = Evidence>) -> Vec<Evidence> {
        let few =
            self.counted.graph.stances.len() <= MANY || self.asked.detail == Detail::Statements;
        if few {
            rows::distinct(statements)
        } else {
            Vec::new()
        }
    }

    fn said_in(&self, camp: usize, issue: usize) -> impl Iterator<Item = Evidence> {
        let members = self.division.camps[camp]
            .iter()
            .map(|member| self.counted.actors[*member]);
        members.flat_map(move |actor| self.counted.evidence(actor, self.counted.issues[issue]))
    }

    fn notes(&self) -> Vec<String> {
        let graph = self.counted.graph;
        let mut notes = Vec::new();
        let known = self.counted.known();
        if known < FEW {
            notes.push(format!(
                "Warning: {} {} a known position; with fewer than {FEW}, camps say little.",
                counted(known, "actor"),
                by_number(known, "has", "have")
            ));
        }
        let by = if self.asked.measure == Measure::Net {
            "net (issues on the same side less those on opposite ones)"
        } else {
            "subtract (congruence less conflict)"
        };
        notes.push(format!(
            "Camps are communities by modularity (Louvain, in seeded orders) among actors whose {by} is above 0; agreement is that number, summed."
        ));
        let spread = |id: &IssueId| {
            let issue = &graph.issues[id.index()];
            issue.levels == Some(5) && issue.scale.is_none()
        };
        if self.asked.measure == Measure::Subtract && self.counted.issues.iter().any(spread) {
            notes.push(
                "Supports and opposes are half of five levels apart: they add 0 to subtract. `levels: 2` on an issue or --measure net takes sides only."
                    .to_owned(),
            );
        }
        notes
    }

    fn camps(&self, bonds: &[Bond]) -> Section {
        let rows = (0..self.division.camps.len()).map(|camp| {
            let members = &self.division.camps[camp];
            let central = self.actors(most_central(self.ties, self.division, camp));
            let inside = members
                .iter()
                .map(|member| self.ties[*member][camp])
                .sum::<f64>()
                / 2.0;
            Row::new([
                Cell::count(camp + 1),
                Cell::count(members.len()),
                self.actors(members.iter().copied()),
                central,
                self.held_by(&first(
                    bonds,
                    camp,
                    |bond| bond.congruence - bond.conflict,
                    NAMED,
                )),
                self.issues(&first(bonds, camp, |bond| bond.conflict, NAMED)),
                Cell::Number(inside),
            ])
        });
        let columns = [
            "camp",
            "size",
            "members",
            "most_central",
            "held_together_by",
            "differ_on",
            "agreement",
        ];
        let nothing = match self.counted.actors.len() {
            0 => "Nobody says anything that counts: no camp can be told.",
            1 => "One actor alone has a position: there is nobody to stand with.",
            _ => "No two actors agree more than they disagree: there are no camps.",
        };
        Section::new("camps", "Who stands together", &columns)
            .for_programs(&["agreement"])
            .with(rows)
            .or_else(nothing)
    }

    fn bonds(&self, bonds: &[Bond]) -> Section {
        let of = |camp| first(bonds, camp, |bond| bond.congruence - bond.conflict, MOST);
        let rows = (0..self.division.camps.len()).flat_map(of).map(|bond| {
            Row::new([
                Cell::count(bond.camp + 1),
                Cell::Thing(Entity::Issue(self.counted.issues[bond.issue])),
                Cell::text(self.side(&bond)),
                Cell::count(bond.members),
                Cell::Number(bond.congruence),
                Cell::Number(bond.conflict),
            ])
            .because(self.behind(self.said_in(bond.camp, bond.issue)))
        });
        let columns = ["camp", "issue", "side", "members", "congruence", "conflict"];
        Section::new("bonds", "What holds each camp together", &columns).with(rows)
    }

    fn dissent(&self, bonds: &[Bond]) -> Section {
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
            Row::new([
                Cell::count(bond.camp + 1),
                Cell::Thing(Entity::Issue(self.counted.issues[bond.issue])),
                side(|score| score > 0.0),
                side(|score| score == 0.0),
                side(|score| score < 0.0),
                actors(&numbers, |_| true),
                Cell::Number(bond.conflict),
            ])
            .because(self.behind(self.said_in(bond.camp, bond.issue)))
        });
        let columns = [
            "camp", "issue", "for", "neutral", "against", "on_scale", "conflict",
        ];
        Section::new("dissent", "Where members of a camp differ", &columns).with(rows)
    }

    /// Actors that agree with another camp at least half as much as with their own.
    fn between(&self) -> Section {
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
            .take(20)
            .map(|(_, actor, other, own, with)| {
                let camp =
                    self.division.of[actor].map_or(Cell::Nothing, |camp| Cell::count(camp + 1));
                let statements = self.behind(self.all_of(actor));
                Row::new([
                    self.thing(actor),
                    camp,
                    Cell::Number(own),
                    Cell::count(other + 1),
                    Cell::Number(with),
                ])
                .because(statements)
            });
        Section::new(
            "between",
            "Who is in between",
            &["actor", "camp", "agreement", "other", "agreement_with_it"],
        )
        .with(rows)
    }

    fn all_of(&self, actor: usize) -> impl Iterator<Item = Evidence> {
        let id = self.counted.actors[actor];
        self.tally.of(actor).iter().flat_map(move |count| {
            self.counted
                .evidence(id, self.counted.issues[count.issue as usize])
        })
    }

    fn alone(&self) -> Section {
        let alone =
            (0..self.counted.actors.len()).filter(|actor| self.division.of[*actor].is_none());
        let rows = alone.map(|actor| {
            let speaks_to = self
                .tally
                .of(actor)
                .iter()
                .map(|count| Entity::Issue(self.counted.issues[count.issue as usize]));
            Row::new([self.thing(actor), Cell::things(rows::distinct(speaks_to))])
                .because(self.behind(self.all_of(actor)))
        });
        Section::new("alone", "Who stands alone", &["actor", "speaks_to"]).with(rows)
    }
}

/// The issues of a camp that are first by some number above 0.
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
