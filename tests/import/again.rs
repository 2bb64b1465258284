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

/// Makes the graph even if no row makes a record.
const FORCED: [&str; 6] = ["import", "--map", "map.ron", "-o", "out.ron", "--force"];

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
    is_told(&run(stances.path(), &FORCED), 1, &said);
    let host = "meetings: (title: \"T\", status: Held, date: \"2024\", host: Of(\"by\"), participants: Of(\"who\"))";
    let meetings = folder(table, &format!("{split} {host}"));
    is_told(&run(meetings.path(), &FORCED), 1, &["`host` is one"]);
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
        is_told(&run(folder.path(), &FORCED), 1, said);
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
        &["4 actors, 1 issue and 2 statements"],
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
        is_told(&run(folder.path(), &FORCED), code, said);
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

/// Whatever is wrong, a good file is not replaced by one that says nothing.
#[test]
fn an_import_that_makes_nothing() {
    let folder = folder("who,on,vote\nNorth,Tax,yes\n", STANCES);
    is_told(&run(folder.path(), &IMPORT), 0, &[]);
    let good = made(folder.path());
    for table in ["who,on,vote\n", "who,on,vote\nNorth,Tax,perhaps\n"] {
        fs::write(folder.path().join("t.csv"), table).unwrap();
        is_told(
            &run(folder.path(), &IMPORT),
            2,
            &["no row makes a record: nothing was made"],
        );
        assert_eq!(made(folder.path()), good);
    }
    fs::write(folder.path().join("map.ron"), "[]").unwrap();
    assert_eq!(run(folder.path(), &IMPORT).code, 2);
}

/// A table is imported by a map, and makes what stands in the graph, or says what is wrong.
fn makes(table: &str, map: &str, code: i32, said: &[&str], there: &[&str]) {
    let folder = folder(table, map);
    let ran = run(folder.path(), &IMPORT);
    is_told(&ran, code, said);
    if code < 2 {
        let text = made(folder.path());
        for there in there {
            assert!(text.contains(there), "{there}: {text}");
        }
        if code == 0 {
            let check = run(folder.path(), &["-g", "out.ron", "check"]);
            assert_eq!(check.code, 0, "{}", check.err);
        }
    }
}

/// Each row may add to what others say of a record, whatever column names it; what it says otherwise is told.
#[test]
fn what_rows_say_of_one_record() {
    let map = format!(
        "actors: (kind: State, power: Of(\"power\")), sources: (title: \"{{src}}\", date: \"{{d}}\"), {}",
        STANCES.replace("stances: (", "stances: (source: Of(\"src\"), ")
    );
    let map = map.replacen(
        "actors: (kind: State",
        "tables: {}, actors: (kind: State",
        1,
    );
    let folder = folder("", "");
    let text = format!("Import(version: 1, table: \"t.csv\", {map})");
    fs::write(folder.path().join("map.ron"), text).unwrap();
    let table = "who,on,vote,power,src,d\nB,X,yes,,S1,\nB,Y,yes,3,S1,2020-05-01\nB,Z,yes,bad,S1,\nB,W,yes,4,S1,\n";
    fs::write(folder.path().join("t.csv"), table).unwrap();
    let said = [
        "t.csv:4, column 4 `power`",
        "`bad` is no number",
        "`b` has another `power` in row 3",
        "2 statements",
    ];
    is_told(&run(folder.path(), &IMPORT), 1, &said);
    let text = made(folder.path());
    assert!(
        text.contains("power: 3.0") && text.contains("date: \"2020-05-01\""),
        "{text}"
    );
}

#[test]
fn what_is_said_of_a_record_that_another_column_names_first() {
    let members =
        "actors: [(of: \"grp\", kind: Group, members: Of(\"mem\")), (of: \"mem\", kind: Group)],";
    let folder = folder("grp,mem,on,vote\nA,B,X,yes\nB,C,X,yes\n", "");
    let stances = STANCES.replace("who", "grp");
    let map = format!(
        "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), {members} {stances})"
    );
    fs::write(folder.path().join("map.ron"), map).unwrap();
    is_told(&run(folder.path(), &IMPORT), 0, &["3 actors"]);
    assert!(made(folder.path()).contains("members: [\"c\"]"));
    // What names a record is no part of it.
    makes(
        "who,on,wide,vote\nA,X,Y,yes\n",
        &format!("issues: (part_of: Of(\"wide\")), {STANCES}"),
        0,
        &["2 issues"],
        &["part_of: \"y\""],
    );
}

