//! How well do rules of forecasting do? The DEU data (Arregui and Perarnaud 2021, doi 10.34810/data53) record, for contested
//! issues of 20 years of European law-making, where each government, the Commission and the Parliament stood, how much they
//! cared, and what came of it. They are written as a graph in RON, read back, and every rule is held against the outcome.
//!
//! The data are looked for in the folder that is named, or else in `deu3` of that which `DEMARCHE_DATA` names.

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use demarche::Graph;
use demarche::graph::Lens;
use demarche::measure::forecast::{Rule, forecast};
use demarche::model::Day;
use demarche::query::View;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .or_else(|| Some(format!("{}/deu3", std::env::var("DEMARCHE_DATA").ok()?)));
    let Some(folder) = folder else {
        println!("skipped: no folder of data is named");
        return Ok(());
    };
    let (text, left_out) = ron(Path::new(&folder))?;
    let graph = Graph::read("deu.ron", &text)?;
    println!(
        "{} issues, {} stances, {} mistakes in {} kB of RON",
        graph.issues().len(),
        graph.stances().len(),
        graph.faults().len(),
        text.len() / 1000
    );
    println!("{left_out} dates make no sense and are left out");
    for (rule, (error, count)) in errors(graph) {
        println!(
            "{:<10}  mean absolute error {error:.3} over {count} issues",
            format!("{rule:?}")
        );
    }
    Ok(())
}

/// The mean absolute error of each rule against the recorded outcomes, and over how many issues.
pub(crate) fn errors(graph: Graph) -> BTreeMap<Rule, (f64, usize)> {
    let view = View::whole(graph, Lens::as_of(Day::of(2022, 1, 1)));
    let mut off: BTreeMap<Rule, Vec<f64>> = BTreeMap::new();
    for (id, issue) in view.graph.issues() {
        let Some(outcome) = view.graph.written_issue(issue.place).outcome else {
            continue;
        };
        let stakes = view.stakes(id);
        for rule in Rule::ALL {
            off.entry(rule)
                .or_default()
                .extend(forecast(rule, &stakes).map(|value| (value - outcome).abs()));
        }
    }
    off.into_iter()
        .map(|(rule, off)| {
            (
                rule,
                (off.iter().sum::<f64>() / off.len() as f64, off.len()),
            )
        })
        .collect()
}

/// The tables as one graph, and how many of their dates are left out.
pub(crate) fn ron(folder: &Path) -> Result<(String, usize), Box<dyn std::error::Error>> {
    let table = |name: &str| -> Result<Vec<BTreeMap<String, String>>, csv::Error> {
        csv::Reader::from_path(folder.join(name))?
            .deserialize()
            .collect()
    };
    let mut left_out = 0;
    let mut text =
        String::from("Graph(\n    title: \"Decisions of the European Union\",\n    sources: {\n");
    text += "        \"deu\": (title: \"Decision-making in the European Union, DEU III\", date: \"2021\"),\n    },\n    actors: {\n";
    for actor in table("actors.csv")? {
        let kind = if ["com", "ep"].contains(&&*actor["actor"]) {
            "Organization"
        } else {
            "State"
        };
        let power = &actor["capability_gdp_added_by_repo"];
        writeln!(
            text,
            "        {:?}: (name: {:?}, kind: {kind}, power: {power}),",
            actor["actor"], actor["name"]
        )?;
    }
    text += "    },\n    issues: {\n";
    for issue in table("issues.csv")? {
        let name = format!("{} ({})", issue["proposal"], issue["issue_id"]);
        write!(
            text,
            "        {:?}: (name: {name:?}, scale: (from: 0, to: 100)",
            issue["issue_id"]
        )?;
        for (field, column) in [("status_quo", "reference_point"), ("outcome", "outcome")] {
            if !issue[column].is_empty() {
                write!(text, ", {field}: {}", issue[column])?;
            }
        }
        match date(&issue["finact"])
            .filter(|decided| date(&issue["intro"]).is_none_or(|proposed| proposed < *decided))
        {
            Some(decided) => write!(text, ", decided: \"{decided}\"")?,
            None => left_out += usize::from(!issue["finact"].is_empty()),
        }
        text += "),\n";
    }
    text += "    },\n    stances: [\n";
    for stance in table("stances.csv")? {
        let salience: Option<f64> = stance["salience"].parse().ok();
        // Neither position nor salience: nothing is said. No position, salience 0: it does not matter to them.
        if stance["position"].is_empty() && salience.is_none() {
            continue;
        }
        write!(
            text,
            "        (actor: {:?}, issue: {:?}",
            stance["actor"], stance["issue_id"]
        )?;
        if !stance["position"].is_empty() {
            write!(text, ", position: At({})", stance["position"])?;
        }
        if let Some(salience) = salience {
            write!(text, ", salience: {}", salience / 100.0)?;
        }
        text += ", source: \"deu\"),\n";
    }
    text += "    ],\n)\n";
    Ok((text, left_out))
}

/// A day, month and year as they are written there: `26-01-00`, `20-07-2016`, or the first with the day taken for the end of
/// a year, `2029-09-04` for 29 September 2004.
fn date(written: &str) -> Option<String> {
    let [day, month, year] = written
        .split('-')
        .map(|part| part.parse::<u32>().ok())
        .collect::<Vec<_>>()[..]
    else {
        return None;
    };
    let (day, month, year) = (day? % 100, month?, year?);
    let year = match year {
        0..50 => 2000 + year,
        50..100 => 1900 + year,
        _ => year,
    };
    ((1..=31).contains(&day) && (1..=12).contains(&month))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}
