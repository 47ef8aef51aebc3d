//! A query as `key=value` pairs: the grammar of links and of the command line's `--set`.
//!
//! `g=day|week|sprint|month` · `wk=mon|tue|…|sun` · `unit=items|points|hours` · `days=calendar|working|elapsed|in-status` · `start=started|created` ·
//! `percentile=nearest|linear` · `p=50,85,95` · `people=teams|names|pseudonyms` · `by=FIELD` · the keys of [`super::forecast::ForecastSettings`] · `from`, `to` = ISO dates, `now`, `now-90d`
//! (or `w`, `m`, `y`), `sprint:current`, `sprint:-3` · `asof` = an ISO date · `iteration=NAME` · `f.FIELD=VALUE`, repeatable:
//! plain values of a field are alternatives, `!VALUE` leaves out, `~TEXT` contains, `=VALUE` is exact whatever it begins with.

use super::percentiles::Percentiles;
use super::relative_day::RelativeDay;
use super::{
    DayRule, Filter, FilterField, PeopleRule, PercentileRule, Query, QueryError, StartRule, Unit, WeekStart, forecast,
};
use crate::model::{Granularity, day_from_iso, iso_from_day};

impl Query {
    /// Sets one key from its text.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), QueryError> {
        let wrong = |expected| QueryError::Value { key: key.to_owned(), value: value.to_owned(), expected };
        let day = || day_from_iso(value).ok_or_else(|| wrong("a date like 2024-01-31"));
        match key {
            "g" => self.granularity = Granularity::from_id(value).ok_or_else(|| wrong("day, week, sprint or month"))?,
            "wk" => {
                let day = WeekStart::from_id(value);
                self.week_start =
                    day.ok_or_else(|| wrong("the first day of the week: mon, tue, wed, thu, fri, sat or sun"))?;
            }
            "unit" => {
                let unit = Unit::ALL.into_iter().find(|unit| unit.id() == value);
                self.unit = unit.ok_or_else(|| wrong("items, points or hours"))?;
            }
            "days" => {
                let rule = DayRule::ALL.into_iter().find(|rule| rule.id() == value);
                self.days = rule.ok_or_else(|| wrong("calendar, working, elapsed or in-status"))?;
            }
            "start" => {
                let rule = StartRule::ALL.into_iter().find(|rule| rule.id() == value);
                self.start = rule.ok_or_else(|| wrong("started or created"))?;
            }
            "percentile" => {
                let rule = PercentileRule::ALL.into_iter().find(|rule| rule.id() == value);
                self.percentile = rule.ok_or_else(|| wrong("nearest or linear"))?;
            }
            "p" => {
                self.percentiles = Percentiles::read(value)
                    .ok_or_else(|| wrong("1 to 5 whole numbers from 1 to 99, such as 50,85,95"))?;
            }
            "people" => {
                let rule = PeopleRule::ALL.into_iter().find(|rule| rule.id() == value);
                self.people = rule.ok_or_else(|| wrong("teams, names or pseudonyms"))?;
            }
            "from" => (self.from, self.relative_from) = period_end(value, || wrong(PERIOD_END))?,
            "to" => (self.to, self.relative_to) = period_end(value, || wrong(PERIOD_END))?,
            "asof" => self.as_of = Some(day()?),
            "iteration" => self.iteration = Some(value.to_owned()),
            key if forecast::KEYS.contains(&key) => self.forecast.set(key, value)?,
            "by" => {
                let field = FilterField::from_id(value)
                    .filter(|field| !matches!(field, FilterField::Text(_) | FilterField::Record(_)));
                self.by = Some(field.ok_or_else(|| wrong("a field with values, such as type, team or label"))?);
            }
            _ => {
                let field = key.strip_prefix("f.").ok_or_else(|| QueryError::Key(key.to_owned()))?;
                let field = FilterField::from_id(field).ok_or_else(|| QueryError::Key(key.to_owned()))?;
                self.add_filter(field, value);
            }
        }
        Ok(())
    }

    /// All keys that differ from the defaults, in a fixed order.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut push = |key: &str, value: String| pairs.push((key.to_owned(), value));
        let default = Self::default();
        if self.granularity != default.granularity {
            push("g", self.granularity.id().to_owned());
        }
        if self.week_start != default.week_start {
            push("wk", self.week_start.id().to_owned());
        }
        if self.unit != default.unit {
            push("unit", self.unit.id().to_owned());
        }
        let ends = [("from", self.from, self.relative_from), ("to", self.to, self.relative_to)];
        for (key, day, relative) in ends.into_iter().chain([("asof", self.as_of, None)]) {
            if let Some(text) = relative.map(RelativeDay::text).or_else(|| day.map(iso_from_day)) {
                push(key, text);
            }
        }
        if let Some(iteration) = &self.iteration {
            push("iteration", iteration.clone());
        }
        if let Some(field) = self.by {
            push("by", field.id().to_owned());
        }
        if self.days != default.days {
            push("days", self.days.id().to_owned());
        }
        if self.start != default.start {
            push("start", self.start.id().to_owned());
        }
        if self.percentile != default.percentile {
            push("percentile", self.percentile.id().to_owned());
        }
        if self.percentiles.is_asked() {
            push("p", self.percentiles.text());
        }
        if self.people != default.people {
            push("people", self.people.id().to_owned());
        }
        for (key, value) in self.forecast.pairs() {
            push(key, value);
        }
        for filter in &self.filters {
            for value in &filter.values {
                push(&format!("f.{}", filter.field.id()), filter_text(filter, value));
            }
        }
        pairs
    }

    fn add_filter(&mut self, field: FilterField, text: &str) {
        let (exclude, rest) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let (contains, rest) = rest.strip_prefix('~').map_or((false, rest), |rest| (true, rest));
        let value = if contains { rest } else { rest.strip_prefix('=').unwrap_or(rest) };
        self.add_value(field, exclude, contains, value);
    }
}

