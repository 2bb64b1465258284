//! What people read for where an actor stands. The keys for programs are beside the types.

/// Expands to a word, as a literal, so that `concat!` can make longer texts of it.
macro_rules! verdict_word {
    (strongly_supports) => {
        "strongly supports"
    };
    (supports) => {
        "supports"
    };
    (neutral) => {
        "neutral"
    };
    (opposes) => {
        "opposes"
    };
    (strongly_opposes) => {
        "strongly opposes"
    };
    (mixed) => {
        "mixed"
    };
    (contested) => {
        "contested"
    };
    (unknown) => {
        "unknown"
    };
}
pub(crate) use verdict_word;
