//! A picture as DOT, for Graphviz and for whatever else reads it. It is written in one pass, straight to its reader: no
//! tree of it is ever held. Meetings stand on the left, then people, whom they speak for, issues and wider issues.

pub(crate) mod basis;
pub(crate) mod edges;
pub(crate) mod legend;
pub(crate) mod look;
pub(crate) mod words;

use std::collections::BTreeMap;
use std::io;

use crate::graph::{ActorId, Entity, Graph};
use crate::query::{Extract, Lines};
use crate::render::dot::edges::{Edge, Shown, homes, try_each};
use crate::render::dot::look::{ISSUE_BOX, Look, PURPLE, SKY, Style, actor_box, meeting_box};
use crate::render::dot::words::{Words, title};
use crate::render::quote;

/// Text is handed on in pieces of this size.
const PIECE: usize = 1 << 16;

/// What every picture begins with, behind its name and title.
const HEAD: &str = r##"    graph [rankdir=LR, charset="UTF-8", bgcolor=white, pad=0.3, nodesep=0.2, labelloc=t, labeljust=l, fontsize=20, fontname="Helvetica,Arial,sans-serif"];
    node [shape=box, style=filled, fillcolor=white, color="#333333", height=0.3, margin="0.12,0.06", fontsize=11, fontname="Helvetica,Arial,sans-serif"];
    edge [arrowsize=0.7, fontsize=9, fontname="Helvetica,Arial,sans-serif"];
"##;

/// Writes a picture as DOT. The same graph gives the same bytes.
///
/// Nodes are called by the ids of actors, issues and meetings. Where an extract holds statements instead of positions,
/// boxes and lines have no tooltips.
///
/// # Errors
/// When `out` can't be written to.
///
/// ```
/// use demarche::graph::{Lens, Words};
/// use demarche::model::Day;
/// use demarche::query::{Selection, extract};
///
/// let (graph, _) = demarche::resolve::read("trade.ron", r#"Graph(
///     actors: { "us": (name: "United States", kind: State) },
///     issues: { "trade": (name: "Trade", question: "Should trade be freer?") },
///     stances: [(actor: "us", issue: "trade", position: Supports)],
/// )"#);
/// let lens = Lens::as_of(Day::LAST);
/// let mut dot = Vec::new();
/// demarche::render::dot::dot(&graph, &extract(&graph, lens, &Selection::default()), &mut dot)?;
/// assert!(String::from_utf8(dot).unwrap().contains(r#""us" -> "trade""#));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn dot(graph: &Graph, extract: &Extract, out: &mut dyn io::Write) -> io::Result<()> {
    let tooltips = matches!(extract.lines, Lines::Positions(_));
    let mut page = Page {
        graph,
        extract,
        out,
        text: String::new(),
        words: Words::new(graph),
        tooltips,
    };
    page.head();
    page.actors()?;
    page.issues()?;
    page.meetings()?;
    let mut used = Vec::new();
    for look in Look::ALL {
        if page.lines(look)? {
            used.push(look);
        }
    }
    legend::write(&mut page.text, graph, extract, &used);
    page.text.push_str("}\n");
    page.out.write_all(page.text.as_bytes())
}

/// What is being written.
struct Page<'p> {
    graph: &'p Graph,
    extract: &'p Extract,
    out: &'p mut dyn io::Write,
    text: String,
    words: Words<'p>,
    tooltips: bool,
}

