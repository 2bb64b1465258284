//! What the words of a command line mean, by the names of a graph: every way to cut them into names, and
//! the command each of these makes.

use std::slice;

use clap::ValueEnum;

use crate::cli::meetings::statuses;
use crate::cli::output::AnswerFormat;
use crate::cli::positions::sides;
use crate::cli::slips::Command;
use crate::cli::slips::line::{Line, date, synonym};
use crate::cli::{Failure, questions};
use crate::graph::{ActorId, Entity, Graph};
use crate::model::{ActorKind, Date, MeetingKind, RecordKind};
use crate::picture::View;
use crate::query::{self, Kind, NameError, Named};
use crate::text::Place;
use crate::words::{any_meant, either, line_of};

/// What one or more words mean.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    /// A record called so.
    Thing(Entity),
    /// A record with these words in its name.
    ByWord(Entity),
    /// A flag with its value.
    Flag(&'static str, String),
    /// A period, as a date.
    During(String),
}

/// Words between names that mean nothing by themselves.
const LINKS: [&str; 41] = [
    "me", "and", "with", "to", "from", "of", "on", "in", "between", "vs", "the", "about", "is",
    "are", "does", "do", "did", "for", "want", "wants", "ask", "asks", "stand", "stands", "who",
    "meet", "meets", "met", "say", "says", "said", "think", "thinks", "agree", "agrees",
    "disagree", "differ", "differs", "demand", "expect", "expects",
];

/// Words before `of` and the actor to whom a statement is addressed.
const ASKS: [&str; 5] = ["ask", "asks", "demand", "expect", "expects"];

/// Words before the actor to whom a statement is addressed.
const TOWARD: [&str; 4] = ["toward", "towards", "to", "from"];

/// The most words that are looked at.
const MOST: usize = 8;

/// Returns whether a command takes names of the graph.
pub(super) fn takes_names(command: &Option<String>) -> bool {
    const NAMES: [&str; 18] = [
        "list",
        "show",
        "brief",
        "positions",
        "meetings",
        "path",
        "compare",
        "balance",
        "brokers",
        "forecast",
        "history",
        "timeline",
        "evidence",
        "matrix",
        "camps",
        "common",
        "find",
        "draw",
    ];
    command
        .as_deref()
        .is_none_or(|command| NAMES.contains(&command))
}

/// Returns the commands that a command line may mean, each once.
pub(super) fn commands(graph: &Graph, line: &Line) -> Vec<Command> {
    let command = line.command.as_deref().unwrap_or("show");
    if !takes_names(&line.command) || line.words.is_empty() || line.words.len() > MOST {
        return Vec::new();
    }
    if command == "find" {
        return vec![line.with(vec!["find".to_owned(), line.words.join(" ")])];
    }
    let (heads, words) = match (command, line.words[0].to_lowercase().as_str()) {
        ("list", _) => return listed(graph, line),
        ("matrix", head @ ("actors" | "issues")) => (vec![head.to_owned()], &line.words[1..]),
        _ => (Vec::new(), &line.words[..]),
    };
    if words.is_empty() {
        return Vec::new();
    }
    let all = likely_cuts(graph, command, words);
    let made = all.iter().filter_map(|items| {
        let mut made = made(graph, command, items)?;
        made.splice(1..1, heads.clone());
        Some(line.with(made))
    });
    each_once(made)
}

/// Returns the ways to cut words with the fewest guesses: whole names mean more than single words of
/// them.
fn likely_cuts(graph: &Graph, command: &str, words: &[String]) -> Vec<Vec<Item>> {
    let mut all = cuts(graph, command, words);
    let guessed = |items: &Vec<Item>| {
        let items = items.iter();
        items.filter(|item| matches!(item, Item::ByWord(_))).count()
    };
    let least = all.iter().map(guessed).min();
    all.retain(|items| Some(guessed(items)) == least);
    all
}

