//! The sides of one issue: who is on each, with what weight, and how divided they are.

use crate::graph::{ActorId, Census, Graph, IssueId, Lens, Placed, Side, Verdict};
use crate::measure::polarisation;
use crate::model::Position;
use crate::query::counted::left_to_speak;
use crate::query::rows::{self, MeasureRow};
use crate::query::{Behind, Note, Notes, Table, Word, answer, table};
use crate::words::capital;

use crate::query::few::says_little;

/// The number of categories up to which positions on a whole-numbered scale are counted number by
/// number.
const MOST_CATEGORIES: f64 = 21.0;

answer! {
    /// The sides of one issue.
    pub struct Sides = "sides", ties: Unused {
        /// The sides, those without a score last.
        sides: Table<SideRow>,
        /// How divided they are.
        measures: Table<MeasureRow>,
    }
}

table! {
    /// A side of an issue.
    pub struct SideRow {
        /// The side.
        side: Word,
        /// The number on the issue's scale, if it is one.
        number for programs: Option<f64>,
        /// How many are on it.
        actors: usize,
        /// The sum of their power.
        power: f64,
        /// The sum of their power times salience.
        weight: f64,
        /// The actors.
        who: Vec<ActorId>,
    }
}

/// Returns the sides of an issue.
pub fn sides(graph: &Graph, lens: Lens, issue: IssueId) -> Sides {
    let scope = graph.scope();
    let census = graph.census(lens, |actor, on| on == issue && scope.actor(actor));
    let cells: Vec<&Placed> = census.counted().collect();
    let mut notes = Notes::default();
    notes.extend(rows::topic_only(graph, issue));
    let has_side = |cell: &&&Placed| matches!(cell.verdict, Verdict::Stands(position) if position != Position::Mixed);
    notes.extend(says_little(
        cells.iter().filter(has_side).count(),
        "a known position on it",
        "sides",
    ));
    notes.extend(left_to_speak(graph, &census, |_| true));
    let asked = cells.iter().flat_map(|cell| census.footings(cell));
    notes.extend(rows::attributed(asked.clone()));
    notes.extend(rows::offers(asked));
    // No statement is about these: their position is as unknown as that of actors whose statements
    // leave it open.
    let silent: Vec<ActorId> = scope
        .actors(graph)
        .filter(|actor| census.at(*actor, issue).is_none())
        .collect();
    let sides = by_side(graph, issue, &cells)
        .into_iter()
        .map(|(name, cells)| match name.key == Verdict::Unknown.key() {
            true => (name, cells, &silent[..]),
            false => (name, cells, &[][..]),
        });
    let sides = sides
        .filter(|(_, cells, silent)| !cells.is_empty() || !silent.is_empty())
        .map(|(name, cells, silent)| side_row(graph, &census, name, &cells, silent));
    let sides = Table::new("The sides", sides)
        .or_else("No statement is about it: all positions on it are unknown.");
    let of_silent = silent.iter().map(|actor| (graph[*actor].power, None));
    let heard = cells.iter().map(|cell| (cell.power, cell.salience));
    notes.extend(weights(heard.chain(of_silent)));
    let record = &graph[issue];
    notes.extend(
        rows::lost_measure(record)
            .map(|lost| Note::new("lost_measure", format!("{}.", capital(&lost)))),
    );
    let positions = cells.iter().filter_map(|cell| match cell.verdict {
        Verdict::Stands(position) => graph.score(issue, position).map(|score| (position, score)),
        _ => None,
    });
    let measures = divided(graph, issue, &positions.collect::<Vec<_>>(), &mut notes);
    Sides {
        title: format!("Sides on {}", graph[issue].name),
        sides,
        measures,
        notes,
    }
}

/// Groups actors by the sides of an issue, in the order of the table, and by their numbers on its
/// scale.
fn by_side<'c>(
    graph: &Graph,
    issue: IssueId,
    cells: &[&'c Placed],
) -> Vec<(Word, Vec<&'c Placed>)> {
    let on = |name: Word, wanted: &dyn Fn(Verdict) -> bool| {
        let cells = cells.iter().copied();
        (name, cells.filter(|cell| wanted(cell.verdict)).collect())
    };
    let side = |name: Word, wanted: Side| {
        on(
            name,
            &|verdict| matches!(verdict, Verdict::Stands(position) if Side::of(position) == wanted),
        )
    };
    let verdict = |verdict: Verdict| on(Word::of(verdict), &|own| own == verdict);
    let mut sides = vec![
        side(Word::from("for"), Side::Supports),
        verdict(Verdict::Stands(Position::Neutral)),
        side(Word::from("against"), Side::Opposes),
    ];
    sides.extend(numbers(issue, graph, cells));
    sides.extend([
        verdict(Verdict::Stands(Position::Mixed)),
        verdict(Verdict::Contested),
        verdict(Verdict::Unknown),
    ]);
    sides
}

