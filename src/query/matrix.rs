//! How far actors agree, two by two, or what each says on each issue: as a matrix, and cell by cell with the statements
//! behind it.

mod cells;
mod ends;
mod told;

use crate::graph::{ActorId, Entity, Graph, IssueId, Lens};
use crate::measure::agreement::{Measure, Normalise};
use crate::query::counted::{Counted, Order, Scope, Whose};
use crate::query::{Counting, Grid, Note, Notes, Stand, Table, Word, answer, table};

use cells::{left_out, of_issues, of_pairs};
use ends::ends;
use told::{Told, nothing_said};

/// What to measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatrixQuestion {
    /// Of what.
    pub of: Mode,
    /// Which statements count, and how often.
    pub counting: Counting,
    /// A cell that rests on fewer issues (of two actors) or statements (of an actor and an issue) is left out.
    pub least: u32,
    /// The cell that is asked for; else all.
    pub cell: Option<(Entity, Entity)>,
    /// Whether cells are told with the statements behind them.
    pub detail: Detail,
}

/// Of what a matrix is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Every two actors.
    Actors(Measure, Normalise),
    /// Every actor and issue.
    Issues(TwoMode),
}

/// What is told of an actor and an issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TwoMode {
    /// The sum of the scores of its statements.
    #[default]
    Subtract,
    /// How many statements it made.
    Ignore,
    /// Whether they agree, disagree, are neutral or mixed.
    Combine,
}

/// How much is told of each cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Its value.
    #[default]
    Value,
    /// What it rests on.
    Statements,
}

answer! {
    /// How far actors agree, two by two, or what each says on each issue.
    pub struct Agreement = "matrix" {
        /// All of it.
        matrix: Grid,
        /// The highest cells, where it is too large to read.
        highest: Table<CellRow>,
        /// The lowest cells below 0, where it is too large to read.
        lowest: Table<CellRow>,
        /// The cells one by one, with the statements behind them, where these are asked for.
        cells: Table<CellRow>,
        /// The cell that is asked for.
        cell: Table<CellRow>,
        /// How the agreement of two comes about.
        by_issue: Table<ByIssueRow>,
        /// The position that a cell of an actor and an issue tells of.
        position: Table<IssuePositionRow>,
    }
}

table! {
    /// A cell of a matrix.
    pub struct CellRow {
        /// The actor of the row.
        actor: Entity,
        /// The other actor of the column.
        other: Option<Entity>,
        /// The issue of the column.
        issue: Option<Entity>,
        /// What is measured; of the measure net the first less the second of what follows.
        value: Option<f64>,
        /// What is said, where that is a word.
        word: Option<Word>,
        /// On how many issues both are on the same side.
        same: Option<usize>,
        /// On how many they are on opposite ones.
        opposite: Option<usize>,
        /// On how many issues of two actors it rests.
        issues: Option<usize>,
        /// On how many statements of an actor on an issue it rests.
        statements: Option<usize>,
    }

    /// Where one of two actors stands on an issue, and what that issue adds to their agreement.
    pub struct ByIssueRow {
        /// On what.
        issue: IssueId,
        /// Who.
        actor: ActorId,
        /// Where it stands.
        position: Stand,
        /// What the issue adds to the measure before it is divided.
        adds: f64,
    }

    /// The position of an actor on an issue.
    pub struct IssuePositionRow {
        /// On what.
        issue: IssueId,
        /// Where the actor stands.
        position: Stand,
    }
}

/// Measures how far actors agree, or tells what each says.
pub fn matrix(graph: &Graph, lens: Lens, asked: &MatrixQuestion) -> Agreement {
    matrix_on(graph, lens, asked, &[])
}

