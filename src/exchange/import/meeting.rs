//! The meetings of a row.

use crate::exchange::import::row::Row;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::MeetingPart;
use crate::exchange::names::slug;
use crate::model::{Meeting, Record, RecordKind};
use crate::syntax::Rare;

impl Import<'_> {
    pub(super) fn meeting(&mut self, part: &MeetingPart, row: &Row<'_>) -> Got<bool> {
        let actors = RecordKind::Actor;
        let participants = self.names(row, &part.participants, actors)?;
        let host = self.name(row, &part.host, (actors, "host"))?;
        let said_by = self.name(row, &part.said_by, (actors, "said_by"))?;
        let Some(status) = self.choice(row, &part.status)? else {
            self.mistake(part.span, "a meeting has a `status`", "add `status: Held`");
            return Err(Not::Reported);
        };
        let id = row.text(&part.id, "");
        let Some(title) = row.text(&part.title, "").or_else(|| id.clone()) else {
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
        let group = row.text(&part.group, "").or_else(|| id.clone());
        let known = group.as_ref().and_then(|group| self.first_rows.get(group));
        if let Some((nth, first)) = known.copied() {
            return match self.add_to_meeting(nth, meeting) {
                true => Ok(true),
                false => {
                    let message = format!("another title, date or status than in row {first}");
                    Err(self.wrong(row, slot, &message, None))
                }
            };
        }
        if self.is_repeated(row, &identity(&mut meeting))? {
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

    /// Adds who took part in a meeting, and what it was about, to what other rows say of it. Returns
    /// `false` if it is another meeting.
    fn add_to_meeting(&mut self, nth: usize, meeting: Meeting<'static>) -> bool {
        let Some((_, there)) = self.document.meetings.0.get_mut(nth) else {
            return false;
        };
        let is_same = there.title == meeting.title
            && there.date == meeting.date
            && there.status == meeting.status;
        if !is_same {
            return false;
        }
        for (list, more) in [
            (&mut there.participants, meeting.participants),
            (&mut there.invited, meeting.invited),
            (&mut there.declined, meeting.declined),
            (&mut there.topics, meeting.topics),
        ] {
            for id in more {
                if !list.contains(&id) {
                    list.push(id);
                }
            }
        }
        true
    }
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
