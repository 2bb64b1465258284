//! How lines and boxes look. The colours are Okabe and Ito's, which colour-blind readers can tell apart, and no meaning
//! hangs on colour alone: each kind of line has a dash, a width or an end of its own, so that it is read in black and
//! white as well.

use crate::graph::{Standing, Verdict};
use crate::model::{ActorKind, MeetingStatus, Position, TieKind};
use crate::query::Part;

const BLUE: &str = "#0072B2";
const VERMILLION: &str = "#D55E00";
const GREEN: &str = "#009E73";
pub(crate) const SKY: &str = "#56B4E9";
pub(crate) const PURPLE: &str = "#CC79A7";
const BLACK: &str = "#222222";
const GREY: &str = "#777777";
const OLIVE: &str = "#7D6F14";

/// What a line means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    SpeaksFor,
    SpokeFor,
    Member,
    PartOf,
    TakesPart,
    IsToTakePart,
    WasToTakePart,
    Invited,
    Declined,
    Ally,
    Partner,
    Agreement,
    Rival,
    Hostile,
    Other,
    StronglySupports,
    Supports,
    Neutral,
    Number,
    Mixed,
    Contested,
    Opposes,
    StronglyOpposes,
}

/// How a line is drawn: in the terms of DOT, then in those of a Mermaid flowchart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// What the legend calls it.
    pub(crate) name: &'static str,
    pub(crate) color: &'static str,
    /// The line is doubled.
    pub(crate) lines: u8,
    pub(crate) dash: &'static str,
    pub(crate) width: &'static str,
    pub(crate) tail: &'static str,
    pub(crate) head: &'static str,
    pub(crate) arrow: &'static str,
}

impl Look {
    /// All of them, in the order they are written.
    pub(crate) const ALL: [Look; 23] = [
        Look::SpeaksFor,
        Look::SpokeFor,
        Look::Member,
        Look::PartOf,
        Look::TakesPart,
        Look::IsToTakePart,
        Look::WasToTakePart,
        Look::Invited,
        Look::Declined,
        Look::Ally,
        Look::Partner,
        Look::Agreement,
        Look::Rival,
        Look::Hostile,
        Look::Other,
        Look::StronglySupports,
        Look::Supports,
        Look::Neutral,
        Look::Number,
        Look::Mixed,
        Look::Contested,
        Look::Opposes,
        Look::StronglyOpposes,
    ];

    /// How it is drawn.
    #[rustfmt::skip]
    pub(crate) fn style(self) -> Style {
        let (name, color, lines, dash, width, tail, head, arrow) = match self {
            Look::StronglySupports => ("strongly supports", BLUE,       1, "solid",  "3",   "none", "normalnormal", "==>"),
            Look::Supports         => ("supports",          BLUE,       1, "solid",  "1.5", "none", "normal",       "-->"),
            Look::Neutral          => ("is neutral",        GREY,       1, "dotted", "1.8", "none", "odot",         "-.-o"),
            Look::Number           => ("names a number on the scale", OLIVE, 1, "solid", "1.5", "none", "obox",     "==="),
            Look::Mixed            => ("says both (mixed)", PURPLE,     2, "solid",  "1.5", "none", "diamond",      "<-->"),
            Look::Contested        => ("statements disagree (contested)", BLACK, 2, "dashed", "1.2", "none", "box",  "<-.->"),
            Look::Opposes          => ("opposes",           VERMILLION, 1, "dashed", "1.5", "none", "tee",          "-.-x"),
            Look::StronglyOpposes  => ("strongly opposes",  VERMILLION, 1, "dashed", "3",   "none", "teetee",       "==x"),
            Look::SpeaksFor        => ("speaks for",        GREY,       1, "solid",  "1",   "none", "vee",          "-->"),
            Look::SpokeFor         => ("spoke for",         GREY,       1, "dashed", "1",   "none", "vee",          "-.->"),
            Look::Member           => ("group and member",  GREY,       1, "solid",  "1",   "odiamond", "none",     "o--o"),
            Look::PartOf           => ("is part of",        GREY,       1, "solid",  "1",   "none", "empty",        "-->"),
            Look::TakesPart        => ("took part",         GREEN,      1, "solid",  "1.3", "none", "none",         "---"),
            Look::IsToTakePart     => ("is to take part",   GREEN,      1, "dashed", "1.3", "none", "none",         "-.-"),
            Look::WasToTakePart    => ("was to take part",  GREEN,      1, "dotted", "1.6", "none", "none",         "-.-"),
            Look::Invited          => ("is invited",        GREEN,      1, "dashed", "1.3", "none", "odot",         "-.-o"),
            Look::Declined         => ("declined",          GREEN,      1, "dotted", "1.6", "none", "tee",          "-.-x"),
            Look::Ally             => ("allies",            SKY,        2, "solid",  "1.8", "none", "none",         "<==>"),
            Look::Partner          => ("partners",          SKY,        1, "solid",  "2",   "dot",  "dot",          "<-->"),
            Look::Agreement        => ("have an agreement", SKY,        1, "dashed", "2",   "dot",  "dot",          "<-.->"),
            Look::Rival            => ("rivals",            BLACK,      1, "solid",  "1",   "crow", "crow",         "x--x"),
            Look::Hostile          => ("hostile",           BLACK,      1, "solid",  "2",   "crow", "crow",         "x==x"),
            Look::Other            => ("other tie, as named", GREY,     1, "dashed", "1",   "none", "normal",       "-.->"),
        };
        Style { name, color, lines, dash, width, tail, head, arrow }
    }

