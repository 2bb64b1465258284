//! Faults in every format: each is told at its cell, and what it spoils is left out.

use std::fs;
use std::path::Path;

use crate::{IMPORT, run};

/// What was expected of an import with one fault, and did not happen.
type Lost = Vec<String>;

/// Imports a file with one fault; each of `said` is told, and nothing is written where nothing can be.
fn tell(arguments: &[&str], folder: &Path, fault: &str, code: i32, said: &[&str], lost: &mut Lost) {
    let ran = run(folder, arguments);
    let missing: Vec<&&str> = said
        .iter()
        .filter(|said| !ran.err.contains(**said))
        .collect();
    let is_written = folder.join("out.ron").exists();
    if !missing.is_empty() || ran.code != code || is_written != (code == 1) {
        lost.push(format!(
            "{fault}: expected {code}, {missing:?}; got {}, written: {is_written}\n{}",
            ran.code, ran.err
        ));
    }
}

const TABLE: &str = "who,issue,vote,day,weight\nAldmar,r1,yes,2020-01-02,0.5\nCarrow,r1,no,2020-01-02,0.7\nAldmar,r2,abstain,2020-01-03,\n";
const ISSUES: &str = "id,title\nr1,Ports\nr2,Ships\n";
const MAP: &str = r#"Import(
    version: 1,
    table: "TABLE",
    source: (id: "s", title: "S"),
    actors: (kind: State),
    tables: {"i": (file: "issues.csv", by: "issue", on: "id")},
    issues: (id: "{issue}", name: "{i.title}", question: "Yes?", levels: 3),
    stances: (actor: Of("who"), issue: Of("issue"), date: "{day}", salience: Of("weight"),
        position: Values("vote", {"yes": Supports, "no": Opposes, "abstain": Neutral})),
)
"#;

/// Faults that every table can have: what is replaced, by what, the row and the column, and what is said.
const OF_TABLES: &[(&str, &str, (usize, usize), &str)] = &[
    ("2020-01-03", "2020-02-31", (4, 4), "2020-02-31"),
    (
        "2020-01-03",
        "3.1.2020",
        (4, 4),
        "state in the map how dates are written",
    ),
    (
        "yes",
        "maybe",
        (2, 3),
        "the map does not say what `maybe` means",
    ),
    ("r1,no", "r1,", (3, 3), "the map does not say what `` means"),
    ("Aldmar,r1", ",r1", (2, 1), "no actor: the cell is empty"),
    ("0.5", "half", (2, 5), "`half` is no number"),
    ("0.7", "7", (3, 5), "`7` is out of range: 0 to 1"),
    ("r2,", "r9,", (4, 2), "`r9` has no row in `i`"),
    ("0.7", "0.7,more", (3, 6), "a row of 6 columns, not 5"),
    ("vote,day", "vote,vote", (1, 4), "a second column `vote`"),
    (
        "vote,day",
        "votum,day",
        (0, 0),
        "the table has no column `vote`",
    ),
];

/// A format of tables: its ending, how a table in CSV is written in it, and how it names a cell.
struct Format {
    ending: &'static str,
    write: fn(&str) -> Vec<u8>,
    is_sheet: bool,
}

fn formats() -> Vec<Format> {
    vec![
        Format {
            ending: "csv",
            write: |csv| csv.as_bytes().to_vec(),
            is_sheet: false,
        },
        Format {
            ending: "tsv",
            write: |csv| csv.replace(',', "\t").into_bytes(),
            is_sheet: false,
        },
        #[cfg(feature = "sheets")]
        Format {
            ending: "xlsx",
            write: |csv| crate::sheets::sheet("", &crate::sheets::rows_of(csv), ""),
            is_sheet: true,
        },
        #[cfg(feature = "sheets")]
        Format {
            ending: "ods",
            write: |csv| {
                crate::sheets::open_document("true", &crate::sheets::open_rows_of(csv), "")
            },
            is_sheet: true,
        },
    ]
}

/// A folder with a table in some format, and the tables and the map that go with it.
fn folder(table: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write(table, bytes);
    write("issues.csv", ISSUES.as_bytes());
    write("map.ron", MAP.replace("TABLE", table).as_bytes());
    folder
}

