//! A drawing as a Mermaid flowchart, for tools that render one inside Markdown. It shows less than
//! DOT: there are no tooltips, and Mermaid draws no more than 500 lines unless its page allows
//! more.

use std::io;

use crate::diagram::{
    Color, Dash, Diagram, Edge, Group, Kind, Look, Mark, Node, Style, Theme, Words,
};
use crate::graph::Entity;
use crate::model::{ActorKind, MeetingStatus};
use crate::picture::quote;
use crate::picture::written::{Format, write};
use crate::words::verdict_word;

/// Writes a drawing as a Mermaid flowchart. The same drawing gives the same bytes.
///
/// # Errors
///
/// Fails if `out` can't be written to.
pub fn mermaid(diagram: &Diagram<'_>, theme: Theme, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page {
        diagram,
        theme,
        text: String::new(),
        words: Words::narrow(diagram.graph),
        lines: 0,
        first: 0,
        group: None,
    };
    write(&mut page, diagram, out)
}

/// The state of the writer.
struct Page<'p> {
    diagram: &'p Diagram<'p>,
    theme: Theme,
    text: String,
    words: Words<'p>,
    /// The number of lines written so far; Mermaid styles lines by number.
    lines: usize,
    /// The number of the first line of the current look.
    first: usize,
    /// The number of the group that is open.
    group: Option<u32>,
}

impl Format for Page<'_> {
    fn text(&mut self) -> &mut String {
        &mut self.text
    }

    /// Writes the title and the styles of each class of boxes.
    fn head(&mut self) {
        self.text.push_str("---\ntitle: ");
        quote::mermaid_title(&mut self.text, &self.diagram.title().join(" "));
        // Narrow enough for the column of a page that shows Markdown. Lines are broken here.
        self.text.push_str("\nconfig:\n  flowchart:\n    nodeSpacing: 20\n    rankSpacing: 30\n    padding: 8\n    wrappingWidth: 500");
        if self.theme == Theme::Dark {
            self.text.push_str("\n  theme: dark");
        }
        self.text.push_str("\n---\nflowchart LR\n");
        let ink = self.theme.hex(Color::Ink);
        let classes = [
            ("state", Color::Actor, Color::Ink, ",stroke-width:2px"),
            ("actor", Color::Actor, Color::Ink, ""),
            ("issue", Color::Issue, Color::Ink, ""),
            ("held", Color::Note, Color::Ink, ""),
            ("expected", Color::Note, Color::Ink, ",stroke-dasharray:6 4"),
            ("off", Color::Panel, Color::Ink, ",stroke-dasharray:2 3"),
            ("legend", Color::Page, Color::Faint, ""),
            ("group", Color::Panel, Color::Panel, ""),
        ];
        for (class, fill, stroke, more) in classes {
            let (fill, stroke) = (self.theme.hex(fill), self.theme.hex(stroke));
            self.text.push_str(&format!(
                "    classDef {class} fill:{fill},stroke:{stroke}{more},color:{ink}\n"
            ));
        }
    }

    fn open(&mut self, group: &Group) {
        let name = group.home.0;
        self.group = Some(name);
        self.text
            .push_str(&format!("    subgraph c{name} [\" \"]\n"));
    }

    fn close(&mut self) {
        self.text.push_str("    end\n");
        if let Some(name) = self.group.take() {
            self.text.push_str(&format!("    class c{name} group\n"));
        }
    }

    fn node(&mut self, node: &Node<'_>) {
        let label = self.words.node_label(node, self.diagram);
        let kind = node.kind(self.diagram.graph);
        self.drawn(&name(node.entity()), kind, &label);
    }

    fn begin(&mut self, _: Look) {
        self.first = self.lines;
    }

    fn edge(&mut self, edge: &Edge<'_>) {
        let label = self.label(edge);
        self.line(&name(edge.from), edge.look, &label, &name(edge.to));
    }

    fn end(&mut self, look: Look) {
        let numbers: Vec<String> = (self.first..self.lines)
            .map(|number| number.to_string())
            .collect();
        self.link_style(&numbers.join(","), look.style());
    }

    fn legend(&mut self, used: &[Look]) {
        let notes = self.diagram.note_within(NOTE);
        if !notes.is_empty() {
            self.text.push_str("    notes[");
            quote::mermaid(&mut self.text, &notes);
            self.text.push_str("]:::legend\n");
        }
        // Within a subgraph the direction is another one, if it is not stated.
        self.text
            .push_str("    subgraph legend [\" \"]\n    direction LR\n");
        let first = self.lines;
        for (nth, &look) in used.iter().enumerate() {
            self.text.push_str(&format!(
                "    k{nth}[\" \"]:::legend\n    w{nth}[\" \"]:::legend\n"
            ));
            self.line(
                &format!("k{nth}"),
                look,
                &[look.style().name.to_owned()],
                &format!("w{nth}"),
            );
        }
        for (nth, kind) in self.diagram.kinds().into_iter().enumerate() {
            self.drawn(&format!("s{nth}"), kind, &[kind.word()]);
        }
        self.text.push_str("    end\n    class legend legend\n");
        for (nth, look) in used.iter().enumerate() {
            self.link_style(&(first + nth).to_string(), look.style());
        }
    }
}