/// Returns every way to cut words into things of the graph and words of flags.
fn cuts(graph: &Graph, command: &str, words: &[String]) -> Vec<Vec<Item>> {
    if words.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    let first = words[0].to_lowercase();
    let first = first.as_str();
    let is_shown = matches!(command, "show" | "brief");
    let is_to = |word: &String| TOWARD.contains(&word.as_str()) && word != "from";
    // `what does china ask of us`
    let asks = ASKS.contains(&first) && words.get(1).is_some_and(|word| word == "of");
    let addressed = match command {
        "positions" if asks => true,
        _ if asks => is_shown,
        // `positions from china to us`
        "positions" if first == "from" && words[1..].iter().any(is_to) => false,
        "positions" => TOWARD.contains(&first),
        // `what does china want from us`
        _ => is_shown && TOWARD.contains(&first) && first != "to",
    };
    if addressed {
        let before = if asks { 2 } else { 1 };
        for (flag, rest) in addressees(graph, &words[before..]) {
            for mut cut in cuts(graph, command, rest) {
                cut.insert(0, flag.clone());
                all.push(cut);
            }
        }
    }
    // `show meeting beijing`
    let is_kind = is_shown
        && RecordKind::IN_SECTIONS
            .iter()
            .any(|kind| kind.noun() == first);
    if all.is_empty() && (LINKS.contains(&first) || is_kind) {
        all = cuts(graph, command, &words[1..]);
    }
    for end in 1..=words.len() {
        let items = items(graph, command, &words[..end]);
        if items.is_empty() {
            continue;
        }
        for rest in cuts(graph, command, &words[end..]) {
            for item in &items {
                let mut cut = vec![item.clone()];
                cut.extend(rest.iter().filter(|other| *other != item).cloned());
                all.push(cut);
            }
        }
    }
    all
}

/// Returns whom the first of these words may name as addressed, each with the words after it.
fn addressees<'w>(graph: &Graph, words: &'w [String]) -> Vec<(Item, &'w [String])> {
    let skipped = words.iter().take_while(|word| word.to_lowercase() == "the");
    let words = &words[skipped.count()..];
    let named = |end: usize| {
        let named = query::lookup(graph, Kind::Actor, &words[..end].join(" ")).ok()?;
        let (Named::Exactly(actor) | Named::ByWord(actor)) = named;
        let flag = Item::Flag("--toward", graph.id(actor).to_owned());
        Some((matches!(named, Named::Exactly(_)), (flag, &words[end..])))
    };
    let mut found: Vec<(bool, (Item, &[String]))> = (1..=words.len()).filter_map(named).collect();
    let has_exact = found.iter().any(|(is_exact, _)| *is_exact);
    found.retain(|(is_exact, _)| *is_exact || !has_exact);
    found.into_iter().map(|(_, named)| named).collect()
}

/// Returns what some words together may mean.
fn items(graph: &Graph, command: &str, words: &[String]) -> Vec<Item> {
    let text = words.join(" ");
    let flag = flag_of(command, &text).filter(|_| words.len() == 1);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let date = date(&words).filter(|date| !date.is_open());
    let flag = flag.or_else(|| Some(Item::During(date?.to_string())));
    let kinds: &[Kind] = match command {
        "show" | "brief" | "timeline" | "draw" => &[Kind::Any],
        "evidence" => &[Kind::Source, Kind::Actor, Kind::Issue],
        _ => &[Kind::Actor, Kind::Issue],
    };
    // `china's`
    let owner = ["'s", "’s"].iter().find_map(|end| text.strip_suffix(end));
    let named = |text: &str, kind: &Kind| query::lookup(graph, *kind, text).ok();
    let found = kinds
        .iter()
        .filter_map(|kind| named(&text, kind).or_else(|| named(owner?, kind)));
    let mut found: Vec<Named> = found.collect();
    // A word of a flag is a name only if it is a whole one.
    let is_exact = |named: &Named| matches!(named, Named::Exactly(_));
    if flag.is_some() || found.iter().any(is_exact) {
        found.retain(is_exact);
    }
    let things = found.into_iter().map(|named| match named {
        Named::Exactly(entity) => Item::Thing(entity),
        Named::ByWord(entity) => Item::ByWord(entity),
    });
    flag.into_iter().chain(things).collect()
}

/// Returns whether a command has a flag that takes this word.
pub(super) fn is_of_flag(command: &str, word: &str) -> bool {
    flag_of(command, word).is_some()
}

