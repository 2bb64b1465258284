//! Graphs in which every reference leads somewhere, made as bytes decide.

/// Decisions, read off some bytes; when these end, each is the first possible.
pub struct Tape<'b>(pub &'b [u8]);

impl Tape<'_> {
    pub fn below(&mut self, bound: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        usize::from(*first) % bound.max(1)
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    /// Some of so many numbers, each at most once.
    fn some(&mut self, of: usize, most: usize) -> Vec<usize> {
        let mut some: Vec<usize> = (0..self.below(most + 1)).map(|_| self.below(of)).collect();
        some.sort_unstable();
        some.dedup();
        some
    }
}

const WORDS: &[&str] = &[
    "dam",
    "The talks",
    "",
    "a|b",
    "x,\\ny",
    "\\\"quoted\\\"",
    "=1+1",
    "<b>&amp;",
    "外交部",
    "مذاکره",
    "e\\u{301}",
    "👩\\u{200D}👧",
    "\\u{202E}gnol",
    "\\u{1b}[31m",
    "\\\\",
    "`code`",
    "a very long name that goes on for so many words that no column can hold all of them at once",
    "]]>",
    "#",
    "--",
    "\\u{0}",
    "\\u{FEFF}",
    "'",
    "%d {0}",
    "://",
    "*",
];
const DATES: &[&str] = &[
    "2023-06-18",
    "2023",
    "2023-06",
    "2023-06-18~",
    "2023?",
    "2022-01/2024-12",
    "2023-06/..",
    "../2024",
    "2024-02-29",
    "0001",
    "9999-12-31",
    "1970-01-01%",
];
const POSITIONS: &[&str] = &[
    "StronglySupports",
    "Supports",
    "Neutral",
    "Mixed",
    "Opposes",
    "StronglyOpposes",
];
const NUMBERS: &[&str] = &["0", "1", "0.5", "5", "10", "2.25", "7"];
const STATUSES: &[&str] = &[
    "Held",
    "Planned",
    "Invited",
    "Postponed",
    "Cancelled",
    "Refused",
];
const TIES: &[&str] = &[
    "Ally",
    "Partner",
    "Agreement",
    "Rival",
    "Hostile",
    "Member",
    "SpeaksFor",
    "Other(\"kin\")",
];

struct Made<'t, 'b> {
    tape: &'t mut Tape<'b>,
    text: String,
    actors: usize,
    issues: usize,
    sources: usize,
}

/// The text of a graph; ids are `a0`, `i0`, `s0`, `m0`, `f0` and so on.
pub fn graph(tape: &mut Tape<'_>) -> String {
    let (actors, issues, sources) = (1 + tape.below(8), 1 + tape.below(5), 1 + tape.below(5));
    let mut made = Made {
        tape,
        text: String::from("Graph(\n"),
        actors,
        issues,
        sources,
    };
    made.maybe_words("title");
    made.sections();
    made.text.push_str(")\n");
    made.text
}

impl Made<'_, '_> {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn words(&mut self) -> String {
        let words = self.tape.one_of(WORDS);
        match self.tape.below(3) {
            0 => words.to_owned(),
            _ => format!("{words} {}", self.tape.one_of(WORDS)),
        }
    }

    /// A field that is there now and then.
    fn maybe(&mut self, name: &str, value: impl FnOnce(&mut Self) -> String) {
        if self.tape.below(3) == 1 {
            let value = value(self);
            self.push(&format!("{name}: {value}, "));
        }
    }

    fn maybe_words(&mut self, name: &str) {
        self.maybe(name, |made| format!("\"{}\"", made.words()));
    }

    fn maybe_date(&mut self, name: &str) {
        self.maybe(name, |made| format!("\"{}\"", made.tape.one_of(DATES)));
    }

    fn maybe_number(&mut self, name: &str) {
        self.maybe(name, |made| made.tape.one_of(NUMBERS).to_owned());
    }

    fn maybe_ids(&mut self, name: &str, letter: char, of: usize) {
        self.maybe(name, |made| {
            let ids = made.tape.some(of, 4);
            let ids: Vec<String> = ids.iter().map(|nth| format!("\"{letter}{nth}\"")).collect();
            format!("[{}]", ids.join(", "))
        });
    }

    fn maybe_id(&mut self, name: &str, letter: char, of: usize) {
        self.maybe(name, |made| format!("\"{letter}{}\"", made.tape.below(of)));
    }

    /// Rarely, since little would be left otherwise.
    fn withdrawn(&mut self) {
        if self.tape.below(8) == 1 {
            self.maybe_id("withdrawn_in", 's', self.sources);
        }
    }

    /// What every claim may have.
    fn claim(&mut self) {
        self.maybe_words("quote");
        self.maybe_id("said_by", 'a', self.actors);
        self.maybe_ids("source", 's', self.sources);
        self.maybe_words("at");
        self.maybe("credibility", |made| (1 + made.tape.below(6)).to_string());
        self.withdrawn();
        self.maybe_words("note");
        self.maybe("tags", |made| format!("[\"{}\"]", made.words()));
    }

