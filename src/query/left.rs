//! Which fields go with what is handed on: an export, a page.

/// The fields that are left out of what is handed on, wherever they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Notes.
    pub note: bool,
    /// Quotes.
    pub quote: bool,
    /// The paths of the local copies of sources.
    pub text: bool,
    /// Where meetings take place.
    pub place: bool,
}
