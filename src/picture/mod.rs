//! Pictures that need nothing installed: layouts and views. A view is data first; SVG, PNG, PDF and HTML are made of that.

mod columns;
pub mod sign;
pub mod matrix;
pub mod scope;
pub mod spectrum;
pub mod timeline;
