//! How far actors agree, two by two, or what each says on each issue: as a matrix, and cell by cell with the statements
//! behind it.

use crate::graph::{ActorId, Entity, Graph, IssueId, Lens, Verdict};
use crate::measure::agreement::{self, Combined, Half, Measure, Normalise, Tally};
use crate::model::Position;
use crate::query::counted::{Counted, Order, Scope, Whose, things};
use crate::query::rows;
use crate::query::{Answer, Cell, Column, Counting, Evidence, Figure, Figures, Matrix, Row, Section, Value, joined};

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

/// So many cells are told one by one at most.
const MOST_CELLS: usize = 500;
/// So many pairs are listed of either end where the matrix itself is too large to read.
const EXTREMES: usize = 20;

/// Measures how far actors agree, or tells what each says.
pub fn matrix(graph: &Graph, lens: Lens, asked: &MatrixQuestion) -> Answer {
    matrix_on(graph, lens, asked, &[])
}

/// The same on these issues; on all where none is named.
pub(super) fn matrix_on(graph: &Graph, lens: Lens, asked: &MatrixQuestion, on: &[IssueId]) -> Answer {
    let named: Vec<ActorId> = asked.cell.iter().flat_map(|(a, b)| [*a, *b]).filter_map(actor_of).collect();
    let whose = if matches!(asked.of, Mode::Actors(..)) { Whose::Scored } else { Whose::Any };
    let scope = Scope { counting: asked.counting, on, named: &named, whose, order: Order::Declared };
    let counted = Counted::new(graph, lens, scope);
    let (title, matrix) = match asked.of {
        Mode::Actors(measure, normalise) => {
            (pairs_title(measure, normalise), of_pairs(&counted, asked.least, measure, normalise))
        }
        Mode::Issues(mode) => (two_mode_title(mode), of_issues(&counted, asked.least, mode)),
    };
    let mut notes = vec![meaning(asked)];
    let told = Told { counted: &counted, matrix: &matrix, asked };
    let mut sections = Vec::new();
    match asked.cell {
        Some((row, column)) => {
            sections.extend(told.one_cell(row, column));
            notes.extend(nothing_said(&counted, [row, column], on));
        }
        None => {
            notes.extend(left_out(&matrix, asked.least));
            let ends = if matrix.is_small() { Vec::new() } else { told.extremes(&mut notes) };
            let listed = (asked.detail == Detail::Statements).then(|| told.all_cells(&mut notes));
            let whole = Section::new("matrix", "", &[]).or_else("No actor has a statement that counts.");
            sections.push(Section { matrix: (!matrix.rows.is_empty()).then(|| Box::new(matrix)), ..whole });
            sections.extend(ends.into_iter().chain(listed));
        }
    }
    notes.extend(counted.caveats(&named));
    Answer { title, sections, notes }
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

/// What a number says, in one sentence.
fn meaning(asked: &MatrixQuestion) -> String {
    let words = match asked.of {
        Mode::Actors(measure, _) => match measure {
            Measure::Congruence => "congruence: how much two actors say the same, each statement with each on the same issue",
            Measure::Conflict => "conflict: how much two actors say the opposite, each statement with each on the same issue",
            Measure::Subtract => "subtract: congruence less conflict; above 0 two actors agree more than they disagree",
            Measure::Ignore => "ignore: how much two actors speak to the same issues, whatever they say",
            Measure::Identical => {
                "identical: of the issues on which the positions of both are known, the share where they are on the same side"
            }
            Measure::Net => "net: issues on which both are on the same side less those on which they are on opposite ones",
        },
        Mode::Issues(TwoMode::Subtract) => {
            "subtract: the sum of the scores of what an actor says, from −1 (strongly opposes) to 1 for each statement"
        }
        Mode::Issues(TwoMode::Ignore) => "ignore: how many statements an actor makes",
        Mode::Issues(TwoMode::Combine) => {
            "combine: agree, disagree or neutral where all statements say so; contested where they differ, mixed where the actor says both"
        }
    };
    let unit = if matches!(asked.of, Mode::Actors(..)) { "issues that both speak to" } else { "statements" };
    format!("{words}. In brackets: {unit}. A dot or an empty cell: nothing is known.")
}

fn of_pairs(counted: &Counted<'_>, least: u32, measure: Measure, normalise: Normalise) -> Matrix {
    let pairs = agreement::pairs(counted.tally_for(measure), measure, normalise);
    let rows = things(&counted.actors);
    Matrix { columns: rows.clone(), rows, figures: Figures::Pairs(pairs), least, unit: "issue" }
}

fn of_issues(counted: &Counted<'_>, least: u32, mode: TwoMode) -> Matrix {
    let tally = counted.tally();
    let mut columns = counted.issues.clone();
    columns.sort_unstable();
    let mut nth_column = vec![0; columns.len()];
    for (nth, id) in columns.iter().enumerate() {
        counted.issue(*id).into_iter().for_each(|number| nth_column[number] = nth);
    }
    let is_contested = |actor: usize, issue: usize| {
        let cell = counted.census.at(counted.actors[actor], counted.issues[issue]);
        cell.is_some_and(|cell| cell.verdict == Verdict::Contested)
    };
    let row = |actor: usize| {
        let said = tally.of(actor).chunk_by(|a, b| a.issue == b.issue).map(|counts| {
            let on = counts.iter().map(|count| count.count).sum();
            let value = match mode {
                TwoMode::Subtract => Value::Number(counts.iter().map(|count| count.score * f64::from(count.count)).sum()),
                TwoMode::Ignore => Value::Number(f64::from(on)),
                TwoMode::Combine if is_contested(actor, counts[0].issue as usize) => Value::Word("contested"),
                TwoMode::Combine => Value::Word(combined_word(agreement::combined(counts))),
            };
            (nth_column[counts[0].issue as usize], Figure { value, on })
        });
        let mut row: Vec<(usize, Figure)> = said.collect();
        row.extend(
            mixed(counted, counted.actors[actor])
                .map(|(issue, on)| (nth_column[issue], Figure { value: Value::Word("mixed"), on })),
        );
        row.sort_by_key(|(column, _)| *column);
        row.dedup_by_key(|(column, _)| *column);
        row
    };
    Matrix {
        rows: things(&counted.actors),
        columns: columns.into_iter().map(Entity::Issue).collect(),
        figures: Figures::Rows((0..counted.actors.len()).map(row).collect()),
        least,
        unit: "statement",
    }
}

/// Where an actor itself says both, which has no score: the number of the issue, and how many statements.
fn mixed(counted: &Counted<'_>, actor: ActorId) -> impl Iterator<Item = (usize, u32)> {
    let is_mixed = |verdict| verdict == Verdict::Stands(Position::Mixed);
    let cells = counted.census.of(actor).iter().filter(move |cell| is_mixed(cell.verdict));
    cells.filter_map(move |cell| Some((counted.issue(cell.issue)?, counted.evidence(actor, cell.issue).len() as u32)))
}

fn combined_word(combined: Combined) -> &'static str {
    match combined {
        Combined::None => "none",
        Combined::Agree => "agree",
        Combined::Disagree => "disagree",
        Combined::Neutral => "neutral",
        Combined::Mixed => "mixed",
    }
}

