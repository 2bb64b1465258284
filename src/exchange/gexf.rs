//! GEXF 1.3, for Gephi: a network that changes over time. A spell ends on the day after its last, so
//! that what lasts a day does not end where it starts.

use std::io::{self, Write};

use crate::exchange::graphml::{type_word, value};
use crate::exchange::network::{Format, Key, OF_EDGES, OF_NODES, Spell};
use crate::exchange::tables::Cell;
use crate::exchange::xml::escape;
use crate::model::Day;

/// Writes GEXF.
#[derive(Debug)]
pub struct Gexf<W> {
    out: W,
    edges: usize,
}

impl<W: Write> Gexf<W> {
    /// Writes to this.
    pub fn new(out: W) -> Gexf<W> {
        Gexf { out, edges: 0 }
    }

    fn keys(&mut self, of: &str, keys: &[Key]) -> io::Result<()> {
        writeln!(self.out, r#"    <attributes class="{of}" mode="static">"#)?;
        for (nth, key) in keys.iter().enumerate() {
            let (name, holds) = (key.name, type_word(key.holds));
            writeln!(
                self.out,
                r#"      <attribute id="{nth}" title="{name}" type="{holds}"/>"#
            )?;
        }
        writeln!(self.out, "    </attributes>")
    }

    fn attribute(&mut self, name: &str, text: &str) -> io::Result<()> {
        write!(self.out, r#" {name}=""#)?;
        escape(&mut self.out, text)?;
        write!(self.out, r#"""#)
    }

    fn values(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        writeln!(self.out, "        <attvalues>")?;
        for (nth, cell) in cells.iter().enumerate() {
            if *cell == Cell::Nothing {
                continue;
            }
            write!(self.out, r#"          <attvalue for="{nth}" value=""#)?;
            value(&mut self.out, cell)?;
            writeln!(self.out, r#""/>"#)?;
        }
        writeln!(self.out, "        </attvalues>")
    }

    fn spells(&mut self, spells: &[Spell]) -> io::Result<()> {
        if spells.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "        <spells>")?;
        for spell in spells {
            write!(self.out, "          <spell")?;
            if let Some(from) = spell.from {
                write!(self.out, r#" start="{from}""#)?;
            }
            if let Some(end) = spell.to.and_then(next) {
                write!(self.out, r#" end="{end}""#)?;
            }
            writeln!(self.out, "/>")?;
        }
        writeln!(self.out, "        </spells>")
    }
}

/// Returns the day after, or `None` after the last that a date can be.
fn next(day: Day) -> Option<Day> {
    let next = Day(day.0.checked_add(1)?);
    next.date().map(|_| next)
}

fn named<'c>(keys: &[Key], name: &str, cells: &'c [Cell<'_>]) -> Option<&'c Cell<'c>> {
    let nth = keys.iter().position(|key| key.name == name)?;
    cells.get(nth)
}

impl<W: Write> Format for Gexf<W> {
    fn begin(&mut self, title: Option<&str>) -> io::Result<()> {
        writeln!(self.out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            self.out,
            r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#
        )?;
        write!(self.out, "  <meta><creator>demarche</creator>")?;
        if let Some(title) = title {
            write!(self.out, "<description>")?;
            escape(&mut self.out, title)?;
            write!(self.out, "</description>")?;
        }
        writeln!(self.out, "</meta>")?;
        writeln!(
            self.out,
            r#"  <graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">"#
        )?;
        self.keys("node", OF_NODES)?;
        self.keys("edge", OF_EDGES)?;
        writeln!(self.out, "    <nodes>")
    }

    fn node(&mut self, id: &str, cells: &[Cell<'_>]) -> io::Result<()> {
        write!(self.out, "      <node")?;
        self.attribute("id", id)?;
        if let Some(Cell::Text(name)) = named(OF_NODES, "name", cells) {
            self.attribute("label", name)?;
        }
        writeln!(self.out, ">")?;
        self.values(cells)?;
        writeln!(self.out, "      </node>")
    }

    fn turn(&mut self) -> io::Result<()> {
        writeln!(self.out, "    </nodes>\n    <edges>")
    }

    fn edge(&mut self, ends: [&str; 2], cells: &[Cell<'_>], spells: &[Spell]) -> io::Result<()> {
        self.edges += 1;
        write!(self.out, r#"      <edge id="e{}""#, self.edges)?;
        self.attribute("source", ends[0])?;
        self.attribute("target", ends[1])?;
        if let Some(Cell::Number(weight)) = named(OF_EDGES, "weight", cells) {
            self.attribute("weight", &format!("{weight:?}"))?;
        }
        writeln!(self.out, ">")?;
        self.values(cells)?;
        self.spells(spells)?;
        writeln!(self.out, "      </edge>")
    }

    fn end(&mut self) -> io::Result<()> {
        writeln!(self.out, "    </edges>\n  </graph>\n</gexf>")?;
        self.out.flush()
    }
}
