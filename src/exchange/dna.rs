//! Files of Discourse Network Analyzer 3: SQLite databases. Documents become sources with texts, and
//! statements stances; the rest is an import of tables, by a map that is made here.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write;
use std::io::{Cursor, Read};

use rusqlite::{Connection, Error, MAIN_DB, Row};

use crate::exchange::finding::Spot;
use crate::exchange::import::Files;
use crate::exchange::input::{Listed, Rows};
use crate::model::Day;
use crate::words::{either, equally_near, listed};

/// Which type of statement is read, and what its variables are.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The type of statement; the only one that is used, if none is named.
    pub kind: Option<String>,
    /// The variable that says whose position it is.
    pub actor: String,
    /// The variable that says who voiced it.
    pub voice: Option<String>,
    /// The variable that says on which issue.
    pub issue: String,
    /// The variable that says for or against, or a number.
    pub position: String,
}

/// The tables of such a file, and the map that reads them.
#[derive(Debug)]
pub struct Dna {
    /// The map, as text.
    pub map: String,
    statements: Option<Listed>,
    documents: Option<Listed>,
}

impl Files for Dna {
    fn open(&mut self, name: &str) -> Result<Box<dyn Read>, String> {
        Err(format!("there is no table `{name}`"))
    }

    fn sheet(&mut self, name: &str, _: Option<&str>) -> Result<Option<Box<dyn Rows>>, String> {
        let rows = match name {
            "documents" => self.documents.take(),
            _ => self.statements.take(),
        };
        Ok(rows.map(|rows| Box::new(rows) as Box<dyn Rows>))
    }
}

/// A variable of a type of statement.
struct Variable {
    id: i64,
    name: String,
    holds: String,
}

/// Reads a file.
///
/// # Errors
/// Returns why it can't be read, in words.
pub fn read(bytes: &[u8], name: &str, choice: &Choice) -> Result<Dna, String> {
    let damaged = |error: Error| format!("can't read `{name}`: it is cut off or damaged ({error})");
    let mut file = Connection::open_in_memory().map_err(damaged)?;
    if !bytes.starts_with(b"SQLite format 3\0") {
        return Err(format!(
            "`{name}` is no file of Discourse Network Analyzer 3"
        ));
    }
    file.deserialize_read_exact(MAIN_DB, Cursor::new(bytes), bytes.len(), true)
        .map_err(damaged)?;
    check_version(&file, name)?;
    let (kind, label) = kind(&file, name, choice)?;
    let variables = variables(&file, kind).map_err(damaged)?;
    let find = |what: &str, wanted: &str| {
        let found = variables.iter().find(|variable| variable.name == wanted);
        found.ok_or_else(|| {
            let names = || variables.iter().map(|variable| variable.name.as_str());
            let near = equally_near(wanted, names());
            let near = if near.is_empty() { listed(names()) } else { either(near.iter()) };
            format!("statements of type `{label}` have no variable `{wanted}`, but {near}: name the one that is meant with `--{what}`")
        })
    };
    let actor = find("actor", &choice.actor)?;
    let issue = find("issue", &choice.issue)?;
    let position = find("position", &choice.position)?;
    let voice = match &choice.voice {
        Some(voice) => Some(find("voice", voice)?),
        None => None,
    };
    let texts = documents(&file).map_err(damaged)?;
    let mut chosen = vec![actor, issue, position];
    chosen.extend(voice);
    let statements = statements(&file, name, kind, &chosen, &texts).map_err(damaged)?;
    let scale = match position.holds.as_str() {
        "boolean" => None,
        "integer" => Some(range(&statements)),
        other => {
            return Err(format!(
                "the variable `{}` is a {other}: a position is a boolean or an integer",
                position.name
            ));
        }
    };
    Ok(Dna {
        map: map(
            &actor.name,
            &issue.name,
            &position.name,
            voice.map(|one| one.name.as_str()),
            scale,
        ),
        statements: Some(statements),
        documents: Some(listed_documents(name, texts)),
    })
}

