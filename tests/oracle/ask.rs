//! Questions in the words of the command line. The library answers them in this process, many times as fast as the program can be
//! started; what the program itself makes of the words is held against that on a few graphs ([`is_what_the_program_says`]).

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::check::quotes;
use demarche::disk;
use demarche::graph::{
    ActorId, Entity, Graph, IssueId, Lens, Offers, Over, Restriction, Selection, SourceId,
    Withdrawn, Words,
};
use demarche::measure::agreement::{Measure, Normalise};
use demarche::measure::forecast::Rule;
use demarche::model::{Date, Day, Period};
use demarche::picture::{self, Drawing, Format, View as Picture};
use demarche::query::{
    self, Answer, BalanceQuestion, BrokerQuestion, CampsQuestion, Counting, Detail, Difference,
    Excerpt, History, HistoryOf, Kind, List, MatrixQuestion, MeetingFilter, Mode, Noted,
    PathQuestion, PositionFilter, Signs, Through, TimelineFilter, TwoMode, Version, View,
};
use demarche::render::{self, Paint, Shape, Why};

use crate::rules::Asked;

/// A graph on disk, asked one question in many ways.
pub(crate) struct Library {
    pub(crate) file: PathBuf,
    pub(crate) asked: Asked,
    graph: Graph,
    /// What remains of the graph, by what becomes of ties that are over.
    views: [OnceCell<View>; 3],
    /// The same where what was withdrawn is told.
    grounds: OnceCell<View>,
}

/// A day as the program has it.
pub(crate) fn day(day: i64) -> Day {
    Day(day as i32)
}

impl Library {
    pub(crate) fn of(file: &Path, asked: &Asked) -> Library {
        let (graph, _) = disk::read(&[file]).unwrap_or_else(|error| panic!("{error}"));
        Library {
            file: file.to_owned(),
            asked: asked.clone(),
            graph,
            views: Default::default(),
            grounds: OnceCell::new(),
        }
    }

    /// T3: `list`, `show` and `timeline` tell what is later as later.
    fn view(&self, over: Over) -> &View {
        self.views[over as usize].get_or_init(|| {
            let day = (over != Over::Kept).then(|| day(self.asked.day));
            let mut view = self.as_of(day, over);
            view.graph.tell_later(view.lens.day);
            view
        })
    }

    /// What `evidence` looks at.
    fn grounds(&self) -> &View {
        self.grounds.get_or_init(|| {
            let mut view =
                self.as_of_with(Some(day(self.asked.day)), Over::LeftOut, Withdrawn::Shown);
            view.graph.tell_later(view.lens.day);
            view
        })
    }

    fn as_of(&self, until: Option<Day>, over: Over) -> View {
        self.as_of_with(until, over, Withdrawn::LeftOut)
    }

    fn as_of_with(&self, until: Option<Day>, over: Over, withdrawn: Withdrawn) -> View {
        let asked = &self.asked;
        let lens = Lens {
            day: until.unwrap_or(day(asked.day)),
            words: match asked.own {
                true => Words::Own,
                false => Words::OwnAndSpeakers,
            },
            min_sources: asked.min_sources,
            offers: match asked.offers {
                true => Offers::InPlace,
                false => Offers::Beside,
            },
        };
        let restriction = Restriction {
            day: until,
            selection: selection(&self.graph, asked),
            over,
            withdrawn,
            known_by: asked.known_by.map(day),
            without: asked.without.iter().map(|id| self.source(id)).collect(),
            min_grade: asked.min_grade,
            min_sources: asked.min_sources,
        };
        View::of(self.graph.clone(), lens, restriction)
    }

    fn source(&self, id: &str) -> SourceId {
        match query::lookup(&self.graph, Kind::Source, id).map(|named| named.entity()) {
            Ok(Entity::Source(source)) => source,
            _ => panic!("no source is called `{id}`"),
        }
    }

    /// The answer as JSON, CSV, Markdown, text, DOT, SVG or a page.
    pub(crate) fn answer(&self, words: &[&str], format: &str) -> Result<String, String> {
        match words {
            ["draw", "--view", view] => self.drawn(view, format),
            ["draw"] => self.drawn("map", format),
            _ => self.with(words, |graph, answer| written(graph, answer, format))?,
        }
    }

    /// All tables of an answer as CSV.
    pub(crate) fn tables(&self, words: &[&str]) -> Result<Vec<String>, String> {
        self.with(words, |graph, answer| {
            let sections = answer.sections();
            let each = sections.iter().flat_map(|section| {
                [Why::Brief, Why::Shown].map(|why| render::csv(graph, section, why, None))
            });
            each.collect()
        })
    }

