//! What an import made, and what it says of it.

use std::collections::HashMap;
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::exchange::finding::{Findings, Spot};
use crate::exchange::import::named::kind_of;
use crate::exchange::import::{Import, Tally, Unmade};
use crate::exchange::made::Ingredient;
use crate::exchange::names::{NameLine, Others, Register};
use crate::exchange::near;
use crate::model::{RecordKind, Str};
use crate::words::{any_meant, by_number, counted, folded, joined};

/// What an import made.
#[derive(Debug)]
pub struct Made {
    /// The text of the graph file, in parts, without its head.
    pub text: Vec<String>,
    /// The texts of sources, by the names of their files.
    pub texts: Vec<(String, String)>,
    /// What is wrong in the tables.
    pub found: Findings,
    /// What is wrong in the map.
    pub mistakes: Vec<Diagnostic>,
    /// Why nothing is to be written, if nothing is.
    pub unmade: Option<Unmade>,
    /// What was read and made.
    pub tally: Tally,
    /// The names that resemble others, for a person to decide.
    pub near: Vec<NameLine>,
    /// The number of records of the graph of which rows say something.
    pub of_graph: usize,
    /// The first actor by id that columns of two kinds name, and how many more there are.
    pub of_two_kinds: Option<(String, usize)>,
    /// The numbers of new sources, actors and issues.
    pub new: [usize; 3],
    /// Whether a map makes statements, meetings, ties or facts.
    pub makes_statements: bool,
    /// The number of new sources that rows name.
    pub sources_of_rows: usize,
    /// The number of meetings.
    pub meetings: usize,
    /// The number of facts.
    pub facts: usize,
    /// The files that it was made of.
    pub ingredients: Vec<Ingredient>,
}

impl Made {
    /// Returns whether no row has made a record.
    pub fn is_nothing(&self) -> bool {
        let [_, actors, issues] = self.new;
        let statements = self.tally.stances + self.tally.ties + self.meetings + self.facts;
        let nodes = actors + issues + self.sources_of_rows;
        statements == 0 && (nodes == 0 || self.makes_statements)
    }

    /// Says what was read and made, a line each.
    pub fn summary(&self) -> Vec<String> {
        let Tally {
            rows,
            faulty,
            filtered,
            skipped,
            silent,
            repeated,
            attributed,
            stances,
            ties,
        } = self.tally;
        let list = |counts: &[(usize, &str)]| {
            let counts = counts.iter().filter(|(count, _)| *count > 0);
            let counts: Vec<String> = counts.map(|(count, noun)| counted(*count, noun)).collect();
            joined(counts)
        };
        let [sources, actors, issues] = self.new;
        let made = list(&[
            (sources, "source"),
            (actors, "actor"),
            (issues, "issue"),
            (stances, "statement"),
            (self.meetings, "meeting"),
            (ties, "tie"),
            (self.facts, "fact"),
        ]);
        let made = if made.is_empty() {
            "nothing".to_owned()
        } else {
            made
        };
        let mut lines = vec![format!("read {}, made {made}", counted(rows, "row"))];
        let mut say = |count: usize, what: String| {
            if count > 0 {
                lines.push(what);
            }
        };
        say(
            faulty,
            format!("left out {}: mistakes, shown above", counted(faulty, "row")),
        );
        say(
            filtered,
            format!("left out {}: `where` in the map", counted(filtered, "row")),
        );
        say(
            skipped,
            format!("left out {}: `Skip` in the map", counted(skipped, "record")),
        );
        say(
            silent,
            format!(
                "{} {} nothing",
                counted(silent, "row"),
                by_number(silent, "says", "say")
            ),
        );
        say(
            repeated,
            format!(
                "{} {} there already, and {} made once",
                counted(repeated, "record"),
                by_number(repeated, "was", "were"),
                by_number(repeated, "is", "are")
            ),
        );
        say(
            attributed,
            format!(
                "{} will not count: who voiced {} does not speak for the actor (`speaks: true` in the map says so)",
                counted(attributed, "statement"),
                by_number(attributed, "it", "them")
            ),
        );
        say(
            self.of_graph,
            format!(
                "what the rows say of {} of the graph of `-g` is left to that graph",
                counted(self.of_graph, "record")
            ),
        );
        if let Some((first, more)) = &self.of_two_kinds {
            let (and, is) = match more {
                0 => (String::new(), "is"),
                more => (format!(" and {more} more"), "are"),
            };
            let what = format!(
                "`{first}`{and} {is} in columns of two kinds of actors: the first kind counts"
            );
            say(1, what);
        }
        let undecided = self.near.iter().filter(|line| line.id.is_empty()).count();
        say(
            undecided,
            format!(
                "{} {} others: `--names names.csv` lists them, for you to decide",
                counted(undecided, "name"),
                by_number(undecided, "resembles", "resemble")
            ),
        );
        lines
    }
}

