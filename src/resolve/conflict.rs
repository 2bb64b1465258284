//! Unresolved merge conflicts: git leaves both sides of a conflict in the text, between lines of
//! `<`, `=` and `>`.

use std::ops::ControlFlow;

use memchr::memmem;

use crate::diagnostic::Diagnostic;
use crate::model::SECTIONS;
use crate::syntax::{Event, TokenKind, walk};
use crate::text::{FileId, Place, Span};

/// A conflict: its span from the first marker to the last, and the spans of its two sides, each
/// with the marker before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Conflict {
    whole: Span,
    ours: Span,
    theirs: Span,
}

/// A text without its conflicts: neither side of one counts. Spaces replace them, so that all other
/// text keeps its offset.
pub(super) struct Resolved {
    /// The text to read instead.
    pub(super) text: String,
    /// The spans that were replaced.
    pub(super) gaps: Vec<Span>,
    /// A finding for each conflict.
    pub(super) findings: Vec<Diagnostic>,
}

/// Returns a finding for each conflict of a text.
pub(crate) fn merge_conflicts(text: &str, file: FileId) -> Vec<Diagnostic> {
    resolved(text, file).map_or(Vec::new(), |resolved| resolved.findings)
}

/// Returns what can be read of a text with conflicts, or `None` if it has none.
pub(super) fn resolved(text: &str, file: FileId) -> Option<Resolved> {
    let conflicts = conflicts(text);
    if conflicts.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for conflict in &conflicts {
        for byte in &mut bytes[conflict.whole.range()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    let place = |span| Place { file, span };
    let finding = |conflict: &Conflict| {
        Diagnostic::error(
            "merge-conflict",
            "a merge conflict is not resolved",
            place(first_line(text, conflict.ours)),
            "one side begins here",
        )
        .label(
            place(first_line(text, conflict.theirs)),
            "the other side begins here",
        )
        .label(
            place(Span::new(
                text[..conflict.whole.end as usize].rfind('\n').map_or(0, |end| end + 1),
                conflict.whole.end as usize,
            )),
            "and ends here",
        )
        .help("keep one side, or what is right in both, and remove the lines of `<`, `=` and `>`")
        .help("records that two branches add merge without a conflict if `.gitattributes` has `*.ron merge=union`, as `demarche new` writes it")
        .of_graph()
    };
    Some(Resolved {
        // Only whole lines were replaced, so the text is still UTF-8.
        text: String::from_utf8(bytes).unwrap_or_default(),
        gaps: conflicts.iter().map(|conflict| conflict.whole).collect(),
        findings: conflicts.iter().map(finding).collect(),
    })
}

fn first_line(text: &str, span: Span) -> Span {
    let start = span.start as usize;
    let length = text[start..].lines().next().map_or(0, str::len);
    Span::new(start, start + length)
}

/// Returns the conflicts of a text. What looks like one inside a string or a comment does not
/// count.
fn conflicts(text: &str) -> Vec<Conflict> {
    if !text.starts_with(OURS) && memmem::find(text.as_bytes(), b"\n<<<<<<<").is_none() {
        return Vec::new();
    }
    let mut found: Vec<Conflict> = Vec::new();
    let (mut ours, mut theirs): (Option<usize>, Option<usize>) = (None, None);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        match (ours, theirs) {
            _ if is_marker(line, OURS) => (ours, theirs) = (Some(at), None),
            (Some(_), None) if is_marker(line, BETWEEN) => theirs = Some(at),
            (Some(first), Some(second)) if is_marker(line, THEIRS) => {
                found.push(Conflict {
                    whole: Span::new(first, end),
                    ours: Span::new(first, second),
                    theirs: Span::new(second, end),
                });
                (ours, theirs) = (None, None);
            }
            _ => {}
        }
        at += line.len();
    }
    if !found.is_empty() {
        let quoted = quoted(text);
        found.retain(|conflict| {
            let at = conflict.whole.start;
            !quoted.iter().any(|span| span.start < at && at < span.end)
        });
    }
    found
}

const OURS: &str = "<<<<<<<";
const BETWEEN: &str = "=======";
const THEIRS: &str = ">>>>>>>";

/// Returns whether a line is a marker: seven signs, alone or followed by a name.
fn is_marker(line: &str, sign: &str) -> bool {
    line.strip_prefix(sign)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n', '\r']))
}

/// Returns the spans of the strings and comments of a text.
fn quoted(text: &str) -> Vec<Span> {
    let mut quoted = Vec::new();
    walk(text, SECTIONS, &mut |_, event| {
        if let Event::Token(TokenKind::Text | TokenKind::Key | TokenKind::Comment, span) = event {
            quoted.push(span);
        }
        ControlFlow::Continue(())
    });
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_is_found_where_it_is_none_of_the_writers_words() {
        let conflict = "<<<<<<< ours\n1\n=======\n2\n>>>>>>> theirs\n";
        let count = |text: &str| conflicts(text).len();
        assert_eq!(count(conflict), 1);
        assert_eq!(count(&format!("Graph(stances: [\n{conflict}])")), 1);
        assert_eq!(
            count(&format!("{conflict}{conflict}").replace('\n', "\r\n")),
            2
        );
        assert_eq!(
            count("<<<<<<< a\n1\n||||||| base\n0\n=======\n2\n>>>>>>> b"),
            1
        );
        assert_eq!(count(&format!("Graph(note: r#\"a\n{conflict}b\"#)")), 0);
        assert_eq!(count(&format!("/* a\n{conflict}*/ Graph()")), 0);
        for other in [
            "<<<<<<< a\n",
            "<<<<<<< a\n=======\n",
            " <<<<<<<\n=======\n>>>>>>>",
            "<<<<<<<<\n=======\n>>>>>>>",
        ] {
            assert_eq!(count(other), 0, "{other}");
        }
    }
}
