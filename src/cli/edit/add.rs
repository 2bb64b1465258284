//! `demarche add`: a new record. Its flags are the fields of the format; on a terminal, missing
//! fields are asked for.

use std::path::PathBuf;

use crate::cli::edit::record::{self, Target};
use crate::cli::edit::{Edit, Really, Refused, fields, prompt, refused, run, typed};
use crate::cli::session::Session;
use crate::cli::{Failure, out};
use crate::disk;
use crate::edit::{self, Alike, NewRecord, Refusal, alike};
use crate::graph::Graph;
use crate::model::{Date, Field, MeetingStatus, RecordKind};
use crate::text::{FileId, Place};
use crate::words;

/// A record to add, as far as the command line gives it.
#[derive(Clone, Debug)]
pub(crate) struct Add {
    pub(super) kind: RecordKind,
    pub(super) id: Option<String>,
    /// Positional arguments after the id; refused with a hint at the flags.
    pub(super) rest: Vec<String>,
    pub(super) given: Vec<(Field, Vec<String>)>,
    pub(super) file: Option<PathBuf>,
    /// Whether to add it even if another record has the same name.
    pub(super) anyway: bool,
    pub(super) really: Really,
    /// The files and folders that the graph is read from; set when the command runs.
    pub(super) paths: Vec<PathBuf>,
}

/// Returns the fields that a record of this kind must have.
pub(super) fn required(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Source => &["title"],
        RecordKind::Actor => &["name", "kind"],
        RecordKind::Issue => &["name"],
        RecordKind::Stance => &["actor", "issue", "position"],
        RecordKind::Meeting => &["title", "status"],
        RecordKind::Tie => &["from", "to", "kind"],
        _ => &["text"],
    }
}

impl Add {
    pub(crate) fn run(&self, session: &Session<'_>) -> Result<String, Failure> {
        if !self.rest.is_empty() {
            let message = format!("the fields of {} are flags", self.kind.a_noun());
            let meant = self.with_flags().command(session);
            return Err(Failure::new(message).help(format!("`{meant}`")));
        }
        let mut asked = Add {
            paths: session.paths()?,
            ..self.clone()
        };
        if prompt::is_possible() {
            let graph = session.graph()?;
            asked.ask(&graph)?;
        }
        let done = run(session, &asked.words(), &asked.really, &|graph| {
            let asked = asked.with_lists(graph);
            // Reports everything that is wrong at once; the last refusal becomes the error.
            let mut wrong = asked.wrong(graph);
            let last = wrong.pop();
            for refusal in wrong {
                out::failed(&refused(graph, refusal), session.paint());
            }
            last.map_or_else(|| asked.made(graph), |last| Err(last.into()))
        });
        // The answers given to prompts are not lost.
        done.map_err(|failure| match asked.given == self.given {
            true => failure,
            false => failure.help(format!(
                "to try again, corrected: `{}`",
                asked.command(session)
            )),
        })
    }

    /// Returns the record with the positional arguments as its missing required fields: words of the
    /// format where they belong, all others in order.
    fn with_flags(&self) -> Add {
        let mut meant = self.clone();
        let needed = required(self.kind).iter().filter(|name| self.lacks(name));
        let needed = needed.filter_map(|name| self.kind.field(name));
        let (of_words, others): (Vec<Field>, Vec<Field>) =
            needed.partition(|field| field.words().is_some());
        let mut others = others.into_iter();
        for typed in &self.rest {
            let is_its_word = |field: &&Field| {
                field
                    .words()
                    .is_some_and(|words| words.find(typed).is_some())
            };
            let field = of_words.iter().find(is_its_word).copied();
            if let Some(field) = field.or_else(|| others.next()) {
                meant.give(field, vec![typed.clone()]);
            }
        }
        meant
    }

    /// Returns the command line that gives the whole record.
    fn command(&self, session: &Session<'_>) -> String {
        let graph = self.paths.iter().filter(|_| session.names_graph());
        let graph = graph.map(|path| format!("-g {} ", typed([disk::name(path)])));
        format!("demarche {}{}", graph.collect::<String>(), self.words())
    }

    /// Splits `us, china` into two names where a field takes several.
    fn with_lists(&self, graph: &Graph) -> Add {
        let given = self.given.iter();
        let given = given.map(|(field, values)| (*field, fields::apart(graph, *field, values)));
        Add {
            given: given.collect(),
            ..self.clone()
        }
    }

    /// Returns the words of that command line without those that name the graph.
    fn words(&self) -> String {
        let mut words = vec![format!("add {}", self.kind.noun())];
        words.extend(self.id.as_ref().map(|id| typed([id])));
        for (field, values) in &self.given {
            let flag = field.name.replace('_', "-");
            words.extend(
                values
                    .iter()
                    .map(|value| format!("--{flag} {}", typed([value]))),
            );
        }
        words.extend(
            self.file
                .as_ref()
                .map(|file| format!("--file {}", typed([disk::name(file)]))),
        );
        words.join(" ")
    }

    fn text(&self, name: &str) -> Option<&str> {
        let (_, values) = self.given.iter().find(|(field, _)| field.name == name)?;
        values.first().map(String::as_str)
    }