impl Page<'_> {
    fn hand_on(&mut self) -> io::Result<()> {
        if self.text.len() >= PIECE {
            self.out.write_all(self.text.as_bytes())?;
            self.text.clear();
        }
        Ok(())
    }

    fn head(&mut self) {
        self.text.push_str("digraph ");
        quote::dot(&mut self.text, &title(self.graph).join(" "));
        self.text.push_str(" {\n");
        self.text.push_str(HEAD);
        // The taller the columns, the further they must stand apart for lines between them to be told apart.
        let rows = self
            .extract
            .actors
            .len()
            .max(self.extract.issues.len())
            .max(self.extract.meetings.len());
        self.text.push_str(&format!(
            "    graph [ranksep={:.2}, label=",
            0.7 + 0.02 * rows.min(100) as f64
        ));
        quote::dot_left_lines(&mut self.text, &title(self.graph));
        self.text.push_str("];\n");
    }

    /// Actors, each with those who speak for it.
    fn actors(&mut self) -> io::Result<()> {
        let homes = if self.tooltips {
            homes(self.extract)
        } else {
            BTreeMap::new()
        };
        let mut guests: BTreeMap<ActorId, Vec<ActorId>> = BTreeMap::new();
        for (&guest, &home) in &homes {
            guests.entry(home).or_default().push(guest);
        }
        for &actor in &self.extract.actors {
            match guests.get(&actor) {
                Some(guests) => self.house(actor, guests),
                None if homes.contains_key(&actor) => {}
                None => self.actor(actor, "    "),
            }
            self.hand_on()?;
        }
        Ok(())
    }

    fn house(&mut self, home: ActorId, guests: &[ActorId]) {
        let actor = &self.graph.actors[home.index()];
        self.text.push_str("    subgraph ");
        quote::dot(&mut self.text, &format!("cluster {}", actor.id));
        self.text.push_str(" {\n        graph [label=\"\", style=\"filled,rounded\", color=\"#F0F0F0\", margin=7, tooltip=");
        quote::dot_tooltip(
            &mut self.text,
            &[format!("{} and who speaks for it", actor.name)],
        );
        self.text.push_str("];\n");
        self.actor(home, "        ");
        for &guest in guests {
            self.actor(guest, "        ");
        }
        self.text.push_str("    }\n");
    }

    fn actor(&mut self, id: ActorId, indent: &str) {
        let tooltip = if self.tooltips {
            self.words.actor_tooltip(id)
        } else {
            Vec::new()
        };
        let kind = self.graph.actors[id.index()].kind;
        self.text.push_str(indent);
        self.node(
            Entity::Actor(id),
            actor_box(kind),
            &self.words.actor_label(id),
            &tooltip,
        );
    }

    fn issues(&mut self) -> io::Result<()> {
        for &id in &self.extract.issues {
            let tooltip = if self.tooltips {
                self.words.issue_tooltip(id)
            } else {
                Vec::new()
            };
            self.text.push_str("    ");
            self.node(
                Entity::Issue(id),
                ISSUE_BOX,
                &self.words.issue_label(id, self.extract),
                &tooltip,
            );
            self.hand_on()?;
        }
        Ok(())
    }

    fn meetings(&mut self) -> io::Result<()> {
        for met in &self.extract.meetings {
            let tooltip = if self.tooltips {
                self.words.meeting_tooltip(met)
            } else {
                Vec::new()
            };
            self.text.push_str("    ");
            self.node(
                Entity::Meeting(met.id),
                meeting_box(met.status),
                &self.words.meeting_label(met),
                &tooltip,
            );
            self.hand_on()?;
        }
        Ok(())
    }

    fn node(&mut self, entity: Entity, shape: &str, label: &[String], tooltip: &[String]) {
        quote::dot(&mut self.text, self.graph.id(entity));
        self.text.push_str(" [");
        self.text.push_str(shape);
        self.text.push_str(", label=");
        quote::dot_lines(&mut self.text, label);
        if !tooltip.is_empty() {
            self.text.push_str(", tooltip=");
            quote::dot_tooltip(&mut self.text, tooltip);
        }
        self.text.push_str("];\n");
    }

    /// All lines of one look; whether there are any.
    fn lines(&mut self, look: Look) -> io::Result<bool> {
        let mut any = false;
        let (graph, extract) = (self.graph, self.extract);
        try_each(graph, extract, look, |edge| {
            if !std::mem::replace(&mut any, true) {
                self.text.push_str("    edge [");
                push_style(&mut self.text, look.style());
                self.text.push_str("];\n");
            }
            self.line(edge);
            self.hand_on()
        })?;
        Ok(any)
    }

    fn line(&mut self, edge: Edge) {
        self.text.push_str("    ");
        quote::dot(&mut self.text, self.graph.id(edge.from));
        self.text.push_str(" -> ");
        quote::dot(&mut self.text, self.graph.id(edge.to));
        if self.tooltips {
            let (label, tooltip) = match edge.shown {
                Shown::Position(line) => {
                    (self.words.line_label(line), self.words.line_tooltip(line))
                }
                Shown::Tie(tie) => (self.words.tie_label(tie), self.words.tie_tooltip(tie)),
                Shown::Meeting(met) => (Vec::new(), self.words.meeting_tooltip(met)),
                Shown::Statement | Shown::Structure => (Vec::new(), Vec::new()),
            };
            self.attributes(edge, &label, &tooltip);
        }
        self.text.push_str(";\n");
    }

    fn attributes(&mut self, edge: Edge, label: &[String], tooltip: &[String]) {
        // Ties join actors of one column, and parts of meetings meetings of one: they must not push them apart.
        let part = matches!(
            (edge.from, edge.shown),
            (Entity::Meeting(_), Shown::Structure)
        );
        let mut before = " [";
        if part || matches!(edge.shown, Shown::Tie(_)) {
            self.text.push_str(" [constraint=false");
            before = ", ";
        }
        if !label.is_empty() {
            self.text.push_str(before);
            self.text.push_str("label=");
            quote::dot_lines(&mut self.text, label);
            before = ", ";
        }
        if !tooltip.is_empty() {
            self.text.push_str(before);
            self.text.push_str("tooltip=");
            quote::dot_tooltip(&mut self.text, tooltip);
            before = ", ";
        }
        if before == ", " {
            self.text.push(']');
        }
    }
}

/// The attributes of a line's style.
fn push_style(text: &mut String, style: Style) {
    let Style {
        color,
        lines,
        dash,
        width,
        tail,
        head,
        ..
    } = style;
    // Words in the lighter colours would be hard to read.
    let font = if color == SKY || color == PURPLE {
        "#333333"
    } else {
        color
    };
    let colors = if lines == 2 {
        format!("{color}:{color}")
    } else {
        color.to_owned()
    };
    text.push_str(&format!(
        "color=\"{colors}\", fontcolor=\"{font}\", style={dash}, penwidth={width}, dir=both, arrowtail={tail}, arrowhead={head}"
    ));
}