/// What is left out because it rests on too little.
fn left_out(matrix: &Matrix, least: u32) -> Option<String> {
    if least < 2 {
        return None;
    }
    let all = Matrix { least: 1, ..matrix.clone() };
    let parts = all.fold(Half::Before, Default::default, |(all, few): &mut (usize, usize), line| {
        line.each(|_, figure| (*all, *few) = (*all + 1, *few + usize::from(figure.on < least)));
    });
    let (all, few) = parts.into_iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let unit = matrix.unit;
    (few > 0).then(|| format!("Left out: {few} of {all} cells, which rest on fewer than {least} {unit}s."))
}

/// A matrix as it is told.
struct Told<'t> {
    counted: &'t Counted<'t>,
    matrix: &'t Matrix,
    asked: &'t MatrixQuestion,
}

impl Told<'_> {
    /// The cells one by one, with the statements behind each.
    fn all_cells(&self, notes: &mut Vec<String>) -> Section {
        let cells = self.matrix.cells().take(MOST_CELLS + 1);
        let mut rows: Vec<Row> = cells.map(|(row, column, figure)| self.cell_row(row, column, figure)).collect();
        if rows.len() > MOST_CELLS {
            rows.truncate(MOST_CELLS);
            notes.push(format!("Only the first {MOST_CELLS} cells are told one by one; --cell A,B tells any."));
        }
        self.section("cells", "Cell by cell").with(rows)
    }

    /// The pairs that agree most and least, where the matrix is too large to read.
    fn extremes(&self, notes: &mut Vec<String>) -> Vec<Section> {
        let number = |figure: &Figure| if let Value::Number(number) = figure.value { number } else { 0.0 };
        let is_pair = self.matrix.is_symmetric();
        let ends = self.matrix.fold(Half::Before, <[First; 2]>::default, |[highest, lowest], line| {
            line.each(|column, figure| {
                let cell = || if is_pair { (column, line.row, figure) } else { (line.row, column, figure) };
                highest.add(-number(&figure), cell);
                lowest.add(number(&figure), cell);
            });
        });
        let [highest, lowest] =
            ends.into_iter().fold(<[First; 2]>::default(), |[high, low], [higher, lower]| [high.and(higher), low.and(lower)]);
        let section = |first: First, key, heading: &str| {
            let rows = first.cells.into_iter().map(|(_, (row, column, figure))| self.cell_row(row, column, figure));
            self.section(key, heading).with(rows)
        };
        let (rows, columns) = (self.matrix.rows.len(), self.matrix.columns.len());
        notes.push(format!("The whole matrix, {rows} × {columns}, is too large to read: --format csv or json prints it."));
        vec![section(highest, "highest", "Highest"), section(lowest, "lowest", "Lowest, below 0")]
    }

    fn section(&self, key: &'static str, heading: &str) -> Section {
        let is_pair = self.matrix.is_symmetric();
        let columns = if is_pair { ["actor", "other", "value", "issues"] } else { ["actor", "issue", "value", "statements"] };
        Section::new(key, heading, &columns)
    }

    fn cell_row(&self, row: usize, column: usize, figure: Figure) -> Row {
        let (row, column) = (self.matrix.rows[row], self.matrix.columns[column]);
        let value = match figure.value {
            Value::Number(number) => Cell::Number(number),
            Value::Word(word) => Cell::text(word),
        };
        Row::new([Cell::Thing(row), Cell::Thing(column), value, Cell::count(figure.on as usize)])
            .because(rows::distinct(self.behind(row, column).into_iter().flat_map(|(_, statements)| statements)))
    }

    /// The statements behind a cell, by issue.
    fn behind(&self, row: Entity, column: Entity) -> Vec<(IssueId, Vec<Evidence>)> {
        let counted = self.counted;
        match (row, column) {
            (Entity::Actor(a), Entity::Actor(b)) => {
                let mut shared: Vec<IssueId> = counted.census.of(a).iter().map(|cell| cell.issue).collect();
                shared.retain(|issue| [a, b].iter().all(|actor| !counted.said(*actor, *issue, self.measure()).is_empty()));
                let both = |issue: IssueId| rows::distinct([a, b].into_iter().flat_map(|actor| counted.evidence(actor, issue)));
                shared.into_iter().map(|issue| (issue, both(issue))).collect()
            }
            (Entity::Actor(actor), Entity::Issue(issue)) => vec![(issue, counted.evidence(actor, issue))],
            _ => Vec::new(),
        }
    }

    fn measure(&self) -> Measure {
        if let Mode::Actors(measure, _) = self.asked.of { measure } else { Measure::Subtract }
    }

    /// One cell: its value, and how it comes about.
    fn one_cell(&self, row: Entity, column: Entity) -> Vec<Section> {
        let place = |things: &[Entity], thing: Entity| things.iter().position(|other| *other == thing);
        let at = place(&self.matrix.rows, row).zip(place(&self.matrix.columns, column));
        let figure = at.and_then(|(row, column)| Some((row, column, self.matrix.figure(row, column)?)));
        // The statements are told below, issue by issue.
        let value = figure.map(|(row, column, figure)| Row { evidence: Vec::new(), ..self.cell_row(row, column, figure) });
        let parts = self.behind(row, column).into_iter().filter(|(_, statements)| !statements.is_empty());
        let by_issue = match self.asked.of {
            Mode::Actors(..) => {
                let parts = parts.map(|(issue, statements)| self.by_issue(row, column, issue).because(statements));
                let columns = by_issue_columns(self.counted.graph, row, column);
                Section { columns, ..Section::new("by_issue", "Issue by issue", &[]) }.with(parts)
            }
            Mode::Issues(_) => {
                let row = |(issue, statements): (IssueId, Vec<Evidence>)| {
                    let standing = actor_of(row).map(|actor| self.position(actor, issue)).unwrap_or_default();
                    Row::new([Cell::Thing(Entity::Issue(issue)), standing]).because(statements)
                };
                Section::new("position", "The position", &["issue", "position"]).with(parts.map(row))
            }
        };
        vec![self.section("cell", "").with(value).or_else(self.no_cell()), by_issue]
    }

    fn no_cell(&self) -> String {
        match (self.asked.of, self.asked.least) {
            (_, least @ 2..) => format!("It rests on fewer than {least} {}s, or on none: no number is given.", self.matrix.unit),
            (Mode::Actors(..), _) => "On no issue do both say something that counts: no number can be given.".to_owned(),
            (Mode::Issues(_), _) => "No statement of the actor on the issue counts: its position is unknown.".to_owned(),
        }
    }

    /// Where both stand on an issue, and what that adds to the measure before it is divided.
    fn by_issue(&self, a: Entity, b: Entity, issue: IssueId) -> Row {
        let actors: Vec<ActorId> = [a, b].into_iter().filter_map(actor_of).collect();
        let said: Vec<Vec<f64>> = actors.iter().map(|actor| self.counted.said(*actor, issue, self.measure())).collect();
        let both = said.iter().zip(0..).flat_map(|(scores, nth)| scores.iter().map(move |score| (nth, 0, *score)));
        let pair = agreement::pairs(Tally::new(2, 1, both.collect()), self.measure(), Normalise::None);
        let positions = actors.iter().map(|actor| self.position(*actor, issue));
        Row::new(std::iter::once(Cell::Thing(Entity::Issue(issue))).chain(positions).chain([Cell::Number(pair.value(0, 1))]))
    }

    fn position(&self, actor: ActorId, issue: IssueId) -> Cell {
        let counted = self.counted;
        let standing = counted.census.at(actor, issue).map(|cell| counted.census.standing(cell, counted.lens));
        standing.map_or(Cell::said(None), |standing| rows::stands(counted.graph, &standing))
    }
}

