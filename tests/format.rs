//! The formatter: what it makes of the texts in `tests/format`, and what holds for any text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::path::Path;
use std::{env, fs};

use demarche::edit::{Layout, Order, format};
use demarche::model::Document;
use demarche::text::FileId;
use proptest::prelude::*;

/// Each text, and beside it what becomes of it; `sorted-…` in the order of the format.
#[test]
fn texts_are_laid_out_as_expected() {
    let folder = Path::new("tests/format");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.retain(|name| name.extension().is_some_and(|extension| extension == "ron"));
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        let stem = name.file_stem().unwrap().to_string_lossy();
        let order = if stem.starts_with("sorted") {
            Order::OfFormat
        } else {
            Order::Kept
        };
        let layout = Layout { width: 60, order };
        let text = fs::read_to_string(&name).unwrap();
        let laid_out = format(&text, layout).unwrap();
        let expected = name.with_extension("expected");
        if env::var_os("UPDATE").is_some() {
            fs::write(&expected, &laid_out).unwrap();
        }
        assert_eq!(
            laid_out,
            fs::read_to_string(&expected).unwrap_or_default(),
            "{}",
            name.display()
        );
        assert_eq!(
            format(&laid_out, layout).unwrap(),
            laid_out,
            "{} is not stable",
            name.display()
        );
    }
}

/// A piece of a text: blanks and commas are none.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Token(String),
    Comment(String),
}

/// The tokens and comments of a text, by other rules than those of the library.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start_matches('\u{FEFF}');
    while let Some(c) = rest.chars().next() {
        let raw = rest
            .strip_prefix("br")
            .or(rest.strip_prefix('r'))
            .map(|behind| {
                let hashes = behind.len() - behind.trim_start_matches('#').len();
                (rest.len() - behind.len() + hashes, hashes)
            });
        let length = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' => block_end(rest),
            '"' => quoted_end(rest, 1, '"'),
            '\'' => quoted_end(rest, 1, '\''),
            'b' if rest.starts_with("b\"") => quoted_end(rest, 2, '"'),
            'b' if rest.starts_with("b'") => quoted_end(rest, 2, '\''),
            _ if raw.is_some_and(|(at, _)| rest[at..].starts_with('"')) => {
                let (at, hashes) = raw.unwrap();
                let close = format!("\"{}", "#".repeat(hashes));
                at + 1 + rest[at + 1..].find(&close).unwrap() + close.len()
            }
            c if c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+') => rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+' | '#')))
                .unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let piece = &rest[..length];
        rest = &rest[length..];
        match c {
            '/' => pieces.push(Piece::Comment(piece.trim_end().to_owned())),
            c if c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}') => {}
            _ => pieces.push(Piece::Token(piece.to_owned())),
        }
    }
    pieces
}

