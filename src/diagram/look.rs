//! How lines look: the one table of colours, dashes and marks that every format draws from. No
//! meaning depends on colour alone: each kind of line has its own dash, second line or end mark, so
//! it can be read in black and white.

use crate::diagram::Color;
use crate::graph::{Graph, Side, Standing, Verdict};
use crate::model::{MeetingStatus, Position, TieKind};
use crate::query::Part;
use crate::words::verdict_word;

/// The dash pattern of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    /// No gaps.
    #[default]
    Solid,
    /// Strokes.
    Dashed,
    /// Dots.
    Dotted,
    /// Strokes and dots in turn.
    DashDot,
}

/// The mark at the end of a line. Marks differ in shape, so they can be read without colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// An arrowhead: for.
    Arrow,
    /// Two arrowheads: strongly for.
    Arrows,
    /// An open arrowhead: speaks for.
    Vee,
    /// A bar across: against.
    Bar,
    /// Two bars across: strongly against.
    Bars,
    /// An empty circle: neutral; or the whole that something belongs to.
    Ring,
    /// A filled circle.
    Dot,
    /// An empty square: a number on a scale, neither for nor against.
    Square,
    /// A diamond: both for and against, by the actor's own word.
    Diamond,
    /// A half-filled square: statements disagree.
    Halves,
    /// A question mark in a ring: unknown.
    Question,
    /// A plus in a ring: friendly, in both directions.
    Plus,
    /// A minus in a ring: unfriendly, in both directions.
    Minus,
    /// An empty arrowhead: would be for.
    HollowArrow,
    /// An empty bar across: would be against.
    HollowBar,
    /// An empty diamond: would take another position.
    HollowDiamond,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Its name in the legend.
    pub name: &'static str,
    /// The colour of the line.
    pub color: Color,
    /// The dash of the line.
    pub dash: Dash,
    /// The colour and dash of a second line drawn beside the first.
    pub second: Option<(Color, Dash)>,
    /// The mark at its start.
    pub tail: Mark,
    /// The mark at its end.
    pub head: Mark,
}

impl Style {
    /// Returns the colour of its marks.
    pub fn mark_color(&self) -> Color {
        match self.head {
            Mark::Halves => Color::Contested,
            _ => self.color,
        }
    }
}

/// Defines all looks in drawing order: the name in the legend, the colour and dash of the line,
/// those of a second line if there is one, and the marks at start and end. Each doc comment must be
/// a single line.
macro_rules! looks {
    ($(
        #[doc = $doc:literal]
        $look:ident = $name:expr, $color:ident $dash:ident $(and $second:ident $broken:ident)?, $tail:ident to $head:ident;
    )*) => {
        /// The meaning of a line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Look {
            $(#[doc = $doc] $look,)*
        }

        impl Look {
            /// All looks, in drawing order.
            pub const ALL: &[Look] = &[$(Look::$look),*];

            /// Returns how it is drawn.
            pub fn style(self) -> Style {
                match self {
                    $(Look::$look => Style {
                        name: $name,
                        color: Color::$color,
                        dash: Dash::$dash,
                        second: [$((Color::$second, Dash::$broken))?].first().copied(),
                        tail: Mark::$tail,
                        head: Mark::$head,
                    },)*
                }
            }
        }
    };
}

