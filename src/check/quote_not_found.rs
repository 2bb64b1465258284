//! `quote-not-found`: the quoted words are not in the source.

use std::ops::Range;

use crate::check::quotes::{Checked, Close, Instead, Mend, Miss, Quote, Quoting};
use crate::diagnostic::{Diagnostic, Label};
use crate::graph::{Graph, SourceId};
use crate::syntax::{Locator, Step, in_string, quoted};
use crate::text::Place;
use crate::words;

/// The number of differences above which the whole quote is marked.
const MARKED: usize = 3;

pub(super) fn find(graph: &Graph, quotes: &[Quote<'_>], found: &mut Vec<Diagnostic>) {
    let mut places = Locator::default();
    for quote in quotes {
        if let Checked::NotFound(miss) = &quote.verdict {
            let place = place(&mut places, graph, quote.by);
            found.push(report(graph, place, miss));
        }
    }
}

fn report(graph: &Graph, place: Place, miss: &Miss) -> Diagnostic {
    let names = words::listed(
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
            .help("quote the source's own words, and use your own in `summary` or `note`; or is the quote from another source?"),
        Instead::Parts(places) => apart(message, place, places),
        Instead::Passage(close) => passage(graph, message, place, close),
    }
}

fn file_name(graph: &Graph, source: SourceId) -> Option<&str> {
    graph
        .copy(source)
        .and_then(|file| file.of(&graph.texts))
        .map(|text| text.name.as_str())
}

/// Reports a quote whose parts are all there, but in another order or too far apart.
fn apart(message: String, place: Place, places: &[Place]) -> Diagnostic {
    let in_order = places.is_sorted_by_key(|place| place.span.start);
    let label = if in_order {
        "its parts are too far apart"
    } else {
        "its parts are in another order"
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
    let diagnostic = diagnostic.help("quote it exactly, with `[…]` for what you leave out");
    match &close.mend {
        Mend::Words(words) => diagnostic.fix(place, quoted(words)),
        Mend::Turned(here, there) => diagnostic.help(turned(here, there)),
        Mend::None => diagnostic,
    }
}

/// Explains that only one of the two has a negation, a number or an opposite.
fn turned(here: &[String], there: &[String]) -> String {
    let list = |words: &[String]| words::listed(words.iter());
    let differs = match (here, there) {
        ([], there) => format!("the text has {}, and the quote does not", list(there)),
        (here, []) => format!("the quote has {}, and the text does not", list(here)),
        (here, there) => format!("the quote has {}, and the text {}", list(here), list(there)),
    };
    format!("{differs}: the passage may say something else, so read it before you quote it")
}

/// Returns a label for a difference, at its location in the quote.
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

/// Returns the location in the file of a part of a quote.
fn within(graph: &Graph, quote: Place, range: &Range<usize>) -> Place {
    let text = graph.text(quote.file);
    Place {
        file: quote.file,
        span: in_string(text, quote.span, range.clone()),
    }
}

/// Returns the words at a location, on one line.
fn words(graph: &Graph, place: Place) -> String {
    graph
        .slice(place)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the location of a quote in its file.
fn place<'g>(places: &mut Locator<'g>, graph: &'g Graph, by: Quoting) -> Place {
    let quote = Step::Field("quote");
    let mut of = |record, path: &[Step<'_>]| super::part_by(places, graph, record, path);
    match by {
        Quoting::Stance(id) => of(graph[id].place, &[quote]),
        Quoting::Meeting(id) => of(graph[id].place, &[quote]),
        Quoting::Earlier(id, nth) => of(
            graph[id].place,
            &[Step::Field("earlier"), Step::Item(nth), quote],
        ),
        Quoting::Tie(id) => of(graph[id].place, &[quote]),
        Quoting::Fact(id) => of(graph[id].place, &[quote]),
    }
}
