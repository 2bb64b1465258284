//! The legend: a sample of every line and box that the drawing shows, and no others.

use crate::diagram::{Color, Diagram, Kind, Look, Theme};
use crate::picture::dot::{Part, push_place, push_shape, push_style};
use crate::picture::quote;

/// Writes a legend.
pub(super) struct Legend<'l> {
    pub(super) text: &'l mut String,
    pub(super) theme: Theme,
    pub(super) part: Part<'l>,
}

/// The name of the box with the picture's notes.
pub(crate) const NOTES: &str = "legend notes";

/// The number of lines or boxes in one column of the legend.
const COLUMN: usize = 11;

impl Legend<'_> {
    /// Writes the legend and the picture's notes, with a frame around them.
    pub(super) fn in_a_box(&mut self, diagram: &Diagram<'_>, used: &[Look]) {
        self.text.push_str(&format!(
            "    subgraph \"cluster legend\" {{\n        graph [style=rounded, color=\"{}\", margin=10, fontsize=10, tooltip=\"legend\", label=",
            self.theme.hex(Color::Faint)
        ));
        quote::dot_left_lines(self.text, &diagram.note());
        self.text.push_str("];\n");
        self.samples(diagram, used);
        self.text.push_str("    }\n");
    }

    /// Writes the legend as boxes of their own, and the notes as one more.
    pub(super) fn apart(&mut self, diagram: &Diagram<'_>, used: &[Look]) {
        let notes = diagram.note();
        if !notes.is_empty() {
            self.text.push_str("        ");
            quote::dot(self.text, NOTES);
            self.text
                .push_str(" [shape=plaintext, style=\"\", margin=0, fontsize=10, label=");
            quote::dot_left_lines(self.text, &notes);
            push_place(self.text, self.part, NOTES);
            self.text.push_str("];\n");
        }
        self.samples(diagram, used);
    }

    fn samples(&mut self, diagram: &Diagram<'_>, used: &[Look]) {
        self.text
            .push_str("        node [fontsize=10, height=0.25, margin=\"0.1,0.04\"];\n");
        let kinds = diagram.kinds();
        for kind in &kinds {
            let name = name(*kind);
            self.text.push_str("        ");
            quote::dot(self.text, &name);
            self.text.push_str(" [");
            push_shape(self.text, *kind, self.theme);
            push_place(self.text, self.part, &name);
            self.text.push_str(", label=");
            quote::dot(self.text, &kind.word());
            self.text.push_str("];\n");
        }
        let last = self.lines(used);
        self.boxes(&kinds, last);
    }

    /// Writes the samples of lines, each joining two rows of two tables so that they lie closely below
    /// one another. Returns the name of the last node.
    fn lines(&mut self, used: &[Look]) -> Option<String> {
        let (positions, others): (Vec<Look>, Vec<Look>) =
            used.iter().partition(|look| look.is_position());
        let rows: Vec<Look> = positions.into_iter().chain(others).collect();
        let columns = rows.len().div_ceil(COLUMN).max(1);
        let mut last = None;
        for (nth, rows) in rows.chunks(rows.len().div_ceil(columns).max(1)).enumerate() {
            let (lines, words) = (format!("legend lines {nth}"), format!("legend words {nth}"));
            self.table(&lines, &rows.iter().map(|_| " ").collect::<Vec<_>>());
            self.table(
                &words,
                &rows.iter().map(|row| row.style().name).collect::<Vec<_>>(),
            );
            for (row, look) in rows.iter().enumerate() {
                self.text.push_str(&format!(
                    "        \"{lines}\":r{row}:e -> \"{words}\":r{row}:w ["
                ));
                push_style(self.text, look.style(), self.theme);
                self.text.push_str("];\n");
            }
            self.unseen(last.as_deref(), &lines);
            last = Some(words);
        }
        last
    }

    /// Writes a column of rows that lines can end at. All words in it are our own, so they need no
    /// escaping.
    fn table(&mut self, name: &str, rows: &[&str]) {
        self.text.push_str("        ");
        quote::dot(self.text, name);
        self.text
            .push_str(" [shape=plaintext, style=\"\", margin=0, fontsize=10, tooltip=\"legend\"");
        push_place(self.text, self.part, name);
        self.text.push_str(
            ", label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">",
        );
        for (nth, row) in rows.iter().enumerate() {
            self.text.push_str(&format!(
                "<TR><TD PORT=\"r{nth}\" HEIGHT=\"16\" ALIGN=\"LEFT\">\u{A0}{row}</TD></TR>"
            ));
        }
        self.text.push_str("</TABLE>>];\n");
    }

    /// Writes the boxes to the right of the lines, those of meetings last.
    fn boxes(&mut self, kinds: &[Kind], mut before: Option<String>) {
        let (meetings, others): (Vec<Kind>, Vec<Kind>) = kinds
            .iter()
            .partition(|kind| matches!(kind, Kind::Meeting(_) | Kind::Letter));
        for column in [others, meetings] {
            let names: Vec<String> = column.into_iter().map(name).collect();
            for name in &names {
                self.unseen(before.as_deref(), name);
            }
            before = names.get(names.len() / 2).cloned().or(before);
        }
    }

    /// Writes an invisible line that puts one node to the right of another, where nothing else does.
    fn unseen(&mut self, before: Option<&str>, name: &str) {
        if let Some(before) = before.filter(|_| !self.part.is_free()) {
            self.text.push_str("        ");
            quote::dot(self.text, before);
            self.text.push_str(" -> ");
            quote::dot(self.text, name);
            self.text.push_str(" [style=invis];\n");
        }
    }
}

/// Returns the node name of a legend box. Graph ids contain no whitespace, so a name with a space
/// can't clash with one.
fn name(kind: Kind) -> String {
    format!("legend {}", kind.word())
}
