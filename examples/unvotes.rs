//! How often each country voted as the United States did in the UN General Assembly, session by session: the *identical
//! share* over `unvotes` (Voeten's roll calls, 1946 to 2015), which is a folder of CSV files.
//!
//!     cargo run --release --example unvotes -- FOLDER [COUNTRY]
//!
//! The votes are written once as RON into the temporary folder, one actor a country, one issue a roll call; from then on
//! that is read. Which session a roll call belongs to is in its tags: a session is not a calendar year.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs, io};

use demarche::Graph;
use demarche::graph::{Lens, Verdict};
use demarche::measure::agreement::{Measure, Normalise, Tally, pairs};
use demarche::model::Day;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let named = arguments
        .next()
        .or_else(|| Some(format!("{}/unvotes", env::var("DEMARCHE_DATA").ok()?)));
    let Some(folder) = named.map(PathBuf::from) else {
        eprintln!("skipped: no folder of votes is named");
        return Ok(());
    };
    let reference = arguments
        .next()
        .unwrap_or_else(|| "United States of America".to_owned());
    let ron = env::temp_dir().join("demarche-unvotes.ron");
    if !ron.exists() {
        eprintln!("writing {}", ron.display());
        fs::write(&ron, converted(&folder, |_| true)?)?;
    }
    let started = Instant::now();
    let graph = Graph::open(&ron)?;
    if let Some(fault) = graph.faults().first() {
        let faults = graph.faults().len();
        eprintln!("{faults} mistakes, such as: {}", fault.message);
    }
    let sessions = session_of(&folder)?;
    print!("{}", table(&graph, &sessions, &reference)?);
    eprintln!(
        "{} votes, read and compared in {:.2} s",
        graph.stances().len(),
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// The share of identical votes with one country, a line for each country and session.
pub(crate) fn table(
    graph: &Graph,
    sessions: &HashMap<String, u32>,
    reference: &str,
) -> Result<String, Box<dyn Error>> {
    let actors: Vec<&str> = graph
        .actors()
        .map(|(_, actor)| actor.name.as_ref())
        .collect();
    let reference = actors
        .iter()
        .position(|name| *name == reference)
        .ok_or("no such country")?;
    let mut said: BTreeMap<u32, Vec<(u32, u32, f64)>> = BTreeMap::new();
    let census = graph.census(Lens::as_of(Day::LAST), |_, _| true);
    for cell in census.cells() {
        let Verdict::Stands(position) = cell.verdict else {
            continue;
        };
        let id = graph[cell.issue].id.as_ref();
        if let (Some(score), Some(session)) = (graph.score(cell.issue, position), sessions.get(id))
        {
            said.entry(*session).or_default().push((
                cell.actor.index() as u32,
                cell.issue.index() as u32,
                score,
            ));
        }
    }
    let mut out = String::from("session,country,identical,both_voted\n");
    for (session, said) in said {
        let identical = pairs(
            Tally::new(actors.len(), graph.issues().len(), said),
            Measure::Identical,
            Normalise::None,
        );
        for (other, name) in actors
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != reference)
        {
            let shared = identical.shared(reference, other);
            if shared > 0 {
                writeln!(
                    out,
                    "{session},{:?},{},{shared}",
                    name,
                    identical.value(reference, other)
                )?;
            }
        }
    }
    Ok(out)
}

pub(crate) fn rows(path: &Path) -> Result<csv::Reader<Box<dyn io::Read>>, Box<dyn Error>> {
    let file: Box<dyn io::Read> = match path.extension().is_some_and(|extension| extension == "gz")
    {
        // Unpacked by the program that every system has.
        true => {
            let unpacked = std::process::Command::new("gzip")
                .arg("-dc")
                .arg(path)
                .output()?;
            Box::new(io::Cursor::new(unpacked.stdout))
        }
        false => Box::new(fs::File::open(path)?),
    };
    Ok(csv::Reader::from_reader(file))
}

/// The session of each roll call, by the id of its issue.
pub(crate) fn session_of(folder: &Path) -> Result<HashMap<String, u32>, Box<dyn Error>> {
    let mut sessions = HashMap::new();
    for row in rows(&folder.join("2017_roll_calls.csv"))?.records() {
        let row = row?;
        sessions.insert(format!("rc{}", &row[0]), row[1].parse()?);
    }
    Ok(sessions)
}

/// The votes of the sessions that are wanted, as a graph in RON.
pub(crate) fn converted(
    folder: &Path,
    is_wanted: impl Fn(u32) -> bool,
) -> Result<String, Box<dyn Error>> {
    let mut out = String::from(
        "Graph(\n    title: \"Roll calls of the UN General Assembly\",\n    actors: {\n",
    );
    for row in rows(&folder.join("2017_countries.csv"))?.records() {
        let row = row?;
        writeln!(
            out,
            "        \"c{}\": (name: {:?}, kind: State),",
            &row[0], &row[1]
        )?;
    }
    out.push_str("    },\n    issues: {\n");
    let mut dates = HashMap::new();
    for row in rows(&folder.join("2017_roll_calls.csv"))?.records() {
        let row = row?;
        if !is_wanted(row[1].parse()?) {
            continue;
        }
        // Some have no description.
        let name = match &row[4] {
            "" => format!("Roll call {}", &row[0]),
            described => described.to_owned(),
        };
        writeln!(
            out,
            "        \"rc{}\": (name: {name:?}, question: \"Adopt it?\", levels: 3, tags: [\"session {}\"]),",
            &row[0], &row[1]
        )?;
        dates.insert(row[0].to_owned(), row[3].to_owned());
    }
    out.push_str("    },\n    stances: [\n");
    for row in rows(&folder.join("2017_votes.csv.gz"))?.records() {
        let row = row?;
        let position = match &row[2] {
            "yes" => "Supports",
            "no" => "Opposes",
            _ => "Neutral",
        };
        let Some(date) = dates.get(&row[0]) else {
            continue;
        };
        writeln!(
            out,
            "        (actor: \"c{}\", issue: \"rc{}\", position: {position}, date: \"{date}\"),",
            &row[1], &row[0]
        )?;
    }
    out.push_str("    ],\n)\n");
    Ok(out)
}
