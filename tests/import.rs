//! Imports: tables by a map, and formats that need none. What is wrong is told at its cell, and the rest
//! is what the table says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic, and one that skips says so"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::Graph;
use demarche::words::folded;
use tempfile::TempDir;

#[path = "import/again.rs"]
mod again;
#[cfg(feature = "dna")]
#[path = "import/dna.rs"]
mod dna;
#[path = "import/faults.rs"]
mod faults;
#[cfg(feature = "sheets")]
#[path = "import/sheets.rs"]
mod sheets;
#[allow(dead_code, reason = "its main is for the command line")]
#[path = "../examples/unvotes.rs"]
mod unvotes;

/// What a command printed.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let ran = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(folder)
        .env_remove("DEMARCHE_GRAPH")
        .args(arguments)
        .output()
        .unwrap();
    Ran {
        code: ran.status.code().unwrap_or(-1),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder with an example's maps, and its tables.
fn example(name: &str, tables: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for from in [root("examples/import").join(name), tables.to_owned()] {
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// Imports by a map, and expects this of the first lines of the summary; `check` has nothing to say.
fn imports(folder: &Path, map: &str, summary: &[&str]) {
    let ran = run(folder, &["import", "--map", map, "-o", "out.ron"]);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines, summary, "{}", ran.err);
    let text = fs::read_to_string(folder.join("out.ron")).unwrap();
    let again = run(folder, &["import", "--map", map, "-o", "again.ron"]);
    assert_eq!(again.code, ran.code);
    let same = fs::read_to_string(folder.join("again.ron")).unwrap();
    let same = same.replace("again-texts/", "out-texts/");
    let rest = |text: &str| text.split_once("Graph(").unwrap().1.to_owned();
    assert_eq!(rest(&same), rest(&text), "other bytes");
    let fmt = run(folder, &["fmt", "--check", "out.ron"]);
    assert_eq!(fmt.code, 0, "{}{}", fmt.out, fmt.err);
    let check = run(folder, &["-g", "out.ron", "check"]);
    assert_eq!((check.code, check.out.as_str()), (0, ""), "{}", check.err);
}

#[test]
fn votes_of_the_council() {
    let folder = example("deu3", &root("tests/data/import/deu3"));
    imports(
        folder.path(),
        "map.ron",
        &["read 348 rows, made 1 source, 29 actors, 12 issues and 348 statements"],
    );
    let text = fs::read_to_string(folder.path().join("out.ron")).unwrap();
    // Of three forms of dates, each is read.
    assert!(text.contains("decided: \"2001-05-30\""));
    // A position is missing, and the issue does not matter.
    assert!(text.contains("salience: 0"));
}

#[test]
fn bargaining() {
    let folder = example("bargaining", &root("tests/data/import/bargaining"));
    imports(
        folder.path(),
        "map.ron",
        &[
            "read 107 rows, made 1 source, 11 actors, 7 issues and 75 statements",
            "left out 32 rows: `where` in the map",
        ],
    );
    imports(
        folder.path(),
        "emissions.ron",
        &["read 10 rows, made 1 source, 10 actors, 1 issue and 10 statements"],
    );
}

#[test]
fn three_tables_of_one_network() {
    let folder = example("chemnet", &root("tests/data/import/chemnet"));
    imports(
        folder.path(),
        "map.ron",
        &[
            "error: a tie of `bba` to itself",
            "  --> relations.csv:603, column 3 `target`",
            "read 1,373 rows, made 1 source, 30 actors, 6 issues, 180 statements, 20 meetings and 716 ties",
            "left out 1 row: mistakes, shown above",
            "left out 296 rows: `where` in the map",
        ],
    );
}

#[test]
fn a_visit_as_made_and_as_hosted_is_one() {
    let folder = example("events-sample", &root("tests/data/import/events-sample"));
    imports(
        folder.path(),
        "map.ron",
        &[
            "read 296 rows, made 1 source, 116 actors and 86 meetings",
            "left out 170 rows: `where` in the map",
            "40 records were there already, and are made once",
        ],
    );
}

/// The folder of data of others, or `None`, which is said.
fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("DEMARCHE_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: DEMARCHE_DATA names no folder");
    }
    folder
}

#[test]
#[ignore = "needs data of others: DEMARCHE_DATA"]
fn all_of_the_data_of_others() {
    let Some(data) = data() else { return };
    let folder = example("deu3", &data.join("deu3"));
    imports(
        folder.path(),
        "map.ron",
        &["read 8,004 rows, made 1 source, 30 actors, 276 issues and 8,004 statements"],
    );
    let folder = example("events-sample", &data.join("events-sample"));
    let ran = run(
        folder.path(),
        &["import", "--map", "map.ron", "-o", "out.ron"],
    );
    assert!(
        ran.err.contains("1,868 actors and 7,315 meetings"),
        "{}",
        ran.err
    );
    let folder = example("dna-climate", &data.join("dna-climate"));
    imports(
        folder.path(),
        "map.ron",
        &[
            "read 41 rows, made 7 sources, 14 actors, 6 issues, 40 statements and 7 ties",
            "left out 1 row: `where` in the map",
        ],
    );
    is_climate(folder.path());
}

/// All votes of the General Assembly. The shares of identical votes are those of the example, which reads the
/// table by itself.
#[test]
#[ignore = "needs data of others: DEMARCHE_DATA"]
fn all_votes_of_the_general_assembly() {
    let Some(data) = data() else { return };
    let data = data.join("unvotes");
    let folder = example("unvotes", &data);
    let unpacked = Command::new("gzip")
        .args(["-df", "2017_votes.csv.gz"])
        .current_dir(folder.path())
        .status();
    assert!(unpacked.unwrap().success());
    imports(
        folder.path(),
        "map.ron",
        &["read 738,764 rows, made 1 source, 200 actors, 5,429 issues and 738,764 statements"],
    );
    let of_session = |table: String, wanted: u32| {
        let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
        lines.retain(|line| line.starts_with(&format!("{wanted},")));
        lines.sort();
        lines
    };
    let us = "United States of America";
    let sessions = unvotes::session_of(&data).unwrap();
    let imported = Graph::open(folder.path().join("out.ron")).unwrap();
    let by_import = sessions
        .iter()
        .map(|(id, session)| (id.replacen("rc", "rc-", 1), *session))
        .collect();
    let imported = unvotes::table(&imported, &by_import, us).unwrap();
    for wanted in [1, 20, 44, 70] {
        let text = unvotes::converted(&data, |session| session == wanted).unwrap();
        let (graph, _) = demarche::resolve::read("votes.ron", &text);
        let expected = of_session(unvotes::table(&graph, &sessions, us).unwrap(), wanted);
        assert!(!expected.is_empty());
        assert_eq!(of_session(imported.clone(), wanted), expected);
    }
}