    /// Returns whether a required field is missing. A stance may give its salience instead of a
    /// position, unless it is an offer.
    fn lacks(&self, name: &str) -> bool {
        let given = |name: &str| self.given.iter().any(|(field, _)| field.name == name);
        let may_lack_position = given("salience") && !given("condition");
        !(given(name) || name == "position" && may_lack_position)
    }

    /// Returns the flags of required fields that are missing.
    fn missing(&self) -> Vec<String> {
        let missing = required(self.kind).iter().filter(|name| self.lacks(name));
        missing
            .map(|name| format!("--{}", name.replace('_', "-")))
            .collect()
    }

    /// Returns what is wrong with the id and the values, and then also what is missing or unknown.
    /// If only a reference is unknown, returns nothing: the errors that the graph would have report
    /// it with its span.
    fn wrong(&self, graph: &Graph) -> Vec<Refusal> {
        let mut wrong: Vec<Refusal> = self.id(graph).err().into_iter().collect();
        wrong.extend(
            self.given
                .iter()
                .filter_map(|(field, typed)| fields::value(graph, *field, typed).err()),
        );
        if wrong.is_empty() {
            return wrong;
        }
        let needs = Some(self.missing())
            .filter(|missing| !missing.is_empty())
            .map(|missing| self.needs(&missing));
        wrong.extend(
            self.given
                .iter()
                .flat_map(|(field, typed)| fields::unknown(graph, *field, typed)),
        );
        needs
            .map(|(message, help)| Refusal {
                message,
                places: Vec::new(),
                help: vec![help],
            })
            .into_iter()
            .chain(wrong)
            .collect()
    }

    /// Returns the message and help for missing flags.
    fn needs(&self, missing: &[String]) -> (String, String) {
        let message = format!(
            "{} needs {}",
            self.kind.a_noun(),
            words::listed(missing.iter())
        );
        let instead = match missing.iter().any(|flag| flag == "--position") {
            true => "; `--salience` may stand in for `--position`",
            false => "",
        };
        (
            message,
            format!(
                "`demarche add {} --help` lists all its fields{instead}",
                self.kind.noun()
            ),
        )
    }

    fn made(&self, graph: &Graph) -> Result<Edit, Refused> {
        let missing = self.missing();
        if !missing.is_empty() {
            let (message, help) = self.needs(&missing);
            return Err(Failure::new(message).help(help).into());
        }
        let mut record = NewRecord {
            kind: self.kind,
            id: self.id(graph)?,
            fields: Vec::new(),
        };
        let mut notes: Vec<String> = self.behind(graph).into_iter().collect();
        for other in self.alike(graph) {
            if other.exact && !self.anyway {
                return Err(duplicate(graph, &other).into());
            }
            let (known, new) = (graph.id(other.entity), record.id.as_deref());
            let how = if other.exact {
                "has the same name as"
            } else {
                "may be"
            };
            notes.push(format!(
                "this {how} `{known}` ({}): if they are the same, `demarche merge {} {known}` makes them one",
                other.name,
                new.unwrap_or_default()
            ));
        }
        for (field, typed) in &self.given {
            record
                .fields
                .push((field.name, fields::value(graph, *field, typed)?));
        }
        let said = match &record.id {
            Some(id) => format!("added the {} `{id}`", self.kind.noun()),
            None => format!("added {}", self.kind.a_noun()),
        };
        let said = said.replace("added the", "added");
        let target = match &self.file {
            None => Target::File(usual_file(graph, self.kind)),
            Some(path) => record::target(graph, &self.paths, path)?,
        };
        match target {
            Target::File(file) => {
                let splices = edit::add(&graph.texts, file, &record)?;
                Ok(Edit {
                    splices,
                    said,
                    notes,
                    ..Edit::default()
                })
            }
            Target::New(path) => {
                let text = edit::new_file(&record);
                Ok(Edit {
                    new_files: vec![(path, text)],
                    said,
                    notes,
                    ..Edit::default()
                })
            }
        }
    }

    /// Returns a note if the record's date is later than the graph's `as_of`, or `None`.
    fn behind(&self, graph: &Graph) -> Option<String> {
        let day = graph.as_of.iter().map(|(day, _)| *day).max()?;
        let field = match self.kind {
            RecordKind::Stance | RecordKind::Fact => "date",
            RecordKind::Tie => "since",
            RecordKind::Meeting if self.text("on").is_some() => "on",
            RecordKind::Meeting if self.text("status") == Some(MeetingStatus::Held.written()) => {
                "date"
            }
            _ => return None,
        };
        let own = self.text(field).map(str::parse::<Date>);
        let of_source = || {
            let source = graph.entity(self.text("source")?)?.source()?;
            graph[source].date
        };
        let date = match own {
            Some(date) => date.ok()?,
            None => of_source().filter(|_| field == "date")?,
        };
        (date.period().from > day).then(|| {
            format!(
                "it is dated {date}, after the graph's `as_of`, {day}: it does not count until `as_of` is later"
            )
        })
    }