looks! {
    /// One actor speaks for the other.
    SpeaksFor = "speaks for", Muted Solid, None to Vee;
    /// One actor spoke for the other; that has ended.
    SpokeFor = "spoke for", Muted Dashed, None to Vee;
    /// A line from a group to its member.
    Member = "group and member", Muted Solid, Ring to None;
    /// An issue or a meeting is part of another.
    PartOf = "is part of", Muted Solid, None to Ring;
    /// Two actors were at a meeting that was held.
    Met = "met", Meeting Solid, None to None;
    /// Two actors are to be at a meeting.
    ToMeet = "are to meet", Meeting Dashed, None to None;
    /// Two actors were to be at a meeting that was put off, called off or refused, or whose day is past.
    WereToMeet = "were to meet: put off, called off, refused or past", Meeting Dotted, None to None;
    /// An actor was at a meeting that was held.
    TakesPart = "took part", Meeting Solid, None to Dot;
    /// An actor wrote a letter, or it was written to it.
    Wrote = "wrote, or was written to", Meeting DashDot, None to Dot;
    /// An actor is to be at a meeting.
    IsToTakePart = "is to take part", Meeting Dashed, None to Dot;
    /// An actor was to be at a meeting that was put off, called off or refused, is past, or of unknown status.
    WasToTakePart = "was to take part", Meeting Dotted, None to Dot;
    /// An actor was asked to a meeting and has not answered.
    Invited = "is invited", Meeting Dashed, None to Ring;
    /// An actor was asked to a meeting and said no.
    Declined = "declined", Meeting Dotted, None to Bar;
    /// A tie: allies.
    Ally = "allies", Supports Solid and Supports Solid, Plus to Plus;
    /// A tie: partners.
    Partner = "partners", Supports Solid, Plus to Plus;
    /// A tie: an agreement.
    Agreement = "have an agreement", Supports Dashed, Plus to Plus;
    /// A tie: rivals.
    Rival = "rivals", Opposes Dashed, Minus to Minus;
    /// A tie: hostility.
    Hostile = "hostile", Opposes Solid and Opposes Solid, Minus to Minus;
    /// A tie of a kind the format has no word for.
    Other = "other tie, as named", Neutral DashDot, None to Arrow;
    /// A position: strongly for.
    StronglySupports = verdict_word!(strongly_supports), Supports Solid, None to Arrows;
    /// A position: for.
    Supports = verdict_word!(supports), Supports Solid, None to Arrow;
    /// A position: neither for nor against.
    Neutral = concat!("is ", verdict_word!(neutral)), Neutral DashDot, None to Ring;
    /// A position: a number on the scale.
    Number = "names a number on the scale", Number Solid, None to Square;
    /// A position: both, by the actor's own word.
    Mixed = concat!("says both (", verdict_word!(mixed), ")"), Mixed Solid and Mixed Solid, None to Diamond;
    /// A position on which statements disagree; the colour is that of no side.
    Contested = concat!("statements disagree (", verdict_word!(contested), ")"), Contested Solid and Contested Dashed, None to Halves;
    /// A position: against.
    Opposes = verdict_word!(opposes), Opposes Dashed, None to Bar;
    /// A position: strongly against.
    StronglyOpposes = verdict_word!(strongly_opposes), Opposes Dashed, None to Bars;
    /// A position that statements mention but leave unknown.
    Unknown = concat!("position ", verdict_word!(unknown)), Unknown Dotted, None to Question;
    /// An offer: would be for.
    WouldSupport = "would support on a condition (offer)", Supports Dotted, None to HollowArrow;
    /// An offer: would be against.
    WouldOppose = "would oppose on a condition (offer)", Opposes Dotted, None to HollowBar;
    /// An offer: would be neutral, mixed or at a number.
    WouldStandElsewhere = "would take another position on a condition (offer)", Neutral Dotted, None to HollowDiamond;
}

impl Look {
    /// Returns whether the line runs from an actor to an issue.
    pub fn is_position(self) -> bool {
        self >= Look::StronglySupports
    }

    /// Returns whether the line says who belongs to whom, or what is part of what.
    pub fn is_structure(self) -> bool {
        self <= Look::PartOf
    }

    /// Returns the look of an actor's standing on an issue.
    pub fn of_standing(graph: &Graph, standing: &Standing) -> Look {
        match standing.verdict {
            Verdict::Unknown => Look::Unknown,
            Verdict::Contested => Look::Contested,
            Verdict::Stands(position) if !graph.offers_in_place(standing).is_empty() => {
                Look::of_offer(position)
            }
            Verdict::Stands(position) => Look::of_position(position),
        }
    }

    /// Returns the look of a position. A number is neither for nor against, whichever half of the
    /// scale it lies in.
    pub fn of_position(position: Position) -> Look {
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

    /// Returns the look of an offer, which is hollow.
    pub fn of_offer(position: Position) -> Look {
        match Side::of(position) {
            Side::Supports => Look::WouldSupport,
            Side::Opposes => Look::WouldOppose,
            Side::Neutral | Side::Mixed | Side::Number => Look::WouldStandElsewhere,
        }
    }

    /// Returns the look of a tie.
    pub fn of_tie(kind: &TieKind) -> Look {
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

    /// Returns the look of an actor's part in a meeting.
    pub fn of_part(status: Option<MeetingStatus>, part: Part) -> Look {
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

    /// Returns the look of the line that a meeting draws between two of its participants, or `None`
    /// if it draws none. Whoever is only invited, or declined, is no participant.
    pub fn of_two(status: Option<MeetingStatus>) -> Option<Look> {
        match status? {
            MeetingStatus::Held => Some(Look::Met),
            MeetingStatus::Planned | MeetingStatus::Invited => Some(Look::ToMeet),
            MeetingStatus::Postponed | MeetingStatus::Cancelled | MeetingStatus::Refused => {
                Some(Look::WereToMeet)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Look;

    #[test]
    fn lines_are_told_apart_in_black_and_white() {
        let forms: BTreeSet<_> = Look::ALL
            .iter()
            .map(|look| look.style())
            .map(|style| (style.dash, style.second.is_some(), style.tail, style.head))
            .collect();
        assert_eq!(forms.len(), Look::ALL.len());
    }
}
