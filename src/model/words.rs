//! The format's words for kinds, positions, statuses, grades and likelihoods.

use crate::model::Str;
use crate::syntax::words;
use crate::words::{spaced, verdict_word};

words! {
    /// A kind of actor.
    pub enum ActorKind("kind of actor") {
        /// A country or its government.
        State,
        /// An organization with members or staff.
        Organization,
        /// A human being.
        Person,
        /// Actors named together, without an organization.
        Group,
    }
}

words! {
    /// A kind of meeting.
    pub enum MeetingKind("kind of meeting") {
        /// One actor goes to see another.
        Visit,
        /// Negotiations or consultations.
        Talks,
        /// Heads of state or government.
        Summit,
        /// By telephone or video.
        Call,
        /// A banquet, a welcome.
        Reception,
        /// A committee, a conference.
        Session,
        /// In writing: contact, but nobody met; the host wrote it.
        Letter,
    }
}

words! {
    /// The status of a meeting as a whole.
    pub enum MeetingStatus("status of a meeting") {
        /// Expected.
        Planned,
        /// Somebody was asked.
        Invited,
        /// It took place.
        Held,
        /// Put off.
        Postponed,
        /// Called off.
        Cancelled,
        /// Whoever was asked said no.
        Refused,
    }
}

impl MeetingStatus {
    /// Returns whether the meeting may still take place.
    pub fn is_plan(self) -> bool {
        matches!(self, MeetingStatus::Planned | MeetingStatus::Invited)
    }
}

words! {
    /// How reliable a source is: the letter of an Admiralty grade. `F` is unknown, not worst.
    pub enum Reliability("reliability, A to F") {
        /// Completely reliable.
        A,
        /// Usually reliable.
        B,
        /// Fairly reliable.
        C,
        /// Not usually reliable.
        D,
        /// Unreliable.
        E,
        /// Cannot be judged.
        F,
    }
}

words! {
    /// How likely something is, in the words of ICD 203.
    pub enum Likelihood("likelihood") {
        /// 1 to 5 %.
        AlmostNoChance,
        /// 5 to 20 %.
        VeryUnlikely,
        /// 20 to 45 %.
        Unlikely,
        /// 45 to 55 %.
        RoughlyEven,
        /// 55 to 80 %.
        Likely,
        /// 80 to 95 %.
        VeryLikely,
        /// 95 to 99 %.
        AlmostCertain,
    }
}

impl Likelihood {
    /// Returns the band in per cent; an end point that two bands share belongs to the higher one
    /// (ICD 203).
    pub fn percent(self) -> (u8, u8) {
        [
            (1, 5),
            (5, 20),
            (20, 45),
            (45, 55),
            (55, 80),
            (80, 95),
            (95, 99),
        ][self as usize]
    }
}

words! {
    /// An actor's position on an issue, according to one statement.
    #[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    pub enum Position("position") {
        /// Score 1; not if the issue has two or three levels.
        StronglySupports,
        /// Score ½; 1 if the issue has two or three levels.
        Supports,
        /// Score 0; not if the issue has two levels.
        Neutral,
        /// Score −½; −1 if the issue has two or three levels.
        Opposes,
        /// Score −1; not if the issue has two or three levels.
        StronglyOpposes,
        /// The actor itself says both; no score.
        Mixed,
    } or {
        /// A number on the scale: `At(40)`.
        At(f64),
    }
}

impl Position {
    /// Returns the word for people: `strongly supports`, `at 40`.
    pub fn word(self) -> String {
        let word = match self {
            Position::StronglySupports => verdict_word!(strongly_supports),
            Position::Supports => verdict_word!(supports),
            Position::Neutral => verdict_word!(neutral),
            Position::Opposes => verdict_word!(opposes),
            Position::StronglyOpposes => verdict_word!(strongly_opposes),
            Position::Mixed => verdict_word!(mixed),
            Position::At(number) => return format!("at {number}"),
        };
        word.to_owned()
    }

