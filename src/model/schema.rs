//! The format as a table: the fields of each record, their meaning and what they may hold. Editing
//! aids use it; reading and linking records does not.

use crate::model::{
    Actor, ActorKind, Earlier, Fact, Issue, Likelihood, Meeting, MeetingKind, MeetingStatus,
    Position, Reliability, Scale, Source, Stance, Tie, TieKind,
};

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// The file as a whole.
    Graph,
    /// An entry of `sources`.
    Source,
    /// An entry of `actors`.
    Actor,
    /// An entry of `issues`.
    Issue,
    /// The `scale` of an issue.
    Scale,
    /// An entry of `stances`.
    Stance,
    /// An entry of `meetings`.
    Meeting,
    /// An entry of a meeting's `earlier`.
    Earlier,
    /// An entry of `ties`.
    Tie,
    /// An entry of `facts`.
    Fact,
}

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// The field's name.
    pub name: &'static str,
    /// Its meaning, in a sentence.
    pub doc: &'static str,
    /// What it may hold.
    pub holds: Holds,
}

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holds {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// A number.
    Number,
    /// A date.
    Date,
    /// A word of this vocabulary.
    Word(Vocabulary),
    /// The id of a record of one of these kinds.
    Id(&'static [RecordKind]),
    /// A list of such ids.
    Ids(&'static [RecordKind]),
    /// One such id, or a list of them.
    IdOrIds(&'static [RecordKind]),
    /// Records of this kind: in a list, or in a map by id.
    Records(RecordKind),
    /// One record of this kind.
    Record(RecordKind),
    /// The meanings of numbers on a scale.
    Marks,
}

impl Holds {
    /// Returns whether it is ids of other records.
    pub(crate) fn is_reference(self) -> bool {
        matches!(self, Holds::Id(_) | Holds::Ids(_) | Holds::IdOrIds(_))
    }
}

/// What a field of a record changes about what other records say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearing {
    /// What they mean: a position on an issue depends on its question.
    Defines,
    /// How they are counted.
    Counts,
    /// Nothing.
    None,
}

/// Words of the format and their meanings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vocabulary {
    /// The words, as written in a file.
    pub words: &'static [&'static str],
    /// Their meanings, in the same order.
    pub docs: &'static [&'static str],
}

impl Vocabulary {
    /// Iterates over the words with their meanings.
    pub fn each(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.words
            .iter()
            .copied()
            .zip(self.docs.iter().map(|doc| doc.trim()))
    }

    /// Finds a word in any case, with or without hyphens: `strongly-supports` is `StronglySupports`.
    pub fn find(self, typed: &str) -> Option<&'static str> {
        let plain = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
        let mut words = self.words.iter().copied();
        words.find(|known| plain(known) == plain(typed))
    }
}

const GRAPH: [&[&str]; 2] = [
    crate::model::SECTIONS,
    &[
        "The version of the format: 1.",
        "What the graph is called.",
        "Anything worth knowing about it.",
        "The day that questions are asked as of if none is given.",
        "Codes of warnings that `check` does not print for the records of this file.",
        "Files that belong to it, relative to this one; `*` and `**` as in a shell.",
        "Where claims come from.",
        "Who can stand somewhere and meet others.",
        "What one can be for or against.",
        "Who stands where on what, on whose word.",
        "Who met whom, or means to.",
        "Lasting relations between actors.",
        "Sourced claims that are no position, meeting or tie.",
    ],
];

impl Field {
    /// Returns whether it holds a list.
    pub fn is_list(self) -> bool {
        matches!(self.holds, Holds::Texts | Holds::Ids(_) | Holds::IdOrIds(_))
    }

    /// Returns the words it takes, or `None` if it does not hold a word of the format.
    pub fn words(self) -> Option<Vocabulary> {
        match self.holds {
            Holds::Word(words) => Some(words),
            _ => None,
        }
    }
}

impl RecordKind {
    /// Returns whether records of this kind have ids; stances and ties have none and are in lists.
    pub fn has_id(self) -> bool {
        !matches!(self, RecordKind::Stance | RecordKind::Tie)
    }

