//! Turtle, for programs that use RDF. Everything that the tables say, with their columns as
//! properties: a statement is a node of its own, with its actors, issue, position, date and sources.
//! RDF 1.2 says of each statement also which triple it states, without stating it itself.

use std::io::{self, Write};

use crate::exchange::tables::{Cell, Column, Sink, Table};

/// The version of RDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rdf {
    /// What every program reads.
    #[default]
    V1_1,
    /// With reifiers: `<s1> rdf:reifies <<( <us> d:opposes <tariffs> )>>`.
    V1_2,
}

/// The properties and classes, and the prefix of all names of records.
const VOCABULARY: &str = "urn:demarche:vocabulary:";
const RECORDS: &str = "urn:demarche:";

/// Writes tables as Turtle.
#[derive(Debug)]
pub struct Turtle<W> {
    out: W,
    rdf: Rdf,
    /// What the statement written last says: its issue and position.
    said: Option<(String, String)>,
    /// The number of records written.
    pub records: usize,
}

impl<W: Write> Turtle<W> {
    /// Writes to this.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn new(mut out: W, rdf: Rdf) -> io::Result<Turtle<W>> {
        for (prefix, of) in [
            ("d", VOCABULARY),
            ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
            ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
            ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ] {
            writeln!(out, "@prefix {prefix}: <{of}> .")?;
        }
        Ok(Turtle {
            out,
            rdf,
            said: None,
            records: 0,
        })
    }

    /// Writes out what is left.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    /// Writes a record with its own columns.
    fn record(&mut self, class: &str, name: &str, cells: &[Said<'_>]) -> io::Result<()> {
        self.records += 1;
        write!(self.out, "\n{name} a d:{class}")?;
        for Said { column, cell } in cells {
            let property = match column.name {
                "name" | "title" => "rdfs:label",
                own => own,
            };
            let prefix = if property == column.name { "d:" } else { "" };
            write!(self.out, " ;\n  {prefix}{property} ")?;
            match cell {
                Cell::Text(id) if REFERENCES.contains(&column.name) => {
                    write!(self.out, "{}", iri("record", id))?;
                }
                cell => literal(&mut self.out, cell)?,
            }
        }
        writeln!(self.out, " .")
    }

    /// Writes what a row of a list says: of what, which property, what.
    fn triple(&mut self, of: &str, property: &str, value: &str) -> io::Result<()> {
        writeln!(self.out, "{of} {property} {value} .")
    }

    /// Writes which triple a statement of an actor states.
    fn reified(&mut self, stance: &str, actor: &str) -> io::Result<()> {
        let Some((issue, position)) = self.said.as_ref().filter(|_| self.rdf == Rdf::V1_2) else {
            return Ok(());
        };
        writeln!(
            self.out,
            "{stance} rdf:reifies <<( {actor} d:{position} {issue} )>> ."
        )
    }
}

/// A column, and a value in it.
struct Said<'c> {
    column: &'c Column,
    cell: &'c Cell<'c>,
}

/// The columns of records that hold the id of another.
const REFERENCES: &[&str] = &[
    "because",
    "from_actor",
    "host",
    "issue",
    "meeting",
    "part_of",
    "said_by",
    "to_actor",
    "withdrawn_in",
];

/// The name of a record: of those with ids all share one space, as in the graph.
fn iri(kind: &str, id: &str) -> String {
    let space = match kind {
        "stance" | "tie" | "history" => kind,
        _ => "record",
    };
    let mut iri = format!("<{RECORDS}{space}:");
    for c in id.chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':') {
            iri.push(c);
        } else {
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).bytes();
            iri.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
    }
    iri.push('>');
    iri
}

/// Writes a value as a literal.
fn literal(out: &mut dyn Write, cell: &Cell<'_>) -> io::Result<()> {
    match cell {
        Cell::Nothing => out.write_all(b"\"\""),
        Cell::Text(text) => quoted(out, text),
        Cell::Whole(number) => write!(out, "{number}"),
        Cell::Number(number) => write!(out, "{number:e}"),
        Cell::Day(day) => write!(out, "\"{day}\"^^xsd:date"),
        Cell::Flag(flag) => write!(out, "{flag}"),
    }
}

/// Writes a text in quotes, so that every reader gives it back unchanged.
fn quoted(out: &mut dyn Write, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let escaped = match c {
            '"' | '\\' => format!("\\{c}"),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            _ => continue,
        };
        out.write_all(&text.as_bytes()[plain..at])?;
        out.write_all(escaped.as_bytes())?;
        plain = at + c.len_utf8();
    }
    out.write_all(&text.as_bytes()[plain..])?;
    out.write_all(b"\"")
}

/// What a table is in RDF.
enum Shape {
    /// Records of a class, named by their first column.
    Records(&'static str),
    /// A property of the record in the first of two columns, whose value is in the second: another
    /// record.
    Links(&'static str, [&'static str; 2]),
    /// A property whose value is a text.
    Texts(&'static str, [&'static str; 2]),
    /// Says nothing that other tables do not say.
    Nothing,
}

