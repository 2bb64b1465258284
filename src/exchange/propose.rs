//! Proposes a map for a table: the one of a data set that is known by its headings, else one to fill in.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

use crate::edit::quoted;
use crate::exchange::delimited::{Delimited, Dialect};
use crate::exchange::input::{Decoded, Encoding};
use crate::words::folded;

/// A data set that is known by its headings.
struct Known {
    headings: &'static [&'static str],
    /// The name of the main table in the map.
    table: &'static str,
    map: &'static str,
    /// Whether it is the map of one data set, of whose shape others are: where those come from is left open.
    is_example: bool,
}

/// The data sets, those with more headings first.
const KNOWN: &[Known] = &[
    Known {
        headings: &["congress", "chamber", "rollnumber", "icpsr", "cast_code"],
        table: "TABLE",
        map: include_str!("propose/voteview.ron"),
        is_example: false,
    },
    Known {
        headings: &[
            "Partei: Kurzbezeichnung",
            "These: Nr.",
            "These: These",
            "Position: Position",
        ],
        table: "TABLE",
        map: include_str!("propose/wahlomat.ron"),
        is_example: false,
    },
    Known {
        headings: &[
            "Event ID",
            "Event Date",
            "Source Name",
            "Event Text",
            "Target Name",
        ],
        table: "TABLE",
        map: include_str!("propose/icews.ron"),
        is_example: false,
    },
    Known {
        headings: &[
            "GLOBALEVENTID",
            "SQLDATE",
            "Actor1Name",
            "Actor2Name",
            "EventCode",
        ],
        table: "TABLE",
        map: include_str!("propose/gdelt.ron"),
        is_example: false,
    },
    Known {
        headings: &[
            "document_id",
            "person",
            "organization",
            "concept",
            "agreement",
            "quote",
        ],
        table: "statements.csv",
        map: include_str!("../../examples/import/dna-climate/map.ron"),
        is_example: true,
    },
    Known {
        headings: &["event_id", "date", "head", "relation", "tail"],
        table: "events.csv",
        map: include_str!("../../examples/import/events-sample/map.ron"),
        is_example: true,
    },
    Known {
        headings: &["issue_id", "actor", "position", "salience"],
        table: "stances.csv",
        map: include_str!("../../examples/import/deu3/map.ron"),
        is_example: true,
    },
    Known {
        headings: &["date", "mep", "lobbyists", "title", "location"],
        table: "TABLE",
        map: include_str!("propose/register.ron"),
        is_example: false,
    },
    Known {
        headings: &["rcid", "cid", "vote"],
        table: "2017_votes.csv",
        map: include_str!("../../examples/import/unvotes/map.ron"),
        is_example: true,
    },
];

/// The headings by which a column is taken for a field, in a map that is to be filled in.
const WORDS: &[(Field, &[&str])] = &[
    (
        Field::Position,
        &[
            "position",
            "vote",
            "stance",
            "agreement",
            "answer",
            "support",
            "votum",
            "stimme",
        ],
    ),
    (
        Field::Actor,
        &[
            "actor",
            "country",
            "party",
            "organization",
            "organisation",
            "member",
            "state",
            "name",
            "who",
            "partei",
            "land",
            "akteur",
        ],
    ),
    (
        Field::Issue,
        &[
            "issue", "topic", "bill", "concept", "question", "proposal", "motion", "thema",
            "these", "gesetz",
        ],
    ),
    (Field::Salience, &["salience", "importance"]),
    (
        Field::Date,
        &["date", "day", "when", "datum", "tag", "year", "jahr"],
    ),
    (Field::Quote, &["quote", "quotation", "zitat"]),
    (
        Field::Voice,
        &["speaker", "person", "said by", "said_by", "sprecher"],
    ),
    (Field::From, &["source", "from", "sender"]),
    (Field::To, &["target", "to", "receiver"]),
];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Position,
    Actor,
    Issue,
    Salience,
    Date,
    Quote,
    Voice,
    From,
    To,
}

/// The most rows whose values are looked at.
const ROWS: usize = 10_000;
/// The most values of a column that are listed.
const VALUES: usize = 30;