    /// Returns what an actor would do if something happened first, in words: `would support if the
    /// US joins`.
    pub fn would(self, condition: &str) -> String {
        let would = match self {
            Position::StronglySupports => "strongly support".to_owned(),
            Position::Supports => "support".to_owned(),
            Position::Neutral => "be neutral".to_owned(),
            Position::Opposes => "oppose".to_owned(),
            Position::StronglyOpposes => "strongly oppose".to_owned(),
            Position::Mixed => "be mixed".to_owned(),
            Position::At(number) => format!("be at {number}"),
        };
        format!("would {would} {condition}")
    }

    /// Returns the word for programs: `strongly_supports`; `at`, without its number.
    pub fn key(self) -> &'static str {
        match self {
            Position::StronglySupports => "strongly_supports",
            Position::Supports => "supports",
            Position::Neutral => "neutral",
            Position::Opposes => "opposes",
            Position::StronglyOpposes => "strongly_opposes",
            Position::Mixed => "mixed",
            Position::At(_) => "at",
        }
    }

    /// Returns the number on the scale, if the position is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Position::At(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the word as written in a file; `At` without its number.
    pub fn written(self) -> &'static str {
        self.bare()
    }
}

words! {
    /// A kind of tie between two actors.
    #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
    pub enum TieKind<'a>("kind of tie") {
        /// Friendly, mutual.
        Ally = default,
        /// Friendly, mutual.
        Partner,
        /// Friendly, mutual.
        Agreement,
        /// Unfriendly, mutual.
        Rival,
        /// Unfriendly, mutual.
        Hostile,
        /// `from` is a member of `to`.
        Member,
        /// `from` speaks for `to`.
        SpeaksFor,
    } or {
        /// Anything else, in your own words: directed, unsigned.
        Other(Str<'a>),
    }
}

impl TieKind<'_> {
    /// Returns whether the tie leads from one actor to the other; otherwise it is mutual, and their
    /// order does not matter.
    pub fn is_directed(&self) -> bool {
        matches!(
            self,
            TieKind::Member | TieKind::SpeaksFor | TieKind::Other(_)
        )
    }

    /// Returns whether the tie is friendly or unfriendly, or `None` if it has no sign.
    #[doc(hidden)]
    pub fn is_friendly(&self) -> Option<bool> {
        match self {
            TieKind::Ally | TieKind::Partner | TieKind::Agreement => Some(true),
            TieKind::Rival | TieKind::Hostile => Some(false),
            TieKind::Member | TieKind::SpeaksFor | TieKind::Other(_) => None,
        }
    }

    /// Returns the word for people, `speaks for`, or the writer's own.
    pub fn word(&self) -> String {
        match self {
            TieKind::Other(own) => own.to_string(),
            kind => spaced(kind.written()),
        }
    }

    /// Returns the word as written in a file, or the writer's own.
    pub fn written(&self) -> &str {
        match self {
            TieKind::Other(own) => own,
            kind => kind.bare(),
        }
    }

    /// Converts it so that it borrows nothing from the text it was read from.
    pub fn into_owned(self) -> TieKind<'static> {
        match self {
            TieKind::Ally => TieKind::Ally,
            TieKind::Partner => TieKind::Partner,
            TieKind::Agreement => TieKind::Agreement,
            TieKind::Rival => TieKind::Rival,
            TieKind::Hostile => TieKind::Hostile,
            TieKind::Member => TieKind::Member,
            TieKind::SpeaksFor => TieKind::SpeaksFor,
            TieKind::Other(word) => TieKind::Other(word.into_owned().into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_people() {
        assert_eq!(TieKind::SpeaksFor.word(), "speaks for");
        // The writer's own words are kept as they are.
        let own = TieKind::Other("hosts NATO troops of".into());
        assert_eq!(own.word(), "hosts NATO troops of");
        assert_eq!(Position::StronglySupports.word(), "strongly supports");
        assert_eq!(Position::At(0.5).word(), "at 0.5");
        assert_eq!(MeetingStatus::word_of(None), "unknown");
    }
}
