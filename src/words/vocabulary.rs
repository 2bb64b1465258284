//! Types whose values are defined together with their words.

/// Defines an enum whose values have a word for people and a stable key for programs.
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$about:meta])* $value:ident = $key:literal, $word:expr;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$about])* $value,)* }

        impl $name {
            /// All values.
            pub const ALL: &'static [$name] = &[$($name::$value),*];

            /// Returns the key that programs read: characters of `[a-z_]`.
            pub fn key(self) -> &'static str {
                match self { $($name::$value => $key,)* }
            }

            /// Returns the word that people read.
            pub fn word(self) -> &'static str {
                match self { $($name::$value => $word,)* }
            }
        }
    };
}
pub(crate) use vocabulary;
