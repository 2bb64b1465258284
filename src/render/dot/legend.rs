//! The legend: a sample of every line and box that the picture shows, and of none that it does not.

use crate::graph::Graph;
use crate::model::{ActorKind, MeetingStatus};
use crate::query::Extract;
use crate::render::dot::look::{ISSUE_BOX, Look, actor_box, meeting_box};
use crate::render::dot::push_style;
use crate::render::dot::words::note;
use crate::render::quote;

/// A kind of box.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Actor(Option<ActorKind>),
    Issue,
    Meeting(Option<MeetingStatus>),
}

/// A box that stands for all of its kind.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) kind: Kind,
    pub(crate) word: String,
}

impl Sample {
    /// Ids of a graph hold no blank: a name with one is nobody's.
    fn name(&self) -> String {
        format!("legend {}", self.word)
    }

    fn shape(&self) -> &'static str {
        match self.kind {
            Kind::Actor(kind) => actor_box(kind),
            Kind::Issue => ISSUE_BOX,
            Kind::Meeting(status) => meeting_box(status),
        }
    }
}

/// The kinds of boxes that a picture shows.
pub(crate) fn samples(graph: &Graph, extract: &Extract) -> Vec<Sample> {
    let mut kinds: Vec<Option<ActorKind>> = extract
        .actors
        .iter()
        .map(|id| graph.actors[id.index()].kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut statuses: Vec<Option<MeetingStatus>> =
        extract.meetings.iter().map(|met| met.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let actors = kinds.into_iter().map(|kind| Sample {
        kind: Kind::Actor(kind),
        word: ActorKind::word_of(kind).to_owned(),
    });
    let issue = (!extract.issues.is_empty()).then(|| Sample {
        kind: Kind::Issue,
        word: "issue".to_owned(),
    });
    let meetings = statuses.into_iter().map(|status| Sample {
        kind: Kind::Meeting(status),
        word: format!("meeting: {}", MeetingStatus::word_of(status)),
    });
    actors.chain(issue).chain(meetings).collect()
}

/// Writes the legend, and what the picture says of itself.
pub(super) fn write(text: &mut String, graph: &Graph, extract: &Extract, used: &[Look]) {
    text.push_str("    subgraph \"cluster legend\" {\n        graph [style=rounded, color=\"#BBBBBB\", margin=10, fontsize=10, tooltip=\"legend\", label=");
    quote::dot_left_lines(text, &note(graph, extract));
    text.push_str("];\n");
    let samples = samples(graph, extract);
    text.push_str("        node [fontsize=10, height=0.25, margin=\"0.1,0.04\"];\n");
    for sample in &samples {
        text.push_str("        ");
        quote::dot(text, &sample.name());
        text.push_str(&format!(" [{}, label=", sample.shape()));
        quote::dot(text, &sample.word);
        text.push_str("];\n");
    }
    let last = lines(text, used);
    boxes(text, &samples, last);
    text.push_str("    }\n");
}

/// So many lines, or boxes, stand in one column of the legend as far as it goes.
const COLUMN: usize = 11;

/// Samples of lines join the rows of two tables, so that they lie close below one another. Says which node is the last.
fn lines(text: &mut String, used: &[Look]) -> Option<String> {
    let (positions, others): (Vec<Look>, Vec<Look>) =
        used.iter().partition(|look| look.is_position());
    let rows: Vec<Look> = positions.into_iter().chain(others).collect();
    let columns = rows.len().div_ceil(COLUMN).max(1);
    let mut last = None;
    for (nth, rows) in rows.chunks(rows.len().div_ceil(columns).max(1)).enumerate() {
        let (lines, words) = (format!("legend lines {nth}"), format!("legend words {nth}"));
        table(text, &lines, &rows.iter().map(|_| " ").collect::<Vec<_>>());
        table(
            text,
            &words,
            &rows.iter().map(|row| row.style().name).collect::<Vec<_>>(),
        );
        for (row, look) in rows.iter().enumerate() {
            text.push_str(&format!(
                "        \"{lines}\":r{row}:e -> \"{words}\":r{row}:w ["
            ));
            push_style(text, look.style());
            text.push_str("];\n");
        }
        unseen(text, last.as_deref(), &lines);
        last = Some(words);
    }
    last
}

/// A column of rows that lines can end at; no word in it is anybody's but ours.
fn table(text: &mut String, name: &str, rows: &[&str]) {
    text.push_str("        ");
    quote::dot(text, name);
    text.push_str(" [shape=plaintext, style=\"\", margin=0, fontsize=10, tooltip=\"legend\", label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">");
    for (nth, row) in rows.iter().enumerate() {
        text.push_str(&format!(
            "<TR><TD PORT=\"r{nth}\" HEIGHT=\"16\" ALIGN=\"LEFT\">\u{A0}{row}</TD></TR>"
        ));
    }
    text.push_str("</TABLE>>];\n");
}

/// Boxes stand behind the lines, those of meetings behind the others.
fn boxes(text: &mut String, samples: &[Sample], mut before: Option<String>) {
    let (meetings, others): (Vec<&Sample>, Vec<&Sample>) = samples
        .iter()
        .partition(|sample| matches!(sample.kind, Kind::Meeting(_)));
    for column in [others, meetings] {
        let names: Vec<String> = column.iter().map(|sample| sample.name()).collect();
        for name in &names {
            unseen(text, before.as_deref(), name);
        }
        before = names.get(names.len() / 2).cloned().or(before);
    }
}

/// A line that is not seen, and puts one thing behind another.
fn unseen(text: &mut String, before: Option<&str>, name: &str) {
    if let Some(before) = before {
        text.push_str("        ");
        quote::dot(text, before);
        text.push_str(" -> ");
        quote::dot(text, name);
        text.push_str(" [style=invis];\n");
    }
}
