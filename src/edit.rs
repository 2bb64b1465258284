//! Changes to the text of a graph as replacements of bytes: the formatter, edits of records, and
//! drafts from a text. All are functions of texts, which may contain errors; writing files is left
//! to `cli`.

mod alike;
pub mod draft;
mod format;
mod grown;
mod ids;
mod merge;
mod moved;
mod own;
mod part;
mod quote;
mod records;
mod slug;
mod splice;
mod written;

pub use alike::{Alike, alike};
pub(crate) use format::laid_out;
pub use format::{Layout, Order, WIDTH, format};
pub use ids::{Removed, check_id, remove_with_references, rename};
pub use merge::{Merged, merge};
pub use own::Above;
pub use quote::{field_value, quoted};
pub use records::{
    NewRecord, above, add, held, move_to, move_to_new, new_file, remove, set, take_out, unset,
};
pub(crate) use slug::{Free, slug};
pub use splice::{Refusal, Splice, shifted, spliced};
pub use written::{Mention, Written, mentions, records};
