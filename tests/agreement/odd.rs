//! Graphs written in odd ways. What is written next is decided by the bytes of a tape; when that ends, by zeros, which
//! choose what is shortest. A test shrinks a tape, and a fuzzer grows one.

/// The text of a graph: nearly always RON, and nearly always of our types.
pub(crate) fn graph(tape: &[u8]) -> String {
    let mut odd = Odd {
        tape: Vec::from(tape).into_iter(),
        text: String::new(),
    };
    odd.attributes();
    odd.blank();
    odd.record("Graph", SECTIONS);
    odd.blank();
    odd.text
}

/// A text with a few bytes taken out, put in twice or replaced by tokens, as a tape has it.
pub(crate) fn damaged(text: &str, tape: &[u8]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for cut in tape.chunks_exact(4) {
        let at = usize::from(u16::from_le_bytes([cut[0], cut[1]])) % (text.len() + 1);
        let end = (at + usize::from(cut[2] % 8)).min(text.len());
        match cut[3] {
            nth if nth < 64 => drop(text.drain(at..end)),
            nth if nth < 96 => {
                let again = text[at..end].to_vec();
                text.splice(at..at, again);
            }
            nth => drop(text.splice(at..end, TOKENS[usize::from(nth) % TOKENS.len()].chars())),
        }
    }
    text.into_iter().collect()
}

type Write = fn(&mut Odd);

const SECTIONS: &[(&str, Write)] = &[
    ("title", |odd| odd.option(Odd::string)),
    ("version", |odd| odd.option(Odd::whole_number)),
    ("note", |odd| odd.option(Odd::string)),
    ("as_of", |odd| odd.option(Odd::date)),
    ("allow", |odd| odd.option(Odd::strings)),
    ("include", |odd| odd.option(Odd::strings)),
    ("sources", |odd| {
        odd.option(|odd| odd.map(|odd| odd.record("Source", SOURCE)))
    }),
    ("actors", |odd| {
        odd.option(|odd| odd.map(|odd| odd.record("Actor", ACTOR)))
    }),
    ("issues", |odd| {
        odd.option(|odd| odd.map(|odd| odd.record("Issue", ISSUE)))
    }),
    ("stances", |odd| {
        odd.option(|odd| odd.list(|odd| odd.record("Stance", STANCE)))
    }),
    ("meetings", |odd| {
        odd.option(|odd| odd.map(|odd| odd.record("Meeting", MEETING)))
    }),
    ("ties", |odd| {
        odd.option(|odd| odd.list(|odd| odd.record("Tie", TIE)))
    }),
    ("facts", |odd| {
        odd.option(|odd| odd.map(|odd| odd.record("Fact", FACT)))
    }),
];