    /// Returns the noun for a record of this kind.
    pub fn noun(self) -> &'static str {
        match self {
            RecordKind::Graph => "graph",
            RecordKind::Source => "source",
            RecordKind::Actor => "actor",
            RecordKind::Issue => "issue",
            RecordKind::Scale => "scale",
            RecordKind::Stance => "stance",
            RecordKind::Meeting => "meeting",
            RecordKind::Earlier => "earlier status",
            RecordKind::Tie => "tie",
            RecordKind::Fact => "fact",
        }
    }

    /// Returns the noun with its article: `an actor`.
    pub fn a_noun(self) -> String {
        let noun = self.noun();
        format!(
            "{} {noun}",
            if noun.starts_with(['a', 'e', 'i']) {
                "an"
            } else {
                "a"
            }
        )
    }

    /// The kinds of records that stand in sections of their own, in the order of the format.
    pub const IN_SECTIONS: [RecordKind; 7] = [
        RecordKind::Source,
        RecordKind::Actor,
        RecordKind::Issue,
        RecordKind::Stance,
        RecordKind::Meeting,
        RecordKind::Tie,
        RecordKind::Fact,
    ];

    /// Returns the kind of the records in a section, or `None` if there is no such section.
    pub fn of_section(name: &str) -> Option<RecordKind> {
        let mut kinds = Self::IN_SECTIONS.into_iter();
        kinds.find(|kind| kind.section() == Some(name))
    }

    /// Returns the section of a file that holds records of this kind, or `None` if no section does.
    pub fn section(self) -> Option<&'static str> {
        let holds = |section: &&&str| holds(RecordKind::Graph, section) == Holds::Records(self);
        crate::model::SECTIONS.iter().find(holds).copied()
    }

    /// Iterates over the fields of a record of this kind, in the order of the format.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        let [names, docs] = match self {
            RecordKind::Graph => GRAPH,
            RecordKind::Source => [Source::FIELDS, Source::DOCS],
            RecordKind::Actor => [Actor::FIELDS, Actor::DOCS],
            RecordKind::Issue => [Issue::FIELDS, Issue::DOCS],
            RecordKind::Scale => [Scale::FIELDS, Scale::DOCS],
            RecordKind::Stance => [Stance::FIELDS, Stance::DOCS],
            RecordKind::Meeting => [Meeting::FIELDS, Meeting::DOCS],
            RecordKind::Earlier => [Earlier::FIELDS, Earlier::DOCS],
            RecordKind::Tie => [Tie::FIELDS, Tie::DOCS],
            RecordKind::Fact => [Fact::FIELDS, Fact::DOCS],
        };
        names.iter().zip(docs).map(move |(name, doc)| Field {
            name,
            doc: doc.trim(),
            holds: holds(self, name),
        })
    }

    /// Returns what a field of such a record changes about what is said of the record.
    pub(crate) fn bearing(self, field: Field) -> Bearing {
        use RecordKind as R;
        match (self, field.name) {
            (R::Issue, "question" | "levels" | "scale" | "status_quo" | "outcome" | "decided")
            | (R::Meeting, "kind") => Bearing::Defines,
            (R::Source, "date" | "via" | "reliability" | "withdrawn_in")
            | (R::Actor, "power")
            | (R::Meeting, "date" | "on" | "said_by" | "withdrawn_in") => Bearing::Counts,
            _ => Bearing::None,
        }
    }

    /// Returns the field of that name, or `None` if there is none.
    pub fn field(self, name: &str) -> Option<Field> {
        self.fields().find(|field| field.name == name)
    }
}

