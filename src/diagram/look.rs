//! How lines look: the one table of colours, dashes and marks, which every format draws by. No meaning hangs on colour
//! alone: each kind of line has a dash, a second line or an end of its own, so that it is read in black and white as well.

use crate::diagram::Color;
use crate::graph::{Standing, Verdict};
use crate::model::{MeetingStatus, Position, TieKind};
use crate::query::Part;

/// What a line means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// One speaks for the other.
    SpeaksFor,
    /// The same, and it is over.
    SpokeFor,
    /// From a group to its member.
    Member,
    /// An issue or a meeting is part of another.
    PartOf,
    /// Two were at a meeting that was held.
    Met,
    /// Two are to be at a meeting.
    ToMeet,
    /// Two were to be at a meeting: it was put off, called off or refused.
    WereToMeet,
    /// An actor was at a meeting that was held.
    TakesPart,
    /// It is to be at one.
    IsToTakePart,
    /// It was to be at one that was put off, called off or refused, or of which that is not known.
    WasToTakePart,
    /// It was asked and has not answered.
    Invited,
    /// It was asked and said no.
    Declined,
    /// A tie.
    Ally,
    /// A tie.
    Partner,
    /// A tie.
    Agreement,
    /// A tie.
    Rival,
    /// A tie.
    Hostile,
    /// A tie of a kind that the format has no word for.
    Other,
    /// A position.
    StronglySupports,
    /// A position.
    Supports,
    /// A position.
    Neutral,
    /// A position: a number on the scale of the issue.
    Number,
    /// A position: both, by the actor's own word.
    Mixed,
    /// Statements disagree about a position.
    Contested,
    /// A position.
    Opposes,
    /// A position.
    StronglyOpposes,
    /// Statements speak of a position and leave it unknown.
    Unknown,
}

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

impl Look {
    /// All of them, in the order in which they are written.
    pub const ALL: [Look; 27] = [
        Look::SpeaksFor,
        Look::SpokeFor,
        Look::Member,
        Look::PartOf,
        Look::Met,
        Look::ToMeet,
        Look::WereToMeet,
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
        Look::Unknown,
    ];

    /// How it is drawn.
    #[rustfmt::skip]
    pub fn style(self) -> Style {
        use {Color as C, Dash as D, Mark as M};
        let (name, color, dash, second, tail, head) = match self {
            Look::SpeaksFor        => ("speaks for",         C::Muted,    D::Solid,   None, M::None,  M::Vee),
            Look::SpokeFor         => ("spoke for",          C::Muted,    D::Dashed,  None, M::None,  M::Vee),
            Look::Member           => ("group and member",   C::Muted,    D::Solid,   None, M::Ring,  M::None),
            Look::PartOf           => ("is part of",         C::Muted,    D::Solid,   None, M::None,  M::Ring),
            Look::Met              => ("met",                C::Meeting,  D::Solid,   None, M::None,  M::None),
            Look::ToMeet           => ("are to meet",        C::Meeting,  D::Dashed,  None, M::None,  M::None),
            Look::WereToMeet       => ("were to meet: put off, called off or refused", C::Meeting, D::Dotted, None, M::None, M::None),
            Look::TakesPart        => ("took part",          C::Meeting,  D::Solid,   None, M::None,  M::Dot),
            Look::IsToTakePart     => ("is to take part",    C::Meeting,  D::Dashed,  None, M::None,  M::Dot),
            Look::WasToTakePart    => ("was to take part",   C::Meeting,  D::Dotted,  None, M::None,  M::Dot),
            Look::Invited          => ("is invited",         C::Meeting,  D::Dashed,  None, M::None,  M::Ring),
            Look::Declined         => ("declined",           C::Meeting,  D::Dotted,  None, M::None,  M::Bar),
            Look::Ally             => ("allies",             C::Supports, D::Solid,   Some((C::Supports, D::Solid)), M::Plus, M::Plus),
            Look::Partner          => ("partners",           C::Supports, D::Solid,   None, M::Plus,  M::Plus),
            Look::Agreement        => ("have an agreement",  C::Supports, D::Dashed,  None, M::Plus,  M::Plus),
            Look::Rival            => ("rivals",             C::Opposes,  D::Dashed,  None, M::Minus, M::Minus),
            Look::Hostile          => ("hostile",            C::Opposes,  D::Solid,   Some((C::Opposes, D::Solid)), M::Minus, M::Minus),
            Look::Other            => ("other tie, as named", C::Neutral, D::DashDot, None, M::None,  M::Arrow),
            Look::StronglySupports => ("strongly supports",  C::Supports, D::Solid,   None, M::None,  M::Arrows),
            Look::Supports         => ("supports",           C::Supports, D::Solid,   None, M::None,  M::Arrow),
            Look::Neutral          => ("is neutral",         C::Neutral,  D::DashDot, None, M::None,  M::Ring),
            Look::Number           => ("names a number on the scale", C::Number, D::Solid, None, M::None, M::Square),
            Look::Mixed            => ("says both (mixed)",  C::Mixed,    D::Solid,   Some((C::Mixed, D::Solid)), M::None, M::Diamond),
            Look::Contested        => ("statements disagree (contested)", C::Supports, D::Solid, Some((C::Opposes, D::Dashed)), M::None, M::Halves),
            Look::Opposes          => ("opposes",            C::Opposes,  D::Dashed,  None, M::None,  M::Bar),
            Look::StronglyOpposes  => ("strongly opposes",   C::Opposes,  D::Dashed,  None, M::None,  M::Bars),
            Look::Unknown          => ("position unknown",   C::Unknown,  D::Dotted,  None, M::None,  M::Question),
        };
        Style { name, color, dash, second, tail, head }
    }

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
        let mut all = Look::ALL.to_vec();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all, Look::ALL, "each once, in order");
        let forms: BTreeSet<_> = Look::ALL
            .iter()
            .map(|look| look.style())
            .map(|style| (style.dash, style.second.is_some(), style.tail, style.head))
            .collect();
        assert_eq!(forms.len(), Look::ALL.len());
    }
}
