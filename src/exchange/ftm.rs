//! People, organisations, offices, memberships and meetings out of FollowTheMoney (an entity a line) and
//! Popolo (one object with lists).

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::edit::Free;
use crate::exchange::finding::Findings;
use crate::exchange::json::{date, id, items, lines_of_lists, report, text};
use crate::model::{
    Actor, ActorKind, Date, Document, Meeting, MeetingKind, MeetingStatus, Source, Str, Tie,
    TieKind,
};
use crate::syntax::{OneOrMany, Rare};
use crate::words::{counted, folded};

/// Makes actors, ties and meetings. All rest on one source, the file itself. Returns what was left out,
/// too.
pub fn document(
    bytes: &[u8],
    name: &str,
    found: &mut Findings,
) -> (Document<'static>, Vec<String>) {
    let items = items(bytes, name, found);
    // Popolo is one item with lists.
    let lines = match (&items[..], std::str::from_utf8(bytes)) {
        ([_], Ok(text)) => lines_of_lists(text),
        _ => HashMap::new(),
    };
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.split('.').next().unwrap_or(file);
    let source = id(stem);
    let mut reading = Reading {
        name,
        found,
        document: Document {
            version: Some(1),
            ..Document::default()
        },
        actors: HashMap::new(),
        posts: HashMap::new(),
        ids: HashSet::new(),
        free: Free::default(),
        source: source.clone(),
        left_out: HashMap::new(),
        offices: 0,
    };
    let of_file = Source {
        title: file.to_owned().into(),
        ..Source::default()
    };
    reading.ids.insert(source.clone());
    reading.document.sources.0.push((source.into(), of_file));
    let entities: Vec<Entity> = items
        .into_iter()
        .flat_map(|(item, line)| match item.get("schema").is_some() {
            true => Entity::of_ftm(item, line),
            false => {
                for (what, count) in of_no_use(&item) {
                    *reading.left_out.entry(what).or_default() += count;
                }
                Entity::all_of_popolo(&item, line, &lines)
            }
        })
        .collect();
    if entities.is_empty() && reading.found.is_empty() {
        let help = "FollowTheMoney has an entity with `schema` and `properties` a line; Popolo has `persons`, `organizations` and `memberships`";
        report(
            reading.found,
            name,
            1,
            "the file holds no entities",
            Some(help.to_owned()),
        );
    }
    // Those that others name come first.
    for step in [Step::Posts, Step::Actors, Step::Rest] {
        for entity in &entities {
            reading.read(entity, step);
        }
    }
    reading
        .document
        .actors
        .0
        .sort_by(|one, other| one.0.cmp(&other.0));
    let mut left_out: Vec<(String, usize)> = reading.left_out.into_iter().collect();
    left_out.sort();
    let left_out = left_out.into_iter().map(|(schema, count)| {
        format!(
            "left out {} of `{schema}`: nothing of the format is like it",
            counted(count, "record")
        )
    });
    let offices = (reading.offices > 0).then(|| {
        format!(
            "left out {}: given up, or more than one, where an actor has one `role`",
            counted(reading.offices, "office")
        )
    });
    (reading.document, left_out.chain(offices).collect())
}

/// An entity of either format: its schema, and what is known of it, in the words of FollowTheMoney.
struct Entity {
    id: String,
    schema: String,
    line: usize,
    properties: HashMap<String, Vec<String>>,
    /// What its file calls properties: a word of its own for one of FollowTheMoney.
    words: &'static [(&'static str, &'static str)],
}

/// The lists of Popolo that make records, and their schemas in FollowTheMoney.
const LISTS: [(&str, &str); 5] = [
    ("persons", "Person"),
    ("organizations", "Organization"),
    ("posts", "Position"),
    ("memberships", "Membership"),
    ("events", "Event"),
];

/// Counts what a file in Popolo holds that makes no record.
fn of_no_use(item: &Value) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (list, records) in item.as_object().into_iter().flatten() {
        let records = records.as_array().map_or(&[][..], Vec::as_slice);
        if !LISTS.iter().any(|(known, _)| known == list) && !records.is_empty() {
            counts.insert(list.clone(), records.len());
        }
        for field in ["parent_id", "on_behalf_of_id", "area_id"] {
            let has_field = |record: &&Value| record.get(field).is_some_and(Value::is_string);
            let count = records.iter().filter(has_field).count();
            if count > 0 {
                *counts.entry(field.to_owned()).or_default() += count;
            }
        }
    }
    counts
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Posts,
    Actors,
    Rest,
}