fn check_version(file: &Connection, name: &str) -> Result<(), String> {
    let version: Result<String, Error> = file.query_row(
        "SELECT Value FROM SETTINGS WHERE Property = 'version'",
        [],
        |row| row.get(0),
    );
    match version {
        Ok(version) if version.starts_with("3.") => Ok(()),
        Ok(version) => Err(format!(
            "`{name}` is of version {version} of Discourse Network Analyzer: open it with version 3, and save it"
        )),
        Err(Error::SqliteFailure(error, _))
            if error.code == rusqlite::ErrorCode::DatabaseCorrupt =>
        {
            Err(format!("can't read `{name}`: it is cut off or damaged"))
        }
        Err(_) => Err(format!(
            "`{name}` is no file of Discourse Network Analyzer 3: an older one is to be opened with version 3, and saved"
        )),
    }
}

/// Returns the type of statement that is meant.
fn kind(file: &Connection, name: &str, choice: &Choice) -> Result<(i64, String), String> {
    let sql = "SELECT ID, Label, (SELECT count(*) FROM STATEMENTS WHERE StatementTypeId = t.ID) FROM STATEMENTTYPES t ORDER BY ID";
    let all = rows(file, sql, |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
        ))
    });
    let all = all.map_err(|error| format!("can't read `{name}`: {error}"))?;
    let labels =
        |all: &[(i64, String, i64)]| listed(all.iter().map(|(_, label, _)| label.as_str()));
    let fits = |(_, label, count): &&(i64, String, i64)| match &choice.kind {
        Some(kind) => label == kind,
        None => *count > 0,
    };
    // Of several types in use, the one whose variables are asked for.
    let has_all = |id: i64| {
        let names: Vec<String> = variables(file, id)
            .unwrap_or_default()
            .into_iter()
            .map(|one| one.name)
            .collect();
        [&choice.actor, &choice.issue, &choice.position]
            .iter()
            .all(|one| names.contains(one))
    };
    let used: Vec<&(i64, String, i64)> = all.iter().filter(fits).collect();
    let fitting: Vec<&&(i64, String, i64)> = used.iter().filter(|(id, ..)| has_all(*id)).collect();
    match (&fitting[..], &used[..], &choice.kind) {
        ([(id, label, _)], ..) | (_, [(id, label, _)], _) => Ok((*id, label.clone())),
        (_, [], Some(kind)) => Err(format!(
            "there is no type of statement `{kind}`, but {}",
            labels(&all)
        )),
        (_, [], None) => Err(format!("`{name}` has no statements")),
        _ => Err(format!(
            "`{name}` has statements of several types: name one with `--type`: {}",
            labels(&all)
        )),
    }
}

