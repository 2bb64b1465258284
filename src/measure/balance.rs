//! Structural balance of a graph with friendly and unfriendly edges: the share of balanced
//! triangles and walks, and the smallest weight of edges that contradict a division into two camps,
//! friends inside and foes outside.

mod branch;
mod covering;
mod descent;
mod equals;
mod frustration;
mod packing;
mod reduce;
mod signed;
mod spectrum;
mod triangles;
mod walks;

pub use equals::{Equals, equals};
pub use frustration::{Frustration, frustration};
pub use signed::Signed;
pub use triangles::{Triangles, triangles};
pub use walks::walks;

#[doc(hidden)]
pub use {equals::ALL, walks::WALKS};
