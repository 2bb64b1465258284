//! A command line, taken apart: the graph, the command, its flags and all other words.

use std::path::Path;

use clap::{Arg, ArgAction};

use super::meant::{is_of_flag, takes_names};
use super::{Command, SYNONYMS};
use crate::model::{Date, Day};

/// The flags of other programs, and what they are here.
const FLAGS: [(&str, &[&str]); 22] = [
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
    ("--file", &["--graph"]),
    ("--input", &["--graph"]),
    ("-l", &["--limit"]),
    ("-n", &["--limit"]),
];

/// The flags of other programs whose values are names here.
const NAMES: [&str; 4] = ["--participants", "--participant", "--actors", "--with"];

/// How questions begin, and the words of a command line for that.
const QUESTIONS: [(&str, &[&str]); 37] = [
    ("what happened", &["timeline"]),
    ("how many", &["list"]),
    ("who stands where", &["show"]),
    ("who speaks for", &["show"]),
    ("who connects", &["path"]),
    ("who said what", &["positions"]),
    ("who says what", &["positions"]),
    ("who is for", &["positions", "--position", "for"]),
    ("who is against", &["positions", "--position", "against"]),
    ("why does", &["positions", "--why"]),
    ("why do", &["positions", "--why"]),
    ("why is", &["positions", "--why"]),
    ("where does", &["show"]),
    ("where do", &["show"]),
    ("where is", &["show"]),
    ("what would it take", &["forecast"]),
    ("what has changed", &["changed"]),
    ("what changed", &["changed"]),
    ("what is new", &["changed"]),
    ("what's new", &["changed"]),
    ("whats new", &["changed"]),
    ("next meetings", &["meetings", "planned"]),
    ("next meeting", &["meetings", "planned"]),
    ("upcoming meetings", &["meetings", "planned"]),
    ("what are the", &["list"]),
    ("what are", &["list"]),
    (
        "what is contested",
        &["positions", "--position", "contested"],
    ),
    ("what is planned", &["meetings", "planned"]),
    ("what is thin", &["evidence"]),
    ("what is next", &["meetings", "planned"]),
    ("who agrees with", &["matrix"]),
    ("who disagrees with", &["matrix"]),
    ("who talks to", &["meetings"]),
    ("who talked to", &["meetings"]),
    ("tell me about", &["show"]),
    ("show me", &["show"]),
    ("brief me on", &["brief"]),
];

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
        let named = with_graph(typed);
        let typed = named.as_deref().unwrap_or(typed);
        let spoken = spoken(typed);
        let typed = spoken.as_deref().unwrap_or(typed);
        let asked = question(typed);
        let typed = asked.as_deref().unwrap_or(typed);
        let mut line = Line::default();
        let command = line.find_command(all, typed);
        line.is_mended |= asked.is_some() || named.is_some() || spoken.is_some();
        let mut rest = typed.iter();
        let mut is_command_seen = false;
        while let Some(word) = rest.next() {
            if !word.starts_with('-') || word == "-" {
                if line.command.as_ref() == Some(&word.to_lowercase()) && !is_command_seen {
                    is_command_seen = true;
                } else if let Some(([first, last], taken)) = period(word, rest.clone()) {
                    let flags = ["--since".to_owned(), first, "--until".to_owned(), last];
                    line.flags.extend(flags);
                    rest.nth(taken - 1);
                    line.is_mended = true;
                } else if let Some((flag, date, taken)) = time_flag(word, rest.clone()) {
                    line.flags.extend([flag.to_owned(), bound(word, &date)]);
                    rest.nth(taken - 1);
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
            let argument = command
                .into_iter()
                .chain([all])
                .find_map(|command| argument(command, name.first()?))?;
            let takes = least(argument).saturating_sub(name.len() - 1);
            let is_graph = argument.get_long() == Some("graph");
            let is_append = matches!(argument.get_action(), ArgAction::Append);
            let is_repeated = is_append && takes == 1 && !is_graph;
            let into = match name[0].as_str() {
                "-g" | "--graph" => &mut line.graph,
                _ => &mut line.flags,
            };
            into.extend(name);
            let mut values: Vec<String> = match value {
                Some(value) => vec![value],
                None => rest
                    .by_ref()
                    .take(usize::from(takes > 0))
                    .cloned()
                    .collect(),
            };
            let parts: Vec<String> = values.iter().flat_map(|value| parts(value)).collect();
            if parts.len() > 1 && is_repeated {
                let name = into.pop().unwrap_or_default();
                into.extend(parts.into_iter().flat_map(|part| [name.clone(), part]));
                line.is_mended = true;
                continue;
            }
            // `--between us,china`
            if takes > 1 && parts.len() == takes {
                values = parts;
                line.is_mended = true;
            }
            let lacking = takes.saturating_sub(values.len());
            values.extend(rest.by_ref().take(lacking).cloned());
            let other = typed_name.trim_start_matches('-');
            into.extend(values.iter().map(|value| bound(other, value)));
        }
        line.replace_command(all);
        if line.command.is_none() && line.words.is_empty() && !line.graph.is_empty() {
            line.command = Some("list".to_owned());
        }
        (line.command.is_some() || !line.words.is_empty()).then_some(line)
    }

    /// Adds a word, or several with commas between them: `us,china`. A name may contain a comma and a
    /// space.
    fn push(&mut self, word: &str) {
        let parts = parts(word);
        match !takes_names(&self.command) || parts.is_empty() {
            true => self.words.push(word.to_owned()),
            false => {
                self.is_mended |= parts.len() > 1;
                self.words.extend(parts);
            }
        }
    }

    /// Takes another word for a command as the command, where it stands behind a name: `china's
    /// position on taiwan`. Returns whether there is one.
    pub(super) fn move_synonym(&mut self, all: &clap::Command) -> bool {
        let is_synonym = |word: &String| synonym(word).is_some();
        let Some(at) = self.words.iter().position(is_synonym) else {
            return false;
        };
        let is_free = self.command.is_none();
        if is_free {
            let word = self.words.remove(at);
            self.words.insert(0, word);
            self.replace_command(all);
        }
        is_free
    }

    /// Takes words apart that have a comma and a space in them: `us, china`. Returns whether there
    /// were any.
    pub(super) fn take_apart(&mut self) -> bool {
        let before = self.words.len();
        let parts = self.words.iter().flat_map(|word| word.split(", "));
        self.words = parts.map(str::to_owned).collect();
        self.words.len() > before
    }

    /// Finds the command: the first word that is one, wherever it stands.
    fn find_command<'c>(
        &mut self,
        all: &'c clap::Command,
        typed: &[String],
    ) -> Option<&'c clap::Command> {
        let mut before = 0;
        let mut words = bare_words(typed);
        let found = words.find_map(|(_, word)| {
            let found = all.find_subcommand(word.to_lowercase());
            before += usize::from(found.is_none());
            found
        });
        // Where the first word is another word for a command, a later one is a name.
        let first = typed.iter().find(|word| !word.starts_with('-'));
        let is_synonym = |word: &String| synonym(word).is_some();
        let found = found.filter(|_| before == 0 || !first.is_some_and(is_synonym));
        self.command = found.map(|command| command.get_name().to_owned());
        let is_as_typed = |found: &clap::Command| typed.iter().any(|word| found.get_name() == word);
        self.is_mended = found.is_some_and(|found| before > 0 || !is_as_typed(found));
        // Without a command, the flags are those of the one that is meant.
        let meant = first
            .and_then(|word| synonym(word))
            .map_or("show", |ours| ours[0]);
        found.or_else(|| all.find_subcommand(meant))
    }

    /// Returns a flag as this program has it, or `None` if it has none like it.
    fn known(&mut self, command: Option<&clap::Command>, name: &str) -> Option<Vec<String>> {
        let is_known = command.is_some_and(|command| argument(command, name).is_some())
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
            // What changed since a day is set against the day before it.
            self.rename_flag("--since", "--from", |date| bound("before", date));
            self.rename_flag("--until", "--to", str::to_owned);
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

    fn rename_flag(&mut self, from: &str, to: &str, value: impl Fn(&str) -> String) {
        let Some(at) = self.flags.iter().position(|flag| flag == from) else {
            return;
        };
        self.flags[at] = to.to_owned();
        if let Some(given) = self.flags.get_mut(at + 1) {
            *given = value(given);
        }
    }

    /// Returns the flags that name the graph, with these words and then the other flags.
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

/// Returns the words between the commas of `us,china`. A name may contain a comma and a space.
fn parts(word: &str) -> Vec<String> {
    if word.contains(", ") {
        return vec![word.to_owned()];
    }
    let parts = word.split(',').filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Iterates over the words that are no flags and name no graph, each with its number.
fn bare_words(typed: &[String]) -> impl Iterator<Item = (usize, &String)> {
    let is_graph = |nth: usize| nth > 0 && ["-g", "--graph"].contains(&typed[nth - 1].as_str());
    let words = typed.iter().enumerate();
    words.filter(move |(nth, word)| !word.starts_with('-') && !is_graph(*nth))
}

/// Returns a command line with `-g` before the file of a graph that comes first, or in place of `-f`,
/// which is for formats: `demarche graph.ron show taiwan`, `-f graph.ron`. `None` if there is no such file.
fn with_graph(typed: &[String]) -> Option<Vec<String>> {
    let is_given = |nth: usize| nth == 0 || typed[nth - 1] == "-f";
    let is_graph = |(nth, word): &(usize, &String)| {
        let path = Path::new(word);
        let is_ours = path.extension().is_some_and(|ending| ending == "ron");
        is_given(*nth) && is_ours && path.is_file()
    };
    let (at, _) = typed.iter().enumerate().find(is_graph)?;
    let mut words = typed.to_vec();
    match at {
        0 => words.insert(0, "-g".to_owned()),
        _ => words[at - 1] = "-g".to_owned(),
    }
    Some(words)
}

/// Returns a question without its question mark, and with each of its words by itself if all of it was in
/// quotation marks. `None` if it has neither.
fn spoken(typed: &[String]) -> Option<Vec<String>> {
    let mut words = typed.to_vec();
    let bare: Vec<(usize, &String)> = bare_words(typed).collect();
    if let [(at, whole)] = bare[..]
        && whole.contains(' ')
    {
        words.splice(at..=at, whole.split_whitespace().map(str::to_owned));
    }
    // What follows a flag may be a text, of which nothing is left out.
    let is_value = words.len() > 1 && words[words.len() - 2].starts_with('-');
    if let Some(last) = words.pop_if(|last| !is_value && last.ends_with('?')) {
        let asked = last.trim_end_matches('?');
        words.extend((!asked.is_empty()).then(|| asked.to_owned()));
    }
    (words != typed).then_some(words)
}

/// Returns a question as people ask it, with the words of a command line for its beginning.
fn question(typed: &[String]) -> Option<Vec<String>> {
    let (start, _) = bare_words(typed).next()?;
    let asked = |(begins, ours): &(&str, &'static [&str])| {
        let count = begins.split(' ').count();
        let first = typed.get(start..start + count)?;
        (first.join(" ").to_lowercase() == *begins).then_some((count, *ours))
    };
    let (count, ours) = QUESTIONS.iter().find_map(asked)?;
    let mut words = typed.to_vec();
    words.splice(
        start..start + count,
        ours.iter().map(|word| (*word).to_owned()),
    );
    Some(words)
}

/// Returns the dates of a period in words, such as `2023 to 2024` or `between 2023 and 2024`, and how
/// many words after the first it takes.
fn period<'w>(
    word: &'w str,
    ahead: impl Iterator<Item = &'w String>,
) -> Option<([String; 2], usize)> {
    let ahead = ahead.take(8).map(String::as_str);
    let words: Vec<&str> = [word].into_iter().chain(ahead).collect();
    let begins = ["between", "from"].contains(&word.to_lowercase().as_str());
    let mut taken = usize::from(begins);
    let (first, count) = leading_date(&words[taken..])?;
    taken += count;
    words.get(taken).filter(|word| is_link(word))?;
    let (last, count) = leading_date(&words[taken + 1..])?;
    Some(([first, last], taken + count))
}

/// Returns the flag that a word before a date is meant for, `since 2023` or `since june 2023`, with the
/// date and how many words it takes.
fn time_flag<'w>(
    word: &str,
    ahead: impl Iterator<Item = &'w String>,
) -> Option<(&'static str, String, usize)> {
    const WORDS: [(&str, &str); 7] = [
        ("since", "--since"),
        ("after", "--since"),
        ("from", "--since"),
        ("until", "--until"),
        ("before", "--until"),
        ("to", "--until"),
        ("as-of", "--as-of"),
    ];
    let mut word = word.to_lowercase();
    let ahead: Vec<&str> = ahead.take(4).map(String::as_str).collect();
    let skipped = usize::from(word == "as" && ahead.first() == Some(&"of"));
    if skipped > 0 {
        word += "-of";
    }
    let (_, flag) = WORDS.iter().find(|(known, _)| *known == word)?;
    let (date, taken) = leading_date(&ahead[skipped..])?;
    Some((flag, date, skipped + taken))
}