/// A register of 8,000 meetings, by the map that is proposed. What resembles another name is a person's to decide, and
/// what is not decided stays as it is.
#[test]
#[ignore = "needs data of others: DEMARCHE_DATA"]
fn a_register_of_meetings() {
    let Some(data) = data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(data.join("mep-meetings/meetings.csv"), at("meetings.csv")).unwrap();
    let proposed = run(folder.path(), &["import", "meetings.csv", "--propose"]);
    fs::write(at("map.ron"), proposed.out).unwrap();
    let import = |out: &str| {
        let command = [
            "import",
            "--map",
            "map.ron",
            "-o",
            out,
            "--names",
            "names.csv",
        ];
        let ran = run(folder.path(), &command);
        assert_eq!(ran.code, 0, "{}", ran.err);
        Graph::open(at(out)).unwrap()
    };
    let names_of = |graph: &Graph| -> BTreeMap<String, Vec<String>> {
        let actors = graph.actors().map(|(_, actor)| {
            let names = [&actor.name].into_iter().chain(&actor.aliases);
            (
                actor.id.to_string(),
                names.map(|name| folded(name)).collect(),
            )
        });
        actors.collect()
    };
    let before = names_of(&import("before.ron"));
    let mut all: Vec<&String> = before.values().flatten().collect();
    all.sort();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len(), count, "two actors have names that fold alike");

    // Fills in the first ten lines with one near name.
    let listed = fs::read(at("names.csv")).unwrap();
    let mut lines = csv::Reader::from_reader(&*listed);
    let mut written = csv::Writer::from_path(at("names.csv")).unwrap();
    written.write_record(lines.headers().unwrap()).unwrap();
    let mut decided = BTreeMap::new();
    for line in lines.records() {
        let line = line.unwrap();
        let near = line[2].split(" (").next().unwrap();
        let is_decided = decided.len() < 10 && line[2].matches("; ").count() == 1;
        let id = if is_decided { near } else { "" };
        if is_decided {
            decided.insert(folded(&line[0]), id.to_owned());
        }
        written
            .write_record([&line[0], id, &line[2], &line[3]])
            .unwrap();
    }
    written.flush().unwrap();
    let after = names_of(&import("after.ron"));
    assert_eq!(decided.len(), 10);
    let mut expected = before;
    for (name, id) in decided {
        expected.retain(|_, names| names[0] != name);
        expected.get_mut(&id).unwrap().push(name);
    }
    let sorted = |mut actors: BTreeMap<String, Vec<String>>| {
        for names in actors.values_mut() {
            names.sort();
        }
        actors
    };
    assert_eq!(sorted(after), sorted(expected));
}

/// What the CSV of a matrix says of two actors.
fn of_matrix(csv: &str, one: &str, other: &str) -> Option<String> {
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next()?;
    let nth = |name: &str| header.iter().position(|column| *column == name);
    let (actor, with, value) = (nth("actor")?, nth("other")?, nth("value")?);
    let line = lines.find(|line| line[actor] == one && line[with] == other)?;
    Some(line[value].to_owned())
}

/// What the statements on climate policy come to, however they were imported.
fn is_climate(folder: &Path) {
    let check = run(folder, &["-g", "out.ron", "check"]);
    assert_eq!((check.code, check.out.as_str()), (0, ""), "{}", check.err);
    let text = fs::read_to_string(folder.join("out.ron")).unwrap();
    assert_eq!(text.matches(" quote: ").count(), 40);
    let cell = |measure: &str, one: &str, other: &str| {
        let csv = run(
            folder,
            &[
                "-g",
                "out.ron",
                "matrix",
                "--measure",
                measure,
                "--format",
                "csv",
            ],
        );
        of_matrix(&csv.out, one, other).unwrap_or_default()
    };
    assert_eq!(
        cell("congruence", "environmental-protection-agency", "senate"),
        "22"
    );
    assert_eq!(cell("congruence", "senate", "sierra-club"), "2");
    assert_eq!(cell("conflict", "senate", "sierra-club"), "5");
    let json = run(
        folder,
        &["-g", "out.ron", "list", "stances", "--format", "json"],
    );
    assert_eq!(json.out.matches("\"position\"").count(), 40);
}