/// Returns a map for a table, as text; `name` is that of its file.
///
/// # Errors
/// Returns why none can be proposed, in words.
pub fn propose(bytes: &[u8], name: &str) -> Result<String, String> {
    let mut notes = String::new();
    let is_utf16 = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    if !is_utf16 && bytes.iter().take(1 << 12).any(|byte| *byte == 0) {
        return Err(format!(
            "`{name}` is no text: save the sheet of a workbook as CSV to propose a map of it"
        ));
    }
    let encoding = match std::str::from_utf8(bytes) {
        _ if is_utf16 => Encoding::Utf16,
        Ok(_) => Encoding::Utf8,
        Err(_) => Encoding::Windows1252,
    };
    let mut decoded = Vec::new();
    let read = Decoded::new(bytes, encoding).read_to_end(&mut decoded);
    read.map_err(|error| format!("can't read `{name}`: {error}"))?;
    let text = String::from_utf8_lossy(&decoded);
    let text = text.trim_start_matches('\u{feff}');
    let bytes = text.as_bytes();
    let first = text.lines().next().unwrap_or_default();
    let delimiter = delimiter_of(first);
    let dialect = Dialect {
        delimiter,
        quote: Some(b'"'),
    };
    let broken = |_| format!("can't read `{name}`");
    let mut table = Delimited::new(bytes, dialect).map_err(broken)?;
    if !table.advance().map_err(broken)? {
        return Err(format!("`{name}` has no headings"));
    }
    let cells = |table: &Delimited<&[u8]>| -> Vec<String> {
        let cells =
            (0..table.len()).map(|nth| table.text(nth).unwrap_or_default().trim().to_owned());
        cells.collect()
    };
    let headings = cells(&table);
    let mut values: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); headings.len()];
    let mut rows = 0;
    while rows < ROWS && table.advance().map_err(broken)? {
        rows += 1;
        for (values, cell) in values.iter_mut().zip(cells(&table)) {
            if values.len() <= VALUES || values.contains_key(&cell) {
                *values.entry(cell).or_default() += 1;
            }
        }
    }
    let mut head = format!("    version: 1,\n    table: {},\n", quoted(name));
    let is_default = delimiter
        == if name.to_ascii_lowercase().ends_with(".tsv") {
            b'\t'
        } else {
            b','
        };
    if !is_default {
        let _ = writeln!(
            head,
            "    delimiter: {},",
            quoted(&char::from(delimiter).to_string())
        );
    }
    match encoding {
        Encoding::Utf16 => head.push_str("    encoding: \"utf-16\",\n"),
        Encoding::Windows1252 => {
            notes.push_str("// The file is not UTF-8: say which encoding it has.\n");
            head.push_str("    encoding: \"windows-1252\",\n");
        }
        Encoding::Utf8 | Encoding::Latin1 => {}
    }
    let has = |heading: &&str| headings.iter().any(|one| one == heading);
    if let Some(known) = KNOWN.iter().find(|known| known.headings.iter().all(&has)) {
        let table = format!("    version: 1,\n    table: \"{}\",\n", known.table);
        let map = known.map.replace(&table, &head);
        let open = "// A table of this shape is known; fill in what `…` stands for.\n";
        return Ok(match known.is_example {
            true => notes + open + &left_open(&map),
            false => notes + &map,
        });
    }
    Ok(notes + &to_fill_in(&head, &headings, &values))
}

/// Returns a map without what it says of where its own data set comes from.
fn left_open(map: &str) -> String {
    let fields = ["title", "note", "publisher", "date", "url", "licence"];
    let line = |line: &str| {
        let known = fields.iter().find_map(|field| {
            let start = format!("{field}: \"");
            let at = line
                .find(&start)
                .filter(|at| line[..*at].trim().is_empty())?;
            let value = &line[at + start.len()..];
            let is_constant = !value.contains('{') && value.ends_with("\",");
            is_constant.then(|| format!("{}{start}…\",\n", &line[..at]))
        });
        known.unwrap_or_else(|| format!("{line}\n"))
    };
    // What is said before the map is about that data set, too.
    let start = map.find("Import(").or_else(|| map.find('[')).unwrap_or(0);
    map[start..].lines().map(line).collect()
}

/// Returns the delimiter that a line holds most often.
fn delimiter_of(line: &str) -> u8 {
    let count = |delimiter: u8| line.bytes().filter(|byte| *byte == delimiter).count();
    let known = [b',', b';', b'\t', b'|'].into_iter().rev();
    known.max_by_key(|one| count(*one)).unwrap_or(b',')
}

