//! The server's state: the open texts, the graphs they belong to, and the diagnostics last
//! published.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};
use gen_lsp_types as lsp;
use lsp::{TextDocumentContentChangeEvent, Uri};

use crate::check;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, Author, Overlay};
use crate::graph::{Entity, Graph, Lens};
use crate::lsp::actions;
use crate::lsp::convert::{self, Lines};
use crate::lsp::cursor::{self, Cursor};
use crate::lsp::find;
use crate::model::Day;
use crate::resolve;
use crate::syntax;
use crate::text::{Span, Text};
use crate::words::Unit;

/// The settings that the server starts with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The files and folders of the graph to serve; empty if none are named.
    pub graph: Vec<PathBuf>,
    /// The folder above which no graph is looked for.
    pub home: Option<PathBuf>,
    /// Returns today's date; positions are given as of it.
    pub today: fn() -> Day,
    /// The author of edits: what their killed edits left behind is reported.
    pub author: Author,
}

/// A text that is open in the editor.
#[derive(Debug)]
pub(super) struct Document {
    /// The URI that the client uses for it.
    pub(super) uri: Uri,
    /// The text as it is in the editor.
    pub(super) text: Arc<str>,
    /// The index of the graph that it belongs to, or `None` if it isn't a graph file.
    graph: Option<usize>,
}

/// A graph with its findings.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    /// The resolved graph.
    pub(super) graph: Graph,
    /// The findings, sorted.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Messages about command-line edits that were killed while changing its files.
    unfinished: Vec<String>,
}

/// A graph that open texts belong to.
#[derive(Debug)]
struct Served {
    paths: Vec<PathBuf>,
    loaded: Arc<Loaded>,
    /// How often its texts have changed, and how many of these changes the loaded graph includes.
    changes: u64,
    loaded_at: u64,
}

/// A graph to load.
#[derive(Debug)]
pub(super) struct Job {
    nth: usize,
    paths: Vec<PathBuf>,
    texts: Overlay,
    changes: u64,
}

/// The result of a job.
#[derive(Debug)]
pub(super) struct Done {
    nth: usize,
    changes: u64,
    /// `None` if loading panicked.
    loaded: Option<Loaded>,
}

impl Done {
    /// Returns whether loading panicked.
    pub(super) fn has_failed(&self) -> bool {
        self.loaded.is_none()
    }
}

/// The server's state.
#[derive(Debug)]
pub(super) struct State {
    pub(super) settings: Settings,
    pub(super) unit: Unit,
    /// Whether the client accepts completions with placeholders.
    pub(super) snippets: bool,
    documents: BTreeMap<PathBuf, Document>,
    graphs: Vec<Served>,
    published: BTreeMap<PathBuf, Vec<lsp::Diagnostic>>,
    /// The killed edits reported last.
    named: Vec<String>,
    jobs: Sender<Job>,
    busy: bool,
}

/// An open text of a graph, and the graph as last loaded.
pub(super) struct Here<'s> {
    pub(super) state: &'s State,
    pub(super) path: &'s Path,
    pub(super) text: &'s str,
    pub(super) loaded: &'s Loaded,
}

impl State {
    pub(super) fn new(settings: Settings, unit: Unit, snippets: bool, jobs: Sender<Job>) -> State {
        let (documents, graphs, published) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        State {
            settings,
            unit,
            snippets,
            documents,
            graphs,
            published,
            named: Vec::new(),
            jobs,
            busy: false,
        }
    }

    /// Handles the opening of a text.
    pub(super) fn open(&mut self, uri: Uri, text: String) {
        let Some(path) = convert::path(&uri).map(|path| path.canonicalize().unwrap_or(path)) else {
            return;
        };
        self.documents.insert(
            path.clone(),
            Document {
                uri,
                text: text.into(),
                graph: None,
            },
        );
        self.assign(&path);
    }

