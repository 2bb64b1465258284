//! Questions, one a file. An answer is plain data: sections of rows, each row with what it rests on.

mod answer;
mod balance;
mod brokers;
mod camps;
mod caveats;
mod common;
mod compare;
mod counted;
mod diff;
mod extract;
mod falls;
mod few;
mod figures;
mod find;
mod footing;
mod forecast;
mod ground;
mod history;
mod list;
mod matrix;
mod meetings;
mod missing;
mod passages;
mod path;
mod positions;
mod row;
pub mod rows;
mod show;
mod timeline;
mod view;

pub use crate::graph::names::{Kind, NameError, Named, lookup};
pub(crate) use answer::answer;
pub use answer::{
    Answer, Body, Cell, Evidence, Form, Note, Noted, Notes, Record, Rows, Section, Shape, Stand,
    Table, TableShape, TieUse, is_empty, main_table, shows_basis,
};
pub use balance::{Balance, BalanceQuestion, Relation, Signs, balance, relation};
pub use brokers::{Bridges, BrokerQuestion, Brokers, Groups, bridges, brokers};
pub use camps::{
    Camps, CampsOfTwo, CampsQuestion, Membership, Sides, agreement, camps, camps_of_two,
    membership, sides,
};
pub use caveats::{Gone, Shown, gone, left_open, left_out};
pub use common::{CommonGround, common};
pub use compare::{Comparison, compare};
pub use counted::{Counting, Duplicates};
pub use diff::{Changes, Difference, Version, diff};
pub use extract::{
    Extract, LeftOut, Line, Lines, MANY_PEOPLE, MANY_STATEMENTS, Met, Part, Selection, Spoken,
    extract, is_wanted,
};
pub use falls::{Falls, falls};
pub use figures::{Figure, Figures, Grid, MOST_SHOWN, Matrix, MatrixRow, Value};
pub use find::{Found, find};
pub use footing::{Grounds, footing};
pub use forecast::{
    Absence, Counted, Forecast, ForecastOf, Outlook, Stakes, forecast, forecast_of, outlook, stakes,
};
pub(crate) use history::changes;
pub use history::{Histories, HistoryOf, history};
pub use list::{Actors, Facts, Issues, List, Overview, Sources, Stances, Ties, list, overview};
pub use matrix::{Agreement, AgreementOf, Detail, MatrixQuestion, Mode, TwoMode, cell, matrix};
pub use meetings::{MeetingFilter, Meetings, meetings};
pub use missing::{half, missing, unread};
pub use passages::{Passages, passages};
pub use path::{Paths, Through, path};
pub use positions::{History, PositionFilter, Positions, Wanted, positions};
pub(crate) use row::table;
pub use row::{Behind, Column, Count, Field, Holds, Known, Row, Said, Word};
pub(crate) use rows::not_counted;
pub use show::{AboutActor, AboutFact, AboutIssue, AboutMeeting, AboutSource, show};
pub(crate) use show::{about_actor, about_fact, about_issue, about_meeting, about_source};
pub use timeline::{Timeline, TimelineFilter, timeline};
pub use view::View;

/// What each answer looks like to programs, in the order of their names.
pub const SHAPES: &[Shape] = &[
    AboutActor::SHAPE,
    Actors::SHAPE,
    Balance::SHAPE,
    Bridges::SHAPE,
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
