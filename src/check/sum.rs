//! Reduces warnings that are unwanted or numerous: those that a file allows are set apart to be
//! counted, and more than ten of one code become a single finding.

use std::collections::{BTreeMap, HashSet};

use crate::check::page;
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::Graph;
use crate::text::FileId;
use crate::words::thousands;

/// The maximum number of warnings of one code that are reported one by one.
const MANY: usize = 10;
/// The number of warnings shown when more are summed up.
const SHOWN: usize = 3;

/// Separates the findings to report from the warnings that the file of their record allows. Returns
/// both, in this order.
pub(super) fn silenced(
    graph: &Graph,
    found: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    if graph.allow.is_empty() {
        return (found, Vec::new());
    }
    let allowed: HashSet<(FileId, &str)> = graph
        .allow
        .iter()
        .map(|(code, place)| (place.file, code.as_str()))
        .collect();
    let is_allowed = |finding: &Diagnostic| {
        finding.severity == Severity::Warning
            && allowed.contains(&(finding.place().file, finding.code))
            && page(finding.code).is_some_and(|rule| rule.severity == Severity::Warning)
    };
    found.into_iter().partition(|finding| !is_allowed(finding))
}

/// Replaces the warnings of a code, if there are more than ten, by a single finding at the first of
/// them.
pub fn summed_up(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in found.iter().filter(|finding| is_warning(finding)) {
        *alike.entry(finding.code).or_default() += 1;
    }
    alike.retain(|_, count| *count > MANY);
    if alike.is_empty() {
        return found;
    }
    let mut firsts: BTreeMap<&'static str, Vec<Diagnostic>> = BTreeMap::new();
    let mut kept = Vec::new();
    for finding in found {
        match alike.contains_key(finding.code) && is_warning(&finding) {
            false => kept.push(finding),
            true => {
                let shown = firsts.entry(finding.code).or_default();
                if shown.len() < SHOWN {
                    shown.push(finding);
                }
            }
        }
    }
    kept.extend(
        firsts
            .into_iter()
            .filter_map(|(code, shown)| one(&shown, alike[code])),
    );
    crate::diagnostic::sort(&mut kept);
    kept
}

fn is_warning(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Warning
}

/// Returns one finding that stands for `count` findings, the first of which are `shown`.
fn one(shown: &[Diagnostic], count: usize) -> Option<Diagnostic> {
    let first = shown.first()?;
    let names: Vec<&str> = shown.iter().filter_map(named).collect();
    let what = many(first.code);
    let message = match names.len() == shown.len() {
        true => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let more = count - names.len();
            format!(
                "{} {what}: {} and {more} more",
                thousands(count),
                names.join(", ")
            )
        }
        false => format!("{} {what}", thousands(count)),
    };
    let labels = shown
        .iter()
        .filter_map(|finding| finding.labels.first().cloned());
    let code = first.code;
    let summed = Diagnostic {
        message,
        labels: labels.collect(),
        help: first.help.clone(),
        fix: None,
        proposals: Vec::new(),
        ..first.clone()
    };
    Some(summed.help(format!(
        "`--all` prints each; `allow: [\"{code}\"]` in a file silences those of its records"
    )))
}

/// Returns the name with which a message begins or ends.
fn named(finding: &Diagnostic) -> Option<&str> {
    let mut parts = finding.message.split('`');
    let (before, name) = (parts.next()?, parts.next()?);
    let rest = parts.next()?;
    (before.is_empty() || rest.is_empty()).then_some(name)
}

/// Returns what many findings of a code say, to follow their number.
fn many(code: &str) -> &'static str {
    match code {
        "as-of-behind" => "records are dated after `as_of`",
        "crowded-meeting" => "meetings are crowded",
        "empty-quote" => "quotes have no words",
        "held-day-after" => "meetings were held the day after their source",
        "held-alone" => "meetings were held with fewer than two participants",
        "held-in-future" => "meetings were held after today",
        "named-twice" => "actors are named twice by one record",
        "no-date" => "stances have no date",
        "no-source" => "stances have no source",
        "offer-without-actor" => "offers depend on no actor",
        "passed-over" => "files were skipped",
        "quote-without-source" => "quotes have no source",
        "repeated-meeting" => "meetings are recorded twice",
        "repeated-record" => "records are declared twice, with the same content",
        "repeated-statement" => "statements are made twice",
        "repeated-tie" => "ties are recorded twice",
        "said-after-source" => "dates are after those of their sources",
        "same-as-twice" => "ids elsewhere are those of two records",
        "same-name" => "names belong to two records",
        "text-unreadable" => "texts can't be read",
        "topic-only" => "issues ask no question",
        "unfinished-edit" => "edits were interrupted",
        "unused" => "actors and issues are referred to by nothing",
        "withdrawn-quote" => "quotes are in their sources, but were withdrawn",
        "voice-unknown" => {
            "statements are voiced by others, who are not known to speak for their actors"
        }
        _ => ALIKE,
    }
}

/// The words for findings of a code that has none of its own.
const ALIKE: &str = "warnings are alike";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::RULES;

    #[test]
    fn every_warning_has_words_for_many() {
        let warnings = RULES
            .iter()
            .filter(|rule| rule.severity == Severity::Warning);
        for rule in warnings {
            assert_ne!(many(rule.code), ALIKE, "`{}` has none in `many`", rule.code);
        }
    }
}
