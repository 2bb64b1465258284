//! The meetings of a row.

use crate::exchange::import::row::Row;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::{Choice, MeetingPart, Recorded};
use crate::exchange::names::slug;
use crate::model::{Meeting, Record, RecordKind};
use crate::syntax::{OneOrMany, Rare};

impl Import<'_> {
    pub(super) fn meeting(&mut self, part: &MeetingPart, row: &Row<'_>) -> Got<bool> {
        let actors = RecordKind::Actor;
        let participants = self.names(row, &part.participants, actors)?;
        let host = self.name(row, &part.host, (actors, "host"))?;
        let said_by = self.name(row, &part.said_by, (actors, "said_by"))?;
        // What another row of the meeting says already need not be said again.
        let known = group_of(part, row).and_then(|group| self.first_rows.get(&group));
        let known = known.and_then(|(nth, _)| self.document.meetings.0.get(*nth));
        let known = known.map(|(_, known)| (known.title.clone(), known.status));
        let status = match (&part.status, &known) {
            (Choice::Values(column, ..), Some((_, status))) if row.cell(column.slot).is_empty() => {
                Some(*status)
            }
            (choice, _) => self.choice(row, choice)?,
        };
        let Some(status) = status else {
            self.mistake(part.span, "a meeting has a `status`", "add `status: Held`");
            return Err(Not::Reported);
        };
        let id = row.text(&part.id, "");
        let title = row.text(&part.title, "");
        let title = title.or_else(|| known.map(|(title, _)| title.into_owned()));
        let Some(title) = title.or_else(|| id.clone()) else {
            if part.title.is_none() && part.id.is_none() {
                self.mistake(part.span, "a meeting has a `title`", "add `title: \"{…}\"`");
                return Err(Not::Reported);
            }
            let column = part.title.column().or(part.id.column());
            let slot = column.map_or(0, |column| column.slot);
            return Err(self.wrong(row, slot, "no title: the cell is empty", None));
        };
        let meeting = Meeting {
            title: title.into(),
            kind: self.choice(row, &part.kind)?,
            status,
            date: self.date(row, &part.date, "")?,
            place: row.string(&part.place, ""),
            host,
            participants,
            invited: self.names(row, &part.invited, actors)?,
            declined: self.names(row, &part.declined, actors)?,
            topics: self.names(row, &part.topics, RecordKind::Issue)?,
            likelihood: self.choice(row, &part.likelihood)?,
            outcome: row.rare(&part.outcome, ""),
            quote: row.rare(&part.quote, ""),
            said_by: Rare::of(said_by),
            source: self.source_of(row, &part.source)?,
            credibility: self.credibility(row, &part.credibility)?,
            same_as: row.strings(&part.same_as, ""),
            note: row.rare(&part.note, ""),
            tags: row.strings(&part.tags, ""),
            ..Meeting::default()
        };
        let text = self.written(&meeting)?;
        let record = Record::Meeting(meeting);
        self.check_record(row, RecordKind::Meeting, (&record, &text), part)?;
        match record {
            Record::Meeting(meeting) => self.add_meeting(part, row, id, meeting),
            _ => Ok(false),
        }
    }

    /// Adds a meeting, or what a row adds to one that is there.
    fn add_meeting(
        &mut self,
        part: &MeetingPart,
        row: &Row<'_>,
        id: Option<String>,
        mut meeting: Meeting<'static>,
    ) -> Got<bool> {
        let slot = part.id.column().or(part.title.column());
        let slot = slot.map_or(0, |column| column.slot);
        let group = group_of(part, row);
        let known = group.as_ref().and_then(|group| self.first_rows.get(group));
        if let Some((nth, first)) = known.copied() {
            return self.add_to_meeting(part, row, (nth, first), meeting);
        }
        // Rows of one group may say the same as those of another.
        let group_of = group.as_deref().unwrap_or_default();
        let identity = format!("{}|{group_of}", identity(&mut meeting));
        if self.is_repeated(row, &identity)? {
            return Ok(true);
        }
        let id = id.unwrap_or_else(|| {
            let day = meeting.date.map(|date| date.period().from);
            let day = day.map_or(String::new(), |day| format!("-{day}"));
            let name = format!("{}{day}", slug(&meeting.title));
            self.free_id(&name, RecordKind::Meeting)
        });
        self.check_new(row, slot, &id)?;
        meeting.at = row.at(&part.at).into();
        let nth = self.document.meetings.0.len();
        self.place(&id, RecordKind::Meeting, nth);
        if let Some(group) = group {
            self.first_rows.insert(group, (nth, row.line.line));
        }
        self.document.meetings.0.push((id.into(), meeting));
        Ok(true)
    }

    /// Adds what a row says of a meeting to what other rows say of it. What it says otherwise is reported.
    fn add_to_meeting(
        &mut self,
        part: &MeetingPart,
        row: &Row<'_>,
        (nth, first): (usize, usize),
        meeting: Meeting<'static>,
    ) -> Got<bool> {
        let Some((_, known)) = self.document.meetings.0.get(nth) else {
            return Ok(false);
        };
        let mut there = known.clone();
        let (title, status) = (there.title != meeting.title, there.status != meeting.status);
        let at_odds = [
            ("title", title),
            ("status", status),
            ("date", !filled(&mut there.date, meeting.date)),
            ("kind", !filled(&mut there.kind, meeting.kind)),
            ("place", !filled(&mut there.place, meeting.place)),
            ("host", !filled(&mut there.host, meeting.host)),
            (
                "likelihood",
                !filled(&mut there.likelihood, meeting.likelihood),
            ),
            ("outcome", !rarely(&mut there.outcome, meeting.outcome)),
            ("quote", !rarely(&mut there.quote, meeting.quote)),
            ("said_by", !rarely(&mut there.said_by, meeting.said_by)),
            (
                "credibility",
                !filled(&mut there.credibility, meeting.credibility),
            ),
            ("note", !rarely(&mut there.note, meeting.note)),
        ];
        if let Some((field, _)) = at_odds.iter().find(|(_, is_at_odds)| *is_at_odds) {
            let slot = part.column_of(field).map_or(0, |column| column.slot);
            let message = format!("another `{field}` than in row {first}");
            let help = "rows of one `group` or `id` are one meeting: correct one of the two";
            return Err(self.wrong(row, slot, &message, Some(help.to_owned())));
        }
        for (list, more) in [
            (&mut there.participants, meeting.participants),
            (&mut there.invited, meeting.invited),
            (&mut there.declined, meeting.declined),
            (&mut there.topics, meeting.topics),
            (&mut there.same_as, meeting.same_as),
            (&mut there.tags, meeting.tags),
        ] {
            for id in more {
                if !list.contains(&id) {
                    list.push(id);
                }
            }
        }
        let mut sources = there.source.as_slice().to_vec();
        for source in meeting.source.as_slice() {
            if !sources.contains(source) {
                sources.push(source.clone());
            }
        }
        there.source = OneOrMany::of(sources);
        self.document.meetings.0[nth].1 = there;
        Ok(true)
    }
}

