//! Completion in the shell, of ids and names out of the graph at hand.

use std::ffi::OsStr;

use clap::CommandFactory;
use clap_complete::CompletionCandidate;
use clap_complete::env::Shells;

use crate::cli::Failure;
use crate::cli::args::Arguments;
use crate::cli::session;
use crate::disk;
use crate::graph::Entity;
use crate::model::RecordKind;
use crate::near;

/// The script that a shell reads to complete this program.
pub(super) fn script(shell: &str) -> Result<String, Failure> {
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(&shell.to_lowercase()) else {
        let known: Vec<&str> = shells.names().collect();
        return Err(
            Failure::new(format!("there is no completion for `{shell}`")).help(format!("it is one of {}", near::listed(known)))
        );
    };
    let name = Arguments::command().get_name().to_owned();
    let mut script = Vec::new();
    completer
        .write_registration("COMPLETE", &name, &name, &name, &mut script)
        .map_err(|error| Failure::new(format!("can't make the script: {error}")))?;
    String::from_utf8(script).map_err(|error| Failure::new(error.to_string()))
}

/// Ids of actors.
pub(super) fn actors(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, |entity| matches!(entity, Entity::Actor(_)))
}

/// Ids of issues.
pub(super) fn issues(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, |entity| matches!(entity, Entity::Issue(_)))
}

/// Ids of sources.
pub(super) fn sources(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, |entity| matches!(entity, Entity::Source(_)))
}

/// Ids of records of some kinds.
pub(super) fn of_kinds(current: &OsStr, kinds: &[RecordKind]) -> Vec<CompletionCandidate> {
    candidates(current, |entity| kinds.contains(&kind_of(entity)))
}

/// The kind of record that has an id.
pub(super) fn kind_of(entity: Entity) -> RecordKind {
    match entity {
        Entity::Source(_) => RecordKind::Source,
        Entity::Actor(_) => RecordKind::Actor,
        Entity::Issue(_) => RecordKind::Issue,
        Entity::Meeting(_) => RecordKind::Meeting,
        Entity::Fact(_) => RecordKind::Fact,
    }
}

/// Ids of anything.
pub(super) fn anything(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, |_| true)
}

/// What begins as the word typed so far: ids, and the ids of what is called so.
fn candidates(current: &OsStr, wanted: impl Fn(Entity) -> bool) -> Vec<CompletionCandidate> {
    let typed = near::folded(&current.to_string_lossy());
    let Some((graph, _)) = graph_typed().and_then(|paths| disk::read(&paths).ok()) else { return Vec::new() };
    let begins = |entity: &Entity| {
        let called = |name: &str| near::folded(name).starts_with(&typed);
        called(graph.id(*entity)) || graph.names(*entity).any(called)
    };
    let found = graph.entities().filter(|entity| wanted(*entity)).filter(begins);
    found.map(|entity| CompletionCandidate::new(graph.id(entity)).help(Some(graph.name(entity).to_owned().into()))).collect()
}

/// The graph of the command line being typed: what `-g` names in it, else the graph at hand.
fn graph_typed() -> Option<Vec<std::path::PathBuf>> {
    let words: Vec<_> = std::env::args_os().collect();
    let named: Vec<_> =
        words.windows(2).filter(|pair| pair[0] == "-g" || pair[0] == "--graph").map(|pair| pair[1].clone().into()).collect();
    if named.is_empty() { session::graph_at_hand().ok() } else { Some(named) }
}