/// Returns what a field may hold; `name` is a field of the record.
fn holds(record: RecordKind, name: &str) -> Holds {
    use RecordKind as R;
    const SOURCES: &[R] = &[R::Source];
    const ACTORS: &[R] = &[R::Actor];
    const ISSUES: &[R] = &[R::Issue];
    match (record, name) {
        (R::Graph, "sources") => Holds::Records(R::Source),
        (R::Graph, "actors") => Holds::Records(R::Actor),
        (R::Graph, "issues") => Holds::Records(R::Issue),
        (R::Graph, "stances") => Holds::Records(R::Stance),
        (R::Graph, "meetings") => Holds::Records(R::Meeting),
        (R::Graph, "ties") => Holds::Records(R::Tie),
        (R::Graph, "facts") => Holds::Records(R::Fact),
        (R::Meeting, "earlier") => Holds::Records(R::Earlier),
        (R::Issue, "scale") => Holds::Record(R::Scale),
        (R::Scale, "marks") => Holds::Marks,
        (_, "via" | "source") => Holds::IdOrIds(SOURCES),
        (_, "withdrawn_in") => Holds::Id(SOURCES),
        (_, "depends_on") => Holds::Ids(&[R::Actor, R::Issue]),
        (_, "actor" | "toward" | "speaks_for") => Holds::IdOrIds(ACTORS),
        (_, "members" | "participants" | "invited" | "declined") => Holds::Ids(ACTORS),
        (_, "host" | "said_by") | (R::Tie, "from" | "to") => Holds::Id(ACTORS),
        (_, "issue") | (R::Issue, "part_of") => Holds::Id(ISSUES),
        (_, "topics" | "over") => Holds::Ids(ISSUES),
        (R::Meeting, "part_of") => Holds::Id(&[R::Meeting]),
        (_, "because") => Holds::Id(&[R::Fact, R::Issue, R::Meeting]),
        (_, "about") => Holds::Ids(&[R::Actor, R::Issue, R::Meeting, R::Source, R::Fact]),
        (R::Actor, "kind") => Holds::Word(Vocabulary {
            words: ActorKind::WORDS,
            docs: ActorKind::DOCS,
        }),
        (R::Tie, "kind") => Holds::Word(Vocabulary {
            words: TieKind::WORDS,
            docs: TieKind::DOCS,
        }),
        (_, "kind") => Holds::Word(Vocabulary {
            words: MeetingKind::WORDS,
            docs: MeetingKind::DOCS,
        }),
        (_, "status") => Holds::Word(Vocabulary {
            words: MeetingStatus::WORDS,
            docs: MeetingStatus::DOCS,
        }),
        (_, "position") => Holds::Word(Vocabulary {
            words: Position::WORDS,
            docs: Position::DOCS,
        }),
        (_, "reliability") => Holds::Word(Vocabulary {
            words: Reliability::WORDS,
            docs: Reliability::DOCS,
        }),
        (_, "likelihood") => Holds::Word(Vocabulary {
            words: Likelihood::WORDS,
            docs: Likelihood::DOCS,
        }),
        (_, "date" | "until" | "on" | "since" | "decided") | (R::Graph, "as_of") => Holds::Date,
        (R::Graph, "version") | (R::Scale, "from" | "to") | (R::Issue, "outcome") => Holds::Number,
        (_, "power" | "salience" | "credibility" | "levels" | "status_quo") => Holds::Number,
        (_, "aliases" | "same_as" | "tags") | (R::Graph, "allow" | "include") => Holds::Texts,
        _ => Holds::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reader accepts what the table says a field may hold.
    #[test]
    fn the_reader_takes_what_the_table_says() {
        let records = [
            R::Source,
            R::Actor,
            R::Issue,
            R::Stance,
            R::Meeting,
            R::Tie,
            R::Fact,
        ];
        use RecordKind as R;
        for kind in records {
            let section = kind.section().unwrap();
            for field in kind.fields() {
                assert!(!field.doc.is_empty());
                let value = example(field.holds);
                let record = format!("({}: {value})", field.name);
                let whole = match kind.has_id() {
                    true => format!("Graph({section}: {{\"x\": {record}}})"),
                    false => format!("Graph({section}: [{record}])"),
                };
                let (_, found) = crate::resolve::read("x.ron", &whole);
                let wrong = found.iter().find(|found| {
                    ["wrong-type", "unknown-variant", "unknown-field"].contains(&found.code)
                });
                assert!(wrong.is_none(), "{whole}\n{wrong:?}");
            }
        }
    }

    fn example(holds: Holds) -> String {
        match holds {
            Holds::Text => "\"a\"".to_owned(),
            Holds::Texts | Holds::Ids(_) => "[\"a\"]".to_owned(),
            Holds::Number => "2".to_owned(),
            Holds::Date => "\"2023\"".to_owned(),
            Holds::Word(words) => words.words[0].to_owned(),
            Holds::Id(_) | Holds::IdOrIds(_) => "\"a\"".to_owned(),
            Holds::Records(record) => format!("[{}]", of(record)),
            Holds::Record(record) => of(record),
            Holds::Marks => "{1: \"a\"}".to_owned(),
        }
    }

    fn of(record: RecordKind) -> String {
        let fields: Vec<String> = record
            .fields()
            .map(|field| format!("{}: {}", field.name, example(field.holds)))
            .collect();
        format!("({})", fields.join(", "))
    }
}
