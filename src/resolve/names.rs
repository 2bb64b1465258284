//! The names that references are written as, each stored once and known by a number.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::graph::Stage;
use crate::model::Str;

/// A name of one draft: an index of its [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name(pub(crate) u32);

/// References are names, as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Written;

impl Stage for Written {
    type Actor = Name;
    type Issue = Name;
    type Meeting = Name;
    type Source = Name;
    type Any = Name;
}

/// Names, each once.
#[derive(Debug, Default)]
pub(crate) struct Names<'t> {
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
    list: Vec<Str<'t>>,
}

impl<'t> Names<'t> {
    pub(crate) fn intern(&mut self, name: Str<'t>) -> Name {
        let Names { table, hasher, list } = self;
        let hash = hasher.hash_one(name.as_bytes());
        let entry =
            table.entry(hash, |&known| list[known as usize] == name, |&known| hasher.hash_one(list[known as usize].as_bytes()));
        match entry {
            hashbrown::hash_table::Entry::Occupied(known) => Name(*known.get()),
            hashbrown::hash_table::Entry::Vacant(vacant) => {
                let name_id = list.len() as u32;
                vacant.insert(name_id);
                list.push(name);
                Name(name_id)
            }
        }
    }

    pub(crate) fn all(&self) -> &[Str<'t>] {
        &self.list
    }
}