    /// Makes something of an answer.
    fn with<T>(
        &self,
        words: &[&str],
        made: impl FnOnce(&Graph, &dyn Answer) -> T,
    ) -> Result<T, String> {
        match words {
            ["diff", "--from", from, "--to", to] => {
                let version = |text: &str| {
                    let date: Date = text
                        .parse()
                        .unwrap_or_else(|_| panic!("`{text}` is no day"));
                    Version {
                        name: text.to_owned(),
                        view: self.as_of_with(
                            Some(date.period().to),
                            Over::LeftOut,
                            Withdrawn::Shown,
                        ),
                        mistakes: 0,
                    }
                };
                let Difference { graph, answer } = query::diff(version(from), version(to));
                Ok(made(&graph, &answer))
            }
            _ => {
                let over = match words[0] {
                    "list" | "show" => Over::Shown,
                    "timeline" => Over::Kept,
                    _ => Over::LeftOut,
                };
                let view = match words[0] {
                    "evidence" => self.grounds(),
                    _ => self.view(over),
                };
                let mut answer = answered(view, words)?;
                let (graph, lens) = (&view.graph, view.lens);
                let (restriction, omitted) = (&view.restriction, &view.omitted);
                let shown = query::Shown::of(graph, &*answer);
                let (ties, notes) = (answer.ties(), answer.notes_mut());
                notes.extend(query::missing(graph));
                notes.extend(query::left_open(graph, lens, restriction, omitted, &shown));
                notes.extend(query::left_out(graph, lens, restriction, omitted, ties));
                Ok(made(graph, &*answer))
            }
        }
    }

    /// A picture: C1, it shows no tie that is over, but a page goes back to earlier days.
    fn drawn(&self, view: &str, format: &str) -> Result<String, String> {
        let mut asked = self.as_of(Some(day(self.asked.day)), Over::Kept);
        asked.graph.tell_later(asked.lens.day);
        let (graph, lens) = (&asked.graph, asked.lens);
        let selection = Excerpt {
            depth: 1,
            period: asked.restriction.selection.period,
            limits: query::Limits::of(&asked, &asked.left_out(query::TieUse::Used)),
            ..Excerpt::default()
        };
        let extract = || query::extract(graph, lens, &selection);
        if selection.period.is_some() && extract().is_bare() {
            return Ok(String::new());
        }
        let in_words = |refusal: picture::Refusal| refusal.to_string();
        match (view, format) {
            ("map" | "network", "html" | "svg" | "dot") => {
                let view = match view {
                    "map" => Picture::Map,
                    _ => Picture::Network,
                };
                let format = match format {
                    "html" => Format::Html,
                    "dot" => Format::Dot,
                    _ => Format::Svg,
                };
                let drawing = Drawing {
                    view,
                    selection: selection.clone(),
                    ..Drawing::default()
                };
                let drawn = picture::draw(&asked, &drawing, format);
                let drawn = drawn.map_err(|error| error.to_string())?;
                String::from_utf8(drawn).map_err(|error| error.to_string())
            }
            ("spectrum", "text") => {
                picture::characters(graph, lens, &selection, Picture::Spectrum, None, 80)
                    .map_err(in_words)
            }
            _ => Err(format!("{view} as {format} is not asked of the library")),
        }
    }
}

/// Whom and what is asked about (T4, C1). While a graph is shrunk, it may lose what is named.
fn selection(graph: &Graph, asked: &Asked) -> Selection {
    let select = &asked.select;
    let actor = |id: &String| match graph.entity(id) {
        Some(Entity::Actor(actor)) => Some(actor),
        _ => None,
    };
    let issue = |id: &String| match graph.entity(id) {
        Some(Entity::Issue(issue)) => Some(issue),
        _ => None,
    };
    Selection {
        actors: (!select.actors.is_empty())
            .then(|| select.actors.iter().filter_map(actor).collect()),
        groups: select.groups.iter().filter_map(actor).collect(),
        kinds: select.kinds.clone(),
        issues: (!select.issues.is_empty())
            .then(|| select.issues.iter().filter_map(issue).collect()),
        tags: select.tags.clone(),
        meeting_kinds: select.meeting_kinds.clone(),
        period: asked.period.map(|(since, until)| Period {
            from: day(since),
            to: day(until),
        }),
    }
}

fn written(graph: &Graph, answer: &dyn Answer, format: &str) -> Result<String, String> {
    let shape = Shape {
        width: None,
        limit: None,
        paint: Paint::Plain,
    };
    match format {
        "json" => Ok(render::json(graph, answer)),
        "csv" => {
            let sections = answer.sections();
            let main = query::main_table(&sections).map(|main| &sections[main]);
            Ok(main.map_or(String::new(), |main| {
                render::csv(graph, main, Why::Brief, None)
            }))
        }
        "md" => Ok(render::markdown(graph, answer, Why::Brief, None)),
        "text" => Ok(render::text(graph, answer, Why::Brief, shape)),
        _ => Err(format!("`{format}` is no format of an answer")),
    }
}

