//! The rules and their documentation pages. Most errors are found while records are read and
//! linked; this module holds the checks of a finished graph, one rule per file, and one page for
//! every rule, errors included.

mod as_of_behind;
mod bad_allow;
mod crowded_meeting;
mod held_alone;
mod held_in_future;
mod named_twice;
mod no_date;
mod no_source;
mod offer_without_actor;
mod quote_not_found;
mod quote_without_source;
mod quotes;
mod repeated_meeting;
mod repeated_statement;
mod repeated_tie;
mod rules;
mod said_after_source;
mod same_as_twice;
mod same_name;
mod sum;
mod topic_only;
mod unused;
mod voice_unknown;
mod withdrawn_quote;

use std::hash::{BuildHasher, Hash};

use hashbrown::{DefaultHashBuilder, HashSet};

#[doc(hidden)]
pub use quotes::{Checked, Close, Instead, Mend, Miss, Quote, Quoting, quotes};
pub use rules::RULES;
#[doc(hidden)]
pub use sum::summed_up;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::graph::Graph;
use crate::model::Day;
use crate::progress::step;
use crate::spread::spread;
use crate::syntax::{Locator, Step};
use crate::text::Place;
use crate::words;

/// A rule and its page.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rule {
    /// The name in kebab case, never reused for another rule.
    pub code: &'static str,
    /// Whether breaking the rule is an error or a warning.
    pub severity: Severity,
    /// The page in Markdown: a heading, an explanation, an example that breaks the rule (`ron
    /// triggers`) and the same example corrected (`ron fixed`). If an example needs several files,
    /// each of them begins with a line `// file: NAME`.
    pub page: &'static str,
}

impl Rule {
    /// Returns the first sentence of the explanation.
    pub fn short(&self) -> String {
        let full = self.full();
        full.find(". ")
            .map_or(full.clone(), |end| full[..=end].to_owned())
    }

    /// Returns the first paragraph of the page, which says what the rule means and why it matters,
    /// as one line.
    pub fn full(&self) -> String {
        self.page
            .split("\n\n")
            .nth(1)
            .unwrap_or_default()
            .replace('\n', " ")
    }
}

/// Returns the rule of this name, or `None` if there is none.
///
/// ```
/// let rule = demarche::check::page("held-alone").unwrap();
/// assert!(rule.page.starts_with("# held-alone\n"));
/// ```
pub fn page(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// Returns the names of up to three rules that are similar to `written`, nearest first. If none is
/// similar, returns those that share a word with it.
#[doc(hidden)]
pub fn near_codes(written: &str) -> Vec<&'static str> {
    let codes = || RULES.iter().map(|rule| rule.code);
    let near = words::several_nearest(written, codes(), 3);
    if !near.is_empty() {
        return near;
    }
    let words = |code: &str| {
        code.split(['-', '_', ' '])
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    let written = words(written);
    codes()
        .filter(|code| words(code).iter().any(|word| written.contains(word)))
        .collect()
}

/// All that is wrong in a graph or worth a look.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct Report {
    /// The findings, sorted by file and position.
    pub findings: Vec<Diagnostic>,
    /// The warnings that the files silence with `allow`, sorted likewise.
    pub silenced: Vec<Diagnostic>,
}

/// Adds all warnings to what was found while a graph was read; `today` is for what is said to have
/// happened later. Quotes are checked against the copies of sources that were read.
pub(crate) fn report(graph: &Graph, read: Vec<Diagnostic>, today: Day) -> Report {
    let mut found = read;
    found.extend(warnings(graph));
    found.extend(misquotes(graph));
    found.extend(by_day(graph, today));
    diagnostic::sort(&mut found);
    let (findings, silenced) = sum::silenced(graph, found);
    Report { findings, silenced }
}

/// Returns the warnings about a graph, sorted by file and position.
#[doc(hidden)]
pub fn warnings(graph: &Graph) -> Vec<Diagnostic> {
    let rules: [fn(&Graph, &mut Vec<Diagnostic>); _] = [
        held_alone::find,
        crowded_meeting::find,
        unused::find,
        no_source::find,
        no_date::find,
        repeated_statement::find,
        repeated_tie::find,
        repeated_meeting::find,
        voice_unknown::find,
        as_of_behind::find,
        bad_allow::find,
        same_name::find,
        same_as_twice::find,
        offer_without_actor::find,
        said_after_source::find,
        named_twice::find,
        topic_only::find,
        quote_without_source::find,
    ];
    let progress = step("checking, rule by rule", rules.len());
    let steps = graph.stances.len() + graph.meetings.len();
    let found = spread(
        rules.len(),
        steps,
        || (),
        |(), nth| {
            let mut found = Vec::new();
            rules[nth](graph, &mut found);
            progress.advance();
            found
        },
    );
    let mut found: Vec<Diagnostic> = found.into_iter().flatten().collect();
    diagnostic::sort(&mut found);
    found
}

/// Returns the warnings that depend on the day, sorted by file and position. One rule does: what is
/// said to have happened, but lies after the day.
#[doc(hidden)]
pub fn by_day(graph: &Graph, today: Day) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    held_in_future::find(graph, today, &mut found);
    diagnostic::sort(&mut found);
    found
}

/// Returns errors about quotes that are not in the copies of their sources that were read, and
/// warnings about those that are, but were withdrawn; sorted by file and position.
#[doc(hidden)]
pub fn misquotes(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let quotes = quotes::checkable(graph);
    quote_not_found::find(graph, &quotes, &mut found);
    withdrawn_quote::find(graph, &quotes, &mut found);
    diagnostic::sort(&mut found);
    found
}

/// Returns records in file order, so that the one written first is reported as the first.
fn in_files<T>(records: &[T], place: impl Fn(&T) -> Place) -> Vec<&T> {
    let mut records: Vec<&T> = records.iter().collect();
    records.sort_unstable_by_key(|record| place(record));
    records
}

/// Returns the records whose keys others have too, in the same order. A few others may be among
/// them: keys are compared by their hashes.
fn with_twins<T, K: Hash>(records: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let hasher = DefaultHashBuilder::default();
    let hash = |record: &T| hasher.hash_one(key(record));
    let mut hashes: Vec<u64> = records.iter().map(hash).collect();
    hashes.sort_unstable();
    let pairs = hashes.windows(2).filter(|pair| pair[0] == pair[1]);
    let twice: HashSet<u64> = pairs.map(|pair| pair[0]).collect();
    let has_twin = |record: &T| twice.contains(&hash(record));
    records.into_iter().filter(has_twin).collect()
}

fn sorted<T: Copy + Ord>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

/// Returns the location of a part of a record.
fn part(graph: &Graph, record: Place, path: &[Step<'_>]) -> Place {
    part_by(&mut Locator::default(), graph, record, path)
}

/// Like [`part`], but reuses a locator, for rules that may locate any number of parts of one
/// record.
fn part_by<'g>(
    places: &mut Locator<'g>,
    graph: &'g Graph,
    record: Place,
    path: &[Step<'_>],
) -> Place {
    let text = graph.text(record.file);
    Place {
        file: record.file,
        span: places.locate(text, record.span.start, path),
    }
}
