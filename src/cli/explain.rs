//! `demarche explain`: the page of a rule, or what a word of an answer means.

mod terms;

use crate::check::{RULES, near_codes, page};
use crate::diagnostic::Severity;
use crate::words::either;

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The code, such as `unknown-id` or `O1`, or a word of an answer, such as `contested` or `B2`;
    /// without one, all are listed
    #[arg(add = clap_complete::ArgValueCompleter::new(super::complete::codes), num_args = 0..)]
    word: Vec<String>,
}

impl Explain {
    /// Returns those of several words that are explained by themselves.
    fn words(&self) -> impl Iterator<Item = &str> {
        let words = self.word.iter().filter(|_| self.word.len() > 1);
        words
            .map(String::as_str)
            .filter(|word| terms::explained(word).is_some())
    }

    /// Returns the output and the exit code; with exit code 2, the output is for standard error.
    pub(crate) fn run(&self) -> (String, u8) {
        if self.word.is_empty() {
            return (list(), 0);
        }
        let written = self.word.join(" ");
        // Accepts a code as copied from a finding: `error[unknown-id]: …`.
        let code = written
            .split_once('[')
            .map_or(written.as_str(), |(_, rest)| {
                rest.split(']').next().unwrap_or(rest)
            });
        let rule = page(code.trim()).map(|rule| rule.page.to_owned());
        if let Some(page) = rule.or_else(|| terms::explained(&written)) {
            return (page, 0);
        }
        let near = match near_codes(code).as_slice() {
            [] => terms::near(&written)
                .into_iter()
                .chain(self.words())
                .collect(),
            codes => codes.to_vec(),
        };
        let help = match near.as_slice() {
            [] => "`demarche explain` lists all".to_owned(),
            near => format!("did you mean {}?", either(near)),
        };
        (
            format!("error: there is no rule and no word `{written}`\nhelp: {help}\n"),
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
    let rules: String = RULES.iter().map(line).collect();
    let words: Vec<&str> = terms::names().collect();
    let codes: Vec<&str> = terms::rules().collect();
    format!(
        "{rules}\nWords: {}\n\nRules of the format: {}\n",
        words.join(", "),
        codes.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explain(code: &str) -> (String, u8) {
        Explain {
            word: vec![code.to_owned()],
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
                "error: there is no rule and no word `unkown-id`\nhelp: did you mean `unknown-id`?\n"
                    .to_owned(),
                2
            )
        );
        assert!(
            explain("saliense")
                .0
                .ends_with("did you mean `salience`?\n")
        );
        assert!(explain("zzz").0.ends_with("lists all\n"));
    }

    #[test]
    fn rules_of_the_format() {
        assert!(explain("o1").0.contains("is an offer"));
        // A code may be a grade, too.
        let (both, _) = explain("C1");
        assert!(both.contains("What somebody said for another") && both.contains("C fairly"));
        let letters = [('R', 4), ('H', 2), ('W', 5), ('C', 2), ('T', 5), ('M', 4)];
        let letters = letters.into_iter().chain([('P', 4), ('O', 2), ('E', 3)]);
        for (letter, many) in letters {
            for nth in 1..=many {
                let (page, code) = explain(&format!("{letter}{nth}"));
                assert!(
                    code == 0 && page.contains("A rule of the format."),
                    "{page}"
                );
            }
        }
    }

    #[test]
    fn all() {
        let (all, _) = Explain { word: Vec::new() }.run();
        assert_eq!(all.lines().count(), RULES.len() + 4);
    }
}
