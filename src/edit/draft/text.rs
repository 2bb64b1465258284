//! A text as paragraphs, sentences and words, each with its bytes. Nothing is copied, so a quote is
//! exactly what the text says.

use std::ops::Range;

use super::lists;

/// A word: its position, and the forms that are compared.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Its bytes, without a possessive ending.
    pub(super) bytes: Range<usize>,
    /// The word in lower case, without accents.
    pub(super) folded: String,
    /// The stem of the word.
    pub(super) stem: String,
    /// Whether it begins with a capital.
    pub(super) is_capital: bool,
    /// Whether it has a possessive ending: `China's`.
    pub(super) is_possessive: bool,
}

/// A sentence, or an item of an enumeration.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its bytes.
    pub(super) bytes: Range<usize>,
    /// Its words.
    pub(super) words: Vec<Word>,
    /// The number of its paragraph.
    pub(super) paragraph: usize,
    /// Whether it is an item of an enumeration, which continues what the sentence before began.
    pub(super) is_item: bool,
}

/// A text as sentences.
#[derive(Clone, Debug)]
pub(super) struct Article<'t> {
    pub(super) text: &'t str,
    /// The first line, if it is a title.
    pub(super) title: Option<Range<usize>>,
    pub(super) sentences: Vec<Sentence>,
    /// The offsets of its line breaks.
    breaks: Vec<usize>,
}

impl Article<'_> {
    /// Returns the text between the nth word and the one before it.
    pub(super) fn between(&self, words: &[Word], nth: usize) -> &str {
        &self.text[words[nth - 1].bytes.end..words[nth].bytes.start]
    }

    /// Returns the line of an offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.breaks.partition_point(|&at| at < offset) + 1
    }

    /// Returns the bytes as one line: each run of whitespace becomes a space.
    pub(super) fn quote(&self, bytes: Range<usize>) -> String {
        self.text[bytes]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Reads a text, plain or Markdown.
pub(super) fn read(text: &str) -> Article<'_> {
    let mut article = Article {
        text,
        title: None,
        sentences: Vec::new(),
        breaks: memchr::memchr_iter(b'\n', text.as_bytes()).collect(),
    };
    let mut continues = false;
    let paragraphs = paragraphs(text);
    for (paragraph, bytes) in paragraphs.iter().cloned().enumerate() {
        let next = paragraphs
            .get(paragraph + 1)
            .map_or("", |next| &text[next.clone()]);
        let introduces = text[bytes.clone()].ends_with(':') && begins_as_item(next);
        if is_heading(&text[bytes.clone()]) && !introduces {
            if paragraph == 0 {
                article.title = Some(bytes.clone());
            }
            let enumerates =
                text[bytes.clone()].ends_with(':') && text[bytes].split_whitespace().count() == 1;
            continues = enumerates;
            continue;
        }
        for (nth, sentence) in sentences(text, bytes.clone()).into_iter().enumerate() {
            let words = words(text, sentence.clone());
            let is_item = nth == 0 && (continues || begins_as_item(&text[sentence.clone()]));
            if !words.is_empty() {
                article.sentences.push(Sentence {
                    bytes: sentence,
                    words,
                    paragraph,
                    is_item,
                });
            }
        }
        continues = text[bytes].trim_end().ends_with([';', ',', ':']);
    }
    article
}

/// Returns whether a sentence begins as an item of a list: `a.`, `1)`, `-`.
fn begins_as_item(sentence: &str) -> bool {
    let first = sentence.split_whitespace().next().unwrap_or_default();
    let marker = first.trim_end_matches(['.', ')']);
    let one_letter = marker.chars().count() == 1 && marker.chars().all(char::is_alphabetic);
    let number =
        !marker.is_empty() && marker.len() <= 2 && marker.bytes().all(|byte| byte.is_ascii_digit());
    matches!(first, "-" | "*" | "•") || (marker.len() < first.len() && (one_letter || number))
}

/// Splits a text into paragraphs: at empty lines, and at lines that are headings or items by
/// themselves.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let trimmed = line.trim();
        let stands_alone = trimmed.starts_with('#')
            || is_heading(trimmed) && trimmed.ends_with(':')
            || begins_as_item(trimmed);
        if trimmed.is_empty() || stands_alone {
            found.extend(open.take());
        }
        if !trimmed.is_empty() {
            let first = start + line.len() - line.trim_start().len();
            let last = first + trimmed.len();
            match &mut open {
                Some(open) => open.end = last,
                None => open = Some(first..last),
            }
        }
        if trimmed.starts_with('#') || is_heading(trimmed) && trimmed.ends_with(':') {
            found.extend(open.take());
        }
        start = end;
    }
    found.extend(open);
    found
}

