//! Small random graphs, as text: one record a line, so that a line is the name of a record without an id.

use std::fmt::Write;

use demarche::model::{Date, Day};

use crate::days::{earliest, latest};

/// A stream of numbers out of a seed (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn of(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03);
        for _ in 0..4 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// From 0 to below a number.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn one_of<'t, T>(&mut self, among: &'t [T]) -> &'t T {
        &among[self.below(among.len())]
    }

    /// So many different ones, or as many as there are.
    pub(crate) fn some_of<T: Clone>(&mut self, among: &[T], many: usize) -> Vec<T> {
        let mut left = among.to_vec();
        self.shuffle(&mut left);
        left.truncate(many);
        left
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for nth in (1..list.len()).rev() {
            list.swap(nth, self.below(nth + 1));
        }
    }
}

/// The sections that records stand in.
pub(crate) const SECTIONS: [(&str, char, char); 7] = [
    ("sources", '{', '}'),
    ("actors", '{', '}'),
    ("issues", '{', '}'),
    ("stances", '[', ']'),
    ("meetings", '{', '}'),
    ("ties", '[', ']'),
    ("facts", '{', '}'),
];

/// A graph as text, record by record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Written {
    /// Of each section the records, a line each.
    pub(crate) sections: [Vec<String>; 7],
}

impl Written {
    pub(crate) fn text(&self) -> String {
        self.with_head("")
    }

    /// The text, with more before the records.
    pub(crate) fn with_head(&self, head: &str) -> String {
        let mut text = format!("Graph(\n{head}");
        for ((name, open, close), records) in SECTIONS.iter().zip(&self.sections) {
            if !records.is_empty() {
                let _ = writeln!(text, "    {name}: {open}");
                for record in records {
                    let _ = writeln!(text, "        {record},");
                }
                let _ = writeln!(text, "    {close},");
            }
        }
        text + ")\n"
    }
}

/// Fields of a record, comma by comma.
#[derive(Default)]
struct Fields(Vec<String>);

impl Fields {
    fn add(&mut self, name: &str, value: impl std::fmt::Display) {
        self.0.push(format!("{name}: {value}"));
    }

    fn text(&mut self, name: &str, value: &str) {
        self.add(name, format_args!("\"{value}\""));
    }

    /// One id, or a list of them.
    fn ids(&mut self, name: &str, ids: &[String]) {
        match ids {
            [] => {}
            [one] => self.text(name, one),
            many => self.list(name, many),
        }
    }

    fn list(&mut self, name: &str, ids: &[String]) {
        if !ids.is_empty() {
            self.add(name, format_args!("[\"{}\"]", ids.join("\", \"")));
        }
    }

    fn record(&self) -> String {
        format!("({})", self.0.join(", "))
    }

    fn entry(&self, id: &str) -> String {
        format!("\"{id}\": ({})", self.0.join(", "))
    }
}

/// A day from the beginning of 2023 to the middle of 2024.
fn day(random: &mut Random) -> Day {
    Day(Day::of(2023, 1, 1).0 + random.below(540) as i32)
}

/// A date: mostly a day, else a month, a year, some days, or about a day.
fn date(random: &mut Random) -> String {
    let day = day(random);
    let (year, month, _) = day.calendar();
    match random.below(10) {
        0 => format!("{year}"),
        1 | 2 => format!("{year}-{month:02}"),
        3 => format!("{day}/{}", Day(day.0 + 1 + random.below(40) as i32)),
        4 => format!("{day}{}", random.one_of(&["?", "~", "%"])),
        _ => day.to_string(),
    }
}

/// The same of what may last: now and then from or until a day that nobody knows.
fn lasting(random: &mut Random) -> String {
    match random.below(12) {
        0 => format!("{}/..", day(random)),
        1 => format!("../{}", day(random)),
        _ => date(random),
    }
}

fn read(date: &str) -> Date {
    date.parse()
        .unwrap_or_else(|_| panic!("`{date}` is no date"))
}

/// A day that comes no earlier than a date ends.
fn later(random: &mut Random, than: &str) -> String {
    Day(latest(read(than)) as i32 + random.below(150) as i32).to_string()
}

/// A graph of its own for each seed.
pub(crate) struct Draft {
    random: Random,
    written: Written,
    sources: Vec<(String, Option<String>)>,
    actors: Vec<String>,
    issues: Vec<(String, u32, bool)>,
}

impl Draft {
    pub(crate) fn of(seed: u64) -> Written {
        let mut draft = Draft {
            random: Random::of(seed),
            written: Written::default(),
            sources: Vec::new(),
            actors: Vec::new(),
            issues: Vec::new(),
        };
        draft.sources();
        draft.actors();
        draft.issues();
        draft.stances();
        draft.ties();
        draft.meetings();
        draft.facts();
        draft.tags(seed);
        draft.written
    }

