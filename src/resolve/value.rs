//! Checks a record by itself, whatever else the graph holds: numbers out of range, open intervals,
//! bad ids.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{
    Actor, Date, Earlier, Fact, GREATEST, Issue, Meeting, Period, Position, Record, RecordKind,
    Stance, Str, Tie, is_usable,
};
use crate::syntax::{Locator, Step, is_blank_string, locate};
use crate::text::{Place, Span};
use crate::words::is_obeyed;

/// What the reader found out about the fields of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read {
    /// The fields present, one bit each.
    pub(crate) seen: u32,
    /// The fields that could not be read although they are present or required, one bit each.
    pub(crate) unread: u32,
}

impl Read {
    /// Returns whether a field is present, be it misspelt or unreadable. `fields` are those of this
    /// kind of record.
    fn has(self, fields: &[&str], field: &str) -> bool {
        is_among(self.seen, fields, field)
    }

    /// Returns whether the content of a field is unknown, although it is present or required.
    pub(crate) fn has_lost(self, fields: &[&str], field: &str) -> bool {
        is_among(self.unread, fields, field)
    }
}

fn is_among(bits: u32, fields: &[&str], field: &str) -> bool {
    let nth = fields.iter().position(|known| *known == field);
    nth.is_some_and(|nth| bits & 1 << nth != 0)
}

/// Returns the power if it is valid: from 0 up, and not too great.
pub(crate) fn power(written: f64) -> Option<f64> {
    (0.0..=GREATEST).contains(&written).then_some(written)
}

/// Returns the number of levels if it is valid: 2, 3 or 5.
pub(crate) fn levels(written: u32) -> Option<u8> {
    let levels = u8::try_from(written).ok();
    levels.filter(|levels| matches!(levels, 2 | 3 | 5))
}

/// Returns the date unless it is an open interval.
pub(crate) fn closed(written: Date) -> Option<Date> {
    (!written.is_open()).then_some(written)
}

/// Adds findings about a record by itself.
#[inline]
pub(crate) fn check(
    text: &str,
    place: Place,
    id: &str,
    record: &Record<'_>,
    read: Read,
    found: &mut Vec<Diagnostic>,
) {
    let mut check = Check {
        text,
        place,
        places: Locator::default(),
        read,
        found,
    };
    if !matches!(
        record,
        Record::Stance(_) | Record::Tie(_) | Record::Unreadable("stances" | "ties")
    ) {
        check.id(id);
    }
    match record {
        Record::Stance(stance) => check.stance(stance),
        Record::Meeting(meeting) => check.meeting(meeting),
        Record::Actor(actor) => check.actor(actor),
        Record::Issue(issue) => check.issue(issue),
        Record::Tie(tie) => check.tie(tie),
        Record::Fact(fact) => check.fact(fact),
        Record::Source(source) => {
            check.called("title", &source.title);
            check.closed("date", source.date);
            check.same_as(&source.same_as);
        }
        Record::Unreadable(_) => {}
    }
}

/// Finds the errors of a record by itself that is in no file yet, each with the field it is in, if it is
/// in one. `text` is the record as a file would have it.
pub(crate) fn errors(
    text: &str,
    kind: RecordKind,
    record: &Record<'_>,
) -> Vec<(Option<&'static str>, Diagnostic)> {
    let mut found = Vec::new();
    let read = Read { seen: 0, unread: 0 };
    check(text, Place::default(), NO_ID, record, read, &mut found);
    found.retain(|finding| finding.severity == Severity::Error);
    let field_of = |span: Span| {
        let holds = |field: &&'static str| {
            let [name, value] = [Step::Name(field), Step::Field(field)];
            let [from, to] = [name, value].map(|step| locate(text, 0, &[step]));
            let is_there = from.end <= to.start;
            is_there && from.start <= span.start && span.end <= to.end
        };
        kind.fields().map(|field| field.name).find(holds)
    };
    let with_field = |finding: Diagnostic| (field_of(finding.place().span), finding);
    found.into_iter().map(with_field).collect()
}

/// An id with nothing wrong, for a record whose id is checked elsewhere.
const NO_ID: &str = "id";

