//! A drawing as DOT, for Graphviz and other readers. A map has, from the left, meetings, people,
//! those they speak for, issues and wider issues.

pub(crate) mod legend;

use std::collections::HashMap;
use std::io;

use crate::diagram::{
    Behind, Color, Dash, Diagram, Edge, Group, Kind, Look, Mark, Node, Style, Theme, Words,
};
use crate::graph::Entity;
use crate::model::{ActorKind, MeetingStatus};
use crate::picture::dot::legend::Legend;
use crate::picture::quote;
use crate::picture::written::{Format, looks, write};

const FONT: &str = "fontname=\"Helvetica,Arial,sans-serif\"";

/// Writes a drawing as DOT. The same drawing gives the same bytes.
///
/// Node names are the ids of actors, issues and meetings. Where a drawing shows single statements
/// instead of positions, boxes and lines have no tooltips.
///
/// # Errors
///
/// Fails if `out` can't be written to.
///
/// ```
/// use demarche::diagram::{Theme, map};
/// use demarche::graph::Lens;
/// use demarche::model::Day;
/// use demarche::query::{Excerpt, extract};
///
/// let (graph, _) = demarche::resolve::read("trade.ron", r#"Graph(
///     actors: { "us": (name: "United States", kind: State) },
///     issues: { "trade": (name: "Trade", question: "Should trade be freer?") },
///     stances: [(actor: "us", issue: "trade", position: Supports)],
/// )"#);
/// let extract = extract(&graph, Lens::as_of(Day::LAST), &Excerpt::default());
/// let mut dot = Vec::new();
/// demarche::picture::dot(&map(&graph, &extract), Theme::Light, &mut dot)?;
/// assert!(String::from_utf8(dot).unwrap().contains(r#""us" -> "trade""#));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn dot(diagram: &Diagram<'_>, theme: Theme, out: &mut dyn io::Write) -> io::Result<()> {
    dot_part(diagram, theme, Part::Whole, out)
}

/// What of a drawing is written as DOT.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "graphviz"),
    allow(dead_code, reason = "only Graphviz lays out parts")
)]
pub(crate) enum Part<'p> {
    /// All of it, in columns, for the program `dot`.
    Whole,
    /// Its boxes and lines, for a program that lays out freely. Such programs take no note of groups.
    Boxes,
    /// Its legend.
    Legend,
    /// Boxes, lines and legend, with the middle of each box in points, by its name.
    Placed(&'p HashMap<String, [f64; 2]>),
}

impl Part<'_> {
    /// Returns whether boxes stand where a program for free layouts puts them.
    fn is_free(self) -> bool {
        matches!(self, Part::Boxes | Part::Placed(_))
    }
}

/// Like [`dot()`], of a part of the drawing.
pub(crate) fn dot_part(
    diagram: &Diagram<'_>,
    theme: Theme,
    part: Part<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let is_actor = |node: &Node<'_>| match node {
        Node::Actor(_) => true,
        Node::Issue(_) | Node::Meeting(_) => false,
    };
    let mut page = Page {
        diagram,
        theme,
        text: String::new(),
        words: Words::new(diagram.graph),
        indent: "    ",
        tooltips: diagram.statements.is_empty(),
        in_columns: !part.is_free() && !diagram.nodes.iter().all(is_actor),
        part,
    };
    match part {
        Part::Legend => {
            page.head();
            page.legend(&looks(diagram));
            out.write_all(page.text.as_bytes())
        }
        _ => write(&mut page, diagram, out),
    }
}

/// The state of the writer.
struct Page<'p> {
    diagram: &'p Diagram<'p>,
    theme: Theme,
    text: String,
    words: Words<'p>,
    /// The indentation of boxes.
    indent: &'static str,
    tooltips: bool,
    /// Whether boxes of several kinds are drawn, each kind in its own column.
    in_columns: bool,
    part: Part<'p>,
}

