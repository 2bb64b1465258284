//! The legend and the notes of a map, and a description for people who can't see it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::importance::unnamed;
use crate::diagram::labels::{look_words, question, verdict_words};
use crate::diagram::{Behind, Color, Diagram, Kind, Look};
use crate::graph::{Graph, IssueId};
use crate::picture::frame::Entry;
use crate::picture::map::plan::{Boxes, NAMED, Plan};
use crate::picture::marks::mark;
use crate::picture::scene::{Bounds, Form, Item, Point, Stroke};
use crate::picture::strands::Strand;
use crate::query::{Extract, Line};
use crate::words::{by_number, counted, first_few, joined};

/// The most actors named that are left out.
const LONE: usize = 8;
/// The most issues a description covers.
const DESCRIBED: usize = 40;

pub(super) fn subtitle(plan: &Plan) -> String {
    match (plan.stances.is_empty(), plan.arms.is_empty()) {
        (false, false) => "Who met whom, and who stands where on what",
        (true, false) => "Who met whom",
        (false, true) => "Who stands where on what",
        (true, true) => "No position and no meeting is known",
    }
    .to_owned()
}

/// Returns an entry for every sign that the map shows, and no others.
pub(super) fn legend(diagram: &Diagram<'_>, plan: &Plan) -> Vec<Entry> {
    let positions: BTreeSet<Look> = plan.stances.iter().map(|stance| stance.look).collect();
    let parts: BTreeSet<Look> = plan.arms.iter().map(|arm| arm.look).collect();
    let looks = positions.into_iter().chain(parts);
    let entry = |look: Look| match look {
        Look::Number => ramp(),
        look => Entry {
            words: look_words(diagram.extract, look),
            ..Strand::of(look).entry()
        },
    };
    let mut entries: Vec<Entry> = looks.map(entry).collect();
    if plan.stances.iter().any(|stance| stance.salience.is_some()) {
        let line = |y: f64, width: f64| {
            Item::line(
                Point::new(1.0, y),
                Point::new(35.0, y),
                Stroke::solid(Color::Ink, width),
            )
        };
        entries.push(Entry {
            sample: vec![line(4.0, 0.8), line(11.0, 4.0)],
            words: "thin to thick: matters little to a lot (salience)".to_owned(),
        });
    }
    entries.extend(diagram.kinds().into_iter().map(|kind| match kind {
        Kind::Issue if plan.asks => Entry {
            words: "issue, and what a supporter says yes to".to_owned(),
            ..kind.entry()
        },
        kind => kind.entry(),
    }));
    entries.extend(panels(plan));
    entries
}

/// Returns the entry of the frames around what belongs together.
fn panels(plan: &Plan) -> Option<Entry> {
    let has = |boxes: &Boxes| boxes.column.parents.iter().any(Option::is_some);
    let framed = [
        (has(&plan.actors), "an actor and who speaks for it"),
        (has(&plan.issues), "an issue and its parts"),
        (has(&plan.meetings), "a meeting and its parts"),
    ];
    let framed: Vec<&str> = framed
        .into_iter()
        .filter_map(|(has, words)| has.then_some(words))
        .collect();
    let frame = Item::shape(
        Form::Rect(Bounds::new(4.0, 1.0, 28.0, 14.0), 5.0),
        Some(Color::Panel),
        Some(Stroke::solid(Color::Faint, 0.8)),
    );
    (!framed.is_empty()).then(|| Entry {
        sample: vec![frame],
        words: framed.join("; "),
    })
}

/// Returns the entry of numbers, in all their colours.
fn ramp() -> Entry {
    let strand = Strand::of(Look::Number);
    let piece = |step: u8| {
        let left = 1.0 + 5.2 * f64::from(step);
        Item::line(
            Point::new(left, 8.0),
            Point::new(left + 5.2, 8.0),
            Stroke::solid(Color::ScaleLine(step), 2.4),
        )
    };
    let mut sample: Vec<Item> = (0..5).map(piece).collect();
    let end = Point::new(35.0, 8.0);
    let color = Color::ScaleLine(4);
    sample.extend(mark(strand.mark, end, Point::new(1.0, 0.0), color));
    Entry {
        sample,
        words: format!("{}: low to high", strand.name),
    }
}

pub(super) fn notes(diagram: &Diagram<'_>, plan: &Plan) -> Vec<String> {
    let mut notes = diagram.notes.clone();
    notes.extend(unnamed(plan.unnamed, NAMED));
    if !plan.lone.is_empty() {
        let named = first_few(&plan.lone, LONE, |entity| {
            diagram.graph.name(*entity).to_owned()
        });
        notes.push(format!(
            "Not drawn, as no line leads there: {}.",
            named.join(", ")
        ));
    }
    if plan.bundles().is_some() {
        notes.push(
            "Lines of one position on an issue run together, and a number counts them; the matrix shows each by itself."
                .to_owned(),
        );
    }
    notes.extend(diagram.doubt(|edge| !matches!(edge.behind, Behind::Ties(_))));
    let ties = diagram.extract.ties.len();
    if ties > 0 {
        notes.push(format!(
            "{} between actors {} not drawn here: the network shows ties.",
            counted(ties, "tie"),
            by_number(ties, "is", "are")
        ));
    }
    notes
}

/// Describes the map in words: who stands where, issue by issue.
pub(super) fn description(graph: &Graph, extract: &Extract) -> String {
    let mut sentences = vec![format!(
        "A map of {}, {} and {}.",
        counted(extract.actors.len(), "actor"),
        counted(extract.issues.len(), "issue"),
        counted(extract.meetings.len(), "meeting")
    )];
    let mut on: BTreeMap<IssueId, Vec<&Line>> = BTreeMap::new();
    for line in extract.lines.known().iter().chain(&extract.unknown) {
        on.entry(line.issue).or_default().push(line);
    }
    for (issue, lines) in on.iter().take(DESCRIBED) {
        let name = &graph[*issue].name;
        let question =
            question(graph, *issue).map_or_else(String::new, |question| format!(" {question}"));
        sentences.push(format!(
            "{name}:{question} {}.",
            standings(graph, lines).join("; ")
        ));
    }
    if on.len() > DESCRIBED {
        sentences.push(format!(
            "And positions on {}.",
            counted(on.len() - DESCRIBED, "more issue")
        ));
    }
    sentences.join(" ")
}

/// Groups actors by position: `supports: A and B`.
fn standings(graph: &Graph, lines: &[&Line]) -> Vec<String> {
    let mut by_word: Vec<(String, Vec<&str>)> = Vec::new();
    for line in lines {
        let (word, name) = (
            verdict_words(line.standing.verdict),
            graph[line.actor].name.as_ref(),
        );
        match by_word.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push(name),
            None => by_word.push((word, vec![name])),
        }
    }
    by_word
        .into_iter()
        .map(|(word, names)| format!("{word}: {}", joined(&names)))
        .collect()
}
