//! Plain-text stakeholder position graphs: who stands where on what, on whose word, and who met whom.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails may panic"))]

pub mod diagnostic;
pub mod model;
pub mod near;
pub mod syntax;
pub mod text;