/// The first few cells by some number below 0, then by row and column.
struct First {
    cells: Vec<(f64, (usize, usize, Figure))>,
    /// What a number must not be above to be among them.
    limit: f64,
}

impl Default for First {
    fn default() -> First {
        First { cells: Vec::new(), limit: -f64::MIN_POSITIVE }
    }
}

impl First {
    #[inline(always)]
    fn add(&mut self, number: f64, cell: impl FnOnce() -> (usize, usize, Figure)) {
        if number <= self.limit {
            self.insert(number, cell());
        }
    }

    fn insert(&mut self, number: f64, cell: (usize, usize, Figure)) {
        let before = |other: &(f64, (usize, usize, Figure))| (other.0, other.1.0, other.1.1) <= (number, cell.0, cell.1);
        let at = self.cells.partition_point(before);
        self.cells.insert(at, (number, cell));
        if self.cells.len() >= EXTREMES {
            self.cells.truncate(EXTREMES);
            self.limit = self.cells[EXTREMES - 1].0;
        }
    }

    fn and(mut self, others: First) -> First {
        others.cells.into_iter().for_each(|(number, cell)| self.add(number, || cell));
        self
    }
}

fn by_issue_columns(graph: &Graph, a: Entity, b: Entity) -> Vec<Column> {
    let plain = |key: &str| Column { key: key.to_owned(), heading: key.to_owned() };
    let of = |entity: Entity| Column { key: graph.id(entity).to_owned(), heading: graph.name(entity).to_owned() };
    vec![plain("issue"), of(a), of(b), plain("adds")]
}

/// Who or what of these has no statement that counts.
fn nothing_said(counted: &Counted<'_>, asked: [Entity; 2], on: &[IssueId]) -> Vec<String> {
    let graph = counted.graph;
    let issues: Vec<&str> = on.iter().map(|id| graph.issues[id.index()].name.as_ref()).collect();
    let on = if issues.is_empty() { String::new() } else { format!(" on {}", joined(&issues)) };
    let silent = |entity: &Entity| match entity {
        Entity::Actor(id) => counted.actor(*id).is_none(),
        Entity::Issue(id) => counted.issue(*id).is_none(),
        _ => false,
    };
    let words = |entity: Entity| match entity {
        Entity::Issue(_) => format!("Nobody's statement on {} counts: all positions on it are unknown.", graph.name(entity)),
        _ => format!("No statement of {}{on} counts: its positions are unknown.", graph.name(entity)),
    };
    asked.into_iter().filter(silent).map(words).collect()
}