    /// Returns the id as typed, else one made from the name; `None` for kinds without ids.
    fn id(&self, graph: &Graph) -> Result<Option<String>, Refusal> {
        if !self.kind.has_id() {
            return Ok(None);
        }
        let id = match &self.id {
            Some(id) => id.clone(),
            None => self.suggested_id(graph),
        };
        edit::check_id(&id).map(|()| Some(id))
    }

    pub(super) fn suggested_id(&self, graph: &Graph) -> String {
        let name = ["name", "title", "text"]
            .iter()
            .find_map(|field| self.text(field))
            .unwrap_or(self.kind.noun());
        let slug = match edit::slug(name, LONGEST) {
            slug if slug.is_empty() => self.kind.noun().to_owned(),
            slug => slug,
        };
        edit::Free::default().id(slug, |id| graph.entity(id).is_some())
    }

    /// Returns existing records that may be this one.
    fn alike<'g>(&self, graph: &'g Graph) -> Vec<Alike<'g>> {
        let aliases = self
            .given
            .iter()
            .filter(|(field, _)| field.name == "aliases")
            .flat_map(|(_, aliases)| aliases);
        let names = ["name", "title"].iter().filter_map(|name| self.text(name));
        alike(
            graph,
            self.kind,
            &names.chain(aliases.map(String::as_str)).collect::<Vec<_>>(),
        )
    }
}

/// Returns the file that holds most records of a kind; of several, the first.
fn usual_file(graph: &Graph, kind: RecordKind) -> FileId {
    let places: Vec<Place> = match kind {
        RecordKind::Source => graph.sources.iter().map(|record| record.place).collect(),
        RecordKind::Actor => graph.actors.iter().map(|record| record.place).collect(),
        RecordKind::Issue => graph.issues.iter().map(|record| record.place).collect(),
        RecordKind::Stance => graph.stances.iter().map(|record| record.place).collect(),
        RecordKind::Meeting => graph.meetings.iter().map(|record| record.place).collect(),
        RecordKind::Tie => graph.ties.iter().map(|record| record.place).collect(),
        _ => graph.facts.iter().map(|record| record.place).collect(),
    };
    let mut counts = vec![0_usize; graph.texts.len().max(1)];
    for place in places {
        if let Some(count) = counts.get_mut(place.file.0 as usize) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    FileId(counts.iter().position(|count| *count == most).unwrap_or(0) as u32)
}

impl Add {
    /// Asks for missing fields, and for confirmation if a record has the same or a similar name.
    fn ask(&mut self, graph: &Graph) -> Result<(), Failure> {
        let complete = required(self.kind).iter().all(|name| !self.lacks(name));
        if complete {
            return Ok(());
        }
        for name in required(self.kind) {
            if self.lacks(name)
                && let Some(field) = self.kind.field(name)
            {
                let value = prompt::field(graph, field, prompt::Need::Required)?;
                self.give(field, value);
            }
            if matches!(*name, "name" | "title") && !self.anyway {
                self.ask_whether_alike(graph)?;
            }
        }
        if self.kind.has_id() && self.id.is_none() {
            self.id = Some(prompt::id(&self.suggested_id(graph), graph)?);
        }
        for name in [
            "summary",
            "quote",
            "date",
            "since",
            "participants",
            "speaks_for",
            "role",
            "question",
            "about",
            "source",
            "at",
        ] {
            let Some(field) = self.kind.field(name).filter(|_| self.lacks(name)) else {
                continue;
            };
            if name == "at" && self.text("source").is_none() {
                continue;
            }
            let value = prompt::field(graph, field, prompt::Need::Optional)?;
            self.give(field, value);
        }
        Ok(())
    }

    /// Stores a value, keeping the fields in the order of the format.
    fn give(&mut self, field: Field, value: Vec<String>) {
        if value.is_empty() {
            return;
        }
        self.given.push((field, value));
        let order: Vec<&str> = self.kind.fields().map(|field| field.name).collect();
        self.given
            .sort_by_key(|(field, _)| order.iter().position(|name| *name == field.name));
    }

    fn ask_whether_alike(&mut self, graph: &Graph) -> Result<(), Failure> {
        for other in self.alike(graph) {
            let (id, name) = (graph.id(other.entity), other.name);
            let is = if other.exact { "is already" } else { "may be" };
            if !prompt::yes(
                &format!(
                    "this {is} `{id}` ({name}); add another {} anyway?",
                    self.kind.noun()
                ),
                graph,
            )? {
                return Err(Failure::new(format!("nothing was added: it is `{id}`")));
            }
            self.anyway = true;
        }
        Ok(())
    }
}

/// Builds the refusal of a record whose name is taken.
fn duplicate(graph: &Graph, other: &Alike<'_>) -> Refusal {
    let id = graph.id(other.entity);
    Refusal {
        message: format!("“{}” is already `{id}`", other.name),
        places: vec![graph.place(other.entity)],
        help: vec![
            format!(
                "refer to it as `{id}`; `demarche set {id} aliases --add NAME` gives it another name"
            ),
            "if it is a different one, add `--anyway`".to_owned(),
        ],
    }
}

/// The most characters of an id that is suggested.
const LONGEST: usize = 29;
