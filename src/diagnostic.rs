//! Findings: what is wrong, where, and how to fix it. They are data, never terminal text; `render`
//! produces that.

use crate::text::Place;
use crate::words;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The record, or a part of it, is left out of answers.
    Error,
    /// Worth a look; answers use the record as it is.
    Warning,
}

/// How much of the graph a mistake makes unreadable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// A record or a part of one; everything else is read.
    #[default]
    Record,
    /// The whole graph: the rest can't be interpreted, so what was read is incomplete.
    Graph,
}

/// A range that a finding refers to, and what to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The bytes to underline.
    pub place: Place,
    /// A few words beside the underline; may be empty.
    pub text: String,
}

/// An edit that can be applied mechanically.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace; an empty range inserts.
    pub place: Place,
    /// The new text.
    pub replacement: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule's name in kebab case, one of [`crate::check::RULES`]; never reused for another
    /// rule.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// How much of the graph can't be read because of it.
    pub reach: Reach,
    /// What is wrong: lower case, names in backticks, no full stop.
    pub message: String,
    /// The ranges: the first label is where the finding is, the others show what it is based on.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
    /// The edit, if there is exactly one and it is right.
    pub fix: Option<Fix>,
    /// Edits for a person to choose from, if there are several or one may be wrong.
    pub proposals: Vec<Fix>,
}

impl Diagnostic {
    /// Creates an error at a range.
    pub fn error(
        code: &'static str,
        message: impl Into<String>,
        place: Place,
        label: impl Into<String>,
    ) -> Diagnostic {
        let labels = vec![Label {
            place,
            text: label.into(),
        }];
        Diagnostic {
            code,
            severity: Severity::Error,
            reach: Reach::Record,
            message: message.into(),
            labels,
            help: Vec::new(),
            fix: None,
            proposals: Vec::new(),
        }
    }

    /// Creates a warning at a range.
    pub fn warning(
        code: &'static str,
        message: impl Into<String>,
        place: Place,
        label: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, message, place, label)
        }
    }

    /// Marks the finding as one that leaves the graph incomplete.
    pub fn of_graph(self) -> Diagnostic {
        Diagnostic {
            reach: Reach::Graph,
            ..self
        }
    }

    /// Underlines another range as well.
    pub fn label(mut self, place: Place, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Adds advice on what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// Returns message and help on one line, for output that can't show the source text.
    pub fn in_a_line(&self) -> String {
        let said = std::iter::once(&self.message).chain(&self.help);
        said.map(String::as_str).collect::<Vec<_>>().join("; ")
    }

    /// Sets the edit that fixes the finding.
    pub fn fix(mut self, place: Place, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix {
            place,
            replacement: replacement.into(),
        });
        self
    }

    /// Adds an edit that may be what was meant.
    pub fn propose(mut self, place: Place, replacement: impl Into<String>) -> Diagnostic {
        self.proposals.push(Fix {
            place,
            replacement: replacement.into(),
        });
        self
    }

    /// Asks whether one of the names in `near` was meant by `written`; `as_text` turns a name into
    /// its spelling in a file. A single name of which it is a slip ([`words::is_slip`]) becomes the
    /// fix, all others are proposals: a word more may say the opposite.
    pub fn did_you_mean(
        self,
        place: Place,
        written: &str,
        near: &[&str],
        as_text: impl Fn(&str) -> String,
    ) -> Diagnostic {
        let diagnostic = self.help(format!("did you mean {}?", words::either(near.iter())));
        match near {
            [only] if words::is_slip(written, only) => diagnostic.fix(place, as_text(only)),
            several => several.iter().fold(diagnostic, |diagnostic, name| {
                diagnostic.propose(place, as_text(name))
            }),
        }
    }

    /// Returns the range of the finding: that of its first label.
    pub fn place(&self) -> Place {
        self.labels
            .first()
            .map(|label| label.place)
            .unwrap_or_default()
    }
}

/// Sorts findings by file and position, and removes duplicates.
#[doc(hidden)]
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.place(), a.severity, a.code, &a.message).cmp(&(
            b.place(),
            b.severity,
            b.code,
            &b.message,
        ))
    });
    diagnostics.dedup();
}
