//! Files of Discourse Network Analyzer. The test makes them, of invented statements.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, params};

use crate::{of_matrix, run};

/// The tables of version 3 that are read, without those of settings of the program.
const SCHEMA: &str = "
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER PRIMARY KEY, Name TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER, Author TEXT NOT NULL,
  Source TEXT NOT NULL, Section TEXT NOT NULL, Notes TEXT NOT NULL, Type TEXT NOT NULL, Date INTEGER NOT NULL);
CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT NOT NULL);
CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT NOT NULL, DataType TEXT NOT NULL, StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER, Stop INTEGER, Coder INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER NOT NULL, Value TEXT NOT NULL);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
INSERT INTO CODERS VALUES (1, 'Admin'), (2, 'Iva');
INSERT INTO STATEMENTTYPES VALUES (1, 'Statement'), (2, 'Note');
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1), (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1), (5, 'note', 'long text', 2);
";

/// A statement: the numbers of its organization and concept, and whether it is for it.
pub(crate) type Said = (usize, usize, bool);

const ORGANIZATIONS: usize = 7;
const CONCEPTS: usize = 6;

/// Forty statements of seven organizations on six concepts.
pub(crate) fn said() -> Vec<Said> {
    let of = |nth: usize| {
        (
            nth * nth % ORGANIZATIONS,
            nth * 5 % CONCEPTS,
            !nth.is_multiple_of(3),
        )
    };
    let rest = (0..ORGANIZATIONS).map(|nth| (nth, nth % CONCEPTS, nth.is_multiple_of(2)));
    (0..33).map(of).chain(rest).collect()
}

fn organization(nth: usize) -> String {
    format!("Body {}", char::from(b'A' + nth as u8))
}

/// Writes such a file; `position` is the type of the variable `agreement`.
pub(crate) fn write(path: &Path, version: &str, said: &[Said]) {
    let file = Connection::open(path).unwrap();
    // A file that lives for a second need not be safe from power cuts.
    file.execute_batch("PRAGMA synchronous = OFF").unwrap();
    file.execute_batch(SCHEMA).unwrap();
    let row = |sql: &str, values: &[&dyn rusqlite::ToSql]| file.execute(sql, values).unwrap();
    row(
        "INSERT INTO SETTINGS VALUES ('version', ?)",
        params![version],
    );
    let mut entities: BTreeMap<(usize, String), i64> = BTreeMap::new();
    let mut entity = |variable: usize, value: String| {
        let next = entities.len() as i64 + 1;
        let id = *entities.entry((variable, value.clone())).or_insert(next);
        if id == next {
            row(
                "INSERT INTO ENTITIES VALUES (?, ?, ?)",
                params![id, variable as i64, value],
            );
        }
        id
    };
    let (mut text, mut places) = (String::from("🌍 A hearing. "), Vec::new());
    for (nth, (who, what, is_for)) in said.iter().enumerate() {
        let start = text.encode_utf16().count();
        let side = if *is_for { "for" } else { "against" };
        text += &format!(
            "“{} is {side} measure {what}, says no. {nth} 🌱”",
            organization(*who)
        );
        places.push((start, text.encode_utf16().count()));
        text.push(' ');
    }
    row(
        "INSERT INTO DOCUMENTS VALUES (1, 'Hearing', ?, 1, 'Reporter', 'The Gazette', '', '', '', 1138752000)",
        params![text],
    );
    for (nth, ((who, what, is_for), (start, stop))) in said.iter().zip(&places).enumerate() {
        let id = nth as i64 + 1;
        let coder = id % 2 + 1;
        row(
            "INSERT INTO STATEMENTS VALUES (?, 1, 1, ?, ?, ?)",
            params![id, *start as i64, *stop as i64, coder],
        );
        row(
            "INSERT INTO DATABOOLEAN VALUES (?, ?, 4, ?)",
            params![id, id, *is_for],
        );
        for (variable, value) in [
            (1, format!("Speaker {who}")),
            (2, organization(*who)),
            (3, format!("Measure {what}")),
        ] {
            let entity = entity(variable, value);
            row(
                "INSERT INTO DATASHORTTEXT VALUES (NULL, ?, ?, ?)",
                params![id, variable as i64, entity],
            );
        }
    }
}

