//! How far every two actors agree, or what each actor says on each issue: as a matrix, and cell by
//! cell with the statements behind it.

mod cells;
mod ends;
mod one_by_one;

use crate::graph::{ActorId, Entity, Graph, IssueId, Lens};
use crate::measure::agreement::{Measure, Normalise};
use crate::query::counted::{Counted, Order, ToCount, Whose};
use crate::query::{Counting, Grid, Matrix, Note, Notes, Stand, Table, Word, answer, table};
use crate::words::verdict_word;

use cells::{left_out, of_issues, of_pairs};
use ends::ends;
use one_by_one::{Context, nothing_said};

/// What to measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatrixQuestion {
    /// What the rows and columns are, and the measure.
    pub of: Mode,
    /// Which statements count, and how often.
    pub counting: Counting,
    /// The least number of issues (for two actors) or statements (for an actor and an issue) that a
    /// cell must rest on to be shown.
    pub least: u32,
    /// Whether cells come with the statements behind them.
    pub detail: Detail,
}

/// What the rows and columns of a matrix are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Actors by actors.
    Actors(Measure, Normalise),
    /// Actors by issues.
    Issues(TwoMode),
}

/// What a cell of an actor and an issue says.
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

/// How much is shown of each cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Only its value.
    #[default]
    Value,
    /// Its value and the statements it rests on.
    Statements,
}

answer! {
    /// How far actors agree, two by two, or what each says on each issue.
    pub struct Agreement = "matrix", ties: Unused {
        /// The whole matrix.
        matrix: Grid,
        /// The highest cells, if the matrix is too large to read.
        highest: Table<CellRow>,
        /// The lowest cells below 0, if the matrix is too large to read.
        lowest: Table<CellRow>,
        /// The cells one by one, with the statements behind them, if asked for.
        cells: Table<CellRow>,
    }
}
answer! {
    /// One cell of a matrix, and how it comes about.
    pub struct AgreementOf = "cell", ties: Unused {
        /// The cell.
        cell: Table<CellRow>,
        /// How the agreement of two comes about, issue by issue.
        by_issue: Table<ByIssueRow>,
        /// The position behind a cell of an actor and an issue.
        position: Table<IssuePositionRow>,
    }
}

table! {
    /// A cell of a matrix.
    pub struct CellRow {
        /// The actor of the row.
        actor: Entity,
        /// The actor of the column.
        other: Option<Entity>,
        /// The issue of the column.
        issue: Option<Entity>,
        /// The value of the measure; for net, `same` less `opposite`.
        value: Option<f64>,
        /// What is said, if it is a word.
        word: Option<Word>,
        /// On how many issues both are on the same side.
        same: Option<usize>,
        /// On how many issues they are on opposite sides.
        opposite: Option<usize>,
        /// How many issues it rests on, for two actors.
        issues: Option<usize>,
        /// How many statements it rests on, for an actor and an issue.
        statements: Option<usize>,
    }

    /// Where one of two actors stands on an issue, and what that issue adds to their agreement.
    pub struct ByIssueRow of "issue" {
        /// The issue.
        issue: IssueId,
        /// The actor.
        actor: ActorId,
        /// Where it stands.
        position: Stand,
        /// What the issue adds to the measure, before normalising.
        adds: f64,
    }

    /// The position of an actor on an issue.
    pub struct IssuePositionRow {
        /// The issue.
        issue: IssueId,
        /// Where the actor stands.
        position: Stand,
    }
}

/// Counts the graph; returns the counts, their matrix and its title.
fn counted_on<'g>(
    graph: &'g Graph,
    lens: Lens,
    asked: &MatrixQuestion,
    (named, on): (&'g [ActorId], &'g [IssueId]),
) -> (Counted<'g>, Matrix, String) {
    let to_count = ToCount {
        counting: asked.counting,
        on,
        named,
        whose: match asked.of {
            Mode::Actors(..) => Whose::Scored,
            Mode::Issues(_) => Whose::Any,
        },
        order: Order::Declared,
    };
    let counted = Counted::new(graph, lens, to_count);
    let (title, matrix) = match asked.of {
        Mode::Actors(measure, normalise) => (
            pairs_title(measure, normalise),
            of_pairs(&counted, asked.least, measure, normalise),
        ),
        Mode::Issues(mode) => (two_mode_title(mode), of_issues(&counted, asked.least, mode)),
    };
    (counted, matrix, title)
}

/// Notes what a number in the matrix means.
fn meaning_of(counted: &Counted<'_>, asked: &MatrixQuestion) -> Note {
    let mut folded = counted.census.folded();
    let is_voiced = folded.any(|cell| counted.actor(cell.actor).is_some());
    Note::new("meaning", meaning(asked, is_voiced))
}

