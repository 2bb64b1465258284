//! What is wrong, where, and how to mend it: data, never text for a terminal (`render` makes that).

use crate::text::Place;
use crate::words;

/// How much a finding matters.
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
    /// A record, or a part of one. All else is read.
    #[default]
    Record,
    /// The graph: what else it says can't be told, and what is left is half of it.
    Graph,
}

/// A place that a finding speaks of, and what it says there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The bytes underlined.
    pub place: Place,
    /// A few words beside the underline; may be empty.
    pub text: String,
}

/// A mechanical mend: these bytes become that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace; empty to insert.
    pub place: Place,
    /// What stands there afterwards.
    pub replacement: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name in kebab case, one of [`crate::check::RULES`]; never reused for another rule.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// How much can't be read because of it.
    pub reach: Reach,
    /// What is wrong: lower case, names in backticks, no full stop.
    pub message: String,
    /// Where: the first label is the place of the finding, the others say what it rests on.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
    /// The replacement, where there is one and it is right.
    pub fix: Option<Fix>,
    /// Replacements of which a person must choose, where there are several, or one may be wrong.
    pub proposals: Vec<Fix>,
}

impl Diagnostic {
    /// An error at a place.
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

    /// A warning at a place.
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

    /// The same of a mistake that leaves half a graph.
    pub fn of_graph(self) -> Diagnostic {
        Diagnostic {
            reach: Reach::Graph,
            ..self
        }
    }

    /// Also underlines another place.
    pub fn label(mut self, place: Place, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Also says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// What it says, in a line, for where no place can be shown.
    pub fn in_a_line(&self) -> String {
        let said = std::iter::once(&self.message).chain(&self.help);
        said.map(String::as_str).collect::<Vec<_>>().join("; ")
    }

    /// Also says which bytes to replace by what.
    pub fn fix(mut self, place: Place, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix {
            place,
            replacement: replacement.into(),
        });
        self
    }

    /// Also says by what else these bytes may be replaced.
    pub fn propose(mut self, place: Place, replacement: impl Into<String>) -> Diagnostic {
        self.proposals.push(Fix {
            place,
            replacement: replacement.into(),
        });
        self
    }

    /// Also asks whether one of these names was meant by the one `written` there; `as_text` makes it what stands in a file. It
    /// is the fix where it is the only one and has the same numbers in it.
    pub fn did_you_mean(
        self,
        place: Place,
        written: &str,
        near: &[&str],
        as_text: impl Fn(&str) -> String,
    ) -> Diagnostic {
        let diagnostic = self.help(format!("did you mean {}?", words::either(near.iter())));
        match near {
            [only] if words::same_numbers(written, only) => diagnostic.fix(place, as_text(only)),
            several => several.iter().fold(diagnostic, |diagnostic, name| {
                diagnostic.propose(place, as_text(name))
            }),
        }
    }

    /// Where the finding is.
    pub fn place(&self) -> Place {
        self.labels
            .first()
            .map(|label| label.place)
            .unwrap_or_default()
    }
}

/// Sorts findings by file and place, and takes out those said twice.
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