impl Entity {
    fn of_ftm(item: Value, line: usize) -> Vec<Entity> {
        let strings = |value: &Value| -> Vec<String> {
            let all = value
                .as_array()
                .map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
            all.iter()
                .filter_map(Value::as_str)
                .map(|text| text.trim().to_owned())
                .collect()
        };
        let properties = item.get("properties").and_then(Value::as_object);
        let properties = properties.into_iter().flatten();
        vec![Entity {
            id: text(&item, "id").unwrap_or_default().into_owned(),
            schema: text(&item, "schema").unwrap_or_default().into_owned(),
            line,
            properties: properties
                .map(|(name, value)| (name.clone(), strings(value)))
                .collect(),
            words: &[],
        }]
    }

    fn all_of_popolo(
        item: &Value,
        line: usize,
        lines: &HashMap<String, Vec<usize>>,
    ) -> Vec<Entity> {
        /// The words of Popolo for those of FollowTheMoney.
        const WORDS: &[(&str, &str)] = &[
            ("name", "name"),
            ("label", "name"),
            ("role", "role"),
            ("person_id", "member"),
            ("organization_id", "organization"),
            ("post_id", "post"),
            ("start_date", "startDate"),
            ("end_date", "endDate"),
            ("location", "location"),
            ("biography", "notes"),
            ("summary", "notes"),
        ];
        let of_words = |record: &Value| {
            let mut properties: HashMap<String, Vec<String>> = HashMap::new();
            for (popolo, ftm) in WORDS {
                let known = text(record, popolo).map(Str::into_owned);
                let known = known.into_iter();
                properties
                    .entry((*ftm).to_owned())
                    .or_default()
                    .extend(known);
            }
            properties
        };
        let mut all = Vec::new();
        for (list, schema) in LISTS {
            let records = item.get(list).and_then(Value::as_array);
            let line_of = |nth: usize| lines.get(list).and_then(|lines| lines.get(nth));
            for (nth, record) in records.into_iter().flatten().enumerate() {
                let mut properties = of_words(record);
                let nested = |list: &str, field: &str| -> Vec<String> {
                    let records = record.get(list).and_then(Value::as_array);
                    let texts = records.into_iter().flatten();
                    texts
                        .filter_map(|one| text(one, field))
                        .map(Str::into_owned)
                        .collect()
                };
                properties.insert("alias".to_owned(), nested("other_names", "name"));
                properties.insert("involved".to_owned(), nested("attendees", "id"));
                let schemes = nested("identifiers", "scheme").into_iter();
                let identifiers = schemes.zip(nested("identifiers", "identifier"));
                let identifiers = identifiers.map(|(scheme, id)| format!("{scheme}:{id}"));
                properties.insert("same_as".to_owned(), identifiers.collect());
                let id = text(record, "id").unwrap_or_default().into_owned();
                let line = line_of(nth).copied().unwrap_or(line);
                // A person or an organization may have its memberships within.
                let within = record.get("memberships").and_then(Value::as_array);
                for membership in within.into_iter().flatten() {
                    let mut properties = of_words(membership);
                    let own = if schema == "Person" {
                        "member"
                    } else {
                        "organization"
                    };
                    let own = properties.entry(own.to_owned()).or_default();
                    if own.is_empty() {
                        own.push(id.clone());
                    }
                    all.push(Entity {
                        id: String::new(),
                        schema: "Membership".to_owned(),
                        line,
                        properties,
                        words: WORDS,
                    });
                }
                all.push(Entity {
                    id,
                    schema: schema.to_owned(),
                    line,
                    properties,
                    words: WORDS,
                });
            }
        }
        all
    }

    /// Returns what its file calls a property of FollowTheMoney.
    fn word<'f>(&self, field: &'f str) -> &'f str {
        let own = self.words.iter().find(|(_, ftm)| *ftm == field);
        own.map_or(field, |(own, _)| own)
    }

    fn first(&self, name: &str) -> Option<Str<'static>> {
        let found = self
            .properties
            .get(name)?
            .iter()
            .find(|text| !text.is_empty());
        found.map(|text| text.clone().into())
    }

    fn all(&self, name: &str) -> &[String] {
        self.properties.get(name).map_or(&[], Vec::as_slice)
    }
}

