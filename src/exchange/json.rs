//! What the readers of JSON share: values, ids, and on which line an item stands.

use std::collections::HashMap;

use serde_json::Value;

use crate::exchange::finding::{Finding, Findings, Spot};
use crate::exchange::names::slug;
use crate::model::{Date, Str};

/// Reads a text as one value, or as one value a line. Returns each item with its line; a value that is
/// no list is one item.
pub(crate) fn items(bytes: &[u8], name: &str, found: &mut Findings) -> Vec<(Value, usize)> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            report(found, name, line, "the file is not UTF-8", None);
            return Vec::new();
        }
    };
    let whole: Result<Value, _> = serde_json::from_str(text);
    let error = match whole {
        Ok(Value::Array(items)) => {
            let lines = lines(text);
            let line = |nth: usize| lines.get(nth).copied().unwrap_or(1);
            let items = items.into_iter().enumerate();
            return items.map(|(nth, item)| (item, line(nth))).collect();
        }
        Ok(item) => return vec![(item, 1)],
        Err(error) => error,
    };
    let filled = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let each: Vec<(usize, Result<Value, serde_json::Error>)> = filled
        .map(|(nth, line)| (nth + 1, serde_json::from_str(line)))
        .collect();
    let is_lines = each.len() > 1 && each.first().is_some_and(|(_, first)| first.is_ok());
    if !is_lines {
        let help = "the file is cut off, or not JSON".to_owned();
        let message = format!("not JSON: {}", reason(&error));
        report(found, name, error.line(), &message, Some(help));
        return Vec::new();
    }
    let mut items = Vec::new();
    for (line, item) in each {
        match item {
            Ok(item) => items.push((item, line)),
            Err(error) => report(
                found,
                name,
                line,
                &format!("not JSON: {}", reason(&error)),
                None,
            ),
        }
    }
    items
}

/// Returns what is wrong, without the place at its end.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Returns the lines on which the items of a list start.
fn lines(text: &str) -> Vec<usize> {
    starts(text, 1).into_values().next().unwrap_or_default()
}

/// Returns the lines on which the items of the lists of an object start, by the name of the list.
pub(crate) fn lines_of_lists(text: &str) -> HashMap<String, Vec<usize>> {
    starts(text, 2)
}

/// Returns the lines on which the items of lists at a depth start, by the text that stands before the list.
fn starts(text: &str, wanted: usize) -> HashMap<String, Vec<usize>> {
    let (mut depth, mut line, mut in_string, mut escaped) = (0_usize, 1, false, false);
    // Whether an item may start here, in a list at that depth.
    let mut is_due = false;
    let (mut name, mut name_starts) = ("", 0);
    let mut starts: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, byte) in text.bytes().enumerate() {
        line += usize::from(byte == b'\n');
        if in_string {
            (in_string, escaped) = (escaped || byte != b'"', byte == b'\\' && !escaped);
            if !in_string && depth + 1 == wanted {
                name = text.get(name_starts..at).unwrap_or_default();
            }
            continue;
        }
        if is_due && !byte.is_ascii_whitespace() && byte != b']' {
            starts.entry(name.to_owned()).or_default().push(line);
        }
        is_due = is_due && byte.is_ascii_whitespace();
        match byte {
            b'"' => (in_string, name_starts) = (true, at + 1),
            b'{' | b'[' => {
                depth += 1;
                is_due = byte == b'[' && depth == wanted;
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => is_due = depth == wanted,
            _ => {}
        }
    }
    starts
}

pub(crate) fn report(
    found: &mut Findings,
    name: &str,
    line: usize,
    message: &str,
    help: Option<String>,
) {
    found.add(Finding {
        spot: Spot {
            line,
            ..Spot::table(name)
        },
        message: message.to_owned(),
        help,
    });
}

/// Returns a text of an object: a string, or a number as one; `None` if it is missing or empty.
pub(crate) fn text(value: &Value, field: &str) -> Option<Str<'static>> {
    let text = match value.get(field)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text.into())
}

/// Returns the day, month or year at the start of a date or a timestamp without a zone.
pub(crate) fn date(written: &str) -> Option<Date> {
    let day = written.split(['T', ' ']).next().unwrap_or(written);
    day.parse().ok()
}

/// Makes an id of one elsewhere: itself, if it can be one, else its last part, or what is left of it.
pub(crate) fn id(elsewhere: &str) -> String {
    let last = elsewhere.rsplit('/').next().unwrap_or(elsewhere);
    let id = match crate::edit::check_id(last) {
        Ok(()) => last.to_owned(),
        Err(_) => slug(elsewhere),
    };
    match id.is_empty() {
        true => "record".to_owned(),
        false => id,
    }
}

#[cfg(test)]
mod tests {
    use super::{items, lines, lines_of_lists};
    use crate::exchange::finding::Findings;

    #[test]
    fn items_have_lines() {
        assert_eq!(lines("[\n {\"a\": \"}[\\\"\"},\n\n {\"b\": [{}]}]"), [2, 4]);
        assert_eq!(lines("[\n1,\n \"a\",\n\n {}]"), [2, 3, 5]);
        assert!(lines("[]").is_empty());
        let lists = lines_of_lists(
            "{\"a\": [\n{\"x\": [{}]}, {}\n],\n\"b\": [ ], \"c\": \"d\", \"e\": [\n{}]}",
        );
        let of = |name: &str| lists.get(name).cloned();
        assert_eq!(
            [of("a"), of("b"), of("e")],
            [Some(vec![2, 2]), None, Some(vec![5])]
        );
        let mut found = Findings::default();
        let read = |bytes: &[u8], found: &mut Findings| items(bytes, "a.json", found).len();
        assert_eq!(read(b"{\"a\": 1}\n{\"b\": 2}\n", &mut found), 2);
        assert!(found.is_empty());
        assert_eq!(read(b"{\"a\": 1}\n{\"b\": \n", &mut found), 1);
        assert_eq!(read(b"[{\"a\": 1}, {\"b\"", &mut found), 0);
        let spots: Vec<String> = found
            .iter()
            .map(|(finding, _)| finding.spot.words())
            .collect();
        assert_eq!(spots, ["a.json:2", "a.json:1"]);
    }
}
