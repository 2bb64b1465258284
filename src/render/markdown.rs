//! An answer as Markdown, to paste into a document or a pull request.

use std::fmt::Write;
use std::io;

use crate::graph::Graph;
use crate::query::{Answer, Cell, Matrix, Section};
use crate::render::cells::{Records, brackets, with_basis, words_of};
use crate::render::grid::{Content, Grid};
use crate::render::lined::collected;
use crate::render::{Places, Why};
use crate::words::one_line;

/// Returns the answer as Markdown with GitHub's tables, each of at most `limit` lines.
pub fn markdown(graph: &Graph, answer: &dyn Answer, why: Why, limit: Option<usize>) -> String {
    collected(|out| write_markdown(out, graph, answer, why, limit))
}

/// Writes the answer as Markdown, row by row.
pub(crate) fn write_markdown(
    out: &mut dyn io::Write,
    graph: &Graph,
    answer: &dyn Answer,
    why: Why,
    limit: Option<usize>,
) -> io::Result<()> {
    let places = Places::new(graph);
    writeln!(out, "# {}", escaped(answer.title()))?;
    for section in answer.sections() {
        write_section(out, graph, &places, &section, why, limit)?;
    }
    let notes = answer.notes().iter().map(|note| note.text.clone());
    for note in brackets(answer).into_iter().chain(notes) {
        write!(out, "\n{}\n", escaped(&note))?;
    }
    Ok(())
}

fn write_section(
    out: &mut dyn io::Write,
    graph: &Graph,
    places: &Places<'_>,
    section: &Section<'_>,
    why: Why,
    limit: Option<usize>,
) -> io::Result<()> {
    let Some(content) = Content::of(graph, section, limit) else {
        return Ok(());
    };
    let heading = content.heading(section);
    if !heading.is_empty() {
        write!(out, "\n## {}\n", escaped(heading))?;
    }
    let grid = match content {
        Content::Matrix(matrix) => return write_matrix(out, graph, matrix),
        Content::Rows(grid) => grid,
        Content::Empty(why) => return write!(out, "\n{}\n", escaped(why)),
    };
    let placed = grid.has_places;
    let place = placed.then(|| "where".to_owned());
    let headings: Vec<String> = match grid.columns[..] {
        [] => vec!["field".to_owned(), "value".to_owned()],
        _ => {
            let columns = grid.columns.iter();
            columns.map(|column| escaped(&column.words)).collect()
        }
    };
    let headings: Vec<String> = headings.into_iter().chain(place).collect();
    write!(
        out,
        "\n| {} |\n|{}\n",
        headings.join(" | "),
        " --- |".repeat(headings.len())
    )?;
    for line in grid.lines() {
        let place = placed.then(|| code(line.place.iter().map(|place| places.line(*place))));
        let cells = line.cells.iter().map(|cell| match cell {
            Cell::Places(several) => code(several.iter().map(|place| places.line(*place))),
            cell => escaped(&words_of(graph, places, cell, 40)),
        });
        writeln!(
            out,
            "| {} |",
            cells.chain(place).collect::<Vec<_>>().join(" | ")
        )?;
    }
    if let Some(rest) = grid.rest() {
        writeln!(out, "\n{rest}")?;
    }
    match why {
        Why::Shown => write_records(out, graph, places, &grid),
        Why::Brief => Ok(()),
    }
}

/// Lists the records behind the rows.
fn write_records(
    out: &mut dyn io::Write,
    graph: &Graph,
    places: &Places<'_>,
    grid: &Grid<'_>,
) -> io::Result<()> {
    writeln!(out)?;
    let records = Records::new(graph);
    for line in grid.lines() {
        for evidence in &line.evidence {
            let place = places.line(evidence.place(graph));
            writeln!(
                out,
                "- {} {}",
                escaped(&records.line(*evidence, None)),
                code(std::iter::once(place))
            )?;
        }
    }
    Ok(())
}

/// Returns names as inline code, with backticks and bars made harmless.
fn code(names: impl Iterator<Item = String>) -> String {
    let plain = |name: String| {
        format!(
            "`{}`",
            one_line(&name).replace('`', "'").replace('|', "\\|")
        )
    };
    names.map(plain).collect::<Vec<_>>().join(", ")
}

fn write_matrix(out: &mut dyn io::Write, graph: &Graph, matrix: &Matrix) -> io::Result<()> {
    let names: Vec<String> = matrix
        .columns
        .iter()
        .map(|thing| escaped(graph.name(*thing)))
        .collect();
    write!(
        out,
        "\n| | {} |\n| --- |{}\n",
        names.join(" | "),
        " ---: |".repeat(names.len())
    )?;
    let lines = matrix.lines(|line| {
        let cells =
            (0..names.len()).map(|column| line.figure(column).map_or(String::new(), with_basis));
        format!(
            "| {} | {} |\n",
            escaped(graph.name(matrix.rows[line.row])),
            cells.collect::<Vec<_>>().join(" | ")
        )
    });
    lines
        .iter()
        .try_for_each(|line| out.write_all(line.as_bytes()))
}

/// Escapes all Markdown and HTML in a text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Returns the answer as a short Markdown list of at most `room` rows, for an editor's narrow hover
/// window. Takes the first rows of each section, and counts the rest.
pub fn card(graph: &Graph, answer: &dyn Answer, mut room: usize) -> String {
    const OF_A_SECTION: usize = 5;
    let places = Places::new(graph);
    let mut out = format!("**{}**\n", escaped(answer.title()));
    let sections = answer.sections();
    for section in sections.iter().filter(|section| section.rows.count() > 0) {
        let grid = Grid::of(graph, section, OF_A_SECTION);
        let rows = grid.count().min(OF_A_SECTION).min(room);
        room -= rows;
        let more = match grid.count() + grid.more - rows {
            0 => String::new(),
            more if rows == 0 => format!(": {more}"),
            more => format!(" (and {more} more)"),
        };
        match section.heading {
            "" => out.push('\n'),
            heading => drop(write!(
                out,
                "\n*{}*{more}\n{}",
                escaped(heading),
                if rows > 0 { "\n" } else { "" }
            )),
        }
        for line in grid.lines().take(rows) {
            let cells = line
                .cells
                .iter()
                .map(|cell| words_of(graph, &places, cell, 5))
                .filter(|words| !words.is_empty());
            let place = line
                .place
                .map_or(String::new(), |place| format!(" `{}`", places.line(place)));
            let _ = writeln!(
                out,
                "- {}{place}",
                escaped(&cells.collect::<Vec<_>>().join(" · "))
            );
        }
    }
    out
}
