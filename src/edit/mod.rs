//! Changes to the text of a graph as splices of bytes: the formatter, edits of records, drafts out of a text.

pub mod draft;