#[test]
fn tables_of_every_format() {
    let mut lost = Lost::new();
    for Format {
        ending,
        write,
        is_sheet,
    } in formats()
    {
        let table = format!("t.{ending}");
        let good = folder(&table, &write(TABLE));
        let ran = run(good.path(), &IMPORT);
        let summary = "read 3 rows, made 1 source, 2 actors, 2 issues and 3 statements";
        assert!(
            ran.code == 0 && ran.err.contains(summary),
            "{ending}: {}",
            ran.err
        );
        for (from, to, (row, column), said) in OF_TABLES {
            assert!(TABLE.contains(from), "{from}");
            let bytes = write(&TABLE.replacen(from, to, 1));
            let letter = char::from(b'@' + *column as u8);
            let spot = match (row, is_sheet) {
                (0, _) => "map.ron:9:".to_owned(),
                (_, true) => format!("t.{ending}, Votes!{letter}{row}"),
                (_, false) => format!("t.{ending}:{row}, column {column}"),
            };
            let code = if *row < 2 { 2 } else { 1 };
            let fault = format!("{ending}: {from} -> {to}");
            let folder = folder(&table, &bytes);
            tell(
                &IMPORT,
                folder.path(),
                &fault,
                code,
                &[&spot, said],
                &mut lost,
            );
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// All of them in one table are told in one run.
#[test]
fn many_faults_at_once() {
    let of_rows = OF_TABLES.iter().filter(|(_, _, (row, _), _)| *row > 1);
    let rows: Vec<&str> = TABLE.lines().skip(1).collect();
    let (mut table, mut expected) = (TABLE.to_owned(), Vec::new());
    for (from, to, (row, column), said) in of_rows {
        let line = table.lines().count() + 1;
        table += &rows[row - 2].replacen(from, to, 1);
        table.push('\n');
        expected.push((format!("t.csv:{line}, column {column}"), *said));
    }
    let folder = folder("t.csv", table.as_bytes());
    let ran = run(folder.path(), &IMPORT);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for (spot, said) in &expected {
        assert!(
            ran.err.contains(spot) && ran.err.contains(said),
            "{spot}: {said}: {}",
            ran.err
        );
    }
    let left_out = format!("left out {} rows: mistakes, shown above", expected.len());
    assert!(ran.err.contains(&left_out), "{}", ran.err);
}

/// Faults of bytes, in tables of text.
#[test]
fn bytes_of_tables() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let byte = |from: &str| {
        let at = TABLE.find(from).unwrap();
        let mut bytes = TABLE.as_bytes().to_vec();
        bytes[at] = 0xe9;
        bytes
    };
    let put = |from: &str, to: &str| TABLE.replacen(from, to, 1).into_bytes();
    let faults: [(&str, Vec<u8>, i32, &[&str]); 7] = [
        (
            "a byte",
            byte("Carrow"),
            1,
            &["t.csv:3, column 1", "the byte 0xE9 is not UTF-8"],
        ),
        (
            "a heading",
            byte("vote"),
            2,
            &["t.csv:1, column 3", "the byte 0xE9 is not UTF-8"],
        ),
        (
            "UTF-16",
            utf16(TABLE),
            2,
            &["t.csv:1", "in UTF-16", "encoding: \"utf-16\""],
        ),
        (
            "unclosed",
            put("Carrow", "\"Carrow"),
            2,
            &["t.csv:3, column 1", "never closed"],
        ),
        (
            "after",
            put("Carrow", "\"Carrow\"x"),
            1,
            &["t.csv:3, column 1", "text follows"],
        ),
        (
            "short",
            put("no,2020-01-02,0.7", "no"),
            1,
            &["t.csv:3, column 3", "3 columns, not 5"],
        ),
        (
            "nothing",
            Vec::new(),
            2,
            &["t.csv", "the table has no header"],
        ),
    ];
    let mut lost = Lost::new();
    for (fault, bytes, code, said) in &faults {
        let folder = folder("t.csv", bytes);
        tell(&IMPORT, folder.path(), fault, *code, said, &mut lost);
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// What only a workbook can have.
#[cfg(feature = "sheets")]
#[test]
fn workbooks() {
    use crate::sheets::{encrypted, open_document, open_rows_of, rows_of, sheet};
    let (rows, open) = (rows_of(TABLE), open_rows_of(TABLE));
    let no = "<c r=\"C3\" t=\"inlineStr\"><is><t>no</t></is></c>";
    let open_no = "<table:table-cell office:value-type=\"string\"><text:p>no</text:p>";
    let open_empty = "<table:table-cell/></table:table-row>";
    assert!(rows.contains(no) && open.contains(open_no) && open.ends_with(open_empty));
    let with = |cell: &str| sheet("", &rows.replace(no, cell), "");
    let open_with = |from: &str, to: &str| open_document("true", &open.replacen(from, to, 1), "");
    let put = |attributes: &str| open_no.replacen('>', &format!(" {attributes}>"), 1);
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A3:A4\"/></mergeCells>";
    let whole = sheet("", &rows, "");
    let open_whole = open_document("true", &open, "");
    // Every file of the archive says that it has ten bytes.
    let lying = |bytes: &[u8]| {
        let mut lying = bytes.to_vec();
        for (start, size) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
            let all = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(start));
            for at in all {
                lying[at + size..][..4].copy_from_slice(&10_u32.to_le_bytes());
            }
        }
        lying
    };
    let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    let locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let far = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    let spaces = "<text:p>no<text:s text:c=\"4000000000\"/></text:p>";
    let faults: Vec<(&str, Vec<u8>, i32, &[&str])> = vec![
        (
            "t.xlsx",
            with("<c r=\"C3\"><f>1+1</f><v>2</v></c>"),
            1,
            &["Votes!C3", "a formula, `=1+1`"],
        ),
        (
            "t.xlsx",
            with("<c r=\"C3\" t=\"e\"><v>#N/A</v></c>"),
            1,
            &["Votes!C3", "the error `#N/A`"],
        ),
        (
            "t.xlsx",
            sheet("", &rows, merged),
            1,
            &["Votes!A3", "the cells A3:A4 are merged"],
        ),
        (
            "t.xlsx",
            sheet("state=\"hidden\"", &rows, ""),
            2,
            &["no sheet that is not hidden"],
        ),
        (
            "t.xlsx",
            half(&whole),
            2,
            &["can't read `t.xlsx`", "damaged"],
        ),
        (
            "t.xlsx",
            encrypted(),
            2,
            &["can't read `t.xlsx`", "protected by a password"],
        ),
        ("t.xlsx", lying(&whole), 2, &["can't read `t.xlsx`"]),
        (
            "t.xlsx",
            TABLE.into(),
            2,
            &["can't read `t.xlsx`", "no workbook"],
        ),
        (
            "t.ods",
            open_with(open_no, &put("table:formula=\"of:=[.A1]\"")),
            1,
            &["Votes!C3", "a formula"],
        ),
        (
            "t.ods",
            open_with(open_no, &put("table:number-columns-spanned=\"2\"")),
            1,
            &["Votes!C3", "the cells C3:D3 are merged"],
        ),
        (
            "t.ods",
            open_document("false", &open, ""),
            2,
            &["no sheet that is not hidden"],
        ),
        (
            "t.ods",
            half(&open_whole),
            2,
            &["can't read `t.ods`", "damaged"],
        ),
        (
            "t.ods",
            open_document("true", &open, locked),
            2,
            &["can't read `t.ods`", "protected by a password"],
        ),
        (
            "t.ods",
            open_document("true", &format!("{open}{far}"), ""),
            2,
            &["a cell in column XFD makes it too wide"],
        ),
        (
            "t.ods",
            open_with("<text:p>no</text:p>", spaces),
            2,
            &["millions of spaces"],
        ),
    ];
    let mut lost = Lost::new();
    for (table, bytes, code, said) in &faults {
        let folder = folder(table, bytes);
        tell(
            &IMPORT,
            folder.path(),
            &format!("{table} {said:?}"),
            *code,
            said,
            &mut lost,
        );
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// A format of JSON: the file, its format, its text, and its faults: what is replaced, by what, the line, what is said.
type OfJson = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, usize, &'static str)],
);

const JSON: &[OfJson] = &[
    (
        "refs.json",
        "csl",
        "[\n{\"id\": \"a\", \"title\": \"A\", \"issued\": {\"date-parts\": [[2023, 6, 18]]}},\n{\"id\": \"b\",\n \"title\": \"B\", \"issued\": {\"raw\": \"2020\"}}\n]\n",
        &[
            (
                "\"title\": \"B\", ",
                "",
                3,
                "the reference `b` has no `title`",
            ),
            (
                "\"title\": \"A\"",
                "\"title\": \" \"",
                2,
                "the reference `a` has no `title`",
            ),
            (
                "6, 18",
                "2, 31",
                2,
                "`issued` of the reference `a` is not a date: `2023-02-31`",
            ),
            (
                "\"2020\"",
                "\"springtime\"",
                3,
                "`issued` of the reference `b` is not a date: `springtime`",
            ),
            ("}}\n]", "", 5, "the file is cut off, or not JSON"),
            (
                "\"title\": \"B\"",
                "\"title\" \"B\"",
                4,
                "the file is cut off, or not JSON",
            ),
        ],
    ),
    (
        "people.ftm.json",
        "ftm",
        "{\"id\": \"p\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Anna Vask\"]}}\n{\"id\": \"o\", \"schema\": \"Company\", \"properties\": {\"name\": [\"Acme\"]}}\n{\"id\": \"m\", \"schema\": \"Membership\", \"properties\": {\"member\": [\"p\"], \"organization\": [\"o\"], \"startDate\": [\"2020\"]}}\n{\"id\": \"e\", \"schema\": \"Event\", \"properties\": {\"name\": [\"Talks\"], \"involved\": [\"p\"]}}\n",
        &[
            ("[\"Acme\"]", "[]", 2, "`o` has no `name`"),
            ("{\"id\": \"o\"", "{\"id\": \"p\"", 2, "`p` is there twice"),
            ("[\"o\"]", "[\"x\"]", 3, "there is no entity `x`"),
            (
                "\"member\": [\"p\"], ",
                "",
                3,
                "a `Membership` has no `member`",
            ),
            (
                "[\"2020\"]",
                "[\"2020-13\"]",
                3,
                "`startDate` is not a date: `2020-13`",
            ),
            ("[\"Talks\"]", "[\"\"]", 4, "`e` has no `name`"),
            (
                "\"involved\": [\"p\"]",
                "\"involved\": [\"q\"]",
                4,
                "there is no entity `q`",
            ),
            ("[\"Talks\"], ", "[\"Talks\", ", 4, "not JSON"),
        ],
    ),
    (
        "people.json",
        "ftm",
        "{\"persons\": [\n {\"id\": \"p\", \"name\": \"Anna Vask\"},\n {\"id\": \"q\", \"name\": \"Bo Kole\"}],\n\"organizations\": [\n {\"id\": \"o\", \"name\": \"Acme\"}],\n\"memberships\": [\n {\"person_id\": \"p\", \"organization_id\": \"o\", \"start_date\": \"2020\"}],\n\"events\": [\n {\"id\": \"e\", \"name\": \"Talks\", \"attendees\": [{\"id\": \"q\"}]}]}\n",
        &[
            (
                "\"name\": \"Bo Kole\"",
                "\"nmae\": \"Bo Kole\"",
                3,
                "`q` has no `name`",
            ),
            (
                "\"id\": \"q\", \"name\"",
                "\"id\": \"p\", \"name\"",
                3,
                "`p` is there twice",
            ),
            (
                "\"organization_id\": \"o\"",
                "\"organization_id\": \"x\"",
                7,
                "there is no entity `x`",
            ),
            (
                "\"2020\"",
                "\"soon\"",
                7,
                "`start_date` is not a date: `soon`",
            ),
            (
                "[{\"id\": \"q\"}]",
                "[{\"id\": \"x\"}]",
                9,
                "there is no entity `x`",
            ),
            ("]}\n", "", 9, "the file is cut off, or not JSON"),
            ("\"persons\"", "\"people\"", 7, "there is no entity `p`"),
        ],
    ),
];

#[test]
fn formats_of_json() {
    let mut lost = Lost::new();
    for (file, from_format, text, faults) in JSON {
        let import = ["import", file, "--from", from_format, "-o", "out.ron"];
        let good = tempfile::tempdir().unwrap();
        fs::write(good.path().join(file), text).unwrap();
        let ran = run(good.path(), &import);
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        let broken = |bytes: &[u8], line: usize, said: &str, lost: &mut Lost| {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(file), bytes).unwrap();
            let spot = format!("{file}:{line}\n");
            tell(
                &import,
                folder.path(),
                &format!("{file} {said}"),
                if said.starts_with("the file") { 2 } else { 1 },
                &[&spot, said],
                lost,
            );
        };
        for (from, to, line, said) in *faults {
            assert!(text.contains(from), "{file}: {from}");
            broken(
                text.replacen(from, to, 1).as_bytes(),
                *line,
                said,
                &mut lost,
            );
        }
        let mut bytes = text.as_bytes().to_vec();
        let at = bytes.len() - 8;
        bytes[at] = 0xe9;
        let line = text[..at].matches('\n').count() + 1;
        broken(&bytes, line, "the file is not UTF-8", &mut lost);
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Faults of a file of Discourse Network Analyzer: what is done to it, and what is said.
#[cfg(feature = "dna")]
#[test]
fn files_of_discourse_network_analyzer() {
    let faults: [(&str, &[&str], i32, &[&str]); 9] = [
        (
            "UPDATE SETTINGS SET Value = '2.0'",
            &[],
            2,
            &["`x.dna` is of version 2.0"],
        ),
        (
            "DROP TABLE SETTINGS",
            &[],
            2,
            &["`x.dna` is no file of Discourse Network Analyzer 3"],
        ),
        (
            "UPDATE STATEMENTS SET Stop = 1000000 WHERE ID = 7",
            &[],
            1,
            &["x.dna, STATEMENTS!E7", "outside its text"],
        ),
        (
            "UPDATE STATEMENTS SET Start = -1 WHERE ID = 7",
            &[],
            1,
            &["x.dna, STATEMENTS!E7", "outside its text"],
        ),
        (
            "UPDATE STATEMENTS SET DocumentId = NULL WHERE ID = 9",
            &[],
            1,
            &["x.dna, STATEMENTS!C9", "in no document"],
        ),
        (
            "UPDATE DATABOOLEAN SET Value = 2 WHERE StatementId = 5",
            &[],
            1,
            &["x.dna, STATEMENTS!I5 `agreement`", "`2` means"],
        ),
        (
            "UPDATE DOCUMENTS SET Date = 99999999999999",
            &[],
            2,
            &["x.dna, DOCUMENTS!B1"],
        ),
        (
            "SELECT 1",
            &["--actor", "organisation"],
            2,
            &["no variable `organisation`", "`organization`"],
        ),
        (
            "SELECT 1",
            &["--type", "Remark"],
            2,
            &["no type of statement `Remark`"],
        ),
    ];
    let mut lost = Lost::new();
    for (sql, more, code, said) in faults {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.dna");
        crate::dna::write(&path, "3.0.10", &crate::dna::said());
        let file = rusqlite::Connection::open(&path).unwrap();
        file.execute_batch(sql).unwrap();
        drop(file);
        let import = [&["import", "x.dna", "-o", "out.ron"], more].concat();
        tell(&import, folder.path(), sql, code, said, &mut lost);
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Faults of the table of names.
#[test]
fn tables_of_names() {
    let faults: [(&[u8], i32, &[&str]); 5] = [
        (
            b"name,id\nAldmar,x\n",
            2,
            &["names.csv:1", "the columns `written` and `id` are missing"],
        ),
        (
            b"written,id\n\"Aldmar,x\n",
            2,
            &["names.csv:2, column 1", "never closed"],
        ),
        (
            b"written,id\nAldm\xe9r,x\n",
            2,
            &["names.csv:2, column 1", "the byte 0xE9 is not UTF-8"],
        ),
        (
            b"written,id\nCarrow,y\nAldmar,x\n",
            2,
            &[
                "names.csv:3, column 2 `id`",
                "there is no actor `x`",
                "nothing was made",
            ],
        ),
        (
            b"written,id\nCarrow,aldmar\nAldmar,\nCarrow,r1\n",
            2,
            &["names.csv:4, column 1", "`Carrow` is in line 2 too"],
        ),
    ];
    let mut lost = Lost::new();
    for (names, code, said) in faults {
        let folder = folder("t.csv", TABLE.as_bytes());
        fs::write(folder.path().join("names.csv"), names).unwrap();
        let import = [&IMPORT[..], &["--names", "names.csv"]].concat();
        tell(
            &import,
            folder.path(),
            &format!("{said:?}"),
            code,
            said,
            &mut lost,
        );
        // Where something is made, names that nobody has decided about are added.
        let is_kept = fs::read(folder.path().join("names.csv")).unwrap() == names;
        assert!(is_kept || code == 1);
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The votes of a table, which is in memory.
struct InMemory;

impl demarche::exchange::import::Files for InMemory {
    fn open(&mut self, name: &str) -> Result<Box<dyn std::io::Read>, String> {
        let text = if name == "t.csv" { TABLE } else { ISSUES };
        Ok(Box::new(text.as_bytes()))
    }
}

/// A file that nobody could read is not made, and not all of the rows are read for it.
#[test]
fn more_than_a_file_may_hold() {
    use demarche::exchange::import::{Import, Known, Unmade};
    let map = MAP.replace("TABLE", "t.csv");
    let made = |most: u64| {
        let (mut maps, _) = demarche::exchange::map::read(&map, demarche::text::FileId::default());
        let mut import = Import::new(Known {
            most: Some(most),
            ..Known::default()
        });
        import.read(&mut maps[0], None, &mut InMemory).unwrap();
        let made = import.finish().unwrap();
        (made.unmade == Some(Unmade::TooLarge), made.tally.rows)
    };
    // All of it has more than a thousand bytes, a statement more than a hundred.
    assert_eq!(
        [made(10_000), made(600), made(100)],
        [(false, 3), (true, 3), (true, 1)]
    );
}
