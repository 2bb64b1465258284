//! Lists statements in force, filtered by actor, issue and more.

use crate::graph::{
    ActorId, Fate, Footing, Graph, IssueId, Lens, Side, SourceId, Standing, Verdict,
};
use crate::model::{Date, Position};
use crate::query::{Note, Notes, Said, Stand, Table, Word, answer, rows, status, table};
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
    pub struct StatementRow {
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
    let scope = graph.scope();
    let wanted = |actor, issue| {
        let of = filter.actor.map_or(scope.actor(actor), |of| of == actor);
        of && scope.issue(issue)
    };
    let mut rows: Vec<StatementRow> = Vec::new();
    // When a side is asked for, a note says how many numbers were left out.
    let asks_side = matches!(filter.position, Some(Wanted::Side(_)));
    let any_position = PositionFilter {
        position: None,
        ..filter.clone()
    };
    let is_number =
        |footing: &&Footing| matches!(graph[footing.stance].position, Some(Position::At(_)));
    let with_all = PositionFilter {
        history: History::All,
        ..filter.clone()
    };
    let (mut numbers, mut attributed, mut offers) = (0, Vec::new(), Vec::new());
    for ((actor, _), standing) in graph.positions(lens, wanted) {
        if asks_side {
            let others = standing.footings.iter().filter(is_number);
            numbers += others
                .filter(|footing| passes(graph, &any_position, &standing, footing))
                .count();
        }
        let is_offer = |footing: &&Footing| matches!(footing.fate, Fate::Offered | Fate::SetAside);
        let others = standing.footings.iter().filter(is_offer);
        let others = others.filter(|footing| passes(graph, &with_all, &standing, footing));
        offers.extend(others.copied());
        let others = standing.footings.iter();
        let others = others.filter(|footing| footing.fate == Fate::Attributed);
        attributed.extend(
            others
                .filter(|footing| passes(graph, &with_all, &standing, footing))
                .copied(),
        );
        let shown = standing
            .footings
            .iter()
            .filter(|footing| passes(graph, filter, &standing, footing));
        rows.extend(shown.map(|footing| row(graph, actor, footing, &standing)));
    }
    let mut notes = Notes::default();
    if numbers > 0 {
        let text = format!(
            "A number on a scale is neither for nor against: {} left out.",
            counted(numbers, "statement")
        );
        notes.push(Note::new("numbers_left_out", text).of(numbers));
    }
    notes.extend(rows::attributed(&attributed));
    notes.extend(rows::offers(&offers));
    Positions {
        title: title(graph, filter),
        positions: Table::new("Positions", rows).or_else(nothing(filter)),
        notes,
    }
}

fn row(graph: &Graph, actor: ActorId, footing: &Footing, standing: &Standing) -> StatementRow {
    let said = rows::statement(graph, actor, footing, None);
    let (status, doubts) = status(graph, footing, standing);
    StatementRow {
        actor,
        issue: said.issue,
        says: said.says,
        position: rows::stands(graph, standing),
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

fn passes(graph: &Graph, filter: &PositionFilter, standing: &Standing, footing: &Footing) -> bool {
    let stance = &graph[footing.stance];
    let position = match (&filter.position, stance.position) {
        (None, _) => true,
        (Some(Wanted::Contested), _) => standing.verdict == Verdict::Contested,
        (Some(Wanted::Unknown), _) => standing.verdict == Verdict::Unknown,
        (Some(_), None) => false,
        (Some(Wanted::Side(side)), Some(position)) => Side::of(position) == *side,
        // Several statements together may make another position than each of them states.
        (Some(Wanted::Word(word)), Some(position)) => {
            position.written() == *word
                && match standing.verdict {
                    Verdict::Stands(held) if footing.fate == Fate::InForce => {
                        held.written() == *word
                    }
                    _ => true,
                }
        }
    };
    position
        && (filter.history == History::All || footing.fate == Fate::InForce)
        && filter
            .toward
            .is_none_or(|toward| stance.toward().contains(&toward))
        && filter
            .source
            .is_none_or(|source| stance.sources.contains(&source))
}

/// Returns the status of a statement, and what is uncertain about it.
fn status(graph: &Graph, footing: &Footing, standing: &Standing) -> (Word, Vec<Word>) {
    let mut status = status::status(graph, footing, standing.verdict);
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
