//! Prompts on a terminal.

use std::io::{self, IsTerminal, Write};

use crate::cli::Failure;
use crate::cli::edit::fields::{id_of, named_by, value};
use crate::cli::edit::typing::{self, Typing};
use crate::edit;
use crate::graph::Graph;
use crate::model::{Field, Holds, RecordKind};
use crate::words::{self, shown};

/// How many ids are offered.
const OFFERED: usize = 9;

/// Whether an answer may be left empty.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// Returns whether there is somebody to ask.
pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn line(question: &str, typing: Typing<'_>) -> Result<String, Failure> {
    match typing::line(question, typing) {
        Ok(Some(answer)) => Ok(answer.trim().to_owned()),
        Ok(None) => Err(Failure::new("nothing was added")),
        Err(error) => Err(Failure::new(format!("can't ask: {error}"))),
    }
}

fn say(text: &str) {
    // Nobody reads a terminal that is gone.
    let _ = writeln!(io::stdout().lock(), "  {}", shown(text));
}

/// Returns whether the answer is yes; anything else counts as no.
pub(super) fn yes(question: &str, graph: &Graph) -> Result<bool, Failure> {
    let typing = Typing { graph, field: None };
    Ok(matches!(
        line(&format!("{question} [y/N]"), typing)?
            .to_lowercase()
            .as_str(),
        "y" | "yes"
    ))
}

/// Asks for an id that isn't taken.
pub(super) fn id(suggested: &str, graph: &Graph) -> Result<String, Failure> {
    loop {
        let typed = line(&format!("id [{suggested}]:"), Typing { graph, field: None })?;
        let id = if typed.is_empty() {
            suggested.to_owned()
        } else {
            typed
        };
        match (edit::check_id(&id), graph.entity(&id)) {
            (Ok(()), None) => return Ok(id),
            (Ok(()), Some(taken)) => say(&format!(
                "`{id}` is already the id of {} ({})",
                taken.noun(),
                graph.name(taken)
            )),
            (Err(refusal), _) => {
                for help in &refusal.help {
                    say(help);
                }
            }
        }
    }
}

/// Asks for a field's values until they are valid; empty if an optional field is left out.
pub(super) fn field(graph: &Graph, field: Field, need: Need) -> Result<Vec<String>, Failure> {
    let several = field.is_list();
    let doc = field.doc.trim_end_matches('.');
    let mut question = format!(
        "{} ({}{}",
        field.name,
        doc.to_lowercase(),
        if several { "; several with commas" } else { "" }
    );
    if need == Need::Optional {
        question += "; may be left out";
    }
    question += "):";
    if let Holds::Word(words) = field.holds {
        say(&format!("one of {}", words::listed(words.words.iter())));
    }
    loop {
        let typed = line(
            &question,
            Typing {
                graph,
                field: Some(field),
            },
        )?;
        if typed.is_empty() {
            match need {
                Need::Optional => return Ok(Vec::new()),
                Need::Required => {
                    say("it can't be left out");
                    continue;
                }
            }
        }
        let parts: Vec<String> = match several {
            true => typed
                .split(',')
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect(),
            false => vec![typed],
        };
        let resolved = match named_by(field) {
            Some(kinds) => parts
                .iter()
                .map(|part| one_of(graph, kinds, part))
                .collect::<Result<Option<Vec<_>>, _>>()?,
            None => Some(parts),
        };
        let Some(resolved) = resolved else { continue };
        match value(graph, field, &resolved) {
            Ok(_) => return Ok(resolved),
            Err(refusal) => {
                for said in std::iter::once(&refusal.message).chain(&refusal.help) {
                    say(said);
                }
            }
        }
    }
}

/// Returns the id that is meant. If several records are similar, the user picks one; `None` if none
/// is meant.
fn one_of(graph: &Graph, kinds: &[RecordKind], typed: &str) -> Result<Option<String>, Failure> {
    if let Some(id) = id_of(graph, kinds, typed) {
        return Ok(Some(id));
    }
    let of_kind: Vec<_> = graph
        .entities()
        .filter(|entity| kinds.contains(&entity.kind()))
        .collect();
    let holds = |name: &str| words::holds(name, typed);
    let mut near: Vec<_> = of_kind
        .iter()
        .copied()
        .filter(|entity| holds(graph.id(*entity)) || graph.names(*entity).any(holds))
        .collect();
    if near.is_empty() {
        let slips = |name: &str| words::nearest(typed, [name]).is_some();
        near = of_kind
            .iter()
            .copied()
            .filter(|entity| slips(graph.id(*entity)) || graph.names(*entity).any(slips))
            .collect();
    }
    if near.is_empty() {
        let noun = kinds.first().map_or("record", |kind| kind.noun());
        say(&format!(
            "no {noun} is called `{typed}`: `demarche add {noun}` adds one"
        ));
        return Ok(None);
    }
    near.truncate(OFFERED);
    for (nth, entity) in near.iter().enumerate() {
        say(&format!(
            "{}  {} ({})",
            nth + 1,
            graph.id(*entity),
            graph.name(*entity)
        ));
    }
    let chosen = line(
        "which? [number; nothing for none of them]",
        Typing { graph, field: None },
    )?;
    let chosen = chosen
        .parse::<usize>()
        .ok()
        .and_then(|number| near.get(number.checked_sub(1)?));
    Ok(chosen.map(|entity| graph.id(*entity).to_owned()))
}
