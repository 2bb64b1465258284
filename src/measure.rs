//! Measures on plain numbers: agreement, camps, brokers, balance, polarisation, forecasts. They
//! know no graph and no names, and each states its formula and its source. `query` supplies a
//! graph's numbers and explains the results.

pub mod agreement;
pub mod balance;
#[doc(hidden)]
pub mod between;
pub mod betweenness;
pub mod camps;
#[doc(hidden)]
pub mod firm;
pub mod forecast;
pub mod modularity;
pub mod network;
pub mod polarisation;
pub mod roles;
mod seeded;
mod tally;
