//! The head of a file that `import` makes: of what it was made, and a sum of the rest, by which a later
//! run sees whether somebody has edited it since.

pub use crate::sum::sha256;

use std::collections::BTreeMap;

use crate::sum::Sum;

/// The first line of such a file.
const FIRST: &str =
    "// Made by `demarche import`. Correct the tables or the map and import again, or change it in";
const SECOND: &str = "// a file that includes this one: what is changed here is lost.";
/// The start of the line that ends the head.
const SUM: &str = "// sum of what follows: sha256 ";

/// Something that a file is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ingredient {
    /// What it is: `table`, `map`, `names`.
    pub what: &'static str,
    /// The name of its file, without its folder: the same file elsewhere makes the same bytes.
    pub name: String,
    /// Its SHA-256.
    pub sum: String,
}

/// Returns the head of a file whose text is in parts.
pub fn head(ingredients: &[Ingredient], text: &[String]) -> String {
    let mut head = format!("{FIRST}\n{SECOND}\n");
    for Ingredient { what, name, sum } in ingredients {
        // A name may hold any character, a comment only a line.
        let name = name.escape_debug();
        head += &format!("// {what} {name}: sha256 {sum}\n");
    }
    let mut sum = Sum::default();
    for part in text {
        sum.add(part);
    }
    format!("{head}{SUM}{}\n", sum.whole())
}

/// Returns one sum of texts, by the names of their files.
pub fn sum_of_texts(texts: &BTreeMap<String, Vec<u8>>) -> String {
    let mut sum = Sum::default();
    for (name, text) in texts {
        sum.add(format!("{name}\0{}\n", sha256(text)));
    }
    sum.whole()
}

/// Returns the sum that the head of a file has of something it was made of.
pub fn sum_in_head<'h>(bytes: &'h [u8], what: &str) -> Option<&'h str> {
    let head = bytes.split(|byte| *byte == b'\n').map(std::str::from_utf8);
    let mut lines = head.map_while(|line| line.ok()?.strip_prefix("// "));
    let start = format!("{what} ");
    let line = lines.find(|line| line.starts_with(&start))?;
    line.rsplit_once(": sha256 ").map(|(_, sum)| sum)
}

/// What is in the place of a file that is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum There {
    /// A file that was made so, and not edited since.
    AsMade,
    /// A file that was made so, and edited since.
    Edited,
    /// Something else.
    Other,
}

/// Judges a file that would be replaced.
pub fn judged(bytes: &[u8]) -> There {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return There::Other;
    };
    if !text.starts_with(FIRST) {
        return There::Other;
    }
    let Some(at) = text.find(SUM) else {
        return There::Edited;
    };
    let rest = &text[at + SUM.len()..];
    match rest.split_once('\n') {
        Some((sum, rest)) if sum == sha256(rest.as_bytes()) => There::AsMade,
        _ => There::Edited,
    }
}

#[cfg(test)]
mod tests {
    use super::{Ingredient, There, head, judged, sha256, sum_in_head};

    #[test]
    fn an_edit_is_seen() {
        let table = Ingredient {
            what: "table",
            name: "a\nb.csv".to_owned(),
            sum: sha256(b"a,b"),
        };
        let text = ["Gra", "ph()\n"].map(str::to_owned);
        let made = head(&[table], &text) + &text.concat();
        assert!(made.contains("// table a\\nb.csv: sha256 "), "{made}");
        assert_eq!(judged(made.as_bytes()), There::AsMade);
        let sum = sum_in_head(made.as_bytes(), "table");
        assert_eq!(sum, Some(&*sha256(b"a,b")));
        assert_eq!(sum_in_head(made.as_bytes(), "texts"), None);
        let edited = made.replace("Graph()", "Graph( )");
        assert_eq!(judged(edited.as_bytes()), There::Edited);
        assert_eq!(judged(b"Graph()\n"), There::Other);
        assert_eq!(judged(&[0xff]), There::Other);
    }
}
