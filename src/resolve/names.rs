//! The names that references are written as, each stored once and known by a number.

use hashbrown::HashMap;

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
    short: HashMap<Short, Name>,
    long: HashMap<Str<'t>, Name>,
    list: Vec<Str<'t>>,
}

/// A name of up to 15 bytes, with its length behind it: to compare it, the text it stands in need not be fetched, which
/// is what takes the time in a large one.
type Short = [u64; 2];

fn short(name: &str) -> Option<Short> {
    let mut bytes = [0; 16];
    bytes[15] = name.len() as u8;
    bytes[..15].get_mut(..name.len())?.copy_from_slice(name.as_bytes());
    let number = u128::from_le_bytes(bytes);
    Some([number as u64, (number >> 64) as u64])
}

impl<'t> Names<'t> {
    #[inline]
    pub(crate) fn intern(&mut self, name: Str<'t>) -> Name {
        let next = Name(self.list.len() as u32);
        let known = match short(&name) {
            Some(short) => *self.short.entry(short).or_insert(next),
            None => *self.long.entry(name.clone()).or_insert(next),
        };
        if known == next {
            self.list.push(name);
        }
        known
    }

    pub(crate) fn all(&self) -> &[Str<'t>] {
        &self.list
    }
}