/// Returns the flag of a command that takes a word: `--status planned`.
fn flag_of(command: &str, word: &str) -> Option<Item> {
    let word = word.to_lowercase();
    let singular = match word.as_str() {
        "people" => "person",
        "countries" | "country" => "state",
        word => word.strip_suffix('s').unwrap_or(word),
    };
    let is_word = |known: &str| known == word || known == singular;
    let flag = |name: &'static str, value: &str| Some(Item::Flag(name, value.to_lowercase()));
    let status = || {
        let mut known = statuses().map(|(word, _)| word.to_lowercase());
        flag("--status", &known.find(|status| *status == word)?)
    };
    let position = || {
        let side = match singular {
            "support" | "pro" | "favour" | "favor" => "for",
            "oppose" | "con" | "anti" => "against",
            _ => &word,
        };
        let mut sides = sides().into_iter().map(|(word, _)| word);
        flag("--position", sides.find(|known| *known == side)?)
    };
    let kind_of_actor = || {
        let mut kinds = ActorKind::ALL.iter().map(|kind| kind.word());
        flag("--kind", kinds.find(|kind| is_word(kind))?)
    };
    // `show taiwan json`
    let format = || {
        let formats = AnswerFormat::value_variants().iter();
        let mut formats = formats.filter_map(AnswerFormat::to_possible_value);
        let format = formats.find(|format| format.get_name() == word)?;
        flag("--format", format.get_name())
    };
    let found = match command {
        "meetings" => {
            let mut kinds = MeetingKind::ALL.iter().map(|kind| kind.word());
            let kind = || flag("--meeting-kind", kinds.find(|kind| is_word(kind))?);
            status().or_else(kind)
        }
        "positions" => position(),
        "show" => position().or_else(status),
        "timeline" => status().or_else(kind_of_actor),
        "draw" => {
            let views = View::value_variants().iter();
            let mut views = views.filter_map(View::to_possible_value);
            flag(
                "--view",
                views.find(|view| is_word(view.get_name()))?.get_name(),
            )
        }
        "brief" | "history" | "compare" => None,
        _ => kind_of_actor(),
    };
    found.or_else(|| format().filter(|_| command != "draw"))
}

/// Says what a command lacks that was given too few names, or names of another kind.
pub(super) fn lacking(graph: &Graph, line: &Line) -> Option<Failure> {
    let command = line.command.as_deref()?;
    let is_name = |item: &Item| matches!(item, Item::Thing(_));
    let all = cuts(graph, command, &line.words);
    let items = all.iter().find(|items| items.iter().all(is_name))?;
    let of = |kind: fn(&Entity) -> bool| -> Vec<&str> {
        let things = items.iter().filter_map(|item| match item {
            Item::Thing(thing) | Item::ByWord(thing) => Some(thing),
            Item::Flag(..) | Item::During(_) => None,
        });
        things
            .filter(|thing| kind(thing))
            .map(|thing| graph.id(*thing))
            .collect()
    };
    let actors = of(|thing| matches!(thing, Entity::Actor(_)));
    let issues = of(|thing| matches!(thing, Entity::Issue(_)));
    if actors.len() + issues.len() < items.len() {
        return None;
    }
    let told = |what: &str, help: &str| Some(Failure::new(what.to_owned()).help(help.to_owned()));
    let about = |id: &str| format!("all about it: `demarche show {id}`");
    match (command, &actors[..], &issues[..]) {
        ("brokers", [one], []) => told(
            "one actor alone stands between nobody",
            &format!(
                "`demarche brokers` lists where it stands between others; who stands between it and another: `demarche brokers --between {one} OTHER`"
            ),
        ),
        ("matrix" | "balance" | "camps", [one], []) => told(
            &format!("`{command}` sets actors beside each other, and `{one}` is one"),
            &format!(
                "all of them: `demarche {command}`; with another alone: `demarche {command} --cell {one},OTHER`; {}",
                about(one)
            ),
        ),
        ("path" | "compare" | "common", [one], []) => told(
            &format!("`{command}` takes two actors, and `{one}` is one"),
            &format!(
                "name another: `demarche {command} {one} OTHER`; {}",
                about(one)
            ),
        ),
        ("path" | "common", [], [one, ..]) => told(
            &format!("`{command}` takes two actors, and `{one}` is an issue"),
            &about(one),
        ),
        ("forecast", [one, ..], []) => told(
            &format!("a forecast is of an issue, and `{one}` is an actor"),
            &format!(
                "what it adds to one: `demarche forecast ISSUE --cell {one}`; without names, `demarche forecast` takes all that are contested"
            ),
        ),
        ("history", [one, other, ..], _) => told(
            "a history is of one actor",
            &format!(
                "`demarche history {one}`; both side by side: `demarche compare {one} {other}`"
            ),
        ),
        _ => None,
    }
}

