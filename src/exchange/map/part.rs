//! Defines the parts of a map: structs of values that name columns.

use crate::exchange::map::Column;
use crate::syntax::{Lost, Read, Reader};
use crate::text::Place;

/// A value of a map.
pub(crate) trait Part: Default {
    /// Reads it from the map.
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost>;

    /// Passes the columns that it names to `each`.
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column));
}

/// What a map says of a record.
pub(crate) trait Recorded {
    /// Returns the first column that a field names.
    fn column_of(&self, field: &str) -> Option<Column>;

    /// Returns where it stands in the map.
    fn span(&self) -> Place;
}

/// Defines a part of a map: the struct, its reader, and the columns it names. Every field may be left
/// out.
macro_rules! part {
    ($(#[doc = $what:literal])* pub struct $name:ident = $called:literal {
        $($(#[doc = $doc:literal])* $field:ident: $type:ty = $word:literal,)*
    }) => {
        $(#[doc = $what])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[doc = $doc])* pub(crate) $field: $type,)*
            /// Where it stands in the map.
            pub(crate) span: $crate::text::Place,
        }

        impl $name {
            /// The names of the fields.
            pub const FIELDS: &'static [&'static str] = &[$($word),*];

            fn index(field: &str) -> Option<usize> {
                Self::FIELDS.iter().position(|known| *known == field)
            }
        }

        impl $crate::exchange::map::Recorded for $name {
            fn column_of(&self, field: &str) -> Option<$crate::exchange::map::Column> {
                let mut first = None;
                $(
                    if field == $word {
                        let mut value = self.$field.clone();
                        $crate::exchange::map::Part::columns(&mut value, &mut |column| {
                            first.get_or_insert_with(|| column.clone());
                        });
                    }
                )*
                first
            }

            fn span(&self) -> $crate::text::Place {
                self.span
            }
        }

        impl $crate::exchange::map::Part for $name {
            fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
                let mut part = $name::default();
                let start = reader.at();
                reader.fields($called, Self::FIELDS, Self::index, |reader, index| {
                    let mut next = 0;
                    $(
                        if index == next {
                            part.$field = $crate::exchange::map::Part::of(reader)?;
                            return Ok(());
                        }
                        next += 1;
                    )*
                    let _ = next;
                    Ok(())
                })?;
                part.span = reader.place(start, reader.at());
                Ok(part)
            }

            fn columns(&mut self, each: &mut dyn FnMut(&mut $crate::exchange::map::Column)) {
                $($crate::exchange::map::Part::columns(&mut self.$field, each);)*
            }
        }
    };
}
pub(crate) use part;

impl Part for Option<u32> {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        u32::read(reader).map(Some)
    }
    fn columns(&mut self, _: &mut dyn FnMut(&mut Column)) {}
}

impl Part for Option<bool> {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        let words = ["true", "false"];
        let (word, start) = reader.word("truth value", &words)?;
        match word {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(reader.unknown_word("truth value", word, &words, start)),
        }
    }
    fn columns(&mut self, _: &mut dyn FnMut(&mut Column)) {}
}

impl<P: Part> Part for Vec<P> {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        let mut all = Vec::new();
        reader.one_or_list(|reader| {
            all.push(P::of(reader)?);
            Ok(())
        })?;
        Ok(all)
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        for part in self {
            part.columns(each);
        }
    }
}
