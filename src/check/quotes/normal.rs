//! The normal form in which texts and quotes are compared. It removes differences that lie only in
//! whitespace, line breaks, quotation marks, dashes or the composition of characters (Unicode
//! NFKC). Every byte can be traced to its origin in the text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// Literally.
    Plain,
    /// As Markdown displays it.
    Markdown,
}

/// What happens to hyphens within words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hyphens {
    /// Hyphens stay.
    #[default]
    Kept,
    /// Hyphens before a line break are removed.
    Joined,
    /// All hyphens and dashes between words are removed and recorded in [`Normal::hyphens`]. One
    /// before a line break may or may not belong to the word.
    Apart,
}

/// A hyphen that was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hyphen {
    /// The byte of the normal form before which the hyphen stood.
    pub(super) at: usize,
    /// Whether the hyphen may only be there because of a line break.
    pub(super) breaks_line: bool,
}

/// The normal form of a text.
#[derive(Debug, Default)]
pub(super) struct Normal {
    /// The normalized text.
    pub(super) text: String,
    /// The removed hyphens, in order.
    pub(super) hyphens: Vec<Hyphen>,
    /// The origins of bytes, one entry wherever the offset changes: `(byte of the normal form, byte
    /// of the text)`.
    origins: Vec<(u32, u32)>,
}

impl Normal {
    /// Returns the bytes of the text that a range of the normal form comes from. `text` must be the
    /// text that this was made from.
    pub(super) fn origin(&self, text: &str, range: Range<usize>) -> Range<usize> {
        let start = self.origin_of(range.start);
        if range.is_empty() {
            return start..start;
        }
        let last = self.origin_of(self.text.floor_char_boundary(range.end - 1));
        let mut rest = text.get(last..).unwrap_or_default().char_indices().skip(1);
        let end = rest
            .find(|(_, c)| !is_combining_mark(*c))
            .map_or(text.len(), |(at, _)| last + at);
        start..end.max(start)
    }

    /// Removes the first `length` bytes.
    pub(super) fn drop_start(&mut self, length: usize) {
        let origin = self.origin_of(length);
        self.text.drain(..length);
        self.origins.retain(|(at, _)| *at as usize > length);
        for (at, _) in &mut self.origins {
            *at -= length as u32;
        }
        self.origins.insert(0, (0, origin as u32));
        for hyphen in &mut self.hyphens {
            hyphen.at -= length;
        }
    }

    fn origin_of(&self, at: usize) -> usize {
        let after = self
            .origins
            .partition_point(|(known, _)| *known as usize <= at);
        let (known, origin) = self
            .origins
            .get(after.wrapping_sub(1))
            .copied()
            .unwrap_or_default();
        origin as usize + (at - known as usize)
    }
}

/// Returns the normal form of a text.
pub(super) fn normal(text: &str, markup: Markup, hyphens: Hyphens) -> Normal {
    let mut writer = Writer {
        hyphens,
        ..Writer::default()
    };
    writer.normal.text.reserve(text.len());
    match markup {
        Markup::Plain => writer.plain(text, 0),
        Markup::Markdown => writer.markdown(text),
    }
    writer.normal
}

/// Whitespace, or a hyphen and the whitespace after it, pending until the next character is read.
#[derive(Clone, Copy, Debug, Default)]
struct Waiting {
    space: bool,
    breaks_line: bool,
    hyphen: Option<usize>,
    /// Whether the hyphen directly follows its word.
    attached: bool,
}

#[derive(Default)]
struct Writer {
    normal: Normal,
    hyphens: Hyphens,
    waiting: Waiting,
    /// The last character written.
    last: Option<char>,
    /// Whether a soft hyphen was the last character read; a line break after it does not count.
    soft: bool,
}