    /// Handles changes of a text.
    pub(super) fn change(&mut self, uri: &Uri, changes: Vec<TextDocumentContentChangeEvent>) {
        let unit = self.unit;
        let Some((path, document)) = self
            .documents
            .iter_mut()
            .find(|(_, document)| document.uri == *uri)
        else {
            return;
        };
        let mut text = document.text.to_string();
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let span = convert::span(&text, part.range, unit);
                    text.replace_range(
                        span.start.min(span.end) as usize..span.end as usize,
                        &part.text,
                    );
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    text = whole.text
                }
            }
        }
        document.text = text.into();
        match document.graph {
            Some(nth) => self.graphs[nth].changes += 1,
            None => {
                let path = path.clone();
                self.assign(&path);
            }
        }
    }

    /// Handles the closing of a text: from now on the file on disk counts.
    pub(super) fn close(&mut self, uri: &Uri) {
        let found = self
            .documents
            .iter()
            .find(|(_, document)| document.uri == *uri)
            .map(|(path, _)| path.clone());
        let Some(document) = found.and_then(|path| self.documents.remove(&path)) else {
            return;
        };
        if let Some(nth) = document.graph {
            self.graphs[nth].changes += 1;
        }
    }

    /// Handles changes of files on disk, which may change what includes what.
    pub(super) fn files_changed(&mut self) {
        let paths: Vec<PathBuf> = self.documents.keys().cloned().collect();
        for path in &paths {
            self.assign(path);
        }
        for graph in &mut self.graphs {
            graph.changes += 1;
        }
    }

    /// Finds the graph that a text belongs to.
    fn assign(&mut self, path: &Path) {
        let texts = self.overlay();
        let Some(document) = self.documents.get_mut(path) else {
            return;
        };
        if !syntax::begins_with(&document.text, "Graph") {
            return;
        }
        let paths = find::graph_of(path, &self.settings, &texts);
        let nth = self
            .graphs
            .iter()
            .position(|graph| graph.paths == paths)
            .unwrap_or_else(|| {
                self.graphs.push(Served {
                    paths,
                    loaded: Arc::default(),
                    changes: 0,
                    loaded_at: 0,
                });
                self.graphs.len() - 1
            });
        document.graph = Some(nth);
        self.graphs[nth].changes += 1;
    }

    fn overlay(&self) -> Overlay {
        Overlay(
            self.documents
                .iter()
                .map(|(path, document)| (disk::name(path), Arc::clone(&document.text)))
                .collect(),
        )
    }

    /// Starts loading the next changed graph, unless one is being loaded.
    pub(super) fn load_next(&mut self) {
        let changed = self
            .graphs
            .iter()
            .position(|graph| graph.changes > graph.loaded_at);
        let Some(nth) = changed.filter(|_| !self.busy) else {
            return;
        };
        let Served { paths, changes, .. } = &self.graphs[nth];
        let job = Job {
            nth,
            paths: paths.clone(),
            texts: self.overlay(),
            changes: *changes,
        };
        self.busy = self.jobs.send(job).is_ok();
    }

    /// Takes over a loaded graph. Returns the diagnostics to publish: those of each file in which
    /// they changed.
    pub(super) fn take(&mut self, done: Done) -> Vec<(Uri, Vec<lsp::Diagnostic>)> {
        self.busy = false;
        let graph = &mut self.graphs[done.nth];
        // If loading failed, the old graph stays.
        if let Some(loaded) = done.loaded {
            graph.loaded = Arc::new(loaded);
        }
        graph.loaded_at = done.changes;
        let mut found: BTreeMap<PathBuf, Vec<lsp::Diagnostic>> = BTreeMap::new();
        for graph in self
            .graphs
            .iter()
            .enumerate()
            .filter(|(nth, _)| self.is_open(*nth))
            .map(|(_, graph)| graph)
        {
            for (name, diagnostics) in actions::diagnostics(self, &graph.loaded) {
                found
                    .entry(disk::path(name))
                    .or_default()
                    .extend(diagnostics);
            }
        }
        let gone = self
            .published
            .keys()
            .filter(|path| !found.contains_key(*path))
            .cloned()
            .collect::<Vec<_>>();
        found.extend(gone.into_iter().map(|path| (path, Vec::new())));
        let changed: Vec<(PathBuf, Vec<lsp::Diagnostic>)> = found
            .into_iter()
            .filter(|(path, found)| self.published.get(path) != Some(found))
            .collect();
        for (path, found) in &changed {
            match found.is_empty() {
                true => self.published.remove(path),
                false => self.published.insert(path.clone(), found.clone()),
            };
        }
        changed
            .into_iter()
            .map(|(path, found)| (self.uri(&path), found))
            .collect()
    }

    /// Returns the killed edits to report: those that weren't there before.
    pub(super) fn unfinished(&mut self) -> Vec<String> {
        let open = self
            .graphs
            .iter()
            .enumerate()
            .filter(|(nth, _)| self.is_open(*nth));
        let now: Vec<String> = open
            .flat_map(|(_, graph)| graph.loaded.unfinished.clone())
            .collect();
        let before = std::mem::replace(&mut self.named, now.clone());
        now.into_iter()
            .filter(|said| !before.contains(said))
            .collect()
    }

    fn is_open(&self, nth: usize) -> bool {
        self.documents
            .values()
            .any(|document| document.graph == Some(nth))
    }

    /// Returns whether a text's graph is loaded from the current texts.
    pub(super) fn is_fresh(&self, uri: &Uri) -> bool {
        let document = self
            .documents
            .values()
            .find(|document| document.uri == *uri);
        let graph = document
            .and_then(|document| document.graph)
            .map(|nth| &self.graphs[nth]);
        graph.is_none_or(|graph| graph.changes == graph.loaded_at)
    }

    /// Returns whether all graphs are loaded from the current texts.
    pub(super) fn all_fresh(&self) -> bool {
        self.graphs
            .iter()
            .all(|graph| graph.changes == graph.loaded_at)
    }

    /// Returns the URI that the client uses for a file.
    pub(super) fn uri(&self, path: &Path) -> Uri {
        self.documents
            .get(path)
            .map_or_else(|| convert::uri(path), |document| document.uri.clone())
    }

    /// Returns an open text that is part of a graph.
    pub(super) fn here(&self, uri: &Uri) -> Option<Here<'_>> {
        let (path, document) = self
            .documents
            .iter()
            .find(|(_, document)| document.uri == *uri)?;
        let loaded = &self.graphs[document.graph?].loaded;
        Some(Here {
            state: self,
            path,
            text: &document.text,
            loaded,
        })
    }

    /// Returns any open text of the graph that a file is part of.
    pub(super) fn here_or_any(&self, uri: &Uri) -> Option<Here<'_>> {
        let path = convert::path(uri)?;
        let has = |here: &Here<'_>| {
            here.graph()
                .texts
                .iter()
                .any(|text| disk::path(&text.name) == path)
        };
        self.here(uri).or_else(|| {
            self.documents
                .values()
                .filter_map(|document| self.here(&document.uri))
                .find(has)
        })
    }

    /// Returns the lines of a graph's text.
    pub(super) fn lines<'t>(&self, text: &'t Text) -> Lines<'t> {
        Lines::new(&text.text, self.unit)
    }

    /// Returns the location of a span in a graph's text.
    pub(super) fn location(&self, text: &Text, span: Span) -> lsp::Location {
        lsp::Location {
            uri: self.uri(&disk::path(&text.name)),
            range: self.lines(text).range(span),
        }
    }

    /// Returns the graphs of open texts.
    pub(super) fn loaded(&self) -> impl Iterator<Item = &Loaded> {
        self.graphs
            .iter()
            .enumerate()
            .filter(|(nth, _)| self.is_open(*nth))
            .map(|(_, graph)| &*graph.loaded)
    }

    /// Returns the lens through which positions are read: as of today.
    pub(super) fn lens(&self) -> Lens {
        Lens::as_of((self.settings.today)())
    }
}

