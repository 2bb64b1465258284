//! The head of a file that `import` makes: of what it was made, and a sum of the rest, by which a later
//! run sees whether somebody has edited it since.

pub use crate::sum::sha256;

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
    use super::{Ingredient, There, head, judged, sha256};

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
        let edited = made.replace("Graph()", "Graph( )");
        assert_eq!(judged(edited.as_bytes()), There::Edited);
        assert_eq!(judged(b"Graph()\n"), There::Other);
        assert_eq!(judged(&[0xff]), There::Other);
    }
}
