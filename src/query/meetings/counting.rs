//! The actors for whom each part in a meeting counts.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Graph, Lens, Meeting, Office, Words};
use crate::query::meetings::{Part, Role, best, days_of, everybody};
use crate::query::rows;

/// What a meeting is to an actor: its own part, or that of those who spoke for it at the time.
pub(crate) struct PartFor {
    pub(crate) actor: ActorId,
    /// The part, or `None` if it does not count, because whoever had it also spoke for another.
    pub(crate) role: Option<Role>,
    /// Whose part it is; the actor itself is among them if it has this part.
    pub(crate) through: Vec<ActorId>,
    /// Whether perhaps none of them spoke for the actor at the time.
    pub(crate) perhaps: bool,
}

/// Returns what a meeting is to every actor that has a part in it, itself or through a speaker.
pub(crate) fn parts_for_all(graph: &Graph, lens: Lens, meeting: &Meeting) -> Vec<PartFor> {
    let (voices, days) = (graph.voices(), days_of(graph, meeting));
    let mut parts: BTreeMap<ActorId, Vec<Part>> = BTreeMap::new();
    for (who, role) in everybody(meeting) {
        let mut add = |actor: ActorId, office: Office| {
            let part = Part { who, role, office };
            parts.entry(actor).or_default().push(part);
        };
        add(who, Office::Held);
        if lens.words == Words::OwnAndSpeakers {
            for actor in voices.principals(who, days) {
                if let Some(office) = voices.hat(who, actor, days) {
                    add(actor, office);
                }
            }
        }
    }
    let of_one = |(actor, parts): (ActorId, Vec<Part>)| {
        let (role, parts) = best(parts);
        let office = parts.iter().map(|part| part.office).min();
        PartFor {
            actor,
            role,
            through: rows::distinct(parts.iter().map(|part| part.who)),
            perhaps: office == Some(Office::Perhaps),
        }
    };
    parts.into_iter().map(of_one).collect()
}
