//! Dates as exports write them. A cell is read alone only as far as it can be: whether the day or the month comes first in
//! 03/04/2024 is decided for a whole column ([`column`], [`order`]), never per row.

mod civil;
mod clock;
mod column;
mod month_names;
mod order;
mod parse;
mod shape;

pub(crate) use clock::LocalClock;
pub(crate) use column::{DateColumn, is_no_value, shortened};
pub(crate) use order::{Roles, settle};
pub(crate) use parse::{instant_or_local, is_date};