// The fields that a record must have come first, with a `!`.
const SOURCE: &[(&str, Write)] = &[
    ("!title", Odd::string),
    ("date", |odd| odd.option(Odd::date)),
    ("via", |odd| odd.option(Odd::one_or_many)),
    ("reliability", |odd| {
        odd.option(|odd| odd.word(&["A", "F", "r#B"]))
    }),
    ("tags", |odd| odd.option(Odd::strings)),
];
const ACTOR: &[(&str, Write)] = &[
    ("!name", Odd::string),
    ("!kind", |odd| {
        odd.word(&["State", "Person", "r#Group", "Organization"])
    }),
    ("aliases", |odd| odd.option(Odd::strings)),
    ("speaks_for", |odd| odd.option(Odd::one_or_many)),
    ("power", |odd| odd.option(Odd::number)),
    ("role", |odd| odd.option(Odd::string)),
];
const ISSUE: &[(&str, Write)] = &[
    ("!name", Odd::string),
    ("question", |odd| odd.option(Odd::string)),
    ("levels", |odd| odd.option(Odd::whole_number)),
    ("scale", |odd| odd.option(|odd| odd.record("Scale", SCALE))),
    ("status_quo", |odd| odd.option(Odd::number)),
    ("decided", |odd| odd.option(Odd::date)),
];
const SCALE: &[(&str, Write)] = &[
    ("!from", Odd::number),
    ("!to", Odd::number),
    ("marks", |odd| {
        odd.option(|odd| odd.entries(Odd::number, Odd::string))
    }),
];
const STANCE: &[(&str, Write)] = &[
    ("!actor", Odd::one_or_many),
    ("!issue", Odd::string),
    ("position", |odd| odd.option(Odd::position)),
    ("toward", |odd| odd.option(Odd::one_or_many)),
    ("salience", |odd| odd.option(Odd::number)),
    ("date", |odd| odd.option(Odd::date)),
    ("source", |odd| odd.option(Odd::one_or_many)),
    ("credibility", |odd| odd.option(Odd::whole_number)),
    ("quote", |odd| odd.option(Odd::string)),
];
const MEETING: &[(&str, Write)] = &[
    ("!title", Odd::string),
    ("!status", |odd| odd.word(&["Held", "Planned", "r#Refused"])),
    ("kind", |odd| odd.option(|odd| odd.word(&["Visit", "Call"]))),
    ("participants", |odd| odd.option(Odd::strings)),
    ("earlier", |odd| {
        odd.option(|odd| odd.list(|odd| odd.record("Earlier", EARLIER)))
    }),
    ("likelihood", |odd| {
        odd.option(|odd| odd.word(&["Likely", "RoughlyEven"]))
    }),
];
const EARLIER: &[(&str, Write)] = &[
    ("!status", |odd| odd.word(&["Postponed", "Cancelled"])),
    ("date", |odd| odd.option(Odd::date)),
    ("because", |odd| odd.option(Odd::string)),
    ("source", |odd| odd.option(Odd::one_or_many)),
];
const TIE: &[(&str, Write)] = &[
    ("!from", Odd::string),
    ("!to", Odd::string),
    ("!kind", Odd::tie_kind),
    ("since", |odd| odd.option(Odd::date)),
    ("over", |odd| odd.option(Odd::strings)),
];
const FACT: &[(&str, Write)] = &[
    ("!text", Odd::string),
    ("about", |odd| odd.option(Odd::strings)),
];

