//! Which positions an issue has.

use crate::model::{Position, is_usable};

/// Why an issue does not have a position.
#[derive(Debug)]
pub(crate) struct Misfit {
    /// The code of the finding.
    pub(crate) code: &'static str,
    /// What is wrong.
    pub(crate) message: String,
    /// What to say at the position.
    pub(crate) label: &'static str,
    /// What to do about it.
    pub(crate) help: String,
}

impl Position {
    /// Returns why an issue with so many levels and this scale does not have the position, or `None`
    /// if it has it.
    #[inline]
    pub(crate) fn misfit(
        self,
        issue: &str,
        levels: Option<u32>,
        scale: Option<(f64, f64)>,
    ) -> Option<Misfit> {
        match (self, levels, scale) {
            (Position::At(_), _, None) => Some(Misfit {
                code: "no-scale",
                message: format!("`{issue}` has no scale"),
                label: "a number needs one",
                help: "add `scale: (from: …, to: …)` to the issue, or say it in words: `Supports`"
                    .to_owned(),
            }),
            (Position::At(x), _, Some((from, to)))
                if is_usable(x) && !(from.min(to)..=from.max(to)).contains(&x) =>
            {
                Some(Misfit {
                    code: "off-scale",
                    message: format!("{x} is outside the scale of `{issue}`"),
                    label: "off the scale",
                    help: format!("the scale of `{issue}` goes from {from} to {to}"),
                })
            }
            (Position::StronglySupports | Position::StronglyOpposes, Some(levels @ (2 | 3)), _) => {
                let plain = match self {
                    Position::StronglySupports => "Supports",
                    _ => "Opposes",
                };
                Some(Misfit {
                    code: "bad-level",
                    message: format!(
                        "`{issue}` has {levels} levels: nobody supports or opposes it strongly"
                    ),
                    label: "no such level",
                    help: format!("write `{plain}`"),
                })
            }
            (Position::Neutral, Some(2), _) => Some(Misfit {
                code: "bad-level",
                message: format!("`{issue}` has 2 levels: yes or no"),
                label: "no such level",
                help: "give the issue `levels: 3`, or take a side".to_owned(),
            }),
            _ => None,
        }
    }
}