/// Every statement is there with its quote, and the matrices are those that the statements make.
#[test]
fn a_file_gives_its_statements_and_matrices() {
    let said = said();
    assert_eq!(said.len(), 40);
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("x.dna"), "3.0.10", &said);
    let ran = run(folder.path(), &["import", "x.dna", "-o", "out.ron"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let summary = "read 40 rows, made 1 source, 14 actors, 6 issues, 40 statements and 7 ties";
    assert!(ran.err.contains(summary), "{}", ran.err);
    let check = run(folder.path(), &["-g", "out.ron", "check"]);
    assert_eq!((check.code, check.out.as_str()), (0, ""), "{}", check.err);
    let text = fs::read_to_string(folder.path().join("out.ron")).unwrap();
    assert_eq!(text.matches(" quote: ").count(), 40);
    assert_eq!(text.matches("coder:Admin").count(), 20);
    assert_eq!(text.matches("coder:Iva").count(), 20);
    // Actor by issue: how often each spoke for and against.
    let mut counts = [[[0_i64; 2]; CONCEPTS]; ORGANIZATIONS];
    for (who, what, is_for) in &said {
        counts[*who][*what][usize::from(*is_for)] += 1;
    }
    let list = ["-g", "out.ron", "list", "stances", "--format", "csv"];
    let list = run(folder.path(), &list).out;
    for (who, of) in counts.iter().enumerate() {
        for (what, [against, given]) in of.iter().enumerate() {
            let is_it = |line: &&str| {
                let fields: Vec<&str> = line.split(',').collect();
                fields.contains(&format!("body-{}", char::from(b'a' + who as u8)).as_str())
                    && fields.contains(&format!("measure-{what}").as_str())
            };
            let found = list.lines().filter(is_it).count() as i64;
            assert_eq!(found, against + given, "{who} {what}: {list}");
        }
    }
    for (measure, same) in [("congruence", true), ("conflict", false)] {
        let matrix = [
            "-g",
            "out.ron",
            "matrix",
            "--measure",
            measure,
            "--format",
            "csv",
        ];
        let matrix = run(folder.path(), &matrix).out;
        let mut told = 0;
        for (one, of_one) in counts.iter().enumerate() {
            for (other, of_other) in counts.iter().enumerate().skip(one + 1) {
                let pairs = of_one.iter().zip(of_other);
                let pairs = pairs.map(|(a, b)| match same {
                    true => a[0] * b[0] + a[1] * b[1],
                    false => a[0] * b[1] + a[1] * b[0],
                });
                let expected: i64 = pairs.sum();
                let name = |nth: usize| format!("body-{}", char::from(b'a' + nth as u8));
                if let Some(value) = of_matrix(&matrix, &name(one), &name(other)) {
                    assert_eq!(value, expected.to_string(), "{measure}: {one} {other}");
                    told += 1;
                }
            }
        }
        assert!(told > 15, "{measure}: {told}: {matrix}");
    }
}

/// A file that is cut off, or of an older version, or whose statement ends outside its text.
#[test]
fn files_that_can_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.dna");
    let import = ["import", "x.dna", "-o", "out.ron"];
    write(&path, "2.0", &said());
    let ran = run(folder.path(), &import);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is of version 2.0"), "{}", ran.err);
    let bytes = fs::read(&path).unwrap();
    for cut in [100, 1024, bytes.len() / 2, bytes.len() - 4096] {
        fs::write(&path, &bytes[..cut]).unwrap();
        let ran = run(folder.path(), &import);
        assert_eq!(ran.code, 2, "{cut}: {}", ran.err);
        assert!(!folder.path().join("out.ron").exists(), "{cut}");
    }
    fs::remove_file(&path).unwrap();
    write(&path, "3.0", &said());
    let file = Connection::open(&path).unwrap();
    file.execute("UPDATE STATEMENTS SET Stop = 1000000 WHERE ID = 7", [])
        .unwrap();
    file.execute("UPDATE STATEMENTS SET DocumentId = NULL WHERE ID = 9", [])
        .unwrap();
    drop(file);
    let ran = run(folder.path(), &import);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for said in [
        "x.dna, STATEMENTS!E7",
        "the statement ends at 1000000, outside its text",
        "x.dna, STATEMENTS!C9",
        "the statement is in no document",
        "38 statements",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

#[test]
fn what_is_no_file_of_discourse_network_analyzer() {
    for bytes in [
        &b"not a database"[..],
        &[b"SQLite format 3\0".as_slice(), &[0; 500]].concat(),
        b"",
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("x.dna"), bytes).unwrap();
        let ran = run(folder.path(), &["import", "x.dna", "-o", "out.ron"]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("`x.dna`"), "{}", ran.err);
        assert!(!folder.path().join("out.ron").exists());
    }
}
