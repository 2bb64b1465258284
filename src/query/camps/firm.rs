//! How far camps depend on single statements: each is left out in turn, and camps are found anew.

use crate::graph::{ActorId, IssueId, StanceId, Standing};
use crate::measure::agreement::{Change, Tally};
use crate::measure::camps::{Division, agreeing};
use crate::measure::firm::{Flip, flips, is_near, sample};
use crate::query::{Behind, Evidence, Note, Notes, Said, Table};

use super::{Context, FlipRow};

/// The number of statements up to which each is left out in turn; of more, only a sample.
const ALL: usize = 2_000;
/// The size of the sample.
const SAMPLE: usize = 500;
/// The seed of the sample, fixed so that every run gives the same.
const SEED: u64 = 1;

/// Lists the statements that alone hold somebody in a camp.
pub(super) fn firm(context: &Context<'_>, notes: &mut Notes) -> Table<FlipRow> {
    let counted = context.counted;
    let statements = counted.statements();
    let most = if statements.len() <= ALL { ALL } else { SAMPLE };
    let tried: Vec<StanceId> = sample(statements.len(), most, SEED)
        .into_iter()
        .map(|nth| statements[nth])
        .collect();
    let trials = Trials::new(context, &tried);
    let found = found(context, &trials);
    let all = match tried.len() == statements.len() {
        true if tried.len() == 1 => "the one statement".to_owned(),
        true => format!("each of {} statements", statements.len()),
        false => format!(
            "each of {} statements, a sample (seed {SEED}) of {}",
            tried.len(),
            statements.len()
        ),
    };
    let changing = match found.len() {
        0 => "no camp changes".to_owned(),
        1 => "1 changes a camp".to_owned(),
        several => format!("{several} change a camp"),
    };
    if !statements.is_empty() {
        let how = if is_near(context.tally) {
            ", moving actors from these camps one at a time, because much is said"
        } else {
            ""
        };
        let text = format!("How firm the camps are: {all} was left out in turn{how}; {changing}.");
        notes.push(Note::new("firmness", text).of(found.len()));
    }
    let shown = most_moving(&found, context.asked.most);
    if shown.len() < found.len() {
        let text = format!(
            "{} of {} statements on which a camp depends are shown: `--top` shows more.",
            shown.len(),
            found.len()
        );
        notes.push(Note::new("shown", text).of(shown.len()));
    }
    let rows = shown
        .into_iter()
        .map(|flip| row(context, &trials, tried[flip.trial], flip));
    Table::new("What depends on one statement", rows).first_of(found.len())
}

/// Returns the trials that change a camp.
fn found(context: &Context<'_>, trials: &Trials) -> Vec<Flip> {
    let measure = context.asked.measure;
    let (actors, issues) = (trials.actors.len(), trials.issues.len());
    if (actors, issues) == (context.tally.actors(), context.tally.issues()) {
        return flips(
            context.tally,
            measure,
            context.agreeing,
            context.division,
            &trials.changes,
        );
    }
    let tally: Tally = context.tally.among(actors, issues);
    let mut division: Division = context.division.clone();
    division.of.resize(actors, None);
    flips(
        &tally,
        measure,
        &agreeing(&tally, measure),
        &division,
        &trials.changes,
    )
}

/// Returns the trials that move most actors, in the order of the trials.
fn most_moving(found: &[Flip], most: Option<usize>) -> Vec<&Flip> {
    let mut shown: Vec<&Flip> = found.iter().collect();
    shown.sort_by_key(|flip| std::cmp::Reverse(flip.moved.len()));
    shown.truncate(most.unwrap_or(usize::MAX));
    shown.sort_by_key(|flip| flip.trial);
    shown
}

fn row(context: &Context<'_>, trials: &Trials, statement: StanceId, flip: &Flip) -> FlipRow {
    let graph = context.counted.graph;
    let stance = &graph[statement];
    let moved: Vec<ActorId> = flip.moved.iter().map(|nth| trials.actors[*nth]).collect();
    let fate = context
        .counted
        .census
        .fate(context.counted.graph, statement);
    FlipRow {
        without: stance.actors.as_slice().to_vec(),
        issue: stance.issue,
        says: Said::of(stance),
        date: graph.stance_date(stance),
        sources: stance.sources.as_slice().to_vec(),
        moves: moved,
        camps_then: flip.camps,
        behind: Behind::at(stance.place)
            .because(fate.map(|fate| Evidence::Stance(statement, fate))),
    }
}

/// Trials that each leave out one statement: what would then be said, and by whom.
struct Trials {
    changes: Vec<Vec<Change>>,
    /// The actors that count now, followed by those that count only in a trial.
    actors: Vec<ActorId>,
    /// The issues that count now, followed by those that count only in a trial.
    issues: Vec<IssueId>,
}

impl Trials {
    fn new(context: &Context<'_>, statements: &[StanceId]) -> Trials {
        let counted = context.counted;
        let mut trials = Trials {
            changes: Vec::with_capacity(statements.len()),
            actors: counted.actors.clone(),
            issues: counted.issues.clone(),
        };
        for statement in statements {
            let issue = counted.graph[*statement].issue;
            let without = counted
                .graph
                .without(&counted.census, counted.lens, *statement);
            let changes = without.iter().filter_map(|(actor, standing)| {
                let said = |standing: &Standing| {
                    let (footings, verdict) = (&standing.footings, standing.verdict);
                    counted.said_in(issue, footings, verdict, context.asked.measure)
                };
                let scores = match standing.folded {
                    None => said(standing),
                    Some(_) => Vec::new(),
                };
                let known = counted.actor(*actor).zip(counted.issue(issue));
                (known.is_some() || !scores.is_empty()).then(|| Change {
                    actor: place(&mut trials.actors, counted.actor(*actor), *actor),
                    issue: place(&mut trials.issues, counted.issue(issue), issue),
                    scores,
                })
            });
            trials.changes.push(changes.collect());
        }
        trials
    }
}

/// Returns the index of a thing in `all`; adds it if it is missing.
fn place<T: Copy + PartialEq>(all: &mut Vec<T>, known: Option<usize>, thing: T) -> u32 {
    let found = known.or_else(|| all.iter().rposition(|other| *other == thing));
    found.unwrap_or_else(|| {
        all.push(thing);
        all.len() - 1
    }) as u32
}
