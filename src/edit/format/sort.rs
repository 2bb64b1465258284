//! What is known about a value of a graph by where it stands: whether it stands open, and the order of its fields.

use crate::edit::format::Order;
use crate::model::{self, SECTIONS};
use crate::syntax::{Tape, begins_with};

type Names = &'static [&'static str];

/// What is known about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fields {
    /// Nothing.
    Unknown,
    /// It is a graph.
    Graph(Order),
    /// It is a field of a graph; if its records are to be sorted, by these fields.
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

    /// The fields in the order that they are to have; none where they stay as they are.
    pub(super) fn order(self) -> Option<Names> {
        match self {
            Fields::Graph(Order::OfFormat) => Some(SECTIONS),
            Fields::Has(fields) => Some(fields),
            _ => None,
        }
    }

    /// What is known about a part, by its key.
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

/// The fields of the records of a section.
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