/// Returns a flag with each of these values.
fn each(flag: &str, values: impl IntoIterator<Item = String>) -> Vec<String> {
    let values = values.into_iter();
    values.flat_map(|value| [flag.to_owned(), value]).collect()
}

/// Returns the command that things and flags make, or `None` if they make none.
fn made(graph: &Graph, command: &str, items: &[Item]) -> Option<Vec<String>> {
    let (mut actors, mut issues, mut others, mut flags) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut during, mut all, mut output) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Flag("--format", format) => output = each("--format", [format.clone()]),
            Item::Flag(name, value) => flags.extend([(*name).to_owned(), value.clone()]),
            Item::During(date) => during.push(date.clone()),
            Item::Thing(thing) | Item::ByWord(thing) => {
                let id = graph.id(*thing).to_owned();
                all.push(id.clone());
                match thing {
                    Entity::Actor(_) => actors.push(id),
                    Entity::Issue(_) => issues.push(id),
                    Entity::Meeting(_) | Entity::Source(_) | Entity::Fact(_) => {
                        others.push((*thing, id));
                    }
                }
            }
        }
    }
    let start = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let chosen = || each("--actor", actors.clone());
    // A status is one of meetings.
    let is_of_meetings = flags.first().is_some_and(|flag| flag == "--status");
    let is_of_positions = flags
        .iter()
        .any(|flag| ["--toward", "--position"].contains(&flag.as_str()));
    let (first, on): (Vec<String>, bool) = match (command, &actors[..], &issues[..]) {
        ("show" | "timeline", ..) if is_of_meetings && others.is_empty() => {
            ([start(&["meetings"]), actors.clone()].concat(), true)
        }
        ("timeline", ..) => ([start(&["timeline"]), all].concat(), false),
        ("evidence", [], []) => match &others[..] {
            [(Entity::Source(_), id)] => (start(&["evidence", "--source", id]), false),
            [] if !output.is_empty() => (start(&["evidence"]), false),
            _ => return None,
        },
        ("show", [], [] | [_]) if !flags.is_empty() => (start(&["positions"]), true),
        ("show" | "brief", [actor], []) if is_of_positions => (start(&["positions", actor]), false),
        ("show" | "brief" | "draw", ..) if all.len() == 1 => {
            let words: &[&str] = match command {
                "show" | "brief" => &[command, &all[0]],
                _ => &["draw", "--focus", &all[0]],
            };
            (start(words), false)
        }
        _ if !others.is_empty() => return None,
        // One actor alone stands between nobody and agrees with nobody.
        ("brokers" | "balance" | "matrix" | "camps", [_], []) => return None,
        ("show" | "brief", [actor], _) => (start(&["positions", actor]), true),
        // `what do china and japan want from us`
        ("show" | "brief" | "compare", [_, _, ..], _) if is_of_positions => {
            ([start(&["positions"]), chosen()].concat(), true)
        }
        ("compare", [actor], [_, ..]) => (start(&["positions", actor]), true),
        ("compare", [], [issue]) => (start(&["show", issue]), false),
        ("show" | "brief" | "compare", [_, _, ..], _) => {
            ([start(&["compare"]), actors.clone()].concat(), true)
        }
        ("positions", [actor], _) => (start(&["positions", actor]), true),
        ("meetings", ..) => ([start(&["meetings"]), actors.clone()].concat(), true),
        ("common", [] | [_, _, ..], _) => ([start(&["common"]), actors.clone()].concat(), true),
        ("path", [from, to], _) => (start(&["path", from, to]), true),
        ("brokers", [one, other], _) => (start(&["brokers", "--between", one, other]), true),
        ("balance", [one, other], _) => (
            start(&["balance", "--cell", &format!("{one},{other}")]),
            true,
        ),
        ("matrix", [actor], [issue]) => {
            let cell = format!("{actor},{issue}");
            (start(&["matrix", "issues", "--cell", &cell]), false)
        }
        ("matrix", [one, other], _) => (
            start(&["matrix", "--cell", &format!("{one},{other}")]),
            true,
        ),
        ("camps", ..) => (
            [start(&["camps"]), issues.clone(), chosen()].concat(),
            false,
        ),
        ("forecast", [actor], [issue]) => (start(&["forecast", issue, "--cell", actor]), false),
        ("forecast", _, [_, ..]) => (
            [start(&["forecast"]), issues.clone(), chosen()].concat(),
            false,
        ),
        ("history", [actor], [] | [_]) => {
            ([start(&["history", actor]), issues.clone()].concat(), false)
        }
        ("history", [], [issue]) => (start(&["history", issue]), false),
        ("positions" | "balance" | "brokers" | "matrix" | "evidence" | "draw", ..) => {
            ([start(&[command]), chosen()].concat(), true)
        }
        _ => return None,
    };
    let on = if on {
        each("--issue", issues.clone())
    } else {
        Vec::new()
    };
    Some([first, on, flags, in_period(during), output].concat())
}

