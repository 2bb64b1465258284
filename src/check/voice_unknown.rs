//! `voice-unknown`: the actor that voices a statement is not known to speak for any of its actors
//! at that time.

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Entity, Graph, Stance, all_days};
use crate::model::Period;
use crate::syntax::Step;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for stance in &graph.stances {
        let actors = stance.actors.as_slice();
        if let Some(by) = stance.said_by()
            && let Some(&actor) = actors.first()
            && !actors.contains(&by)
            && !actors
                .iter()
                .any(|actor| speaks_for(graph, by, *actor, all_days(graph.stance_date(stance))))
        {
            found.push(finding(graph, stance, by, actor));
        }
    }
}

/// Returns whether `speaker` speaks for `actor` on any of these days, directly or through others.
fn speaks_for(graph: &Graph, speaker: ActorId, actor: ActorId, days: Period) -> bool {
    let mut reached = vec![(speaker, days)];
    let mut next = 0;
    while let Some(&(current, days)) = reached.get(next) {
        next += 1;
        for voice in graph.voices().direct(current) {
            let days = Period {
                from: days.from.max(voice.during.from),
                to: days.to.min(voice.during.to),
            };
            if days.from <= days.to && !reached.contains(&(voice.principal, days)) {
                reached.push((voice.principal, days));
            }
        }
    }
    reached.iter().any(|(reached, _)| *reached == actor)
}

fn finding(graph: &Graph, stance: &Stance, by: ActorId, actor: ActorId) -> Diagnostic {
    let at_other_times = speaks_for(graph, by, actor, all_days(None));
    let (by, actor) = (graph.id(Entity::Actor(by)), graph.id(Entity::Actor(actor)));
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
                "if it does, say so in `ties`: `{tie}`, with `since` and `until` where it was for a while"
            ),
        ),
    };
    Diagnostic::warning(
        "voice-unknown",
        format!("`{by}` is not known to speak for `{actor}`{then}: these words are shown, and not counted"),
        super::part(graph, stance.place, &[Step::Field("said_by")]),
        "on whose behalf?",
    )
    .help(speaks)
    .help("if it tells what another one holds, it is right as it is: `allow: [\"voice-unknown\"]` says so for the file")
}