/// Returns whether a paragraph is a heading: a Markdown one, or short and without the end of a
/// sentence.
fn is_heading(paragraph: &str) -> bool {
    let short = paragraph.chars().count() < 90 && !paragraph.contains('\n');
    let ends = paragraph
        .trim_end_matches(['"', '”', '’', '\'', ')'])
        .ends_with(['.', '!', '?', ';', ',']);
    paragraph.starts_with('#') || short && !ends && !begins_as_item(paragraph)
}

/// The length in bytes after which a sentence (an endless list, a table) is split after the next
/// word.
const LONGEST: usize = 4000;

fn sentences(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let body = &text[paragraph.clone()];
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in body.char_indices() {
        if at >= start + LONGEST && !c.is_alphanumeric() {
            found.push(start..at);
            start = at;
        }
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let closing: usize = body[at + 1..]
            .chars()
            .take_while(|c| matches!(c, '"' | '”' | '’' | '\'' | ')'))
            .map(char::len_utf8)
            .sum();
        let end = at + 1 + closing;
        let behind = &body[end..];
        let next = behind.trim_start().chars().next();
        let blank = behind.starts_with(char::is_whitespace);
        let begins = next.is_some_and(|c| {
            c.is_uppercase()
                || c.is_ascii_digit()
                || matches!(c, '"' | '“' | '‘' | '\'' | '(' | '`')
        });
        if blank && begins && !(c == '.' && is_abbreviation(&body[start..=at])) {
            found.push(start..end);
            start = end + behind.len() - behind.trim_start().len();
        }
    }
    if start < body.len() {
        found.push(start..body.len());
    }
    found
        .into_iter()
        .map(|range| paragraph.start + range.start..paragraph.start + range.end)
        .collect()
}

fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let letters = word.trim_end_matches('.');
    (letters.chars().count() == 1 && letters.chars().all(char::is_alphabetic))
        || lists::abbreviations().any(|known| known == word)
}

/// Returns the words of a span of bytes.
pub(super) fn words(text: &str, bytes: Range<usize>) -> Vec<Word> {
    let body = &text[bytes.clone()];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = body[at..]
        .find(char::is_alphanumeric)
        .map(|length| at + length)
    {
        let inside = |(length, c): (usize, char)| {
            let next = body[first + length + c.len_utf8()..].chars().next();
            let joins = matches!(c, '\'' | '’' | 'ʻ' | '-' | '.' | '&')
                && next.is_some_and(char::is_alphanumeric);
            !(c.is_alphanumeric() || joins)
        };
        let end = body[first..]
            .char_indices()
            .find(|at| inside(*at))
            .map_or(body.len(), |(length, _)| first + length);
        let whole = &body[first..end];
        let bare = whole
            .strip_suffix("'s")
            .or_else(|| whole.strip_suffix("’s"))
            .unwrap_or(whole);
        let apostrophe = body[end..].starts_with(['\'', '’']) && whole.ends_with('s');
        // The word `U.S.` excludes its last full stop; the compared form has no full stops at all.
        let folded = crate::words::folded(bare).replace('.', "");
        found.push(Word {
            bytes: bytes.start + first..bytes.start + first + bare.len(),
            stem: lists::stem(&folded),
            is_capital: bare.starts_with(char::is_uppercase),
            is_possessive: bare.len() < whole.len() || apostrophe,
            folded,
        });
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_items() {
        let text = "# Talks\n\nMr. Li of the U.S. spoke. “It is late.” He left;\na. that one, and\n\nb. this.\n";
        let article = read(text);
        let shown: Vec<(&str, bool)> = article
            .sentences
            .iter()
            .map(|sentence| (&text[sentence.bytes.clone()], sentence.is_item))
            .collect();
        let expected = [
            ("Mr. Li of the U.S. spoke.", false),
            ("“It is late.”", false),
            ("He left;", false),
            ("a. that one, and", true),
            ("b. this.", true),
        ];
        assert_eq!(shown, expected);
        assert_eq!(article.line(article.sentences[4].bytes.start), 6);
    }

    #[test]
    fn a_sentence_without_end_is_parted_behind_a_word() {
        let article_of = |text: &str| {
            let article = read(text);
            let parts = article.sentences.iter();
            parts.map(|part| part.words.len()).collect::<Vec<_>>()
        };
        let text = "support and ".repeat(1000);
        let parts = article_of(&text);
        assert_eq!(parts.len(), 3);
        assert_eq!(parts.iter().sum::<usize>(), 2000);
        // A single word is not split.
        assert_eq!(article_of(&format!("{}.", "a".repeat(9000))), [1]);
    }

    #[test]
    fn words_without_their_endings() {
        let found = words("China's U.S. allies' co-operation", 0..33);
        let folded: Vec<&str> = found.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, ["china", "us", "allies", "co-operation"]);
        assert!(found[0].is_possessive && !found[1].is_possessive && found[2].is_possessive);
    }
}