/// Returns the flags for the period from the first to the last of these dates.
fn in_period(dates: Vec<String>) -> Vec<String> {
    let ends = [("--since", dates.first()), ("--until", dates.last())];
    let ends = ends.into_iter();
    ends.flat_map(|(flag, date)| each(flag, date.cloned()))
        .collect()
}

/// Returns what `list` means with a section and names: the record of that section, or the records of
/// it that are about the actors and issues.
fn of_section(graph: &Graph, line: &Line, (kind, section): (RecordKind, &str)) -> Vec<Command> {
    if let (RecordKind::Tie, [_, word]) = (kind, &line.words[..])
        && let Some(kind) = kind_of_tie(word)
    {
        return vec![line.with(vec!["find".to_owned(), kind.to_owned()])];
    }
    let all = likely_cuts(graph, "show", &line.words[1..]);
    let made = |items: &Vec<Item>| {
        let mut words = vec!["list".to_owned(), section.to_owned()];
        for item in items {
            let thing = match item {
                Item::Thing(thing) | Item::ByWord(thing) => thing,
                Item::During(date) => {
                    words.extend(in_period(vec![date.clone()]));
                    continue;
                }
                Item::Flag("--format", format) => {
                    words.extend(each("--format", [format.clone()]));
                    continue;
                }
                Item::Flag(..) => return None,
            };
            let id = graph.id(*thing).to_owned();
            match thing {
                _ if thing.kind() == kind => return Some(vec!["show".to_owned(), id]),
                Entity::Actor(_) => words.extend(each("--actor", [id])),
                Entity::Issue(_) => words.extend(each("--issue", [id])),
                _ => return None,
            }
        }
        // `ties between us and china`
        match &words[..] {
            [_, _, first, one, second, other]
                if kind == RecordKind::Tie && first == "--actor" && second == "--actor" =>
            {
                Some(vec!["compare".to_owned(), one.clone(), other.clone()])
            }
            _ => Some(words),
        }
    };
    each_once(all.iter().filter_map(made).map(|words| line.with(words)))
}

/// Returns the kind of tie that a word names, in the singular or plural.
fn kind_of_tie(word: &str) -> Option<&'static str> {
    let kinds = RecordKind::Tie.field("kind")?.words()?;
    let singular = word.strip_suffix(['s', 'S']);
    kinds.find(word).or_else(|| kinds.find(singular?))
}

/// Returns the commands in the same order, each once.
fn each_once(commands: impl Iterator<Item = Command>) -> Vec<Command> {
    let mut found: Vec<Command> = Vec::new();
    for command in commands {
        if !found.contains(&command) {
            found.push(command);
        }
    }
    found
}