/// Nothing is merged by itself: two ids, or two codes in a column, are two records.
#[test]
fn records_that_are_alike() {
    let votes = "stances: (actor: Of(\"who\"), issue: Of(\"id\"), position: Values(\"vote\", {\"yes\": Supports, \"no\": Opposes})),";
    makes(
        "who,id,title,vote\nA,1,Vote,yes\nA,2,Vote,no\nB,1,Vote,no\nB,2,Vote,no\n",
        &format!("issues: (name: \"{{title}}\"), {votes}"),
        0,
        &["2 issues and 4 statements"],
        &["\"vote-2\": (name: \"Vote\""],
    );
    let ids = "id,on,vote\nab,X,yes\nAB,X,no\nAb,X,no\n";
    let map = STANCES.replace("who", "id");
    let folder = folder(ids, "");
    let map = format!(
        "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), actors: (id: \"{{id}}\", kind: State), {map})"
    );
    fs::write(folder.path().join("map.ron"), map).unwrap();
    is_told(
        &run(folder.path(), &IMPORT),
        0,
        &["3 actors, 1 issue and 3 statements"],
    );
    // An alias of the import is one of its names.
    let aliases = "who,al,on,vote\nFrance,FR,Tax,yes\nFR,,Ports,no\n";
    makes(
        aliases,
        &format!("{STANCES} issues: (aliases: Of(\"al\")),"),
        0,
        &[],
        &[],
    );
}

/// A graph's ids and names are found as questions find them.
#[test]
fn names_of_a_graph_in_other_letters() {
    let folder = folder(
        "who,on,vote\nUS,Tax,yes\nOesterreich,Tax,no\nthe press,Tax,no\n",
        STANCES,
    );
    let main = r#"Graph(actors: {"us": (name: "United States", kind: State), "at": (name: "Österreich", kind: State), "press": (name: "The Press", kind: Group)})"#;
    fs::write(folder.path().join("main.ron"), main).unwrap();
    let ran = run(folder.path(), &[&["-g", "main.ron"], &IMPORT[..]].concat());
    is_told(&ran, 0, &["made 1 source, 1 issue and 3 statements"]);
}

/// Rows of two meetings may say the same, and those of one add up.
#[test]
fn meetings_of_several_rows() {
    let map = "meetings: (group: \"{m}\", title: \"{title}\", status: Held, date: \"{d}\", place: \"{where}\", participants: Of(\"who\")),";
    makes(
        "m,who,d,title,where\n1,A,2020-01-01,T,\n1,B,2020-01-01,T,Paris\n2,A,2020-01-01,T,\n2,C,2020-01-01,T,Rome\n",
        &map.replace("meetings", "note: \"\", meetings"),
        0,
        &["3 actors and 2 meetings"],
        &[
            "participants: [\"a\", \"b\"]",
            "participants: [\"a\", \"c\"]",
            "place: \"Rome\"",
            "place: \"Paris\"",
        ],
    );
    makes(
        "m,who,d,title,where\n1,A,2020-01-01,T,Rome\n1,B,2020-01-01,T,Paris\n",
        map,
        1,
        &["t.csv:3, column 5 `where`", "another `place` than in row 2"],
        &["place: \"Rome\""],
    );
}

/// `where` holds for columns of other tables, too.
#[test]
fn rows_that_another_table_chooses() {
    for (condition, left) in [("Is", "north"), ("Not", "south")] {
        let folder = folder(
            "who,on,vote\nNorth,Tax,yes\nSouth,Tax,no\n",
            &format!(
                "tables: {{\"a\": (file: \"a.csv\", by: \"who\")}}, where: {condition}(\"a.side\", \"up\"), {STANCES}"
            ),
        );
        fs::write(
            folder.path().join("a.csv"),
            "who,side\nNorth,up\nSouth,down\n",
        )
        .unwrap();
        is_told(
            &run(folder.path(), &IMPORT),
            0,
            &["1 statement", "left out 1 row: `where`"],
        );
        assert!(made(folder.path()).contains(&format!("actor: \"{left}\"")));
    }
}

