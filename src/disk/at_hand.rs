//! Finds the graph to use if none is named, and the graph that a file belongs to. The command line
//! and editors share these rules.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::kind::{self, Kind};
use super::{Overlay, entries, is_ron, names};
use crate::model::SECTIONS;
use crate::resolve::{Files, Included};
use crate::syntax::{Event, TokenKind, string_value, walk};

/// The file that a folder's graph begins with, whatever else is there.
const FIRST: &str = "graph.ron";
/// The subfolder in which graphs may be kept.
const FOLDER: &str = "graphs";
/// How many files are followed to find which file includes which.
const FILES: usize = 2000;

/// The graph or graphs found if none is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtHand {
    /// The graph to use.
    Graph(PathBuf),
    /// Several graphs, one of which has to be named; empty if there are none.
    Several(Vec<PathBuf>),
}

/// Finds the graph to use in a folder. From this folder upwards, it is the first that has a
/// `graph.ron`, or exactly one graph file that no other file there includes, or a subfolder
/// `graphs` with either. The search stops at the root of a repository and at `home`.
///
/// If only folders with several graphs are found, the result is those of the first. A file that may
/// be a graph counts beside a graph file; if only such files are found, the result is those of the
/// first folder.
pub fn at_hand(folder: &Path, home: Option<&Path>) -> AtHand {
    let texts = Overlay::default();
    let (mut several, mut unclear) = (Vec::new(), Vec::new());
    for folder in upwards(folder, home) {
        for folder in [folder.to_owned(), folder.join(FOLDER)] {
            let Roots { mut files, kind } = roots(&folder, &texts);
            match (kind, files.len()) {
                (Kind::Graph, 1) => {
                    return AtHand::Graph(graph_of(&files.swap_remove(0).path, home, &texts));
                }
                (Kind::Graph, _) if several.is_empty() => several = files,
                (Kind::Unclear, _) if unclear.is_empty() => unclear = files,
                _ => {}
            }
        }
    }
    if several.is_empty() {
        several = unclear;
    }
    match several.len() {
        1 => AtHand::Graph(several.swap_remove(0).path),
        _ => AtHand::Several(several.into_iter().map(|root| root.path).collect()),
    }
}

/// Returns the first file of the graph that a file belongs to: the one that includes it, in the
/// nearest folder upwards that has exactly one (itself or in `graphs`). Otherwise returns the file
/// itself. `texts` replace files on disk.
pub fn graph_of(file: &Path, home: Option<&Path>, texts: &Overlay) -> PathBuf {
    let parents = file.parent().into_iter();
    for folder in parents.flat_map(|folder| upwards(folder, home)) {
        for folder in [folder.to_owned(), folder.join(FOLDER)] {
            let roots = roots(&folder, texts);
            let mut holding = roots
                .files
                .iter()
                .filter(|root| root.path != file && root.includes(file, texts));
            if let (Some(root), None) = (holding.next(), holding.next()) {
                return root.path.clone();
            }
        }
    }
    file.to_owned()
}

/// Returns the file of the graph that a file is included by, or `None` if the path is that of no
/// such file; `home` as in [`graph_of`].
pub(crate) fn including(path: &Path, home: Option<&Path>) -> Option<PathBuf> {
    let file = path.canonicalize().ok().filter(|file| !file.is_dir())?;
    let graph = graph_of(&file, home, &Overlay::default());
    (graph != file).then_some(graph)
}

/// Iterates over a folder and its parents, up to the root of its repository or the home folder.
fn upwards<'p>(folder: &'p Path, home: Option<&Path>) -> impl Iterator<Item = &'p Path> {
    let mut is_last = false;
    folder.ancestors().take_while(move |folder| {
        let goes_on = !is_last;
        is_last = folder.join(".git").exists() || home == Some(*folder);
        goes_on
    })
}

/// A file that a graph begins with.
struct Root {
    path: PathBuf,
    /// The files of the graph, filled on first use.
    reached: OnceCell<Vec<String>>,
}

impl Root {
    fn new(path: PathBuf) -> Root {
        Root {
            path,
            reached: OnceCell::new(),
        }
    }

    fn reached(&self, texts: &Overlay) -> &[String] {
        self.reached.get_or_init(|| reached(&self.path, texts))
    }

    fn includes(&self, file: &Path, texts: &Overlay) -> bool {
        let mut reached = self.reached(texts).iter();
        reached.any(|name| names::path(name) == file)
    }
}

/// The files of a folder that graphs begin with.
struct Roots {
    files: Vec<Root>,
    /// `Graph` if the folder has a file that certainly is one.
    kind: Kind,
}

/// Returns the folder's `graph.ron`, or else those of its graph files that no other includes.
fn roots(folder: &Path, texts: &Overlay) -> Roots {
    let first = folder.join(FIRST);
    if first.is_file() {
        return Roots {
            files: vec![Root::new(first)],
            kind: Kind::Graph,
        };
    }
    let mut kind = Kind::Unclear;
    let mut files = entries(folder);
    files.retain(|path| {
        if is_hidden(path) || !is_ron(path) || path.is_dir() {
            return false;
        }
        match kind::of_file(path) {
            Ok(Kind::Graph) => {
                kind = Kind::Graph;
                true
            }
            Ok(Kind::Unclear) | Err(_) => true,
            Ok(Kind::Other(_)) => false,
        }
    });
    let mut files: Vec<Root> = files.into_iter().map(Root::new).collect();
    let included: BTreeSet<String> = files
        .iter()
        .flat_map(|root| root.reached(texts).iter().skip(1).cloned())
        .collect();
    files.retain(|root| !included.contains(&names::name(&root.path)));
    Roots { files, kind }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Returns whether a file is part of the graph that begins with `root`; `root` itself is.
pub fn includes(root: &Path, file: &Path, texts: &Overlay) -> bool {
    Root::new(root.to_owned()).includes(file, texts)
}

/// Returns the files of the graph that begins with `root`, itself first.
fn reached(root: &Path, texts: &Overlay) -> Vec<String> {
    let root = names::name(root);
    let (mut reached, mut next) = (vec![root.clone()], 0);
    while let Some(name) = reached.get(next).filter(|_| next < FILES).cloned() {
        for pattern in patterns(&texts.beginning(&name)) {
            if let Included::Files(found, _) = texts.included(&root, &name, &pattern) {
                let fresh: Vec<String> = found
                    .into_iter()
                    .filter(|name| !reached.contains(name))
                    .collect();
                reached.extend(fresh);
            }
        }
        next += 1;
    }
    reached
}

/// Returns the include patterns found in the beginning of a text.
fn patterns(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    let mut found = Vec::new();
    if !text.contains("include") {
        return found;
    }
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
