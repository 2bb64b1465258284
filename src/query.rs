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
mod rows;
mod show;
mod timeline;
mod view;

pub use crate::graph::names::{Kind, NameError, Named, lookup};
pub use answer::{Answer, Cell, Column, Evidence, Row, Section, Stand};
pub use balance::{BalanceQuestion, Signs, balance};
pub use brokers::{BrokerQuestion, Groups, brokers};
pub use camps::{CampsQuestion, Membership, camps, membership};
pub use caveats::{gone, left_open, left_out};
pub use common::common;
pub use compare::compare;
pub use counted::{Counting, Duplicates};
pub use diff::{Difference, Version, diff};
pub use extract::{
    Extract, LeftOut, Line, Lines, MANY_PEOPLE, MANY_STATEMENTS, Met, Part, Selection, Spoken,
    extract, is_wanted,
};
pub use falls::falls;
pub use figures::{Figure, Figures, MOST_SHOWN, Matrix, MatrixRow, Value};
pub use find::find;
pub use footing::footing;
pub use forecast::{Absence, Counted, Outlook, Stakes, forecast, forecast_of, outlook, stakes};
#[cfg(feature = "pictures")]
pub(crate) use history::changes;
pub use history::{HistoryOf, history};
pub use list::{List, list, overview};
pub use matrix::{Detail, MatrixQuestion, Mode, TwoMode, matrix};
pub use meetings::{MeetingFilter, meetings};
pub use missing::{half, missing, unread};
pub use passages::passages;
pub use path::{Through, path};
pub use positions::{History, PositionFilter, Wanted, positions};
pub(crate) use rows::not_counted;
pub use show::show;
pub use timeline::{TimelineFilter, timeline};
pub use view::View;
