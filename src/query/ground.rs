//! How the positions of several actors on one issue relate.

use crate::graph::{Graph, IssueId, Verdict};
use crate::model::Position;

/// The relation between several positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// All say the same: on one side, or at one number.
    Common,
    /// At least two of them differ, whatever the others say.
    Divided,
    /// Nobody is known to differ, but somebody is mixed or contested.
    Unsettled,
    /// Nobody is known to differ, but somebody has not said.
    Unknown,
}

/// Returns how positions on an issue relate.
pub(super) fn ground(graph: &Graph, issue: IssueId, verdicts: &[Verdict]) -> Ground {
    let clear = verdicts.iter().filter_map(|verdict| match verdict {
        Verdict::Stands(position) => graph.half(issue, *position).map(|_| *position),
        _ => None,
    });
    let clear: Vec<Position> = clear.collect();
    let differs = |(nth, one): (usize, &Position)| {
        clear[nth + 1..]
            .iter()
            .any(|other| !graph.alike(issue, *one, *other))
    };
    if clear.iter().enumerate().any(differs) {
        return Ground::Divided;
    }
    if verdicts.contains(&Verdict::Unknown) {
        Ground::Unknown
    } else if clear.len() < verdicts.len() {
        Ground::Unsettled
    } else {
        Ground::Common
    }
}
