//! Definitions that houses disagree about: each is a switch of the question, with the rule of the metric's own definition first.

use serde::{Deserialize, Serialize};

/// What a day of a duration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum DayRule {
    /// Calendar days from the first to the last, both counted: the same day is 1.
    #[default]
    Calendar,
    /// Working days from the first to the last, both counted; never less than 1.
    Working,
    /// Elapsed time in days of 24 hours, with fractions.
    Elapsed,
    /// The time spent in statuses that count as in progress, in days of 24 hours, all visits added up: what Jira's control
    /// chart tells. It needs the status history.
    InStatus,
}

impl DayRule {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 4] = [Self::Calendar, Self::Working, Self::Elapsed, Self::InStatus];

    /// The name used in links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Working => "working",
            Self::Elapsed => "elapsed",
            Self::InStatus => "in-status",
        }
    }

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Calendar => "Calendar days, both ends counted",
            Self::Working => "Working days, both ends counted",
            Self::Elapsed => "Elapsed time",
            Self::InStatus => "Time in progress (Jira)",
        }
    }
}

/// When work on an item counts as begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum StartRule {
    /// When it was taken up.
    #[default]
    Started,
    /// When it was created; a cycle time is then a lead time, and is called so.
    Created,
}

impl StartRule {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Started, Self::Created];

    /// The name used in links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Created => "created",
        }
    }

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Started => "From the start of work",
            Self::Created => "From the creation: a lead time",
        }
    }
}

/// Which value percentile `p` of `n` rising values is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PercentileRule {
    /// The `ceil(p/100 * n)`-th smallest: always a real value.
    #[default]
    Nearest,
    /// Between the two values around position `p/100 * (n - 1)`, in proportion: type 7 of Hyndman and Fan (1996), which
    /// spreadsheets use.
    Linear,
}

impl PercentileRule {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Nearest, Self::Linear];

    /// The name used in links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Linear => "linear",
        }
    }

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nearest => "Nearest rank",
            Self::Linear => "Linear, as spreadsheets do",
        }
    }
}

/// The day on which a week begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct WeekStart(u8);

impl WeekStart {
    /// Name in links and name for people, Monday first: ISO weeks are what holds where nothing else is asked for.
    const DAYS: [(&'static str, &'static str); 7] = [
        ("mon", "Monday"),
        ("tue", "Tuesday"),
        ("wed", "Wednesday"),
        ("thu", "Thursday"),
        ("fri", "Friday"),
        ("sat", "Saturday"),
        ("sun", "Sunday"),
    ];

    /// The day of a name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::DAYS.iter().position(|(name, _)| *name == id).map(|day| Self(day as u8))
    }

    /// The name used in links.
    pub fn id(self) -> &'static str {
        Self::DAYS[usize::from(self.0) % 7].0
    }

    /// The word on screen.
    pub fn title(self) -> &'static str {
        Self::DAYS[usize::from(self.0) % 7].1
    }

    /// Days after Monday, 0 to 6.
    pub fn after_monday(self) -> i32 {
        i32::from(self.0 % 7)
    }
}

/// Whether people are named. Numbers of a person are for that person first: teams are the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PeopleRule {
    /// Only teams.
    #[default]
    Teams,
    /// By their names.
    Names,
    /// As "Person 1", in the order of their names.
    Pseudonyms,
}

impl PeopleRule {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Teams, Self::Names, Self::Pseudonyms];

    /// The name used in links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Teams => "teams",
            Self::Names => "names",
            Self::Pseudonyms => "pseudonyms",
        }
    }

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Teams => "Teams",
            Self::Names => "People by name",
            Self::Pseudonyms => "People without names",
        }
    }
}
