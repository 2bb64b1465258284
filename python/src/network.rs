//! The network of a graph: nodes and edges with their attributes, for networkx.

use std::borrow::Cow;
use std::io;

use demarche::exchange::network::{Format, Key, OF_EDGES, OF_NODES, Spell};
use demarche::exchange::tables::Cell;
use demarche::model::Day;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// The nodes, the edges with the nodes at their ends, each with its attributes.
pub(crate) type Nodes<'py> = (
    Vec<(String, Bound<'py, PyDict>)>,
    Vec<(String, String, Bound<'py, PyDict>)>,
);

/// The attributes of a node or an edge.
type Attributes = Vec<Cell<'static>>;

/// A network that is kept in memory.
#[derive(Default)]
pub(crate) struct Network {
    nodes: Vec<(String, Attributes)>,
    edges: Vec<([String; 2], Attributes)>,
}

impl Format for Network {
    fn begin(&mut self, _: Option<&str>) -> io::Result<()> {
        Ok(())
    }

    fn node(&mut self, id: &str, cells: &[Cell<'_>]) -> io::Result<()> {
        self.nodes.push((id.to_owned(), owned(cells)));
        Ok(())
    }

    fn turn(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn edge(&mut self, ends: [&str; 2], cells: &[Cell<'_>], _: &[Spell]) -> io::Result<()> {
        self.edges.push((ends.map(str::to_owned), owned(cells)));
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Network {
    /// Hands it to Python.
    pub(crate) fn into_python(self, py: Python<'_>) -> PyResult<Nodes<'_>> {
        let nodes = self.nodes.into_iter();
        let nodes = nodes.map(|(id, cells)| Ok((id, attributes(py, OF_NODES, cells)?)));
        let edges = self
            .edges
            .into_iter()
            .map(|([from, to], cells)| Ok((from, to, attributes(py, OF_EDGES, cells)?)));
        Ok((
            nodes.collect::<PyResult<Vec<_>>>()?,
            edges.collect::<PyResult<Vec<_>>>()?,
        ))
    }
}

fn owned(cells: &[Cell<'_>]) -> Attributes {
    let owned = cells.iter().map(|cell| match cell {
        Cell::Nothing => Cell::Nothing,
        Cell::Text(text) => Cell::Text(Cow::Owned(text.to_string())),
        Cell::Whole(number) => Cell::Whole(*number),
        Cell::Number(number) => Cell::Number(*number),
        Cell::Day(day) => Cell::Day(*day),
        Cell::Flag(flag) => Cell::Flag(*flag),
    });
    owned.collect()
}

/// Returns the attributes that hold something, by their names.
fn attributes<'py>(
    py: Python<'py>,
    keys: &[Key],
    cells: Attributes,
) -> PyResult<Bound<'py, PyDict>> {
    let attributes = PyDict::new(py);
    for (key, cell) in keys.iter().zip(cells) {
        match cell {
            Cell::Nothing => {}
            Cell::Text(text) => attributes.set_item(key.name, text.as_ref())?,
            Cell::Whole(number) => attributes.set_item(key.name, number)?,
            Cell::Number(number) => attributes.set_item(key.name, number)?,
            Cell::Flag(flag) => attributes.set_item(key.name, flag)?,
            Cell::Day(Day::FIRST | Day::LAST) => {}
            Cell::Day(day) => attributes.set_item(key.name, day.to_string())?,
        }
    }
    Ok(attributes)
}