#[cfg(feature = "dna")]
#[test]
#[ignore = "needs data of others: DEMARCHE_DATA"]
fn a_file_of_discourse_network_analyzer() {
    let Some(data) = data() else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::copy(
        data.join("dna-sample/sample.dna"),
        folder.path().join("sample.dna"),
    )
    .unwrap();
    let ran = run(folder.path(), &["import", "sample.dna", "-o", "out.ron"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    is_climate(folder.path());
}

/// A small import: votes, countries, and a map.
const VOTES: &str = "roll,country,vote,day,weight,speaker\n1,us,yes,2020-01-02,0.5,Ann\n1,cn,no,2020-01-02,0.7,Bo\n2,us,abstain,2020-01-03,,Ann\n2,cn,absent,2020-01-03,,Bo\n";
const COUNTRIES: &str = "code,name\nus,United States\ncn,China\n";
const MAP: &str = r#"Import(
    version: 1,
    table: "votes.csv",
    tables: {"c": (file: "countries.csv", by: "country", on: "code")},
    source: (id: "un", title: "UN", date: "2021"),
    actors: [
        (of: "country", id: "{country}", name: "{c.name}", kind: State),
        (of: "speaker", kind: Person),
    ],
    issues: (id: "r{roll}", name: "Roll call {roll}", question: "Yes?", levels: 3),
    stances: (
        actor: Of("country"),
        said_by: Of("speaker"),
        issue: Of("roll"),
        date: "{day}",
        salience: Of("weight"),
        position: Values("vote", {"yes": Supports, "no": Opposes, "abstain": Neutral, "absent": Skip}),
    ),
)
"#;

fn small() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("votes.csv", VOTES),
        ("countries.csv", COUNTRIES),
        ("map.ron", MAP),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

const IMPORT: [&str; 5] = ["import", "--map", "map.ron", "-o", "out.ron"];

/// Faults of the small import: the file, what is replaced in it, by what, and what is said.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    // Cells.
    (
        "votes.csv",
        "2020-01-03,,Ann",
        "2020-02-31,,Ann",
        "votes.csv:4, column 4 `day`",
    ),
    (
        "votes.csv",
        "2020-01-03,,Ann",
        "3.1.2020,,Ann",
        "votes.csv:4, column 4 `day`",
    ),
    (
        "votes.csv",
        "2020-01-03,,Ann",
        "2020-01-03T10:00:00Z,,Ann",
        "votes.csv:4, column 4 `day`",
    ),
    (
        "votes.csv",
        "us,yes",
        "us,maybe",
        "votes.csv:2, column 3 `vote`",
    ),
    ("votes.csv", "us,yes", "us,", "votes.csv:2, column 3 `vote`"),
    ("votes.csv", "us,yes", "us,Yes", "did you mean `yes`?"),
    ("votes.csv", "0.5", "half", "votes.csv:2, column 5 `weight`"),
    ("votes.csv", "0.5", "50", "write `Share(\"weight\", 100)`"),
    ("votes.csv", "0.5", "-1", "votes.csv:2, column 5 `weight`"),
    ("votes.csv", "0.5", "NaN", "votes.csv:2, column 5 `weight`"),
    (
        "votes.csv",
        "0.5",
        "1e999",
        "votes.csv:2, column 5 `weight`",
    ),
    (
        "votes.csv",
        "1,us,yes",
        "1,,yes",
        "votes.csv:2, column 2 `country`",
    ),
    (
        "votes.csv",
        "1,us,yes",
        "1,xx,yes",
        "votes.csv:2, column 2 `country`",
    ),
    (
        "votes.csv",
        "1,us,yes",
        ",us,yes",
        "votes.csv:2, column 1 `roll`",
    ),
    (
        "votes.csv",
        "1,us,yes",
        "a b,us,yes",
        "votes.csv:2, column 1 `roll`",
    ),
    (
        "votes.csv",
        ",Bo\n2",
        ",Bo,more\n2",
        "votes.csv:3, column 7",
    ),
    ("votes.csv", ",Bo\n2", "\n2", "votes.csv:3, column 5"),
    (
        "votes.csv",
        "us,yes",
        "us,\"yes\"x",
        "votes.csv:2, column 3",
    ),
    ("votes.csv", "0.7,Bo", "0.7,\"Bo", "votes.csv:3, column 6"),
    (
        "votes.csv",
        "roll,country,vote,day",
        "roll,country,vote,vote",
        "votes.csv:1, column 4",
    ),
    (
        "countries.csv",
        "cn,China\n",
        "cn,China\ncn,PRC\n",
        "countries.csv:4, column 1 `code`",
    ),
    (
        "countries.csv",
        "cn,China\n",
        "cn,China,more\n",
        "countries.csv:3, column 3",
    ),
    ("countries.csv", "cn,China\n", "", "`cn` has no row in `c`"),
    (
        "countries.csv",
        "us,United",
        "\"us,United",
        "countries.csv:2, column 1",
    ),
    // The map: its mistakes have places and near names.
    ("map.ron", "table:", "tabel:", "map.ron:3:5"),
    (
        "map.ron",
        "Of(\"roll\")",
        "Of(\"rol\")",
        "did you mean `roll`?",
    ),
    ("map.ron", "{c.name}", "{c.nmae}", "did you mean `c.name`?"),
    ("map.ron", "\"{day}\"", "\"{day\"", "a brace has no other"),
    (
        "map.ron",
        "kind: State",
        "kind: Sate",
        "did you mean `State`?",
    ),
    ("map.ron", "Supports", "Suports", "did you mean `Supports`?"),
    ("map.ron", "Values", "Valus", "unknown position `Valus`"),
    ("map.ron", "version: 1,", "", "the map has no `version`"),
    (
        "map.ron",
        "version: 1,",
        "version: 2,",
        "maps of version 1, not 2",
    ),
    (
        "map.ron",
        "version: 1,",
        "version: 1, encoding: \"utf8\",",
        "unknown encoding `utf8`",
    ),
    (
        "map.ron",
        "version: 1,",
        "version: 1, delimiter: \"||\",",
        "one character of ASCII",
    ),
    (
        "map.ron",
        "version: 1,",
        "version: 1, dates: \"DD.MM.YY\",",
        "which century",
    ),
    (
        "map.ron",
        "version: 1,",
        "version: 1, dates: \"DD.MM\",",
        "has no year",
    ),
    (
        "map.ron",
        "version: 1,",
        "version: 1, zone: \"Berlin\",",
        "`Berlin` is no zone",
    ),
    (
        "map.ron",
        "version: 1,",
        "version: 1, where: Isnt(\"vote\", \"\"),",
        "unknown condition `Isnt`",
    ),
    (
        "map.ron",
        "source: (id: \"un\", title: \"UN\", date: \"2021\"),",
        "",
        "does not say where its tables come from",
    ),
    (
        "map.ron",
        "source: (id: \"un\", title: \"UN\", date: \"2021\"),",
        "source: Id(\"un\"),",
        "there is no source `un`",
    ),
    (
        "map.ron",
        "(of: \"country\", id: \"{country}\", name: \"{c.name}\", kind: State),",
        "",
        "what kind of actor `country` names",
    ),
    ("map.ron", ", kind: State", "", "an actor has a `kind`"),
    (
        "map.ron",
        "by: \"country\"",
        "by: \"cuntry\"",
        "did you mean `country`?",
    ),
    (
        "map.ron",
        "on: \"code\"",
        "on: \"cod\"",
        "did you mean `code`?",
    ),
    (
        "map.ron",
        "by: \"country\", on: \"code\")",
        "by: \"d.name\", on: \"code\"), \"d\": (file: \"countries.csv\", by: \"c.name\", on: \"name\")",
        "need one another",
    ),
    (
        "map.ron",
        "actor: Of(\"country\"),",
        "",
        "the record has no `actor`",
    ),
    ("map.ron", "countries.csv", "country.csv", "can't read `"),
    (
        "map.ron",
        "table: \"votes.csv\",",
        "",
        "the map names no table",
    ),
    ("map.ron", "    ),\n)\n", "    ),\n", "map.ron:"),
    (
        "map.ron",
        "title: \"UN\"",
        "title: \"…\"",
        "`…` is still to be filled in",
    ),
    (
        "map.ron",
        "date: \"2021\"",
        "date: \"2021-13\"",
        "map.ron:5:",
    ),
    (
        "map.ron",
        "version: 1,",
        "version: 1, delimiter: \"\\\"\",",
        "can't both separate cells and enclose them",
    ),
    (
        "map.ron",
        "Of(\"weight\")",
        "2",
        "salience 2 is not from 0 to 1",
    ),
    (
        "map.ron",
        "levels: 3",
        "levels: 4",
        "an issue can't have 4 levels",
    ),
    (
        "map.ron",
        "levels: 3",
        "levels: 3, scale: (from: 1, to: 1)",
        "a scale needs two different ends",
    ),
];