const BLANKS: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u{B}",
    "\u{C}",
    "\u{85}",
    "\u{200E}",
    "\u{200F}",
    "\u{2028}",
    "\u{2029}",
    "//\n",
    "// /* \" é\r\n",
    "/**/",
    "/* a /* b */ \" ' */",
    "/*/*/**/*/*/",
    "/***/",
];
const PLAIN: &[&str] = &[
    "", "a", "é", "😀", " ", "\n", "\r\n", "\t", "'", "//", "/*", "#", "\u{2028}", "\u{FEFF}",
    "\0", "r#",
];
const ESCAPES: &[&str] = &[
    "\\n",
    "\\r",
    "\\t",
    "\\0",
    "\\\\",
    "\\\"",
    "\\'",
    "\\x41",
    "\\xC3\\xA9",
    "\\xe2\\x82\\xAC",
    "\\xF0\\x9F\\x98\\x80",
    "\\u{e9}",
    "\\u{00E9}",
    "\\u{1F600}",
    "\\u{10FFFF}",
    "\\\n  ",
    "\\\r\n\t",
    "\\\n\n",
    "\\xff",
    "\\u{D800}",
    "\\u{}",
    "\\u{1234567}",
    "\\q",
    "\\u00e9",
];
#[rustfmt::skip]
const RAW: &[&str] =
    &["r\"a\\n\"", "r\"\"", "r#\"a\"b\"#", "r##\"a\"#b\"##", "r#\"\"#", "r#\"\\\"#", "r\"é\n\"", "br\"a\"", "b\"a\"", "'a'", "r#\"a\"##"];
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "0", "1", "0.5", ".5", "5.", "-1", "+1", "-0", "- 1", "1e3", "1E-3", "1e", "1.5e+2", "1_000", "1__0", "1_", "_1", "1_.5", "1._5",
    "0.5_0", "inf", "-inf", "+inf", "NaN", "-NaN", "infinity", "nan", "1f64", "1.5f64", "1f32", "1_f64", "1u8", "1i32", "0x10", "0b1",
    "0o7", "1e400", "1e-400", "00", "01", "1..2", "1.2.3", "1e5.5", "--1", "+-1", "inff64", "NaNf32", "1.0e1_0", "9007199254740993",
    "0.1e1f64", "1\u{0660}", "1 .5", ".", "-", "+", "e5", "1e+", "-.5", "+.5", "-5.",
];
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "0", "1", "3", "+1", "-1", "-0", "007", "0x1F", "0x1f", "0xFF_FF", "0b101", "0o17", "0X1", "1_0", "1__0", "1_", "_1", "0x_1", "0x",
    "4294967295", "4294967296", "0xFFFFFFFF", "0x100000000", "1u32", "1u8", "1i64", "1u128", "1usize", "1.0", "1e1", "'1'", "b'1'", "1 u32",
    "0x1u32", "1_u32", "99999999999999999999", "0b12", "0o8", "12a", "1.", "-0x1", "+0x1", "--1",
];
#[rustfmt::skip]
const DATES: &[&str] = &[
    "\"2023\"", "\"2023-02\"", "\"2023-06-18~\"", "\"2023-06-18/2023-06-19\"", "\"2023-06/..\"", "\"../2024\"", "r\"2024\"", "\"2023\\x2d01\"",
    "\"2023-02-30\"", "\"2023-13\"", "\"\"", "\"20233\"", "\"2024-01/2023-01\"", "2023", "\"2023/\"", "\"../..\"", "\"\\\n2024\"",
];
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "(", ")", "[", "]", "{", "}", ",", ":", "\"", "'", "\\", "/", "*", "//", "/*", "*/", "#", "r#", "r#\"", "\"#", "Some", "None", "()", "-",
    "+", ".", "_", "=", "!", "0", "a", "é", " ", "\n", "#![enable(implicit_some)]", "Some(", "b", "true", "inf", "NaN", "\u{FEFF}", "\0", "r",
    "\u{85}", "x", "u32", "f64", "'a'", "title:", "title: \"a\",", "\\x41", "\r", ",,", "::", "(,)",
];

struct Odd {
    tape: std::vec::IntoIter<u8>,
    text: String,
}

impl Odd {
    /// The next decision, below a bound.
    fn below(&mut self, bound: usize) -> usize {
        self.tape.next().map_or(0, usize::from) % bound
    }

    fn one_of(&mut self, texts: &[&str]) {
        let nth = self.below(texts.len());
        self.text.push_str(texts[nth]);
    }

    /// Mostly nothing: a text of blanks alone would show little.
    fn blank(&mut self) {
        match self.below(4) {
            0 | 1 => {}
            2 => self.text.push(' '),
            _ => self.one_of(BLANKS),
        }
    }

    fn mark(&mut self, mark: &str) {
        self.blank();
        self.text.push_str(mark);
        self.blank();
    }

    fn attributes(&mut self) {
        for _ in 0..self.below(8).saturating_sub(5) {
            self.one_of(&[
                "#![enable(implicit_some)]",
                "#![enable(unwrap_newtypes, implicit_some,)]",
                "#![enable(unwrap_variant_newtypes)]",
                "#![enable(explicit_struct_names)]",
                "# ! [ enable ( implicit_some ) ]",
                "#![type = \"a\"]",
                "#![schema = r\"b\"]",
                "#![enable()]",
                "#![enable(unknown)]",
                "#![enable(implicit_some) ]",
                "#![allow(implicit_some)]",
            ]);
            self.blank();
        }
    }

    fn string(&mut self) {
        match self.below(8) {
            7 => return self.one_of(RAW),
            0..4 => return self.one_of(&["\"a\"", "\"b\"", "\"\""]),
            _ => self.text.push('"'),
        }
        for _ in 0..self.below(5) {
            match self.below(2) {
                0 => self.one_of(PLAIN),
                // Mostly those that are escapes.
                _ => match self.below(16) {
                    15 => self.one_of(ESCAPES),
                    _ => self.one_of(&ESCAPES[..18]),
                },
            }
        }
        self.text.push('"');
    }

