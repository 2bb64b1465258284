//! Questions and pictures with flags, which are asked of the program: each of some graphs, in each format in turn.

use std::path::Path;

use demarche::model::Day;

use crate::formats::{FORMATS, dot, is_nothing_to_draw, page_data, text, xml};
use crate::random::{SECTIONS, Written};

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

/// The graph that is asked, and as of which day.
pub(super) struct Subject<'s> {
    pub(super) file: &'s Path,
    pub(super) written: &'s Written,
    pub(super) day: Day,
}

/// What was asked, and what is wrong with the answer.
type Tested = (String, Result<(), String>);

/// Those of some lines whose turn it is, each with its number.
fn in_turn<'l>(lines: &'l [&'l str], seed: u64) -> impl Iterator<Item = (u64, &'l str)> {
    (0..)
        .zip(lines.iter().copied())
        .filter(move |(nth, _)| (nth + seed).is_multiple_of(FLAGS))
}

/// Tests the questions whose turn it is.
pub(super) fn questions<'s>(
    seed: u64,
    subject: &'s Subject<'s>,
) -> impl Iterator<Item = Tested> + 's {
    in_turn(&WITH_FLAGS, seed).filter_map(move |(nth, words)| {
        let turn = (nth / FLAGS + seed / FLAGS) as usize;
        let (format, is_right) = FORMATS[turn % FORMATS.len()];
        let more = match words.ends_with("--as-known") {
            // What is known is asked of each of two days already.
            true => "",
            false => EVERYWHERE[(turn + nth as usize) % EVERYWHERE.len()],
        };
        // What is only counted has no statements to show.
        let more = match words {
            "list" | "list actors" | "list issues" | "list sources" => more.replace("--why", ""),
            _ => more.to_owned(),
        };
        let day = match words.starts_with("diff") {
            true => String::new(),
            false => format!("--as-of {}", subject.day),
        };
        let line = filled(
            &format!("{words} {more} {day} --format {format}"),
            subject.written,
        )?;
        let found = asked(subject.file, &line).and_then(|told| is_right(&told));
        Some((line, found))
    })
}

/// Tests the pictures whose turn it is.
pub(super) fn pictures<'s>(
    seed: u64,
    subject: &'s Subject<'s>,
    with_dot: bool,
) -> impl Iterator<Item = Tested> + 's {
    in_turn(&DRAWN, seed).filter_map(move |(_, words)| {
        let format = words
            .split_once("--format ")
            .map(|(_, rest)| rest.split(' ').next());
        let is_right = match format.flatten() {
            Some("svg") => xml,
            Some("html") => page_data,
            Some("dot") if with_dot => dot,
            _ => text,
        };
        let line = format!("draw {words} --as-of {}", subject.day);
        let line = filled(&line, subject.written)?;
        let found = match asked(subject.file, &line) {
            Err(error) if error.lines().any(is_nothing_to_draw) => Ok(()),
            drawn => drawn.and_then(|drawn| is_right(&drawn)),
        };
        Some((line, found))
    })
}

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
