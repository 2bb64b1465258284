//! A record on its way to another file: unchanged except for its indent, with the comments that
//! belong to it.

use crate::edit::own::Own;
use crate::edit::part::{Group, In, New, deeper, indentation, newline};
use crate::syntax::{Kind, Value};
use crate::text::Span;

/// A record, and the comments that move with it.
pub(super) struct Moved<'t> {
    text: &'t str,
    /// The indent of the line that it starts on.
    indent: &'t str,
    /// Its bytes, with the comments above it.
    span: Span,
    /// What follows it on its line, without the comma.
    behind: String,
    /// The strings in it, in order; their line breaks are part of their value.
    strings: Vec<Span>,
}

impl<'t> Moved<'t> {
    /// Takes the nth record of a section.
    pub(super) fn of(from: In<'t>, section: Value<'_>, nth: usize) -> Option<Moved<'t>> {
        let (text, group) = (from.text, Group::of(section)?);
        let record = section.parts().nth(nth)?;
        let mut strings = Vec::new();
        collect_strings(record, &mut strings);
        let Span { start, end } = record.entry();
        let indent = indentation(text, start as usize);
        let Some(own) = Own::of(text, &group, nth) else {
            return Some(Moved {
                text,
                indent,
                span: Span { start, end },
                behind: String::new(),
                strings,
            });
        };
        let (end, comma) = (end as usize, own.comma.unwrap_or(own.end));
        let behind = format!(
            "{}{}",
            &text[end..comma],
            &text[(comma + 1).min(own.end)..own.end]
        );
        Some(Moved {
            text,
            indent,
            span: Span::new(own.start, end),
            behind: behind.trim_end().to_owned(),
            strings,
        })
    }

    /// Returns the record as it goes into another text: at an indent, or, with `None`, in a row
    /// with others.
    pub(super) fn at(&self, other: &str, indent: Option<&str>) -> New {
        let line = newline(other);
        let one_line = !self.text[self.span.range()].contains('\n') && !self.behind.contains("//");
        match indent {
            Some(indent) => New {
                text: self.shifted(indent, line),
                behind: self.behind.clone(),
            },
            None if one_line => New {
                text: self.shifted("", line),
                behind: self.behind.clone(),
            },
            None => {
                let indent = deeper("");
                New {
                    text: format!("{line}{indent}{}", self.shifted(&indent, line)),
                    behind: self.behind.clone(),
                }
            }
        }
    }

    /// Returns whether this byte and the one before it are in the same string.
    fn is_in_string(&self, at: usize) -> bool {
        let before = |string: &Span| (string.start as usize) < at;
        let behind = self.strings.partition_point(before);
        behind
            .checked_sub(1)
            .is_some_and(|last| at < self.strings[last].end as usize)
    }

    /// Returns its lines with another indent and line break; the first line comes without its
    /// indent.
    fn shifted(&self, to: &str, newline: &str) -> String {
        let mut out = String::new();
        let mut at = self.span.start as usize;
        let end = self.span.end as usize;
        for (nth, line) in self.text[at..end].split_inclusive('\n').enumerate() {
            // The rest of a string is left unchanged.
            let inside = self.is_in_string(at);
            let rest = match line.strip_prefix(self.indent) {
                _ if inside => line,
                Some(rest) => rest,
                None => line.trim_start_matches([' ', '\t']),
            };
            at += line.len();
            let continues = self.is_in_string(at);
            let bare = rest.trim_end_matches(['\r', '\n']);
            if nth > 0 && !inside && !bare.is_empty() {
                out.push_str(to);
            }
            match continues || bare.len() == rest.len() {
                true => out.push_str(rest),
                false => {
                    out.push_str(bare);
                    out.push_str(newline);
                }
            }
        }
        out
    }
}

