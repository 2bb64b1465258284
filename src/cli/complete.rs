//! Shell completion of ids and names from the graph at hand.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::CompletionCandidate;
use clap_complete::env::Shells;

use crate::check::RULES;
use crate::cli::Failure;
use crate::cli::args::Arguments;
use crate::cli::{meetings, session};
use crate::disk;
use crate::graph::{Entity, Graph};
use crate::model::{ActorKind, MeetingKind, RecordKind};
use crate::words::{self, is_obeyed, one_line};

/// Returns the completion script for a shell, or an error if that shell is unknown.
pub(super) fn script(shell: &str) -> Result<String, Failure> {
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(&shell.to_lowercase()) else {
        let known: Vec<&str> = shells.names().collect();
        return Err(
            Failure::new(format!("there is no completion for `{shell}`"))
                .help(format!("it is one of {}", words::listed(known))),
        );
    };
    let name = Arguments::command().get_name().to_owned();
    let mut script = Vec::new();
    completer
        .write_registration("COMPLETE", &name, &name, &name, &mut script)
        .map_err(|error| Failure::new(format!("can't make the script: {error}")))?;
    String::from_utf8(script).map_err(|error| Failure::new(error.to_string()))
}

/// Completes ids of actors.
pub(super) fn actors(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, |entity| matches!(entity, Entity::Actor(_)))
}

/// Completes ids of issues.
pub(super) fn issues(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, |entity| matches!(entity, Entity::Issue(_)))
}

/// Completes ids of sources.
pub(super) fn sources(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, |entity| matches!(entity, Entity::Source(_)))
}

/// Completes ids of records of the given kinds.
pub(super) fn of_kinds(current: &OsStr, kinds: &[RecordKind]) -> Vec<CompletionCandidate> {
    candidates(current, |entity| kinds.contains(&entity.kind()))
}

/// Completes ids of any kind of record.
pub(super) fn anything(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, |_| true)
}

/// Completes statuses of meetings.
pub(super) fn statuses(current: &OsStr) -> Vec<CompletionCandidate> {
    beginning(current, meetings::statuses().map(|(word, _)| word))
}

/// Completes kinds of actors.
pub(super) fn kinds(current: &OsStr) -> Vec<CompletionCandidate> {
    beginning(current, ActorKind::ALL.iter().map(|kind| kind.word()))
}

/// Completes kinds of meetings.
pub(super) fn meeting_kinds(current: &OsStr) -> Vec<CompletionCandidate> {
    beginning(current, MeetingKind::ALL.iter().map(|kind| kind.word()))
}

/// Completes tags.
pub(super) fn tags(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some((graph, _)) = graph_typed().and_then(|paths| disk::read(&paths).ok()) else {
        return Vec::new();
    };
    let tags = graph.tags();
    let tags = tags.iter().filter(|tag| !tag.contains(is_obeyed));
    beginning(current, tags.map(String::as_str))
}

/// Completes sides and positions.
pub(super) fn positions(current: &OsStr) -> Vec<CompletionCandidate> {
    let sides = super::positions::sides().map(|(side, _)| side);
    let strong = [
        "strongly-supports",
        "supports",
        "opposes",
        "strongly-opposes",
        "at",
    ];
    beginning(current, sides.into_iter().chain(strong))
}

/// Completes codes of rules.
pub(super) fn codes(current: &OsStr) -> Vec<CompletionCandidate> {
    beginning(current, RULES.iter().map(|rule| rule.code))
}

/// Completes fields of records.
pub(super) fn fields(current: &OsStr) -> Vec<CompletionCandidate> {
    let kinds = RecordKind::IN_SECTIONS.into_iter();
    let names: BTreeSet<&str> = kinds
        .flat_map(|kind| kind.fields().map(|field| field.name))
        .collect();
    beginning(current, names.into_iter())
}

/// Completes names of shells.
pub(super) fn shells(current: &OsStr) -> Vec<CompletionCandidate> {
    let shells = Shells::builtins();
    let names: Vec<String> = shells.names().map(str::to_owned).collect();
    beginning(current, names.iter().map(String::as_str))
}

fn beginning<'w>(
    current: &OsStr,
    words: impl Iterator<Item = &'w str>,
) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy().to_lowercase();
    words
        .map(str::to_lowercase)
        .filter(|word| word.starts_with(&typed))
        .map(CompletionCandidate::new)
        .collect()
}

/// Returns the ids of the wanted records whose id or name begins with the typed word; empty if no
/// graph can be read.
fn candidates(current: &OsStr, wanted: impl Fn(Entity) -> bool) -> Vec<CompletionCandidate> {
    let Some((graph, _)) = graph_typed().and_then(|paths| disk::read(&paths).ok()) else {
        return Vec::new();
    };
    let found = beginning_as(&graph, &current.to_string_lossy(), wanted);
    let found = found.into_iter();
    found
        // Leaves out ids with control characters: the shell would display them and insert them into
        // the command line.
        .filter(|entity| !graph.id(*entity).contains(is_obeyed))
        .map(|entity| {
            CompletionCandidate::new(graph.id(entity))
                .help(Some(one_line(graph.name(entity)).into()))
        })
        .collect()
}

/// Returns the wanted records with an id, a name or a word of a name that begins with the typed
/// text. Tries folded letters first, then `ö` as `oe` and the like.
pub(super) fn beginning_as(
    graph: &Graph,
    typed: &str,
    wanted: impl Fn(Entity) -> bool,
) -> Vec<Entity> {
    let found = by_key(graph, typed, &wanted, words::folded);
    if found.is_empty() {
        return by_key(graph, typed, &wanted, words::written_out);
    }
    found
}

fn by_key(
    graph: &Graph,
    typed: &str,
    wanted: &impl Fn(Entity) -> bool,
    key: fn(&str) -> String,
) -> Vec<Entity> {
    let typed = key(typed);
    let called = |name: &str| {
        let name = key(name);
        name.starts_with(&typed) || name.split([' ', '-']).any(|word| word.starts_with(&typed))
    };
    let found = graph.entities().filter(|entity| wanted(*entity));
    found
        .filter(|entity| called(graph.id(*entity)) || graph.names(*entity).any(&called))
        .collect()
}

/// Returns the graph of the command line being typed: what `-g` names in it, else the graph at
/// hand.
fn graph_typed() -> Option<Vec<PathBuf>> {
    // Bash splits `--graph=FILE` at the `=`.
    let words: Vec<OsString> = std::env::args_os().filter(|word| word != "=").collect();
    let behind = words
        .windows(2)
        .filter(|pair| pair[0] == "-g" || pair[0] == "--graph")
        .map(|pair| PathBuf::from(&pair[1]));
    let within = words.iter().filter_map(|word| {
        let word = word.to_str()?;
        let named = word
            .strip_prefix("--graph=")
            .or_else(|| word.strip_prefix("-g").filter(|rest| !rest.is_empty()))?;
        Some(PathBuf::from(named))
    });
    let named: Vec<PathBuf> = behind.chain(within).collect();
    if named.is_empty() {
        session::graph_at_hand().ok()
    } else {
        Some(named)
    }
}
