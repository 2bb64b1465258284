//! `--without`: fields of all records that are left out of what is handed on.

use crate::query::Left;

/// A field that can be left out.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Note,
    Quote,
    Text,
    Place,
}

impl Field {
    /// The fields that a network has.
    pub(super) const OF_NETWORKS: &[Field] = &[Field::Note, Field::Quote, Field::Place];

    pub(super) const EACH: &[Field] = &[Field::Note, Field::Quote, Field::Text, Field::Place];

    pub(super) const ALL: [(Field, &'static str); 4] = [
        (Field::Note, "notes"),
        (Field::Quote, "quotes"),
        (Field::Text, "the paths of texts"),
        (Field::Place, "places"),
    ];

    /// Returns what is left out without these fields.
    pub(super) fn left(without: &[Field]) -> Left {
        let is_left = |field| without.contains(&field);
        Left {
            note: is_left(Field::Note),
            quote: is_left(Field::Quote),
            text: is_left(Field::Text),
            place: is_left(Field::Place),
        }
    }
}