    /// Gives some records a tag, with numbers of their own, so that the rest of a graph stays as it was.
    fn tags(&mut self, seed: u64) {
        let mut random = Random::of(seed ^ 0x7A65);
        for record in self.written.sections.iter_mut().flatten() {
            if random.once_in(3)
                && let Some(at) = record.rfind(')')
            {
                let fields = record[..at].trim_end_matches([' ', ',']);
                *record = format!("{fields}, tags: [\"t0\"]{}", &record[at..]);
            }
        }
    }

    fn sources(&mut self) {
        for nth in 0..1 + self.random.below(5) {
            let id = format!("s{nth}");
            let mut fields = Fields::default();
            fields.text("title", &format!("Source {nth}"));
            let date = (!self.random.once_in(6)).then(|| date(&mut self.random));
            if let Some(date) = &date {
                fields.text("date", date);
            }
            if self.random.once_in(3) {
                let known: Vec<String> = self.sources.iter().map(|(id, _)| id.clone()).collect();
                let many = 1 + self.random.below(2);
                fields.ids("via", &self.random.some_of(&known, many));
            }
            // By another, mostly one that was there before, so that there are circles only now and then.
            if nth > 0 && self.random.once_in(8) {
                let by = match self.random.once_in(8) {
                    true => nth,
                    false => self.random.below(nth),
                };
                fields.text("withdrawn_in", &format!("s{by}"));
            }
            if self.random.once_in(2) {
                fields.add(
                    "reliability",
                    self.random.one_of(&["A", "B", "C", "E", "F"]),
                );
            }
            self.written.sections[0].push(fields.entry(&id));
            self.sources.push((id, date));
        }
    }

    fn actors(&mut self) {
        let states = 2 + self.random.below(3);
        let people = 1 + self.random.below(4);
        let id = |nth: usize| {
            if nth < states {
                format!("n{nth}")
            } else {
                format!("p{nth}")
            }
        };
        self.actors = (0..states + people).map(id).collect();
        for (nth, id) in self.actors.clone().into_iter().enumerate() {
            let mut fields = Fields::default();
            fields.text("name", &format!("Name of {id}"));
            let state = ["State", "Organization", "Group"];
            fields.add(
                "kind",
                if nth < states {
                    self.random.one_of(&state)
                } else {
                    "Person"
                },
            );
            if self.random.once_in(3) {
                fields.add("power", self.random.one_of(&["0", "2", "3.5", "100"]));
            }
            if self.random.once_in(8) {
                fields.list("same_as", &[format!("list:{id}")]);
            }
            if self.random.once_in(5) {
                fields.list("aliases", &[format!("Alias of {id}")]);
                fields.text("role", "of some role");
            }
            // A person speaks for a state, or for another person further up.
            if nth >= states && self.random.once_in(3) {
                let above = self.actors[..nth].to_vec();
                let many = 1 + self.random.once_in(6) as usize;
                fields.ids("speaks_for", &self.random.some_of(&above, many));
            }
            if nth < states && self.random.once_in(6) {
                let others: Vec<String> = self
                    .actors
                    .iter()
                    .filter(|other| **other != id)
                    .cloned()
                    .collect();
                fields.list("members", &self.random.some_of(&others, 2));
            }
            self.written.sections[1].push(fields.entry(&id));
        }
    }

    fn issues(&mut self) {
        for nth in 0..1 + self.random.below(3) {
            let id = format!("i{nth}");
            let mut fields = Fields::default();
            fields.text("name", &format!("Name of {id}"));
            // Without a question it is a topic only.
            if !self.random.once_in(8) {
                fields.text("question", "Should it be?");
            }
            let levels = *self.random.one_of(&[5, 5, 5, 3, 2]);
            if levels != 5 {
                fields.add("levels", levels);
            }
            let scale = levels == 5 && self.random.once_in(2);
            if scale {
                fields.add(
                    "scale",
                    self.random
                        .one_of(&["(from: 0, to: 100)", "(from: 100, to: 0)"]),
                );
                if self.random.once_in(3) {
                    fields.add("status_quo", 0);
                    fields.add("outcome", self.random.one_of(&[20, 50]));
                    fields.text("decided", &date(&mut self.random));
                }
            }
            if nth > 0 && self.random.once_in(4) {
                fields.text("part_of", &format!("i{}", nth - 1));
            }
            self.written.sections[2].push(fields.entry(&id));
            self.issues.push((id, levels, scale));
        }
    }

    fn some_sources(&mut self) -> Vec<String> {
        let known: Vec<String> = self.sources.iter().map(|(id, _)| id.clone()).collect();
        let many = *self.random.one_of(&[0, 1, 1, 1, 2]);
        self.random.some_of(&known, many)
    }

