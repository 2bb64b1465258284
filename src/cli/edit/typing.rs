//! A line typed on a terminal. Tab completes ids, also by name, and words of the format; the
//! meaning of a name is shown beside it.

use std::io;

use crate::cli::complete;
use crate::cli::edit::fields::{id_of, named_by};
use crate::graph::Graph;
use crate::model::{Field, Holds};
use crate::words::one_line;

/// What is being typed: a value of a field, or, without one, free text.
#[derive(Clone, Copy)]
pub(super) struct Typing<'g> {
    pub(super) graph: &'g Graph,
    pub(super) field: Option<Field>,
}

/// Reads a line after a prompt; `None` at the end of the input, or if it is interrupted.
#[cfg(feature = "prompts")]
pub(super) fn line(question: &str, typing: Typing<'_>) -> io::Result<Option<String>> {
    terminal::line(&one_line(question), typing)
}

/// Reads a line after a prompt; `None` at the end of the input.
#[cfg(not(feature = "prompts"))]
pub(super) fn line(question: &str, _: Typing<'_>) -> io::Result<Option<String>> {
    use std::io::{BufRead, Write};
    let mut out = io::stdout().lock();
    write!(out, "{} ", one_line(question)).and_then(|()| out.flush())?;
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer)?;
    Ok((read > 0).then_some(answer))
}

#[cfg_attr(
    not(feature = "prompts"),
    expect(dead_code, reason = "only a terminal completes")
)]
impl Typing<'_> {
    /// Returns where the value at the end of a line begins.
    fn start(&self, line: &str) -> usize {
        let start = if self.field.is_some_and(Field::is_list) {
            line.rfind(',').map_or(0, |comma| comma + 1)
        } else {
            0
        };
        start + line[start..].len() - line[start..].trim_start().len()
    }

    /// Returns the completions of a half-typed value, each as inserted and as displayed.
    fn candidates(&self, typed: &str) -> Vec<(String, String)> {
        let Some(field) = self.field else {
            return Vec::new();
        };
        if let Holds::Word(words) = field.holds {
            let plain = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
            let found = words
                .words
                .iter()
                .filter(|word| plain(word).starts_with(&plain(typed)));
            return found
                .map(|word| ((*word).to_owned(), (*word).to_owned()))
                .collect();
        }
        let Some(kinds) = named_by(field) else {
            return Vec::new();
        };
        let found =
            complete::beginning_as(self.graph, typed, |entity| kinds.contains(&entity.kind()));
        let mut found: Vec<(String, String)> = found
            .into_iter()
            .map(|entity| (self.graph.id(entity), self.graph.name(entity)))
            .map(|(id, name)| (id.to_owned(), one_line(&format!("{id} ({name})"))))
            .collect();
        found.sort();
        found
    }

    /// Returns what a typed value refers to, or `None` if it refers to nothing.
    fn meaning(&self, typed: &str) -> Option<String> {
        let kinds = named_by(self.field?).filter(|_| !typed.is_empty())?;
        let id = id_of(self.graph, kinds, typed)?;
        let name = self
            .graph
            .entity(&id)
            .map(|entity| self.graph.name(entity))?;
        let name = one_line(name);
        Some(if id == typed {
            format!("  ({name})")
        } else {
            format!("  ({id}: {name})")
        })
    }
}

#[cfg(feature = "prompts")]
mod terminal {
    use std::borrow::Cow;
    use std::io;

    use rustyline::completion::{Completer, Pair};
    use rustyline::error::ReadlineError;
    use rustyline::highlight::Highlighter;
    use rustyline::hint::{Hint, Hinter};
    use rustyline::history::MemHistory;
    use rustyline::validate::Validator;
    use rustyline::{CompletionType, Config, Context, Editor, Helper};

    use super::Typing;

    pub(super) fn line(question: &str, typing: Typing<'_>) -> io::Result<Option<String>> {
        let broken = |error: ReadlineError| match error {
            ReadlineError::Io(error) => error,
            other => io::Error::other(other.to_string()),
        };
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            .build();
        let mut editor = Editor::with_history(config, MemHistory::new()).map_err(broken)?;
        editor.set_helper(Some(typing));
        match editor.readline(&format!("{question} ")) {
            Ok(line) => Ok(Some(line)),
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
            Err(error) => Err(broken(error)),
        }
    }

    impl Helper for Typing<'_> {}
    impl Validator for Typing<'_> {}

    impl Completer for Typing<'_> {
        type Candidate = Pair;

        fn complete(
            &self,
            line: &str,
            at: usize,
            _: &Context<'_>,
        ) -> rustyline::Result<(usize, Vec<Pair>)> {
            let start = self.start(&line[..at]);
            let found = self.candidates(&line[start..at]).into_iter();
            Ok((
                start,
                found
                    .map(|(replacement, display)| Pair {
                        display,
                        replacement,
                    })
                    .collect(),
            ))
        }
    }

    /// A hint shown beside the typed text and never inserted.
    pub(in crate::cli::edit) struct Beside(String);

    impl Hint for Beside {
        fn display(&self) -> &str {
            &self.0
        }

        fn completion(&self) -> Option<&str> {
            None
        }
    }

    impl Hinter for Typing<'_> {
        type Hint = Beside;

        fn hint(&self, line: &str, at: usize, _: &Context<'_>) -> Option<Beside> {
            if at < line.len() {
                None
            } else {
                self.meaning(line[self.start(line)..].trim_end())
                    .map(Beside)
            }
        }
    }

    impl Highlighter for Typing<'_> {
        fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
            Cow::Owned(format!("\u{1b}[2m{hint}\u{1b}[0m"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RecordKind;

    const GRAPH: &str = r#"Graph(actors: {
        "us": (name: "United States", kind: State, aliases: ["Washington"]),
        "uk": (name: "United Kingdom", kind: State),
        "balakrishnan": (name: "Vivian Balakrishnan", kind: Person),
    }, issues: { "usury": (name: "Usury") })"#;

    #[test]
    fn what_is_meant_is_offered() {
        let (graph, _) = crate::resolve::read("a.ron", GRAPH);
        let offered = |kind: RecordKind, field: &str, line: &str| -> Vec<String> {
            let typing = Typing {
                graph: &graph,
                field: kind.field(field),
            };
            typing
                .candidates(&line[typing.start(line)..])
                .into_iter()
                .map(|(id, _)| id)
                .collect()
        };
        assert_eq!(offered(RecordKind::Stance, "actor", "uni"), ["uk", "us"]);
        assert_eq!(offered(RecordKind::Stance, "actor", "uk, Wash"), ["us"]);
        assert_eq!(
            offered(RecordKind::Stance, "actor", "bala"),
            ["balakrishnan"]
        );
        assert_eq!(
            offered(RecordKind::Stance, "actor", "viv"),
            ["balakrishnan"]
        );
        assert_eq!(offered(RecordKind::Stance, "issue", "us"), ["usury"]);
        assert_eq!(
            offered(RecordKind::Stance, "position", "strongly-o"),
            ["StronglyOpposes"]
        );
        assert_eq!(
            offered(RecordKind::Meeting, "status", "p"),
            ["Planned", "Postponed"]
        );
        assert_eq!(offered(RecordKind::Actor, "name", "us"), [""; 0]);
        let meaning = |line: &str| {
            Typing {
                graph: &graph,
                field: RecordKind::Stance.field("actor"),
            }
            .meaning(line)
        };
        assert_eq!(meaning("us").as_deref(), Some("  (United States)"));
        assert_eq!(
            meaning("washington").as_deref(),
            Some("  (us: United States)")
        );
        assert_eq!(meaning("usury"), None);
    }
}
