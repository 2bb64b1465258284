//! Lists statements in force, filtered by actor, issue and more.

use crate::graph::{
    ActorId, Census, Fate, Footing, Graph, IssueId, Lens, Side, SourceId, Standing, Verdict,
};
use crate::model::{self, Date};
use crate::query::made::Made;
use crate::query::{
    Answer, Note, Noted, Notes, Said, Section, Stand, Table, TieUse, Word, answer, rows, status,
    table,
};
use crate::words::counted;

/// The statements to list. A field left out does not narrow the list.
#[derive(Clone, Debug, Default)]
pub struct PositionFilter {
    /// The actor they are about.
    pub actor: Option<ActorId>,
    /// The actor they are addressed to.
    pub toward: Option<ActorId>,
    /// The side they are on, or the exact position.
    pub position: Option<Wanted>,
    /// A source they rest on.
    pub source: Option<SourceId>,
    /// Whether statements no longer in force are included.
    pub history: History,
}

/// A position asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wanted {
    /// Any position on this side, whatever its strength.
    Side(Side),
    /// Exactly this word.
    Word(&'static str),
    /// Positions on which statements in force disagree.
    Contested,
    /// Positions that no statement in force states.
    Unknown,
}

/// Whether to include statements that are no longer in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum History {
    /// Only statements in force.
    #[default]
    InForce,
    /// All statements, each with its status.
    All,
}

answer! {
    /// Statements, and the positions they make.
    pub struct Positions = "positions", ties: Unused {
        /// The matching statements, and the positions of their actors.
        positions: Table<StatementRow>,
    }
}

table! {
    /// A statement, its status, and the position of its actor.
    pub struct StatementRow of each "statement" {
        /// The actor it is about.
        actor: ActorId,
        /// The issue.
        issue: IssueId,
        /// What it says.
        says: Said,
        /// Where the actor stands, by all its statements.
        position: Stand,
        /// The actors it is addressed to.
        toward: Vec<ActorId>,
        /// Who voiced it, other than the actor itself.
        voiced_by: Vec<ActorId>,
        /// Its own date, else its earliest source's.
        date: Option<Date>,
        /// Its sources.
        sources: Vec<SourceId>,
        /// Its status.
        status: Word,
        /// What its date and its speaker's office leave open.
        doubts for programs: Vec<Word>,
    }
}

/// Lists the statements that match a filter.
pub fn positions(graph: &Graph, lens: Lens, filter: &PositionFilter) -> Positions {
    let Statements {
        title,
        matching,
        empty,
        notes,
    } = statements(graph, lens, filter);
    Positions {
        title,
        positions: Table::new("", matching.rows()).or_else(empty),
        notes,
    }
}

/// The answer [`Positions`] before its rows are made.
#[must_use]
pub struct Statements<'g> {
    title: String,
    matching: Made<'g, Found, StatementRow, Option<Position>>,
    empty: &'static str,
    notes: Notes,
}

/// Makes rows of statements, by actor and issue.
struct Making<'g> {
    graph: &'g Graph,
    lens: Lens,
    census: Census,
}

/// A statement that matches, as a place in the census.
struct Found {
    actor: ActorId,
    issue: IssueId,
    /// The index among the statements about them.
    nth: u32,
}

/// Where an actor stands, and the statements about it.
struct Position {
    actor: ActorId,
    issue: IssueId,
    standing: Standing,
    stand: Stand,
}

/// Finds the statements that match a filter.
pub fn statements<'g>(graph: &'g Graph, lens: Lens, filter: &PositionFilter) -> Statements<'g> {
    let scope = graph.scope();
    let census = graph.census(lens, |actor, issue| {
        let of = filter.actor.map_or(scope.actor(actor), |of| of == actor);
        of && scope.issue(issue)
    });
    let mut found = Vec::new();
    // When a side is asked for, a note says how many numbers were left out.
    let asks_side = matches!(filter.position, Some(Wanted::Side(_)));
    let any_position = PositionFilter {
        position: None,
        ..filter.clone()
    };
    let is_number =
        |footing: &Footing| matches!(graph[footing.stance].position, Some(model::Position::At(_)));
    let with_all = PositionFilter {
        history: History::All,
        ..filter.clone()
    };
    let (mut numbers, mut others) = (0, Vec::new());
    for cell in census.cells() {
        for (nth, footing) in (0..).zip(census.footings(cell)) {
            let passes = |filter| passes(graph, filter, cell.verdict, footing);
            if passes(filter) {
                found.push(Found {
                    actor: cell.actor,
                    issue: cell.issue,
                    nth,
                });
            }
            numbers += usize::from(asks_side && is_number(footing) && passes(&any_position));
            let is_noted = matches!(
                footing.fate,
                Fate::Offered | Fate::SetAside | Fate::Attributed
            );
            if is_noted && passes(&with_all) {
                others.push(*footing);
            }
        }
    }
    let mut notes = Notes::default();
    if numbers > 0 {
        let text = format!(
            "A number on a scale is neither for nor against: {} left out.",
            counted(numbers, "statement")
        );
        notes.push(Note::new("numbers_left_out", text).of(numbers));
    }
    notes.extend(rows::attributed(&others));
    notes.extend(rows::offers(&others));
    let making = Making {
        graph,
        lens,
        census,
    };
    Statements {
        title: title(graph, filter),
        matching: Made::of(found, move |found, last| making.row(found, last)),
        empty: nothing(filter),
        notes,
    }
}

