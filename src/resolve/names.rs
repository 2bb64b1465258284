//! The names used in references, each stored once and known by a number.

use std::hash::{Hash, Hasher};

use hashbrown::HashMap;

use crate::graph::Stage;
use crate::model::Str;

/// A name of one draft: an index into its [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Name(pub(crate) u32);

/// The stage at which references are names, as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Written;

impl Stage for Written {
    type Actor = Name;
    type Issue = Name;
    type Meeting = Name;
    type Source = Name;
    type Any = Name;
}

/// The names of a draft, each stored once among those of its kind. In a large text, most time is
/// spent fetching the names to compare with, the more so the larger the table.
#[derive(Debug, Default)]
pub(crate) struct Names<'t> {
    sources: Table<'t>,
    issues: Table<'t>,
    others: Table<'t>,
    list: Vec<Str<'t>>,
}

/// The kind of record that a name refers to. `Other` is nearly always an actor.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Of {
    Source,
    Issue,
    Other,
}

/// The numbers of names. Names of up to 7 bytes and of up to 15 bytes have tables of their own.
#[derive(Debug, Default)]
struct Table<'t> {
    shortest: HashMap<Shortest, Name>,
    short: HashMap<Short, Name>,
    long: HashMap<Str<'t>, Name>,
}

/// A name of up to 7 bytes followed by its length. It is stored in halves so that no padding is
/// needed beside its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shortest([u32; 2]);

/// A name of up to 15 bytes, stored like [`Shortest`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Short([u32; 4]);

impl Shortest {
    #[inline]
    fn of(name: &[u8]) -> Option<Shortest> {
        let length = name.len() as u64;
        let bytes = match *name {
            _ if length > 7 => return None,
            [] => 0,
            [a] => u64::from(a),
            [a, b] => u64::from(u16::from_le_bytes([a, b])),
            [a, b, c] => u64::from(u32::from_le_bytes([a, b, c, 0])),
            // Reads from both ends, which may overlap, because copying so few bytes takes longer.
            _ => {
                let (first, last) = (name.first_chunk::<4>()?, name.last_chunk::<4>()?);
                u64::from(u32::from_le_bytes(*first))
                    | u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4))
            }
        };
        Some(Shortest(halves(bytes | length << 56)))
    }
}

impl Short {
    #[inline]
    fn of(name: &[u8]) -> Option<Short> {
        let length = name.len() as u32;
        let (first, last) = (name.first_chunk::<8>()?, name.last_chunk::<8>()?);
        if length > 15 {
            return None;
        }
        let bytes = u128::from(u64::from_le_bytes(*first))
            | u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8));
        let (low, high) = (bytes as u64, (bytes >> 64) as u64 | u64::from(length) << 56);
        let ([a, b], [c, d]) = (halves(low), halves(high));
        Some(Short([a, b, c, d]))
    }
}

fn halves(bytes: u64) -> [u32; 2] {
    [bytes as u32, (bytes >> 32) as u32]
}

fn whole([low, high]: [u32; 2]) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

impl Hash for Shortest {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(whole(self.0));
    }
}

impl Hash for Short {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [a, b, c, d] = self.0;
        state.write_u64(whole([a, b]));
        state.write_u64(whole([c, d]));
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
        let known = if let Some(shortest) = Shortest::of(name.as_bytes()) {
            *table.shortest.entry(shortest).or_insert(next)
        } else if let Some(short) = Short::of(name.as_bytes()) {
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
