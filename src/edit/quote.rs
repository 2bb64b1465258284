//! Values as RON, made from what a user typed or a program passes in.

use crate::edit::splice::Refusal;
use crate::model::{Date, Field, Holds, Vocabulary};
use crate::syntax::Tape;
pub use crate::syntax::quoted;
use crate::text::FileId;
use crate::words;

/// Returns a field's value as RON, given one or several words as typed. Ids are taken as they are;
/// nested records are typed as RON.
///
/// # Errors
/// Fails if the field can't hold that value.
pub fn field_value(field: Field, typed: &[String]) -> Result<String, Refusal> {
    let one = || match typed {
        [one] => Ok(one.as_str()),
        _ => Err(Refusal::new(format!(
            "`{}` takes one value, not {}",
            field.name,
            typed.len()
        ))),
    };
    let list = || {
        format!(
            "[{}]",
            typed
                .iter()
                .map(|text| quoted(text))
                .collect::<Vec<_>>()
                .join(", ")
        )
    };
    Ok(match field.holds {
        Holds::Text => quoted(one()?),
        Holds::Id(_) => quoted(one()?),
        Holds::Texts | Holds::Ids(_) => list(),
        Holds::IdOrIds(_) if typed.len() == 1 => quoted(one()?),
        Holds::IdOrIds(_) => list(),
        Holds::Number => number(field, one()?)?,
        Holds::Date => date(one()?)?,
        Holds::Word(words) => word(field, words, one()?)?,
        Holds::Records(_) | Holds::Record(_) | Holds::Marks => ron(field, one()?)?,
    })
}

fn number(field: Field, typed: &str) -> Result<String, Refusal> {
    let wrong = || {
        Refusal::new(format!(
            "`{}` is a number, and `{typed}` is not",
            field.name
        ))
    };
    match typed.parse::<f64>() {
        Ok(number)
            if number.is_finite() && !typed.ends_with('.') && !typed.starts_with(['.', '+']) =>
        {
            Ok(typed.to_owned())
        }
        Ok(number) if number.is_finite() => Ok(number.to_string()),
        _ => Err(wrong()),
    }
}

fn date(typed: &str) -> Result<String, Refusal> {
    match Date::of_text(typed) {
        Ok(_) => Ok(quoted(typed)),
        Err(error) => {
            Err(Refusal::new(format!("`{typed}`: {error}")).help(Date::way_out(typed).unwrap_or_else(|| {
                "a date is a year, a month or a day, `2023`, `2023-06` or `2023-06-18`, with `~` after it if it is approximate"
                    .to_owned()
            })))
        }
    }
}

/// Accepts a word in any case, with or without hyphens: `strongly-supports` is `StronglySupports`.
fn word(field: Field, words: Vocabulary, typed: &str) -> Result<String, Refusal> {
    if let Some((word, rest)) = typed.split_once('(') {
        let known = words.words.iter().any(|known| *known == word.trim());
        let whole = format!("{}({rest}", word.trim());
        if known && rest.trim_end().ends_with(')') && Tape::read(&whole, FileId::default()).is_ok()
        {
            return Ok(whole);
        }
    }
    // On a scale, a position is a number.
    if words.words.contains(&"At") && typed.parse::<f64>().is_ok_and(f64::is_finite) {
        return Ok(format!("At({})", number(field, typed)?));
    }
    if let Some(known) = words.find(typed).filter(|known| !takes_value(known)) {
        return Ok(known.to_owned());
    }
    let refusal = Refusal::new(format!("`{typed}` is not a `{}`", field.name));
    Err(refusal.help(words::way_out(typed, words.words, "it is one of")))
}

fn takes_value(word: &str) -> bool {
    matches!(word, "At" | "Other")
}

fn ron(field: Field, typed: &str) -> Result<String, Refusal> {
    match Tape::read(typed, FileId::default()) {
        Ok(_) => Ok(typed.trim().to_owned()),
        Err(mistake) => {
            let refusal = Refusal::new(format!(
                "`{}` is written as RON, and this is not: {}",
                field.name, mistake.message
            ));
            Err(refusal.help(match field.holds {
                Holds::Marks => "such as `{0: \"none\", 100: \"all\"}`",
                Holds::Record(_) => "such as `(from: 0, to: 100)`",
                _ => "such as `[(date: \"2023-02\", status: Postponed)]`",
            }))
        }
    }
}