impl<'s> Here<'s> {
    pub(super) fn graph(&self) -> &'s Graph {
        &self.loaded.graph
    }

    pub(super) fn offset(&self, position: lsp::Position) -> usize {
        convert::offset(self.text, position, self.state.unit)
    }

    /// Returns the lines of the open text.
    pub(super) fn lines(&self) -> Lines<'s> {
        Lines::new(self.text, self.state.unit)
    }

    pub(super) fn range(&self, span: Span) -> lsp::Range {
        self.lines().range(span)
    }

    pub(super) fn cursor(&self, position: lsp::Position) -> Cursor<'s> {
        cursor::at(self.text, self.offset(position))
    }

    /// Returns the record that the id at a position refers to, with the id's span.
    pub(super) fn entity(&self, position: lsp::Position) -> Option<(Entity, Span)> {
        self.cursor(position).entity(self.text, self.graph())
    }

    /// Returns the text from which the graph was loaded.
    pub(super) fn loaded_text(&self) -> Option<&'s Text> {
        self.graph()
            .texts
            .iter()
            .find(|text| disk::path(&text.name) == self.path)
    }
}

/// Runs jobs with `load` until nobody listens any more. A panic ends only one job.
pub(super) fn work(jobs: &Receiver<Job>, done: &Sender<Done>, load: impl Fn(&Job) -> Loaded) {
    for job in jobs {
        let loaded = panic::catch_unwind(AssertUnwindSafe(|| load(&job))).ok();
        let (nth, changes) = (job.nth, job.changes);
        let sent = done.send(Done {
            nth,
            changes,
            loaded,
        });
        if sent.is_err() {
            return;
        }
    }
}

/// Loads a graph and runs every check on it. A graph that can't be read at all (its file is gone,
/// say) is empty.
pub(super) fn load(job: &Job, author: &Author, today: fn() -> Day) -> Loaded {
    let Ok((mut graph, mut diagnostics)) = disk::read_over(&job.paths, &job.texts) else {
        return Loaded::default();
    };
    let edits = disk::read_edits(&mut graph, author);
    let unfinished = edits.iter().map(Diagnostic::in_a_line).collect();
    diagnostics.extend(edits);
    diagnostics.extend(resolve::read_copies(&job.texts, &mut graph));
    let diagnostics = check::report(&graph, diagnostics, today()).findings;
    Loaded {
        graph,
        diagnostics,
        unfinished,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::unbounded;

    #[test]
    fn a_panic_ends_one_loading() {
        let ((ask, jobs), (done, answers)) = (unbounded(), unbounded());
        for nth in 0..3 {
            let (paths, texts) = (Vec::new(), Overlay::default());
            let job = Job {
                nth,
                paths,
                texts,
                changes: 1,
            };
            ask.send(job).unwrap();
        }
        drop(ask);
        work(&jobs, &done, |job| match job.nth {
            1 => panic!("a mistake"),
            _ => Loaded::default(),
        });
        let failed: Vec<bool> = answers.try_iter().map(|done| done.has_failed()).collect();
        assert_eq!(failed, [false, true, false]);
    }
}
