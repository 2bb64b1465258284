//! The records of a page, with the fields that a card shows. Empty fields are left out of the page.

use serde::Serialize;

use crate::picture::html::data::tables::Spot;

#[derive(Debug, Serialize)]
pub(super) struct Source {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) date: Option<u32>,
    pub(super) url: String,
    pub(super) grade: String,
    pub(super) place: Spot,
}

#[derive(Debug, Serialize)]
pub(super) struct Actor {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) role: String,
    pub(super) aliases: Vec<String>,
    /// The actors for whom it speaks or spoke.
    pub(super) speaks_for: Vec<Lasting>,
    /// Its present and former members.
    pub(super) members: Vec<Lasting>,
    pub(super) note: String,
    pub(super) place: Spot,
}

/// An actor shown, with the first and last day of its relation to another; no last day means that
/// it goes on.
#[derive(Debug, Serialize)]
pub(super) struct Lasting {
    pub(super) actor: u32,
    pub(super) from: Option<i32>,
    pub(super) to: Option<i32>,
}

#[derive(Debug, Serialize)]
pub(super) struct Issue {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) question: String,
    /// What is said of it if it asks no question, and is no scale.
    pub(super) topic_only: &'static str,
    pub(super) scale: String,
    pub(super) aliases: Vec<String>,
    pub(super) part_of: Option<u32>,
    pub(super) note: String,
    pub(super) place: Spot,
}

#[derive(Debug, Serialize)]
pub(super) struct Meeting {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) kind: &'static str,
    pub(super) status: String,
    /// Whether it connects its participants: it was held by the day of the picture.
    pub(super) met: bool,
    pub(super) date: Option<u32>,
    /// The statuses it has had, the present one last.
    pub(super) stages: Vec<Status>,
    /// What it was on earlier days, oldest first.
    pub(super) over_time: Vec<OnDay>,
    pub(super) venue: String,
    pub(super) participants: Vec<u32>,
    pub(super) invited: Vec<u32>,
    pub(super) declined: Vec<u32>,
    /// The number of those asked who are not on the page.
    pub(super) others: Option<usize>,
    /// Whom it counts for, and as what.
    pub(super) counts_for: Vec<Counted>,
    pub(super) topics: Vec<u32>,
    pub(super) outcome: String,
    pub(super) quote: String,
    pub(super) at: String,
    pub(super) sources: Vec<u32>,
    pub(super) note: String,
    pub(super) place: Spot,
}

/// What a meeting is to an actor.
#[derive(Debug, Serialize)]
pub(super) struct Counted {
    pub(super) actor: u32,
    /// `host`, `invited`, `declined`, `elsewhere` if its speaker's part does not count for it;
    /// empty if it takes part.
    #[serde(rename = "as")]
    pub(super) part: &'static str,
    /// The names of those who spoke for it, if it has no such part itself.
    pub(super) through: Vec<String>,
    /// Those of the others with this part who spoke for it and are shown.
    pub(super) by: Vec<u32>,
    /// What is uncertain about that.
    pub(super) doubt: &'static str,
}

/// What a meeting was from a day on, as of that day.
#[derive(Debug, Serialize)]
pub(super) struct OnDay {
    /// The day, or `None` if it was so from the first on.
    pub(super) from: Option<i32>,
    pub(super) status: String,
    pub(super) met: bool,
    pub(super) date: Option<u32>,
    pub(super) counts_for: Vec<Counted>,
}

/// A status, and when it was set.
#[derive(Debug, Serialize)]
pub(super) struct Status {
    pub(super) status: String,
    pub(super) on: Option<u32>,
    /// The date for which the meeting was then set, in words.
    pub(super) set_for: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Stance {
    pub(super) actors: Vec<u32>,
    pub(super) issue: u32,
    pub(super) position: Option<u32>,
    pub(super) toward: Vec<String>,
    pub(super) by: String,
    pub(super) summary: String,
    pub(super) quote: String,
    pub(super) at: String,
    pub(super) date: Option<u32>,
    pub(super) until: Option<u32>,
    pub(super) salience: Option<f64>,
    pub(super) sources: Vec<u32>,
    pub(super) note: String,
    pub(super) place: Spot,
}

#[derive(Debug, Serialize)]
pub(super) struct Tie {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) kind: String,
    /// `directed` if it leads from one to the other; empty if it is mutual.
    pub(super) way: &'static str,
    pub(super) since: Option<u32>,
    pub(super) until: Option<u32>,
    pub(super) over: Vec<u32>,
    pub(super) sources: Vec<u32>,
    pub(super) place: Spot,
}