    /// Whether it is a line from an actor to an issue.
    pub(crate) fn is_position(self) -> bool {
        self >= Look::StronglySupports
    }

    /// The look of where an actor stands; none where that is unknown.
    pub(crate) fn of_standing(standing: &Standing) -> Option<Look> {
        match standing.verdict {
            Verdict::Unknown => None,
            Verdict::Contested => Some(Look::Contested),
            Verdict::Stands(position) => Some(Look::of_position(position)),
        }
    }

    /// The look of a position; a number is neither for nor against, whichever half of the scale it lies in.
    pub(crate) fn of_position(position: Position) -> Look {
        match position {
            Position::StronglySupports => Look::StronglySupports,
            Position::Supports => Look::Supports,
            Position::Neutral => Look::Neutral,
            Position::Opposes => Look::Opposes,
            Position::StronglyOpposes => Look::StronglyOpposes,
            Position::Mixed => Look::Mixed,
            Position::At(_) => Look::Number,
        }
    }

    /// The look of a tie.
    pub(crate) fn of_tie(kind: &TieKind) -> Look {
        match kind {
            TieKind::Ally => Look::Ally,
            TieKind::Partner => Look::Partner,
            TieKind::Agreement => Look::Agreement,
            TieKind::Rival => Look::Rival,
            TieKind::Hostile => Look::Hostile,
            TieKind::Member => Look::Member,
            TieKind::SpeaksFor => Look::SpeaksFor,
            TieKind::Other(_) => Look::Other,
        }
    }

    /// The look of an actor's part in a meeting.
    pub(crate) fn of_part(status: Option<MeetingStatus>, part: Part) -> Look {
        match (part, status) {
            (Part::Invited, _) => Look::Invited,
            (Part::Declined, _) => Look::Declined,
            (Part::Participant, Some(MeetingStatus::Held)) => Look::TakesPart,
            (Part::Participant, Some(MeetingStatus::Planned | MeetingStatus::Invited)) => {
                Look::IsToTakePart
            }
            (Part::Participant, _) => Look::WasToTakePart,
        }
    }
}

/// The attributes of an actor's box.
pub(crate) fn actor_box(kind: Option<ActorKind>) -> &'static str {
    match kind {
        Some(ActorKind::State) => "shape=box, penwidth=1.8",
        Some(ActorKind::Organization) => "shape=box, peripheries=2",
        Some(ActorKind::Person) => "shape=box, style=\"filled,rounded\"",
        Some(ActorKind::Group) => "shape=folder",
        None => "shape=box, style=\"filled,dotted\"",
    }
}

/// The attributes of an issue's box.
pub(crate) const ISSUE_BOX: &str = "shape=hexagon, fillcolor=\"#EAF2F8\", margin=\"0.02,0.04\"";

/// The attributes of a meeting's box.
pub(crate) fn meeting_box(status: Option<MeetingStatus>) -> &'static str {
    match status {
        Some(MeetingStatus::Held) => "shape=note, fillcolor=\"#FFF9DB\"",
        Some(MeetingStatus::Planned) => {
            "shape=note, style=\"filled,dashed\", fillcolor=\"#FFF9DB\""
        }
        Some(MeetingStatus::Invited) => "shape=note, style=\"filled,dashed\"",
        None | Some(MeetingStatus::Postponed) => "shape=note, style=\"filled,dotted\"",
        Some(MeetingStatus::Cancelled) => {
            "shape=box, style=\"filled,dotted,diagonals\", fillcolor=\"#EEEEEE\""
        }
        Some(MeetingStatus::Refused) => {
            "shape=box, style=\"filled,dotted\", peripheries=2, fillcolor=\"#EEEEEE\""
        }
    }
}