/// Returns what rows of one meeting have in common: a group of this table, or an id.
fn group_of(part: &MeetingPart, row: &Row<'_>) -> Option<String> {
    let group = row.text(&part.group, "");
    let of_table = |group: String| {
        let (map, table) = (row.map.span.span.start, &row.table.table);
        format!("{map}|{table}|{:?}|{group}", row.table.sheet)
    };
    group.map(of_table).or_else(|| row.text(&part.id, ""))
}

/// Fills in a field that nothing is said of. Returns `false` if something else is said.
fn filled<T: PartialEq>(there: &mut Option<T>, said: Option<T>) -> bool {
    if there.is_none() {
        *there = said;
        return true;
    }
    said.is_none() || *there == said
}

fn rarely(there: &mut Rare<'static>, said: Rare<'static>) -> bool {
    if there.is_none() {
        *there = said;
        return true;
    }
    said.is_none() || *there == said
}

/// Returns what identifies a meeting: all that is known of it, in whatever order who took part is
/// written.
fn identity(meeting: &mut Meeting<'static>) -> String {
    let mut who = meeting.participants.clone();
    who.sort_unstable();
    let written = std::mem::replace(&mut meeting.participants, who);
    let identity = format!("{meeting:?}");
    meeting.participants = written;
    identity
}
