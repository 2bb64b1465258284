//! Every question in every format, on the same random graphs: JSON parses, CSV has the same columns in all rows, Graphviz reads
//! the DOT, SVG is well-formed, the page's data parse.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::ask::Library;
use crate::random::{Draft, SECTIONS, Written, days};
use crate::rules::Asked;

const QUESTIONS: [&[&str]; 24] = [
    &["list"],
    &["list", "actors"],
    &["list", "stances"],
    &["list", "ties"],
    &["show", "n0"],
    &["show", "i0"],
    &["show", "m0"],
    &["show", "s0"],
    &["positions", "--all"],
    &["meetings"],
    &["path", "n0", "n1", "--through", "all"],
    &["compare", "n0", "n1"],
    &["balance"],
    &["balance", "--signs", "both"],
    &["brokers", "--through", "all"],
    &["forecast", "i0"],
    &["history", "n0"],
    &["timeline"],
    &["evidence"],
    &["matrix"],
    &["matrix", "issues"],
    &["camps"],
    &["camps", "i0"],
    &["common", "n0", "n1"],
];

/// Questions with flags, which are asked of the program, each of some graphs. `%a`, `%b` and `%c` stand for actors, `%i` and `%j`
/// for issues, `%m`, `%s` and `%f` for a meeting, a source and a fact.
const WITH_FLAGS: [&str; 66] = [
    "list issues",
    "list meetings",
    "list sources",
    "list facts",
    "show %f",
    "show %c",
    "show %j",
    "show %m",
    "positions %a",
    "positions --issue %i --position for",
    "positions --issue %j --position contested --all",
    "positions --position unknown",
    "positions --position strongly-supports --source %s",
    "positions --toward %b",
    "positions --since 2023-06 --until 2023-12-31",
    "meetings %a",
    "meetings %a %b --topic %i",
    "meetings --status held --since 2023-06",
    "meetings --status unknown --status planned --until 2024",
    "path %a %b",
    "path %a %b --through issues --count 10",
    "path %a %c --through ties",
    "compare %a %b %c",
    "balance --signs positions",
    "balance --signs both --top 1",
    "balance --cell %a,%b",
    "balance --signs both --cell %a,%b",
    "brokers",
    "brokers --through issues --by camp",
    "brokers --through ties --top 1",
    "brokers --cell %a,%b",
    "brokers --through all --between %a %b",
    "brokers --through all --sample 2",
    "forecast %i %j",
    "forecast %i --rule median --rule compromise",
    "forecast %i --cell %a,%i",
    "history %a %i",
    "history %i",
    "history %c",
    "timeline %a",
    "timeline %a %i --since 2023-06",
    "timeline %m",
    "evidence --source %s",
    "evidence --exclude-source %s",
    "evidence --old 30",
    "matrix --measure conflict",
    "matrix --measure subtract --normalise average --all",
    "matrix --measure ignore --normalise jaccard --duplicates source",
    "matrix --measure congruence --normalise product --duplicates month",
    "matrix --measure identical --min-shared 2",
    "matrix --cell %a,%b",
    "matrix issues --measure combine",
    "matrix issues --cell %a,%i",
    "camps --measure subtract --all",
    "camps --cell %a,%b",
    "camps %i --cell %a,%b",
    "camps %i %j --top 1",
    "common",
    "common %a %b %c",
    "common %a %b %c --cell %a,%b",
    "find name",
    "find rained",
    "find 2023",
    "diff --from 2023-02-01 --to 2024-02-01",
    "diff --from 2023-02-01 --to 2024-02-01 --as-known",
    "list ties",
];

/// What is said to any question.
const EVERYWHERE: [&str; 7] = [
    "",
    "--own",
    "--why",
    "--min-sources 2",
    "--min-grade C",
    "--known-by 2023-09-01",
    "--exclude-source %s --why",
];

