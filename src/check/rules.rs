//! All rules, errors and warnings, each with its page.

use crate::check::Rule;
use crate::diagnostic::Severity::{Error, Warning};

macro_rules! rules {
    ($($severity:ident $code:literal,)*) => {
        &[$(Rule { code: $code, severity: $severity, page: include_str!(concat!("pages/", $code, ".md")) }),*]
    };
}

/// All rules, sorted by name.
pub const RULES: &[Rule] = rules![
    Warning "as-of-behind",
    Error "bad-allow",
    Error "bad-credibility",
    Error "bad-date",
    Error "bad-id",
    Error "bad-interval",
    Error "bad-level",
    Error "bad-levels",
    Error "bad-power",
    Error "bad-salience",
    Error "bad-scale",
    Error "bad-version",
    Warning "crowded-meeting",
    Error "cycle",
    Error "duplicate-field",
    Error "duplicate-id",
    Error "duplicate-mark",
    Error "empty-name",
    Warning "empty-quote",
    Error "foreign-edit",
    Error "half-an-edit",
    Error "held-after-source",
    Warning "held-alone",
    Warning "held-day-after",
    Warning "held-in-future",
    Error "include-nothing",
    Error "include-outside",
    Error "include-unreadable",
    Error "merge-conflict",
    Error "missing-field",
    Warning "named-twice",
    Error "no-actor",
    Warning "no-date",
    Error "no-scale",
    Warning "no-source",
    Error "not-utf8",
    Error "off-scale",
    Error "open-interval",
    Warning "passed-over",
    Error "quote-not-found",
    Warning "quote-without-source",
    Warning "repeated-meeting",
    Warning "repeated-record",
    Warning "repeated-statement",
    Warning "repeated-tie",
    Warning "said-after-source",
    Warning "same-name",
    Error "syntax",
    Warning "text-unreadable",
    Error "too-large",
    Warning "topic-only",
    Error "two-days",
    Warning "unfinished-edit",
    Error "unknown-field",
    Error "unknown-id",
    Error "unknown-variant",
    Warning "unused",
    Warning "voice-unknown",
    Error "wrong-kind",
    Error "wrong-type",
];
