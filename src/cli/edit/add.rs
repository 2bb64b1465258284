//! `demarche add`: a new record. Its flags are the fields of the format; what is missing is asked for on a terminal.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, value_parser};
use clap_complete::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::edit::{Edit, Really, Refused, fields, prompt, record, run};
use crate::cli::session::Session;
use crate::disk;
use crate::edit::{self, NewRecord, Refusal};
use crate::graph::{Entity, Graph};
use crate::model::{Field, Holds, RecordKind};
use crate::near;
use crate::text::{FileId, Place};

const KINDS: [RecordKind; 7] = [
    RecordKind::Source,
    RecordKind::Actor,
    RecordKind::Issue,
    RecordKind::Stance,
    RecordKind::Meeting,
    RecordKind::Tie,
    RecordKind::Fact,
];

/// A record to add, as far as the command line says.
#[derive(Clone, Debug)]
pub(crate) struct Add {
    kind: RecordKind,
    id: Option<String>,
    given: Vec<(Field, Vec<String>)>,
    file: Option<PathBuf>,
    anyway: bool,
    really: Really,
    /// What the graph is read from; known when it runs.
    paths: Vec<PathBuf>,
}

/// The fields that a record can't be without.
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

/// Whether records of a kind have ids.
fn has_id(kind: RecordKind) -> bool {
    !matches!(kind, RecordKind::Stance | RecordKind::Tie)
}

