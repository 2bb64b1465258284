//! `demarche explain`: the page of a rule.

use crate::check::{RULES, near_codes, page};
use crate::diagnostic::Severity;
use crate::words::either;

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The code, such as `unknown-id`; without one, all are listed
    #[arg(add = clap_complete::ArgValueCompleter::new(super::complete::codes))]
    code: Option<String>,
}

impl Explain {
    /// Returns the output and the exit code; with exit code 2, the output is for standard error.
    pub(crate) fn run(&self) -> (String, u8) {
        let Some(written) = &self.code else {
            return (list(), 0);
        };
        // Accepts a code as copied from a finding: `error[unknown-id]: …`.
        let code = written
            .split_once('[')
            .map_or(written.as_str(), |(_, rest)| {
                rest.split(']').next().unwrap_or(rest)
            });
        if let Some(rule) = page(code.trim()) {
            return (rule.page.to_owned(), 0);
        }
        let near = near_codes(code);
        let help = match near.as_slice() {
            [] => "`demarche explain` lists them all".to_owned(),
            near => format!("did you mean {}?", either(near)),
        };
        (
            format!("error: there is no rule `{code}`\nhelp: {help}\n"),
            2,
        )
    }
}

fn list() -> String {
    let width = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let line = |rule: &crate::check::Rule| {
        let severity = if rule.severity == Severity::Error {
            "error"
        } else {
            "warning"
        };
        format!(
            "{:width$}  {severity:7}  {}\n",
            rule.code,
            rule.short().replace('`', "")
        )
    };
    RULES.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explain(code: &str) -> (String, u8) {
        Explain {
            code: Some(code.to_owned()),
        }
        .run()
    }

    #[test]
    fn codes() {
        assert!(explain("unknown-id").0.starts_with("# unknown-id\n"));
        assert_eq!(explain("error[unknown-id]"), explain("unknown-id"));
        assert_eq!(
            explain("unkown-id"),
            (
                "error: there is no rule `unkown-id`\nhelp: did you mean `unknown-id`?\n"
                    .to_owned(),
                2
            )
        );
        assert!(
            explain("salience")
                .0
                .ends_with("did you mean `bad-salience`?\n")
        );
        assert!(explain("zzz").0.ends_with("lists them all\n"));
    }

    #[test]
    fn all() {
        assert_eq!(Explain { code: None }.run().0.lines().count(), RULES.len());
    }
}
