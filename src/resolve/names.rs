//! The names that references are written as, each stored once and known by a number.

use std::hash::{Hash, Hasher};

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

/// Names, each once among those of its kind. What takes the time in a large text is to fetch what a name is compared with, all the
/// more the more room the table takes.
#[derive(Debug, Default)]
pub(crate) struct Names<'t> {
    sources: Table<'t>,
    issues: Table<'t>,
    others: Table<'t>,
    list: Vec<Str<'t>>,
}

/// What a name is to be the name of: nearly always an actor where it is neither of a source nor of an issue.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Of {
    Source,
    Issue,
    Other,
}

/// Numbers of names. Names of up to 7 and 15 bytes stand in tables of their own.
#[derive(Debug, Default)]
struct Table<'t> {
    shortest: HashMap<Packed<2>, Name>,
    short: HashMap<Packed<4>, Name>,
    long: HashMap<Str<'t>, Name>,
}

/// A name of less than `N` times 4 bytes, its length behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Packed<const N: usize>([u32; N]);

impl<const N: usize> Packed<N> {
    #[inline]
    fn of(name: &str) -> Option<Packed<N>> {
        let mut bytes = [[0_u8; 4]; N];
        let flat = bytes.as_flattened_mut();
        let (last, room) = flat.split_last_mut()?;
        room.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        *last = name.len() as u8;
        Some(Packed(bytes.map(u32::from_le_bytes)))
    }
}

impl<const N: usize> Hash for Packed<N> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_chunks::<2>().0.iter().for_each(|[low, high]| state.write_u64(u64::from(*low) | u64::from(*high) << 32));
    }
}

impl<'t> Names<'t> {
    #[inline]
    pub(crate) fn intern(&mut self, of: Of, name: &Str<'t>) -> Name {
        let next = Name(self.list.len() as u32);
        let table = match of {
            Of::Source => &mut self.sources,
            Of::Issue => &mut self.issues,
            Of::Other => &mut self.others,
        };
        let known = if let Some(shortest) = Packed::of(name) {
            *table.shortest.entry(shortest).or_insert(next)
        } else if let Some(short) = Packed::of(name) {
            *table.short.entry(short).or_insert(next)
        } else {
            *table.long.entry(name.clone()).or_insert(next)
        };
        if known == next {
            self.list.push(name.clone());
        }
        known
    }

    pub(crate) fn all(&self) -> &[Str<'t>] {
        &self.list
    }
}
