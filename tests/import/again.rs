//! Imports again, beside a graph, and with what a person has decided about names; and records that a graph
//! could not hold, which are told at their cells.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{IMPORT, MAP, Ran, VOTES, run, small};

/// A folder with a table `t.csv` and a map of it. The map has a version, a table and a source, and
/// actors that are organizations.
fn folder(table: &str, map: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let map = format!(
        "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), actors: (kind: Organization), {map})"
    );
    fs::write(folder.path().join("t.csv"), table).unwrap();
    fs::write(folder.path().join("map.ron"), map).unwrap();
    folder
}

fn made(folder: &Path) -> String {
    fs::read_to_string(folder.join("out.ron")).unwrap()
}

fn is_told(ran: &Ran, code: i32, said: &[&str]) {
    assert_eq!(ran.code, code, "{}", ran.err);
    for said in said {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

const STANCES: &str = "stances: (actor: Of(\"who\"), issue: Of(\"on\"), position: Values(\"vote\", {\"yes\": Supports, \"no\": Opposes})),";

/// The file that is made anew is part of the graph whose names are looked up. What it says now does not
/// count, so that nothing is missing from it afterwards.
#[test]
fn into_a_graph_that_includes_it() {
    let folder = folder("who,on,vote\nNorth,Tax,yes\nSouth,Tax,no\n", STANCES);
    let main = r#"Graph(version: 1, include: ["o*.ron"], actors: {"east": (name: "East", kind: State)}, sources: {"own": (title: "Own", date: "2024")}, stances: [(actor: "north", issue: "tax", position: Opposes, date: "2024-01-01", source: "own")])"#;
    let again = [&["-g", "main.ron"], &IMPORT[..]].concat();
    assert_eq!(run(folder.path(), &IMPORT).code, 0);
    let first = made(folder.path());
    fs::write(folder.path().join("main.ron"), main).unwrap();
    is_told(&run(folder.path(), &again), 0, &["2 actors, 1 issue"]);
    assert_eq!(made(folder.path()), first);
    assert_eq!(run(folder.path(), &["-g", "main.ron", "check"]).code, 0);
    // The names of the graph's other files still win.
    fs::write(
        folder.path().join("t.csv"),
        "who,on,vote\nEast,Tax,yes\nNorth,Tax,no\n",
    )
    .unwrap();
    is_told(&run(folder.path(), &again), 0, &["1 actor, 1 issue"]);
}

/// Decisions of the names table lead on, in whatever order the rows come.
#[test]
fn a_decision_may_lead_to_another() {
    let names = ["Alpha Ports", "Alpha Ports Ltd", "Alfa Ports Ltd"];
    for order in [[0, 1, 2], [2, 1, 0]] {
        let rows = order
            .map(|nth| format!("{},Tax,yes\n", names[nth]))
            .concat();
        let folder = folder(&format!("who,on,vote\n{rows}"), STANCES);
        let decided = "written,id\nAlfa Ports Ltd,alpha-ports-ltd\nAlpha Ports Ltd,alpha-ports\n";
        fs::write(folder.path().join("names.csv"), decided).unwrap();
        let import = [&IMPORT[..], &["--names", "names.csv"]].concat();
        is_told(&run(folder.path(), &import), 0, &["1 actor"]);
        let text = made(folder.path());
        assert_eq!(text.matches("actor: \"alpha-ports\"").count(), 1, "{text}");
        assert!(!text.contains("alpha-ports-ltd"), "{text}");
    }
    // A circle ends nowhere.
    let folder = folder("who,on,vote\nNorth,Tax,yes\nSouth,Tax,no\n", STANCES);
    let circle = "written,id\nNorth,south\nSouth,north\n";
    fs::write(folder.path().join("names.csv"), circle).unwrap();
    let import = [&IMPORT[..], &["--names", "names.csv"]].concat();
    let ran = run(folder.path(), &import);
    is_told(&ran, 2, &["names.csv:2, column 2 `id`", "nothing was made"]);
    assert!(!folder.path().join("out.ron").exists());
}

/// An id that is one of another kind is no better than none.
#[test]
fn a_decision_for_a_record_of_another_kind() {
    let folder = folder("who,on,vote\nNorth Sea,The Sea,yes\n", STANCES);
    let decided = "written,id\nThe Sea,north-sea\n";
    fs::write(folder.path().join("names.csv"), decided).unwrap();
    let import = [&IMPORT[..], &["--names", "names.csv"]].concat();
    let said = [
        "names.csv:2, column 2 `id`",
        "`north-sea` is an actor, not an issue",
    ];
    is_told(&run(folder.path(), &import), 2, &said);
}

/// A field that holds one name takes one. Of a tie with several, each is tied to each.
#[test]
fn several_names_in_a_cell() {
    let table = "who,with,by,on,vote\nNorth; South,East;West,Ann;Bo,Tax,yes\n";
    let split = "split: {\"who\": \";\", \"with\": \";\", \"by\": \";\"},";
    let ties = folder(
        table,
        &format!("{split} ties: (from: Of(\"who\"), to: Of(\"with\"), kind: Partner)"),
    );
    is_told(&run(ties.path(), &IMPORT), 0, &["4 actors and 4 ties"]);
    // One column with everybody: each pair once.
    let all = folder(
        "who\nNorth;South;East\n",
        "split: {\"who\": \";\"}, ties: (from: Of(\"who\"), to: Of(\"who\"), kind: Partner)",
    );
    is_told(&run(all.path(), &IMPORT), 0, &["3 actors and 3 ties"]);
    let voiced = STANCES.replace("stances: (", "stances: (said_by: Of(\"by\"), ");
    let stances = folder(table, &format!("{split} {voiced}"));
    let said = [
        "t.csv:2, column 3 `by`",
        "`ann` and `bo` are named, and `said_by` is one",
    ];
    is_told(&run(stances.path(), &IMPORT), 1, &said);
    let host = "meetings: (title: \"T\", status: Held, date: \"2024\", host: Of(\"by\"), participants: Of(\"who\"))";
    let meetings = folder(table, &format!("{split} {host}"));
    is_told(&run(meetings.path(), &IMPORT), 1, &["`host` is one"]);
}

/// What a graph could not hold is told at its cell: the same that `check` says of a file.
#[test]
fn records_that_a_graph_can_not_hold() {
    let at = |field: &str, value: &str| {
        STANCES.replace("stances: (", &format!("stances: ({field}: {value}, "))
    };
    let tie = |fields: &str| {
        format!("ties: (from: Of(\"who\"), to: Of(\"on\"), kind: Partner, {fields})")
    };
    let faults: &[(&str, String, &[&str])] = &[
        (
            "who,on,vote,from,to\nNorth,Tax,yes,2024-05-01,2024-04-01\n",
            at("date: \"{from}\", until", "\"{to}\""),
            &["t.csv:2, column 5 `to`", "`until` is before `date`"],
        ),
        (
            "who,on,from,to\nNorth,South,2024-05-01,2024-04-01\n",
            tie("since: \"{from}\", until: \"{to}\""),
            &["t.csv:2, column 4 `to`", "`until` is before `since`"],
        ),
        (
            "who,on,vote,day\nNorth,Tax,yes,2024-05-01/..\n",
            at("date", "\"{day}\""),
            &["t.csv:2, column 4 `day`", "an open interval"],
        ),
        (
            "who,on,vote\nNorth,Tax,40\n",
            "stances: (actor: Of(\"who\"), issue: Of(\"on\"), position: Of(\"vote\"))".to_owned(),
            &["t.csv:2, column 3 `vote`", "`tax` has no scale"],
        ),
        (
            "who,on,vote\nNorth,Tax,0\n",
            "issues: (levels: 2), stances: (actor: Of(\"who\"), issue: Of(\"on\"), position: Values(\"vote\", {\"0\": Neutral}))".to_owned(),
            &["t.csv:2, column 3 `vote`", "`tax` has 2 levels: yes or no"],
        ),
        (
            "who,on,vote,low,high\nNorth,Tax,yes,1,1\n",
            format!("issues: (scale: (from: Of(\"low\"), to: Of(\"high\"))), {STANCES}"),
            &["t.csv:2, column 4 `low`", "two different ends"],
        ),
        (
            "who,on,vote,id\nNorth,Tax,yes,Q30\n",
            format!("issues: (same_as: \"{{id}}\"), {STANCES}"),
            &["t.csv:2, column 4 `id`", "does not say where it is an id"],
        ),
        (
            "who,on,vote,if\nNorth,Tax,yes,South\n",
            at("depends_on", "Of(\"if\")"),
            &["t.csv:2, column 4 `if`", "but no `condition`"],
        ),
    ];
    for (table, map, said) in faults {
        let folder = folder(table, map);
        is_told(&run(folder.path(), &IMPORT), 1, said);
        let check = run(folder.path(), &["-g", "out.ron", "check"]);
        assert_eq!(check.code, 0, "{}", check.err);
        // What only that row names is left out with it.
        assert!(!made(folder.path()).contains("North"), "{table}");
    }
}

/// Nothing of a row that is left out stays, unless another row names it.
#[test]
fn what_only_a_row_with_a_mistake_names() {
    let folder = small();
    let votes = VOTES.replace("2,us,abstain,2020-01-03,,Ann", "3,us,yes,2020-02-31,,Cy");
    fs::write(folder.path().join("votes.csv"), votes).unwrap();
    is_told(
        &run(folder.path(), &IMPORT),
        1,
        &["4 actors, 2 issues and 2 statements"],
    );
    let text = made(folder.path());
    assert!(
        !text.contains("Cy") && !text.contains("Roll call 3"),
        "{text}"
    );
    assert!(text.contains("United States"), "{text}");
}

/// A source that the graph has is not made again.
#[test]
fn a_source_of_the_graph() {
    let folder = small();
    let own = "Graph(sources: {\"un\": (title: \"UN\", date: \"2021\")})";
    fs::write(folder.path().join("own.ron"), own).unwrap();
    let import = [&["-g", "own.ron"], &IMPORT[..]].concat();
    let said = [
        "map.ron:5:",
        "`un` is the id of another record",
        "`source: Id(\"un\")`",
    ];
    is_told(&run(folder.path(), &import), 2, &said);
    let map = MAP.replace("(id: \"un\", title: \"UN\", date: \"2021\")", "Id(\"un\")");
    fs::write(folder.path().join("map.ron"), map).unwrap();
    is_told(&run(folder.path(), &import), 0, &[]);
}

/// A key identifies a row: another row with it that says otherwise is a mistake, the same row is not.
#[test]
fn two_rows_with_one_key() {
    let table =
        "id,who,on,vote\n1,North,Tax,yes\n2,South,Tax,no\n1,North,Tax,yes\n2,South,Tax,yes\n";
    let folder = folder(table, &format!("key: \"{{id}}\", {STANCES}"));
    let said = [
        "t.csv:5, column 1 `id`",
        "row 3 has the key `2`, too, and says otherwise",
        "1 record was there already",
        "2 statements",
    ];
    is_told(&run(folder.path(), &IMPORT), 1, &said);
}

/// `split` holds for every field that may hold several.
#[test]
fn tags_of_a_cell() {
    let table = "who,on,vote,about\nNorth,Tax,yes,budget; coast\n";
    let tagged = STANCES.replace("stances: (", "stances: (tags: \"{about}\", ");
    let folder = folder(table, &format!("split: {{\"about\": \";\"}}, {tagged}"));
    is_told(&run(folder.path(), &IMPORT), 0, &[]);
    let text = made(folder.path());
    assert!(text.contains("tags: [\"budget\", \"coast\"]"), "{text}");
}

/// What is no character of the encoding is told, not replaced.
#[test]
fn bytes_that_are_no_character() {
    let table = "who,on,vote\nNorth,Tax,yes\n";
    let utf16 = |mut units: Vec<u16>| -> Vec<u8> {
        units.insert(0, 0xfeff);
        units.into_iter().flat_map(u16::to_le_bytes).collect()
    };
    let units: Vec<u16> = table.encode_utf16().collect();
    let mut half = units.clone();
    half[12] = 0xd83d;
    let mut cut = utf16(units);
    cut.pop();
    let mut windows = table.as_bytes().to_vec();
    windows[12] = 0x81;
    let faults: [(&str, Vec<u8>, i32, &[&str]); 3] = [
        (
            "utf-16",
            utf16(half),
            1,
            &["t.csv:2, column 1", "half of a character"],
        ),
        (
            "utf-16",
            cut,
            1,
            &["t.csv:2, column 3", "half of a character"],
        ),
        (
            "windows-1252",
            windows,
            1,
            &["t.csv:2, column 1", "0x81 is not windows-1252"],
        ),
    ];
    for (encoding, bytes, code, said) in faults {
        let folder = folder("", &format!("encoding: \"{encoding}\", {STANCES}"));
        fs::write(folder.path().join("t.csv"), bytes).unwrap();
        is_told(&run(folder.path(), &IMPORT), code, said);
    }
    // One message says what is wrong with a whole table.
    let folder = folder("", STANCES);
    fs::write(
        folder.path().join("t.csv"),
        utf16(table.encode_utf16().collect()),
    )
    .unwrap();
    let ran = run(folder.path(), &IMPORT);
    is_told(&ran, 2, &["the table is in UTF-16"]);
    assert!(!ran.err.contains("0xFF"), "{}", ran.err);
}

/// A table that a quote cuts short replaces no good file.
#[test]
fn a_quote_that_is_never_closed() {
    let folder = small();
    assert_eq!(run(folder.path(), &IMPORT).code, 0);
    let good = made(folder.path());
    for (file, from) in [("votes.csv", "1,cn"), ("countries.csv", "us,")] {
        let path = folder.path().join(file);
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, whole.replacen(from, &format!("\"{from}"), 1)).unwrap();
        is_told(
            &run(folder.path(), &IMPORT),
            2,
            &["never closed", "nothing was made"],
        );
        assert_eq!(made(folder.path()), good);
        fs::write(&path, whole).unwrap();
    }
}

/// What is proposed has to be filled in.
#[test]
fn a_proposal_as_it_is() {
    let folder = folder("sender,receiver\nNorth,South\n", "");
    let proposal = run(folder.path(), &["import", "t.csv", "--propose"]);
    fs::write(folder.path().join("map.ron"), &proposal.out).unwrap();
    let ran = run(folder.path(), &IMPORT);
    is_told(&ran, 2, &["`…` is still to be filled in"]);
    assert_eq!(
        ran.err.matches("is still to be filled in").count(),
        4,
        "{}",
        ran.err
    );
}

/// Texts are replaced if they are those of the last import, whatever the table says now.
#[test]
fn texts_that_the_table_has_changed() {
    let folder = folder("", "");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let map = r#"Import(version: 1, table: "t.csv", source: Of("doc"),
        sources: (id: "{doc}", title: "{doc}", text: "{text}"), actors: (kind: Person),
        stances: (actor: Of("who"), issue: Of("on"), position: Supports, date: "2024-01-01"))"#;
    write("map.ron", map);
    for text in ["we support tax", "we support a tax", "we"] {
        write("t.csv", &format!("doc,text,who,on\nd1,{text},Ann,Tax\n"));
        is_told(&run(folder.path(), &IMPORT), 0, &[]);
        let there = fs::read_to_string(folder.path().join("out-texts/d1.txt")).unwrap();
        assert_eq!(there, text);
    }
    write("out-texts/d1.txt", "edited");
    is_told(&run(folder.path(), &IMPORT), 2, &["it holds `d1.txt`"]);
}

/// Who speaks for whom may be said in the import itself.
#[test]
fn somebody_who_speaks_for_an_actor() {
    let table = "who,by,on,vote\nNorth,Ann,Tax,yes\nSouth,Bo,Tax,yes\n";
    let people =
        "actors: [(of: \"who\", kind: State), (of: \"by\", kind: Person, speaks_for: Of(\"who\"))]";
    let voiced = STANCES.replace("stances: (", "stances: (said_by: Of(\"by\"), ");
    let folder = folder(table, &voiced);
    let map = fs::read_to_string(folder.path().join("map.ron")).unwrap();
    is_told(
        &run(folder.path(), &IMPORT),
        0,
        &["2 statements will not count"],
    );
    let map = map.replace("actors: (kind: Organization)", people);
    fs::write(folder.path().join("map.ron"), map).unwrap();
    let ran = run(folder.path(), &IMPORT);
    is_told(&ran, 0, &[]);
    assert!(!ran.err.contains("will not count"), "{}", ran.err);
}