impl clap::Args for Add {
    fn augment_args(command: Command) -> Command {
        let command = command.subcommand_required(true).arg_required_else_help(true);
        KINDS.into_iter().fold(command, |command, kind| command.subcommand(subcommand(kind)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Add::augment_args(command)
    }
}

fn subcommand(kind: RecordKind) -> Command {
    let mut command = Command::new(kind.noun()).about(format!("Add {}", kind.a_noun()));
    if has_id(kind) {
        let id = Arg::new("id").value_name("ID").help("Its id; made from its name where none is given");
        command = command.arg(id);
    }
    for field in kind.fields() {
        command = command.arg(flag(kind, field));
    }
    let file = Arg::new("file")
        .long("file")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("Where it goes; else the file that holds most of its kind");
    let anyway = Arg::new("anyway").long("anyway").action(ArgAction::SetTrue).help("Also where another is called the same");
    let dry_run = Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help("Write nothing: show what would change");
    command.args([file, anyway, dry_run].map(|arg| arg.help_heading("Where and how")))
}

fn flag(kind: RecordKind, field: Field) -> Arg {
    let required = if required(kind).contains(&field.name) { " [needed]" } else { "" };
    let several = matches!(field.holds, Holds::Texts | Holds::Ids(_) | Holds::IdOrIds(_));
    let doc = field.doc.trim_end_matches('.');
    let more = if several { "; may be repeated" } else { "" };
    let arg = Arg::new(field.name)
        .long(field.name.replace('_', "-"))
        .help(format!("{doc}{more}{required}"))
        .help_heading("Fields")
        .allow_negative_numbers(true)
        .action(if several { ArgAction::Append } else { ArgAction::Set });
    match field.holds {
        Holds::Word(words) => arg.value_name("WORD").add(ArgValueCandidates::new(move || {
            words.each().map(|(word, doc)| CompletionCandidate::new(word).help(Some(doc.to_owned().into()))).collect()
        })),
        Holds::Date => arg.value_name("DATE"),
        Holds::Number => arg.value_name("NUMBER"),
        Holds::Id(kinds) | Holds::Ids(kinds) | Holds::IdOrIds(kinds) => arg
            .value_name("NAME")
            .add(ArgValueCompleter::new(move |current: &std::ffi::OsStr| complete::of_kinds(current, kinds))),
        Holds::Text | Holds::Texts => arg.value_name("TEXT"),
        Holds::Records(_) | Holds::Record(_) | Holds::Marks => arg.value_name("RON"),
    }
}

impl FromArgMatches for Add {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Add, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (noun, matches) = matches.subcommand().ok_or_else(missing)?;
        let kind = KINDS.into_iter().find(|kind| kind.noun() == noun).ok_or_else(missing)?;
        let values = |name: &str| matches.get_many::<String>(name).map(|values| values.cloned().collect::<Vec<_>>());
        let given = kind.fields().filter_map(|field| Some((field, values(field.name)?))).collect();
        let id = if has_id(kind) { matches.get_one::<String>("id").cloned() } else { None };
        let file = matches.get_one::<PathBuf>("file").cloned();
        let really = Really { dry_run: matches.get_flag("dry-run") };
        Ok(Add { kind, id, given, file, anyway: matches.get_flag("anyway"), really, paths: Vec::new() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Add::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Add {
    pub(crate) fn run(&self, session: &Session<'_>) -> Result<(String, u8), Failure> {
        let mut asked = Add { paths: session.paths()?, ..self.clone() };
        if prompt::is_possible() {
            let graph = session.graph()?;
            asked.ask(&graph)?;
        }
        let name = match &asked.id {
            Some(id) => format!("add {} {id}", asked.kind.noun()),
            None => format!("add {}", asked.kind.noun()),
        };
        run(session, &name, &asked.really, &|graph| asked.made(graph))
    }

    fn text(&self, name: &str) -> Option<&str> {
        let (_, values) = self.given.iter().find(|(field, _)| field.name == name)?;
        values.first().map(String::as_str)
    }

    /// Whether what must be there is: a stance may do with its salience alone.
    fn lacks(&self, name: &str) -> bool {
        let given = |name: &str| self.given.iter().any(|(field, _)| field.name == name);
        !(given(name) || name == "position" && given("salience"))
    }

    fn made(&self, graph: &Graph) -> Result<Edit, Refused> {
        let missing: Vec<String> = required(self.kind)
            .iter()
            .filter(|name| self.lacks(name))
            .map(|name| format!("--{}", name.replace('_', "-")))
            .collect();
        if !missing.is_empty() {
            let failure =
                Failure::new(format!("{} needs {}", self.kind.a_noun(), near::listed(missing.iter().map(String::as_str))));
            return Err(failure.help(format!("`demarche add {} --help` lists all its fields", self.kind.noun())).into());
        }
        let mut notes = Vec::new();
        for other in self.alike(graph) {
            let said = format!("`{}` ({}) is already there", graph.id(other.entity), other.name);
            match other.exact && !self.anyway {
                true => return Err(duplicate(graph, &other, self).into()),
                false => notes.push(format!("{said}: `demarche merge` makes the two one if they are")),
            }
        }
        let mut record = NewRecord { kind: self.kind, id: self.id(graph)?, fields: Vec::new() };
        for (field, typed) in &self.given {
            record.fields.push((field.name, fields::value(graph, *field, typed)?));
        }
        let said = match &record.id {
            Some(id) => format!("added the {} `{id}`", self.kind.noun()),
            None => format!("added {}", self.kind.a_noun()),
        };
        let said = said.replace("added the", "added");
        match self.target(graph)? {
            Target::File(file) => {
                let splices = edit::add(&graph.texts, file, &record)?;
                Ok(Edit { splices, said, notes, ..Edit::default() })
            }
            Target::New(path) => {
                let text = edit::new_file(&record);
                Ok(Edit { new_files: vec![(path, text)], said, notes, ..Edit::default() })
            }
        }
    }

    /// Its id: as typed, else made from its name.
    fn id(&self, graph: &Graph) -> Result<Option<String>, Refusal> {
        if !has_id(self.kind) {
            return Ok(None);
        }
        let id = match &self.id {
            Some(id) => id.clone(),
            None => self.suggested_id(graph),
        };
        edit::check_id(&id).map(|()| Some(id))
    }

    pub(super) fn suggested_id(&self, graph: &Graph) -> String {
        let name = ["name", "title", "text"].iter().find_map(|field| self.text(field)).unwrap_or(self.kind.noun());
        let mut slug = String::new();
        for word in near::folded(name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if !slug.is_empty() && slug.len() + word.len() > 28 {
                break;
            }
            slug = if slug.is_empty() { word.to_owned() } else { format!("{slug}-{word}") };
        }
        let slug = if slug.is_empty() { self.kind.noun().to_owned() } else { slug };
        let numbered = (2..).map(|number| format!("{slug}-{number}"));
        std::iter::once(slug.clone()).chain(numbered).find(|id| !graph.ids.contains_key(id.as_str())).unwrap_or(slug)
    }

    /// Records of the same kind that are called the same, or nearly.
    fn alike<'g>(&self, graph: &'g Graph) -> Vec<Alike<'g>> {
        let aliases = self.given.iter().filter(|(field, _)| field.name == "aliases").flat_map(|(_, aliases)| aliases);
        let names: Vec<&str> =
            ["name", "title"].iter().filter_map(|name| self.text(name)).chain(aliases.map(String::as_str)).collect();
        let same_kind = graph.entities().filter(|entity| entity.kind() == self.kind);
        let mut found: Vec<Alike<'_>> = same_kind
            .filter_map(|entity| {
                let called = graph.names(entity).chain([graph.id(entity)]);
                let likeness =
                    called.flat_map(|name| names.iter().filter_map(move |new| Some((likeness(name, new)?, name)))).min()?;
                Some(Alike { entity, name: likeness.1, exact: likeness.0 == Likeness::Same })
            })
            .collect();
        found.sort_by_key(|alike| !alike.exact);
        found.truncate(3);
        found
    }

    fn target(&self, graph: &Graph) -> Result<Target, Failure> {
        let Some(path) = &self.file else { return Ok(Target::File(usual_file(graph, self.kind))) };
        match record::file(graph, &path.to_string_lossy()) {
            Ok(file) => Ok(Target::File(file)),
            Err(failure) if path.exists() => Err(failure),
            Err(failure) => match disk::would_be_read(&self.paths, &graph.texts, path) {
                true => Ok(Target::New(path.clone())),
                false => Err(failure.help("a new file must be one that the graph includes, or in the folder that is the graph")),
            },
        }
    }
}

enum Target {
    File(FileId),
    New(PathBuf),
}

/// The file that holds most records of a kind; of several the first.
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

/// A record that may be the one to be added.
pub(super) struct Alike<'g> {
    entity: Entity,
    name: &'g str,
    exact: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same,
    Near,
}

/// How alike two names are: the same but for case and accents; a slip apart, or the one the words of the other.
fn likeness(known: &str, new: &str) -> Option<Likeness> {
    let (known, new) = (near::folded(known), near::folded(new));
    if known == new {
        return Some(Likeness::Same);
    }
    let words = |name: &str| {
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_owned).collect::<Vec<_>>()
    };
    let (known_words, new_words) = (words(&known), words(&new));
    let within =
        |few: &[String], many: &[String]| !few.is_empty() && few.len() < many.len() && few.iter().all(|word| many.contains(word));
    // Nobody slips on the first letter. "V. Balakrishnan" is "Vivian Balakrishnan": the same last word.
    let same_start = known.chars().next() == new.chars().next();
    let initials = same_start && known_words.last().is_some_and(|last| new_words.last() == Some(last));
    let long = known.chars().count().min(new.chars().count()) >= 5;
    let slip = same_start && long && near::nearest(&new, [known.as_str()]).is_some();
    (initials || slip || within(&known_words, &new_words) || within(&new_words, &known_words)).then_some(Likeness::Near)
}

fn duplicate(graph: &Graph, other: &Alike<'_>, add: &Add) -> Refusal {
    let id = graph.id(other.entity);
    Refusal {
        message: format!("“{}” is already `{id}`", other.name),
        places: vec![graph.place(other.entity)],
        help: vec![
            format!("refer to it as `{id}`; `demarche set {id} aliases --add NAME` gives it another name"),
            format!("if it is another {} all the same, say `--anyway`", add.kind.noun()),
        ],
    }
}

impl Add {
    /// Asks for what is missing, and whether it is to be another one where one is called the same.
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
        if has_id(self.kind) && self.id.is_none() {
            self.id = Some(prompt::id(&self.suggested_id(graph), graph)?);
        }
        for name in
            ["summary", "quote", "date", "since", "participants", "speaks_for", "role", "question", "about", "source", "at"]
        {
            let Some(field) = self.kind.field(name).filter(|_| self.lacks(name)) else { continue };
            if name == "at" && self.text("source").is_none() {
                continue;
            }
            let value = prompt::field(graph, field, prompt::Need::Optional)?;
            self.give(field, value);
        }
        Ok(())
    }