impl Page<'_> {
    fn drawn(&mut self, name: &str, kind: Kind, label: &[String]) {
        let (open, close, class) = match kind {
            Kind::Actor(Some(ActorKind::State)) => ("[", "]", "state"),
            Kind::Actor(Some(ActorKind::Organization)) => ("[[", "]]", "actor"),
            Kind::Actor(Some(ActorKind::Person)) => ("(", ")", "actor"),
            Kind::Actor(Some(ActorKind::Group)) => ("[/", "\\]", "actor"),
            Kind::Actor(None) => ("[", "]", "actor"),
            Kind::Issue => ("{{", "}}", "issue"),
            Kind::Letter => ("[/", "/]", "held"),
            Kind::Meeting(Some(MeetingStatus::Held)) => (">", "]", "held"),
            Kind::Meeting(Some(MeetingStatus::Planned | MeetingStatus::Invited)) => {
                (">", "]", "expected")
            }
            Kind::Meeting(
                None
                | Some(MeetingStatus::Postponed | MeetingStatus::Cancelled | MeetingStatus::Refused),
            ) => (">", "]", "off"),
        };
        self.text.push_str(&format!("    {name}{open}"));
        quote::mermaid(&mut self.text, label);
        self.text.push_str(&format!("{close}:::{class}\n"));
    }

    /// Returns the label of a line. Mermaid has fewer kinds of lines, so a word is added where one
    /// kind stands for two.
    fn label(&self, edge: &Edge<'_>) -> Vec<String> {
        let mut label = self.words.edge_label(edge);
        let word = match edge.look {
            Look::Mixed => verdict_word!(mixed),
            Look::Contested => verdict_word!(contested),
            Look::Partner => "partners",
            Look::Agreement => "agreement",
            Look::Unknown => verdict_word!(unknown),
            Look::WouldSupport | Look::WouldOppose | Look::WouldStandElsewhere => "offer",
            _ => return label,
        };
        label.insert(0, word.to_owned());
        label
    }

    fn line(&mut self, from: &str, look: Look, label: &[String], to: &str) {
        self.text
            .push_str(&format!("    {from} {}", arrow(look.style())));
        if !label.is_empty() {
            self.text.push('|');
            quote::mermaid(&mut self.text, label);
            self.text.push('|');
        }
        self.text.push_str(&format!(" {to}\n"));
        self.lines += 1;
    }

    fn link_style(&mut self, numbers: &str, style: Style) {
        let color = self.theme.hex(style.mark_color());
        let width = if is_strong(style) { 3.0 } else { 1.5 };
        self.text.push_str(&format!(
            "    linkStyle {numbers} stroke:{color},stroke-width:{width}px\n"
        ));
    }
}

/// The width, in characters, at which notes wrap.
const NOTE: usize = 32;

/// Returns whether a line is thick.
fn is_strong(style: Style) -> bool {
    matches!(style.head, Mark::Arrows | Mark::Bars)
}

/// Returns a line and its ends in Mermaid's syntax.
fn arrow(style: Style) -> String {
    let dash = style.second.map_or(style.dash, |(_, dash)| dash);
    // The stem of the line, and its last character where the end has no mark.
    let (line, plain) = match dash {
        _ if is_strong(style) => ("==", "="),
        Dash::Dashed | Dash::Dotted | Dash::DashDot => ("-.-", ""),
        Dash::Solid if style.second.is_some() => ("==", "="),
        Dash::Solid => ("--", "-"),
    };
    let (open, close) = match (style.tail, style.head) {
        (Mark::Ring, _) => ("o", "o"),
        (_, Mark::None | Mark::Dot | Mark::Question) => ("", plain),
        (_, Mark::Arrow | Mark::Arrows | Mark::Vee | Mark::HollowArrow) => ("", ">"),
        (_, Mark::Bar | Mark::Bars | Mark::HollowBar) => ("", "x"),
        (_, Mark::Ring | Mark::Square | Mark::HollowDiamond) => ("", "o"),
        (_, Mark::Diamond | Mark::Halves | Mark::Plus) => ("<", ">"),
        (_, Mark::Minus) => ("x", "x"),
    };
    format!("{open}{line}{close}")
}

/// Returns a name that has no meaning in Mermaid, whatever the ids of the graph are.
fn name(entity: Entity) -> String {
    match entity {
        Entity::Actor(id) => format!("a{}", id.0),
        Entity::Issue(id) => format!("i{}", id.0),
        Entity::Meeting(id) => format!("m{}", id.0),
        Entity::Source(id) => format!("r{}", id.0),
        Entity::Fact(id) => format!("f{}", id.0),
    }
}

#[cfg(test)]
mod tests {
    use super::arrow;
    use crate::diagram::Look;

    #[test]
    fn every_line_is_one_that_mermaid_reads() {
        for look in Look::ALL {
            let arrow = arrow(look.style());
            let line = arrow.trim_start_matches(['<', 'x', 'o']);
            let line = line.trim_end_matches(['>', 'x', 'o']);
            let known = match arrow.len() - line.len() {
                0 => ["---", "===", "-.-"],
                _ => ["--", "==", "-.-"],
            };
            assert!(known.contains(&line), "{look:?}: {arrow}");
        }
    }
}