/// Groups actors by their number on the scale, from its beginning to its end; if the scale can't be
/// read, by the numbers themselves.
fn numbers<'c>(
    issue: IssueId,
    graph: &Graph,
    cells: &[&'c Placed],
) -> Vec<(Word, Vec<&'c Placed>)> {
    let number = |cell: &Placed| match cell.verdict {
        Verdict::Stands(position @ Position::At(number)) => {
            let score = graph.score(issue, position);
            Some((score.unwrap_or(number), number))
        }
        _ => None,
    };
    let mut placed: Vec<(f64, f64, &Placed)> = cells
        .iter()
        .filter_map(|cell| number(cell).map(|(score, number)| (score, number, *cell)))
        .collect();
    placed.sort_by(|one, other| one.0.total_cmp(&other.0));
    let at = placed.chunk_by(|one, other| one.1 == other.1);
    at.map(|at| {
        (
            Word::new("at", format!("at {}", at[0].1)),
            at.iter().map(|(.., cell)| *cell).collect(),
        )
    })
    .collect()
}

fn side_row(
    graph: &Graph,
    census: &Census,
    name: Word,
    cells: &[&Placed],
    silent: &[ActorId],
) -> SideRow {
    let of = |actor: &ActorId| graph[*actor].power.unwrap_or(1.0);
    let unheard: f64 = silent.iter().map(of).sum();
    let power = |cell: &&Placed| cell.power.unwrap_or(1.0);
    let weight = |cell: &&Placed| power(cell) * cell.salience.unwrap_or(1.0);
    let evidence = cells
        .iter()
        .flat_map(|cell| census.footings(cell))
        .map(rows::evidence);
    let who = cells.iter().map(|cell| cell.actor);
    SideRow {
        side: name,
        number: cells.first().and_then(|cell| cell.verdict.number()),
        actors: cells.len() + silent.len(),
        power: cells.iter().map(power).sum::<f64>() + unheard,
        weight: cells.iter().map(weight).sum::<f64>() + unheard,
        who: who.chain(silent.iter().copied()).collect(),
        behind: Behind::default().because(rows::distinct(evidence)),
    }
}

/// Notes how many actors have no known power or salience, for which weights assume 1.
fn weights(known: impl Iterator<Item = (Option<f64>, Option<f64>)>) -> Option<Note> {
    let (mut powerless, mut indifferent) = (0, 0);
    for (power, salience) in known {
        powerless += usize::from(power.is_none());
        indifferent += usize::from(salience.is_none());
    }
    let of = |count: usize, what: &str| (count > 0).then(|| format!("{what} of {count}"));
    let taken: Vec<String> = [of(powerless, "the power"), of(indifferent, "the salience")]
        .into_iter()
        .flatten()
        .collect();
    (!taken.is_empty()).then(|| {
        let text = format!(
            "Weight is power times salience. Unknown and taken to be 1: {}.",
            crate::words::joined(&taken)
        );
        Note::new("weights", text)
    })
}

/// Measures van der Eijk's agreement over the levels of the issue.
fn divided(
    graph: &Graph,
    issue: IssueId,
    positions: &[(Position, f64)],
    notes: &mut Notes,
) -> Table<MeasureRow> {
    let (levels, scale) = (graph[issue].levels, graph[issue].scale);
    let whole = |number: f64| number.fract() == 0.0;
    let numbers: Vec<f64> = positions
        .iter()
        .filter_map(|(position, _)| {
            if let Position::At(x) = position {
                Some(*x)
            } else {
                None
            }
        })
        .collect();
    let by_number = scale.filter(|(from, to)| {
        numbers.len() == positions.len()
            && whole(*from)
            && whole(*to)
            && (to - from).abs() < MOST_CATEGORIES
            && numbers.iter().all(|x| whole(*x))
    });
    let last = match by_number {
        Some((from, to)) => (to - from).abs(),
        None if scale.is_some() => 4.0,
        None => match levels {
            Some(levels) => f64::from(levels) - 1.0,
            None => return Table::new("", []),
        },
    };
    let categories = last as usize + 1;
    let nth = |score: f64| (((score + 1.0) / 2.0 * last).round() as usize).min(categories - 1);
    let mut cases = vec![0.0; categories];
    for (_, score) in positions {
        cases[nth(*score)] += 1.0;
    }
    if positions.len() < 2 {
        return Table::new("", []);
    }
    let among = if scale.is_some() && by_number.is_none() {
        ", numbers rounded to the nearest of five"
    } else {
        ""
    };
    let text = format!(
        "Agreement: van der Eijk's A over {categories} levels{among}, from −1 to 1; polarisation is (1 − A)/2."
    );
    notes.push(Note::new("measures", text));
    let measures = [
        ("agreement", polarisation::agreement(&cases)),
        ("polarisation", polarisation::polarisation(&cases)),
    ];
    let rows = measures
        .into_iter()
        .filter_map(|(name, value)| Some(rows::measure(name, value?)));
    Table::new("How divided", rows)
}