struct Check<'c> {
    text: &'c str,
    place: Place,
    places: Locator<'c>,
    read: Read,
    found: &'c mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn at(&mut self, path: &[Step<'_>]) -> Place {
        let Place { file, span } = self.place;
        let span = self.places.locate(self.text, span.start, path);
        Place { file, span }
    }

    fn error(
        &mut self,
        code: &'static str,
        message: String,
        path: &[Step<'_>],
        label: &str,
        help: &str,
    ) {
        let place = self.at(path);
        self.found
            .push(Diagnostic::error(code, message, place, label).help(help));
    }

    fn id(&mut self, id: &str) {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let message = match id.chars().find(|c| !fits(*c)) {
            Some(c) if c.is_whitespace() => "an id can't hold spaces".to_owned(),
            Some(c) if is_obeyed(c) => {
                format!("an id can't hold the character {}", c.escape_unicode())
            }
            Some(c) => format!("an id can't hold `{c}`"),
            None if id.is_empty() => "an id can't be empty".to_owned(),
            None => return,
        };
        let parts: Vec<&str> = id
            .split(|c| !fits(c))
            .filter(|part| !part.is_empty())
            .collect();
        let help = match parts.as_slice() {
            [] => "give it a short name".to_owned(),
            parts => format!(
                "`{}` would do, here and in what refers to it; the full name goes into `name`",
                parts.join("-")
            ),
        };
        let place = self.at(&[Step::Key]);
        self.found.push(
            Diagnostic::error(
                "bad-id",
                message,
                place,
                "ids are letters, digits, `-`, `_`, `.` and `:`",
            )
            .help(help),
        );
    }

    #[inline]
    fn stance(&mut self, stance: &Stance<'_>) {
        // A field that is present but could not be read has already been reported.
        if stance.position.is_none()
            && stance.salience.is_none()
            && !self.read.has(Stance::FIELDS, "position")
            && !self.read.has(Stance::FIELDS, "salience")
        {
            self.error(
                "missing-field",
                "this `Stance` has neither `position` nor `salience`".to_owned(),
                &[],
                "it says nothing",
                "add `position: …`, or `salience: …` if only that is known",
            );
        }
        if let Some(Position::At(number)) = stance.position
            && !is_usable(number)
        {
            let path = [Step::Field("position")];
            self.too_great("`position`", number, "off-scale", &path);
        }
        self.offer(stance);
        self.closed("date", stance.date);
        if stance.until.is_some() {
            self.closed("until", stance.until);
            self.in_order("date", stance.date, stance.until);
        }
        if let Some(salience) = stance
            .salience
            .filter(|salience| !(0.0..=1.0).contains(salience))
        {
            self.salience(salience);
        }
        self.power(stance.power);
        self.quote(&[], stance.quote.as_deref());
        self.credibility(&[], stance.credibility);
    }

    /// Reports an offer without a position, and an offer's field where there is no offer.
    #[inline]
    fn offer(&mut self, stance: &Stance<'_>) {
        let is_offer = stance.condition.is_some() || self.read.has(Stance::FIELDS, "condition");
        if is_offer && stance.position.is_none() && !self.read.has(Stance::FIELDS, "position") {
            self.error(
                "missing-field",
                "this `Stance` has a `condition`, but no `position`".to_owned(),
                &[Step::Name("condition")],
                "a condition of what?",
                "add the `position` that the actor would take then",
            );
        }
        if !is_offer && !stance.depends_on.is_empty() {
            self.error(
                "missing-field",
                "this `Stance` has `depends_on`, but no `condition`".to_owned(),
                &[Step::Name("depends_on")],
                "what has to happen?",
                "add `condition: \"if …\"`, or remove `depends_on`",
            );
        }
        if let Some(condition) = stance.condition.as_deref() {
            let help = "say what has to happen, or remove it if the position holds anyway";
            self.not_blank("condition", condition, &[Step::Field("condition")], help);
        }
    }

    /// Reports an id elsewhere that does not say where.
    fn same_as(&mut self, ids: &[Str<'_>]) {
        for (nth, id) in ids.iter().enumerate() {
            let has_both = id
                .split_once(':')
                .is_some_and(|(scheme, own)| !scheme.trim().is_empty() && !own.trim().is_empty());
            if !has_both {
                self.error(
                    "bad-same-as",
                    format!("`{id}` does not say where it is an id"),
                    &[Step::Field("same_as"), Step::Item(nth)],
                    "not `scheme:id`",
                    "write the scheme before it, as in `wikidata:Q30`",
                );
            }
        }
    }

    /// Reports a quote without a word in it.
    #[inline]
    fn quote(&mut self, within: &[Step<'_>], quote: Option<&str>) {
        if let Some(quote) = quote.filter(|quote| !quote.contains(char::is_alphanumeric)) {
            let label = if quote.is_empty() {
                "empty"
            } else {
                "not a word"
            };
            let place = self.at(&[within, &[Step::Field("quote")]].concat());
            let finding =
                Diagnostic::warning("empty-quote", "this quote has no words", place, label);
            self.found
                .push(finding.help("put the source's words there, or remove `quote`"));
        }
    }

    fn salience(&mut self, salience: f64) {
        let place = self.at(&[Step::Field("salience")]);
        let message = format!("salience {salience} is not from 0 to 1");
        let diagnostic = Diagnostic::error("bad-salience", message, place, "out of range");
        let meaning = "0 is indifferent, 1 is all that matters";
        // A number up to 10 may be a percentage or be out of 10.
        let wholes: &[(f64, &str)] = match salience {
            2.0..=10.0 => &[(100.0, "%"), (10.0, "of 10")],
            2.0..=100.0 => &[(100.0, "%")],
            _ => &[],
        };
        let shares = wholes.iter().map(|(whole, unit)| (salience / whole, unit));
        let diagnostic = shares.fold(diagnostic, |diagnostic, (share, unit)| {
            diagnostic
                .help(format!("if it is {salience} {unit}, write `{share}`"))
                .propose(place, share.to_string())
        });
        self.found.push(diagnostic.help(meaning));
    }

    fn meeting(&mut self, meeting: &Meeting<'_>) {
        self.called("title", &meeting.title);
        self.closed("on", meeting.on);
        self.credibility(&[], meeting.credibility);
        self.quote(&[], meeting.quote.as_deref());
        self.same_as(&meeting.same_as);
        for (nth, earlier) in meeting.earlier.iter().enumerate() {
            self.earlier(nth, earlier);
        }
    }

    fn earlier(&mut self, nth: usize, earlier: &Earlier<'_>) {
        self.credibility(
            &[Step::Field("earlier"), Step::Item(nth)],
            earlier.credibility,
        );
        self.quote(
            &[Step::Field("earlier"), Step::Item(nth)],
            earlier.quote.as_deref(),
        );
        if earlier.on.is_some_and(Date::is_open) {
            self.open_interval(&[Step::Field("earlier"), Step::Item(nth), Step::Field("on")]);
        }
    }

    fn called(&mut self, field: &str, name: &str) {
        let help = "write what it is called, as a reader should see it";
        self.not_blank(field, name, &[Step::Field(field)], help);
    }

    fn aliases(&mut self, aliases: &[Str<'_>]) {
        for (nth, alias) in aliases.iter().enumerate() {
            let path = [Step::Field("aliases"), Step::Item(nth)];
            self.not_blank("alias", alias, &path, "remove it, or write another name");
        }
    }

    /// Reports an empty name; one that could not be read has already been reported.
    fn not_blank(&mut self, what: &str, name: &str, path: &[Step<'_>], help: &str) {
        if !name.trim().is_empty() {
            return;
        }
        let written = self
            .text
            .get(self.at(path).span.range())
            .unwrap_or_default();
        if is_blank_string(written) {
            let message = format!("this {what} is empty");
            self.error("empty-name", message, path, "nothing to call it by", help);
        }
    }

    fn actor(&mut self, actor: &Actor<'_>) {
        self.called("name", &actor.name);
        self.aliases(&actor.aliases);
        self.power(actor.power);
        self.same_as(&actor.same_as);
    }

    fn tie(&mut self, tie: &Tie<'_>) {
        self.in_order("since", tie.since, tie.until);
        self.credibility(&[], tie.credibility);
        self.quote(&[], tie.quote.as_deref());
    }

    fn fact(&mut self, fact: &Fact<'_>) {
        self.closed("date", fact.date);
        self.credibility(&[], fact.credibility);
        self.quote(&[], fact.quote.as_deref());
    }

    fn issue(&mut self, issue: &Issue<'_>) {
        self.called("name", &issue.name);
        self.aliases(&issue.aliases);
        self.closed("decided", issue.decided);
        self.same_as(&issue.same_as);
        if let Some(levels) = issue.levels.filter(|written| levels(*written).is_none()) {
            self.error(
                "bad-levels",
                format!("an issue can't have {levels} levels"),
                &[Step::Field("levels")],
                "not 2, 3 or 5",
                "2 is yes or no, 3 adds neutral, 5 (the default) adds strongly; for a finer measure give it a `scale`",
            );
        }
        let points = [("status_quo", issue.status_quo), ("outcome", issue.outcome)];
        if self.read.has_lost(Issue::FIELDS, "scale") {
            return;
        }
        let Some(scale) = &issue.scale else {
            for (field, _) in points.iter().filter(|(_, point)| point.is_some()) {
                self.error(
                    "no-scale",
                    format!("`{field}` needs a scale"),
                    &[Step::Field(field)],
                    "this issue has no `scale`",
                    "add `scale: (from: 0, to: 100)`",
                );
            }
            return;
        };
        if scale.ends().is_none() {
            let ends = [("from", scale.from), ("to", scale.to)];
            for (end, number) in ends.into_iter().filter(|(_, end)| !is_usable(*end)) {
                let path = [Step::Field("scale"), Step::Field(end)];
                self.too_great(&format!("`{end}` of the scale"), number, "bad-scale", &path);
            }
            if scale.from == scale.to {
                self.error(
                    "bad-scale",
                    "a scale needs two different ends".to_owned(),
                    &[Step::Field("scale")],
                    "not a scale",
                    "`from` scores −1 and `to` scores 1",
                );
            }
            return;
        }
        for (field, _) in points
            .iter()
            .filter(|(_, point)| point.is_some_and(|point| !scale.holds(point)))
        {
            self.off_scale(
                &format!("`{field}`"),
                &[Step::Field(field)],
                (scale.from, scale.to),
            );
        }
        let mut known: HashSet<u64> = HashSet::new();
        for (nth, (number, _)) in scale.marks.0.iter().enumerate() {
            let path = [Step::Field("scale"), Step::Field("marks"), Step::Item(nth)];
            if !scale.holds(*number) {
                self.off_scale(&format!("the mark {number}"), &path, (scale.from, scale.to));
            // The two zeros are one number.
            } else if !known.insert((number + 0.0).to_bits()) {
                self.error(
                    "duplicate-mark",
                    format!("the mark {number} is given twice"),
                    &path,
                    "given again here",
                    "keep one of the two",
                );
            }
        }
    }

    fn off_scale(&mut self, what: &str, path: &[Step<'_>], (from, to): (f64, f64)) {
        self.error(
            "off-scale",
            format!("{what} is outside the scale"),
            path,
            &format!("the scale goes from {from} to {to}"),
            "widen the scale, or correct the number",
        );
    }

    fn power(&mut self, power: Option<f64>) {
        if let Some(power) = power.filter(|written| self::power(*written).is_none()) {
            if power > 0.0 {
                return self.too_great("power", power, "bad-power", &[Step::Field("power")]);
            }
            self.error(
                "bad-power",
                format!("power {power} is not a number from 0 up"),
                &[Step::Field("power")],
                "out of range",
                "leave it out if it is not known",
            );
        }
    }

    /// Reports a number that is not finite, or so great that nothing can be computed with it.
    fn too_great(&mut self, what: &str, number: f64, code: &'static str, path: &[Step<'_>]) {
        let (message, label) = match number.is_finite() {
            true => (format!("{what} is too great a number"), "beyond 1e15"),
            false => (format!("{what} must be a finite number"), "not finite"),
        };
        let help = "numbers go up to 1e15, either side of 0: choose a larger unit";
        self.error(code, message, path, label, help);
    }

    fn credibility(&mut self, path: &[Step<'_>], credibility: Option<u32>) {
        if let Some(credibility) = credibility.filter(|credibility| !(1..=6).contains(credibility))
        {
            let path = [path, &[Step::Field("credibility")]].concat();
            self.error(
                "bad-credibility",
                format!("credibility {credibility} is not from 1 to 6"),
                &path,
                "out of range",
                "1 is confirmed, 5 improbable, 6 can't be judged",
            );
        }
    }

    #[inline]
    fn closed(&mut self, field: &str, date: Option<Date>) {
        if date.is_some_and(Date::is_open) {
            self.open_interval(&[Step::Field(field)]);
        }
    }

    fn open_interval(&mut self, path: &[Step<'_>]) {
        self.error(
            "open-interval",
            "an open interval can't be used here".to_owned(),
            path,
            "one end is open",
            "only the dates of meetings and ties may be open: give both ends, or one date",
        );
    }

    /// Reports an end that is before the start.
    fn in_order(&mut self, from: &str, start: Option<Date>, until: Option<Date>) {
        let (Some(start), Some(until)) = (start.map(Date::period), until.map(Date::period)) else {
            return;
        };
        let backwards = |Period { from, .. }: Period, Period { to, .. }: Period| to < from;
        if backwards(start, until) {
            let start = self.at(&[Step::Field(from)]);
            let place = self.at(&[Step::Field("until")]);
            self.found.push(
                Diagnostic::error(
                    "bad-interval",
                    format!("`until` is before `{from}`"),
                    place,
                    "it ends here",
                )
                .label(start, "and starts here")
                .help("`until` is the last day on which it counts"),
            );
        }
    }
}
