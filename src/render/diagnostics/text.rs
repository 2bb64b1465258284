//! Findings as text in the style of rustc.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Patch, Renderer, Snippet,
};

use super::excerpt::{Excerpt, STAND_IN, plain};
use super::lines::Sources;
use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::text::{Place, Text};
use crate::words::{Lines, Unit, wrapped};

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour with ANSI escape codes.
    pub color: bool,
    /// The width of the terminal in columns, to which help is wrapped, or `None` if the output
    /// isn't a terminal.
    pub width: Option<usize>,
}

/// Columns taken by line numbers and bars, or by the word before a help.
const GUTTER: usize = 12;
/// The width in columns where there is no terminal.
const WIDTH: usize = 120;
/// The minimum width of an excerpt in columns.
const NARROWEST: usize = 40;
/// The most lines between labels of one file that are shown together.
const TOGETHER: usize = 12;

/// Returns the findings, one below the other, and a line that counts them; empty if there are none.
///
/// ```
/// use demarche::render::diagnostics::{Style, text};
///
/// let (graph, found) = demarche::resolve::read("a.ron", "Graph(actors: {\"us\": (kind: State)})");
/// let shown = text(&found, graph.texts(), Style { color: false, width: Some(100) });
/// assert!(shown.starts_with(
///     "error[missing-field]: this `Actor` has no `name`\n --> a.ron:1:22\n"
/// ));
/// assert!(shown.ends_with("\n1 error in 1 file\n"));
/// ```
pub fn text(diagnostics: &[Diagnostic], texts: &[Text], style: Style) -> String {
    let sources = Sources::new(texts);
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .term_width(style.width.unwrap_or(WIDTH));
    let mut shown = String::new();
    for diagnostic in diagnostics {
        let mut origins = Vec::new();
        let report = report(diagnostic, &sources, style, &mut origins);
        put_origins(&renderer.render(&report), &origins, &mut shown);
        shown.push_str("\n\n");
    }
    if !diagnostics.is_empty() {
        shown.push_str(&super::summary(diagnostics));
        shown.push('\n');
    }
    shown
}

/// Puts the true locations in place of the stand-ins. The renderer counts columns in the cut
/// excerpt, so each excerpt is rendered with a stand-in for its path, which is replaced here along
/// with the wrong line and column.
fn put_origins(rendered: &str, origins: &[String], shown: &mut String) {
    let mut parts = rendered.split(STAND_IN);
    shown.push_str(parts.next().unwrap_or_default());
    for (part, origin) in parts.zip(origins) {
        shown.push_str(origin);
        shown.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
}

fn report<'a>(
    diagnostic: &'a Diagnostic,
    sources: &Sources<'a>,
    style: Style,
    origins: &mut Vec<String>,
) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let width = style
        .width
        .unwrap_or(WIDTH)
        .saturating_sub(GUTTER)
        .max(NARROWEST);
    let mut group = level
        .primary_title(plain(&diagnostic.message))
        .id(diagnostic.code)
        .elements(Vec::<Element<'_>>::new());
    for spots in together(&diagnostic.labels, sources, width) {
        let Some(label) = spots.first().map(|spot| spot.label) else {
            continue;
        };
        let Some(lines) = sources.lines(label.place.file) else {
            continue;
        };
        let at = lines.position(label.place.span.start as usize, Unit::Characters);
        origins.push(format!(
            "{}:{}:{}",
            plain(sources.name(label.place.file)),
            at.line,
            at.column
        ));
        group = group.element(excerpt(&spots, diagnostic.place(), lines, width));
    }
    // A single proposal is shown like a fix; the reader decides whether it is right.
    let alone = match diagnostic.proposals.as_slice() {
        [proposal] => Some(proposal),
        _ => None,
    };
    let fix = diagnostic.fix.as_ref().or(alone);
    let patch = fix.and_then(|fix| patch(fix, sources, width));
    let lines = |help| match style.width {
        Some(_) => wrapped(&plain(help), width).join("\n"),
        None => plain(help).into_owned(),
    };
    let title = diagnostic
        .help
        .first()
        .map_or_else(|| mend(fix), |help| lines(help));
    // The patch stands below the first help, which describes it.
    let apart = usize::from(patch.is_some());
    for help in diagnostic.help.iter().skip(apart) {
        group = group.element(Level::HELP.message(lines(help)));
    }
    let suggestion = patch.map(|patch| Level::HELP.secondary_title(title).element(patch));
    std::iter::once(group).chain(suggestion).collect()
}

/// Describes a fix that has no help.
fn mend(fix: Option<&Fix>) -> String {
    match fix {
        Some(fix) if fix.replacement.is_empty() => "remove this".to_owned(),
        Some(fix) if fix.place.span.start == fix.place.span.end => {
            format!("insert `{}`", plain(fix.replacement.trim()))
        }
        _ => "write this instead".to_owned(),
    }
}

/// A label and the lines shown for it.
struct Spot<'d> {
    label: &'d Label,
    line: usize,
    last: usize,
}

