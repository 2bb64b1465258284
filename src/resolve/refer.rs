//! Resolves references: holds what is declared, and reports names that are not declared or are
//! something else.

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Entity, IssueId, MeetingId, SourceId};
use crate::model::{self, Str};
use crate::resolve::suggest::Unknown;
use crate::syntax::{Locator, Read, Reader, Step, is_blank_string, locate, read_attributes};
use crate::text::{FileId, Place, Text};

/// What an id is declared as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Known {
    As(Entity),
    /// A meeting or fact that can't be read, or an id declared twice: there is nothing to link to,
    /// and the mistake has already been reported.
    LeftOut,
}

/// A kind of record that can be referred to.
pub(super) trait Target: Sized {
    const NOUN: &'static str;
    fn of(entity: Entity) -> Option<Self>;
}

macro_rules! target {
    ($($id:ident $of:ident $noun:literal,)*) => {$(
        impl Target for $id {
            const NOUN: &'static str = $noun;
            fn of(entity: Entity) -> Option<Self> {
                entity.$of()
            }
        }
    )*};
}

target! { SourceId source "source", ActorId actor "actor", IssueId issue "issue", MeetingId meeting "meeting", }

impl Target for Entity {
    const NOUN: &'static str = "record";
    fn of(entity: Entity) -> Option<Self> {
        Some(entity)
    }
}

/// The reason for a meeting's status: a fact, an issue or a meeting.
pub(super) struct Reason(pub(super) Entity);

impl Target for Reason {
    const NOUN: &'static str = "fact, issue or meeting";
    fn of(entity: Entity) -> Option<Self> {
        matches!(
            entity,
            Entity::Fact(_) | Entity::Issue(_) | Entity::Meeting(_)
        )
        .then_some(Reason(entity))
    }
}

/// An actor or issue that an offer depends on.
pub(super) struct Hand(pub(super) Entity);

impl Target for Hand {
    const NOUN: &'static str = "actor or issue";
    fn of(entity: Entity) -> Option<Self> {
        matches!(entity, Entity::Actor(_) | Entity::Issue(_)).then_some(Hand(entity))
    }
}

/// The location of a reference: its record, and the path to it.
#[derive(Clone, Copy)]
pub(super) struct Spot<'s> {
    pub(super) record: Place,
    pub(super) within: &'s [Step<'s>],
    pub(super) field: &'s str,
    pub(super) item: usize,
}

impl<'s> Spot<'s> {
    /// Returns an item of a field of a record, which is no part of another record.
    pub(super) fn new(record: Place, field: &'s str, item: usize) -> Spot<'s> {
        Spot {
            record,
            within: &[],
            field,
            item,
        }
    }
}

/// What every id of the graph is declared as, and where.
pub(super) struct Register<'t> {
    pub(super) texts: &'t [&'t Text],
    pub(super) known: HashMap<Str<'t>, (Known, Place)>,
    /// Records whose id was declared before by another record.
    pub(super) again: HashSet<Place>,
    /// Ids that are declared more than once with different content, and are therefore unknown.
    pub(super) clashing: HashSet<Str<'t>>,
}

/// The findings about references.
#[derive(Default)]
pub(super) struct Findings<'t> {
    /// Locates references, since one list can hold any number of them.
    places: Locator<'t>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The number of references to what is known by its id alone, which has already been reported.
    pub(super) silent: usize,
    /// References to nothing. What they may mean is suggested once everything is known.
    pub(super) unknown: Vec<Unknown>,
}

impl Findings<'_> {
    /// Returns the number of findings and of silently dropped references, which grows with every
    /// broken reference.
    pub(super) fn mistakes(&self) -> usize {
        self.diagnostics.len() + self.silent
    }

    pub(super) fn append(&mut self, mut more: Findings<'_>) {
        let before = self.diagnostics.len();
        self.diagnostics.append(&mut more.diagnostics);
        self.unknown
            .extend(more.unknown.into_iter().map(|found| Unknown {
                diagnostic: before + found.diagnostic,
                ..found
            }));
    }
}

impl<'t> Register<'t> {
    /// Returns whether two records of one id, each with what it is declared as, have the same
    /// content, regardless of layout.
    pub(super) fn is_same(&self, one: (Known, Place), other: (Known, Place)) -> bool {
        match (one.0, other.0) {
            (Known::As(Entity::Source(_)), Known::As(Entity::Source(_))) => {
                self.says_the_same::<model::Source<'_>>(one.1, other.1)
            }
            (Known::As(Entity::Actor(_)), Known::As(Entity::Actor(_))) => {
                self.says_the_same::<model::Actor<'_>>(one.1, other.1)
            }
            (Known::As(Entity::Issue(_)), Known::As(Entity::Issue(_))) => {
                self.says_the_same::<model::Issue<'_>>(one.1, other.1)
            }
            (Known::As(Entity::Meeting(_)), Known::As(Entity::Meeting(_))) => {
                self.says_the_same::<model::Meeting<'_>>(one.1, other.1)
            }
            (Known::As(Entity::Fact(_)), Known::As(Entity::Fact(_))) => {
                self.says_the_same::<model::Fact<'_>>(one.1, other.1)
            }
            _ => false,
        }
    }

