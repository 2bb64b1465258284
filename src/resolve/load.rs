//! Follows files through their `include`s; reading them is left to [`Files`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Reach, Severity};
use crate::graph::Graph;
use crate::resolve::draft::{self, Draft};
use crate::resolve::{conflict, copies, cycle, link};
use crate::syntax::{Locator, Step, is_blank_string};
use crate::text::{FileId, Place, ReadError, Span, Text};

/// What an `include` stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Included {
    /// The matching files, empty if nothing matches, and those that match but are not read, each
    /// with the reason.
    Files(Vec<String>, Vec<ReadError>),
    /// A file outside the folder of the first file.
    Outside(String),
    /// The pattern itself is invalid, for this reason.
    BadPattern(String),
}

/// A source of texts: a disk, an editor's buffers, memory. Files are known by names; one file has
/// one name.
pub trait Files {
    /// Returns the bytes of a file.
    ///
    /// # Errors
    /// Returns why the file can't be read.
    fn read(&self, name: &str) -> Result<Vec<u8>, ReadError>;

    /// Returns the files that an `include` in `from` stands for. `root` is the first file, whose
    /// folder must not be left.
    fn included(&self, root: &str, from: &str, pattern: &str) -> Included;

    /// Returns the one name by which a file is known, whatever name or link it was reached by.
    fn real(&self, name: &str) -> String {
        name.to_owned()
    }
}

/// Texts in memory, by name. An `include` names one of them; `*` stands for any part of a name.
#[derive(Clone, Debug, Default)]
pub struct Memory(BTreeMap<String, String>);

impl FromIterator<(String, String)> for Memory {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(texts: I) -> Self {
        Memory(texts.into_iter().collect())
    }
}

impl Files for Memory {
    fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let text = self.0.get(name).ok_or_else(|| ReadError {
            name: name.to_owned(),
            reason: "there is no such text".to_owned(),
        })?;
        Ok(text.clone().into_bytes())
    }

    fn included(&self, _root: &str, _from: &str, pattern: &str) -> Included {
        if pattern.split('/').any(|part| part == "..") {
            return Included::Outside(pattern.to_owned());
        }
        match glob::Pattern::new(pattern) {
            Ok(pattern) => Included::Files(
                self.0
                    .keys()
                    .filter(|name| pattern.matches(name))
                    .cloned()
                    .collect(),
                Vec::new(),
            ),
            Err(error) => Included::BadPattern(error.msg.to_owned()),
        }
    }
}

/// Returns the warning about a file that is not read.
fn passed_over(passed: &ReadError, place: Place, label: &'static str) -> Diagnostic {
    let ReadError { name, reason } = passed;
    Diagnostic::warning(
        "passed-over",
        format!("`{name}` was passed over: {reason}"),
        place,
        label,
    )
    .help("give it another name, or move it out of the folder")
}

/// Records files in the folders of a graph that are not read. Returns a warning for each that was
/// neither read nor reported already.
pub(crate) fn pass_over(graph: &mut Graph, passed: Vec<ReadError>) -> Vec<Diagnostic> {
    let read: HashSet<&str> = graph.texts.iter().map(|text| text.name.as_str()).collect();
    let mut all: BTreeSet<ReadError> = graph.passed_over.drain(..).collect();
    let mut said = Vec::new();
    for passed in passed {
        if !read.contains(passed.name.as_str()) && all.insert(passed.clone()) {
            let label = "in the folder of this graph";
            said.push(passed_over(&passed, Place::default(), label));
        }
    }
    graph.passed_over = all.into_iter().collect();
    said
}

/// Returns the error about a file of the graph that can't be read.
pub(crate) fn unreadable(error: &ReadError, place: Place, label: &'static str) -> Diagnostic {
    Diagnostic::error("include-unreadable", error.to_string(), place, label)
        .help("name a file that can be read, or correct its permissions")
        .of_graph()
}

/// A file that is read, or is to be.
#[derive(Clone)]
struct Loaded {
    name: String,
    /// The file whose folder must not be left.
    root: String,
    /// Where the file is first included, or `None` if it is named itself.
    included: Option<Place>,
    /// The files it includes, each with the location of the `include`.
    includes: Vec<(usize, Place)>,
}

/// The files that were read, what they include, and the findings about this.
struct Loader<'f, F> {
    files: &'f F,
    loaded: Vec<Loaded>,
    /// The indices of the loaded files, by their real names.
    known: HashMap<String, usize>,
    /// The files that are passed over, with the reasons.
    passed: BTreeSet<ReadError>,
    diagnostics: Vec<Diagnostic>,
}

/// Collects what is outside these gaps, which need not leave a complete text.
fn between_gaps<'t>(rest: &'t str, file: FileId, gaps: &[Span]) -> Vec<Draft<'t>> {
    let mut parts = draft::collect(rest, file, gaps);
    for part in &mut parts {
        let found = &mut part.chunk.diagnostics;
        found.retain(|finding| finding.code != "syntax");
    }
    parts
}

