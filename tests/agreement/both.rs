//! One text through both readers: the `ron` crate, who is the authority, and ours.

use demarche::model::Document;
use demarche::text::FileId;

/// How two readers can differ about a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Difference {
    /// We refuse what `ron` accepts; the first thing that we say.
    OnlyRonAccepts(String),
    /// We accept what `ron` refuses; what it says.
    OnlyWeAccept(String),
    /// Both accept, but read something else: ours and `ron`'s.
    Values(String, String),
}

/// Reads a text with both, `ron` with bare options as the format has them. A byte order mark, which we skip and `ron`
/// refuses, is kept from it.
pub(crate) fn difference(text: &str) -> Option<Difference> {
    let (ours, found) = Document::read(text, FileId::default());
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let theirs = options.from_str::<Document<'_>>(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    match (found.first(), theirs) {
        (Some(_), Err(_)) => None,
        (Some(mistake), Ok(_)) => Some(Difference::OnlyRonAccepts(format!(
            "{}: {}",
            mistake.code, mistake.message
        ))),
        (None, Err(error)) => Some(Difference::OnlyWeAccept(error.to_string())),
        (None, Ok(theirs)) => {
            // By their debug texts, in which not-a-number equals itself.
            let (ours, theirs) = (format!("{ours:?}"), format!("{theirs:?}"));
            (ours != theirs).then_some(Difference::Values(ours, theirs))
        }
    }
}
