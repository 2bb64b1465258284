//! The contract, rule by rule, in its order and in its words: slow, literal, and written without a look at how the
//! program does it. Only the reader of records is shared.
//!
//! | module | rules |
//! | --- | --- |
//! | [`records`] | R1, R3, H2, T5 |
//! | [`evidence`] | E1, E2, E3, `--known-by`, `--min-grade`, `--exclude-source` |
//! | [`when`] | T1, T2, T4 |
//! | [`word`] | W1, W2, W4, W5, `--own` |
//! | [`position`] | P1 to P4, O1, O2, `--min-sources`, `--offers` |
//! | [`who`] | C1 |
//! | [`select`] | what is cut, whom and what the rest is asked about |
//! | [`meetings`] | M1, M2, M3 |

pub(crate) mod evidence;
pub(crate) mod meetings;
pub(crate) mod position;
pub(crate) mod records;
pub(crate) mod select;
pub(crate) mod when;
pub(crate) mod who;
pub(crate) mod word;

use std::collections::BTreeSet;

use demarche::model::Grade;

use select::Select;

/// What a question asks, beside its arguments.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// `--as-of` (T3): the day of positions, offices, ages and of what connects people.
    pub(crate) day: i64,
    /// That day is said by `as_of` in the file, and not on the command line.
    pub(crate) day_in_file: bool,
    /// `--since` and `--until` (T4).
    pub(crate) period: Option<(i64, i64)>,
    /// `--own`
    pub(crate) own: bool,
    /// `--offers`
    pub(crate) offers: bool,
    /// `--known-by`
    pub(crate) known_by: Option<i64>,
    /// `--min-grade`
    pub(crate) min_grade: Option<Grade>,
    /// `--min-sources`
    pub(crate) min_sources: usize,
    /// `--exclude-source`
    pub(crate) without: Vec<String>,
    /// `--actor`, `--group`, `--kind`, `--issue`, `--tag`, `--meeting-kind`.
    pub(crate) select: Select,
    /// The actors that are selected; everybody where there is none.
    pub(crate) actors: Option<BTreeSet<String>>,
}

impl Asked {
    /// As of a day, and nothing else.
    pub(crate) fn as_of(day: i64) -> Asked {
        Asked {
            day,
            day_in_file: false,
            period: None,
            own: false,
            offers: false,
            known_by: None,
            min_grade: None,
            min_sources: 0,
            without: Vec::new(),
            select: Select::default(),
            actors: None,
        }
    }
}
