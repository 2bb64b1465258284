//! Lists and counts in English.

/// Returns a count with commas between thousands: `12,345`.
pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let grouped: Vec<String> = digits
        .bytes()
        .enumerate()
        .map(|(nth, digit)| {
            let left = digits.len() - nth;
            let comma = if nth > 0 && left.is_multiple_of(3) {
                ","
            } else {
                ""
            };
            format!("{comma}{}", char::from(digit))
        })
        .collect();
    grouped.concat()
}

/// Returns a count with its noun: `1 step`, `2,000 steps`; `1 person`, `2 people`.
///
/// ```
/// use demarche::words::counted;
/// assert_eq!(counted(1, "step") + " of " + &counted(2, "step"), "1 step of 2 steps");
/// assert_eq!(counted(2, "person"), "2 people");
/// ```
pub fn counted(count: usize, noun: &str) -> String {
    format!(
        "{} {}",
        thousands(count),
        by_number(count, noun, &plural(noun))
    )
}

/// Returns the word that agrees with a number: `one` for 1, otherwise `more`.
///
/// ```
/// assert_eq!(demarche::words::by_number(2, "is", "are"), "are");
/// ```
pub fn by_number<'w>(count: usize, one: &'w str, more: &'w str) -> &'w str {
    if count == 1 { one } else { more }
}

fn plural(noun: &str) -> String {
    match noun {
        "person" => "people".to_owned(),
        noun => format!("{noun}s"),
    }
}

/// Joins items as in a sentence: `a, b and c`.
pub fn joined<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> String {
    joined_by(items, "and")
}

/// Names the first `most` of several things, and counts the rest as a last name: `a`, `b`,
/// `1,200 more`.
pub(crate) fn first_few<T>(
    things: impl IntoIterator<Item = T>,
    most: usize,
    name: impl FnMut(T) -> String,
) -> Vec<String> {
    let mut things = things.into_iter();
    let mut names: Vec<String> = things.by_ref().take(most).map(name).collect();
    let more = things.count();
    names.extend((more > 0).then(|| format!("{} more", thousands(more))));
    names
}

/// Joins names of the format or of files: `` `a`, `b` and `c` ``.
pub fn listed<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    joined_by(names.into_iter().map(quoted), "and")
}

/// Joins names to choose from: `` `a`, `b` or `c` ``.
pub fn either<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    joined_by(names.into_iter().map(quoted), "or")
}

/// Turns a sentence into a clause of another: without its initial capital and its full stop.
///
/// ```
/// assert_eq!(demarche::words::clause("Nothing is known of it."), "nothing is known of it");
/// ```
pub fn clause(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// Capitalises the first letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Spells a word of the format for people: `StronglySupports` becomes `strongly supports`.
pub fn spaced(word: &str) -> String {
    let mut spaced = String::with_capacity(word.len() + 4);
    for (nth, c) in word.chars().enumerate() {
        if c.is_uppercase() && nth > 0 {
            spaced.push(' ');
        }
        spaced.extend(c.to_lowercase());
    }
    spaced
}

fn quoted(name: impl AsRef<str>) -> String {
    format!("`{}`", name.as_ref())
}

/// Joins items by a conjunction: `a, b or c`.
pub(crate) fn joined_by<S: AsRef<str>>(items: impl IntoIterator<Item = S>, word: &str) -> String {
    let mut joined = String::new();
    let mut items = items.into_iter().peekable();
    let mut is_first = true;
    while let Some(item) = items.next() {
        if !is_first {
            let is_last = items.peek().is_none();
            joined.push_str(&if is_last {
                format!(" {word} ")
            } else {
                ", ".to_owned()
            });
        }
        joined.push_str(item.as_ref());
        is_first = false;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_any_length() {
        let none: [&str; 0] = [];
        assert_eq!(joined(none), "");
        assert_eq!(joined(["a"]), "a");
        assert_eq!(listed(["a", "b"]), "`a` and `b`");
        assert_eq!(either(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(first_few(["a", "b"], 2, str::to_owned), ["a", "b"]);
        assert_eq!(
            first_few(1..=1203, 1, |n| n.to_string()),
            ["1", "1,202 more"]
        );
    }
}
