//! What the server knows: the texts that are open, the graphs they belong to, what was said about them last.

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

/// What the server is told when it starts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The files and folders of the graph to serve, where they are named.
    pub graph: Vec<PathBuf>,
    /// The folder above which no graph is looked for.
    pub home: Option<PathBuf>,
    /// Tells the day: positions are told as of it.
    pub today: fn() -> Day,
    /// Who edits: what their killed edits left is told of.
    pub author: Author,
}

/// A text that is open in the editor.
#[derive(Debug)]
pub(super) struct Document {
    /// What the client calls it.
    pub(super) uri: Uri,
    /// As it is in the editor.
    pub(super) text: Arc<str>,
    /// Which of the graphs it belongs to; none where it is no graph file.
    graph: Option<usize>,
}

/// A graph with what was found wrong in it.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    /// The graph.
    pub(super) graph: Graph,
    /// The findings, sorted.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The edits from the command line that were killed while they changed its files, in words.
    unfinished: Vec<String>,
}

/// A graph that open texts belong to.
#[derive(Debug)]
struct Served {
    paths: Vec<PathBuf>,
    loaded: Arc<Loaded>,
    /// How often its texts changed, and with how many of these changes it was loaded.
    changes: u64,
    loaded_at: u64,
}

/// A graph to load, and what came of it.
#[derive(Debug)]
pub(super) struct Job {
    nth: usize,
    paths: Vec<PathBuf>,
    texts: Overlay,
    changes: u64,
}

/// What came of a job.
#[derive(Debug)]
pub(super) struct Done {
    nth: usize,
    changes: u64,
    /// None where loading it ended in a panic.
    loaded: Option<Loaded>,
}

impl Done {
    /// Whether nothing came of it.
    pub(super) fn has_failed(&self) -> bool {
        self.loaded.is_none()
    }
}

/// What the server knows.
#[derive(Debug)]
pub(super) struct State {
    pub(super) settings: Settings,
    pub(super) unit: Unit,
    /// Whether the client takes completions with places to fill in.
    pub(super) snippets: bool,
    documents: BTreeMap<PathBuf, Document>,
    graphs: Vec<Served>,
    published: BTreeMap<PathBuf, Vec<lsp::Diagnostic>>,
    /// The killed edits that were named last.
    named: Vec<String>,
    jobs: Sender<Job>,
    busy: bool,
}

/// An open text of a graph, a place in it, and the graph as it was loaded last.
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

    /// A text is opened.
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

    /// A text is changed.
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

    /// A text is closed: the file counts again.
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

    /// Files changed on the disk: what includes what, too.
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

    /// Has the next graph that changed loaded, if none is being loaded.
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

    /// Takes over a graph that was loaded; gives the findings that are to be published: those of each file where they
    /// changed.
    pub(super) fn take(&mut self, done: Done) -> Vec<(Uri, Vec<lsp::Diagnostic>)> {
        self.busy = false;
        let graph = &mut self.graphs[done.nth];
        // What was loaded before stays where nothing came of it.
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

    /// The killed edits that are to be named: those that were not there before.
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

    /// Whether the graph that a text belongs to is loaded as the texts are now.
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

    /// Whether all graphs are loaded as the texts are now.
    pub(super) fn all_fresh(&self) -> bool {
        self.graphs
            .iter()
            .all(|graph| graph.changes == graph.loaded_at)
    }

    /// What the client calls a file.
    pub(super) fn uri(&self, path: &Path) -> Uri {
        self.documents
            .get(path)
            .map_or_else(|| convert::uri(path), |document| document.uri.clone())
    }

    /// An open text that is part of a graph.
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

    /// Any open text of the graph that a file is part of.
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

    /// The lines of a text of a graph.
    pub(super) fn lines<'t>(&self, text: &'t Text) -> Lines<'t> {
        Lines::new(&text.text, self.unit)
    }

    /// Where some bytes of a text of a graph stand.
    pub(super) fn location(&self, text: &Text, span: Span) -> lsp::Location {
        lsp::Location {
            uri: self.uri(&disk::path(&text.name)),
            range: self.lines(text).range(span),
        }
    }

    /// The graphs of open texts.
    pub(super) fn loaded(&self) -> impl Iterator<Item = &Loaded> {
        self.graphs
            .iter()
            .enumerate()
            .filter(|(nth, _)| self.is_open(*nth))
            .map(|(_, graph)| &*graph.loaded)
    }

    /// From when, and through whose words, positions are told.
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

    /// The lines of the open text.
    pub(super) fn lines(&self) -> Lines<'s> {
        Lines::new(self.text, self.state.unit)
    }

    pub(super) fn range(&self, span: Span) -> lsp::Range {
        self.lines().range(span)
    }

    pub(super) fn cursor(&self, position: lsp::Position) -> Cursor<'s> {
        cursor::at(self.text, self.offset(position))
    }

    /// What the id at a position is the id of, and where that stands.
    pub(super) fn entity(&self, position: lsp::Position) -> Option<(Entity, Span)> {
        self.cursor(position).entity(self.text, self.graph())
    }

    /// The text as the graph was loaded from it.
    pub(super) fn loaded_text(&self) -> Option<&'s Text> {
        self.graph()
            .texts
            .iter()
            .find(|text| disk::path(&text.name) == self.path)
    }
}

/// Loads what it is told to with `load`, until nobody listens any more. A panic ends one loading.
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

/// Loads a graph, and finds all that is wrong in it. One that can't be read at all (its file is gone, say) is an empty one.
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
