//! How lines look: the one table of colours, dashes and marks, which every format draws by. No meaning hangs on colour
//! alone: each kind of line has a dash, a second line or an end of its own, so that it is read in black and white as well.

use crate::diagram::Color;
use crate::graph::{Standing, Verdict};
use crate::model::{MeetingStatus, Position, TieKind};
use crate::query::Part;

/// How a line is broken up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Into strokes.
    Dashed,
    /// Into dots.
    Dotted,
    /// Into strokes and dots.
    DashDot,
}

/// What stands at the end of a line. Each mark differs in form, so that it is read without colour.
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
    /// An empty circle: neither; or the whole that something belongs to.
    Ring,
    /// A filled circle.
    Dot,
    /// An empty square: a number, neither for nor against.
    Square,
    /// A diamond: both, by its own word.
    Diamond,
    /// A square, one half filled and the other empty: statements disagree.
    Halves,
    /// A question mark in a ring: not known.
    Question,
    /// A plus in a ring: friendly, both ways.
    Plus,
    /// A minus in a ring: unfriendly, both ways.
    Minus,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// What the legend calls it.
    pub name: &'static str,
    /// Its colour.
    pub color: Color,
    /// Its dash.
    pub dash: Dash,
    /// The colour and dash of a second line beside the first.
    pub second: Option<(Color, Dash)>,
    /// What stands at its start.
    pub tail: Mark,
    /// What stands at its end.
    pub head: Mark,
}

impl Style {
    /// The colour of its marks.
    pub fn mark_color(&self) -> Color {
        match self.head {
            Mark::Halves => Color::Contested,
            _ => self.color,
        }
    }
}

/// Defines all looks in the order in which they are written: the name in the legend, the colour and dash of the line, where it is
/// doubled those of the second, the marks from its start to its end.
macro_rules! looks {
    ($(
        #[doc = $doc:literal]
        $look:ident = $name:literal, $color:ident $dash:ident $(and $second:ident $broken:ident)?, $tail:ident to $head:ident;
    )*) => {
        /// What a line means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Look {
            $(#[doc = $doc] $look,)*
        }

        impl Look {
            /// All of them, in the order in which they are written.
            pub const ALL: &[Look] = &[$(Look::$look),*];

            /// How it is drawn.
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
    /// One speaks for the other.
    SpeaksFor = "speaks for", Muted Solid, None to Vee;
    /// The same, and it is over.
    SpokeFor = "spoke for", Muted Dashed, None to Vee;
    /// From a group to its member.
    Member = "group and member", Muted Solid, Ring to None;
    /// An issue or a meeting is part of another.
    PartOf = "is part of", Muted Solid, None to Ring;
    /// Two were at a meeting that was held.
    Met = "met", Meeting Solid, None to None;
    /// Two are to be at a meeting.
    ToMeet = "are to meet", Meeting Dashed, None to None;
    /// Two were to be at a meeting: it was put off, called off or refused.
    WereToMeet = "were to meet: put off, called off or refused", Meeting Dotted, None to None;
    /// An actor was at a meeting that was held.
    TakesPart = "took part", Meeting Solid, None to Dot;
    /// It is to be at one.
    IsToTakePart = "is to take part", Meeting Dashed, None to Dot;
    /// It was to be at one that was put off, called off or refused, or of which that is not known.
    WasToTakePart = "was to take part", Meeting Dotted, None to Dot;
    /// It was asked and has not answered.
    Invited = "is invited", Meeting Dashed, None to Ring;
    /// It was asked and said no.
    Declined = "declined", Meeting Dotted, None to Bar;
    /// A tie.
    Ally = "allies", Supports Solid and Supports Solid, Plus to Plus;
    /// A tie.
    Partner = "partners", Supports Solid, Plus to Plus;
    /// A tie.
    Agreement = "have an agreement", Supports Dashed, Plus to Plus;
    /// A tie.
    Rival = "rivals", Opposes Dashed, Minus to Minus;
    /// A tie.
    Hostile = "hostile", Opposes Solid and Opposes Solid, Minus to Minus;
    /// A tie of a kind that the format has no word for.
    Other = "other tie, as named", Neutral DashDot, None to Arrow;
    /// A position.
    StronglySupports = "strongly supports", Supports Solid, None to Arrows;
    /// A position.
    Supports = "supports", Supports Solid, None to Arrow;
    /// A position.
    Neutral = "is neutral", Neutral DashDot, None to Ring;
    /// A position: a number on the scale of the issue.
    Number = "names a number on the scale", Number Solid, None to Square;
    /// A position: both, by the actor's own word.
    Mixed = "says both (mixed)", Mixed Solid and Mixed Solid, None to Diamond;
    /// Statements disagree about a position.
    Contested = "statements disagree (contested)", Supports Solid and Opposes Dashed, None to Halves;
    /// A position.
    Opposes = "opposes", Opposes Dashed, None to Bar;
    /// A position.
    StronglyOpposes = "strongly opposes", Opposes Dashed, None to Bars;
    /// Statements speak of a position and leave it unknown.
    Unknown = "position unknown", Unknown Dotted, None to Question;
}

impl Look {
    /// Whether it is a line from an actor to an issue.
    pub fn is_position(self) -> bool {
        self >= Look::StronglySupports
    }

    /// The look of where an actor stands.
    pub fn of_standing(standing: &Standing) -> Look {
        match standing.verdict {
            Verdict::Unknown => Look::Unknown,
            Verdict::Contested => Look::Contested,
            Verdict::Stands(position) => Look::of_position(position),
        }
    }

    /// The look of a position; a number is neither for nor against, whichever half of the scale it lies in.
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

    /// The look of a tie.
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

    /// The look of an actor's part in a meeting.
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

    /// The look of what a meeting makes of two with these parts in it; none where it joins them in nothing.
    pub fn of_two(status: Option<MeetingStatus>, parts: (Part, Part)) -> Option<Look> {
        match (parts, status) {
            ((Part::Participant, Part::Participant), Some(MeetingStatus::Held)) => Some(Look::Met),
            (
                (Part::Participant, Part::Participant | Part::Invited)
                | (Part::Invited, Part::Participant),
                status,
            ) => match status {
                Some(MeetingStatus::Planned | MeetingStatus::Invited) => Some(Look::ToMeet),
                // Whoever was only invited to a meeting that took place has met nobody there.
                Some(MeetingStatus::Held) | None => None,
                Some(
                    MeetingStatus::Postponed | MeetingStatus::Cancelled | MeetingStatus::Refused,
                ) => Some(Look::WereToMeet),
            },
            ((Part::Participant, Part::Declined) | (Part::Declined, Part::Participant), _) => {
                Some(Look::WereToMeet)
            }
            ((Part::Invited | Part::Declined, Part::Invited | Part::Declined), _) => None,
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