    /// Keeps a value, in the order of the format.
    fn give(&mut self, field: Field, value: Vec<String>) {
        if value.is_empty() {
            return;
        }
        self.given.push((field, value));
        let order: Vec<&str> = self.kind.fields().map(|field| field.name).collect();
        self.given.sort_by_key(|(field, _)| order.iter().position(|name| *name == field.name));
    }

    fn ask_whether_alike(&mut self, graph: &Graph) -> Result<(), Failure> {
        for other in self.alike(graph) {
            let (id, name) = (graph.id(other.entity), other.name);
            let is = if other.exact { "is already" } else { "may be" };
            if !prompt::yes(&format!("this {is} `{id}` ({name}); add another {} all the same?", self.kind.noun()))? {
                return Err(Failure::new(format!("nothing was added: it is `{id}`")));
            }
            self.anyway = true;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Likeness, likeness};

    #[test]
    fn names_that_are_alike() {
        assert!(likeness("Vivian Balakrishnan", "vivian  balakrishnan") == Some(Likeness::Same));
        assert!(likeness("São Tomé", "Sao Tome") == Some(Likeness::Same));
        for new in ["Vivian Balakrishna", "V. Balakrishnan", "Balakrishnan"] {
            assert!(likeness("Vivian Balakrishnan", new) == Some(Likeness::Near), "{new}");
        }
        for (known, new) in [("US", "UK"), ("China", "Japan"), ("Qin Gang", "Xi Jinping"), ("North Korea", "South Korea")] {
            assert!(likeness(known, new).is_none(), "{known} {new}");
        }
    }
}
