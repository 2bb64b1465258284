//! Defines types of the format: records, and choices of words. One definition makes the type, its
//! reader and what `serde` needs.

use super::lex;
use super::read::{Lost, Reader};
use crate::diagnostic::Diagnostic;

/// Defines a record: the struct with its serde derives, and its reader. A field is `required`,
/// `optional` (an `Option`) or `many` (empty when left out).
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[doc = $doc:literal])* $need:ident $field:ident: $type:ty,)* }) => {
        $crate::syntax::record!(@define [$(#[$meta])* $name] [] $($(#[doc = $doc])* $need $field: $type,)*);

        impl $name<'_> {
            /// The names of the fields, in the order of the format.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
            /// What each field means, in the same order.
            pub const DOCS: &'static [&'static str] = &[$(concat!($($doc),*)),*];

            #[inline]
            fn index(field: &str) -> Option<usize> {
                let mut next = 0;
                $(
                    if field == stringify!($field) {
                        return Some(next);
                    }
                    next += 1;
                )*
                let _ = next;
                None
            }
        }

        impl<'a> $crate::syntax::Read<'a> for $name<'a> {
            #[inline]
            fn read(reader: &mut $crate::syntax::Reader<'a>) -> Result<Self, $crate::syntax::Lost> {
                $(let mut $field = None;)*
                let start = reader.at();
                reader.fields(stringify!($name), Self::FIELDS, Self::index, |reader, index| {
                    let mut next = 0;
                    $(
                        if index == next {
                            $field = Some($crate::syntax::record!(@read $need reader)?);
                            return Ok(());
                        }
                        next += 1;
                    )*
                    let _ = next;
                    Ok(())
                })?;
                let _ = start;
                Ok($name { $($field: $crate::syntax::record!(@take $need $name $field reader start),)* })
            }
        }
    };
    (@define [$(#[$meta:meta])* $name:ident] [$($done:tt)*]) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name<'a> { $($done)* }
    };
    (@define $head:tt [$($done:tt)*] $(#[$meta:meta])* required $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::syntax::record!(@define $head [$($done)* $(#[$meta])* pub $field: $type,] $($rest)*);
    };
    (@define $head:tt [$($done:tt)*] $(#[$meta:meta])* optional $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::syntax::record!(@define $head [$($done)* $(#[$meta])*
            #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,] $($rest)*);
    };
    (@define $head:tt [$($done:tt)*] $(#[$meta:meta])* many $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::syntax::record!(@define $head [$($done)* $(#[$meta])*
            #[serde(default, deserialize_with = "crate::syntax::optional", skip_serializing_if = "crate::syntax::is_default")]
            pub $field: $type,] $($rest)*);
    };
    (@read required $reader:ident) => { $crate::syntax::Read::read($reader) };
    (@read optional $reader:ident) => { <Option<_> as $crate::syntax::Read>::read($reader) };
    (@read many $reader:ident) => { <Option<_> as $crate::syntax::Read>::read($reader) };
    (@take required $name:ident $field:ident $reader:ident $start:ident) => {
        match $field {
            Some(value) => value,
            None => {
                let index = Self::index(stringify!($field)).unwrap_or_default();
                $reader.lost_field(stringify!($name), stringify!($field), index, $start);
                Default::default()
            }
        }
    };
    (@take optional $name:ident $field:ident $reader:ident $start:ident) => { $field.flatten() };
    (@take many $name:ident $field:ident $reader:ident $start:ident) => { $field.flatten().unwrap_or_default() };
}
pub(crate) use record;

/// Defines a type whose values are words, as the format writes them. In the second form, one more
/// word has a value behind it: `At(40)`.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident($what:literal) { $($(#[doc = $doc:literal])* $word:ident,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { #[default] $($(#[doc = $doc])* $word,)* }

        impl $name {
            /// All values, in the order of the format.
            pub const ALL: &'static [$name] = &[$($name::$word),*];
            /// The words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$(stringify!($word)),*];
            /// What each word means, in the same order.
            pub const DOCS: &'static [&'static str] = &[$(concat!($($doc),*)),*];

            /// Returns the word as a file has it: `SpeaksFor`.
            pub fn written(self) -> &'static str {
                Self::WORDS[self as usize]
            }

            /// Returns the word as a file has it, or `unknown` if it could not be read.
            pub fn written_of(known: Option<Self>) -> &'static str {
                known.map_or("unknown", Self::written)
            }

            /// Returns the word for people: `speaks for`.
            pub fn word(self) -> &'static str {
                static WORDS: std::sync::LazyLock<Vec<String>> =
                    std::sync::LazyLock::new(|| $name::WORDS.iter().map(|word| $crate::words::spaced(word)).collect());
                &WORDS[self as usize]
            }

            /// Returns the word for people, or `unknown` if it could not be read.
            pub fn word_of(known: Option<Self>) -> &'static str {
                known.map_or("unknown", Self::word)
            }
        }

        impl<'a> $crate::syntax::Read<'a> for $name {
            #[inline]
            fn read(reader: &mut $crate::syntax::Reader<'a>) -> Result<Self, $crate::syntax::Lost> {
                let (word, start) = reader.word($what, Self::WORDS)?;
                match word {
                    $(stringify!($word) => Ok($name::$word),)*
                    _ => Err(reader.unknown_word($what, word, Self::WORDS, start)),
                }
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident $(<$life:lifetime>)? ($what:literal) {
        $($(#[doc = $doc:literal])* $word:ident $(= $default:ident)?,)*
    } or {
        $(#[doc = $last_doc:literal])* $last:ident($value:ty),
    }) => {
        $(#[$meta])*
        pub enum $name $(<$life>)? {
            $($(#[doc = $doc])* $(#[$default])? $word,)*
            $(#[doc = $last_doc])* $last($value),
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// The words, in the order of the format.
            pub const WORDS: &'static [&'static str] = &[$(stringify!($word),)* stringify!($last)];
            /// What each word means, in the same order.
            pub const DOCS: &'static [&'static str] = &[$(concat!($($doc),*),)* concat!($($last_doc),*)];

            /// Returns the value of a word that has nothing behind it.
            pub(crate) fn plain(word: &str) -> Option<Self> {
                match word {
                    $(stringify!($word) => Some($name::$word),)*
                    _ => None,
                }
            }

            /// Returns its word, without the value behind it.
            fn bare(&self) -> &'static str {
                match self {
                    $($name::$word => stringify!($word),)*
                    $name::$last(_) => stringify!($last),
                }
            }
        }

        impl<'a> $crate::syntax::Read<'a> for $name $(<$life>)? {
            #[inline]
            fn read(reader: &mut $crate::syntax::Reader<'a>) -> Result<Self, $crate::syntax::Lost> {
                let (word, start) = reader.word($what, Self::WORDS)?;
                match Self::plain(word) {
                    Some(plain) => Ok(plain),
                    None if word == stringify!($last) => reader.payload(word).map($name::$last),
                    None => Err(reader.unknown_word($what, word, Self::WORDS, start)),
                }
            }
        }
    };
}
pub(crate) use words;

impl<'a> Reader<'a> {
    /// Reports a word that is not among those expected, with similar ones, and skips the value.
    pub(crate) fn unknown_word(
        &mut self,
        what: &str,
        found: &str,
        known: &[&str],
        start: usize,
    ) -> Lost {
        let place = self.place(start, self.at);
        let mut diagnostic = Diagnostic::error(
            "unknown-variant",
            format!("unknown {what} `{found}`"),
            place,
            format!("not a {what}"),
        );
        let near = crate::words::equally_near(found, known.iter().copied());
        diagnostic = match near[..] {
            [] => diagnostic.help(format!(
                "it is one of {}",
                crate::words::listed(known.iter())
            )),
            _ => diagnostic.did_you_mean(place, found, &near, str::to_owned),
        };
        self.report(diagnostic);
        match self.skip_value() {
            Ok(()) => Lost::Value,
            Err(lost) => lost,
        }
    }

    /// Reads a value that must be one of some words. A string instead of a word is reported with a
    /// fix.
    pub(crate) fn word(&mut self, what: &str, known: &[&str]) -> Result<(&'a str, usize), Lost> {
        let start = self.at;
        if let Some(word) = self.ident() {
            return Ok((word, start));
        }
        if !lex::is_string(self.text, start) {
            return Err(self.wrong_type(&format!("a {what}")));
        }
        let found = self.string()?;
        let place = self.place(start, self.at);
        let word = known
            .iter()
            .find(|known| **known == found)
            .map_or(found.to_string(), |known| (*known).to_owned());
        self.report(
            Diagnostic::error(
                "wrong-type",
                format!("expected a {what}, found a string"),
                place,
                format!("expected a {what}"),
            )
            .help(format!("write it without quotes: `{word}`"))
            .fix(place, word),
        );
        Err(Lost::Value)
    }
}