/// Returns the command that shows the record at a line of a file: `show graph.ron:195`.
pub(super) fn at_place(graph: &Graph, line: &Line) -> Option<Command> {
    let ("show" | "brief", [word]) = (line.command.as_deref().unwrap_or("show"), &line.words[..])
    else {
        return None;
    };
    let mut parts = word.trim_end_matches(':').split(':');
    // `graph.ron:33:5`, as findings print it.
    let (file, number) = (parts.next()?, parts.next()?);
    let file = file.strip_prefix("./").unwrap_or(file);
    let number: usize = number.parse().ok()?;
    let is_there = |place: Place| {
        place.file.of(&graph.texts).is_some_and(|text| {
            let is_named = text.name == file || text.name.ends_with(&format!("/{file}"));
            let line = |at: u32| line_of(text.text.as_bytes(), at as usize);
            is_named && (line(place.span.start)..=line(place.span.end)).contains(&number)
        })
    };
    let words = |words: &[&str]| {
        let words = words.iter().map(|word| (*word).to_owned());
        Some(line.with(words.collect()))
    };
    let of = |actors: &[ActorId]| -> Vec<String> {
        let ids = actors.iter().map(|actor| graph.id(Entity::Actor(*actor)));
        each("--actor", ids.map(str::to_owned))
    };
    let listed = |section: &str, of: Vec<String>| {
        let start = ["list", section].map(str::to_owned);
        Some(line.with(start.into_iter().chain(of).collect()))
    };
    if let Some(stance) = graph.stances.iter().find(|stance| is_there(stance.place)) {
        let issue = graph.id(Entity::Issue(stance.issue));
        return match stance.actors.as_slice() {
            [actor] => {
                let actor = graph.id(Entity::Actor(*actor));
                words(&["positions", actor, "--issue", issue, "--all"])
            }
            several => {
                let issue = each("--issue", [issue.to_owned()]);
                listed("stances", [of(several), issue].concat())
            }
        };
    }
    if let Some(tie) = graph.ties.iter().find(|tie| is_there(tie.place)) {
        return listed("ties", of(&[tie.from, tie.to]));
    }
    let mut entities = graph.entities();
    let record = entities.find(|record| is_there(graph.place(*record)))?;
    words(&["show", graph.id(record)])
}

/// Says which words after a command nobody is called by, where it takes fewer names.
pub(super) fn unknown(graph: &Graph, line: &Line) -> Option<Failure> {
    let command = line.command.as_deref()?;
    // Of names that it takes, the command itself says which is unknown.
    let takes_all = line.clone().into_command()?.is_right();
    if line.words.is_empty() || !takes_names(&line.command) || takes_all {
        return None;
    }
    let is_strange = |word: &&String| cuts(graph, command, slice::from_ref(word)).is_empty();
    let strange: Vec<&String> = line.words.iter().filter(is_strange).collect();
    let name = match (command, &strange[..]) {
        (_, [one]) => (*one).clone(),
        ("show" | "brief" | "history" | "positions" | "forecast", _) => line.words.join(" "),
        _ => return None,
    };
    let not_called = |name: &str| Failure::new(format!("nothing is called `{name}`"));
    if command == "list"
        && let Some(meant) = any_meant(&name, sections().iter().map(String::as_str))
    {
        return Some(not_called(&name).help(meant));
    }
    let near = |name: &str| match query::lookup(graph, Kind::Any, name) {
        Err(NameError::Unknown(near)) => Some(near),
        _ => None,
    };
    // A name of several words resembles one more than one of its words does.
    let whole = line.words.join(" ");
    let near_whole = near(&whole).filter(|near| near.len() == 1);
    let (name, near) = match near_whole {
        Some(near) => (whole, near),
        None => (name.clone(), near(&name)?),
    };
    let near: Vec<&str> = near.iter().map(|record| graph.id(*record)).collect();
    Some(match near.is_empty() {
        true => not_called(&name).help(format!(
            "`demarche list` shows what there is; `demarche find '{name}'` also searches texts"
        )),
        false => not_called(&name).help(format!("did you mean {}?", either(near.iter()))),
    })
}

