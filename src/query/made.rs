//! Rows that are made when they are written.

use std::borrow::Cow;
use std::ops::Range;

use crate::query::{Behind, Cell, Column, Form, Row, Rows, Section};

/// Rows that are made from keys when they are written, so that a million statements need no room for
/// a million rows. `S` is what is kept from one row to the next.
pub(super) struct Made<'g, K, R, S = ()> {
    keys: Vec<K>,
    make: Make<'g, K, R, S>,
}

/// Makes the row of a key.
type Make<'g, K, R, S> = Box<dyn Fn(&K, &mut S) -> R + Sync + 'g>;

impl<'g, K: Sync, R: Row, S: Default> Made<'g, K, R, S> {
    pub(super) fn of(
        keys: Vec<K>,
        make: impl Fn(&K, &mut S) -> R + Sync + 'g,
    ) -> Made<'g, K, R, S> {
        Made {
            keys,
            make: Box::new(make),
        }
    }

    /// Makes all rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = R> {
        let mut kept = S::default();
        self.keys.iter().map(move |key| (self.make)(key, &mut kept))
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
}

impl<K: Sync, R: Row, S: Default> Rows for Made<'_, K, R, S> {
    fn columns(&self) -> &[Column] {
        R::COLUMNS
    }
    fn count(&self) -> usize {
        self.keys.len()
    }
    fn each(&self, range: Range<usize>, give: &mut dyn FnMut(Vec<Cell>, Cow<'_, Behind>)) {
        let mut kept = S::default();
        for key in &self.keys[range] {
            let row = (self.make)(key, &mut kept);
            give(row.cells(), Cow::Borrowed(row.behind()));
        }
    }
}