/// Pictures with flags, of which each is drawn of some graphs.
const DRAWN: [&str; 22] = [
    "--format dot",
    "--format mermaid",
    "--format html",
    "--focus %a --format svg",
    "--focus %i --depth 2 --format dot",
    "--issue %i --format svg --theme dark",
    "--actor %a --actor %b --format html",
    "--since 2023-06 --until 2023-12-31 --format svg",
    "--until 2023-12-31 --format html",
    "--top 2 --format dot",
    "--view network --format svg",
    "--view network --format html",
    "--view network --focus %a --format dot",
    "--view matrix --format svg --top 2",
    "--view matrix --issue %i --format text",
    "--view agreement --format svg",
    "--view agreement --actor %a --actor %b --format text",
    "--view spectrum --issue %i --format svg",
    "--view spectrum --format text",
    "--view timeline --format svg",
    "--view timeline --since 2023-06 --format svg",
    "--view timeline --actor %a --format text",
];

/// Of questions and pictures with flags, each is asked of one in so many graphs.
const FLAGS: u64 = 10;

const VIEWS: [&str; 6] = [
    "map",
    "network",
    "matrix",
    "agreement",
    "spectrum",
    "timeline",
];

/// Every so many graphs the pictures are tried, of which each is a start of the program.
const PICTURES: u64 = 10;

/// What is wrong with the answers about one graph.
pub(crate) fn broken(seed: u64, folder: &Path, with_dot: bool) -> Vec<String> {
    let written = Draft::of(seed);
    let file = folder.join("graph.ron");
    std::fs::write(&file, written.text()).unwrap();
    let day = days(seed)[1];
    let graph = Library::of(&file, &Asked::as_of(i64::from(day.0)));
    let draw = |words: &[&str], format: &str| crate::ask::run(&file, &graph.command(words, format));
    let mut wrong = Vec::new();
    let mut test = |what: String, found: Result<(), String>| {
        if let Err(error) = found {
            wrong.push(format!("seed {seed}, as of {day}, {what}: {error}"));
        }
    };
    for question in QUESTIONS {
        for (format, is_right) in FORMATS {
            let found = graph
                .answer(question, format)
                .and_then(|answer| is_right(&answer));
            test(format!("{} --format {format}", question.join(" ")), found);
        }
    }
    for (nth, words) in (0..)
        .zip(WITH_FLAGS)
        .filter(|(nth, _)| (nth + seed) % FLAGS == 0)
    {
        let turn = (nth / FLAGS + seed / FLAGS) as usize;
        let (format, is_right) = FORMATS[turn % FORMATS.len()];
        let more = EVERYWHERE[(turn + nth as usize) % EVERYWHERE.len()];
        let day = match words.starts_with("diff") {
            true => String::new(),
            false => format!("--as-of {day}"),
        };
        // What is known is known of each of two days, too.
        let more = if words.ends_with("--as-known") {
            ""
        } else {
            more
        };
        let line = format!("{words} {more} {day} --format {format}");
        if let Some(line) = filled(&line, &written) {
            test(
                line.clone(),
                asked(&file, &line).and_then(|told| is_right(&told)),
            );
        }
    }
    for (_, words) in (0..)
        .zip(DRAWN)
        .filter(|(nth, _)| (nth + seed) % FLAGS == 0)
    {
        let is_right = match words
            .split_once("--format ")
            .map(|(_, format)| &format[..3])
        {
            Some("svg") => xml,
            Some("htm") => page_data,
            Some("dot") if with_dot => dot,
            _ => text,
        };
        let line = format!("draw {words} --as-of {day}");
        let Some(line) = filled(&line, &written) else {
            continue;
        };
        let found = match asked(&file, &line) {
            Err(error) if error.lines().any(is_nothing_to_draw) => Ok(()),
            drawn => drawn.and_then(|drawn| is_right(&drawn)),
        };
        test(line, found);
    }
    if !seed.is_multiple_of(PICTURES) {
        return wrong;
    }
    for view in VIEWS {
        let found = match draw(&["draw", "--view", view], "svg") {
            // There is nothing to draw, which is said and no drawing.
            Err(error) if error.lines().any(is_nothing_to_draw) => Ok(()),
            drawn => drawn.and_then(|svg| xml(&svg)),
        };
        test(format!("draw --view {view} --format svg"), found);
    }
    test(
        "draw --format html".to_owned(),
        draw(&["draw"], "html").and_then(|page| page_data(&page)),
    );
    if with_dot {
        for view in ["map", "network"] {
            let found = draw(&["draw", "--view", view], "dot").and_then(|text| dot(&text));
            test(format!("draw --view {view} --format dot"), found);
        }
    }
    wrong
}