    fn position(&mut self, levels: u32, scale: bool) -> String {
        let words: &[&str] = match levels {
            5 => &[
                "StronglySupports",
                "Supports",
                "Supports",
                "Neutral",
                "Opposes",
                "Opposes",
                "StronglyOpposes",
                "Mixed",
            ],
            3 => &[
                "Supports", "Supports", "Neutral", "Opposes", "Opposes", "Mixed",
            ],
            _ => &["Supports", "Supports", "Opposes", "Opposes", "Mixed"],
        };
        if scale && self.random.once_in(2) {
            format!("At({})", self.random.one_of(&[0, 20, 50, 80, 100]))
        } else {
            (*self.random.one_of(words)).to_owned()
        }
    }

    fn stances(&mut self) {
        for _ in 0..3 + self.random.below(10) {
            let (issue, levels, scale) = self.random.one_of(&self.issues.clone()).clone();
            let many = 1 + self.random.once_in(5) as usize;
            let mut fields = Fields::default();
            fields.ids("actor", &self.random.some_of(&self.actors.clone(), many));
            fields.text("issue", &issue);
            let salience_only = self.random.once_in(8);
            if !salience_only {
                fields.add("position", self.position(levels, scale));
                if self.random.once_in(5) {
                    let condition = format!("if {} happens", self.random.one_of(&["this", "that"]));
                    fields.text("condition", &condition);
                    let many = self.random.below(3);
                    let hands = [&self.actors[..], std::slice::from_ref(&issue)].concat();
                    fields.list("depends_on", &self.random.some_of(&hands, many));
                }
            }
            if salience_only || self.random.once_in(3) {
                fields.add("salience", self.random.one_of(&["0", "0.25", "0.5", "1"]));
            }
            if self.random.once_in(4) {
                fields.add("power", self.random.one_of(&["0", "1", "7"]));
            }
            if self.random.once_in(4) {
                fields.text("said_by", &self.random.one_of(&self.actors.clone()).clone());
            }
            if self.random.once_in(6) {
                fields.ids("toward", &self.random.some_of(&self.actors.clone(), 1));
            }
            self.when_and_where(&mut fields);
            if self.random.once_in(6) {
                fields.text("quote", "It should.");
                fields.text("at", "page 3");
            }
            // Half a graph (H2): a statement with an error.
            match self.random.below(60) {
                0 => fields.text("issue_of", "nothing"),
                1 => fields.ids("toward", &["nobody".to_owned()]),
                2 if salience_only => fields.text("condition", "if it rains"),
                _ => {}
            }
            self.written.sections[3].push(fields.record());
        }
    }

    fn when_and_where(&mut self, fields: &mut Fields) {
        let date = (!self.random.once_in(5)).then(|| date(&mut self.random));
        if let Some(date) = &date {
            fields.text("date", date);
            if self.random.once_in(5) {
                fields.text("until", &later(&mut self.random, date));
            }
        }
        fields.ids("source", &self.some_sources());
        if self.random.once_in(3) {
            fields.add("credibility", 1 + self.random.below(6));
        }
        self.withdrawn(fields, 8);
    }

    /// Now and then, the source that says that a claim was wrong.
    fn withdrawn(&mut self, fields: &mut Fields, once_in: usize) {
        if self.random.once_in(once_in) {
            let sources = self.sources.clone();
            fields.text("withdrawn_in", &self.random.one_of(&sources).0.clone());
        }
    }

    /// Of a claim that is no position: who said it, and how credible that is.
    fn on_whose_word(&mut self, fields: &mut Fields) {
        if self.random.once_in(4) {
            fields.text("said_by", &self.random.one_of(&self.actors.clone()).clone());
        }
        if self.random.once_in(4) {
            fields.add("credibility", 1 + self.random.below(6));
        }
        self.withdrawn(fields, 12);
    }

    fn ties(&mut self) {
        for _ in 0..1 + self.random.below(6) {
            let mut two = self.random.some_of(&self.actors.clone(), 2);
            let kind = *self.random.one_of(&[
                "SpeaksFor",
                "SpeaksFor",
                "SpeaksFor",
                "Member",
                "Ally",
                "Rival",
                "Hostile",
                "Partner",
                "Agreement",
                "Other(\"trade\")",
            ]);
            // Who speaks for whom goes one way, so that there are chains, and circles only now and then.
            if kind == "SpeaksFor" && !self.random.once_in(30) {
                two.sort_unstable_by(|one, other| other.cmp(one));
            }
            let mut fields = Fields::default();
            fields.text("from", &two[0]);
            fields.text("to", &two[1]);
            fields.add("kind", kind);
            let since = (!self.random.once_in(3)).then(|| lasting(&mut self.random));
            if let Some(since) = &since {
                fields.text("since", since);
            }
            if self.random.once_in(2) {
                let until = match &since {
                    Some(since) if since.ends_with("..") => day(&mut self.random).to_string(),
                    Some(since) => later(&mut self.random, since),
                    None => date(&mut self.random),
                };
                fields.text("until", &until);
            }
            if self.random.once_in(3) {
                fields.ids("source", &self.some_sources());
                self.on_whose_word(&mut fields);
            }
            if kind == "Rival" && self.random.once_in(2) {
                let about = self.random.one_of(&self.issues.clone()).0.clone();
                fields.list("over", &[about]);
            }
            self.written.sections[5].push(fields.record());
        }
    }

