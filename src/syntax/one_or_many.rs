//! One string or a list of them, where the format takes either.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::read::{Lost, Read, Reader};

/// One id or a list of ids, where the format takes either.
#[derive(Clone, Debug, PartialEq)]
pub enum OneOrMany<'a> {
    /// `"us"`
    One(Cow<'a, str>),
    /// `["us", "china"]`
    Many(Box<[Cow<'a, str>]>),
}

impl Default for OneOrMany<'_> {
    fn default() -> Self {
        OneOrMany::Many(Box::default())
    }
}

impl<'a> OneOrMany<'a> {
    /// Takes a list, which is written without brackets if it has one string.
    pub(crate) fn of(mut all: Vec<Cow<'a, str>>) -> OneOrMany<'a> {
        match all.len() {
            1 => OneOrMany::One(all.swap_remove(0)),
            _ => OneOrMany::Many(all.into()),
        }
    }

    /// Returns the strings, whichever way they were written.
    pub fn as_slice(&self) -> &[Cow<'a, str>] {
        match self {
            OneOrMany::One(one) => std::slice::from_ref(one),
            OneOrMany::Many(many) => many,
        }
    }
}

impl<'a, S: Into<Cow<'a, str>>> From<S> for OneOrMany<'a> {
    fn from(one: S) -> Self {
        OneOrMany::One(one.into())
    }
}

impl<'a> FromIterator<&'a str> for OneOrMany<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(many: I) -> Self {
        OneOrMany::Many(many.into_iter().map(Cow::Borrowed).collect())
    }
}

impl<'a> Read<'a> for OneOrMany<'a> {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        reader.one_or_many()
    }
}

impl Serialize for OneOrMany<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            OneOrMany::One(one) => one.serialize(serializer),
            OneOrMany::Many(many) => many.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for OneOrMany<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMany<'static>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, or a list of strings")
            }

            fn visit_str<E: Error>(self, one: &str) -> Result<Self::Value, E> {
                Ok(OneOrMany::One(Cow::Owned(one.to_owned())))
            }

            fn visit_char<E: Error>(self, _: char) -> Result<Self::Value, E> {
                Err(E::custom("expected a string, found a character"))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut many = Vec::new();
                while let Some(item) = items.next_element::<String>()? {
                    many.push(Cow::Owned(item));
                }
                Ok(OneOrMany::Many(many.into()))
            }
        }

        deserializer.deserialize_any(Either)
    }
}
