//! Reports values that are not of the expected kind, and skips them.

use std::ops::Range;

use super::lex;
use super::read::{Lost, Reader};
use crate::diagnostic::Diagnostic;
use crate::text::{Place, Span};

/// Quotation marks that RON does not use: for each kind, those that open and those that close.
const OTHER_QUOTES: [([char; 3], [char; 2]); 4] = [
    (['\''; 3], ['\''; 2]),
    (['‘', '‚', '‘'], ['’', '‘']),
    (['“', '„', '”'], ['”', '“']),
    (['«'; 3], ['»'; 2]),
];

/// Returns the end of a text in single or typographic quotation marks, provided that it ends on its
/// line, at the end of its entry, and before another value in such marks begins. An apostrophe in a
/// word begins no text. For each kind of marks, `unclosed` keeps a part of a line that is known to
/// close none, so that the search is not repeated for each of many apostrophes on one line.
fn in_other_quotes(text: &str, at: usize, unclosed: &mut Unclosed) -> Option<usize> {
    let open = lex::char_at(text, at)?;
    let kind = OTHER_QUOTES
        .iter()
        .position(|(opens, _)| opens.contains(&open))?;
    if unclosed[kind].contains(&at) || text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    // Looks at no more of a long line than is needed.
    let rest = &text[at..];
    let line = rest.char_indices().take_while(|(_, c)| *c != '\n');
    let marks = line
        .skip(1)
        .filter(|(_, c)| OTHER_QUOTES[kind].1.contains(c));
    let mut ends = marks.map(|(nth, c)| (nth, nth + c.len_utf8()));
    let is_last = |end: usize| {
        let is_blank = |c: &char| c.is_whitespace() && *c != '\n';
        matches!(
            rest[end..].chars().find(|c| !is_blank(c)),
            None | Some('\n' | ',' | ')' | ']' | '}')
        )
    };
    let begins = |start: usize| {
        rest[..start]
            .trim_end()
            .ends_with([':', '(', '[', '{', ','])
    };
    match ends.find(|(start, end)| is_last(*end) || open == '\'' && begins(*start)) {
        Some((_, end)) if is_last(end) => Some(at + end),
        stopped => {
            let line_end = || rest.find('\n').unwrap_or(rest.len());
            unclosed[kind] = at..at + stopped.map_or_else(line_end, |(start, _)| start);
            None
        }
    }
}

/// For each kind of quotation marks, a part of a line in which none closes.
pub(super) type Unclosed = [Range<usize>; OTHER_QUOTES.len()];

/// Returns what was meant as a string, without the quotation marks of another kind around it.
fn quoted(written: &str) -> String {
    let inner = match in_other_quotes(written, 0, &mut Unclosed::default()) {
        Some(end) if end == written.len() => {
            let mut inner = written.chars();
            inner.next();
            inner.next_back();
            inner.as_str().trim()
        }
        _ => written.strip_prefix('\'').unwrap_or(written),
    };
    format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns a help text about the right brackets, if the wrong ones were used.
fn bracketed(expected: &str, found: &str) -> Option<&'static str> {
    match (expected.split(" `").next()?, found) {
        ("a map", "a list" | "a record") => {
            Some("records that have ids go in braces: `{ \"id\": (…) }`")
        }
        ("a list", "a map" | "a record") => Some("a list goes in square brackets: `[ …, … ]`"),
        ("a record", "a map" | "a list" | "a string") => {
            Some("a record goes in parentheses: `(field: …, field: …)`")
        }
        _ => None,
    }
}

impl<'a> Reader<'a> {
    /// Returns what comes next, in words.
    pub(super) fn found(&self) -> String {
        match self.peek() {
            0 if self.at >= self.text.len() => "the end of the file".to_owned(),
            b'(' => "a record".to_owned(),
            b'[' => "a list".to_owned(),
            b'{' => "a map".to_owned(),
            b'\'' => "a character".to_owned(),
            _ if lex::is_string(self.text, self.at) => "a string".to_owned(),
            _ if self.is_number() => "a number".to_owned(),
            _ => match (
                lex::ident(self.text, self.at),
                lex::char_at(self.text, self.at),
            ) {
                (Some((word, _)), _) => format!("`{word}`"),
                (None, Some(c)) => format!("`{}`", c.escape_debug()),
                (None, None) => "the end of the file".to_owned(),
            },
        }
    }