/// Returns the columns whose headings say which field they hold: by a whole heading, else by a part
/// of one.
fn columns_of(headings: &[String]) -> BTreeMap<Field, usize> {
    let mut found: BTreeMap<Field, usize> = BTreeMap::new();
    for (field, words) in WORDS {
        let is_it = |word: &&str| headings.iter().position(|one| folded(one) == *word);
        let holds = |word: &&str| headings.iter().position(|one| folded(one).contains(*word));
        let nth = words
            .iter()
            .find_map(is_it)
            .or_else(|| words.iter().find_map(holds));
        if let Some(nth) = nth.filter(|nth| !found.values().any(|taken| taken == nth)) {
            found.insert(*field, nth);
        }
    }
    found
}

/// Writes a map to fill in.
fn to_fill_in(head: &str, headings: &[String], values: &[BTreeMap<String, usize>]) -> String {
    let found = columns_of(headings);
    let name = |field: Field| found.get(&field).map(|nth| quoted(&headings[*nth]));
    let listed: Vec<String> = headings.iter().map(|heading| quoted(heading)).collect();
    let mut map = format!("// The columns are {}.\n", listed.join(", "));
    map.push_str(
        "// Fill in what `…` stands for. docs/import.md describes every field.\nImport(\n",
    );
    map.push_str(head);
    map.push_str("    source: (id: \"…\", title: \"…\", date: \"…\"),\n");
    if let (Some(from), Some(to)) = (name(Field::From), name(Field::To)) {
        map.push_str("    actors: (kind: Organization),\n");
        let _ = writeln!(
            map,
            "    ties: (from: Of({from}), to: Of({to}), kind: Other(\"…\")),\n)"
        );
        return map;
    }
    let column = |field: Field| name(field).unwrap_or_else(|| "\"…\"".to_owned());
    match name(Field::Voice) {
        Some(voice) => {
            let actor = column(Field::Actor);
            let _ = writeln!(
                map,
                "    actors: [(of: {actor}, kind: Organization), (of: {voice}, kind: Person)],"
            );
        }
        None => map.push_str("    actors: (kind: Organization),\n"),
    }
    map.push_str("    issues: (question: \"{}?\"),\n    stances: (\n");
    let _ = writeln!(map, "        actor: Of({}),", column(Field::Actor));
    if let Some(voice) = name(Field::Voice) {
        let _ = writeln!(
            map,
            "        said_by: Of({voice}),\n        // Whether that person speaks for the actor: else its statements do not count.\n        speaks: false,"
        );
    }
    let _ = writeln!(map, "        issue: Of({}),", column(Field::Issue));
    let template = |field: Field| {
        found
            .get(&field)
            .map(|nth| quoted(&format!("{{{}}}", headings[*nth])))
    };
    if let Some(date) = template(Field::Date) {
        let _ = writeln!(map, "        date: {date},");
    }
    if let Some(salience) = name(Field::Salience) {
        let _ = writeln!(map, "        salience: Of({salience}),");
    }
    if let Some(quote) = template(Field::Quote) {
        let _ = writeln!(map, "        quote: {quote},");
    }
    let position = found.get(&Field::Position);
    map.push_str(&position_of(
        position.map(|nth| (&headings[*nth], &values[*nth])),
    ));
    map.push_str("    ),\n)\n");
    map
}

/// Writes the values of a position column, each to be given a meaning.
fn position_of(column: Option<(&String, &BTreeMap<String, usize>)>) -> String {
    let Some((heading, values)) = column else {
        return "        position: Values(\"…\", {\"…\": Supports, \"…\": Opposes}),\n".to_owned();
    };
    let is_number = |value: &String| value.parse::<f64>().is_ok();
    if values.len() > VALUES
        && values
            .keys()
            .filter(|value| !value.is_empty())
            .all(is_number)
    {
        return format!(
            "        // A number: give the issues a scale, `scale: (from: …, to: …)`.\n        position: Of({}),\n",
            quoted(heading)
        );
    }
    let mut text = format!(
        "        // Say what each value means: Supports, Opposes, Neutral, Mixed …\n        position: Values({}, {{\n",
        quoted(heading)
    );
    for (value, count) in values.iter().take(VALUES) {
        let _ = writeln!(
            text,
            "            {}: Skip, // in {count} of the rows",
            quoted(value)
        );
    }
    text.push_str("        }),\n");
    text
}