/// What is in a cell is not read as something else.
#[test]
fn numbers_dates_and_titles() {
    let numbers = STANCES.replace("stances: (", "stances: (power: Of(\"p\"), ");
    makes(
        "who;on;vote;p\nA;X;yes;1,5\nA;Y;yes;1.000\n",
        &format!("delimiter: \";\", decimal: \",\", {numbers}"),
        1,
        &["t.csv:3, column 4 `p`", "`1.000` is no number"],
        &["power: 1.5"],
    );
    let dated = STANCES.replace("stances: (", "stances: (date: \"{d}\", ");
    for (form, said) in [
        ("DD MMM YYYY", "months are numbers"),
        ("DDth MM YYYY", "is none of"),
    ] {
        makes(
            "who,on,vote,d\n",
            &format!("dates: \"{form}\", {dated}"),
            2,
            &[said],
            &[],
        );
    }
    makes(
        "who,on,vote,d\nA,X,yes,20230611\nA,Y,yes,2023061\n",
        &format!("dates: \"YYYYMMDD\", {dated}"),
        1,
        &["`2023061` is not a date"],
        &["date: \"2023-06-11\""],
    );
    // The source keeps its title, and the map may give dates as the format has them.
    let folder = folder("", "");
    let map = format!(
        "Import(version: 1, table: \"t.csv\", dates: \"DD.MM.YYYY\", source: Of(\"src\"), actors: (kind: State), sources: (date: \"2024\"), {STANCES})"
    );
    fs::write(folder.path().join("map.ron"), map).unwrap();
    let table = "who,on,vote,src\nA,X,yes,Süddeutsche Zeitung\nA,Y,yes,\n";
    fs::write(folder.path().join("t.csv"), table).unwrap();
    is_told(
        &run(folder.path(), &IMPORT),
        1,
        &["t.csv:3, column 4 `src`", "no source"],
    );
    assert!(made(folder.path()).contains("title: \"Süddeutsche Zeitung\", date: \"2024\""));
}

/// Two maps of one file may not say different things of one record.
#[test]
fn maps_that_say_different_things() {
    let folder = folder("who,on,vote\nA,X,yes\n", "");
    let map = |title: &str, kind: &str| {
        format!(
            "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"{title}\"), actors: (kind: {kind}), {STANCES})"
        )
    };
    let write = |one: String, other: String| {
        fs::write(folder.path().join("map.ron"), format!("[{one}, {other}]")).unwrap();
        run(folder.path(), &IMPORT)
    };
    let ran = write(map("S", "State"), map("T", "State"));
    is_told(&ran, 2, &["`s` has another `title` in another map"]);
    let ran = write(map("S", "State"), map("S", "Group"));
    is_told(
        &ran,
        0,
        &["`a` is in columns of two kinds of actors: the first kind counts"],
    );
    is_told(&write(map("S", "State"), map("S", "State")), 0, &[]);
}

/// What no cell has by itself is told, too, as `check` tells it.
#[test]
fn what_only_the_whole_shows() {
    makes(
        "from,to\nA,B\nB,A\n",
        "ties: (from: Of(\"from\"), to: Of(\"to\"), kind: Member),",
        1,
        &["error[cycle]", "out.ron:", "1 mistake of what was made"],
        &[],
    );
    let folder = folder("who,on,vote\nA,X,yes\n", STANCES);
    let main = "Graph(include: [\"out.ron\"], stances: [(actor: \"a\", issue: \"x\", position: Opposes, source: \"s\")])";
    fs::write(folder.path().join("main.ron"), main).unwrap();
    // The file that the graph includes need not be there before it is made.
    let import = [&["-g", "main.ron"], &IMPORT[..]].concat();
    is_told(&run(folder.path(), &import), 0, &[]);
    fs::write(folder.path().join("t.csv"), "who,on,vote\nB,X,yes\n").unwrap();
    let said = ["other files of the graph have 1 error", "unknown actor `a`"];
    is_told(&run(folder.path(), &import), 0, &said);
}