fn rows<T>(
    file: &Connection,
    sql: &str,
    of: impl FnMut(&Row<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut statement = file.prepare(sql)?;
    statement.query_map([], of)?.collect()
}

fn variables(file: &Connection, kind: i64) -> Result<Vec<Variable>, Error> {
    let sql = format!(
        "SELECT ID, Variable, DataType FROM VARIABLES WHERE StatementTypeId = {kind} ORDER BY ID"
    );
    rows(file, &sql, |row| {
        Ok(Variable {
            id: row.get(0)?,
            name: row.get(1)?,
            holds: row.get(2)?,
        })
    })
}

/// A document: its id, and its text as UTF-16, by which offsets count; then what else is known.
struct Document {
    id: i64,
    text: Vec<u16>,
    fields: Vec<String>,
    /// A date that is none, as seconds since 1970.
    bad_date: Option<i64>,
}

fn documents(file: &Connection) -> Result<Vec<Document>, Error> {
    let sql =
        "SELECT ID, Text, Title, Author, Source, Section, Type, Date FROM DOCUMENTS ORDER BY ID";
    rows(file, sql, |row| {
        let text: String = row.get(1)?;
        // Seconds since 1970; a day is meant.
        let seconds: i64 = row.get(7)?;
        let day = i32::try_from(seconds.div_euclid(86_400)).ok();
        let date = day.and_then(|day| Day(day).date());
        let written = date.map_or(String::new(), |date| date.to_string());
        let mut fields = vec![row.get::<_, i64>(0)?.to_string(), written];
        for nth in 2..7 {
            fields.push(row.get::<_, Option<String>>(nth)?.unwrap_or_default());
        }
        fields.push(text.clone());
        Ok(Document {
            id: row.get(0)?,
            text: text.encode_utf16().collect(),
            fields,
            bad_date: date.is_none().then_some(seconds),
        })
    })
}

fn listed_documents(name: &str, documents: Vec<Document>) -> Listed {
    let header = [
        "document_id",
        "date",
        "title",
        "author",
        "source",
        "section",
        "type",
        "text",
    ];
    let header = header.map(str::to_owned).to_vec();
    let mut listed = Listed {
        spot: sheet(name, "DOCUMENTS"),
        rows: VecDeque::from([(0, header)]),
        ..Listed::default()
    };
    for document in documents {
        let line = document.id as usize;
        if let Some(seconds) = document.bad_date {
            let message = format!("{seconds} seconds since 1970 are no date");
            listed.report(line, 2, message, None);
        }
        listed.rows.push_back((line, document.fields));
    }
    listed
}

fn sheet(name: &str, table: &str) -> Spot {
    Spot {
        sheet: Some(table.to_owned()),
        ..Spot::table(name)
    }
}

/// Returns the values of a variable, by statement.
fn values(file: &Connection, variable: &Variable) -> Result<HashMap<i64, String>, Error> {
    let id = variable.id;
    let sql = match variable.holds.as_str() {
        "short text" => format!(
            "SELECT d.StatementId, e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity WHERE d.VariableId = {id}"
        ),
        "boolean" => format!("SELECT StatementId, Value FROM DATABOOLEAN WHERE VariableId = {id}"),
        "integer" => format!("SELECT StatementId, Value FROM DATAINTEGER WHERE VariableId = {id}"),
        _ => format!("SELECT StatementId, Value FROM DATALONGTEXT WHERE VariableId = {id}"),
    };
    let is_text = variable.holds.ends_with("text");
    let all = rows(file, &sql, |row| {
        let value = match is_text {
            true => row.get::<_, Option<String>>(1)?.unwrap_or_default(),
            false => row.get::<_, i64>(1)?.to_string(),
        };
        Ok((row.get(0)?, value))
    })?;
    Ok(all.into_iter().collect())
}

/// Returns the ends of the scale on which the positions of all statements lie: from 0, or around it.
fn range(statements: &Listed) -> (i64, i64) {
    let cells = statements.rows.iter().skip(1);
    let cells = cells.filter_map(|(_, cells)| cells.get(POSITION)?.parse().ok());
    let all: Vec<i64> = cells.collect();
    let most = all
        .iter()
        .map(|value| value.abs())
        .max()
        .unwrap_or(1)
        .max(1);
    let is_signed = all.iter().any(|value| *value < 0);
    if is_signed { (-most, most) } else { (0, most) }
}

/// The first headings of the table of statements. Actor, issue, position and voice follow.
const HEADINGS: [&str; 6] = ["id", "document_id", "start", "stop", "coder", "quote"];

/// The number of the column of the position.
const POSITION: usize = HEADINGS.len() + 2;

fn statements(
    file: &Connection,
    name: &str,
    kind: i64,
    chosen: &[&Variable],
    documents: &[Document],
) -> Result<Listed, Error> {
    let mut columns = Vec::new();
    for variable in chosen {
        columns.push(values(file, variable)?);
    }
    let coders = rows(file, "SELECT ID, Name FROM CODERS", |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    let coders: HashMap<i64, String> = coders.into_iter().collect();
    let texts: HashMap<i64, &Vec<u16>> = documents.iter().map(|one| (one.id, &one.text)).collect();
    let mut header: Vec<String> = HEADINGS.map(str::to_owned).to_vec();
    header.extend(chosen.iter().map(|variable| variable.name.clone()));
    let mut listed = Listed {
        spot: sheet(name, "STATEMENTS"),
        ..Listed::default()
    };
    listed.rows.push_back((0, header));
    let sql = format!(
        "SELECT ID, DocumentId, Start, Stop, Coder FROM STATEMENTS WHERE StatementTypeId = {kind} ORDER BY ID"
    );
    let all = rows(file, &sql, |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, Option<i64>>(1)?,
            [row.get::<_, i64>(2)?, row.get(3)?],
            row.get::<_, Option<i64>>(4)?,
        ))
    })?;
    for (id, document, [start, stop], coder) in all {
        let line = id as usize;
        let text = document.and_then(|document| texts.get(&document));
        let quote = text.and_then(|text| text.get(start as usize..stop as usize));
        if quote.is_none() {
            let length = text.map_or(0, |text| text.len());
            let column = if text.is_none() { 3 } else { 5 };
            let message = match text {
                Some(_) => format!("the statement ends at {stop}, outside its text of {length}"),
                None => "the statement is in no document".to_owned(),
            };
            listed.report(line, column, message, None);
        }
        let coder = coder.and_then(|coder| coders.get(&coder)).cloned();
        let mut cells = vec![
            id.to_string(),
            document.map_or(String::new(), |document| document.to_string()),
            start.to_string(),
            stop.to_string(),
            coder.unwrap_or_default(),
            String::from_utf16_lossy(quote.unwrap_or_default()),
        ];
        cells.extend(
            columns
                .iter()
                .map(|column| column.get(&id).cloned().unwrap_or_default()),
        );
        listed.rows.push_back((line, cells));
    }
    Ok(listed)
}