struct Reading<'r> {
    name: &'r str,
    found: &'r mut Findings,
    document: Document<'static>,
    /// The ids of actors, by their ids in the file, and their numbers.
    actors: HashMap<String, (String, usize)>,
    /// The names of offices, by their ids in the file.
    posts: HashMap<String, String>,
    ids: HashSet<String>,
    free: Free,
    source: String,
    left_out: HashMap<String, usize>,
    /// The number of offices that are not an actor's `role`.
    offices: usize,
}

impl Reading<'_> {
    fn report(&mut self, entity: &Entity, message: String) {
        report(self.found, self.name, entity.line, &message, None);
    }

    fn read(&mut self, entity: &Entity, step: Step) {
        let kind = match entity.schema.as_str() {
            "Person" => ActorKind::Person,
            "Organization" | "Company" | "PublicBody" | "LegalEntity" => ActorKind::Organization,
            schema => return self.read_other(entity, schema, step),
        };
        if step == Step::Actors {
            self.actor(entity, kind);
        }
    }

    fn read_other(&mut self, entity: &Entity, schema: &str, step: Step) {
        match (schema, step) {
            ("Position", Step::Posts) => {
                let name = entity.first("name").unwrap_or_default();
                self.posts.insert(entity.id.clone(), name.into_owned());
            }
            ("Membership", Step::Rest) => {
                self.tie(entity, ["member", "organization"], TieKind::Member);
                self.office(entity, "member");
            }
            ("Occupancy", Step::Rest) => self.office(entity, "holder"),
            ("Employment", Step::Rest) => {
                self.tie(
                    entity,
                    ["employee", "employer"],
                    TieKind::Other("works for".into()),
                );
            }
            ("Directorship", Step::Rest) => {
                self.tie(
                    entity,
                    ["director", "organization"],
                    TieKind::Other("directs".into()),
                );
            }
            ("Ownership", Step::Rest) => {
                self.tie(entity, ["owner", "asset"], TieKind::Other("owns".into()));
            }
            ("Representation", Step::Rest) => {
                self.tie(
                    entity,
                    ["agent", "client"],
                    TieKind::Other("represents".into()),
                );
            }
            ("Event", Step::Rest) => self.meeting(entity),
            (
                "Position" | "Membership" | "Occupancy" | "Employment" | "Directorship"
                | "Ownership" | "Representation" | "Event",
                _,
            ) => {}
            (schema, Step::Rest) => {
                *self.left_out.entry(schema.to_owned()).or_default() += 1;
            }
            _ => {}
        }
    }

    fn new_id(&mut self, elsewhere: &str, name: &str) -> String {
        let base = if elsewhere.is_empty() {
            name
        } else {
            elsewhere
        };
        // A sum is no id that a person would type.
        let is_sum = base.len() >= 32 && base.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        let base = if is_sum { name } else { base };
        let id = self.free.id(id(base), |id| self.ids.contains(id));
        self.ids.insert(id.clone());
        id
    }

    fn actor(&mut self, entity: &Entity, kind: ActorKind) {
        let Some(name) = entity.first("name") else {
            return self.report(entity, format!("`{}` has no `name`", entity.id));
        };
        if self.actors.contains_key(&entity.id) && !entity.id.is_empty() {
            return self.report(entity, format!("`{}` is there twice", entity.id));
        }
        let mut aliases: Vec<Str<'static>> = Vec::new();
        let names = ["name", "alias", "weakAlias", "abbreviation", "previousName"];
        for other in names.into_iter().flat_map(|field| entity.all(field)) {
            let is_known = |known: &Str<'static>| folded(known) == folded(other);
            if !other.is_empty() && folded(&name) != folded(other) && !aliases.iter().any(is_known)
            {
                aliases.push(other.clone().into());
            }
        }
        let mut same_as: Vec<Str<'static>> = entity
            .all("same_as")
            .iter()
            .map(|id| id.clone().into())
            .collect();
        let wikidata = entity.first("wikidataId");
        same_as.extend(wikidata.map(|id| Str::from(format!("wikidata:{id}"))));
        if !entity.id.is_empty() && !entity.id.contains(char::is_whitespace) {
            same_as.push(format!("ftm:{}", entity.id).into());
        }
        let id = self.new_id(&entity.id, &name);
        let actor = Actor {
            name,
            kind,
            aliases,
            role: entity.first("position"),
            same_as,
            note: Rare::of(entity.first("notes").or_else(|| entity.first("summary"))),
            ..Actor::default()
        };
        let nth = self.document.actors.0.len();
        self.actors.insert(entity.id.clone(), (id.clone(), nth));
        self.document.actors.0.push((id.into(), actor));
    }

    /// Gives an actor the office that an entity says it has.
    fn office(&mut self, entity: &Entity, holder: &str) {
        let post = entity.first("post");
        let post = post.and_then(|post| self.posts.get(&*post).cloned());
        let role = entity.first("role").map(Str::into_owned).or(post);
        let Some(role) = role.filter(|role| !role.is_empty() && role != "member") else {
            return;
        };
        let holder = entity.first(holder).unwrap_or_default();
        let known = self.actors.get(&*holder).map(|(_, nth)| *nth);
        // Offices given up are in the ties.
        let is_over = entity.first("endDate").is_some();
        let actor = known.and_then(|nth| self.document.actors.0.get_mut(nth));
        match actor.filter(|_| !is_over) {
            Some((_, actor)) if actor.role.as_ref().is_none_or(|known| *known == role) => {
                actor.role = Some(role.into());
            }
            _ => self.offices += 1,
        }
    }

    fn known(&mut self, entity: &Entity, field: &str) -> Option<Str<'static>> {
        let Some(named) = entity.first(field) else {
            self.report(
                entity,
                format!("a `{}` has no `{}`", entity.schema, entity.word(field)),
            );
            return None;
        };
        let known = self.actors.get(&*named).map(|(id, _)| id.clone().into());
        if known.is_none() {
            self.report(entity, format!("there is no entity `{named}`"));
        }
        known
    }

    fn date(&mut self, entity: &Entity, field: &str) -> Result<Option<Date>, ()> {
        let Some(written) = entity.first(field) else {
            return Ok(None);
        };
        date(&written).map(Some).ok_or_else(|| {
            self.report(
                entity,
                format!("`{}` is not a date: `{written}`", entity.word(field)),
            );
        })
    }

    fn tie(&mut self, entity: &Entity, [from, to]: [&str; 2], kind: TieKind<'static>) {
        let (from, to) = (self.known(entity, from), self.known(entity, to));
        let (since, until) = (self.date(entity, "startDate"), self.date(entity, "endDate"));
        let (Some(from), Some(to), Ok(since), Ok(until)) = (from, to, since, until) else {
            return;
        };
        self.document.ties.push(Tie {
            from,
            to,
            kind,
            since,
            until,
            source: OneOrMany::One(self.source.clone().into()),
            at: Rare::from(format!("line {}", entity.line)),
            note: Rare::of(entity.first("role")),
            ..Tie::default()
        });
    }

    fn meeting(&mut self, entity: &Entity) {
        let Some(title) = entity.first("name").or_else(|| entity.first("summary")) else {
            return self.report(entity, format!("`{}` has no `name`", entity.id));
        };
        let from = match entity.first("date") {
            Some(_) => self.date(entity, "date"),
            None => self.date(entity, "startDate"),
        };
        let until = self.date(entity, "endDate");
        let (Ok(from), Ok(until)) = (from, until) else {
            return;
        };
        let date = match (from, until) {
            (Some(from), Some(until)) if from != until => format!("{from}/{until}").parse().ok(),
            (from, _) => from,
        };
        let mut participants = Vec::new();
        for named in entity
            .all("involved")
            .iter()
            .filter(|named| !named.is_empty())
        {
            match self.actors.get(named) {
                Some((id, _)) => participants.push(id.clone().into()),
                None => return self.report(entity, format!("there is no entity `{named}`")),
            }
        }
        let host = entity
            .first("organizer")
            .or_else(|| entity.first("organization"));
        let host = host.and_then(|host| Some(self.actors.get(&*host)?.0.clone().into()));
        let id = self.new_id(&entity.id, &title);
        let meeting = Meeting {
            title,
            kind: Some(MeetingKind::Session),
            status: MeetingStatus::Held,
            date,
            place: entity.first("location"),
            host,
            participants,
            source: OneOrMany::One(self.source.clone().into()),
            at: Rare::from(format!("line {}", entity.line)),
            ..Meeting::default()
        };
        self.document.meetings.0.push((id.into(), meeting));
    }
}
