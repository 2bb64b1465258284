//! How long an import of 700,000 votes takes, and how long it takes to find the names that resemble each other among
//! 100,000. Prints times.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that fails may panic, and prints"
)]

use std::fmt::Write;
use std::io::{Cursor, Read};
use std::time::Instant;

use demarche::exchange::import::{Files, Import, Known};
use demarche::exchange::made::sha256;
use demarche::exchange::{map, near};
use demarche::text::FileId;

const VOTES: usize = 700_000;
const NAMES: usize = 100_000;

/// Votes in the shape of those of the General Assembly: three tables.
struct Votes;

impl Files for Votes {
    fn open(&mut self, name: &str) -> Result<Box<dyn Read>, String> {
        let text = match name {
            "votes.csv" => votes(),
            "countries.csv" => table("cid,country", 1..=200, |n| format!("{n},Country {n}")),
            _ => table("rcid,date,short,descr", 1..=VOTES / 190 + 1, |n| {
                let (year, month, day) = (1946 + n % 70, 1 + n % 12, 1 + n % 28);
                format!(
                    "{n},{year}-{month:02}-{day:02},Question {n},\"TO ADOPT PARAGRAPH {n}, AS AMENDED, OF THE RESOLUTION\""
                )
            }),
        };
        Ok(Box::new(Cursor::new(text.into_bytes())))
    }
}

fn table(
    header: &str,
    numbers: std::ops::RangeInclusive<usize>,
    row: impl Fn(usize) -> String,
) -> String {
    let rows: Vec<String> = numbers.map(row).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn votes() -> String {
    let mut text = String::from("rcid,cid,vote\n");
    for n in 0..VOTES {
        let (call, country) = (1 + n / 190, 1 + n % 190);
        let vote = ["yes", "no", "abstain", "absent"][call * country % 4];
        let _ = writeln!(text, "{call},{country},{vote}");
    }
    text
}

const MAP: &str = r#"Import(
    version: 1,
    table: "votes.csv",
    tables: {"c": (file: "countries.csv", by: "cid"), "rc": (file: "calls.csv", by: "rcid")},
    key: "{rcid}-{cid}",
    source: (id: "un", title: "Votes"),
    actors: (id: "c{cid}", name: "{c.country}", kind: State),
    issues: (id: "rc-{rcid}", name: "{rc.short} ({rcid})", question: "{rc.descr}", levels: 3),
    stances: (
        actor: Of("cid"),
        issue: Of("rcid"),
        position: Values("vote", {"yes": Supports, "no": Opposes, "abstain": Neutral, "absent": Skip}),
        date: "{rc.date}",
    ),
)"#;

/// Imports the votes; returns a sum of what is made.
fn import() -> String {
    let (mut maps, mistakes) = map::read(MAP, FileId::default());
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let mut import = Import::new(Known::default());
    import.read(&mut maps[0], None, &mut Votes).unwrap();
    let made = import.finish().unwrap();
    assert!(made.found.is_empty() && made.tally.rows == VOTES);
    sha256(made.text.concat().as_bytes())
}

/// Names of bodies, one in a hundred of them with a slip.
fn names() -> Vec<String> {
    let words = [
        "Ministry", "Agency", "Union", "Board", "Council", "Office", "Bank",
    ];
    let fields = [
        "Water", "Ports", "Grain", "Energy", "Health", "Labour", "Trade", "Defence", "Rail",
    ];
    let name = |n: usize| {
        let place: String = (0..4)
            .map(|k| char::from(b'a' + (n / 26_usize.pow(k) % 26) as u8))
            .collect();
        let (word, field) = (words[n % words.len()], fields[n / 7 % fields.len()]);
        match n % 100 {
            0 => format!("{word} of {field} X{place}burg"),
            1 => format!("{field} {word}, {place}burg"),
            _ => format!("{word} of {field} of {place}burg"),
        }
    };
    (0..NAMES).map(name).collect()
}

fn main() {
    let start = Instant::now();
    let first = import();
    println!("{VOTES} votes: {:.2} s", start.elapsed().as_secs_f64());
    assert_eq!(import(), first, "other bytes");
    let names = names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let start = Instant::now();
    let pairs = near::pairs(&names).len();
    println!(
        "{NAMES} names, {pairs} pairs alike: {:.2} s",
        start.elapsed().as_secs_f64()
    );
}
