//! What the values of a type are called, said beside them.

/// Defines a type whose values have a word for people and a key for programs, which stays the same.
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[doc = $doc:literal])* $value:ident = $key:literal, $word:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])* $value,)* }

        impl $name {
            /// All values.
            pub const ALL: &'static [$name] = &[$($name::$value),*];

            /// What programs read: letters of `[a-z_]`.
            pub fn key(self) -> &'static str {
                match self { $($name::$value => $key,)* }
            }

            /// What people read.
            pub fn word(self) -> &'static str {
                match self { $($name::$value => $word,)* }
            }
        }
    };
}
pub(crate) use vocabulary;