    /// Mostly a form that is one.
    fn form(&mut self, forms: &[&str], good: usize) {
        match self.below(4) {
            3 => self.one_of(forms),
            _ => self.one_of(&forms[..good]),
        }
    }

    fn number(&mut self) {
        self.form(NUMBERS, 8);
    }

    fn whole_number(&mut self) {
        self.form(WHOLE, 4);
    }

    fn date(&mut self) {
        self.form(DATES, 8);
    }

    fn word(&mut self, words: &[&str]) {
        match self.below(64) {
            63 => self.one_of(&[
                "Nothing",
                "\"State\"",
                "State()",
                "Held(1)",
                "r#",
                "state",
                "'S'",
                "()",
                "é",
            ]),
            _ => self.one_of(words),
        }
    }

    fn position(&mut self) {
        match self.below(3) {
            0 => self.word(&["Supports", "Mixed", "r#Opposes"]),
            _ => self.payload("At", Odd::number),
        }
    }

    fn tie_kind(&mut self) {
        match self.below(3) {
            0 => self.word(&["Ally", "SpeaksFor", "Member"]),
            _ => self.payload("Other", Odd::string),
        }
    }

    fn payload(&mut self, word: &str, value: Write) {
        self.text.push_str(word);
        self.mark("(");
        value(self);
        self.close(")");
    }

    /// A closing bracket, now and then with a comma before it.
    fn close(&mut self, bracket: &str) {
        if self.below(3) == 2 {
            self.mark(",");
        }
        self.mark(bracket);
    }

    fn option(&mut self, value: Write) {
        match self.below(8) {
            0..5 => value(self),
            5 => self.text.push_str("None"),
            _ => self.payload("Some", value),
        }
    }

    fn separated(&mut self, most: usize, mut each: impl FnMut(&mut Self)) {
        for nth in 0..self.below(most + 1) {
            if nth > 0 {
                self.mark(",");
            }
            each(self);
        }
    }

    fn list(&mut self, item: Write) {
        self.mark("[");
        let start = self.text.len();
        self.separated(3, item);
        match self.text.len() == start {
            true => self.mark("]"),
            false => self.close("]"),
        }
    }

    fn strings(&mut self) {
        self.list(Odd::string);
    }

    fn one_or_many(&mut self) {
        match self.below(16) {
            0..8 => self.string(),
            8..14 => self.strings(),
            14 => {
                self.mark("(");
                self.separated(3, Odd::string);
                self.close(")");
            }
            _ => self.one_of(&[
                "()",
                "Many([\"a\"])",
                "One(\"a\")",
                "(\"a\")",
                "Some(\"a\")",
                "a(\"b\", \"c\")",
                "{}",
                "('a')",
            ]),
        }
    }

    fn map(&mut self, record: Write) {
        self.entries(Odd::string, record);
    }

    fn entries(&mut self, key: Write, value: Write) {
        self.mark("{");
        let start = self.text.len();
        self.separated(3, |odd| {
            key(odd);
            odd.mark(":");
            value(odd);
        });
        match self.text.len() == start {
            true => self.mark("}"),
            false => self.close("}"),
        }
    }

    fn record(&mut self, name: &str, fields: &[(&str, Write)]) {
        match self.below(16) {
            0..9 => {}
            15 => self.one_of(&["r#Graph", "Stance", "r#Stance", "None", "é"]),
            _ => self.text.push_str(name),
        }
        self.mark("(");
        let start = self.text.len();
        let turn = self.below(fields.len());
        let mut first = true;
        for nth in 0..fields.len() {
            let (field, write) = fields[(nth + turn) % fields.len()];
            let (field, wanted) = match field.strip_prefix('!') {
                // Left out once in a while.
                Some(field) => (field, self.below(64) != 63),
                None => (field, self.below(4) == 3),
            };
            if !wanted {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.mark(",");
            }
            if self.below(16) == 15 {
                self.text.push_str("r#");
            }
            self.text.push_str(field);
            self.mark(":");
            write(self);
        }
        match self.text.len() == start {
            true => self.mark(")"),
            false => self.close(")"),
        }
    }
}
