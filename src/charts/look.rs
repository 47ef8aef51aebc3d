//! How a series looks: decided once from its role, used by the drawing and by the legend beside it.

use super::Palette;
use crate::metrics::{Role, Series};

/// A colour of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// One of the series colours, from 0.
    Series(usize),
    /// The colour of guidelines and levels.
    Guideline,
}

/// Pattern of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
}

/// What is drawn for a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A line through the points.
    Line,
    /// A bar from zero.
    Bar,
    /// A dot.
    Dot,
    /// A filled band on top of the bands before it.
    Area,
}

/// Colour, pattern and mark of a series. No two roles share all three, so that colour is never the only difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Colour.
    pub slot: Slot,
    /// Pattern of its line or border.
    pub dash: Dash,
    /// What is drawn.
    pub mark: Mark,
}

/// Borders of neighbouring bands differ, whatever their colours.
const STACK_DASHES: [Dash; 3] = [Dash::Solid, Dash::Dashed, Dash::Dotted];

/// So do several second series.
const SECOND_DASHES: [Dash; 3] = [Dash::Dashed, Dash::Dotted, Dash::Solid];

impl Look {
    /// The look of a series in a chart that draws its measured values as `main`. `nth` counts the series of the same role.
    pub fn of(series: &Series, nth: usize, main: Mark) -> Self {
        let look = |slot, dash, mark| Self { slot, dash, mark };
        match series.role {
            Role::Main => look(Slot::Series(0), Dash::Solid, main),
            Role::Second => look(Slot::Series(1 + nth), SECOND_DASHES[nth % SECOND_DASHES.len()], main),
            Role::Scatter => look(Slot::Series(0), Dash::Solid, Mark::Dot),
            Role::Guideline => look(Slot::Guideline, Dash::Dashed, Mark::Line),
            Role::Scope => look(Slot::Series(3), Dash::Dotted, Mark::Line),
            Role::Added => look(Slot::Series(1), Dash::Dashed, Mark::Bar),
            Role::Completed => look(Slot::Series(2), Dash::Solid, Mark::Bar),
            Role::Removed => look(Slot::Series(4), Dash::Dotted, Mark::Bar),
            Role::Reestimated => look(Slot::Series(5), Dash::Dashed, Mark::Dot),
            Role::Reopened => look(Slot::Series(1), Dash::Dotted, Mark::Dot),
            Role::Stacked if main == Mark::Bar => {
                look(Slot::Series(nth), STACK_DASHES[nth % STACK_DASHES.len()], Mark::Bar)
            }
            Role::Stacked => look(Slot::Series(nth), STACK_DASHES[nth % STACK_DASHES.len()], Mark::Area),
            Role::RangeLow => look(Slot::Series(0), Dash::Dashed, Mark::Line),
            Role::RangeHigh => look(Slot::Series(0), Dash::Dotted, Mark::Line),
            Role::Signal => look(Slot::Series(1), Dash::Solid, Mark::Dot),
            Role::Beside if nth == 0 => look(Slot::Series(3), Dash::Solid, Mark::Bar),
            Role::Beside => look(Slot::Series(5), Dash::Dotted, Mark::Bar),
            Role::Cell => look(Slot::Series(2), Dash::Solid, Mark::Dot),
            Role::Level => look(
                if nth == 0 { Slot::Guideline } else { Slot::Series(1 + nth) },
                if nth.is_multiple_of(2) { Dash::Dashed } else { Dash::Dotted },
                Mark::Line,
            ),
        }
    }

    /// The looks of all series of a result, in its order.
    pub fn of_all(series: &[Series], main: Mark) -> Vec<Self> {
        series
            .iter()
            .enumerate()
            .map(|(position, one)| {
                let nth = series.iter().take(position).filter(|other| other.role == one.role).count();
                Self::of(one, nth, main)
            })
            .collect()
    }

    /// Its colour in a palette.
    pub fn colour(self, palette: &Palette) -> String {
        match self.slot {
            Slot::Series(position) if !palette.series.is_empty() => {
                palette.series.get(position % palette.series.len()).cloned().unwrap_or_default()
            }
            _ => palette.guideline.clone(),
        }
    }
}