/// The answer to a question with what the command line takes where nothing is said.
fn answered(view: &View, words: &[&str]) -> Result<Box<dyn Noted>, String> {
    let (graph, lens) = (&view.graph, view.lens);
    let found = |name: &str| {
        query::lookup(graph, Kind::Any, name)
            .map(|named| named.entity())
            .map_err(|_| format!("no record is called `{name}`"))
    };
    let actor = |name: &str| match found(name)? {
        Entity::Actor(actor) => Ok(actor),
        _ => Err(format!("`{name}` is not an actor")),
    };
    let issue = |name: &str| match found(name)? {
        Entity::Issue(issue) => Ok(issue),
        _ => Err(format!("`{name}` is not an issue")),
    };
    let actors = |names: &[&str]| -> Result<Vec<ActorId>, String> {
        names.iter().map(|name| actor(name)).collect()
    };
    let balanced = |signs: &str, most: Option<usize>| -> Box<dyn Noted> {
        let signs = match signs {
            "positions" => Signs::Positions,
            "both" => Signs::Both,
            _ => Signs::Ties,
        };
        let question = BalanceQuestion {
            signs,
            budget: 2_000_000,
            most,
        };
        Box::new(query::balance(graph, lens, &question))
    };
    let brokered = |through: Through, most: Option<usize>| -> Box<dyn Noted> {
        let question = BrokerQuestion {
            through,
            most,
            ..BrokerQuestion::default()
        };
        Box::new(query::brokers(graph, lens, &question))
    };
    let compared = |of: Mode| -> Box<dyn Noted> {
        let question = MatrixQuestion {
            of,
            counting: Counting::default(),
            least: 1,
            detail: Detail::Value,
        };
        Box::new(query::matrix(graph, lens, &question))
    };
    let camps = |issues: Vec<IssueId>| -> Box<dyn Noted> {
        let question = CampsQuestion {
            issues,
            counting: Counting::default(),
            measure: Measure::Net,
            most: Some(20),
            firmness: Default::default(),
            detail: Detail::Value,
        };
        match question.issues[..] {
            [issue] => Box::new(query::sides(graph, lens, issue)),
            _ => Box::new(query::camps(graph, lens, &question)),
        }
    };
    Ok(match words {
        ["list"] => Box::new(query::overview(graph, lens)),
        ["list", "actors"] => query::list(graph, lens, List::Actors),
        ["list", "issues"] => query::list(graph, lens, List::Issues),
        ["list", "stances"] => query::list(graph, lens, List::Stances),
        ["list", "ties"] => query::list(graph, lens, List::Ties),
        ["show", name] => match query::gone(graph, &view.omitted, &view.restriction, name) {
            Some(gone) => Box::new(gone),
            None => query::show(graph, lens, found(name)?),
        },
        ["positions"] => Box::new(query::positions(graph, lens, &PositionFilter::default())),
        ["positions", "--all"] => {
            let filter = PositionFilter {
                history: History::All,
                ..PositionFilter::default()
            };
            Box::new(query::positions(graph, lens, &filter))
        }
        ["meetings", names @ ..] => {
            let filter = MeetingFilter {
                actors: actors(names)?,
                ..MeetingFilter::default()
            };
            Box::new(query::meetings(graph, lens, &filter))
        }
        ["path", from, to, "--through", "all"] => Box::new(query::path(
            graph,
            lens,
            actor(from)?,
            actor(to)?,
            &PathQuestion {
                through: Through::All,
                fold: false,
                count: 3,
            },
        )),
        ["compare", names @ ..] => Box::new(query::compare(graph, lens, &actors(names)?)),
        ["common", names @ ..] => Box::new(query::common(graph, lens, &actors(names)?)),
        ["balance"] => balanced("ties", Some(20)),
        ["balance", "--signs", signs] => balanced(signs, Some(20)),
        ["balance", "--signs", signs, "--top", "0"] => balanced(signs, None),
        ["brokers", "--through", "all"] => brokered(Through::All, Some(20)),
        ["brokers", "--through", "meetings", "--top", "0"] => brokered(Through::Meetings, None),
        ["forecast", name] => Box::new(query::forecast(graph, lens, &[issue(name)?], &Rule::ALL)),
        ["history", name] => {
            let of = match found(name)? {
                Entity::Actor(actor) => HistoryOf::Actor(actor),
                _ => HistoryOf::Issue(issue(name)?),
            };
            Box::new(query::history(graph, lens, of))
        }
        ["timeline"] => {
            let filter = TimelineFilter {
                period: view.restriction.selection.period,
                ..TimelineFilter::default()
            };
            Box::new(query::timeline(graph, lens, &filter))
        }
        ["evidence"] => Box::new(query::evidence(graph, lens, 365, &quotes(graph))),
        ["matrix"] => compared(Mode::Actors(Measure::Net, Normalise::None)),
        ["matrix", "--measure", measure] => {
            let measure = match *measure {
                "congruence" => Measure::Congruence,
                "conflict" => Measure::Conflict,
                "identical" => Measure::Identical,
                _ => Measure::Net,
            };
            compared(Mode::Actors(measure, Normalise::None))
        }
        ["matrix", "issues", ..] => compared(Mode::Issues(TwoMode::Subtract)),
        ["camps", names @ ..] => camps(
            names
                .iter()
                .map(|name| issue(name))
                .collect::<Result<_, _>>()?,
        ),
        _ => return Err(format!("`{}` is not asked of the library", words.join(" "))),
    })
}