/// Reads files, and those that they include, as one graph. Returns all findings sorted by file and
/// position.
///
/// # Errors
/// Returns an error if one of the named files can't be read at all; one that an `include` finds is
/// reported as a finding instead.
pub fn load<F: Files>(files: &F, names: &[String]) -> Result<(Graph, Vec<Diagnostic>), ReadError> {
    let texts: elsa::FrozenVec<Box<Text>> = elsa::FrozenVec::new();
    let resolved_texts: elsa::FrozenVec<String> = elsa::FrozenVec::new();
    let mut loader = Loader {
        files,
        loaded: Vec::new(),
        known: HashMap::new(),
        passed: BTreeSet::new(),
        diagnostics: Vec::new(),
    };
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for name in names {
        loader.add(name, name, None);
    }
    let named = loader.loaded.len();
    let mut next = 0;
    while let Some(Loaded { name, root, .. }) = loader.loaded.get(next).cloned() {
        let bytes = match files.read(&name) {
            Ok(bytes) => bytes,
            Err(error) if next < named => return Err(error),
            Err(error) => {
                loader.unreadable(next, &error);
                Vec::from("Graph()")
            }
        };
        let file = FileId(next as u32);
        let text = texts.push_get(Box::new(loader.decoded(name, bytes, file)));
        let parts = match conflict::resolved(&text.text, file) {
            None => draft::collect(&text.text, file, &[]),
            Some(resolved) => {
                loader.diagnostics.extend(resolved.findings);
                let rest = resolved_texts.push_get(resolved.text);
                between_gaps(rest, file, &resolved.gaps)
            }
        };
        loader.follow(next, &root, text, &parts);
        drafts.extend(parts);
        next += 1;
    }
    loader.include_cycles(&texts.iter().collect::<Vec<_>>());
    let borrowed: Vec<&Text> = texts.iter().collect();
    let (mut graph, found) = link::link(&borrowed, drafts);
    let numbers: HashMap<&str, u32> = (0..)
        .zip(&loader.loaded)
        .map(|(file, loaded)| (loaded.name.as_str(), file))
        .collect();
    let home = |root: &String| FileId(numbers.get(root.as_str()).copied().unwrap_or(0));
    graph.homes = loader
        .loaded
        .iter()
        .map(|loaded| home(&loaded.root))
        .collect();
    let texts = texts.into_vec().into_iter().map(|text| *text);
    graph.texts = Arc::new(texts.collect());
    graph.passed_over = loader.passed.into_iter().collect();
    let mut diagnostics = loader.diagnostics;
    diagnostics.extend(found);
    diagnostic::sort(&mut diagnostics);
    (graph.missing, graph.faults) = diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .cloned()
        .partition(|finding| finding.reach == Reach::Graph);
    Ok((graph, diagnostics))
}

