//! `voice-unknown`: the actor that voices a statement is not known to speak for one of its actors at
//! that time.

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Entity, Graph, Stance, all_days};
use crate::syntax::Step;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for stance in &graph.stances {
        let Some(by) = stance.said_by() else {
            continue;
        };
        let days = all_days(graph.stance_date(stance));
        let all = stance.actors.as_slice();
        let is_attributed = |actor: &&ActorId| graph.is_attributed(stance, **actor, days);
        let attributed = all.iter().filter(is_attributed);
        if let Some(actor) = attributed.clone().next() {
            let counts_for_some = attributed.count() < all.len();
            found.push(finding(graph, stance, [by, *actor], counts_for_some));
        }
    }
}

fn finding(
    graph: &Graph,
    stance: &Stance,
    [by, actor]: [ActorId; 2],
    counts_for_some: bool,
) -> Diagnostic {
    let at_other_times = graph.voices().ever(by).any(|principal| principal == actor);
    let (by, actor) = (graph.id(Entity::Actor(by)), graph.id(Entity::Actor(actor)));
    let of_it = match counts_for_some {
        true => format!(" as a position of `{actor}`"),
        false => String::new(),
    };
    let tie = format!("(from: \"{by}\", to: \"{actor}\", kind: SpeaksFor)");
    let (then, speaks) = match at_other_times {
        true => (
            " at that time",
            "it does at other times: correct the date, or `since` and `until` of the tie"
                .to_owned(),
        ),
        false => (
            "",
            format!(
                "if it does, say so in `ties`: `{tie}`, with `since` and `until` if only for a time"
            ),
        ),
    };
    Diagnostic::warning(
        "voice-unknown",
        format!("`{by}` is not known to speak for `{actor}`{then}: these words are shown, but not counted{of_it}"),
        super::part(graph, stance.place, &[Step::Field("said_by")]),
        "on whose behalf?",
    )
    .help(speaks)
    .help("if it reports another's position, it is right as it is: `allow: [\"voice-unknown\"]` says so for the file")
}
