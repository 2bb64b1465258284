//! The cells of a matrix: of every two actors, or of every actor and issue.

use crate::graph::{ActorId, Entity, Verdict};
use crate::measure::agreement::{self, Count, Half, Measure, Normalise};
use crate::model::Position;
use crate::query::counted::{Counted, things};
use crate::query::{Combined, Figure, Figures, Matrix, Note, TwoMode, Value};
use crate::words::by_number;

pub(super) fn of_pairs(
    counted: &Counted<'_>,
    least: u32,
    measure: Measure,
    normalise: Normalise,
) -> Matrix {
    let pairs = agreement::pairs(counted.tally_for(measure), measure, normalise);
    let rows = things(&counted.actors);
    Matrix {
        columns: rows.clone(),
        rows,
        figures: Figures::Pairs(pairs),
        least,
        unit: "issue",
        evidence: counted.all_evidence(),
    }
}

pub(super) fn of_issues(counted: &Counted<'_>, least: u32, mode: TwoMode) -> Matrix {
    let tally = counted.tally();
    let mut columns = counted.issues.clone();
    columns.sort_unstable();
    let mut nth_column = vec![0; columns.len()];
    for (nth, id) in columns.iter().enumerate() {
        if let Some(number) = counted.issue(*id) {
            nth_column[number] = nth;
        }
    }
    let row = |actor: usize| {
        let said = tally.of(actor).chunk_by(|a, b| a.issue == b.issue);
        let said = said.map(|counts| {
            let on = counts.iter().map(|count| count.count).sum();
            let issue = counts[0].issue as usize;
            let value = match mode {
                TwoMode::Subtract => Value::Number(
                    counts
                        .iter()
                        .map(|count| count.score * f64::from(count.count))
                        .sum(),
                ),
                TwoMode::Ignore => Value::Number(f64::from(on)),
                TwoMode::Combine => Value::Word(word(counted, actor, issue, counts)),
            };
            (issue, value, on)
        });
        let mixed = mixed(counted, counted.actors[actor]);
        let mixed = mixed.map(|(issue, on)| (issue, Value::Word(Combined::Mixed), on));
        let figures = said.chain(mixed).map(|(issue, value, on)| {
            let sides = None;
            (nth_column[issue], Figure { value, on, sides })
        });
        let mut row: Vec<(usize, Figure)> = figures.collect();
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
        evidence: counted.all_evidence(),
    }
}

/// Returns the word for all that an actor says on an issue, both by their numbers.
fn word(counted: &Counted<'_>, actor: usize, issue: usize, counts: &[Count]) -> Combined {
    let (actor, issue) = (counted.actors[actor], counted.issues[issue]);
    let cell = counted.census.at(actor, issue);
    if cell.is_some_and(|cell| cell.verdict == Verdict::Contested) {
        Combined::Contested
    } else if counted.names_number(actor, issue) {
        Combined::Number
    } else {
        combined(counts)
    }
}

/// Returns the issues on which the actor itself says both, which has no score: the number of the
/// issue, and the number of statements.
fn mixed(counted: &Counted<'_>, actor: ActorId) -> impl Iterator<Item = (usize, u32)> {
    let is_mixed = |verdict| verdict == Verdict::Stands(Position::Mixed);
    let cells = counted
        .census
        .of(actor)
        .iter()
        .filter(move |cell| is_mixed(cell.verdict) && cell.folded.is_none());
    cells.filter_map(move |cell| {
        Some((
            counted.issue(cell.issue)?,
            counted.evidence(actor, cell.issue).len() as u32,
        ))
    })
}

fn combined(counts: &[agreement::Count]) -> Combined {
    match agreement::combined(counts) {
        agreement::Combined::None => Combined::None,
        agreement::Combined::Agree => Combined::Agree,
        agreement::Combined::Disagree => Combined::Disagree,
        agreement::Combined::Neutral => Combined::Neutral,
        agreement::Combined::Mixed => Combined::Mixed,
    }
}

/// Notes how many cells are left out because they rest on too little.
pub(super) fn left_out(matrix: &Matrix, least: u32) -> Option<Note> {
    if least < 2 {
        return None;
    }
    let all = Matrix {
        least: 1,
        ..matrix.clone()
    };
    let parts = all.fold(
        Half::Before,
        Default::default,
        |(all, few): &mut (usize, usize), line| {
            line.each(|_, figure| (*all, *few) = (*all + 1, *few + usize::from(figure.on < least)));
        },
    );
    let (all, few) = parts
        .into_iter()
        .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let unit = matrix.unit;
    (few > 0).then(|| {
        let rest = by_number(few, "rests", "rest");
        let text =
            format!("Left out: {few} of {all} cells, which {rest} on fewer than {least} {unit}s.");
        Note::new("too_few", text).of(few)
    })
}