    fn says_the_same<'r, T: Read<'r> + PartialEq>(&'r self, one: Place, other: Place) -> bool {
        let read = |place: Place| {
            let text = &place.file.of(self.texts)?.text;
            let (extensions, ..) = read_attributes(text, place.file);
            let start = place.span.start as usize;
            let mut reader = Reader::new(text, place.file, start, extensions, &[]);
            let record: T = reader.entry_value().ok()?;
            (reader.mistakes() == 0).then_some(record)
        };
        read(one).is_some_and(|record| Some(record) == read(other))
    }

    /// Returns whether this record is the one that its id stands for, not a second declaration.
    pub(super) fn is_first(&self, id: &str, place: Place) -> bool {
        (self.again.is_empty() || !self.again.contains(&place))
            && (self.clashing.is_empty() || !self.clashing.contains(id))
    }

    pub(super) fn locate(&self, record: Place, path: &[Step<'_>]) -> Place {
        let text = self.text(record.file);
        Place {
            file: record.file,
            span: locate(text, record.span.start, path),
        }
    }

    /// Returns the location of an item of a list field.
    pub(super) fn item(&self, record: Place, field: &str, item: usize) -> Place {
        self.locate(record, &[Step::Field(field), Step::Item(item)])
    }

    /// Like [`Self::locate`], but reuses a locator for many parts of one record.
    pub(super) fn locate_with(
        &self,
        places: &mut Locator<'t>,
        record: Place,
        path: &[Step<'_>],
    ) -> Place {
        Place {
            file: record.file,
            span: places.locate(self.text(record.file), record.span.start, path),
        }
    }

    fn text(&self, file: FileId) -> &'t str {
        let text = file.of(self.texts);
        text.map_or("", |text| text.text.as_str())
    }

    fn is_blank(&self, place: Place) -> bool {
        let written = self.text(place.file).get(place.span.range());
        is_blank_string(written.unwrap_or_default())
    }

    /// Returns what a reference refers to by the id as written. Reports a broken one.
    pub(super) fn named<T: Target>(
        &self,
        findings: &mut Findings<'t>,
        name: &str,
        spot: Spot<'_>,
    ) -> Option<T> {
        let known = self.known.get(name).map(|(known, _)| *known);
        self.target(findings, known, name, spot)
    }

    /// Returns what a reference refers to, given what its id is declared as. Reports a broken one.
    pub(super) fn target<T: Target>(
        &self,
        findings: &mut Findings<'t>,
        known: Option<Known>,
        name: &str,
        spot: Spot<'_>,
    ) -> Option<T> {
        let entity = match known {
            Some(Known::LeftOut) => {
                findings.silent += 1;
                return None;
            }
            Some(Known::As(entity)) => match T::of(entity) {
                Some(id) => return Some(id),
                None => Some(entity),
            },
            None => None,
        };
        let path = [
            spot.within,
            &[Step::Field(spot.field), Step::Item(spot.item)],
        ]
        .concat();
        let place = self.locate_with(&mut findings.places, spot.record, &path);
        if name.is_empty() && !self.is_blank(place) {
            // An empty name stands for one that is missing or can't be read, which has already been
            // reported.
            return None;
        }
        let diagnostic = match entity {
            Some(entity) => self.wrong_kind::<T>(name, entity, place, spot.field),
            None => findings.unknown::<T>(name, place),
        };
        findings.diagnostics.push(diagnostic);
        None
    }

    fn wrong_kind<T: Target>(
        &self,
        name: &str,
        entity: Entity,
        place: Place,
        field: &str,
    ) -> Diagnostic {
        let noun = entity.noun();
        let wanted = T::NOUN;
        let article = if wanted.starts_with(['a', 'i']) {
            "an"
        } else {
            "a"
        };
        let diagnostic = Diagnostic::error(
            "wrong-kind",
            format!("`{name}` is {noun}, not {article} {wanted}"),
            place,
            format!("`{field}` names {article} {wanted}"),
        );
        let help = match (field, entity) {
            ("issue", Entity::Actor(_)) => "`toward` says whom a stance is addressed to".to_owned(),
            ("issue" | "topics" | "over", Entity::Meeting(_) | Entity::Fact(_)) => {
                "declare what it is about in `issues`".to_owned()
            }
            ("participants" | "invited" | "declined", Entity::Issue(_)) => {
                "`topics` says what a meeting is about".to_owned()
            }
            ("source", Entity::Actor(_)) => {
                "`said_by` says who said it; `source` is where that was found".to_owned()
            }
            _ => format!("write the id of {article} {wanted} here"),
        };
        let diagnostic = diagnostic.help(help);
        match self.known.get(name) {
            Some((_, declared)) => {
                diagnostic.label(self.locate(*declared, &[Step::Key]), "declared here")
            }
            None => diagnostic,
        }
    }
}

impl Findings<'_> {
    fn unknown<T: Target>(&mut self, name: &str, place: Place) -> Diagnostic {
        let wanted = T::NOUN;
        self.unknown.push(Unknown {
            diagnostic: self.diagnostics.len(),
            name: name.into(),
            place,
            noun: wanted,
            fits: |entity| T::of(entity).is_some(),
        });
        Diagnostic::error(
            "unknown-id",
            format!("unknown {wanted} `{name}`"),
            place,
            "not declared anywhere",
        )
    }
}

/// Returns a warning about an id that a list names twice, with the locations of the first and a
/// later occurrence.
pub(super) fn named_twice(id: &str, [first, again]: [Place; 2]) -> Diagnostic {
    let message = format!("`{id}` is named twice");
    Diagnostic::warning("named-twice", message, again, "named again here")
        .label(first, "first named here")
        .help("remove one of the two")
}