/// Collects the strings of a value and its keys, in the order of the text.
fn collect_strings(value: Value<'_>, found: &mut Vec<Span>) {
    found.extend(value.key());
    if value.kind() == Kind::String {
        found.push(value.span());
    }
    for part in value.parts() {
        collect_strings(part, found);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use crate::edit::{move_to, records, remove, spliced};
    use crate::model::{Actor, Document};
    use crate::text::{FileId, Text};

    /// Writes texts determined by the bytes, with comments that are all different.
    struct Writer<'b> {
        bytes: std::slice::Iter<'b, u8>,
        comments: usize,
        out: String,
    }

    impl Writer<'_> {
        fn below(&mut self, end: u8) -> u8 {
            self.bytes.next().map_or(0, |byte| byte % end)
        }

        fn comment(&mut self) -> String {
            self.comments += 1;
            format!("c{};", self.comments)
        }

        fn gap(&mut self) {
            for _ in 0..self.below(4) {
                let gap = match self.below(8) {
                    0 => " ".to_owned(),
                    1 | 2 => "\n".to_owned(),
                    3 => "\n    ".to_owned(),
                    4 => "\n\n\t".to_owned(),
                    5 => format!("/* {} */", self.comment()),
                    6 => format!("/* {}\n  more */", self.comment()),
                    _ => format!("// {}\n", self.comment()),
                };
                self.out += &gap;
            }
        }

        fn token(&mut self, token: &str) {
            self.gap();
            self.out += token;
        }

        /// Writes a text with these actors, or without the section.
        fn graph(&mut self, ids: &[String]) -> String {
            self.out.clear();
            self.token("Graph(");
            self.token("title: \"T\",");
            if !ids.is_empty() || self.below(2) == 0 {
                self.token("actors: {");
                for (nth, id) in ids.iter().enumerate() {
                    self.token(&format!("\"{id}\":"));
                    self.token("(");
                    let name = if self.below(2) == 0 {
                        "r#\"A\n        // no comment\n\"#"
                    } else {
                        "\"A\""
                    };
                    self.token(&format!("name: {name},"));
                    self.token("kind: State");
                    self.token(")");
                    if nth + 1 < ids.len() || self.below(2) == 0 {
                        self.token(",");
                    }
                }
                self.token("}");
                if self.below(2) == 0 {
                    self.token(",");
                }
            }
            self.token(")");
            self.gap();
            std::mem::take(&mut self.out)
        }
    }

    fn actors(texts: &[Text]) -> Result<BTreeMap<String, Actor<'_>>, TestCaseError> {
        let mut read = BTreeMap::new();
        for text in texts {
            let (document, mistakes) = Document::read(&text.text, FileId(0));
            prop_assert!(
                mistakes.is_empty(),
                "{}: {}",
                mistakes[0].message,
                text.text
            );
            read.extend(
                document
                    .actors
                    .0
                    .into_iter()
                    .map(|(id, actor)| (id.to_string(), actor)),
            );
        }
        Ok(read)
    }

    fn after(texts: &[Text], splices: &[crate::edit::Splice]) -> Vec<Text> {
        let mut texts = texts.to_vec();
        for (file, text) in spliced(&texts.clone(), splices) {
            texts[file.0 as usize].text = text;
        }
        texts
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_comment_and_no_record_gets_lost(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut writer = Writer { bytes: bytes.iter(), comments: 0, out: String::new() };
            let ids = |range: std::ops::Range<u8>| range.map(|nth| format!("a{nth}")).collect::<Vec<_>>();
            let (here, there) = (1 + writer.below(3), writer.below(3));
            let texts: Vec<Text> = [ids(0..here), ids(here..here + there)]
                .iter()
                .map(|ids| Text { name: String::new(), text: writer.graph(ids) })
                .collect();
            let records = records(&texts[0].text, FileId(0));
            let record = &records[usize::from(writer.below(here))];

            let moved = after(&texts, &move_to(&texts, record, FileId(1)).unwrap());
            prop_assert_eq!(actors(&moved)?, actors(&texts)?, "{}\n---\n{}", moved[0].text, moved[1].text);
            let all = moved.iter().map(|text| text.text.as_str()).collect::<String>();
            for nth in 1..=writer.comments {
                prop_assert_eq!(all.matches(&format!("c{nth};")).count(), 1, "c{} in {}\n---\n{}", nth, texts[0].text, all);
            }
            let back = crate::edit::records(&moved[1].text, FileId(1)).into_iter().find(|found| found.id == record.id).unwrap();
            let again = after(&moved, &move_to(&moved, &back, FileId(0)).unwrap());
            prop_assert_eq!(actors(&again)?, actors(&texts)?);

            let mut left = actors(&texts)?;
            left.remove(record.id.as_ref().unwrap());
            let removed = after(&texts, &remove(&texts, record).unwrap());
            prop_assert_eq!(actors(&removed)?, left);
        }
    }
}
