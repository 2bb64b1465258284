//! Rows that are made when they are written.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::query::{Behind, Cell, Column, Form, Row, Rows, Section};

/// Rows that are made from keys when they are written, so that a million statements need no room for
/// a million rows.
pub(super) struct Made<'g, K, R> {
    keys: Vec<K>,
    make: Box<dyn Fn(&K) -> R + 'g>,
    /// The row that was made last, and its index: a writer asks for its cells, then for what is
    /// behind it.
    last: RefCell<Option<(usize, R)>>,
}

impl<'g, K, R: Row> Made<'g, K, R> {
    pub(super) fn of(keys: Vec<K>, make: impl Fn(&K) -> R + 'g) -> Made<'g, K, R> {
        Made {
            keys,
            make: Box::new(make),
            last: RefCell::default(),
        }
    }

    /// Makes all rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = R> {
        self.keys.iter().map(&self.make)
    }

    /// Returns the section of an answer that has these rows.
    pub(super) fn section<'a>(
        &'a self,
        key: &'static str,
        heading: &'a str,
        empty: &'a str,
    ) -> Section<'a> {
        Section {
            key,
            heading,
            empty,
            form: Form::List,
            hidden: &[],
            first: "",
            noun: R::NOUN,
            once: R::ONCE,
            all: None,
            rows: self,
            matrix: None,
        }
    }

    fn on_row<T>(&self, nth: usize, of: impl FnOnce(&R) -> T) -> T {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, row)) if *known == nth => of(row),
            _ => {
                let row = (self.make)(&self.keys[nth]);
                let shown = of(&row);
                *last = Some((nth, row));
                shown
            }
        }
    }
}

impl<K, R: Row> Rows for Made<'_, K, R> {
    fn columns(&self) -> &[Column] {
        R::COLUMNS
    }
    fn count(&self) -> usize {
        self.keys.len()
    }
    fn cells(&self, nth: usize) -> Vec<Cell> {
        self.on_row(nth, Row::cells)
    }
    fn behind(&self, nth: usize) -> Cow<'_, Behind> {
        Cow::Owned(self.on_row(nth, |row| row.behind().clone()))
    }
}
