//! A command line, taken apart: the graph, the command, its flags and all other words.

use super::meant::{is_of_flag, takes_names};
use super::{Command, SYNONYMS};
use crate::model::{Date, Day};

/// The flags of other programs, and what they are here.
const FLAGS: [(&str, &[&str]); 20] = [
    ("--json", &["--format", "json"]),
    ("-f", &["--format"]),
    ("--csv", &["--format", "csv"]),
    ("--md", &["--format", "md"]),
    ("--markdown", &["--format", "md"]),
    ("--text", &["--format", "text"]),
    ("--from", &["--since"]),
    ("--after", &["--since"]),
    ("--to", &["--until"]),
    ("--before", &["--until"]),
    ("--on", &["--as-of"]),
    ("--date", &["--as-of"]),
    ("--about", &["--issue"]),
    ("--type", &["--kind"]),
    ("--who", &["--actor"]),
    ("--country", &["--actor"]),
    ("--tags", &["--tag"]),
    ("--out", &["--output"]),
    ("-l", &["--limit"]),
    ("-n", &["--limit"]),
];

/// The flags of other programs whose values are names here.
const NAMES: [&str; 4] = ["--participants", "--participant", "--actors", "--with"];

#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The flags that name the graph, each followed by its value.
    pub(super) graph: Vec<String>,
    /// The command, or `None` if no word is one.
    pub(super) command: Option<String>,
    /// The other flags, with their values.
    pub(super) flags: Vec<String>,
    /// The words that are no flags, without the command.
    pub(super) words: Vec<String>,
    /// Whether a word or a flag was replaced, or the command was not the first word.
    pub(super) is_mended: bool,
}

impl Line {
    /// Takes a command line apart. Returns `None` if it has flags that nobody knows.
    pub(super) fn of(all: &clap::Command, typed: &[String]) -> Option<Line> {
        let mut line = Line::default();
        let command = line.find_command(all, typed);
        let mut rest = typed.iter().peekable();
        let mut is_command_seen = false;
        while let Some(word) = rest.next() {
            if !word.starts_with('-') || word == "-" {
                let next = rest.peek().map(|next| next.as_str());
                if line.command.as_deref() == Some(word) && !is_command_seen {
                    is_command_seen = true;
                } else if let Some(flag) = next.and_then(|next| time_flag(word, next)) {
                    line.flags.push(flag.to_owned());
                    line.flags.extend(rest.next().map(|date| bound(word, date)));
                    line.is_mended = true;
                } else {
                    line.push(word);
                }
                continue;
            }
            let (typed_name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            if NAMES.contains(&typed_name) && line.known(command, typed_name).is_none() {
                line.is_mended = true;
                if let Some(value) = &value {
                    line.push(value);
                }
                continue;
            }
            let Some(name) = line.known(command, typed_name) else {
                // `--planned` may be meant for `--status planned`.
                let word = typed_name.trim_start_matches('-');
                let is_word = value.is_none()
                    && command.is_some_and(|command| is_of_flag(command.get_name(), word));
                line.words.push(is_word.then(|| word.to_owned())?);
                continue;
            };
            let takes = command
                .into_iter()
                .chain([all])
                .find_map(|command| values(command, name.first()?));
            let takes = takes?.saturating_sub(name.len() - 1);
            let into = match name[0].as_str() {
                "-g" | "--graph" => &mut line.graph,
                _ => &mut line.flags,
            };
            into.extend(name);
            let values = match value {
                Some(value) => vec![value],
                None => rest.by_ref().take(takes).cloned().collect(),
            };
            let other = typed_name.trim_start_matches('-');
            into.extend(values.iter().map(|value| bound(other, value)));
        }
        line.replace_command(all);
        (line.command.is_some() || !line.words.is_empty()).then_some(line)
    }

    /// Adds a word, or several with commas between them: `us,china`. A name may contain a comma and a
    /// space.
    fn push(&mut self, word: &str) {
        let parts = word.split(',').filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.map(str::to_owned).collect();
        match !takes_names(&self.command) || word.contains(", ") || parts.is_empty() {
            true => self.words.push(word.to_owned()),
            false => self.words.extend(parts),
        }
    }

    /// Finds the command: the first word that is one, wherever it stands.
    fn find_command<'c>(
        &mut self,
        all: &'c clap::Command,
        typed: &[String],
    ) -> Option<&'c clap::Command> {
        let mut before = 0;
        let mut words = typed.iter().enumerate().filter(|(nth, word)| {
            let is_graph = *nth > 0 && ["-g", "--graph"].contains(&typed[nth - 1].as_str());
            !word.starts_with('-') && !is_graph
        });
        let found = words.find_map(|(_, word)| {
            let found = all.find_subcommand(word);
            before += usize::from(found.is_none());
            found
        });
        // Where the first word is another word for a command, a later one is a name.
        let first = typed.iter().find(|word| !word.starts_with('-'));
        let is_synonym = |word: &String| synonym(word).is_some();
        let found = found.filter(|_| before == 0 || !first.is_some_and(is_synonym));
        self.command = found.map(|command| command.get_name().to_owned());
        self.is_mended = before > 0 && found.is_some();
        // Without a command, the flags are those of the one that is meant.
        let meant = first
            .and_then(|word| synonym(word))
            .map_or("show", |ours| ours[0]);
        found.or_else(|| all.find_subcommand(meant))
    }

    /// Returns a flag as this program has it, or `None` if it has none like it.
    fn known(&mut self, command: Option<&clap::Command>, name: &str) -> Option<Vec<String>> {
        let is_known = command.is_some_and(|command| values(command, name).is_some())
            || ["-g", "--graph"].contains(&name);
        if is_known {
            return Some(vec![name.to_owned()]);
        }
        // A long flag may be written with one dash: `-as-of`.
        let long = format!("-{name}");
        if name.len() > 2 && !name.starts_with("--") {
            self.is_mended = true;
            return self.known(command, &long);
        }
        let (_, ours) = FLAGS.iter().find(|(other, _)| *other == name)?;
        self.is_mended = true;
        Some(ours.iter().map(|word| (*word).to_owned()).collect())
    }

    /// Replaces a first word that is another word for a command.
    fn replace_command(&mut self, all: &clap::Command) {
        let first = self.words.first().filter(|_| self.command.is_none());
        let Some(ours) = first.and_then(|word| synonym(word)) else {
            return;
        };
        self.words.remove(0);
        let command = match ours[0] {
            // Whose changes: its history.
            "diff" if !self.words.is_empty() => "history",
            // `who met xi` asks for meetings.
            "show" if self.drop_meeting() => "meetings",
            command => command,
        };
        if command == "diff" {
            self.rename_flag("--since", "--from");
            self.rename_flag("--until", "--to");
        }
        self.command = all.find_subcommand(command).map(|_| command.to_owned());
        let (flags, words): (Vec<&str>, Vec<&str>) = match ours[1..] {
            [word] if !word.starts_with('-') => (Vec::new(), vec![word]),
            _ => (ours[1..].to_vec(), Vec::new()),
        };
        self.words.splice(..0, words.into_iter().map(str::to_owned));
        self.flags.splice(..0, flags.into_iter().map(str::to_owned));
        self.is_mended = true;
    }

    /// Drops a word for meeting somebody, and returns whether there is one.
    fn drop_meeting(&mut self) -> bool {
        let count = self.words.len();
        let is_met =
            |word: &String| ["met", "meets", "meet"].contains(&word.to_lowercase().as_str());
        self.words.retain(|word| !is_met(word));
        self.words.len() < count
    }

    fn rename_flag(&mut self, from: &str, to: &str) {
        for flag in &mut self.flags {
            if flag == from {
                *flag = to.to_owned();
            }
        }
    }

    /// Returns the command line with other words behind the command, or `None` if it has no command.
    pub(super) fn with(&self, words: Vec<String>) -> Command {
        let words = words.into_iter().chain(self.flags.clone()).collect();
        Command {
            graph: self.graph.clone(),
            words,
        }
    }

    /// Returns the command line as it is now, or `None` if it has no command.
    pub(super) fn into_command(self) -> Option<Command> {
        let command = self.command.clone()?;
        let words = [command].into_iter().chain(self.words.clone()).collect();
        Some(self.with(words))
    }
}

