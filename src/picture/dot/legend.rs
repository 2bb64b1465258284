//! The legend: a sample of every line and box that the drawing shows, and no others.

use crate::diagram::{Color, Diagram, Kind, Look, Theme};
use crate::picture::dot::{push_shape, push_style};
use crate::picture::quote;

/// Writes the legend and the picture's notes.
pub(super) fn write(text: &mut String, diagram: &Diagram<'_>, theme: Theme, used: &[Look]) {
    text.push_str(&format!(
        "    subgraph \"cluster legend\" {{\n        graph [style=rounded, color=\"{}\", margin=10, fontsize=10, tooltip=\"legend\", label=",
        theme.hex(Color::Faint)
    ));
    quote::dot_left_lines(text, &diagram.note());
    text.push_str("];\n        node [fontsize=10, height=0.25, margin=\"0.1,0.04\"];\n");
    let kinds = diagram.kinds();
    for kind in &kinds {
        text.push_str("        ");
        quote::dot(text, &name(*kind));
        text.push_str(" [");
        push_shape(text, *kind, theme);
        text.push_str(", label=");
        quote::dot(text, &kind.word());
        text.push_str("];\n");
    }
    let last = lines(text, theme, used);
    boxes(text, &kinds, last);
    text.push_str("    }\n");
}

/// Returns the node name of a legend box. Graph ids contain no whitespace, so a name with a space
/// can't clash with one.
fn name(kind: Kind) -> String {
    format!("legend {}", kind.word())
}

/// The number of lines or boxes in one column of the legend.
const COLUMN: usize = 11;

/// Writes the samples of lines, each joining two rows of two tables so that they lie closely below
/// one another. Returns the name of the last node.
fn lines(text: &mut String, theme: Theme, used: &[Look]) -> Option<String> {
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
            push_style(text, look.style(), theme);
            text.push_str("];\n");
        }
        unseen(text, last.as_deref(), &lines);
        last = Some(words);
    }
    last
}

/// Writes a column of rows that lines can end at. All words in it are our own, so they need no
/// escaping.
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

/// Writes the boxes to the right of the lines, those of meetings last.
fn boxes(text: &mut String, kinds: &[Kind], mut before: Option<String>) {
    let (meetings, others): (Vec<Kind>, Vec<Kind>) = kinds
        .iter()
        .partition(|kind| matches!(kind, Kind::Meeting(_) | Kind::Letter));
    for column in [others, meetings] {
        let names: Vec<String> = column.into_iter().map(name).collect();
        for name in &names {
            unseen(text, before.as_deref(), name);
        }
        before = names.get(names.len() / 2).cloned().or(before);
    }
}

/// Writes an invisible line that puts one node to the right of another.
fn unseen(text: &mut String, before: Option<&str>, name: &str) {
    if let Some(before) = before {
        text.push_str("        ");
        quote::dot(text, before);
        text.push_str(" -> ");
        quote::dot(text, name);
        text.push_str(" [style=invis];\n");
    }
}