/// The formats of an answer, and what each has to be.
type IsRight = fn(&str) -> Result<(), String>;
const FORMATS: [(&str, IsRight); 4] = [("json", json), ("csv", csv), ("md", text), ("text", text)];

/// The line with ids of the graph; none where it has no such record.
fn filled(line: &str, written: &Written) -> Option<String> {
    let section = |name: &str| SECTIONS.iter().position(|(section, ..)| *section == name);
    let ids = |name: &str| -> Vec<String> {
        let records = section(name).map(|nth| &written.sections[nth]);
        let ids = records.into_iter().flatten();
        ids.filter_map(|record| Some(record.split('"').nth(1)?.to_owned()))
            .collect()
    };
    let (actors, issues) = (ids("actors"), ids("issues"));
    let meant = [
        ("%a", actors.first()),
        ("%b", actors.get(1)),
        ("%c", actors.last()),
        ("%i", issues.first()),
        ("%j", issues.last()),
        ("%m", ids("meetings").last()),
        ("%s", ids("sources").first()),
        ("%f", ids("facts").first()),
    ]
    .map(|(stands, id)| (stands, id.cloned()));
    meant
        .into_iter()
        .try_fold(line.to_owned(), |line, (stands, id)| {
            Some(match line.contains(stands) {
                true => line.replace(stands, &id?),
                false => line,
            })
        })
}

/// What the program prints.
fn asked(file: &Path, line: &str) -> Result<String, String> {
    let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    crate::ask::run(file, &words)
}

fn is_nothing_to_draw(line: &str) -> bool {
    [
        "error: there is no ",
        "error: no ",
        "error: nothing is left to draw",
    ]
    .iter()
    .any(|beginning| line.starts_with(beginning))
}

fn text(answer: &str) -> Result<(), String> {
    if answer.trim().is_empty() {
        Err("says nothing".to_owned())
    } else {
        Ok(())
    }
}

fn json(answer: &str) -> Result<(), String> {
    let answer: Value = serde_json::from_str(answer).map_err(|error| error.to_string())?;
    if answer["title"].is_string() {
        Ok(())
    } else {
        Err("has no title".to_owned())
    }
}

/// Tables follow one another; in each all rows have the same columns.
fn csv(answer: &str) -> Result<(), String> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(answer.as_bytes());
    let mut columns = None;
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        // A table begins with the names of its columns, of which the first is `section`.
        if &record[0] == "section" {
            columns = None;
        }
        let expected = *columns.get_or_insert(record.len());
        if record.len() != expected {
            return Err(format!(
                "{expected} columns, but {} in {record:?}",
                record.len()
            ));
        }
    }
    Ok(())
}

fn page_data(page: &str) -> Result<(), String> {
    let mut found = 0;
    for part in page.split("<script type=\"application/json\"").skip(1) {
        let data = part
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once("</script>"));
        let (data, _) = data.ok_or("its data do not end")?;
        serde_json::from_str::<Value>(data).map_err(|error| error.to_string())?;
        found += 1;
    }
    if found > 0 {
        Ok(())
    } else {
        Err("has no data".to_owned())
    }
}

/// Whether Graphviz is installed.
pub(crate) fn has_dot() -> bool {
    Command::new("dot")
        .arg("-V")
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn dot(text: &str) -> Result<(), String> {
    let mut child = Command::new("dot")
        .arg("-Tcanon")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin
            .write_all(text.as_bytes())
            .map_err(|error| error.to_string())?;
    }
    let done = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let complaints = String::from_utf8_lossy(&done.stderr);
    if done.status.success() && complaints.is_empty() {
        Ok(())
    } else {
        Err(complaints.into_owned())
    }
}

fn xml(text: &str) -> Result<(), String> {
    let read = roxmltree::Document::parse(text);
    read.map(drop).map_err(|error| error.to_string())
}
