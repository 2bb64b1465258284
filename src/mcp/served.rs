//! The graph that is served: read when it is first asked, and again when its files have changed.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::disk::{self, Overlay, Stamp};
use crate::error::Error;
use crate::graph::{Graph, ReadFrom};
use crate::mcp::hide::{Hidden, hide};
use crate::mcp::{Ask, Settings, Take};
use crate::model::Day;
use crate::resolve;
use crate::text::ReadError;

/// How many times files are reread while they keep changing.
const READINGS: usize = 20;

/// A graph with its settings.
pub(super) struct Served {
    settings: Settings,
    loaded: Option<(Graph, Stamp)>,
}

impl Served {
    pub(super) fn new(settings: Settings) -> Served {
        Served {
            settings,
            loaded: None,
        }
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn today(&self) -> Day {
        (self.settings.today)()
    }

    /// Returns whether something is left out of all that is sent.
    pub(super) fn hides(&self, hidden: Hidden) -> bool {
        self.settings.without.contains(&hidden)
    }

    /// Forgets the graph: it is read again.
    pub(super) fn forget(&mut self) {
        self.loaded = None;
    }

    /// Returns the graph as its files are now, half or whole.
    ///
    /// # Errors
    /// If a path can't be read or holds no graph.
    pub(super) fn any_graph(&mut self) -> Result<&Graph, Error> {
        if self
            .loaded
            .as_ref()
            .is_some_and(|(_, stamp)| stamp.has_changed())
        {
            self.loaded = None;
        }
        let loaded = match self.loaded.take() {
            Some(loaded) => loaded,
            None => {
                let graph = self.read(&Overlay::default(), None)?;
                let stamp = Stamp::of(&graph, &self.settings.graph);
                (graph, stamp)
            }
        };
        Ok(&self.loaded.insert(loaded).0)
    }

    /// Returns the graph as its files are now.
    ///
    /// # Errors
    /// [`Error::Half`] if a part of it can't be read; [`Error::Unreadable`] if all of it.
    pub(super) fn graph(&mut self) -> Result<&Graph, Error> {
        let graph = self.any_graph()?;
        match graph.is_whole() {
            true => Ok(graph),
            false => Err(Error::Half {
                findings: graph.missing.clone(),
                texts: graph.texts.to_vec(),
            }),
        }
    }

    /// Answers a question by its name.
    ///
    /// # Errors
    /// If the graph can't be read, or the question can't be answered as it is asked.
    pub(super) fn ask(
        &mut self,
        question: &str,
        arguments: &Map<String, Value>,
        take: &mut Take<'_>,
    ) -> Result<(), Error> {
        let (ask, today): (Ask, Day) = (self.settings.ask, self.today());
        // Half a graph is refused there: a day asked for may settle which day it is as of.
        ask(self.any_graph()?, today, question, arguments, take)
    }

    /// Reads the graph with a file more, which is not on the disk.
    ///
    /// # Errors
    /// If a path can't be read or holds no graph.
    pub(super) fn with(&self, name: &str, text: &str) -> Result<Graph, Error> {
        let mut texts = Overlay::default();
        texts.0.insert(name.to_owned(), Arc::from(text));
        Ok(self.read(&texts, Some(name))?)
    }

    /// Reads the graph and the texts of its sources. Hidden fields are taken out of every file before
    /// it is read.
    fn read(&self, texts: &Overlay, more: Option<&str>) -> Result<Graph, ReadError> {
        let Settings {
            author, without, ..
        } = &self.settings;
        let mut paths = self.settings.graph.clone();
        paths.extend(more.map(disk::path));
        let (mut graph, mut found, mut texts) = match (without.is_empty(), more) {
            (true, None) => {
                let (graph, found) = disk::read(&paths)?;
                (graph, found, texts.clone())
            }
            (true, Some(_)) => {
                let (graph, found) = disk::read_over(&paths, texts)?;
                (graph, found, texts.clone())
            }
            (false, _) => self.read_hidden(&paths, texts)?,
        };
        found.extend(disk::read_edits(&mut graph, author));
        if self.hides(Hidden::Note) {
            graph.note = None;
        }
        // A source's text is read as it is, unless the file is also one of the graph's.
        texts
            .0
            .retain(|name, _| graph.texts.iter().any(|text| text.name == *name));
        found.extend(resolve::read_copies(&texts, &mut graph));
        (graph.found, graph.read_from) = (found, ReadFrom::Memory);
        Ok(graph)
    }

    /// Reads a graph whose hidden fields are taken out of each file.
    fn read_hidden(
        &self,
        paths: &[std::path::PathBuf],
        texts: &Overlay,
    ) -> Result<(Graph, Vec<crate::diagnostic::Diagnostic>, Overlay), ReadError> {
        // The client's own records are not secret, but through them it must not read a hidden text.
        let own = self.settings.without.iter().copied();
        let own: Vec<Hidden> = own.filter(|hidden| *hidden == Hidden::Text).collect();
        let mut hidden = Overlay::default();
        for (name, text) in &texts.0 {
            hidden.0.insert(name.clone(), hide(text, &own).into());
        }
        for _ in 0..READINGS {
            let (graph, found) = disk::read_over(paths, &hidden)?;
            let mut all = true;
            for text in graph.texts.iter() {
                if !hidden.0.contains_key(&text.name) {
                    all = false;
                    hidden.0.insert(
                        text.name.clone(),
                        hide(&text.text, &self.settings.without).into(),
                    );
                }
            }
            if all {
                return Ok((graph, found, hidden));
            }
        }
        let name = paths
            .first()
            .map_or_else(String::new, |path| disk::name(path));
        let reason = "its files change while they are read".to_owned();
        Err(ReadError { name, reason })
    }
}
