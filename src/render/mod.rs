//! Answers, findings and graphs as text for people and for programs. Nothing is looked up or decided here.

pub mod dot;
pub mod mermaid;
pub mod quote;
