//! Findings, each on one line, for an assistant.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::render::diagnostics;
use crate::text::Text;
use crate::words::{first_few, line_of, one_line};

/// The most findings shown with an error.
const MOST: usize = 20;

/// Returns a finding in a line: severity, code, file and line, message, help.
pub(super) fn line(finding: &Diagnostic, texts: &[Text]) -> String {
    let place = finding.place();
    let place = place.file.of(texts).map_or_else(String::new, |text| {
        let line = line_of(text.text.as_bytes(), place.span.start as usize);
        format!(" {}:{line}:", text.name)
    });
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let label = finding.labels.first().map(|label| label.text.as_str());
    let label = label.filter(|label| !label.is_empty());
    let said = [finding.message.as_str()].into_iter().chain(label);
    let said = said.chain(finding.help.iter().map(String::as_str));
    let said: Vec<String> = said.map(one_line).collect();
    format!("{severity}[{}]{place} {}", finding.code, said.join("; "))
}

/// Returns the findings as `check --format json` gives them.
pub(super) fn values(findings: &[Diagnostic], texts: &[Text]) -> Value {
    // It is JSON: this can't fail.
    serde_json::from_str(&diagnostics::json(findings, &[], texts)).unwrap_or_default()
}

/// Says why something can't be answered, for an assistant to act on.
pub(super) fn reason(error: &Error) -> String {
    match error {
        Error::Half { findings, texts } => {
            let lines = first_few(findings, MOST, |finding| line(finding, texts));
            format!(
                "{}: no question is answered until it is mended\n{}",
                crate::error::HALF,
                lines.join("\n")
            )
        }
        Error::Question { reason, help } => {
            let help: String = help.iter().map(|help| format!("\n{help}")).collect();
            format!("{reason}{help}")
        }
        other => other.to_string(),
    }
}