/// What an end of a period may be.
const PERIOD_END: &str = "a date like 2024-01-31, now, now-90d (or w, m, y), sprint:current or sprint:-3";

/// The day or the relative day of a text.
fn period_end(
    text: &str,
    wrong: impl FnOnce() -> QueryError,
) -> Result<(Option<i32>, Option<RelativeDay>), QueryError> {
    match (day_from_iso(text), RelativeDay::read(text)) {
        (None, None) => Err(wrong()),
        ends => Ok(ends),
    }
}

fn filter_text(filter: &Filter, value: &str) -> String {
    let exclude = if filter.exclude { "!" } else { "" };
    let how = if filter.contains {
        "~"
    } else if value.starts_with(['!', '~', '=']) {
        "="
    } else {
        ""
    };
    format!("{exclude}{how}{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_read_back() {
        let mut query = Query::default();
        for (key, value) in [
            ("g", "sprint"),
            ("wk", "sun"),
            ("unit", "points"),
            ("from", "sprint:-3"),
            ("to", "now-7d"),
            ("iteration", "Sprint & co = 7"),
            ("f.type", "Bug"),
            ("f.type", "Story"),
            ("f.label", "!~debt"),
            ("f.status", "==odd"),
            ("f.assignee", ""),
            ("by", "label"),
            ("days", "in-status"),
            ("start", "created"),
            ("percentile", "linear"),
            ("p", "60,90"),
            ("people", "pseudonyms"),
            ("f.environment", "production"),
        ] {
            query.set(key, value).unwrap();
        }
        assert_eq!(query.filters[0].values, ["Bug", "Story"]);
        assert!(query.filters[1].exclude && query.filters[1].contains);
        assert_eq!(query.filters[2].values, ["=odd"]);
        let mut again = Query::default();
        query.pairs().iter().for_each(|(key, value)| again.set(key, value).unwrap());
        assert_eq!(query, again);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let mut query = Query::default();
        let error = query.set("g", "fortnight").unwrap_err().to_string();
        assert!(error.contains("fortnight") && error.contains("week"), "{error}");
        let error = query.set("p", "50,100").unwrap_err().to_string();
        assert!(error.contains("50,100") && error.contains("1 to 99"), "{error}");
        assert!(query.set("by", "title").is_err(), "each item has its own title");
        assert!(query.set("f.colour", "red").unwrap_err().to_string().contains("f.colour"));
        assert_eq!(query, Query::default());
    }
}