    /// Sources that can tell of what was held on a date.
    fn told(&mut self, held: &str) -> Vec<String> {
        let can = |told: &Option<String>| {
            told.as_ref()
                .is_none_or(|told| earliest(read(held)) <= latest(read(told)) + 1)
        };
        let can: Vec<String> = self
            .sources
            .iter()
            .filter(|(_, told)| can(told))
            .map(|(id, _)| id.clone())
            .collect();
        let many = self.random.below(3);
        self.random.some_of(&can, many)
    }

    fn meetings(&mut self) {
        for nth in 0..1 + self.random.below(4) {
            let id = format!("m{nth}");
            let mut fields = Fields::default();
            fields.text("title", &format!("Title of {id}"));
            let status = *self.random.one_of(&[
                "Held",
                "Held",
                "Held",
                "Planned",
                "Invited",
                "Postponed",
                "Cancelled",
                "Refused",
            ]);
            fields.add("status", status);
            if self.random.once_in(3) {
                let kinds = [
                    "Visit",
                    "Talks",
                    "Summit",
                    "Call",
                    "Reception",
                    "Session",
                    "Letter",
                ];
                fields.add("kind", self.random.one_of(&kinds));
            }
            if self.random.once_in(4) {
                fields.text("host", &self.random.one_of(&self.actors.clone()).clone());
            }
            if nth > 0 && self.random.once_in(4) {
                fields.text("part_of", &format!("m{}", nth - 1));
            }
            if status != "Held" && self.random.once_in(4) {
                fields.add("likelihood", self.random.one_of(&["Likely", "Unlikely"]));
            }
            let date = (!self.random.once_in(5)).then(|| lasting(&mut self.random));
            if let Some(date) = &date {
                fields.text("date", date);
            }
            let mut guests = self.random.some_of(&self.actors.clone(), 4);
            let taking_part = 2 + self.random.below(2);
            let others = guests.split_off(taking_part.min(guests.len()));
            fields.list("participants", &guests);
            let part = if self.random.once_in(2) {
                "invited"
            } else {
                "declined"
            };
            if self.random.once_in(2) {
                fields.list(part, &others);
            }
            let about: Vec<String> = self.issues.iter().map(|(id, ..)| id.clone()).collect();
            let many = self.random.below(3);
            fields.list("topics", &self.random.some_of(&about, many));
            let source = match &date {
                Some(date) if status == "Held" => self.told(date),
                _ => self.some_sources(),
            };
            fields.ids("source", &source);
            self.on_whose_word(&mut fields);
            if status != "Held" && self.random.once_in(3) {
                fields.text("on", &day(&mut self.random).to_string());
            }
            if self.random.once_in(2) {
                let entries: Vec<String> = (0..1 + self.random.below(3))
                    .map(|_| self.earlier())
                    .collect();
                fields.add("earlier", format_args!("[{}]", entries.join(", ")));
            }
            self.written.sections[4].push(fields.entry(&id));
        }
    }

    fn earlier(&mut self) -> String {
        let mut fields = Fields::default();
        let status = *self
            .random
            .one_of(&["Planned", "Invited", "Postponed", "Cancelled"]);
        fields.add("status", status);
        if self.random.once_in(2) {
            fields.text("date", &date(&mut self.random));
        }
        if !self.random.once_in(3) {
            fields.text("on", &day(&mut self.random).to_string());
        }
        fields.ids("source", &self.some_sources());
        self.on_whose_word(&mut fields);
        fields.record()
    }

    fn facts(&mut self) {
        if self.random.once_in(2) {
            let mut fields = Fields::default();
            fields.text("text", "It rained.");
            fields.ids("source", &self.some_sources());
            self.on_whose_word(&mut fields);
            if self.random.once_in(2) {
                fields.text("date", &date(&mut self.random));
            }
            let about = self.random.some_of(&self.actors.clone(), 2);
            fields.list("about", &about);
            self.written.sections[6].push(fields.entry("f0"));
        }
    }
}

/// The days that a graph is asked as of: before, amid and after what it tells.
pub(crate) fn days(seed: u64) -> Vec<Day> {
    let mut random = Random::of(seed ^ 0x5EED);
    vec![
        Day::of(2022, 12, 15),
        day(&mut random),
        day(&mut random),
        Day::of(2025, 1, 31),
    ]
}