fn quoted_end(text: &str, from: usize, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(from) {
        match c {
            '\\' if !escaped => escaped = true,
            c if c == quote && !escaped && !(quote == '\'' && at == from) => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

fn block_end(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        match &text.as_bytes()[at..text.len().min(at + 2)] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn comments(pieces: &[Piece]) -> Vec<&str> {
    pieces
        .iter()
        .filter_map(|piece| {
            if let Piece::Comment(text) = piece {
                Some(text.as_str())
            } else {
                None
            }
        })
        .collect()
}

/// The tokens without the commas that may or may not stand before a closing bracket.
fn tokens(pieces: &[Piece]) -> Vec<&str> {
    let all: Vec<&str> = pieces
        .iter()
        .filter_map(|piece| {
            if let Piece::Token(text) = piece {
                Some(text.as_str())
            } else {
                None
            }
        })
        .collect();
    let closes =
        |token: Option<&&str>| token.is_some_and(|token| matches!(*token, ")" | "]" | "}"));
    (0..all.len())
        .filter(|&nth| !(all[nth] == "," && closes(all.get(nth + 1))))
        .map(|nth| all[nth])
        .collect()
}

/// What holds for every text: the same tokens, every comment in order, and nothing changes the second time.
fn holds(text: &str, width: usize) -> Result<(), TestCaseError> {
    let layout = Layout {
        width,
        order: Order::Kept,
    };
    let Ok(laid_out) = format(text, layout) else {
        return Ok(());
    };
    let (before, after) = (pieces(text), pieces(&laid_out));
    prop_assert_eq!(tokens(&before), tokens(&after), "{}", laid_out);
    prop_assert_eq!(comments(&before), comments(&after), "{}", laid_out);
    let again = format(&laid_out, layout)
        .map_err(|_| TestCaseError::fail(format!("no RON: {laid_out}")))?;
    prop_assert_eq!(&again, &laid_out);
    let (read, read_after) = (
        ron::from_str::<ron::Value>(text),
        ron::from_str::<ron::Value>(&laid_out),
    );
    prop_assert_eq!(read.is_ok(), read_after.is_ok(), "{}", laid_out);
    if let (Ok(read), Ok(read_after)) = (read, read_after) {
        prop_assert_eq!(read, read_after);
    }
    Ok(())
}

/// Without comments, what is in brackets is indented by four columns for each line around it that opens some; no line that
/// could be broken is too wide.
fn is_indented(laid_out: &str, width: usize) {
    // How many lines had brackets open when each that is open was opened.
    let mut open: Vec<usize> = Vec::new();
    let steps = |open: &[usize]| open.iter().collect::<std::collections::BTreeSet<_>>().len();
    for (nth, line) in laid_out.lines().enumerate() {
        let closing = line
            .trim_start()
            .chars()
            .take_while(|c| ")]}".contains(*c))
            .count();
        let indent = line.len() - line.trim_start().len();
        assert_eq!(
            indent,
            4 * steps(&open[..open.len() - closing]),
            "line {} at width {width}:\n{laid_out}",
            nth + 1
        );
        let (mut brackets, mut in_string) = (0, false);
        for c in line.chars() {
            match c {
                '"' => in_string = !in_string,
                '(' | '[' | '{' if !in_string => {
                    open.push(nth);
                    brackets += 1;
                }
                ')' | ']' | '}' if !in_string => {
                    open.pop();
                }
                _ => {}
            }
        }
        // `Some(x)` and a pair of brackets with nothing in them can't be broken.
        let is_one_value = brackets == 0 || line.contains("()") || line.contains("At(");
        assert!(
            line.chars().count() <= width
                || closing > 0
                || is_one_value
                || line.ends_with(['(', '[', '{']),
            "{width}: {line}"
        );
    }
}

#[test]
fn a_graph_is_indented_at_every_width() {
    let words = r#"Graph(actors: { "isa": (name: "International Seabed Authority", kind: Organization, aliases: ["ISA", "the Authority"]) })"#;
    let dam = fs::read_to_string("tests/sessions/dam.ron").unwrap();
    let tokens = pieces(&dam).into_iter().filter_map(|piece| {
        if let Piece::Token(token) = piece {
            Some(token)
        } else {
            None
        }
    });
    for text in [words.to_owned(), tokens.collect::<Vec<_>>().concat()] {
        for width in 20..140 {
            is_indented(
                &format(
                    &text,
                    Layout {
                        width,
                        order: Order::Kept,
                    },
                )
                .unwrap(),
                width,
            );
        }
    }
}

fn one_of(pieces: &'static [&'static str]) -> BoxedStrategy<String> {
    proptest::sample::select(pieces)
        .prop_map(str::to_owned)
        .boxed()
}

/// What may stand between two tokens; mostly nothing or a blank.
fn blank() -> BoxedStrategy<String> {
    prop_oneof![
        6 => one_of(&["", " "]),
        2 => one_of(&["\n", "\n\n", "\n    ", "\r\n", "\t", "\n\n\n", "\u{2028}", " \r\n \r\n"]),
        2 => (one_of(&["", " ", "\n", "\n\n"]), one_of(&["// c ,)\n", "//\n", "/* ( */", "/* a\n b */", "/* /* é */ */", "// x\r\n", "/**/"]), one_of(&["", " ", "\n", "\n\n"]))
            .prop_map(|(before, comment, after)| format!("{before}{comment}{after}")),
    ].boxed()
}

fn atom() -> impl Strategy<Value = String> {
    one_of(&[
        "1",
        "-1.5e3",
        "0xFF",
        "1_000",
        "true",
        "None",
        "()",
        "Name",
        "r#type",
        "\"text\"",
        "\"a \\\" , b\"",
        "r#\"raw \" // no\n comment\"#",
        "\"two\nlines\"",
        "'c'",
        "'\\''",
        "'\"'",
        "b\"bytes\"",
        "br#\"raw\"#",
        "b'x'",
        "inf",
        "-inf",
        "\"https://example.org/a,b\"",
        "\"\"",
        "\"日本語、日本語\"",
        "\"a text that is long enough to make what it is in too long for a line\"",
        ".5",
        "1.",
        "Some x",
    ])
}

fn value() -> impl Strategy<Value = String> {
    atom().prop_recursive(5, 40, 5, |inner| {
        let item = (blank(), inner, blank())
            .prop_map(|(before, value, after)| format!("{before}{value}{after}"))
            .boxed();
        let entry = (item.clone(), item.clone()).prop_map(|(key, value)| format!("{key}:{value}"));
        let field = (
            blank(),
            one_of(&["a", "b", "long_field", "r#in"]),
            blank(),
            item.clone(),
        )
            .prop_map(|(before, name, after, value)| format!("{before}{name}{after}:{value}"));
        let list = |of: BoxedStrategy<String>| {
            (proptest::collection::vec(of, 0..5), blank(), any::<bool>()).prop_map(
                |(items, end, comma)| {
                    let comma = if comma && !items.is_empty() { "," } else { "" };
                    format!("{}{comma}{end}", items.join(","))
                },
            )
        };
        let name = (one_of(&["", "", "Name", "Some"]), blank())
            .prop_map(|(name, blank)| match name.is_empty() {
                true => name,
                false => format!("{name}{blank}"),
            })
            .boxed();
        prop_oneof![
            list(item.clone().boxed()).prop_map(|items| format!("[{items}]")),
            list(entry.boxed()).prop_map(|entries| format!("{{{entries}}}")),
            (name.clone(), list(field.boxed()))
                .prop_map(|(name, fields)| format!("{name}({fields})")),
            (name, list(item.boxed())).prop_map(|(name, items)| format!("{name}({items})")),
        ]
    })
}

fn document() -> impl Strategy<Value = String> {
    let attributes = one_of(&[
        "",
        "",
        "#![enable(implicit_some)]",
        "#![enable(unwrap_newtypes)]\n\n// c\n#![type = \"a]\"]",
    ]);
    (
        one_of(&["", "", "\u{FEFF}"]),
        blank(),
        attributes,
        blank(),
        value(),
        blank(),
    )
        .prop_map(|(mark, before, attributes, between, value, after)| {
            format!("{mark}{before}{attributes}{between}{value}{after}")
        })
}

/// The same records, however the blanks between their tokens are, and in whatever order their fields.
fn graph() -> impl Strategy<Value = String> {
    let text = fs::read_to_string("tests/sessions/dam.ron").unwrap();
    let tokens = pieces(&text).into_iter().filter_map(|piece| {
        if let Piece::Token(token) = piece {
            Some(token)
        } else {
            None
        }
    });
    let blanks = tokens.map(|token| blank().prop_map(move |blank| format!("{token}{blank}")));
    blanks
        .collect::<Vec<_>>()
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn a_graph_has_the_same_records_afterwards(text in graph(), width in 20_usize..130) {
        let (before, mistakes) = Document::read(&text, FileId::default());
        prop_assert!(mistakes.is_empty());
        holds(&text, width)?;
        for order in [Order::Kept, Order::OfFormat] {
            let layout = Layout { width, order };
            let laid_out = format(&text, layout).unwrap();
            prop_assert_eq!(&before, &Document::read(&laid_out, FileId::default()).0);
            prop_assert_eq!(&format(&laid_out, layout).unwrap(), &laid_out);
            let mut known = comments(&pieces(&text)).into_iter().map(str::to_owned).collect::<Vec<_>>();
            let mut kept = comments(&pieces(&laid_out)).into_iter().map(str::to_owned).collect::<Vec<_>>();
            known.sort();
            kept.sort();
            prop_assert_eq!(known, kept);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_ron_stays_what_it_is(text in document(), width in 1_usize..130) {
        if ron::from_str::<ron::Value>(&text).is_ok() {
            prop_assert!(format(&text, Layout::default()).is_ok(), "{text}");
        }
        holds(&text, width)?;
    }

    #[test]
    fn any_tokens_are_laid_out_or_refused(
        tokens in proptest::collection::vec(prop_oneof![atom(), blank(), one_of(&["(", ")", "[", "]", "{", "}", ",", ":", "Graph", "a:", "/", "\"", "r#\"", "'", "#![", "b'", "b\"\\", "\u{85}"])], 0..24),
        width in 1_usize..130,
    ) {
        let text = tokens.concat();
        if ron::from_str::<ron::Value>(&text).is_ok() {
            prop_assert!(format(&text, Layout::default()).is_ok(), "{text}");
        }
        holds(&text, width)?;
    }
}

/// The graphs that people learn from are laid out as the formatter would.
#[test]
fn graphs_and_examples_are_laid_out() {
    for folder in ["graphs", "examples"] {
        for name in demarche::disk::graph_files(Path::new(&format!(
            "{}/{folder}",
            env!("CARGO_MANIFEST_DIR")
        )))
        .expect("a folder")
        .names
        {
            let text = std::fs::read_to_string(&name).expect("a graph");
            assert!(
                format(&text, Layout::default()).is_ok_and(|laid_out| laid_out == text),
                "`demarche fmt {name}` lays it out"
            );
        }
    }
}

/// As `check` names it: one finding, not what its lines would be as RON.
#[test]
fn a_merge_conflict_is_named() {
    let conflict = "<<<<<<< ours\n    title: \"A\",\n=======\n    title: \"B\",\n>>>>>>> theirs\n";
    for text in [
        format!("Graph(\n{conflict})\n"),
        "<<<<<<< ours\nGraph(title: \"A\")\n=======\nGraph(title: \"B\")\n>>>>>>> theirs\n"
            .to_owned(),
    ] {
        let refused = format(&text, Layout::default()).expect_err("it is no RON");
        let codes: Vec<&str> = refused.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["merge-conflict"], "{text}");
    }
}
