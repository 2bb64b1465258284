//! An answer as Markdown, to paste into a document or a pull request.

use std::fmt::Write;

use crate::graph::Graph;
use crate::query::{Answer, Cell, Matrix, Section};
use crate::render::cells::{
    BASIS, Records, date_words, fate_words, one_line, with_basis, words_of,
};
use crate::render::{Places, Why};

/// The answer as Markdown (GitHub's tables).
pub fn markdown(graph: &Graph, answer: &Answer, why: Why) -> String {
    let places = Places::new(graph);
    let mut out = format!("# {}\n", escaped(&answer.title));
    for section in &answer.sections {
        section_text(&mut out, graph, &places, section, why);
    }
    let brackets = answer.shows_basis().then_some(BASIS);
    for note in brackets
        .into_iter()
        .chain(answer.notes.iter().map(String::as_str))
    {
        let _ = write!(out, "\n{}\n", escaped(note));
    }
    out
}

fn section_text(out: &mut String, graph: &Graph, places: &Places<'_>, section: &Section, why: Why) {
    let matrix = section.matrix.as_ref().filter(|matrix| matrix.is_small());
    if section.rows.is_empty()
        && (section.empty.is_empty() || section.matrix.is_some())
        && matrix.is_none()
    {
        return;
    }
    if !section.heading.is_empty() {
        let _ = write!(out, "\n## {}\n", escaped(&section.heading));
    }
    if let Some(matrix) = matrix {
        return matrix_text(out, graph, matrix);
    }
    if section.rows.is_empty() {
        let _ = write!(out, "\n{}\n", escaped(&section.empty));
        return;
    }
    let shown = section.shown();
    let headings: Vec<String> = shown
        .iter()
        .map(|nth| escaped(&section.columns[*nth].heading))
        .collect();
    let placed = section.rows.iter().any(|row| row.place.is_some());
    let headings: Vec<String> = headings
        .into_iter()
        .chain(placed.then(|| "where".to_owned()))
        .collect();
    let _ = write!(
        out,
        "\n| {} |\n|{}\n",
        headings.join(" | "),
        " --- |".repeat(headings.len())
    );
    for row in &section.rows {
        let place = placed.then(|| code(row.place.iter().map(|place| places.short(*place))));
        let cells = shown.iter().map(|nth| match &row.cells[*nth] {
            Cell::Places(several) => code(several.iter().map(|place| places.short(*place))),
            cell => escaped(&words_of(graph, places, cell, 40)),
        });
        let _ = writeln!(
            out,
            "| {} |",
            cells.chain(place).collect::<Vec<_>>().join(" | ")
        );
    }
    if why == Why::Shown {
        let _ = writeln!(out);
        let records = Records::new(graph);
        for evidence in section.rows.iter().flat_map(|row| &row.evidence) {
            let told = records.told(*evidence);
            let quote = if told.quote.is_empty() {
                String::new()
            } else {
                format!(": “{}”", told.quote)
            };
            let sources: Vec<&str> = told
                .sources
                .iter()
                .map(|id| graph.sources[id.index()].id.as_ref())
                .collect();
            let fate = told
                .fate
                .map_or(String::new(), |fate| format!("; {}", fate_words(fate)));
            let date = told
                .date
                .map_or(String::new(), |date| date_words(date) + " ");
            let line = format!(
                "{}{quote} ({date}{}{fate})",
                told.summary,
                sources.join(", ")
            );
            let _ = writeln!(
                out,
                "- {} {}",
                escaped(&line),
                code(std::iter::once(places.full(evidence.place(graph))))
            );
        }
    }
}

/// Names as code, with nothing in them that ends it or the cell of a table.
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

/// Text in which nothing is Markdown or HTML.
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

/// The answer as a short Markdown list, for the narrow window in which an editor shows it: so many rows, the first of each
/// section first; what has no room is counted.
pub fn card(graph: &Graph, answer: &Answer, mut room: usize) -> String {
    const OF_A_SECTION: usize = 5;
    let places = Places::new(graph);
    let mut out = format!("**{}**\n", escaped(&answer.title));
    for section in answer
        .sections
        .iter()
        .filter(|section| !section.rows.is_empty())
    {
        let rows = section.rows.len().min(OF_A_SECTION).min(room);
        room -= rows;
        let more = match section.rows.len() - rows {
            0 => String::new(),
            more if rows == 0 => format!(": {more}"),
            more => format!(" (and {more} more)"),
        };
        match section.heading.as_str() {
            "" => out.push('\n'),
            heading => drop(write!(
                out,
                "\n*{}*{more}\n{}",
                escaped(heading),
                if rows > 0 { "\n" } else { "" }
            )),
        }
        let shown = section.shown();
        for row in section.rows.iter().take(rows) {
            let cells = shown
                .iter()
                .map(|nth| words_of(graph, &places, &row.cells[*nth], 5))
                .filter(|words| !words.is_empty());
            let place = row
                .place
                .map_or(String::new(), |place| format!(" `{}`", places.short(place)));
            let _ = writeln!(
                out,
                "- {}{place}",
                escaped(&cells.collect::<Vec<_>>().join(" · "))
            );
        }
    }
    out
}