    /// Reports that the value here is not of the expected kind, and skips it.
    pub(crate) fn wrong_type(&mut self, expected: &str) -> Lost {
        let (start, found) = (self.at, self.found());
        if matches!(self.peek(), b',' | b')' | b']' | b'}') || self.at >= self.text.len() {
            let place = self.place(start, start);
            self.report(Diagnostic::error(
                "syntax",
                format!("expected {expected}, found {found}"),
                place,
                "a value is missing here",
            ));
            return if self.at >= self.text.len() {
                self.lose(start)
            } else {
                Lost::Value
            };
        }
        let report = self.diagnostics.len();
        if self.skip_value().is_err() {
            return Lost::Place;
        }
        let place = self.place(start, self.at);
        let written = &self.text[start..self.at];
        let is_word = found.starts_with('`') && !written.contains(char::is_whitespace);
        let found = if is_word {
            format!("`{written}`")
        } else {
            found
        };
        let mut diagnostic = Diagnostic::error(
            "wrong-type",
            format!("expected {expected}, found {found}"),
            place,
            format!("expected {expected}"),
        );
        let is_bare = found.starts_with('`') || found == "a number" || found == "a character";
        if expected.starts_with("a string") && is_bare {
            let quoted = quoted(written);
            diagnostic = diagnostic.help(format!("put it in quotes: `{quoted}`"));
            // Names may be numbers, but few ids, codes and paths are.
            let is_doubtful = found == "a number" && expected.contains("a list");
            diagnostic = match is_doubtful {
                true => diagnostic.propose(place, quoted),
                false => diagnostic.fix(place, quoted),
            };
        }
        if let Some(help) = bracketed(expected, &found) {
            diagnostic = diagnostic.help(help);
        }
        if expected.starts_with("a list") && found == "a string" {
            let listed = format!("[{written}]");
            diagnostic = diagnostic
                .help(format!("put it in brackets: `{listed}`"))
                .fix(place, listed);
        }
        self.diagnostics.insert(report, diagnostic.of_graph());
        Lost::Value
    }

    /// Reports that something else is expected here. The position is lost.
    pub(super) fn unexpected(&mut self, expected: &str) -> Lost {
        let at = self.at;
        let end = at + lex::char_at(self.text, at).map_or(0, char::len_utf8);
        let end = lex::ident(self.text, at).map_or(end, |(_, end)| end);
        let place = self.place(at, end);
        if let Some(string) = self.unclosed_string(expected) {
            return self.unclosed(string, place);
        }
        let mut diagnostic = Diagnostic::error(
            "syntax",
            format!("expected {expected}, found {}", self.found()),
            place,
            format!("expected {expected}"),
        );
        // A quotation mark inside a text ends the string, and the rest follows it directly.
        let goes_on = lex::char_at(self.text, at).is_some_and(char::is_alphanumeric);
        if self.text[..at].ends_with('"') && goes_on {
            let ends = self.place(at - 1, at);
            diagnostic = diagnostic
                .label(ends, "this mark ended the string")
                .help("inside a string, a quotation mark is written `\\\"`");
        }
        self.report(diagnostic);
        self.lose(at)
    }