fn shape(table: Table) -> Shape {
    use Shape::{Links, Nothing, Records, Texts};
    match table {
        Table::Source => Records("Source"),
        Table::Actor => Records("Actor"),
        Table::Issue => Records("Issue"),
        Table::Stance => Records("Stance"),
        Table::Meeting => Records("Meeting"),
        Table::MeetingHistory => Records("Status"),
        Table::Tie => Records("Tie"),
        Table::Fact => Records("Fact"),
        Table::SourceVia => Links("via", ["source", "via"]),
        Table::StanceActor => Links("actor", ["stance", "actor"]),
        Table::StanceSource => Links("source", ["stance", "source"]),
        Table::StanceToward => Links("toward", ["stance", "actor"]),
        Table::StanceDepends => Links("depends_on", ["stance", "record"]),
        Table::MeetingActor => Links("", ["meeting", "actor"]),
        Table::MeetingTopic => Links("topic", ["meeting", "issue"]),
        Table::TieOver => Links("over", ["tie", "issue"]),
        Table::FactAbout => Links("about", ["fact", "record"]),
        Table::RecordSource => Links("source", ["record", "source"]),
        Table::Voice => Links("speaks_for", ["speaker", "principal"]),
        Table::Member => Links("has_member", ["whole", "member"]),
        Table::ActorAlias => Texts("alias", ["actor", "alias"]),
        Table::IssueAlias => Texts("alias", ["issue", "alias"]),
        Table::SameAs => Texts("same_as", ["record", "same_as"]),
        Table::RecordTag => Texts("tag", ["record", "tag"]),
        Table::IssueMark => Texts("mark", ["issue", "meaning"]),
        Table::Graph
        | Table::Schema
        | Table::SourceRoot
        | Table::StanceCounts
        | Table::StanceFolds
        | Table::MeetingHeld
        | Table::SourceWithout => Nothing,
    }
}

impl<W: Write> Sink for Turtle<W> {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        let row = Cells { table, cells };
        match shape(table) {
            Shape::Records(class) => {
                let name = iri(table.name().trim_start_matches("meeting_"), row.first());
                if table == Table::Stance {
                    let issue = row.text("issue").map(|issue| iri("record", issue));
                    let position = row.text("position").map(lower);
                    self.said = issue.zip(position);
                }
                let columns = table.columns().iter().zip(cells).skip(1);
                let said = columns.filter(|(_, cell)| **cell != Cell::Nothing);
                let said: Vec<Said<'_>> =
                    said.map(|(column, cell)| Said { column, cell }).collect();
                self.record(class, &name, &said)
            }
            Shape::Links(property, [of, to]) => {
                // What a tie says is said there.
                if row.text("tie").is_some() && table != Table::TieOver {
                    return Ok(());
                }
                let kind = row.text("kind").filter(|_| of == "record").unwrap_or(of);
                let (of, to) = (
                    row.text(of).unwrap_or_default(),
                    row.text(to).unwrap_or_default(),
                );
                let (of, to) = (iri(kind, of), iri("record", to));
                let part = row.text("part").unwrap_or(property);
                self.triple(&of, &format!("d:{part}"), &to)?;
                match table {
                    Table::StanceActor => self.reified(&of, &to),
                    _ => Ok(()),
                }
            }
            Shape::Texts(property, [of, text]) => {
                let kind = row.text("kind").unwrap_or(of);
                let of = iri(kind, row.text(of).unwrap_or_default());
                let text = row.text(text).unwrap_or_default();
                let mut written = Vec::new();
                if let Some(Cell::Number(number)) = row.cell("number") {
                    // The meaning of a number on a scale.
                    write!(written, "[ d:number {number:e} ; rdfs:label ")?;
                    quoted(&mut written, text)?;
                    write!(written, " ]")?;
                } else {
                    quoted(&mut written, text)?;
                }
                self.triple(
                    &of,
                    &format!("d:{property}"),
                    &String::from_utf8_lossy(&written),
                )
            }
            Shape::Nothing if table == Table::Graph => self.graph(&row),
            Shape::Nothing => Ok(()),
        }
    }
}

impl<W: Write> Turtle<W> {
    fn graph(&mut self, row: &Cells<'_>) -> io::Result<()> {
        let columns = Table::Graph.columns().iter().zip(row.cells);
        let said = columns.filter(|(_, cell)| **cell != Cell::Nothing);
        let said: Vec<Said<'_>> = said.map(|(column, cell)| Said { column, cell }).collect();
        self.record("Graph", &format!("<{RECORDS}graph>"), &said)?;
        self.records -= 1;
        Ok(())
    }
}

/// A row, by the names of its columns.
struct Cells<'r> {
    table: Table,
    cells: &'r [Cell<'r>],
}

impl<'r> Cells<'r> {
    fn cell(&self, name: &str) -> Option<&'r Cell<'r>> {
        let columns = self.table.columns();
        let nth = columns.iter().position(|column| column.name == name)?;
        self.cells.get(nth)
    }

    fn text(&self, name: &str) -> Option<&'r str> {
        match self.cell(name) {
            Some(Cell::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn first(&self) -> &'r str {
        match self.cells.first() {
            Some(Cell::Text(text)) => text,
            _ => "",
        }
    }
}

/// `stronglySupports` of `StronglySupports`.
fn lower(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}