/// `of` names columns.
#[test]
fn a_part_about_a_column_that_is_not_there() {
    makes(
        "who,on,vote\nA,X,yes\n",
        &format!("issues: (of: \"om\", levels: 2), {STANCES}"),
        2,
        &["the table has no column `om`"],
        &[],
    );
}

/// A proposal shows the values as they are, and none is made of what is no text.
#[test]
fn proposals_of_other_encodings() {
    let folder = folder("", "");
    let propose = |bytes: Vec<u8>| {
        fs::write(folder.path().join("t.csv"), bytes).unwrap();
        run(folder.path(), &["import", "t.csv", "--propose"])
    };
    let ran = propose(b"who,vote\nA,daf\xfcr\n".to_vec());
    is_told(&ran, 0, &[]);
    assert!(ran.out.contains("encoding: \"windows-1252\"") && ran.out.contains("dafür"));
    let units = std::iter::once(0xfeff).chain("who,vote\nA,dafür\n".encode_utf16());
    let units: Vec<u16> = units.collect();
    let of_both = [u16::to_le_bytes, u16::to_be_bytes];
    for bytes in of_both {
        let ran = propose(units.iter().copied().flat_map(bytes).collect());
        assert!(ran.out.contains("dafür"), "{}", ran.out);
    }
    let ran = propose(units.into_iter().flat_map(u16::to_le_bytes).collect());
    assert!(
        ran.out.contains("encoding: \"utf-16\"") && ran.out.contains("dafür"),
        "{}",
        ran.out
    );
    is_told(&propose(b"PK\x03\x04\x00\x00".to_vec()), 2, &["is no text"]);
}

/// Columns that somebody has added to the table of names stay.
#[test]
fn a_column_of_remarks_beside_the_names() {
    let folder = folder(
        "who,on,vote\nAlpha Ports,Tax,yes\nAlpha Ports Ltd,Tax,no\n",
        STANCES,
    );
    let names = "written,id,near,rows,remark\nAlpha Ports Ltd,alpha-ports,,1,\"asked, 3 May\"\n";
    fs::write(folder.path().join("names.csv"), names).unwrap();
    let import = [&IMPORT[..], &["--names", "names.csv"]].concat();
    is_told(&run(folder.path(), &import), 0, &["1 actor"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("names.csv")).unwrap(),
        names
    );
}

/// Records that name one another in a row, or in a circle, are made; `check` says what is a circle.
#[test]
fn columns_that_name_one_another() {
    let people = "actors: [(of: \"org\", kind: Organization, members: Of(\"p\")), (of: \"p\", kind: Person, speaks_for: Of(\"org\"))],";
    let map = |people: &str, ties: &str| {
        format!(
            "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), {people} {ties})"
        )
    };
    let ties = "ties: (from: Of(\"p\"), to: Of(\"org\"), kind: Of(\"k\"))";
    let folder = folder("org,p,k\nX,Ann,works for\nX,Bo,\n", "");
    fs::write(folder.path().join("map.ron"), map(people, ties)).unwrap();
    let said = [
        "2 actors and 1 tie",
        "t.csv:3, column 3 `k`",
        "no kind: the cell is empty",
    ];
    is_told(&run(folder.path(), &IMPORT), 1, &said);
    let text = made(folder.path());
    assert!(
        text.contains("members: [\"ann\"") && text.contains("speaks_for: \"x\""),
        "{text}"
    );
    assert!(text.contains("kind: Other(\"works for\")"), "{text}");
    // A word in the map is no cell.
    let ties = ties.replace("Of(\"k\")", "Other(\"{k}\")");
    fs::write(folder.path().join("map.ron"), map(people, &ties)).unwrap();
    is_told(
        &run(folder.path(), &IMPORT),
        2,
        &["`{k}` is the same for each row here"],
    );
    // Without `of`, nobody knows whose name it is.
    let voiced = STANCES.replace("stances: (", "stances: (said_by: Of(\"p\"), ");
    let open = format!("issues: (levels: 2), {}", voiced.replace("who", "org"));
    let map = map("actors: (kind: Organization, name: \"{k}\"),", &open);
    fs::write(
        folder.path().join("t.csv"),
        "org,p,k,on,vote\nX,Ann,Xo,Tax,yes\n",
    )
    .unwrap();
    fs::write(folder.path().join("map.ron"), map).unwrap();
    let said = [
        "name actors, and `k` is a cell of one of them",
        "`of: \"…\"`",
    ];
    is_told(&run(folder.path(), &IMPORT), 2, &said);
}

