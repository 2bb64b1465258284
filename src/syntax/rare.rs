//! An optional string that most records lack. Without a string it takes the space of one pointer.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::{Lost, Read, Reader};

/// An optional string. Compared with an `Option` of a string, it makes the many records that have
/// none a third smaller.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rare<'a>(Option<Box<Cow<'a, str>>>);

impl<'a> Rare<'a> {
    /// Takes a string that may not be there.
    pub(crate) fn of(text: Option<impl Into<Cow<'a, str>>>) -> Rare<'a> {
        text.map_or_else(Rare::default, Rare::from)
    }

    /// Returns the string as a slice, if there is one.
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_ref().map(|text| &***text)
    }

    /// Returns the string by value, if there is one.
    pub fn into_option(self) -> Option<Cow<'a, str>> {
        self.0.map(|text| *text)
    }

    /// Returns the string by reference, if there is one.
    pub fn as_option(&self) -> Option<&Cow<'a, str>> {
        self.0.as_deref()
    }

    /// Returns whether there is a string.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// Returns whether there is no string.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl<'a, S: Into<Cow<'a, str>>> From<S> for Rare<'a> {
    fn from(text: S) -> Self {
        Rare(Some(Box::new(text.into())))
    }
}

impl<'a> Read<'a> for Rare<'a> {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        Cow::read(reader).map(Rare::from)
    }
}

impl Serialize for Rare<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_deref().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rare<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Rare::from)
    }
}