impl<F: Files> Loader<'_, F> {
    /// Returns the index of a file among those loaded. Adds a new one; a file reached twice is
    /// loaded once.
    fn add(&mut self, name: &str, root: &str, included: Option<Place>) -> usize {
        let next = self.loaded.len();
        let known = *self.known.entry(self.files.real(name)).or_insert(next);
        if known == next {
            self.loaded.push(Loaded {
                name: name.to_owned(),
                root: root.to_owned(),
                included,
                includes: Vec::new(),
            });
        }
        known
    }

    /// Decodes the text of a file. UTF-16 is reported, and so are bytes that are not UTF-8, which
    /// are shown as `�`; the rest is read all the same.
    fn decoded(&mut self, name: String, bytes: Vec<u8>, file: FileId) -> Text {
        if bytes.len() >= u32::MAX as usize {
            let place = Place {
                file,
                ..Place::default()
            };
            self.diagnostics.push(
                Diagnostic::error("too-large", "the file is larger than 4 GiB", place, "")
                    .help("split it into several files")
                    .of_graph(),
            );
            return Text {
                name,
                text: String::new(),
            };
        }
        if let Some(text) = copies::utf16(&bytes).flatten() {
            let place = Place {
                file,
                span: Span::new(0, text.chars().next().map_or(0, char::len_utf8)),
            };
            self.diagnostics.push(
                Diagnostic::error("not-utf8", "the file is UTF-16, not UTF-8", place, "")
                    .help("save the file as UTF-8")
                    .of_graph(),
            );
            return Text { name, text };
        }
        let error = match String::from_utf8(bytes) {
            Ok(text) => return Text { name, text },
            Err(error) => error,
        };
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let place = Place {
            file,
            span: Span::new(at, at + '\u{FFFD}'.len_utf8()),
        };
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        self.diagnostics.push(
            Diagnostic::error(
                "not-utf8",
                format!("the file is not UTF-8: byte 0x{byte:02X} at offset {at}"),
                place,
                "this byte",
            )
            .help(format!(
                "save the file as UTF-8; read as Latin-1 this byte is `{}`",
                char::from(byte)
            ))
            .of_graph(),
        );
        Text { name, text }
    }

    fn unreadable(&mut self, file: usize, error: &ReadError) {
        let place = self.loaded[file].included.unwrap_or_default();
        self.diagnostics
            .push(unreadable(error, place, "included here"));
    }

    /// Follows the `include`s of a file.
    fn follow(&mut self, file: usize, root: &str, text: &Text, parts: &[Draft<'_>]) {
        let chunks = parts.iter().map(|part| &part.chunk);
        for chunk in chunks {
            let Some((include, name)) = chunk.include.as_ref().zip(link::section(chunk, "include"))
            else {
                continue;
            };
            let mut places = Locator::default();
            let start = link::value_start(text, name);
            for (item, pattern) in include.as_slice().iter().enumerate() {
                let place = Place {
                    file: name.file,
                    span: places.locate(&text.text, start, &[Step::Item(item)]),
                };
                if !pattern.is_empty() || is_blank_string(text.slice(place.span)) {
                    self.include(file, root, &text.name, pattern, place);
                }
            }
        }
    }

    fn include(&mut self, file: usize, root: &str, from: &str, pattern: &str, place: Place) {
        let problem = match self.files.included(root, from, pattern) {
            Included::Files(found, passed) if found.is_empty() && passed.is_empty() => {
                Diagnostic::error("include-nothing", format!("`{pattern}` matches no file"), place, "nothing is included here")
                    .help("the path is relative to this file; `*` matches within one folder, `**` in all below")
            }
            Included::Files(found, passed) => {
                for passed in passed {
                    // A file that was named itself is read all the same.
                    let is_read = self.known.contains_key(&self.files.real(&passed.name));
                    if !is_read && self.passed.insert(passed.clone()) {
                        let label = "matched by this pattern";
                        self.diagnostics.push(passed_over(&passed, place, label));
                    }
                }
                for name in found {
                    let included = self.add(&name, root, Some(place));
                    self.loaded[file].includes.push((included, place));
                }
                return;
            }
            Included::Outside(name) => {
                let label = if name.ends_with(pattern) { "outside".to_owned() } else { format!("`{name}` is outside") };
                Diagnostic::error("include-outside", format!("`{pattern}` leads out of the folder of the graph"), place, label).help(
                    "a graph must be within the folder of its first file, also after following links: move the file there, \
                     or name both files on the command line",
                )
            }
            Included::BadPattern(reason) => {
                Diagnostic::error("include-nothing", format!("`{pattern}` is not a pattern: {reason}"), place, "not a pattern")
                    .help("`*` matches any part of a name, `?` one character, `[ab]` one of several")
            }
        };
        self.diagnostics.push(problem.of_graph());
    }

    /// Reports files that include one another in a cycle by their names. A wildcard may match the
    /// file that contains it, or one that leads there.
    fn include_cycles(&mut self, texts: &[&Text]) {
        let is_named = |(_, place): &&(usize, Place)| {
            let pattern = texts[place.file.0 as usize].slice(place.span);
            !pattern.contains(['*', '?', '['])
        };
        let mut ways: Vec<(Place, Vec<usize>)> = Vec::new();
        let mut places: HashMap<(usize, usize), Place> = HashMap::new();
        for (file, loaded) in self.loaded.iter().enumerate() {
            let named = loaded.includes.iter().filter(is_named);
            let to = named.clone().map(|(included, _)| *included);
            ways.push((link::beginning(FileId(file as u32)), to.collect()));
            for (included, place) in named {
                places.entry((file, *included)).or_insert(*place);
            }
        }
        for ring in cycle::cycles(&ways) {
            let next = |nth: usize| ring[(nth + 1) % ring.len()];
            let place = |nth: usize| {
                let known = places.get(&(ring[nth], next(nth)));
                known.copied().unwrap_or(ways[ring[nth]].0)
            };
            let name = |file: usize| &texts[file].name;
            let label = if ring.len() == 1 {
                "itself".to_owned()
            } else {
                format!("leads to `{}`", name(next(0)))
            };
            let mut diagnostic = Diagnostic::error(
                "cycle",
                format!("`{}` includes itself", name(ring[0])),
                place(0),
                label,
            );
            for nth in 1..ring.len() {
                let back = if nth + 1 == ring.len() {
                    "and back"
                } else {
                    "and on"
                };
                diagnostic =
                    diagnostic.label(place(nth), format!("{back} to `{}`", name(next(nth))));
            }
            self.diagnostics.push(
                diagnostic
                    .help("remove one of these from `include`; each file is read once anyway"),
            );
        }
    }
}
