//! Measures on plain numbers: agreement, camps, brokers, balance, polarisation, forecasts. It knows no graph and no names;
//! each measure says its formula and its source. `query` puts a graph's numbers in and explains what comes out.

pub mod agreement;
pub mod balance;
pub mod between;
pub mod betweenness;
pub mod camps;
pub mod firm;
pub mod forecast;
pub mod modularity;
pub mod network;
pub mod polarisation;
pub mod roles;
mod seeded;
mod tally;