/// Returns whether a word stands between two dates.
fn is_link(word: &str) -> bool {
    ["to", "until", "till", "and", "-", "–"].contains(&word.to_lowercase().as_str())
}

/// Returns the date that the first words give, at most three, and how many they are.
fn leading_date(words: &[&str]) -> Option<(String, usize)> {
    let single = words.iter().take_while(|word| !is_link(word));
    let words = &words[..single.count()];
    let date = |count: usize| Some((date(&words[..count])?.to_string(), count));
    (1..=words.len().min(3)).rev().find_map(date)
}

/// Returns the date that some words together give, if they give one with its year: `2023`, `june
/// 2023`.
pub(super) fn date(words: &[&str]) -> Option<Date> {
    if let [word] = words
        && let Ok(date) = Date::of_text(word)
    {
        return Some(date);
    }
    let text = words.join(" ");
    let is_year = |number: &str| number.len() == 4;
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    let is_date = |word: &&str| Date::of_text(word).is_ok();
    match Date::readings(&text)[..] {
        [date] if numbers.any(is_year) && !words.iter().all(is_date) => Some(date),
        _ => None,
    }
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
pub(super) fn synonym(word: &str) -> Option<&'static [&'static str]> {
    let word = word.to_lowercase();
    let named = |word: &str| SYNONYMS.iter().find(|(other, _)| *other == word);
    // `coalition` is one of `coalitions`.
    let found = named(&word).or_else(|| named(&format!("{word}s")));
    found.map(|(_, ours)| *ours)
}

/// Returns a flag of a command, or `None` if it has no such flag.
fn argument<'c>(command: &'c clap::Command, name: &str) -> Option<&'c Arg> {
    let is_it = |argument: &&Arg| match name.strip_prefix("--") {
        Some(long) => {
            let aliases = argument.get_all_aliases().unwrap_or_default();
            argument.get_long() == Some(long) || aliases.contains(&long)
        }
        None => argument.get_short() == name.chars().nth(1) && name.chars().count() == 2,
    };
    command.get_arguments().find(is_it)
}

/// Returns how many values a flag takes at least.
fn least(argument: &Arg) -> usize {
    let least = argument
        .get_num_args()
        .map_or(1, |range| range.min_values());
    match argument.get_action().takes_values() {
        true => least.max(1),
        false => 0,
    }
}
