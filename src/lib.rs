//! Plain-text stakeholder position graphs: who stands where on what, on whose word, and who met whom.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails may panic"))]

pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod disk;
pub mod graph;
pub mod model;
pub mod near;
pub mod query;
pub mod render;
pub mod resolve;
pub mod syntax;
pub mod text;
