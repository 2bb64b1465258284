//! Measures on plain numbers: agreement, camps, brokers, balance, polarisation, forecasts. It knows no graph and no names;
//! each measure says its formula and its source. `query` puts a graph's numbers in and explains what comes out.

pub mod agreement;
pub mod balance;
pub mod camps;
pub mod modularity;
pub mod polarisation;
mod seeded;
mod spread;
mod tally;