    fn sections(&mut self) {
        self.push("sources: {\n");
        for nth in 0..self.sources {
            let words = self.words();
            self.push(&format!("\"s{nth}\": (title: \"t{words}\", "));
            self.maybe_date("date");
            self.maybe_words("publisher");
            self.maybe("reliability", |made| {
                made.tape.one_of(&["A", "C", "F"]).to_owned()
            });
            if nth > 0 {
                self.maybe_id("via", 's', nth);
            }
            self.withdrawn();
            self.push("),\n");
        }
        self.push("},\nactors: {\n");
        for nth in 0..self.actors {
            let (words, kind) = (
                self.words(),
                self.tape
                    .one_of(&["State", "Person", "Organization", "Group"]),
            );
            self.push(&format!("\"a{nth}\": (name: \"n{words}\", kind: {kind}, "));
            self.maybe_words("role");
            self.maybe_number("power");
            self.maybe_ids("speaks_for", 'a', nth);
            self.maybe_ids("members", 'a', nth);
            self.maybe("aliases", |made| format!("[\"x{}\"]", made.words()));
            self.push("),\n");
        }
        self.push("},\nissues: {\n");
        for nth in 0..self.issues {
            let words = self.words();
            self.push(&format!("\"i{nth}\": (name: \"q{words}\", "));
            self.maybe_words("question");
            if nth % 2 == 1 {
                self.push("scale: (from: 0, to: 10, ");
                self.maybe("marks", |made| {
                    format!("{{0: \"{}\", 10: \"{}\"}}", made.words(), made.words())
                });
                self.push("), ");
                self.maybe_number("status_quo");
                self.maybe_number("outcome");
                self.maybe_date("decided");
            }
            if nth > 0 {
                self.maybe_id("part_of", 'i', nth);
            }
            self.push("),\n");
        }
        self.push("},\nstances: [\n");
        for _ in 0..self.tape.below(16) {
            let (actor, issue) = (self.tape.below(self.actors), self.tape.below(self.issues));
            self.push(&format!("(actor: \"a{actor}\", issue: \"i{issue}\", "));
            self.maybe_ids("toward", 'a', self.actors);
            let position = match issue % 2 {
                1 => format!("At({})", self.tape.one_of(NUMBERS)),
                _ => self.tape.one_of(POSITIONS).to_owned(),
            };
            self.maybe("position", |_| position);
            self.maybe_words("summary");
            self.maybe_number("power");
            self.maybe("salience", |made| {
                made.tape.one_of(&["0", "0.5", "1"]).to_owned()
            });
            self.maybe_date("date");
            self.maybe_date("until");
            if self.tape.below(6) == 1 {
                let words = self.words();
                self.push(&format!("condition: \"if {words}\", "));
                self.maybe_ids("depends_on", 'a', self.actors);
            }
            self.claim();
            self.push("),\n");
        }
        self.push("],\nmeetings: {\n");
        for nth in 0..self.tape.below(6) {
            let (words, status) = (self.words(), self.tape.one_of(STATUSES));
            self.push(&format!(
                "\"m{nth}\": (title: \"m{words}\", status: {status}, "
            ));
            self.maybe_date("date");
            self.maybe_words("place");
            self.maybe_id("host", 'a', self.actors);
            self.maybe_ids("participants", 'a', self.actors);
            self.maybe_ids("invited", 'a', self.actors);
            self.maybe_ids("declined", 'a', self.actors);
            self.maybe_ids("topics", 'i', self.issues);
            self.maybe("earlier", |made| {
                let (status, date) = (made.tape.one_of(STATUSES), made.tape.one_of(DATES));
                format!("[(status: {status}, date: \"{date}\")]")
            });
            self.maybe_words("because");
            self.maybe_words("outcome");
            self.maybe("likelihood", |_| "Likely".to_owned());
            self.claim();
            self.push("),\n");
        }
        self.push("},\nties: [\n");
        for _ in 0..self.tape.below(8) {
            let (from, to, kind) = (
                self.tape.below(self.actors),
                self.tape.below(self.actors),
                self.tape.one_of(TIES),
            );
            self.push(&format!(
                "(from: \"a{from}\", to: \"a{to}\", kind: {kind}, "
            ));
            self.maybe_date("since");
            self.maybe_date("until");
            self.maybe_ids("over", 'i', self.issues);
            self.claim();
            self.push("),\n");
        }
        self.push("],\nfacts: {\n");
        for nth in 0..self.tape.below(4) {
            let words = self.words();
            self.push(&format!("\"f{nth}\": (text: \"f{words}\", "));
            self.maybe_ids("about", 'a', self.actors);
            self.maybe_date("date");
            self.claim();
            self.push("),\n");
        }
        self.push("},\n");
    }
}
