//! `quote-not-found`: the words that are quoted are not in the source.

use std::ops::Range;

use crate::check::quotes::{self, Checked, Close, Instead, Miss, Quoting};
use crate::diagnostic::{Diagnostic, Label};
use crate::graph::{Graph, SourceId};
use crate::near;
use crate::syntax::{Locator, Step, in_string};
use crate::text::{Place, Span};

/// With more differences than that, the whole quote is marked.
const MARKED: usize = 3;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut places = Locator::default();
    for quote in quotes::checkable(graph) {
        if let Checked::NotFound(miss) = &quote.verdict {
            let place = place(&mut places, graph, quote.by);
            found.push(report(graph, place, miss));
        }
    }
}

fn report(graph: &Graph, place: Place, miss: &Miss) -> Diagnostic {
    let names = near::listed(
        miss.looked_in
            .iter()
            .filter_map(|source| file_name(graph, *source)),
    );
    let message = match miss.looked_in[..] {
        [_] => format!("this quote is not in {names}"),
        _ => format!("this quote is in none of {names}"),
    };
    match &miss.instead {
        Instead::Nothing => Diagnostic::error("quote-not-found", message, place, "nothing in the text is close to it")
            .help("quote the source's own words and say it in your own in `summary` or `note`; or is it another source's quote?"),
        Instead::Parts(places) => apart(message, place, places),
        Instead::Passage(close) => passage(graph, message, place, close),
    }
}

fn file_name(graph: &Graph, source: SourceId) -> Option<&str> {
    graph
        .copy(source)
        .and_then(|file| graph.texts.get(file.0 as usize))
        .map(|text| text.name.as_str())
}

/// Each part is there, but not behind the one before it, or too far away.
fn apart(message: String, place: Place, places: &[Place]) -> Diagnostic {
    let in_order = places.is_sorted_by_key(|place| place.span.start);
    let label = if in_order {
        "its parts are too far apart"
    } else {
        "its parts stand in another order"
    };
    let mut diagnostic = Diagnostic::error("quote-not-found", message, place, label);
    for (nth, place) in places.iter().enumerate().take(MARKED) {
        diagnostic = diagnostic.label(*place, format!("part {}", nth + 1));
    }
    diagnostic
        .help("`…` leaves out a page at most, and keeps the order of the text: make it two quotes")
}

fn passage(graph: &Graph, message: String, place: Place, close: &Close) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        "quote-not-found",
        message,
        place,
        "not the words of the text",
    );
    if (1..=MARKED).contains(&close.differences.len()) {
        diagnostic.labels = close
            .differences
            .iter()
            .map(|difference| label(graph, place, difference))
            .collect();
    }
    diagnostic = diagnostic.label(close.place, "the closest passage");
    let diagnostic =
        diagnostic.help("quote it as it stands there, with `[…]` for what you leave out");
    match &close.differences[..] {
        [only] => match mend(graph, place, only) {
            Some((place, words)) => diagnostic.fix(place, words),
            None => diagnostic,
        },
        _ => diagnostic,
    }
}

/// What differs, at its place in the quote.
fn label(graph: &Graph, quote: Place, (range, there): &(Range<usize>, Place)) -> Label {
    let words = words(graph, *there);
    let text = match (range.is_empty(), words.is_empty()) {
        (_, true) => "not in the text".to_owned(),
        (true, false) => format!("the text has `{words}` here"),
        (false, false) => format!("the text has `{words}`"),
    };
    Label {
        place: within(graph, quote, range),
        text,
    }
}

/// The only difference mended: which bytes of the file to replace, and by what. None where that takes escapes.
fn mend(
    graph: &Graph,
    quote: Place,
    (range, there): &(Range<usize>, Place),
) -> Option<(Place, String)> {
    let words = words(graph, *there);
    if graph.slice(quote).contains('\\') || words.contains(['"', '\\', '*', '_']) {
        return None;
    }
    let mut place = within(graph, quote, range);
    let replacement = match (range.is_empty(), words.is_empty()) {
        (false, false) => words,
        // The blank before it goes too.
        (_, true) => {
            let before = Place {
                file: place.file,
                span: Span {
                    start: place.span.start.checked_sub(1)?,
                    end: place.span.start,
                },
            };
            place.span.start -= u32::from(graph.slice(before) == " ");
            String::new()
        }
        (true, false) => match graph.slice(place) {
            " " => format!(" {words} "),
            other if words.starts_with(char::is_alphanumeric) => format!("{other} {words}"),
            other => format!("{other}{words}"),
        },
    };
    Some((place, replacement))
}

/// The bytes of the file that a part of a quote is written with.
fn within(graph: &Graph, quote: Place, range: &Range<usize>) -> Place {
    let text = graph
        .texts
        .get(quote.file.0 as usize)
        .map_or("", |text| text.text.as_str());
    Place {
        file: quote.file,
        span: in_string(text, quote.span, range.clone()),
    }
}

/// The words at a place, on one line.
fn words(graph: &Graph, place: Place) -> String {
    graph
        .slice(place)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where a quote stands in its file.
fn place<'g>(places: &mut Locator<'g>, graph: &'g Graph, by: Quoting) -> Place {
    let quote = Step::Field("quote");
    let mut of = |record, path: &[Step<'_>]| super::part_by(places, graph, record, path);
    match by {
        Quoting::Stance(id) => of(graph.stances[id.index()].place, &[quote]),
        Quoting::Meeting(id) => of(graph.meetings[id.index()].place, &[quote]),
        Quoting::Earlier(id, nth) => of(
            graph.meetings[id.index()].place,
            &[Step::Field("earlier"), Step::Item(nth), quote],
        ),
        Quoting::Tie(id) => of(graph.ties[id.index()].place, &[quote]),
        Quoting::Fact(id) => of(graph.facts[id.index()].place, &[quote]),
    }
}
