//! The questions, one per file. An answer is plain data: sections of rows, each row with the
//! records it rests on.

mod answer;
mod balance;
mod brief;
mod brokers;
mod camps;
mod caveats;
mod common;
mod compare;
mod counted;
mod diff;
mod evidence;
mod extract;
mod falls;
mod few;
mod figures;
mod find;
mod forecast;
mod ground;
pub(crate) mod headline;
mod history;
mod left;
mod list;
mod made;
mod matrix;
mod meetings;
mod missing;
mod overview;
mod passages;
mod path;
mod positions;
mod row;
pub mod rows;
mod same;
pub(crate) mod scope;
mod show;
mod status;
mod timeline;
mod view;
mod web;

pub use answer::{Answer, Evidence, Note, Notes, Record, Section, Stand, Table};
pub use balance::{Balance, BalanceQuestion, Signs};
pub use brief::Brief;
pub use brokers::{BrokerQuestion, Brokers, Groups};
pub use camps::{Camps, CampsQuestion, Firmness, Sides};
pub use common::CommonGround;
pub use compare::Comparison;
pub use counted::{Counting, Duplicates};
pub use evidence::Grounds;
pub use extract::Excerpt;
pub use figures::{Combined, Figure, Figures, Matrix, Value};
pub use forecast::Forecast;
pub use history::{Histories, HistoryOf};
pub use matrix::{Agreement, Detail, MatrixQuestion, Mode, TwoMode};
pub use meetings::{MeetingFilter, Meetings};
pub use path::{PathQuestion, Paths, Through};
pub use positions::{History, PositionFilter, Positions, Wanted};
pub use row::{Behind, Said, Word};
pub use show::{AboutActor, AboutFact, AboutIssue, AboutMeeting, AboutSource};
pub use timeline::{Timeline, TimelineFilter};
pub use view::View;

#[doc(hidden)]
pub use {
    crate::graph::names::{Kind, NameError, Named, lookup},
    answer::{
        Body, Cell, Form, Noted, Rows, Shape, TableShape, TieUse, first_basis, is_empty, main_table,
    },
    balance::{Relation, balance, relation},
    brief::brief,
    brokers::{Bridges, bridges, brokers},
    camps::{CampsOfTwo, Membership, agreement, camps, camps_of_two, membership, sides},
    caveats::{Gone, Limits, Shown, gone, left_open, left_out},
    common::common,
    compare::compare,
    diff::{Changes, Difference, Version, diff},
    evidence::{Judged, evidence, judged},
    extract::{
        Extract, LeftOut, Line, Lines, MANY_PEOPLE, MANY_STATEMENTS, Met, Part, Spoken, Terms,
        extract, is_told, is_wanted,
    },
    falls::{Falls, falls},
    figures::{Grid, MOST_SHOWN, MatrixRow},
    find::{Found, find},
    forecast::{
        Absence, Counted, ForecastOf, Outlook, Stakes, forecast, forecast_of, outlook, stakes,
    },
    history::history,
    left::Left,
    list::{Actors, Facts, Issues, List, Sources, Stances, Ties, list},
    matrix::{AgreementOf, cell, matrix},
    meetings::meetings,
    missing::{half, missing, unread},
    overview::{Overview, overview},
    passages::{Passages, passages},
    path::path,
    positions::{Statements, positions, statements},
    row::{Column, Count, Field, Holds, Known, Row},
    show::show,
    timeline::{Happened, happened, timeline},
};

#[cfg(feature = "pictures")]
pub(crate) use {
    history::{doubts_over_time, folded_over_time},
    meetings::{Role, parts_for_all},
    rows::TOPIC_ONLY,
};

pub(crate) use answer::{answer, first_rows};
pub(crate) use history::changes;
pub(crate) use row::table;
pub(crate) use rows::{Doubt, doubts, not_counted, offers};
pub(crate) use show::{
    about_actor, about_fact, about_issue, about_meeting, about_source, scale_words,
};
pub(crate) use status::Statuses;

/// The shape of every answer as programs see it, sorted by name.
#[doc(hidden)]
pub const SHAPES: &[Shape] = &[
    AboutActor::SHAPE,
    Actors::SHAPE,
    Balance::SHAPE,
    Bridges::SHAPE,
    Brief::SHAPE,
    Brokers::SHAPE,
    Camps::SHAPE,
    CampsOfTwo::SHAPE,
    AgreementOf::SHAPE,
    CommonGround::SHAPE,
    Comparison::SHAPE,
    Changes::SHAPE,
    Grounds::SHAPE,
    AboutFact::SHAPE,
    Facts::SHAPE,
    Falls::SHAPE,
    Found::SHAPE,
    Forecast::SHAPE,
    ForecastOf::SHAPE,
    Gone::SHAPE,
    Histories::SHAPE,
    AboutIssue::SHAPE,
    Issues::SHAPE,
    Agreement::SHAPE,
    AboutMeeting::SHAPE,
    Meetings::SHAPE,
    Overview::SHAPE,
    Passages::SHAPE,
    Paths::SHAPE,
    Positions::SHAPE,
    Relation::SHAPE,
    Sides::SHAPE,
    AboutSource::SHAPE,
    Sources::SHAPE,
    Stances::SHAPE,
    Ties::SHAPE,
    Timeline::SHAPE,
];