/// Measures how far actors agree, or what each says on each issue.
pub fn matrix(graph: &Graph, lens: Lens, asked: &MatrixQuestion) -> Agreement {
    let (counted, matrix, title) = counted_on(graph, lens, asked, (&[], &[]));
    let context = Context {
        counted: &counted,
        matrix: &matrix,
        asked,
    };
    let mut notes = Notes::default();
    notes.push(meaning_of(&counted, asked));
    notes.extend(left_out(&matrix, asked.least));
    if matrix.is_symmetric() && matrix.rows.len() == 1 {
        notes.push(Note::new(
            "one_actor",
            "Only one actor says something that counts: there is nobody to compare it with.",
        ));
    }
    let [highest, lowest] = match matrix.is_small() {
        true => [Table::new("", []), Table::new("", [])],
        false => ends(&context, &mut notes),
    };
    let cells = match asked.detail {
        Detail::Statements => context.all_cells(&mut notes),
        Detail::Value => Table::new("", []),
    };
    notes.extend(counted.caveats(&[], context.measure()));
    Agreement {
        title,
        highest,
        lowest,
        cells,
        matrix: Grid {
            empty: "No actor has a statement that counts.",
            matrix: Box::new(matrix),
        },
        notes,
    }
}

/// Returns one cell and how it comes about, on these issues or, if `on` is empty, on all.
pub fn cell(
    graph: &Graph,
    lens: Lens,
    asked: &MatrixQuestion,
    (row, column): (Entity, Entity),
    on: &[IssueId],
) -> AgreementOf {
    let named: Vec<ActorId> = [row, column]
        .into_iter()
        .filter_map(Entity::actor)
        .collect();
    let (counted, matrix, title) = counted_on(graph, lens, asked, (&named, on));
    let context = Context {
        counted: &counted,
        matrix: &matrix,
        asked,
    };
    let mut notes = Notes::default();
    notes.push(meaning_of(&counted, asked));
    notes.extend(nothing_said(&counted, [row, column], on));
    notes.extend(counted.caveats(&named, context.measure()));
    let behind = context.behind(row, column);
    let (by_issue, position) = match asked.of {
        Mode::Actors(..) => (context.by_issue(row, column, behind), Table::new("", [])),
        Mode::Issues(_) => (Table::new("", []), context.position_row(row, behind)),
    };
    AgreementOf {
        title,
        cell: context.one_cell(row, column),
        by_issue,
        position,
        notes,
    }
}

fn pairs_title(measure: Measure, normalise: Normalise) -> String {
    let by = match normalise {
        Normalise::None => "",
        Normalise::Average => ", divided by average activity",
        Normalise::Jaccard => ", divided as in Jaccard's index",
        Normalise::Product => ", divided by the product of activities",
    };
    format!("Agreement of actors: {}{by}", measure_word(measure))
}

fn two_mode_title(mode: TwoMode) -> String {
    let what = match mode {
        TwoMode::Subtract => "sum of scores",
        TwoMode::Ignore => "number of statements",
        TwoMode::Combine => "what all statements say",
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

/// Explains in a sentence what a number means, and what an empty cell means. If `is_voiced`, some
/// of what actors say counts for others.
fn meaning(asked: &MatrixQuestion, is_voiced: bool) -> String {
    let words = match asked.of {
        Mode::Actors(measure, _) => match measure {
            Measure::Congruence => {
                "congruence: how much two actors say the same, comparing each statement with each on the same issue"
            }
            Measure::Conflict => {
                "conflict: how much two actors say the opposite, comparing each statement with each on the same issue"
            }
            Measure::Subtract => {
                "subtract: congruence less conflict; above 0, two actors agree more than they disagree"
            }
            Measure::Ignore => {
                "ignore: how much two actors speak to the same issues, whatever they say"
            }
            Measure::Identical => {
                "identical: of the issues on which the positions of both are known, the share on which they are on the same side or name the same number"
            }
            Measure::Net => {
                "net: on how many issues both are for or both against : on how many one is for and the other against; an issue on which one is neutral counts for neither"
            }
        },
        Mode::Issues(TwoMode::Subtract) => {
            "subtract: the sum of the scores of what an actor says, from −1 (strongly opposes) to 1 for each statement; mixed where the actor says both"
        }
        Mode::Issues(TwoMode::Ignore) => "ignore: how many statements an actor makes",
        Mode::Issues(TwoMode::Combine) => {
            concat!(
                "combine: agree, disagree or ",
                verdict_word!(neutral),
                " where all statements say so, number where they give a number on a scale; ",
                verdict_word!(contested),
                " where they differ, ",
                verdict_word!(mixed),
                " where the actor says both"
            )
        }
    };
    if matches!(asked.of, Mode::Actors(Measure::Net, _)) {
        return format!(
            "{words}. A dot or an empty cell: there is no issue on which both are known."
        );
    }
    let unit = match asked.of {
        Mode::Actors(..) => "issues that both speak to",
        Mode::Issues(_) => "statements",
    };
    let or_else = match asked.of {
        Mode::Issues(_) if is_voiced => ", or it is counted with those the actor speaks for",
        _ => "",
    };
    format!("{words}. In brackets: {unit}. A dot or an empty cell: nothing is known{or_else}.")
}