#[test]
fn every_fault_is_told_at_its_cell() {
    assert!(FAULTS.len() >= 50);
    let mut lost = Vec::new();
    for (file, from, to, said) in FAULTS {
        let folder = small();
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let ran = run(folder.path(), &IMPORT);
        let is_of_map = *file == "map.ron";
        // What spoils the whole table, nothing is made of.
        let is_of_all =
            *from == "roll,country,vote,day" || to.matches('"').count() == 1 && *file != "map.ron";
        let code = if is_of_map || is_of_all { 2 } else { 1 };
        if !ran.err.contains(said) || ran.code != code {
            lost.push(format!(
                "{file}: {from} -> {to}: expected {code}, {said}, got {}\n{}",
                ran.code, ran.err
            ));
        }
        if is_of_map && folder.path().join("out.ron").exists() {
            lost.push(format!("{file}: {from} -> {to}: something was written"));
        }
        // With `--strict` nothing is written, whatever is wrong.
        let strict = run(
            folder.path(),
            &["import", "--map", "map.ron", "-o", "strict.ron", "--strict"],
        );
        if strict.code == 0 || folder.path().join("strict.ron").exists() {
            lost.push(format!("{file}: {from} -> {to}: `--strict` wrote"));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn bytes_that_are_no_utf8() {
    let mut faults: Vec<(Vec<u8>, &str)> = vec![
        (
            VOTES
                .replace("Ann", "An\u{e9}")
                .into_bytes()
                .iter()
                .map(|b| if *b == 0xc3 { 0xe9 } else { *b })
                .collect(),
            "votes.csv:2, column 6",
        ),
        (
            [
                &[0xff, 0xfe][..],
                &VOTES
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<u8>>(),
            ]
            .concat(),
            "the table is in UTF-16",
        ),
        (Vec::new(), "the table has no header"),
    ];
    faults.push((b"roll\n".to_vec(), "the table has no column `country`"));
    for (bytes, said) in faults {
        let folder = small();
        fs::write(folder.path().join("votes.csv"), bytes).unwrap();
        let ran = run(folder.path(), &IMPORT);
        assert!(
            ran.err.contains(said) && ran.code > 0,
            "{said}: {} {}",
            ran.code,
            ran.err
        );
    }
}

/// A row that can't be read says nothing: neither what is left of it, nor what the row before it said.
#[test]
fn a_broken_row_of_another_table_is_left_out() {
    let broken: [(&[u8], &str); 2] = [
        (
            b"code,name\nus,United States\ncn,Chin\xe9\n",
            "countries.csv:3, column 2",
        ),
        (
            b"code,name\nus,United States\ncn,China,more\n\"cn\"x,PRC\n",
            "countries.csv:4, column 1",
        ),
    ];
    for (countries, said) in broken {
        let folder = small();
        fs::write(folder.path().join("countries.csv"), countries).unwrap();
        let ran = run(folder.path(), &IMPORT);
        assert_eq!(ran.code, 1, "{}", ran.err);
        for said in [said, "`cn` has no row in `c`"] {
            assert!(ran.err.contains(said), "{said}: {}", ran.err);
        }
        let text = fs::read_to_string(folder.path().join("out.ron")).unwrap();
        assert!(!text.contains("\"cn\""), "{text}");
    }
}

/// The finding that explains why a heading is unknown is shown.
#[test]
fn a_header_that_is_broken() {
    for file in ["votes.csv", "countries.csv"] {
        let folder = small();
        let path = folder.path().join(file);
        let mut bytes = fs::read(&path).unwrap();
        bytes[1] = 0xe9;
        fs::write(&path, bytes).unwrap();
        let ran = run(folder.path(), &IMPORT);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(
            ran.err.contains("the byte 0xE9 is not UTF-8"),
            "{}",
            ran.err
        );
        assert!(!folder.path().join("out.ron").exists());
    }
}

/// Every kind of record needs a source: its own, or that of the map.
#[test]
fn a_record_without_a_source_is_told() {
    let own = MAP
        .replace(r#"source: (id: "un", title: "UN", date: "2021"),"#, "")
        .replace("stances: (", "stances: (source: Of(\"roll\"), ");
    let more = [
        (r#"facts: (text: "{vote}"),"#, true),
        (r#"facts: (text: "{vote}", source: Of("roll")),"#, false),
        (
            r#"ties: (kind: Partner, from: Of("speaker"), to: Of("country")),"#,
            true,
        ),
        (r#"meetings: (title: "{roll}", status: Held),"#, true),
        ("", false),
    ];
    for (more, is_told) in more {
        let folder = small();
        let map = own.replace("version: 1,", &format!("version: 1, {more}"));
        fs::write(folder.path().join("map.ron"), map).unwrap();
        let ran = run(folder.path(), &IMPORT);
        let said = "the map does not say where its tables come from";
        assert_eq!(ran.err.contains(said), is_told, "{more}: {}", ran.err);
        assert_eq!(ran.code, if is_told { 2 } else { 0 }, "{more}: {}", ran.err);
    }
}

/// What is said of a record has to be the same in each row that says it; its names may differ.
#[test]
fn rows_that_say_different_things_of_an_actor() {
    let table = "who,type,office,weight,vote\nann,m,minister,1,yes\nann,male,,1,no\nbo,f,,,yes\nbo,f,envoy,2,no\nBo,f,envoy,3,yes\nann,m,Minister,1,yes\n";
    let map = r#"Import(version: 1, table: "t.csv", source: (id: "s", title: "S"), key: "{#}",
        actors: (kind: Values("type", {"m": Person, "male": Person, "f": Person}), role: "{office}", power: Of("weight")),
        issues: (id: "i", name: "I", question: "?", levels: 2),
        stances: (actor: Of("who"), issue: Id("i"), position: Values("vote", {"yes": Supports, "no": Opposes})))"#;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.csv"), table).unwrap();
    fs::write(folder.path().join("map.ron"), map).unwrap();
    let ran = run(folder.path(), &IMPORT);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for said in [
        "`bo` has another `power` in row 5",
        "t.csv:6, column 4 `weight`",
        "`ann` has another `role` in row 2",
        "t.csv:7, column 3 `office`",
        "2 actors, 1 issue and 4 statements",
        "left out 2 rows",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    // What the graph says of its own wins, whatever the rows say.
    let own =
        r#"Graph(actors: {"ann": (name: "Ann", kind: Person), "bo": (name: "Bo", kind: Person)})"#;
    fs::write(folder.path().join("own.ron"), own).unwrap();
    let ran = run(folder.path(), &[&["-g", "own.ron"], &IMPORT[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// The same table in other clothes is the same graph.
#[test]
fn the_same_however_it_is_written() {
    let plain = small();
    assert_eq!(run(plain.path(), &IMPORT).code, 0);
    let graph = |folder: &Path| {
        let text = fs::read_to_string(folder.join("out.ron")).unwrap();
        text.split_once("Graph(").unwrap().1.to_owned()
    };
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_be_bytes).collect()
    };
    let variants: [(&str, Vec<u8>); 6] = [
        ("", VOTES.replace('\n', "\r\n").into_bytes()),
        ("", VOTES.replace('\n', "\r").into_bytes()),
        ("", format!("\u{feff}{VOTES}\n\n").into_bytes()),
        (
            "delimiter: \";\", decimal: \",\",",
            VOTES
                .replace('.', "#")
                .replace(',', ";")
                .replace('#', ",")
                .into_bytes(),
        ),
        ("encoding: \"utf-16\",", utf16(VOTES)),
        (
            "dates: [\"DD.MM.YYYY\", \"YYYYMMDD\"],",
            VOTES
                .replace("2020-01-02", "02.01.2020")
                .replace("2020-01-03", "20200103")
                .into_bytes(),
        ),
    ];
    for (more, bytes) in variants {
        let folder = small();
        let map = MAP.replace("version: 1,", &format!("version: 1, {more}"));
        let map = match more.contains("dates") {
            true => map.replace("date: \"2021\"", "date: \"20210101\""),
            false => map,
        };
        fs::write(folder.path().join("map.ron"), map).unwrap();
        fs::write(folder.path().join("votes.csv"), bytes).unwrap();
        // All tables of a map are written alike.
        let countries = match more {
            "delimiter: \";\", decimal: \",\"," => COUNTRIES.replace(',', ";").into_bytes(),
            "encoding: \"utf-16\"," => utf16(COUNTRIES),
            _ => COUNTRIES.as_bytes().to_vec(),
        };
        fs::write(folder.path().join("countries.csv"), countries).unwrap();
        let ran = run(folder.path(), &IMPORT);
        assert_eq!(ran.code, 0, "{more}: {}", ran.err);
        let own = graph(folder.path()).replace("\"2021-01-01\"", "\"2021\"");
        // The row of a value says its line, which a table in another form has elsewhere.
        assert_eq!(own, graph(plain.path()), "{more}");
    }
}

#[test]
fn nothing_of_others_is_overwritten() {
    let folder = small();
    let path = folder.path().join("out.ron");
    assert_eq!(run(folder.path(), &IMPORT).code, 0);
    assert_eq!(run(folder.path(), &IMPORT).code, 0);
    let edited = fs::read_to_string(&path)
        .unwrap()
        .replace("levels: 3", "levels: 5");
    fs::write(&path, &edited).unwrap();
    let ran = run(folder.path(), &IMPORT);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("`out.ron` was edited since it was made"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    fs::write(&path, "Graph()\n").unwrap();
    assert!(
        run(folder.path(), &IMPORT)
            .err
            .contains("was not made by `import`")
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "Graph()\n");
    let forced = [&IMPORT[..], &["--force"]].concat();
    assert_eq!(run(folder.path(), &forced).code, 0);
    for input in ["votes.csv", "countries.csv", "map.ron"] {
        let ran = run(
            folder.path(),
            &["import", "--map", "map.ron", "-o", input, "--force"],
        );
        assert_eq!(ran.code, 2, "{input}");
        assert!(
            ran.err.contains("is one of the files to import"),
            "{}",
            ran.err
        );
    }
    for names in ["both.csv", "./both.csv"] {
        let both = [
            "import", "--map", "map.ron", "-o", "both.csv", "--names", names,
        ];
        let ran = run(folder.path(), &both);
        assert!(ran.code == 2 && ran.err.contains("can't hold both"));
    }
    assert!(!folder.path().join("both.csv").exists());
    let dry = run(
        folder.path(),
        &["import", "--map", "map.ron", "-o", "new.ron", "--dry-run"],
    );
    assert_eq!(dry.code, 0);
    assert!(!folder.path().join("new.ron").exists());
}

#[test]
fn texts_of_others_are_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let table = "doc,title,text,who,issue,pos,date\nd1,T1,we support tax,Ann,Tax,yes,2024-01-01\n";
    fs::write(at("d.csv"), table).unwrap();
    let map = r#"Import(version: 1, table: "d.csv", source: Of("doc"),
        sources: (id: "{doc}", title: "{title}", text: "{text}"), actors: (kind: Person),
        stances: [(actor: Of("who"), issue: Of("issue"), position: Values("pos", {"yes": Supports}), date: "{date}")])"#;
    fs::write(at("d.ron"), map).unwrap();
    let words = ["import", "--map", "d.ron", "-o", "n.ron"];
    fs::create_dir(at("n-texts")).unwrap();
    fs::write(at("n-texts/own.txt"), "own").unwrap();
    let ran = run(folder.path(), &words);
    assert!(
        ran.code == 2 && ran.err.contains("it holds `own.txt`"),
        "{}",
        ran.err
    );
    assert!(at("n-texts/own.txt").exists() && !at("n.ron").exists());
    fs::remove_file(at("n-texts/own.txt")).unwrap();
    for _ in 0..2 {
        let ran = run(folder.path(), &words);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    fs::write(at("n-texts/d1.txt"), "edited").unwrap();
    assert_eq!(run(folder.path(), &words).code, 2);
    assert_eq!(fs::read_to_string(at("n-texts/d1.txt")).unwrap(), "edited");
    let forced = [&words[..], &["--force"]].concat();
    assert_eq!(run(folder.path(), &forced).code, 0);
    let text = fs::read_to_string(at("n-texts/d1.txt")).unwrap();
    assert!(text.starts_with("we support tax"));
}

#[test]
fn a_person_decides_what_names_mean() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("t.csv"), "who,day\nTerumo Europe,2020-01-01\nTerumo Europe N.V.,2020-01-02\nTERUMO europe,2020-01-03\nAcme,2020-01-04\n").unwrap();
    fs::write(path("map.ron"), "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), actors: (kind: Organization), meetings: (title: \"M {day}\", status: Held, date: \"{day}\", participants: Of(\"who\")))").unwrap();
    let import = [
        "import",
        "--map",
        "map.ron",
        "-o",
        "out.ron",
        "--names",
        "names.csv",
    ];
    let ran = run(folder.path(), &import);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("1 name resembles others"), "{}", ran.err);
    let names = fs::read_to_string(path("names.csv")).unwrap();
    assert_eq!(
        names,
        "written,id,near,rows\nTerumo Europe N.V.,,terumo-europe (Terumo Europe; same words),1\n"
    );
    let text = fs::read_to_string(path("out.ron")).unwrap();
    assert_eq!(text.matches("kind: Organization").count(), 3);
    fs::write(
        path("names.csv"),
        names.replace("N.V.,,", "N.V.,terumo-europe,"),
    )
    .unwrap();
    assert_eq!(run(folder.path(), &import).code, 0);
    let text = fs::read_to_string(path("out.ron")).unwrap();
    assert_eq!(text.matches("kind: Organization").count(), 2);
    assert!(text.contains("aliases: [\"Terumo Europe N.V.\"]"), "{text}");
    // An id that nothing has is told at its cell.
    fs::write(path("names.csv"), names.replace("N.V.,,", "N.V.,terumo,")).unwrap();
    let ran = run(folder.path(), &import);
    assert!(
        ran.code == 2 && ran.err.contains("names.csv:2, column 2 `id`"),
        "{}",
        ran.err
    );
}

/// What is decided of some names changes no ids of others; a name may be decided to be itself.
#[test]
fn what_is_not_decided_keeps_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("t.csv"), "who,day\nPorts&Sea,2020-01-01\nPorts & Sea,2020-01-02\nPorts Sea,2020-01-03\nPorts and Sea,2020-01-04\n").unwrap();
    fs::write(path("map.ron"), "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), actors: (kind: Organization), meetings: (title: \"M {day}\", status: Held, date: \"{day}\", participants: Of(\"who\")))").unwrap();
    let import = [&IMPORT[..], &["--names", "names.csv"]].concat();
    let ids = || {
        let text = fs::read_to_string(path("out.ron")).unwrap();
        let lines = text
            .lines()
            .filter_map(|line| line.split_once(": (name: \"Ports"));
        let ids: Vec<String> = lines.map(|(id, _)| id.trim().replace('"', "")).collect();
        ids.join(" ")
    };
    assert_eq!(run(folder.path(), &import).code, 0);
    assert_eq!(ids(), "ports-and-sea ports-sea ports-sea-2 ports-sea-3");
    let decided = "written,id\nPorts&Sea,ports-sea-2\nPorts and Sea,ports-and-sea\n";
    fs::write(path("names.csv"), decided).unwrap();
    let ran = run(folder.path(), &import);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ids(), "ports-and-sea ports-sea-2 ports-sea-3");
}

#[test]
fn names_of_a_graph_win() {
    let folder = small();
    fs::write(folder.path().join("own.ron"), "Graph(actors: {\"usa\": (name: \"United States\", kind: State, aliases: [\"us\"]), \"prc\": (name: \"China\", kind: State, aliases: [\"cn\"]), \"ann\": (name: \"Ann\", kind: Person, speaks_for: \"usa\"), \"bo\": (name: \"Bo\", kind: Person)}, sources: {\"x\": (title: \"X\")})").unwrap();
    let ran = run(
        folder.path(),
        &[&["-g", "own.ron"], &IMPORT[..], &["--no-new", "actor"]].concat(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = fs::read_to_string(folder.path().join("out.ron")).unwrap();
    assert!(
        text.contains("actor: \"usa\"") && !text.contains("actors:"),
        "{text}"
    );
    assert!(
        ran.err.contains("1 statement will not count"),
        "{}",
        ran.err
    );
    fs::write(
        folder.path().join("own.ron"),
        "Graph(actors: {\"us\": (name: \"United States\", kind: State)})",
    )
    .unwrap();
    let ran = run(
        folder.path(),
        &[&["-g", "own.ron"], &IMPORT[..], &["--no-new", "actor"]].concat(),
    );
    assert!(
        ran.code == 2 && ran.err.contains("there is no actor `Ann`"),
        "{}",
        ran.err
    );
}

#[test]
fn references_become_sources() {
    let folder = tempfile::tempdir().unwrap();
    let refs = r#"[
  {"id": "http://zotero.org/users/1/items/ABC", "type": "article-newspaper", "title": "A bid", "container-title": "Al-Jazeera",
   "author": [{"family": "Smith", "given": "Ann"}, {"literal": "AFP"}], "issued": {"date-parts": [["2023", 6, 18]]}, "URL": "https://x.y"},
  {"id": "b", "title": "Book", "author": [{"family": "Doe", "given": "J."}], "issued": {"date-parts": [[1994], [1995]]}, "DOI": "10.1/x"},
  {"id": "c", "title": "Bad", "issued": {"raw": "springtime"}},
  {"id": "d"}
]"#;
    fs::write(folder.path().join("refs.json"), refs).unwrap();
    let ran = run(
        folder.path(),
        &["import", "refs.json", "--from", "csl", "-o", "out.ron"],
    );
    assert_eq!(ran.code, 1);
    for said in [
        "refs.json:5",
        "refs.json:6",
        "made 2 sources",
        "left out 2 records",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    let text = fs::read_to_string(folder.path().join("out.ron")).unwrap();
    for part in [
        "\"ABC\": (",
        "note: \"By Ann Smith and AFP.\"",
        "date: \"1994/1995\"",
        "publisher: \"J. Doe\"",
        "same_as: [\"doi:10.1/x\"]",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let cut = &refs[..refs.len() / 2];
    fs::write(folder.path().join("refs.json"), cut).unwrap();
    let ran = run(
        folder.path(),
        &[
            "import",
            "refs.json",
            "--from",
            "csl",
            "--strict",
            "-o",
            "cut.ron",
        ],
    );
    assert!(
        ran.code == 2 && ran.err.contains("refs.json:3"),
        "{}",
        ran.err
    );
    assert!(!folder.path().join("cut.ron").exists());
}

#[test]
fn people_of_two_formats() {
    let folder = tempfile::tempdir().unwrap();
    let ftm = r#"{"id": "Q1", "schema": "Person", "properties": {"name": ["Anna Vask"], "alias": ["A. Vask"], "wikidataId": ["Q77"]}}
{"id": "org-1", "schema": "PublicBody", "properties": {"name": ["Ministry of Ports"]}}
{"id": "m1", "schema": "Membership", "properties": {"member": ["Q1"], "organization": ["org-1"], "role": ["minister"], "startDate": ["2020-01"]}}
{"id": "e1", "schema": "Event", "properties": {"name": ["Talks"], "date": ["2021-05-05"], "involved": ["Q1", "org-1"]}}
{"id": "a1", "schema": "Address", "properties": {}}
{"id": "m2", "schema": "Membership", "properties": {"member": ["Q9"], "organization": ["org-1"]}}
{"id": "m3", "schema": "Membership", "properties": {"member": ["Q1"], "organization": ["org-1"], "startDate": ["soon"]}}
{"id": "p2", "schema": "Person", "properties": {}}
"#;
    let popolo = r#"{"persons": [{"id": "person/1", "name": "Anna Vask", "other_names": [{"name": "A. Vask"}], "identifiers": [{"scheme": "wikidata", "identifier": "Q77"}]}],
 "organizations": [{"id": "org-1", "name": "Ministry of Ports"}],
 "memberships": [{"person_id": "person/1", "organization_id": "org-1", "role": "minister", "start_date": "2020-01"}],
 "events": [{"id": "e1", "name": "Talks", "start_date": "2021-05-05", "attendees": [{"id": "person/1"}]}]}"#;
    fs::write(folder.path().join("p.ftm.json"), ftm).unwrap();
    fs::write(folder.path().join("p.json"), popolo).unwrap();
    let ran = run(
        folder.path(),
        &["import", "p.ftm.json", "--from", "ftm", "-o", "out.ron"],
    );
    for said in [
        "p.ftm.json:6",
        "p.ftm.json:7",
        "p.ftm.json:8",
        "left out 1 record of `Address`",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    assert_eq!(ran.code, 1);
    let other = run(
        folder.path(),
        &["import", "p.json", "--from", "ftm", "-o", "popolo.ron"],
    );
    assert_eq!(other.code, 0, "{}", other.err);
    for file in ["out.ron", "popolo.ron"] {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        for part in [
            "role: \"minister\"",
            "kind: Member",
            "since: \"2020-01\"",
            "\"wikidata:Q77\"",
            "date: \"2021-05-05\"",
        ] {
            assert!(text.contains(part), "{file}: {part}: {text}");
        }
        let check = run(folder.path(), &["-g", file, "check"]);
        assert_eq!(check.code, 0, "{}", check.out);
    }
}

/// Faults of the tables of an export: the table, what is replaced in it, by what, and what is said.
const FAULTS_OF_TABLES: &[(&str, &str, &str, &str)] = &[
    ("actor", ",State,", ",Sate,", "actor.csv:7, column 3 `kind`"),
    (
        "actor",
        "\nchina,China",
        "\n,China",
        "actor.csv:7, column 1 `actor`",
    ),
    (
        "actor",
        "\nchina,China",
        "\na b,China",
        "`a b` is not an id",
    ),
    (
        "actor",
        "\nchina,China",
        "\nblinken,China",
        "there is another record `blinken`",
    ),
    ("actor", "actor,name", "actor,nmae", "did you mean `name`?"),
    ("actor", "actor,name", "name,name", "a second column `name`"),
    (
        "actor",
        "\nchina,China,",
        "\nchina,",
        "actor.csv:7, column 7",
    ),
    (
        "actor_alias",
        "china,0",
        "chian,0",
        "there is no actor `chian`",
    ),
    (
        "stance",
        ",Supports,",
        ",Suports,",
        "did you mean `Supports`?",
    ),
    (
        "stance",
        ",Supports,,",
        ",Supports,5,",
        "only a position `At` has a number",
    ),
    (
        "stance_actor",
        "s1,0,",
        "s999,0,",
        "stance_actor.csv:2, column 1 `stance`",
    ),
    (
        "stance_actor",
        "s5,0,china",
        "s5,0,chnia",
        "did you mean `china`?",
    ),
    (
        "stance_source",
        "s1,0,",
        "s1,x,",
        "stance_source.csv:2, column 2 `nth`",
    ),
    ("meeting", ",Held,", ",Hold,", "column 4 `status`"),
    ("meeting", "2023-11~", "2023-13~", "column 5 `date`"),
    (
        "tie",
        "\nt1,",
        "\n\"t1\"x,",
        "text follows the closing quote",
    ),
    ("record_source", "meeting,", "meting,", "there is no meting"),
];

#[test]
fn faults_of_exported_tables_are_told_at_their_cells() {
    let graph = root("graphs/blinken-2023.ron");
    let mut lost = Vec::new();
    for (table, from, to, said) in FAULTS_OF_TABLES {
        let folder = tempfile::tempdir().unwrap();
        let graph = graph.to_str().unwrap();
        assert_eq!(
            run(folder.path(), &["-g", graph, "export", "-o", "t.csv"]).code,
            0
        );
        let path = folder.path().join(format!("t.csv/{table}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        if !text.contains(from) {
            lost.push(format!(
                "{table}: `{from}` is not in it:\n{}",
                &text[..text.len().min(600)]
            ));
            continue;
        }
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let ran = run(folder.path(), &["import", "t.csv", "-o", "out.ron"]);
        if ran.code != 2 || !ran.err.contains(said) || folder.path().join("out.ron").exists() {
            lost.push(format!(
                "{table}: {from} -> {to}: {said}: {} {}",
                ran.code, ran.err
            ));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn an_export_replaces_only_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let graph = root("graphs/blinken-2023.ron");
    let export = ["-g", graph.to_str().unwrap(), "export", "-o", "t.csv/"];
    let ran = run(folder.path(), &export);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("with notes, quotes, the paths of texts and places; comments, layout and the split into files are not kept"), "{}", ran.err);
    assert_eq!(run(folder.path(), &export).code, 0);
    let mine = folder.path().join("t.csv/mine.txt");
    fs::write(&mine, "mine").unwrap();
    let ran = run(folder.path(), &export);
    assert!(
        ran.code == 2 && ran.err.contains("it holds `mine.txt`"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read(&mine).unwrap(), b"mine");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let some = run(
        folder.path(),
        &[
            "-g",
            graph.to_str().unwrap(),
            "export",
            "-o",
            "some.csv",
            "--issue",
            "taiwan",
            "--without",
            "note,quote",
        ],
    );
    assert!(
        some.err.contains("with the paths of texts and places"),
        "{}",
        some.err
    );
    let stances = fs::read_to_string(folder.path().join("some.csv/stance.csv")).unwrap();
    assert!(
        stances.lines().count() > 1
            && stances
                .lines()
                .skip(1)
                .all(|line| line.contains(",taiwan,")),
        "{stances}"
    );
    assert_eq!(
        run(folder.path(), &["import", "some.csv", "-o", "some.ron"]).code,
        0
    );
    let check = run(folder.path(), &["-g", "some.ron", "check"]);
    assert_eq!(check.code, 0, "{}", check.out);
}

/// A made-up table in the shape of a data set, and what its proposed map makes of it.
const SHAPES: &[(&str, &str, &str)] = &[
    (
        "HSall_votes.csv",
        "congress,chamber,rollnumber,icpsr,cast_code,prob\n1,House,1,154,6,61\n1,House,1,259,9,99\n1,House,1,379,1,98\n1,House,2,154,1,98\n1,House,2,259,2,3\n1,House,2,379,3,9\n1,Senate,1,7,4,2\n1,Senate,1,8,5,2\n1,Senate,1,9,7,2\n1,Senate,1,10,0,2\n",
        "3 issues and 7 statements",
    ),
    (
        "wahlomat.csv",
        "Partei: Nr.;Partei: Kurzbezeichnung;Partei: Name;These: Nr.;These: Titel;These: These;Position: Position;Position: Position-Begründung\n1;A;Partei A;1;Tempolimit;Es soll ein Tempolimit geben.;stimme zu;Es rettet Leben.\n1;A;Partei A;2;Steuern;Steuern sollen sinken.;neutral;\n2;B;Partei B;1;Tempolimit;Es soll ein Tempolimit geben.;stimme nicht zu;Freie Fahrt.\n2;B;Partei B;2;Steuern;Steuern sollen sinken.;;\n",
        "2 actors, 2 issues and 3 statements",
    ),
    (
        "meps.csv",
        "date,mep,lobbyists,title,location\n2021-01-01,Anna Vask,Acme; Bold plc,Ports,Brussels\n2021-01-02,Bo Kole,acme,Ships,\n",
        "4 actors and 2 meetings",
    ),
    (
        "icews.csv",
        "Event ID,Event Date,Source Name,Source Country,Event Text,Target Name\n1,2010-05-23,Aldmar,Aldmar,Make a visit,Carrow\n2,2010-05-23,Carrow,Carrow,Host a visit,Aldmar\n3,2010-05-24,Aldmar,Aldmar,Praise or endorse,Carrow\n4,2010-05-25,Aldmar,Aldmar,Discuss by telephone,Carrow\n",
        "2 actors and 2 meetings",
    ),
    (
        "gdelt.csv",
        "GLOBALEVENTID,SQLDATE,Actor1Name,Actor2Name,EventCode\n1,20200102,ALDMAR,CARROW,042\n2,20200102,CARROW,ALDMAR,043\n3,20200103,ALDMAR,,046\n4,20200104,ALDMAR,CARROW,112\n",
        "2 actors and 1 meeting",
    ),
];

#[test]
fn known_shapes_are_recognised() {
    for (name, table, summary) in SHAPES {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), table).unwrap();
        let ran = run(folder.path(), &["import", name, "--propose"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        fs::write(folder.path().join("map.ron"), &ran.out).unwrap();
        let ran = run(folder.path(), &IMPORT);
        assert!(
            ran.code == 0 && ran.err.contains(summary),
            "{name}: {}",
            ran.err
        );
        let check = run(folder.path(), &["-g", "out.ron", "check"]);
        assert_eq!(check.code, 0, "{name}: {}", check.out);
    }
}

#[test]
fn a_map_to_fill_in_has_the_values_of_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let table = "Land;Thema;Votum;Datum\nA;x;ja;2020\nB;x;nein;2020\n";
    fs::write(folder.path().join("t.csv"), table).unwrap();
    let ran = run(folder.path(), &["import", "t.csv", "--propose"]);
    for part in [
        "delimiter: \";\"",
        "actor: Of(\"Land\")",
        "issue: Of(\"Thema\")",
        "date: \"{Datum}\"",
        "\"ja\": Skip, // in 1 of the rows",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let filled = ran
        .out
        .replace("\"ja\": Skip", "\"ja\": Supports")
        .replace("\"nein\": Skip", "\"nein\": Opposes");
    let filled = filled.replace(
        "id: \"…\", title: \"…\", date: \"…\"",
        "id: \"s\", title: \"S\"",
    );
    fs::write(folder.path().join("map.ron"), filled).unwrap();
    let ran = run(folder.path(), &IMPORT);
    assert!(
        ran.code == 0 && ran.err.contains("2 statements"),
        "{}",
        ran.err
    );
}