impl Import<'_> {
    /// Adds the names that a person has decided about as aliases, and reports those that mean no
    /// record.
    pub(super) fn add_aliases(&mut self) {
        for (kind, id, name) in std::mem::take(&mut self.aliases) {
            if kind_of(self.known.others, &self.places, &id) != Some(kind) {
                self.decided_for_nothing(kind, &id, &name);
                continue;
            }
            let nth = self.places.get(&id).map(|(_, nth)| *nth);
            let document = &mut self.document;
            let aliases = match (nth, kind) {
                (Some(nth), RecordKind::Actor) => {
                    let actor = document.actors.0.get_mut(nth);
                    actor.map(|(_, actor)| &mut actor.aliases)
                }
                (Some(nth), RecordKind::Issue) => {
                    let issue = document.issues.0.get_mut(nth);
                    issue.map(|(_, issue)| &mut issue.aliases)
                }
                _ => None,
            };
            let is_it = |alias: &Str<'_>| folded(alias) == folded(&name);
            if let Some(aliases) = aliases.filter(|aliases| !aliases.iter().any(is_it)) {
                aliases.push(name.into());
            }
        }
        for (kind, id, name) in std::mem::take(&mut self.misused) {
            if !self.used.contains(&folded(&name)) {
                self.decided_for_nothing(kind, &id, &name);
            }
        }
    }

    /// Reports a decision for an id that no record of this kind has. Nothing is made then: its rows mean
    /// nobody.
    fn decided_for_nothing(&mut self, kind: RecordKind, id: &str, name: &str) {
        let is_it = |line: &&NameLine| folded(&line.written) == folded(name);
        let line = self.known.names.iter().find(is_it);
        let spot = Spot {
            line: line.map_or(0, |line| line.line),
            column: 2,
            heading: Some("id".to_owned()),
            ..Spot::table(&self.known.names_file)
        };
        let message = match kind_of(self.known.others, &self.places, id) {
            Some(other) => format!("`{id}` is {}, not {}", other.a_noun(), kind.a_noun()),
            None => format!("there is no {} `{id}`", kind.noun()),
        };
        let ids = self.register(kind).ids();
        let near = any_meant(id, ids.filter(|known| *known != id));
        let help = near.unwrap_or_else(|| {
            "write an id of the graph that is made, or leave the cell empty".to_owned()
        });
        self.report(spot, &message, Some(help));
        self.unmade = self.unmade.or(Some(Unmade::Names));
    }

    /// Sorts the records with ids by id, so that a table in another order makes the same file.
    pub(super) fn sort(&mut self) {
        self.document
            .sources
            .0
            .sort_by(|one, other| one.0.cmp(&other.0));
        self.document
            .actors
            .0
            .sort_by(|one, other| one.0.cmp(&other.0));
        self.document
            .issues
            .0
            .sort_by(|one, other| one.0.cmp(&other.0));
    }

    /// Lists the new names that resemble others, with what a person has decided before.
    pub(super) fn near(&self) -> Vec<NameLine> {
        let mut lines: Vec<NameLine> = self.known.names.clone();
        let known: HashMap<String, ()> = lines
            .iter()
            .map(|line| (folded(&line.written), ()))
            .collect();
        for (kind, register) in [
            (RecordKind::Actor, &self.actors),
            (RecordKind::Issue, &self.issues),
        ] {
            // Issues are told apart by their numbers too often.
            if kind == RecordKind::Issue && register.new.len() > FEW {
                continue;
            }
            let near = near_of(register, self.known.others, kind);
            lines.extend(
                near.into_iter()
                    .filter(|line| !known.contains_key(&folded(&line.written))),
            );
        }
        lines
    }
}

/// The most new issues whose names are compared.
const FEW: usize = 5_000;

/// Lists the new names of one kind that resemble another name, new or of the graph.
fn near_of(register: &Register, others: Option<Others<'_>>, kind: RecordKind) -> Vec<NameLine> {
    let mut names: Vec<(&str, Rc<str>)> = Vec::new();
    for (name, id) in register.new.iter().filter(|(_, id)| register.rows(id) > 0) {
        names.push((name, id.clone()));
    }
    let own = names.len();
    if let Some(others) = others {
        for entity in others.of_kind(kind) {
            let id: Rc<str> = others.graph.id(entity).into();
            names.extend(others.graph.names(entity).map(|name| (name, id.clone())));
        }
    }
    let texts: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let mut lines: Vec<(near::Likeness, usize, NameLine)> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (one, other, likeness) in near::pairs(&texts) {
        // The rarer of the two is asked about; a name of the graph is never.
        let (rarer, commoner) = match (one < own, other < own) {
            (false, false) => continue,
            (true, false) => (one, other),
            (false, true) => (other, one),
            (true, true) if register.rows(&names[one].1) < register.rows(&names[other].1) => {
                (one, other)
            }
            (true, true) => (other, one),
        };
        if names[one].1 == names[other].1 || !seen.insert(rarer) {
            continue;
        }
        let rows = register.rows(&names[rarer].1);
        let line = NameLine {
            written: names[rarer].0.to_owned(),
            id: String::new(),
            near: format!(
                "{} ({}; {})",
                names[commoner].1,
                names[commoner].0,
                likeness.word()
            ),
            rows: rows.to_string(),
            line: 0,
            more: Vec::new(),
        };
        lines.push((likeness, rows, line));
    }
    lines.sort_by(|one, other| {
        (one.0, other.1, &one.2.written).cmp(&(other.0, one.1, &other.2.written))
    });
    lines.into_iter().map(|(.., line)| line).collect()
}
