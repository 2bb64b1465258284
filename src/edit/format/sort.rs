//! What is known about a value in a graph from its position: whether it is laid out part by part,
//! and the order of its fields.

use crate::edit::format::Order;
use crate::model::{self, SECTIONS};
use crate::syntax::{Tape, begins_with};

type Names = &'static [&'static str];

/// What is known about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fields {
    /// Nothing is known.
    Unknown,
    /// It is a graph.
    Graph(Order),
    /// It is a field of a graph; if fields are sorted, the field order of its records.
    Section(Option<Names>),
    /// Each value in it is a record with these fields.
    EachHas(Names),
    /// It has these fields.
    Has(Names),
}

impl Fields {
    pub(super) fn of(tape: &Tape<'_>, order: Order) -> Fields {
        if begins_with(tape.text, "Graph") {
            Fields::Graph(order)
        } else {
            Fields::Unknown
        }
    }

    /// Returns the order to sort the fields into, or `None` if they stay as they are.
    pub(super) fn order(self) -> Option<Names> {
        match self {
            Fields::Graph(Order::OfFormat) => Some(SECTIONS),
            Fields::Has(fields) => Some(fields),
            _ => None,
        }
    }

    /// Returns what is known about a part, given its key.
    #[inline]
    pub(super) fn of_part(self, key: &str) -> Fields {
        match self {
            Fields::Graph(Order::Kept) => Fields::Section(None),
            Fields::Graph(Order::OfFormat) => Fields::Section(record(key)),
            Fields::Section(Some(fields)) | Fields::EachHas(fields) => Fields::Has(fields),
            Fields::Has(_) if key == "earlier" => Fields::EachHas(model::Earlier::FIELDS),
            Fields::Has(_) if key == "scale" => Fields::Has(model::Scale::FIELDS),
            _ => Fields::Unknown,
        }
    }
}

/// Returns the fields of a section's records.
fn record(section: &str) -> Option<Names> {
    Some(match section {
        "sources" => model::Source::FIELDS,
        "actors" => model::Actor::FIELDS,
        "issues" => model::Issue::FIELDS,
        "stances" => model::Stance::FIELDS,
        "meetings" => model::Meeting::FIELDS,
        "ties" => model::Tie::FIELDS,
        "facts" => model::Fact::FIELDS,
        _ => return None,
    })
}