/// A name may come later than the first row, and another name is an alias.
#[test]
fn names_that_come_later() {
    let map = "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), actors: (name: \"{n}\", kind: State), stances: (actor: Of(\"who\"), issue: Of(\"on\"), position: Supports))";
    let made_of = |table: &str| {
        let folder = folder(table, "");
        fs::write(folder.path().join("map.ron"), map).unwrap();
        is_told(&run(folder.path(), &IMPORT), 0, &[]);
        made(folder.path())
    };
    let text = made_of("who,n,on\nA,,X\nA,Alpha,Y\nA,Alfa,Z\n");
    assert!(
        text.contains("name: \"Alpha\", kind: State, aliases: [\"A\", \"Alfa\"]"),
        "{text}"
    );
    // In whatever order they come, the same names are one record.
    for table in [
        "who,n,on\nUS,United States,X\nUnited States,,Y\n",
        "who,n,on\nUnited States,,Y\nUS,United States,X\n",
    ] {
        let text = made_of(table);
        assert_eq!(text.matches("kind: State").count(), 1, "{text}");
    }
}

/// Decisions hold whatever id the map would give, and texts have files of their own.
#[test]
fn ids_of_the_map() {
    let composed = folder("who,c,on,vote\nUSA,1,X,yes\nUnited States,2,Y,yes\n", "");
    let map = format!(
        "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), actors: (id: \"c{{c}}\", kind: State), {STANCES})"
    );
    fs::write(composed.path().join("map.ron"), map).unwrap();
    fs::write(
        composed.path().join("names.csv"),
        "written,id\nUnited States,c1\n",
    )
    .unwrap();
    let import = [&IMPORT[..], &["--names", "names.csv"]].concat();
    is_told(&run(composed.path(), &import), 0, &["1 actor, 2 issues"]);
    let texts = folder("", "");
    let map = r#"Import(version: 1, table: "t.csv", source: Of("doc"), sources: (id: "{doc}", title: "{doc}", text: "{text}"), actors: (kind: Person),
        stances: (actor: Of("who"), issue: Of("on"), position: Supports, quote: "{quote}", date: "2024-01-01"))"#;
    fs::write(texts.path().join("map.ron"), map).unwrap();
    let table = "doc,text,who,on,quote\na:b,we say yes,Ann,Tax,say yes\na_b,we say no,Ann,Sea,say no\ncon,we,Ann,Air,we\n";
    fs::write(texts.path().join("t.csv"), table).unwrap();
    is_told(&run(texts.path(), &IMPORT), 0, &[]);
    for (file, text) in [
        ("a_b.txt", "we say yes"),
        ("a_b-2.txt", "we say no"),
        ("con_.txt", "we"),
    ] {
        let there = fs::read_to_string(texts.path().join("out-texts").join(file)).unwrap();
        assert_eq!(there, text);
    }
    // Quotes are sought in the texts that are made, not in those of before.
    fs::write(
        texts.path().join("t.csv"),
        table.replace("say yes", "say perhaps"),
    )
    .unwrap();
    is_told(&run(texts.path(), &IMPORT), 0, &[]);
    fs::write(
        texts.path().join("t.csv"),
        table.replace("Sea,say no", "Sea,say never"),
    )
    .unwrap();
    is_told(&run(texts.path(), &IMPORT), 1, &["quote-not-found"]);
}

/// What has to happen may be in the hands of actors, or be about issues.
#[test]
fn conditions_that_depend_on_issues() {
    let offers = STANCES.replace(
        "stances: (",
        "stances: (condition: \"{if}\", depends_on: Of(\"dep\"), ",
    );
    makes(
        "who,on,vote,if,dep\nB,Trade,yes,,\nA,Tax,yes,if trade is free,Trade;Trade;B\n",
        &format!("split: {{\"dep\": \";\"}}, {offers}"),
        0,
        &["2 actors, 2 issues and 2 statements"],
        &["depends_on: [\"trade\", \"b\"]"],
    );
}