    /// Returns the string just before this position if it lacks its closing quotation mark: it
    /// spans several lines, or includes the name of the next field or the comma of a list.
    pub(super) fn unclosed_string(&self, expected: &str) -> Option<Span> {
        if let Some(string) = self.runaway_string() {
            return Some(string);
        }
        let string = self.last_string;
        let inner = self.text[string.range()].trim_matches('"').trim_end();
        let goes_on = lex::char_at(self.text, self.at).is_some_and(|c| !",)]}".contains(c));
        let field = inner
            .strip_suffix(':')
            .map(str::trim_end)
            .is_some_and(|inner| {
                let name = inner.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '_');
                name.len() < inner.len() && name.trim_end().ends_with([',', '('])
            });
        let item = expected.contains("`]`") && inner.ends_with(',');
        (string.end as usize == self.at && goes_on && (field || item)).then_some(string)
    }

    /// Reports a string that lacks its closing quotation mark, at the string. `place` is where this
    /// shows.
    fn unclosed(&mut self, string: Span, place: Place) -> Lost {
        let written = &self.text[string.range()];
        let line_end = written.find(['\n', '\r']).unwrap_or(written.len());
        let start = string.start as usize;
        let text = self.place(start, start + line_end);
        // What was found wrong in the string is so because it goes on.
        let string = self.place(start, string.end as usize);
        let is_of_string = |found: &Diagnostic| found.labels.iter().any(|at| at.place == string);
        // It was found after all that is wrong before the string.
        let is_before = |found: &Diagnostic| {
            let mut places = found.labels.iter().map(|at| at.place.span.start as usize);
            places.all(|at| at < start)
        };
        let before = self.diagnostics.iter().rposition(is_before);
        let mut last = self.diagnostics.split_off(before.map_or(0, |nth| nth + 1));
        last.retain(|found| !is_of_string(found));
        self.diagnostics.append(&mut last);
        self.report(
            Diagnostic::error(
                "syntax",
                "this string has no closing `\"`",
                text,
                "it goes on to the next quotation mark",
            )
            .label(place, "so this makes no sense")
            .help("add the missing `\"` where it ends"),
        );
        self.lose(start)
    }

    /// Returns the string just before this position if it spans several lines.
    pub(super) fn runaway_string(&self) -> Option<Span> {
        let string = self.last_string;
        let gap = self.text.get(string.end as usize..self.at)?;
        let near = gap.len() <= 1 || gap.chars().all(|c| c.is_whitespace() || c == ',');
        (near && self.text[string.range()].contains('\n')).then_some(string)
    }

    pub(super) fn lose(&mut self, at: usize) -> Lost {
        self.lost_at = at;
        Lost::Place
    }

    /// Reports and skips a punctuation mark used instead of another. Returns whether it comes next.
    pub(super) fn mistaken(&mut self, found: u8, wanted: &str) -> bool {
        let start = self.at;
        if !self.eat(found) {
            return false;
        }
        let place = self.place(start, self.at);
        let message = format!("expected `{wanted}`, found `{}`", char::from(found));
        let label = format!("expected `{wanted}`");
        self.report(
            Diagnostic::error("syntax", message, place, label)
                .help(format!("write `{wanted}`"))
                .fix(place, wanted),
        );
        true
    }

    pub(super) fn mismatch(&mut self, open: usize, expected: u8) -> Lost {
        let found = self.found();
        let place = self.place(self.at, self.at + usize::from(self.at < self.text.len()));
        let expected = char::from(expected);
        let opened = self.place(open, open + 1);
        self.report(
            Diagnostic::error(
                "syntax",
                format!("expected `{expected}`, found {found}"),
                place,
                format!("expected `{expected}`"),
            )
            .label(opened, "to close this"),
        );
        self.lose(self.at)
    }

    /// Returns the end of the character, the text in quotation marks of another kind, or the word
    /// that begins here.
    fn word_end(&mut self, at: usize) -> Option<usize> {
        let character = (self.peek() == b'\'')
            .then(|| lex::char_literal(self.text, at))
            .flatten();
        character
            .or_else(|| in_other_quotes(self.text, at, &mut self.unclosed))
            .or_else(|| lex::ident(self.text, at).map(|(_, end)| end))
    }

    /// Skips one value of any kind, up to the comma or closing bracket after it.
    pub(crate) fn skip_value(&mut self) -> Result<(), Lost> {
        let mut open: Vec<(usize, u8)> = Vec::new();
        loop {
            self.blank()?;
            let at = self.at;
            match self.peek() {
                b'(' => open.push((at, b')')),
                b'[' => open.push((at, b']')),
                b'{' => open.push((at, b'}')),
                b',' if open.is_empty() => return Ok(()),
                found @ (b')' | b']' | b'}') => match open.pop() {
                    None => return Ok(()),
                    Some((_, expected)) if expected == found => {}
                    Some((start, expected)) => return Err(self.mismatch(start, expected)),
                },
                0 if at >= self.text.len() => {
                    return match open.pop() {
                        None => Ok(()),
                        Some((start, expected)) => Err(self.mismatch(start, expected)),
                    };
                }
                _ if lex::is_string(self.text, at) => {
                    self.string()?;
                    continue;
                }
                _ => {
                    if let Some(end) = self.word_end(at) {
                        self.at = end;
                        continue;
                    }
                }
            }
            self.at += lex::char_at(self.text, at).map_or(1, char::len_utf8);
        }
    }
}