impl<'d> Spot<'d> {
    fn new(label: &'d Label, lines: &Lines<'_>) -> Spot<'d> {
        let line = lines.line(label.place.span.start as usize);
        let last = lines.line(label.place.span.end as usize).max(line);
        // A label that spans many lines is shown at its first line only.
        Spot {
            label,
            line,
            last: if last - line <= TOGETHER { last } else { line },
        }
    }
}

/// Groups labels that are shown in one piece, with the first label's group first.
fn together<'d>(labels: &'d [Label], sources: &Sources<'_>, width: usize) -> Vec<Vec<Spot<'d>>> {
    let mut groups: Vec<Vec<Spot<'d>>> = Vec::new();
    for label in labels {
        let Some(lines) = sources.lines(label.place.file) else {
            continue;
        };
        let start = label.place.span.start as usize;
        let spot = Spot::new(label, lines);
        let near = |known: &Spot<'_>| {
            let other = known.label.place.span.start as usize;
            known.label.place.file == label.place.file
                && known.line.abs_diff(spot.line) <= TOGETHER
                && (known.line != spot.line
                    || lines.range(spot.line).len() <= width
                    || other.abs_diff(start) <= width / 3)
        };
        match groups.iter_mut().find(|group| group.iter().all(near)) {
            Some(group) => group.push(spot),
            None => groups.push(vec![spot]),
        }
    }
    groups
}

/// A line as shown, with its offsets.
struct Line<'t> {
    excerpt: Excerpt<'t>,
    /// The byte at which it starts in the text.
    start: usize,
    /// The byte at which it starts in the excerpt.
    shown: usize,
}

/// Returns the lines of one file that some labels are on, with the labelled parts underlined.
fn excerpt<'a>(
    spots: &[Spot<'a>],
    primary: Place,
    lines: &Lines<'a>,
    width: usize,
) -> Snippet<'a, Annotation<'a>> {
    let (from, to) = spots.iter().fold((usize::MAX, 0), |(from, to), spot| {
        (from.min(spot.line), to.max(spot.last))
    });
    let mut source = String::new();
    let mut shown: Vec<Line<'_>> = Vec::new();
    for line in from..=to {
        let range = lines.range(line);
        let here = spots
            .iter()
            .filter(|spot| spot.line == line)
            .map(|spot| spot.label);
        let leftmost = here.min_by_key(|label| label.place.span.start);
        let (wanted, room) = leftmost.map_or((0..0, 0), |label| {
            (
                within(lines, label.place, &range),
                label.text.chars().count() + 1,
            )
        });
        let excerpt = Excerpt::new(lines.slice(range.clone()), wanted, room, width);
        shown.push(Line {
            start: range.start,
            shown: source.len(),
            excerpt,
        });
        let line = shown.last().map_or("", |line| &line.excerpt.text);
        source.push_str(line);
        source.push('\n');
    }
    let at = |line: usize, offset: u32| {
        let Line {
            excerpt,
            start,
            shown,
        } = &shown[line - from];
        shown + excerpt.position(lines.boundary(offset as usize).saturating_sub(*start))
    };
    let annotations = spots.iter().map(|spot| {
        let (start, end) = (
            at(spot.line, spot.label.place.span.start),
            at(spot.last, spot.label.place.span.end),
        );
        annotation(
            start..end.max(start),
            spot.label,
            spot.label.place == primary,
        )
    });
    let annotations: Vec<_> = annotations.collect();
    Snippet::source(source)
        .path(String::from(STAND_IN))
        .line_start(from + 1)
        .annotations(annotations)
}

fn annotation<'a>(span: Range<usize>, label: &'a Label, is_primary: bool) -> Annotation<'a> {
    let kind = if is_primary {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let annotation = kind.span(span);
    if label.text.is_empty() {
        annotation
    } else {
        annotation.label(plain(&label.text))
    }
}

/// Returns the part of a span that lies on its first line, relative to the start of the line.
fn within(lines: &Lines<'_>, place: Place, line: &Range<usize>) -> Range<usize> {
    let clamp =
        |offset: u32| lines.boundary((offset as usize).clamp(line.start, line.end)) - line.start;
    let start = clamp(place.span.start);
    start..clamp(place.span.end).max(start)
}

/// Returns a fix as a patch of its line, or `None` if it covers several lines.
fn patch<'a>(fix: &'a Fix, sources: &Sources<'a>, width: usize) -> Option<Snippet<'a, Patch<'a>>> {
    let lines = sources.lines(fix.place.file)?;
    let line = lines.line(fix.place.span.start as usize);
    let range = lines.range(line);
    if fix.place.span.end as usize > range.end || fix.replacement.contains('\n') {
        return None;
    }
    let span = within(lines, fix.place, &range);
    let excerpt = Excerpt::new(
        lines.slice(range),
        span.clone(),
        fix.replacement.chars().count(),
        width,
    );
    let shown = excerpt.position(span.start)..excerpt.position(span.end);
    Some(
        Snippet::source(excerpt.text)
            .line_start(line + 1)
            .patch(Patch::new(shown, plain(&fix.replacement))),
    )
}
