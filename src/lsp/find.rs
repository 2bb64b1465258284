//! Which graph a file belongs to: the one that the command line would take, looked for from the file's folder upwards.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::disk::{self, Overlay};
use crate::model::SECTIONS;
use crate::resolve::{Files, Included};
use crate::syntax::{Event, TokenKind, string_value, walk};

/// The folder in which the command line looks for a graph.
const FOLDER: &str = "graphs";
/// How many folders upwards are looked into.
const FOLDERS: usize = 16;
/// How many files are followed to find who includes whom.
const FILES: usize = 2000;

/// The files and folders that make the graph of a file. `named` is what the server was told to serve.
pub(super) fn graph_of(file: &Path, named: &[PathBuf], texts: &Overlay) -> Vec<PathBuf> {
    if named.iter().any(|path| holds(path, file, texts)) {
        return named.to_vec();
    }
    for folder in file.ancestors().skip(1).take(FOLDERS) {
        if let Some(found) = candidates(folder, file)
            .into_iter()
            .find(|path| holds(path, file, texts))
        {
            return vec![found];
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    vec![file.to_owned()]
}

/// What in a folder could be the graph of a file: a file beside or above it, a folder of `graphs`, the one graph in
/// `graphs`.
fn candidates(folder: &Path, file: &Path) -> Vec<PathBuf> {
    let graphs: Vec<PathBuf> = entries(folder)
        .into_iter()
        .filter(|path| path != file && disk::is_graph(path))
        .collect();
    let part = file
        .strip_prefix(folder)
        .ok()
        .and_then(|rest| rest.components().next())
        .map(|part| folder.join(part));
    let of_graphs = part.filter(|part| folder.ends_with(FOLDER) && part.is_dir());
    let mut alone = entries(&folder.join(FOLDER));
    alone.retain(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "ron"));
    if alone.len() > 1 {
        alone.clear();
    }
    graphs.into_iter().chain(of_graphs).chain(alone).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = disk::entries(folder);
    entries
        .into_iter()
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| !name.as_encoded_bytes().starts_with(b"."))
        })
        .collect()
}

/// Whether a file is part of the graph that a file or folder makes.
fn holds(root: &Path, file: &Path, texts: &Overlay) -> bool {
    if root.is_dir() {
        return file.starts_with(root);
    }
    let root = disk::name(root);
    let (mut reached, mut next) = (vec![root.clone()], 0);
    while let Some(name) = reached.get(next).filter(|_| next < FILES).cloned() {
        if disk::path(&name) == file {
            return true;
        }
        for pattern in includes(&texts.beginning(&name)) {
            if let Included::Files(found, _) = texts.included(&root, &name, &pattern) {
                reached.extend(
                    found
                        .into_iter()
                        .filter(|name| !reached.contains(name))
                        .collect::<Vec<_>>(),
                );
            }
        }
        next += 1;
    }
    false
}

/// What a text includes, where it says so near its beginning.
fn includes(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    let mut found = Vec::new();
    walk(&text, SECTIONS, &mut |frames, event| {
        if let (Event::Token(TokenKind::Text, span), Some(whole)) = (event, frames.first())
            && whole.field == Some("include")
        {
            found.extend(string_value(&text, span).map(|pattern| pattern.into_owned()));
        }
        ControlFlow::Continue(())
    });
    found
}