/// Returns the flag that a word before a date is meant for: `since 2023`.
fn time_flag(word: &str, next: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 7] = [
        ("since", "--since"),
        ("after", "--since"),
        ("from", "--since"),
        ("until", "--until"),
        ("before", "--until"),
        ("to", "--until"),
        ("as-of", "--as-of"),
    ];
    let word = word.to_lowercase();
    let found = WORDS.iter().find(|(known, _)| *known == word);
    found
        .filter(|_| Date::of_text(next).is_ok())
        .map(|(_, flag)| *flag)
}

/// Returns the date that a period begins or ends with. What is before a date ends on the day before it,
/// and what is after it begins on the day after it.
fn bound(word: &str, date: &str) -> String {
    let period = Date::of_text(date).map(Date::period);
    let beside = match (word.to_lowercase().as_str(), period) {
        ("before", Ok(period)) => period.from.0.checked_sub(1),
        ("after", Ok(period)) => period.to.0.checked_add(1),
        _ => None,
    };
    beside.map_or_else(|| date.to_owned(), |day| Day(day).to_string())
}

/// Returns the command that another word stands for, with its first words.
fn synonym(word: &str) -> Option<&'static [&'static str]> {
    let word = word.to_lowercase();
    let found = SYNONYMS.iter().find(|(other, _)| *other == word);
    found.map(|(_, ours)| *ours)
}

/// Returns how many values a flag of a command takes at least, or `None` if it has no such flag.
fn values(command: &clap::Command, name: &str) -> Option<usize> {
    let is_it = |argument: &&clap::Arg| match name.strip_prefix("--") {
        Some(long) => {
            let aliases = argument.get_all_aliases().unwrap_or_default();
            argument.get_long() == Some(long) || aliases.contains(&long)
        }
        None => argument.get_short() == name.chars().nth(1) && name.chars().count() == 2,
    };
    let argument = command.get_arguments().find(is_it)?;
    let takes = argument.get_action().takes_values();
    let least = argument
        .get_num_args()
        .map_or(1, |range| range.min_values());
    Some(if takes { least.max(1) } else { 0 })
}
