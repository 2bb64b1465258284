//! The common part of DOT and Mermaid. A drawing is written in one pass, straight to its reader:
//! boxes first, then lines, one look after another, then the legend.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::diagram::{Diagram, Edge, Group, Look, Node};
use crate::graph::ActorId;

/// The size of the pieces in which text is passed on, in bytes.
const PIECE: usize = 1 << 16;

/// A format in which a drawing is written.
pub(super) trait Format {
    /// Returns the text written but not yet passed on.
    fn text(&mut self) -> &mut String;
    fn head(&mut self);
    fn open(&mut self, group: &Group);
    fn close(&mut self);
    fn node(&mut self, node: &Node<'_>);
    /// Called before the first line of a look.
    fn begin(&mut self, look: Look);
    fn edge(&mut self, edge: &Edge<'_>);
    /// Called after the last line of a look.
    fn end(&mut self, look: Look);
    /// Writes the notes and a sample of each of these looks.
    fn legend(&mut self, looks: &[Look]);
}

/// Writes a drawing in a format.
pub(super) fn write(
    format: &mut impl Format,
    diagram: &Diagram<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    format.head();
    let mut ordered: Vec<&Group> = diagram.groups.iter().collect();
    ordered.sort_by_key(|group| &diagram.graph[group.home].id);
    let mut guests: BTreeSet<ActorId> = BTreeSet::new();
    let mut groups: BTreeMap<ActorId, Group> = BTreeMap::new();
    for Group { home, guests: all } in ordered {
        // A box can be in one group only.
        let own = all.iter().copied().filter(|guest| guests.insert(*guest));
        let own: Vec<ActorId> = own.collect();
        if !own.is_empty() {
            let group = Group {
                home: *home,
                guests: own,
            };
            groups.insert(*home, group);
        }
    }
    for node in &diagram.nodes {
        match node {
            Node::Actor(id) if guests.contains(id) => {}
            Node::Actor(id) if groups.contains_key(id) => house(format, &groups[id]),
            Node::Actor(_) | Node::Issue(_) | Node::Meeting(_) => format.node(node),
        }
        hand_on(format, PIECE, out)?;
    }
    let mut looks = Vec::new();
    for &look in Look::ALL {
        diagram.try_each(look, |edge| {
            if looks.last() != Some(&look) {
                looks.push(look);
                format.begin(look);
            }
            format.edge(edge);
            hand_on(format, PIECE, out)
        })?;
        if looks.last() == Some(&look) {
            format.end(look);
        }
    }
    format.legend(&looks);
    hand_on(format, 0, out)
}

/// Returns the looks of a drawing's lines.
pub(super) fn looks(diagram: &Diagram<'_>) -> Vec<Look> {
    let has_any = |look: &&Look| {
        let stop = || io::Error::from(io::ErrorKind::Interrupted);
        diagram.try_each(**look, |_| Err(stop())).is_err()
    };
    Look::ALL.iter().filter(has_any).copied().collect()
}

fn house(format: &mut impl Format, group: &Group) {
    format.open(group);
    for id in [&group.home].into_iter().chain(&group.guests) {
        format.node(&Node::Actor(*id));
    }
    format.close();
}

/// Passes on the text if there are at least `least` bytes.
fn hand_on(format: &mut impl Format, least: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let text = format.text();
    if text.len() >= least {
        out.write_all(text.as_bytes())?;
        text.clear();
    }
    Ok(())
}