impl Answer for Statements<'_> {
    fn name(&self) -> &'static str {
        Positions::SHAPE.name
    }
    fn title(&self) -> &str {
        &self.title
    }
    fn sections(&self) -> Vec<Section<'_>> {
        vec![self.matching.section("positions", "", self.empty)]
    }
    fn notes(&self) -> &Notes {
        &self.notes
    }
    fn ties(&self) -> TieUse {
        TieUse::Unused
    }
}

impl Noted for Statements<'_> {
    fn notes_mut(&mut self) -> &mut Notes {
        &mut self.notes
    }
}

impl Making<'_> {
    /// Makes a row. The position of the last one is mostly that of the next one, too.
    fn row(&self, found: &Found, last: &mut Option<Position>) -> StatementRow {
        let is_it = |last: &Position| (last.actor, last.issue) == (found.actor, found.issue);
        let position = match last.take().filter(is_it) {
            Some(known) => known,
            None => self.position(found),
        };
        let position = last.insert(position);
        let footing = &position.standing.footings[found.nth as usize];
        row(self.graph, footing, position)
    }

    fn position(&self, found: &Found) -> Position {
        let Found { actor, issue, .. } = *found;
        let standing = match self.census.at(actor, issue) {
            Some(cell) => self.census.standing(cell, self.lens),
            None => self.graph.nothing_said(actor, self.lens),
        };
        Position {
            actor,
            issue,
            stand: rows::stands(self.graph, &standing),
            standing,
        }
    }
}

fn row(graph: &Graph, footing: &Footing, position: &Position) -> StatementRow {
    let said = rows::statement(graph, position.actor, footing, None);
    let (status, doubts) = status(graph, footing, position.standing.verdict);
    StatementRow {
        actor: position.actor,
        issue: said.issue,
        says: said.says,
        position: position.stand.clone(),
        toward: said.toward,
        voiced_by: said.voiced_by,
        date: said.date,
        sources: said.sources,
        status,
        doubts,
        behind: said.behind,
    }
}

/// Returns what to say if nothing is found. Only a filter on actor and issue alone means that the
/// position is unknown.
fn nothing(filter: &PositionFilter) -> &'static str {
    let PositionFilter {
        toward,
        position,
        source,
        ..
    } = filter;
    let narrowed = toward.is_some() || position.is_some() || source.is_some();
    if *position == Some(Wanted::Unknown) && filter.history == History::InForce {
        "No statement in force leaves a position unknown; `--all` lists those that are not in force."
    } else if narrowed {
        "No statement matches."
    } else {
        "No statement matches: the position is unknown."
    }
}

fn passes(graph: &Graph, filter: &PositionFilter, verdict: Verdict, footing: &Footing) -> bool {
    let PositionFilter {
        toward,
        position,
        source,
        history,
        ..
    } = filter;
    // What was said is looked up only where it is asked for: each look is a wait for memory.
    let stance = || &graph[footing.stance];
    (*history == History::All || footing.fate == Fate::InForce)
        && position.is_none_or(|wanted| states(wanted, verdict, footing, stance().position))
        && toward.is_none_or(|toward| stance().toward().contains(&toward))
        && source.is_none_or(|source| stance().sources.contains(&source))
}

/// Returns whether a statement with this position is one that is asked for.
fn states(
    wanted: Wanted,
    verdict: Verdict,
    footing: &Footing,
    stated: Option<model::Position>,
) -> bool {
    match wanted {
        Wanted::Contested => verdict == Verdict::Contested,
        Wanted::Unknown => verdict == Verdict::Unknown,
        Wanted::Side(side) => stated.is_some_and(|stated| Side::of(stated) == side),
        // Several statements together may make another position than each of them states.
        Wanted::Word(word) => {
            stated.is_some_and(|stated| stated.written() == word)
                && match verdict {
                    Verdict::Stands(held) if footing.fate == Fate::InForce => {
                        held.written() == word
                    }
                    _ => true,
                }
        }
    }
}

/// Returns the status of a statement, and what is uncertain about it.
fn status(graph: &Graph, footing: &Footing, verdict: Verdict) -> (Word, Vec<Word>) {
    let mut status = status::status(graph, footing, verdict);
    let doubts: Vec<Word> = match footing.fate {
        Fate::InForce => rows::doubts(footing)
            .into_iter()
            .map(|doubt| Word::new(doubt.key(), doubt.word()))
            .collect(),
        _ => Vec::new(),
    };
    for doubt in &doubts {
        status.words = format!("{}, {}", status.words, doubt.words).into();
    }
    (status, doubts)
}

fn title(graph: &Graph, filter: &PositionFilter) -> String {
    let mut title = match filter.history {
        History::InForce => "Statements in force".to_owned(),
        History::All => "All statements".to_owned(),
    };
    if let Some(actor) = filter.actor {
        title += &format!(" of {}", graph[actor].name);
    }
    title += &rows::on_issues(graph);
    if let Some(toward) = filter.toward {
        title += &format!(" toward {}", graph[toward].name);
    }
    title
}
