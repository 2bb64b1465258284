//! An answer as Markdown, to paste into a document or a pull request.

use std::fmt::Write;

use crate::graph::Graph;
use crate::query::{Answer, Cell, Matrix, Section, shows_basis};
use crate::render::cells::{BASIS, Records, with_basis, words_of};
use crate::render::grid::{Content, Grid};
use crate::render::{Places, Why};
use crate::words::one_line;

/// Returns the answer as Markdown with GitHub's tables, each of at most `limit` lines.
pub fn markdown(graph: &Graph, answer: &dyn Answer, why: Why, limit: Option<usize>) -> String {
    let places = Places::new(graph);
    let mut out = format!("# {}\n", escaped(answer.title()));
    for section in answer.sections() {
        section_text(&mut out, graph, &places, &section, why, limit);
    }
    let brackets = shows_basis(answer).then_some(BASIS);
    for note in brackets
        .into_iter()
        .chain(answer.notes().iter().map(|note| note.text.as_str()))
    {
        let _ = write!(out, "\n{}\n", escaped(note));
    }
    out
}

fn section_text(
    out: &mut String,
    graph: &Graph,
    places: &Places<'_>,
    section: &Section<'_>,
    why: Why,
    limit: Option<usize>,
) {
    let Some(content) = Content::of(graph, section, limit) else {
        return;
    };
    if !section.heading.is_empty() {
        let _ = write!(out, "\n## {}\n", escaped(section.heading));
    }
    let grid = match content {
        Content::Matrix(matrix) => return matrix_text(out, graph, matrix),
        Content::Rows(grid) => grid,
        Content::Empty(why) => {
            let _ = write!(out, "\n{}\n", escaped(why));
            return;
        }
    };
    let placed = grid.has_places();
    let place = placed.then(|| "where".to_owned());
    let headings: Vec<String> = match grid.headings[..] {
        [] => vec!["field".to_owned(), "value".to_owned()],
        _ => grid
            .headings
            .iter()
            .map(|heading| escaped(heading))
            .collect(),
    };
    let headings: Vec<String> = headings.into_iter().chain(place).collect();
    let _ = write!(
        out,
        "\n| {} |\n|{}\n",
        headings.join(" | "),
        " --- |".repeat(headings.len())
    );
    for line in &grid.lines {
        let place = placed.then(|| code(line.place.iter().map(|place| places.line(*place))));
        let cells = line.cells.iter().map(|cell| match cell {
            Cell::Places(several) => code(several.iter().map(|place| places.line(*place))),
            cell => escaped(&words_of(graph, places, cell, 40)),
        });
        let _ = writeln!(
            out,
            "| {} |",
            cells.chain(place).collect::<Vec<_>>().join(" | ")
        );
    }
    if let Some(rest) = grid.rest() {
        let _ = writeln!(out, "\n{rest}");
    }
    if why == Why::Shown {
        let _ = writeln!(out);
        let records = Records::new(graph);
        for evidence in grid.lines.iter().flat_map(|line| &line.evidence) {
            let line = records.line(*evidence, None);
            let _ = writeln!(
                out,
                "- {} {}",
                escaped(&line),
                code(std::iter::once(places.line(evidence.place(graph))))
            );
        }
    }
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

fn matrix_text(out: &mut String, graph: &Graph, matrix: &Matrix) {
    let ids: Vec<String> = matrix
        .columns
        .iter()
        .map(|id| escaped(graph.id(*id)))
        .collect();
    let _ = write!(
        out,
        "\n| | {} |\n| --- |{}\n",
        ids.join(" | "),
        " ---: |".repeat(ids.len())
    );
    let lines = matrix.lines(|line| {
        let cells =
            (0..ids.len()).map(|column| line.figure(column).map_or(String::new(), with_basis));
        format!(
            "| {} | {} |\n",
            escaped(graph.id(matrix.rows[line.row])),
            cells.collect::<Vec<_>>().join(" | ")
        )
    });
    out.extend(lines);
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
        let rows = grid.lines.len().min(OF_A_SECTION).min(room);
        room -= rows;
        let more = match grid.lines.len() + grid.more - rows {
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
        for line in grid.lines.iter().take(rows) {
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