impl Format for Page<'_> {
    fn text(&mut self) -> &mut String {
        &mut self.text
    }

    fn head(&mut self) {
        let title = match self.part {
            Part::Legend => Vec::new(),
            _ => self.diagram.title(),
        };
        self.text.push_str("digraph ");
        quote::dot(&mut self.text, &title.join(" "));
        let [page, ink, muted, actor] = [Color::Page, Color::Ink, Color::Muted, Color::Actor]
            .map(|color| self.theme.hex(color));
        self.text.push_str(&format!(
            " {{
    graph [rankdir=LR, charset=\"UTF-8\", bgcolor=\"{page}\", fontcolor=\"{ink}\", pad=0.3, nodesep=0.2, labelloc=t, labeljust=l, fontsize=20, {FONT}];
    node [shape=box, style=filled, fillcolor=\"{actor}\", color=\"{ink}\", fontcolor=\"{ink}\", height=0.3, margin=\"0.12,0.06\", fontsize=11, {FONT}];
    edge [arrowsize=0.7, fontcolor=\"{muted}\", fontsize=9, {FONT}];
"
        ));
        // The taller the columns, the further apart they must be for the lines between them to stay
        // distinct.
        let mut rows = [0_usize; 3];
        let is_legend = matches!(self.part, Part::Legend);
        for node in self.diagram.nodes.iter().filter(|_| !is_legend) {
            match node {
                Node::Actor(_) => rows[0] += 1,
                Node::Issue(_) => rows[1] += 1,
                Node::Meeting(_) => rows[2] += 1,
            }
        }
        let rows = rows.into_iter().max().unwrap_or(0).min(100);
        self.text.push_str(&format!(
            "    graph [ranksep={:.2}, {}label=",
            0.7 + 0.02 * rows as f64,
            match self.part {
                Part::Whole | Part::Legend => "",
                Part::Boxes => "overlap=false, sep=\"+12\", splines=true, outputorder=edgesfirst, ",
                Part::Placed(_) => "overlap=true, splines=true, outputorder=edgesfirst, ",
            }
        ));
        quote::dot_left_lines(&mut self.text, &title);
        self.text.push_str("];\n");
    }

    fn open(&mut self, group: &Group) {
        if self.part.is_free() {
            return;
        }
        let actor = &self.diagram.graph[group.home];
        self.text.push_str("    subgraph ");
        quote::dot(&mut self.text, &format!("cluster {}", actor.id));
        self.text.push_str(&format!(
            " {{\n        graph [label=\"\", style=\"filled,rounded\", color=\"{}\", margin=7, tooltip=",
            self.theme.hex(Color::Panel)
        ));
        quote::dot_tooltip(
            &mut self.text,
            &[format!("{} and who speaks for it", actor.name)],
        );
        self.text.push_str("];\n");
        self.indent = "        ";
    }

    fn close(&mut self) {
        if self.part.is_free() {
            return;
        }
        self.indent = "    ";
        self.text.push_str("    }\n");
    }

    fn node(&mut self, node: &Node<'_>) {
        self.text.push_str(self.indent);
        quote::dot(&mut self.text, self.diagram.graph.id(node.entity()));
        self.text.push_str(" [");
        push_shape(&mut self.text, node.kind(self.diagram.graph), self.theme);
        let id = self.diagram.graph.id(node.entity());
        push_place(&mut self.text, self.part, id);
        self.text.push_str(", label=");
        quote::dot_lines(&mut self.text, &self.words.node_label(node, self.diagram));
        if self.tooltips {
            self.text.push_str(", tooltip=");
            quote::dot_tooltip(&mut self.text, &self.words.node_tooltip(node));
        }
        self.text.push_str("];\n");
    }

    fn begin(&mut self, look: Look) {
        self.text.push_str("    edge [");
        push_style(&mut self.text, look.style(), self.theme);
        self.text.push_str("];\n");
    }

    fn edge(&mut self, edge: &Edge<'_>) {
        self.text.push_str("    ");
        quote::dot(&mut self.text, self.diagram.graph.id(edge.from));
        self.text.push_str(" -> ");
        quote::dot(&mut self.text, self.diagram.graph.id(edge.to));
        if self.tooltips {
            self.attributes(edge);
        }
        self.text.push_str(";\n");
    }

    fn end(&mut self, _: Look) {}

    fn legend(&mut self, looks: &[Look]) {
        let mut legend = Legend {
            text: &mut self.text,
            theme: self.theme,
            part: self.part,
        };
        match self.part {
            Part::Whole => legend.in_a_box(self.diagram, looks),
            Part::Boxes => {}
            Part::Legend | Part::Placed(_) => legend.apart(self.diagram, looks),
        }
        self.text.push_str("}\n");
    }
}

impl Page<'_> {
    fn attributes(&mut self, edge: &Edge<'_>) {
        let mut before = " [";
        let mut begin = |text: &mut String, name: &str| {
            text.push_str(std::mem::replace(&mut before, ", "));
            text.push_str(name);
        };
        if self.in_columns && is_within_column(edge) {
            begin(&mut self.text, "constraint=false");
        }
        let label = self.words.edge_label(edge);
        if !label.is_empty() {
            begin(&mut self.text, "label=");
            quote::dot_lines(&mut self.text, &label);
        }
        let tooltip = self.words.edge_tooltip(edge);
        if !tooltip.is_empty() {
            begin(&mut self.text, "tooltip=");
            quote::dot_tooltip(&mut self.text, &tooltip);
        }
        if before == ", " {
            self.text.push(']');
        }
    }
}

/// Returns whether a line joins boxes of one column, which it must not push apart: a tie joins
/// actors, and a part of a meeting joins meetings.
fn is_within_column(edge: &Edge<'_>) -> bool {
    match edge.behind {
        Behind::Ties(_) => true,
        Behind::Structure => matches!(edge.from, Entity::Meeting(_)),
        Behind::Position(_)
        | Behind::Offer(_)
        | Behind::Statement
        | Behind::Part(_)
        | Behind::Meetings(_) => false,
    }
}

/// Writes the attributes of a box of this kind.
fn push_shape(text: &mut String, kind: Kind, theme: Theme) {
    let (shape, fill) = match kind {
        Kind::Actor(Some(ActorKind::State)) => ("shape=box, penwidth=1.8", None),
        Kind::Actor(Some(ActorKind::Organization)) => ("shape=box, peripheries=2", None),
        Kind::Actor(Some(ActorKind::Person)) => ("shape=box, style=\"filled,rounded\"", None),
        Kind::Actor(Some(ActorKind::Group)) => ("shape=folder", None),
        Kind::Actor(None) => ("shape=box, style=\"filled,dotted\"", None),
        Kind::Issue => ("shape=hexagon, margin=\"0.02,0.04\"", Some(Color::Issue)),
        Kind::Letter => ("shape=tab", None),
        Kind::Meeting(Some(MeetingStatus::Held)) => ("shape=note", Some(Color::Note)),
        Kind::Meeting(Some(MeetingStatus::Planned)) => {
            ("shape=note, style=\"filled,dashed\"", Some(Color::Note))
        }
        Kind::Meeting(Some(MeetingStatus::Invited)) => {
            ("shape=note, style=\"filled,dashed\"", None)
        }
        Kind::Meeting(None | Some(MeetingStatus::Postponed)) => {
            ("shape=note, style=\"filled,dotted\"", None)
        }
        Kind::Meeting(Some(MeetingStatus::Cancelled)) => (
            "shape=box, style=\"filled,dotted,diagonals\"",
            Some(Color::Panel),
        ),
        Kind::Meeting(Some(MeetingStatus::Refused)) => (
            "shape=box, style=\"filled,dotted\", peripheries=2",
            Some(Color::Panel),
        ),
    };
    text.push_str(shape);
    if let Some(fill) = fill {
        text.push_str(", fillcolor=\"");
        text.push_str(theme.hex(fill));
        text.push('"');
    }
}

/// Writes the place of a box, if it has one.
fn push_place(text: &mut String, part: Part<'_>, name: &str) {
    if let Part::Placed(places) = part
        && let Some([x, y]) = places.get(name)
    {
        text.push_str(&format!(", pos=\"{x:.2},{y:.2}\""));
    }
}

/// Writes the attributes of a line's style.
fn push_style(text: &mut String, style: Style, theme: Theme) {
    let color = theme.hex(style.color);
    // Graphviz draws both lines of a pair with the same dash.
    let (colors, dash) = match style.second {
        None => (color.to_owned(), style.dash),
        Some((second, dash)) => (format!("{color}:{}", theme.hex(second)), dash),
    };
    let (name, width) = match (dash, style.head) {
        (Dash::Solid, Mark::Arrows | Mark::Bars) => ("solid", 3.0),
        (Dash::Dashed, Mark::Arrows | Mark::Bars) => ("dashed", 3.0),
        (Dash::Solid, _) => ("solid", 1.5),
        (Dash::Dashed, _) => ("dashed", 1.5),
        (Dash::Dotted | Dash::DashDot, _) => ("dotted", 1.8),
    };
    let [tail, head] = [style.tail, style.head].map(arrow);
    let marks = theme.hex(style.mark_color());
    text.push_str(&format!(
        "color=\"{colors}\", fillcolor=\"{marks}\", style={name}, penwidth={width}, dir=both, arrowtail={tail}, arrowhead={head}"
    ));
}

/// Returns the Graphviz name of a mark.
fn arrow(mark: Mark) -> &'static str {
    match mark {
        Mark::None => "none",
        Mark::Arrow => "normal",
        Mark::Arrows => "normalnormal",
        Mark::Vee => "vee",
        Mark::Bar => "tee",
        Mark::Bars => "teetee",
        Mark::Ring => "odot",
        Mark::Dot | Mark::Plus => "dot",
        Mark::Square => "obox",
        Mark::Diamond => "diamond",
        Mark::Halves => "box",
        Mark::Question => "odiamond",
        Mark::Minus => "crow",
        Mark::HollowArrow => "onormal",
        Mark::HollowBar => "oboxobox",
        Mark::HollowDiamond => "odiamondodiamond",
    }
}