impl Writer {
    /// Writes literal text that starts at byte `start` of the whole.
    fn plain(&mut self, text: &str, start: usize) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            // ASCII is already normal, unless an accent follows it.
            if bytes[at] < 0x80 && bytes.get(at + 1).is_none_or(|next| *next < 0x80) {
                self.char(char::from(bytes[at]), start + at);
                at += 1;
                continue;
            }
            let mut chars = text[at..].char_indices();
            let Some((_, c)) = chars.next() else { break };
            let length = chars
                .find(|(_, next)| !composes(*next))
                .map_or(text.len() - at, |(length, _)| length);
            if length == c.len_utf8() && is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes {
                self.char(c, start + at);
            } else {
                for c in text[at..at + length].nfkc() {
                    self.char(c, start + at);
                }
            }
            at += length;
        }
    }

    /// Writes the words that Markdown displays.
    fn markdown(&mut self, text: &str) {
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::Text(words) | Event::Code(words) | Event::Html(words) => {
                    match text[range.clone()].find(&*words) {
                        Some(within) => self.plain(&words, range.start + within),
                        None => {
                            for c in words.nfkc() {
                                self.char(c, range.start);
                            }
                        }
                    }
                }
                Event::SoftBreak => self.char('\n', range.start),
                Event::End(
                    TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
                )
                | Event::Start(_) => {}
                _ => self.char(' ', range.start),
            }
        }
    }

    fn char(&mut self, c: char, at: usize) {
        match c {
            '\u{AD}' => self.soft = true,
            c if is_invisible(c) => {}
            c if c.is_whitespace() => {
                let breaks_line = matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
                self.waiting.breaks_line |= breaks_line;
                self.waiting.space |= !(self.soft && breaks_line);
            }
            c if is_quotation_mark(c) => self.mark('\'', at),
            c if is_dash(c) => self.dash(at),
            c => self.other(c, at),
        }
    }

    fn dash(&mut self, at: usize) {
        let behind_word = self.last.is_some_and(char::is_alphanumeric);
        let attached = !self.waiting.space && self.waiting.hyphen.is_none();
        let waits = match self.hyphens {
            Hyphens::Kept => false,
            Hyphens::Joined => behind_word && attached,
            Hyphens::Apart => behind_word,
        };
        if waits {
            self.waiting = Waiting {
                hyphen: Some(at),
                attached,
                ..Waiting::default()
            };
        } else {
            self.mark('-', at);
        }
    }

    /// Writes a quotation mark or a dash. Whitespace around it and its repetition are matters of
    /// taste, and left out.
    fn mark(&mut self, mark: char, at: usize) {
        let waiting = std::mem::take(&mut self.waiting);
        if let Some(hyphen) = waiting.hyphen {
            self.write('-', hyphen);
        }
        if self.last != Some(mark) {
            self.write(mark, at);
        }
    }

    fn other(&mut self, c: char, at: usize) {
        let Waiting {
            space,
            breaks_line,
            hyphen,
            attached,
        } = std::mem::take(&mut self.waiting);
        let breaks_line = breaks_line && attached;
        match hyphen {
            Some(_) if c.is_alphanumeric() && (breaks_line || self.hyphens == Hyphens::Apart) => {
                self.normal.hyphens.push(Hyphen {
                    at: self.normal.text.len(),
                    breaks_line,
                });
            }
            Some(hyphen) => self.write('-', hyphen),
            // Some languages put a space before these marks.
            None if space && !matches!(c, '!' | '?' | ';' | ':') => self.space(at),
            None => {}
        }
        self.write(c, at);
    }

    fn space(&mut self, at: usize) {
        if self.last.is_some_and(|last| !matches!(last, '\'' | '-')) {
            self.write(' ', at.saturating_sub(1));
        }
    }

    fn write(&mut self, c: char, at: usize) {
        let (known, origin) = self.normal.origins.last().copied().unwrap_or_default();
        let end = self.normal.text.len();
        if end - known as usize != at.wrapping_sub(origin as usize)
            || self.normal.origins.is_empty()
        {
            self.normal.origins.push((end as u32, at as u32));
        }
        self.normal.text.push(c);
        self.last = Some(c);
        self.soft = false;
    }
}

/// Returns whether a character may combine with the one before it.
fn composes(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11FF}' | '\u{FF9E}' | '\u{FF9F}')
}

/// Returns whether a character takes no room: a joiner, a mark of direction, a variation selector
/// or the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{61C}'
    )
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '´' | '\u{2018}'..='\u{201F}' | '′' | '″' | '‹' | '›' | '«' | '»' | '\u{301D}'..='\u{301F}' | '「' | '」' | '『' | '』')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '−' | '⸺' | '⸻')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        normal(text, Markup::Plain, Hyphens::Kept).text
    }

    #[test]
    fn what_does_not_matter_is_the_same() {
        assert_eq!(
            plain("“We  will\r\nnot,” he said"),
            plain("\"We will not,\" he said")
        );
        assert_eq!(plain("« oui »"), plain("\"oui\""));
        assert_eq!(plain("a – b, a—b, a -- b"), "a-b, a-b, a-b");
        assert_eq!(
            plain("nego\u{AD}\ntiate \u{FB01}sh e\u{301}"),
            "negotiate fish é"
        );
        assert_eq!(plain("\u{FEFF}  so?"), "so?");
    }

    #[test]
    fn bytes_know_their_origin() {
        for text in [
            "a  “b” c – d",
            "e\u{301}\u{FB01} x\n\ny",
            "\u{FEFF}абв  где",
            "ends ",
        ] {
            let made = normal(text, Markup::Plain, Hyphens::Kept);
            for (at, c) in made
                .text
                .char_indices()
                .filter(|(_, c)| c.is_alphanumeric())
            {
                let origin = made.origin(text, at..at + c.len_utf8());
                assert!(
                    text[origin.clone()].nfkc().collect::<String>().contains(c),
                    "{text:?} {at} {origin:?}"
                );
            }
        }
    }

    #[test]
    fn markdown_is_read_as_it_is_shown() {
        let text = "# Head\n\n> We **shall**\n> not [yield](x.md) &amp; `so`.\n\n- one\n- two\n";
        let made = normal(text, Markup::Markdown, Hyphens::Kept);
        assert_eq!(made.text, "Head We shall not yield & so. one two");
        let at = made.text.find("yield").unwrap();
        assert_eq!(&text[made.origin(text, at..at + 5)], "yield");
    }

    #[test]
    fn hyphens_at_the_end_of_a_line_are_told_apart() {
        let made = normal(
            "a nego-\ntiation, well-known - no",
            Markup::Plain,
            Hyphens::Apart,
        );
        assert_eq!(made.text, "a negotiation, wellknownno");
        assert_eq!(
            made.hyphens,
            [6, 19, 24].map(|at| Hyphen {
                at,
                breaks_line: at == 6
            })
        );
    }
}