/// Lists what `list` lists.
fn sections() -> Vec<String> {
    let all = query::List::value_variants().iter();
    let all = all.filter_map(query::List::to_possible_value);
    all.map(|section| section.get_name().to_owned()).collect()
}

/// Explains `add letter`: it is a kind of meeting.
pub(super) fn record_of_kind(line: &Line) -> Option<Failure> {
    let word = line.words.first()?.to_lowercase();
    let of_kind = |record: RecordKind| {
        let kinds = record.field("kind")?.words()?;
        Some((record.noun(), kinds.find(&word)?))
    };
    let records = [RecordKind::Meeting, RecordKind::Actor, RecordKind::Tie];
    let (noun, kind) = records
        .into_iter()
        .find_map(of_kind)
        .filter(|_| line.command.as_deref() == Some("add"))?;
    let failure = Failure::new(format!(
        "no record is called `{word}`: it is a kind of {noun}"
    ));
    Some(failure.help(format!(
        "`demarche add {noun} --kind {kind}`, with the other fields"
    )))
}

/// Asks for the year of a month that stands alone.
pub(super) fn month(line: &Line) -> Option<Failure> {
    let is_month = |word: &&String| {
        !LINKS.contains(&word.to_lowercase().as_str())
            && word.chars().all(char::is_alphabetic)
            && Date::readings(word).is_empty()
            && !Date::readings(&format!("{word} 2000")).is_empty()
    };
    let at = line.words.iter().position(|word| is_month(&word))?;
    let month = &line.words[at];
    // With its year, it is something else that is not understood.
    let year = line.words.get(at + 1);
    if year.is_some_and(|year| !Date::readings(&format!("{month} {year}")).is_empty()) {
        return None;
    }
    let failure = Failure::new(format!("`{month}` is a month, of which year?"));
    Some(failure.help("write the year, too: `2023-06` or `june 2023`"))
}

/// Returns what `list` with other words than sections means: the actors of a kind, or a record.
fn listed(graph: &Graph, line: &Line) -> Vec<Command> {
    let word = line.words[0].to_lowercase();
    let plural = match word.as_str() {
        "statement" | "statements" => "stances".to_owned(),
        word => format!("{}s", word.trim_end_matches('s')),
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let section = RecordKind::of_section(&plural);
    if line.words.len() == 1 && section.is_some() {
        return vec![line.with(words(&["list", &plural]))];
    }
    if let Some(kind) = section.filter(|kind| *kind != RecordKind::Meeting) {
        return of_section(graph, line, (kind, &plural));
    }
    // `list planned meetings` asks for some of a section.
    let is_section = |word: &&String| word.to_lowercase() == "meetings";
    if line.words.iter().any(|word| is_section(&word)) {
        let rest = line.words.iter().filter(|word| !is_section(word)).cloned();
        let meetings = Line {
            command: Some("meetings".to_owned()),
            words: rest.collect(),
            ..line.clone()
        };
        return commands(graph, &meetings);
    }
    if let Some(Item::Flag(flag, value)) = flag_of("list", &word).filter(|_| line.words.len() == 1)
    {
        let actors: &[&str] = match flag {
            "--kind" => &["actors"],
            _ => &[],
        };
        return vec![line.with(words(&[&["list"], actors, &[flag, &value]].concat()))];
    }
    if let Some(Item::Flag(flag, kind)) =
        flag_of("meetings", &word).filter(|_| line.words.len() == 1)
    {
        return vec![line.with(words(&["meetings", flag, &kind]))];
    }
    if let Some(ours) = synonym(&word).filter(|ours| line.words.len() == 1 && ours[0] != "list") {
        return vec![line.with(words(ours))];
    }
    // `list positions of china` names a question.
    if questions().contains(&word) {
        let question = Line {
            words: line.words[1..].to_vec(),
            command: Some(word.clone()),
            ..line.clone()
        };
        return match question.words.is_empty() {
            true => vec![line.with(vec![word])],
            false => commands(graph, &question),
        };
    }
    let shown = Line {
        command: Some("show".to_owned()),
        ..line.clone()
    };
    commands(graph, &shown)
}