/// The same on these issues; on all where none is named.
pub(super) fn matrix_on(
    graph: &Graph,
    lens: Lens,
    asked: &MatrixQuestion,
    on: &[IssueId],
) -> Agreement {
    let named: Vec<ActorId> = asked
        .cell
        .iter()
        .flat_map(|(a, b)| [*a, *b])
        .filter_map(actor_of)
        .collect();
    let whose = if matches!(asked.of, Mode::Actors(..)) {
        Whose::Scored
    } else {
        Whose::Any
    };
    let scope = Scope {
        counting: asked.counting,
        on,
        whose,
        order: Order::Declared,
    };
    let counted = Counted::new(graph, lens, scope);
    let (title, matrix) = match asked.of {
        Mode::Actors(measure, normalise) => (
            pairs_title(measure, normalise),
            of_pairs(&counted, asked.least, measure, normalise),
        ),
        Mode::Issues(mode) => (two_mode_title(mode), of_issues(&counted, asked.least, mode)),
    };
    let is_voiced = counted
        .census
        .folded()
        .any(|cell| counted.actor(cell.actor).is_some());
    let told = Told {
        counted: &counted,
        matrix: &matrix,
        asked,
    };
    let nothing = || Table::new("", []);
    let mut answer = Agreement {
        title,
        matrix: Grid::default(),
        highest: nothing(),
        lowest: nothing(),
        cells: nothing(),
        cell: nothing(),
        by_issue: Table::new("", []),
        position: Table::new("", []),
        notes: Notes::default(),
    };
    let notes = &mut answer.notes;
    notes.push(Note::new("meaning", meaning(asked, is_voiced)));
    match asked.cell {
        Some((row, column)) => {
            answer.cell = told.one_cell(row, column);
            let behind = told.behind(row, column);
            match asked.of {
                Mode::Actors(..) => answer.by_issue = told.by_issue(row, column, behind),
                Mode::Issues(_) => answer.position = told.position_row(row, behind),
            }
            notes.extend(nothing_said(&counted, [row, column], on));
        }
        None => {
            notes.extend(left_out(&matrix, asked.least));
            if matrix.is_symmetric() && matrix.rows.len() == 1 {
                notes.push(Note::new(
                    "one_actor",
                    "One actor alone says something that counts: there is nobody to compare it with.",
                ));
            }
            if !matrix.is_small() {
                [answer.highest, answer.lowest] = ends(&told, notes);
            }
            if asked.detail == Detail::Statements {
                answer.cells = told.all_cells(notes);
            }
        }
    }
    let measure = told.measure();
    notes.extend(counted.caveats(&named, measure));
    if asked.cell.is_none() {
        answer.matrix = Grid {
            empty: "No actor has a statement that counts.",
            matrix: (!matrix.rows.is_empty()).then(|| Box::new(matrix)),
        };
    }
    answer
}

fn actor_of(entity: Entity) -> Option<ActorId> {
    match entity {
        Entity::Actor(id) => Some(id),
        _ => None,
    }
}

fn pairs_title(measure: Measure, normalise: Normalise) -> String {
    let by = match normalise {
        Normalise::None => "",
        Normalise::Average => ", divided by average activity",
        Normalise::Jaccard => ", divided as by Jaccard",
        Normalise::Product => ", divided by the product of activities",
    };
    format!("Agreement of actors: {}{by}", measure_word(measure))
}

fn two_mode_title(mode: TwoMode) -> String {
    let what = match mode {
        TwoMode::Subtract => "sum of scores",
        TwoMode::Ignore => "number of statements",
        TwoMode::Combine => "what all its statements say",
    };
    format!("Actors and issues: {what}")
}

fn measure_word(measure: Measure) -> &'static str {
    match measure {
        Measure::Congruence => "congruence",
        Measure::Conflict => "conflict",
        Measure::Subtract => "subtract",
        Measure::Ignore => "ignore",
        Measure::Identical => "identical",
        Measure::Net => "net",
    }
}

/// What a number says, in one sentence; and what it says that there is none, where some of what actors say counts for others.
fn meaning(asked: &MatrixQuestion, is_voiced: bool) -> String {
    let words = match asked.of {
        Mode::Actors(measure, _) => match measure {
            Measure::Congruence => {
                "congruence: how much two actors say the same, each statement with each on the same issue"
            }
            Measure::Conflict => {
                "conflict: how much two actors say the opposite, each statement with each on the same issue"
            }
            Measure::Subtract => {
                "subtract: congruence less conflict; above 0 two actors agree more than they disagree"
            }
            Measure::Ignore => {
                "ignore: how much two actors speak to the same issues, whatever they say"
            }
            Measure::Identical => {
                "identical: of the issues on which the positions of both are known, the share where they are on the same side, or name the same number"
            }
            Measure::Net => {
                "net: on how many issues both are for or both against : on how many one is for and the other against; who is neutral counts for neither"
            }
        },
        Mode::Issues(TwoMode::Subtract) => {
            "subtract: the sum of the scores of what an actor says, from −1 (strongly opposes) to 1 for each statement"
        }
        Mode::Issues(TwoMode::Ignore) => "ignore: how many statements an actor makes",
        Mode::Issues(TwoMode::Combine) => {
            "combine: agree, disagree or neutral where all statements say so, number where it is one on a scale; contested where they differ, mixed where the actor says both"
        }
    };
    if matches!(asked.of, Mode::Actors(Measure::Net, _)) {
        return format!("{words}. A dot or an empty cell: on no issue are both known.");
    }
    let unit = match asked.of {
        Mode::Actors(..) => "issues that both speak to",
        Mode::Issues(_) => "statements",
    };
    let or_else = match asked.of {
        Mode::Issues(_) if is_voiced => ", or it is counted with those for whom the actor speaks",
        _ => "",
    };
    format!("{words}. In brackets: {unit}. A dot or an empty cell: nothing is known{or_else}.")
}
