//! GraphML, as igraph, networkx, Gephi and Cytoscape read it. All edges are directed, because none of
//! these reads a mixture; the attribute `mutual` marks edges whose direction has no meaning.

use std::io::{self, Write};

use crate::exchange::network::{Format, Key, OF_EDGES, OF_NODES, Spell};
use crate::exchange::tables::{Cell, Type};
use crate::exchange::xml::escape;

/// Writes GraphML.
#[derive(Debug)]
pub struct GraphMl<W> {
    out: W,
    edges: usize,
}

impl<W: Write> GraphMl<W> {
    /// Writes to this.
    pub fn new(out: W) -> GraphMl<W> {
        GraphMl { out, edges: 0 }
    }

    fn keys(&mut self, of: &str, keys: &[Key]) -> io::Result<()> {
        for (nth, key) in keys.iter().enumerate() {
            let (name, holds) = (key.name, type_word(key.holds));
            let initial = &of[..1];
            write!(
                self.out,
                r#"  <key id="{initial}{nth}" for="{of}" attr.name="{name}" attr.type="{holds}"><desc>"#
            )?;
            escape(&mut self.out, key.doc)?;
            writeln!(self.out, "</desc></key>")?;
        }
        Ok(())
    }

    fn data(&mut self, initial: char, cells: &[Cell<'_>]) -> io::Result<()> {
        for (nth, cell) in cells.iter().enumerate() {
            if *cell == Cell::Nothing {
                continue;
            }
            write!(self.out, r#"      <data key="{initial}{nth}">"#)?;
            value(&mut self.out, cell)?;
            writeln!(self.out, "</data>")?;
        }
        Ok(())
    }
}

/// Writes the value of a cell as XML.
pub(super) fn value(out: &mut dyn Write, cell: &Cell<'_>) -> io::Result<()> {
    match cell {
        Cell::Nothing => Ok(()),
        Cell::Text(text) => escape(out, text),
        Cell::Whole(number) => write!(out, "{number}"),
        Cell::Number(number) => write!(out, "{number:?}"),
        Cell::Day(day) => write!(out, "{day}"),
        Cell::Flag(flag) => write!(out, "{flag}"),
    }
}

/// Returns the word for the type of an attribute. Days are text: no reader knows days in both formats.
pub(super) fn type_word(holds: Type) -> &'static str {
    match holds {
        Type::Text | Type::Day => "string",
        Type::Whole => "long",
        Type::Number => "double",
        Type::Flag => "boolean",
    }
}

impl<W: Write> Format for GraphMl<W> {
    fn begin(&mut self, title: Option<&str>) -> io::Result<()> {
        writeln!(self.out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            self.out,
            r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#
        )?;
        self.keys("node", OF_NODES)?;
        self.keys("edge", OF_EDGES)?;
        if title.is_some() {
            writeln!(
                self.out,
                r#"  <key id="title" for="graph" attr.name="title" attr.type="string"/>"#
            )?;
        }
        writeln!(self.out, r#"  <graph id="g" edgedefault="directed">"#)?;
        if let Some(title) = title {
            write!(self.out, r#"    <data key="title">"#)?;
            escape(&mut self.out, title)?;
            writeln!(self.out, "</data>")?;
        }
        Ok(())
    }

    fn node(&mut self, id: &str, cells: &[Cell<'_>]) -> io::Result<()> {
        write!(self.out, r#"    <node id=""#)?;
        escape(&mut self.out, id)?;
        writeln!(self.out, r#"">"#)?;
        self.data('n', cells)?;
        writeln!(self.out, "    </node>")
    }

    fn turn(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn edge(&mut self, ends: [&str; 2], cells: &[Cell<'_>], _: &[Spell]) -> io::Result<()> {
        self.edges += 1;
        write!(self.out, r#"    <edge id="e{}" source=""#, self.edges)?;
        escape(&mut self.out, ends[0])?;
        write!(self.out, r#"" target=""#)?;
        escape(&mut self.out, ends[1])?;
        writeln!(self.out, r#"">"#)?;
        self.data('e', cells)?;
        writeln!(self.out, "    </edge>")
    }

    fn end(&mut self) -> io::Result<()> {
        writeln!(self.out, "  </graph>\n</graphml>")?;
        self.out.flush()
    }
}