/// Runs the program; what it prints, or what it complains of.
pub(crate) fn run(file: &Path, arguments: &[String]) -> Result<String, String> {
    let own = env!("CARGO_BIN_EXE_demarche");
    let program = std::env::var_os("ORACLE_PROGRAM").unwrap_or(own.into());
    let done = Command::new(program)
        .env_clear()
        .arg("-g")
        .arg(file)
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    if done.status.success() {
        String::from_utf8(done.stdout).map_err(|error| error.to_string())
    } else {
        Err(String::from_utf8_lossy(&done.stderr).into_owned())
    }
}

/// The arguments that ask what is asked, beside the words of the question.
pub(crate) fn arguments(asked: &Asked) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut add = |name: &str, value: String| arguments.extend([name.to_owned(), value]);
    if !asked.day_in_file {
        add("--as-of", day(asked.day).to_string());
    }
    if let Some((since, until)) = asked.period {
        add("--since", day(since).to_string());
        add("--until", day(until).to_string());
    }
    if let Some(known_by) = asked.known_by {
        add("--known-by", day(known_by).to_string());
    }
    if let Some(grade) = asked.min_grade {
        add("--min-grade", grade.to_string());
    }
    if asked.min_sources > 0 {
        add("--min-sources", asked.min_sources.to_string());
    }
    for source in &asked.without {
        add("--exclude-source", source.clone());
    }
    let select = &asked.select;
    let kinds = select.kinds.iter().map(|kind| kind.word().to_owned());
    let meeting_kinds = select.meeting_kinds.iter();
    let meeting_kinds = meeting_kinds.map(|kind| kind.word().to_owned());
    for (flag, values) in [
        ("--actor", select.actors.clone()),
        ("--group", select.groups.clone()),
        ("--kind", kinds.collect()),
        ("--issue", select.issues.clone()),
        ("--tag", select.tags.clone()),
        ("--meeting-kind", meeting_kinds.collect()),
    ] {
        for value in values {
            add(flag, value);
        }
    }
    if asked.own {
        arguments.push("--own".to_owned());
    }
    if asked.offers {
        arguments.push("--offers".to_owned());
    }
    arguments
}

impl Library {
    /// The whole command line of a question.
    pub(crate) fn command(&self, words: &[&str], format: &str) -> Vec<String> {
        let mut command: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        command.extend(["--format".to_owned(), format.to_owned()]);
        if words[0] != "diff" {
            command.extend(arguments(&self.asked));
        }
        command
    }

    /// Where the program answers otherwise than the library: flags and defaults are read as they are here.
    pub(crate) fn is_what_the_program_says(
        &self,
        words: &[&str],
        format: &str,
    ) -> Result<(), String> {
        let command = self.command(words, format);
        let (here, there) = (self.answer(words, format), run(&self.file, &command));
        let differing = match (&here, &there) {
            (Ok(here), Ok(there)) => here.lines().zip(there.lines()).find(|(a, b)| a != b),
            (Err(_), Err(_)) => return Ok(()),
            // The command line refuses a flag that could change nothing.
            (Ok(_), Err(said)) if said.contains("has no effect here") => return Ok(()),
            // The command line refuses to draw boxes with nothing between them for a period.
            (Ok(_), Err(said)) if said.contains("nothing is left to draw") => return Ok(()),
            _ => None,
        };
        match differing {
            None if here == there => Ok(()),
            Some((here, there)) => Err(format!(
                "demarche {}\n  the library: {here}\n  the program: {there}",
                command.join(" ")
            )),
            None => Err(format!(
                "demarche {}\n  the library: {here:?}\n  the program: {there:?}",
                command.join(" ")
            )),
        }
    }
}
