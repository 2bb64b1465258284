//! The ties and facts of a row.

use std::mem::swap;

use crate::exchange::import::records::sum;
use crate::exchange::import::row::Row;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::{Choice, FactPart, Named, TiePart};
use crate::model::{Fact, Record, RecordKind, Tie, TieKind};
use crate::syntax::Rare;

impl Import<'_> {
    pub(super) fn tie(&mut self, part: &TiePart, row: &Row<'_>) -> Got<bool> {
        let actors = RecordKind::Actor;
        let kind = match &part.kind {
            // The tie's own words.
            Choice::Number(column) => match row.cell(column.slot) {
                "" => return Err(self.nobody(row, column, "kind")),
                words => Some(TieKind::Other(words.to_owned().into())),
            },
            choice => self.choice(row, choice)?,
        };
        let Some(kind) = kind else {
            self.mistake(part.span, "a tie has a `kind`", "add `kind: Partner`");
            return Err(Not::Reported);
        };
        let from = self.required(row, &part.from, (actors, "from"), part.span)?;
        let to = self.required(row, &part.to, (actors, "to"), part.span)?;
        let said_by = self.name(row, &part.said_by, (actors, "said_by"))?;
        if let ([one], [other]) = (&from[..], &to[..])
            && one == other
        {
            let slot = match part.to.all.first() {
                Some(Named::Of(column)) => column.slot,
                _ => 0,
            };
            return Err(self.wrong(row, slot, &format!("a tie of `{one}` to itself"), None));
        }
        let tie = Tie {
            kind,
            since: self.date(row, &part.since, "")?,
            until: self.date(row, &part.until, "")?,
            over: self.names(row, &part.over, RecordKind::Issue)?,
            quote: row.rare(&part.quote, ""),
            said_by: Rare::of(said_by),
            source: self.source_of(row, &part.source)?,
            credibility: self.credibility(row, &part.credibility)?,
            note: row.rare(&part.note, ""),
            tags: row.strings(&part.tags, ""),
            ..Tie::default()
        };
        // Each of several is tied to each.
        for from in &from {
            for to in to.iter().filter(|to| *to != from) {
                let (from, to) = (from.clone(), to.clone());
                let tie = Tie {
                    from,
                    to,
                    ..tie.clone()
                };
                self.tie_of_two(part, row, tie)?;
            }
        }
        Ok(true)
    }

    fn tie_of_two(&mut self, part: &TiePart, row: &Row<'_>, tie: Tie<'static>) -> Got<()> {
        let text = self.written(&tie)?;
        let record = Record::Tie(tie);
        self.check_record(row, RecordKind::Tie, (&record, &text), part)?;
        let Record::Tie(mut tie) = record else {
            return Ok(());
        };
        if self.is_repeated(row, &identity(&mut tie))? {
            return Ok(());
        }
        if tie.kind == TieKind::SpeaksFor {
            self.seen
                .insert(sum(&format!("speaks|{}|{}", tie.from, tie.to)));
        }
        tie.at = row.at(&part.at).into();
        self.add_tie(&tie)
    }

    pub(super) fn add_tie(&mut self, tie: &Tie<'static>) -> Got<()> {
        self.tally.ties += 1;
        let written = self.written(tie)?;
        self.ties.add(written);
        Ok(())
    }

    pub(super) fn fact(&mut self, part: &FactPart, row: &Row<'_>) -> Got<bool> {
        let Some(claim) = row.text(&part.text, "") else {
            return Ok(false);
        };
        let said_by = self.name(row, &part.said_by, (RecordKind::Actor, "said_by"))?;
        let fact = Fact {
            text: claim.into(),
            about: self.names(row, &part.about, RecordKind::Actor)?,
            date: self.date(row, &part.date, "")?,
            quote: row.rare(&part.quote, ""),
            said_by: Rare::of(said_by),
            source: self.source_of(row, &part.source)?,
            credibility: self.credibility(row, &part.credibility)?,
            note: row.rare(&part.note, ""),
            tags: row.strings(&part.tags, ""),
            ..Fact::default()
        };
        let text = self.written(&fact)?;
        let record = Record::Fact(fact);
        self.check_record(row, RecordKind::Fact, (&record, &text), part)?;
        let Record::Fact(mut fact) = record else {
            return Ok(false);
        };
        if self.is_repeated(row, &format!("{fact:?}"))? {
            return Ok(true);
        }
        let slot = part.id.column().or(part.text.column());
        let slot = slot.map_or(0, |column| column.slot);
        let id = row.text(&part.id, "");
        let id = id.unwrap_or_else(|| self.free_id(&fact.text, RecordKind::Fact));
        self.check_new(row, slot, &id)?;
        fact.at = row.at(&part.at).into();
        self.place(&id, RecordKind::Fact, self.document.facts.0.len());
        self.document.facts.0.push((id.into(), fact));
        Ok(true)
    }
}

/// Returns what identifies a tie. A mutual one is the same from either side.
fn identity(tie: &mut Tie<'static>) -> String {
    let is_turned = !tie.kind.is_directed() && tie.to < tie.from;
    if is_turned {
        swap(&mut tie.from, &mut tie.to);
    }
    let identity = format!("{tie:?}");
    if is_turned {
        swap(&mut tie.from, &mut tie.to);
    }
    identity
}