/// Writes the map by which the tables are imported.
fn map(
    actor: &str,
    issue: &str,
    position: &str,
    voice: Option<&str>,
    scale: Option<(i64, i64)>,
) -> String {
    let quoted = crate::edit::quoted;
    let (actor, issue, position) = (quoted(actor), quoted(issue), quoted(position));
    let mut map = String::from(
        "Import(version: 1, table: \"statements\", tables: {\"d\": (file: \"documents\", by: \"document_id\")}, ",
    );
    let _ = write!(
        map,
        "where: [Not({actor}, \"\"), Not({issue}, \"\")], key: \"{{start}}-{{stop}}\", source: Of(\"document_id\"), "
    );
    map.push_str("sources: (id: \"d{document_id}\", title: \"{d.title}\", publisher: \"{d.source}\", date: \"{d.date}\", text: \"{d.text}\", note: \"By {d.author}\"), ");
    let _ = write!(map, "actors: [(of: {actor}, kind: Organization)");
    if let Some(voice) = voice {
        let _ = write!(map, ", (of: {}, kind: Person)", quoted(voice));
    }
    match scale {
        None => map.push_str("], issues: (question: \"{}\", levels: 2), "),
        Some((from, to)) => {
            let _ = write!(
                map,
                "], issues: (question: \"{{}}\", scale: (from: {from}, to: {to})), "
            );
        }
    }
    let _ = write!(
        map,
        "stances: (actor: Of({actor}), issue: Of({issue}), position: "
    );
    match scale {
        None => {
            let _ = write!(
                map,
                "Values({position}, {{\"1\": Supports, \"0\": Opposes}})"
            );
        }
        Some(_) => {
            let _ = write!(map, "Of({position})");
        }
    }
    if let Some(voice) = voice {
        let _ = write!(map, ", said_by: Of({}), speaks: true", quoted(voice));
    }
    map.push_str(", quote: \"{quote}\", tags: \"coder:{coder}\"))");
    map
}