/// Groups are of one table, and what one row says of a meeting the others need not say.
#[test]
fn groups_of_two_tables() {
    let map = |table: &str| {
        format!(
            "Import(version: 1, table: \"{table}\", source: (id: \"s\", title: \"S\"), actors: (kind: Organization), meetings: (group: \"{{no}}\", title: \"{{t}}\", status: Values(\"st\", {{\"held\": Held}}), participants: Of(\"who\")))"
        )
    };
    let folder = folder("no,t,st,who\n1,Talk,held,A\n1,,,B\n", "");
    fs::write(
        folder.path().join("u.csv"),
        "no,t,st,who\n1,Talk,held,C\n1,Talk,held,D\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("map.ron"),
        format!("[{}, {}]", map("t.csv"), map("u.csv")),
    )
    .unwrap();
    is_told(
        &run(folder.path(), &IMPORT),
        0,
        &["4 actors and 2 meetings"],
    );
}

/// A cell of several names finds no row of another table.
#[test]
fn a_table_by_a_column_of_several_names() {
    makes(
        "who,on,vote\nX;Y,Tax,yes\n",
        &format!(
            "split: {{\"who\": \";\"}}, tables: {{\"o\": (file: \"t.csv\", by: \"who\")}}, {STANCES}"
        ),
        2,
        &["a cell of `who` is split into several names, and finds one row"],
        &[],
    );
}

/// A cell of several names is each of them in what describes them; `where` sees what is missing, too.
#[test]
fn parts_of_a_cell() {
    makes(
        "who,on,vote\nX;Y,Tax,yes\n",
        &format!(
            "split: {{\"who\": \";\"}}, missing: {{\"*\": [\"NA\"]}}, where: Not(\"on\", \"NA\"), {STANCES} issues: (note: \"{{}}\"),"
        ),
        0,
        &["2 actors, 1 issue and 1 statement"],
        &["name: \"X\"", "name: \"Y\""],
    );
    let folder = folder(
        "who,on,vote\nNA,Tax,yes\nB,Tax,yes\n",
        &format!("missing: {{\"*\": [\"NA\"]}}, where: Not(\"who\", \"NA\"), {STANCES}"),
    );
    is_told(
        &run(folder.path(), &IMPORT),
        0,
        &["left out 1 row: `where`"],
    );
}

/// Formats without a map replace no good file by an empty one either, and take no flags of maps.
#[test]
fn references_that_are_none() {
    let folder = folder("", "");
    let write = |text: &str| fs::write(folder.path().join("r.json"), text).unwrap();
    let import = ["import", "r.json", "--from", "csl", "-o", "out.ron"];
    write("[{\"id\": \"a\", \"title\": \"A\", \"issued\": {\"raw\": \"n.d.\"}}]");
    is_told(&run(folder.path(), &import), 0, &[]);
    write("[]");
    is_told(&run(folder.path(), &import), 2, &["nothing was made"]);
    assert!(made(folder.path()).contains("title: \"A\""));
    let ran = run(
        folder.path(),
        &[&import[..], &["--no-new", "actor"]].concat(),
    );
    is_told(&ran, 2, &["cannot be used with"]);
    is_told(
        &run(
            folder.path(),
            &["import", "r.json", "--from", "csl", "-o", "-"],
        ),
        2,
        &["without `-o`"],
    );
}

/// Memberships within a person are read, and what makes no record is counted.
#[test]
fn people_with_memberships_within() {
    let folder = folder("", "");
    let text = r#"{"persons": [{"id": "p", "name": "Anna Vask", "memberships": [{"organization_id": "o", "role": "chair"}]}],
        "organizations": [{"id": "o", "name": "Acme", "parent_id": "o"}], "motions": [{"id": "m"}]}"#;
    fs::write(folder.path().join("p.json"), text).unwrap();
    let ran = run(
        folder.path(),
        &["import", "p.json", "--from", "ftm", "-o", "out.ron"],
    );
    is_told(
        &ran,
        0,
        &["1 tie", "1 record of `motions`", "1 record of `parent_id`"],
    );
}

/// Ids that are made of names are no names of others, and a code is no name, in whatever order the rows come.
#[test]
fn names_in_any_order() {
    let of_names = |rows: [&str; 2], map: &str, head: &str| {
        let folder = folder(&format!("{head}\n{}\n{}\n", rows[0], rows[1]), "");
        let map = format!(
            "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), actors: ({map}), {STANCES})"
        );
        fs::write(folder.path().join("map.ron"), map).unwrap();
        is_told(&run(folder.path(), &IMPORT), 0, &["2 actors"]);
    };
    for [one, other] in [[0, 1], [1, 0]] {
        let users = ["john.doe,X,yes", "john-doe,X,no"];
        of_names([users[one], users[other]], "kind: Person", "who,on,vote");
        let codes = ["GE,Georgia,X,yes", "Georgia,Georgia (US),X,no"];
        of_names(
            [codes[one], codes[other]],
            "kind: State, name: \"{n}\"",
            "who,n,on,vote",
        );
    }
    // A name made of several cells is of one person.
    let folder = folder("first,who,on,vote\nJohn,Smith,X,yes\nJane,Smith,X,no\n", "");
    let map = format!(
        "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), actors: (name: \"{{first}} {{who}}\", kind: Person), {STANCES})"
    );
    fs::write(folder.path().join("map.ron"), map).unwrap();
    is_told(
        &run(folder.path(), &IMPORT),
        1,
        &["t.csv:3, column 1 `first`", "another `name` in row 2"],
    );
}

/// `of` names a column as `Of` does, and what stands beside a record is not described by its row.
#[test]
fn parts_about_columns_of_other_tables() {
    let people = "person,org,seats\nAnn,Acme,10\nBob,Beta,20\n";
    let tables = "tables: {\"s\": (file: \"p.csv\", by: \"a\", on: \"person\"), \"t\": (file: \"p.csv\", by: \"b\", on: \"person\")},";
    let of = "actors: [(of: \"s.org\", kind: Organization, power: Of(\"s.seats\")), (of: \"t.org\", kind: Group, power: Of(\"t.seats\"))],";
    let ties = "ties: (from: Of(\"s.org\"), to: Of(\"t.org\"), kind: Ally)";
    let folder = folder("a,b\nAnn,Bob\n", "");
    fs::write(folder.path().join("p.csv"), people).unwrap();
    let map = |actors: &str, rest: &str| {
        format!(
            "Import(version: 1, table: \"t.csv\", source: (id: \"s\", title: \"S\"), {actors} {rest})"
        )
    };
    fs::write(
        folder.path().join("map.ron"),
        map(of, &format!("{tables} {ties}")),
    )
    .unwrap();
    is_told(&run(folder.path(), &IMPORT), 0, &["2 actors and 1 tie"]);
    let text = made(folder.path());
    assert!(
        text.contains("kind: Organization, power: 10.0")
            && text.contains("kind: Group, power: 20.0"),
        "{text}"
    );
    // Two columns are two, also in a list.
    let both = "actors: (of: [\"a\", \"b\"], kind: Person, note: \"{seats}\"),";
    fs::write(folder.path().join("t.csv"), "a,b,seats\nAnn,Bob,3\n").unwrap();
    let ties = "ties: (from: Of(\"a\"), to: Of(\"b\"), kind: Ally)";
    fs::write(folder.path().join("map.ron"), map(both, ties)).unwrap();
    is_told(
        &run(folder.path(), &IMPORT),
        2,
        &["the columns `a` and `b` name actors"],
    );
    makes(
        "who,on,title,wide,vote\nA,X1,Ports,Y1,yes\n",
        &format!("issues: (name: \"{{title}}\", part_of: Of(\"wide\")), {STANCES}"),
        0,
        &["2 issues"],
        &[
            "\"ports\": (name: \"Ports\", aliases: [\"X1\"], part_of: \"y1\")",
            "\"y1\": (name: \"Y1\")",
        ],
    );
}
