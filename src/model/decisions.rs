//! What the user decided about deployments, bugs, debt, people and targets: kept with the workspace, read by the metrics.
//!
//! A decision is one change of one of them. Setting it answers the decision that takes it back, so that undo needs no code of
//! its own for each.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{MarkRule, day_from_iso};

/// All decisions in force. What is not in it is left to the metric's own default, which its working names.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Decisions {
    /// Environments that count as production; empty = told by their names.
    pub production: BTreeSet<String>,
    /// The deployment that caused an incident, by the records' identities; an empty deployment = none did.
    pub incident_links: BTreeMap<String, String>,
    /// Key of the work item that a change of code belongs to, by the change's identity; an empty key = to none.
    pub change_links: BTreeMap<String, String>,
    /// Year of the DORA bands; `None` = the newest known.
    pub bands_year: Option<u16>,
    /// Which items are bugs.
    pub bug_rule: Option<MarkRule>,
    /// Which bugs were found in production.
    pub escaped_rule: Option<MarkRule>,
    /// Days within which a bug of a priority shall be resolved, above 0.
    pub resolution_targets: BTreeMap<String, f64>,
    /// Which items are technical debt.
    pub debt_rule: Option<MarkRule>,
    /// Share of a sprint that shall go into technical debt, percent, 0 to 100.
    pub debt_target: Option<f64>,
    /// Availability that a service shall have, percent, 0 to 100; the empty name holds for services without one of their own.
    pub availability_targets: BTreeMap<String, f64>,
    /// Days of the week that are worked on, from Monday; `None` = Monday to Friday.
    pub work_week: Option<[bool; 7]>,
    /// What a person has, instead of what the files say.
    pub people: BTreeMap<String, PersonPlan>,
    /// Share of a day that is off, 0 to 1, by person (empty = everybody) and day (ISO); 0 = worked whatever the files say.
    pub days_off: BTreeMap<String, BTreeMap<String, f64>>,
    /// Rules of verdicts that the user changed, by the id of the verdict.
    pub verdict_rules: BTreeMap<String, VerdictRule>,
}

/// Capacity of a person as the user says it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PersonPlan {
    /// Team; empty = none.
    pub team: String,
    /// Hours a working day, 0 to 24.
    pub hours_per_day: f64,
    /// Share of it that the team has, 0 to 1.
    pub allocation: f64,
}

/// When a number is green, amber or red.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerdictRule {
    /// True: the number should be at least the thresholds. False: at most.
    pub at_least: bool,
    /// Green up to here (at most) or from here on (at least).
    pub green: f64,
    /// Amber up to here or from here on; red beyond.
    pub amber: f64,
    /// True: it is not shown.
    pub is_off: bool,
}

/// One change. `None` leaves it to the default again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Decision {
    /// Environments that count as production; empty = told by their names.
    Production(BTreeSet<String>),
    /// The deployment that caused an incident; an empty one = none did.
    IncidentLink {
        /// Identity of the incident.
        incident: String,
        /// Identity of the deployment.
        deployment: Option<String>,
    },
    /// The work item that a change of code belongs to; an empty key = to none.
    ChangeLink {
        /// Identity of the change.
        change: String,
        /// Key of the item.
        item: Option<String>,
    },
    /// Year of the DORA bands.
    BandsYear(Option<u16>),
    /// Which items are bugs.
    BugRule(Option<MarkRule>),
    /// Which bugs were found in production.
    EscapedRule(Option<MarkRule>),
    /// Days within which a bug of a priority shall be resolved.
    ResolutionTarget {
        /// Priority.
        priority: String,
        /// Days, above 0.
        days: Option<f64>,
    },
    /// Which items are technical debt.
    DebtRule(Option<MarkRule>),
    /// Share of a sprint for technical debt, percent.
    DebtTarget(Option<f64>),
    /// Availability that a service shall have, percent.
    AvailabilityTarget {
        /// Service; empty = those without a target of their own.
        service: String,
        /// Percent, 0 to 100.
        percent: Option<f64>,
    },
    /// Days of the week that are worked on, from Monday.
    WorkWeek(Option<[bool; 7]>),
    /// What a person has.
    Person {
        /// Name.
        person: String,
        /// Capacity.
        plan: Option<PersonPlan>,
    },
    /// Days off.
    DaysOff {
        /// Name; empty = everybody.
        person: String,
        /// ISO day and share that is off, 0 to 1.
        days: Vec<(String, Option<f64>)>,
    },
    /// A rule of a verdict.
    VerdictRule {
        /// Id of the verdict.
        id: String,
        /// The rule.
        rule: Option<VerdictRule>,
    },
}

impl Decision {
    /// What it is about, in words that follow "Undo": "the rule for bugs".
    pub fn title(&self) -> String {
        match self {
            Self::Production(_) => "which environments are production".to_owned(),
            Self::IncidentLink { .. } => "the cause of an incident".to_owned(),
            Self::ChangeLink { .. } => "the work item of a change".to_owned(),
            Self::BandsYear(_) => "the year of the bands".to_owned(),
            Self::BugRule(_) => "the rule for bugs".to_owned(),
            Self::EscapedRule(_) => "the rule for escaped bugs".to_owned(),
            Self::ResolutionTarget { priority, .. } => format!("the target for bugs of priority {priority}"),
            Self::DebtRule(_) => "the rule for technical debt".to_owned(),
            Self::DebtTarget(_) => "the target for technical debt".to_owned(),
            Self::AvailabilityTarget { service, .. } if service.is_empty() => "the availability target".to_owned(),
            Self::AvailabilityTarget { service, .. } => format!("the availability target of {service}"),
            Self::WorkWeek(_) => "the work week".to_owned(),
            Self::Person { person, .. } => format!("the capacity of {person}"),
            Self::DaysOff { person, .. } if person.is_empty() => "days off for everybody".to_owned(),
            Self::DaysOff { person, .. } => format!("days off of {person}"),
            Self::VerdictRule { .. } => "the rule of a verdict".to_owned(),
        }
    }

    /// Why it cannot be; `None` when it can.
    pub fn problem(&self) -> Option<&'static str> {
        let within = |value: f64, low: f64, high: f64| (low..=high).contains(&value);
        match self {
            Self::ResolutionTarget { days: Some(days), .. } => {
                (!(days.is_finite() && *days > 0.0)).then_some("A target is a number of days above 0.")
            }
            Self::DebtTarget(Some(percent)) | Self::AvailabilityTarget { percent: Some(percent), .. } => {
                (!within(*percent, 0.0, 100.0)).then_some("A target is a number from 0 to 100.")
            }
            Self::WorkWeek(Some(week)) => {
                (!week.contains(&true)).then_some("At least one day of the week must be worked on.")
            }
            Self::Person { person, .. } if person.trim().is_empty() => Some("A person needs a name."),
            Self::Person { plan: Some(plan), .. } => {
                let fits = within(plan.hours_per_day, 0.0, 24.0) && within(plan.allocation, 0.0, 1.0);
                (!fits).then_some("Hours a day are 0 to 24, the allocation 0 to 100 %.")
            }
            Self::DaysOff { days, .. } => {
                let fits = |(day, share): &(String, Option<f64>)| {
                    day_from_iso(day).is_some() && share.is_none_or(|share| within(share, 0.0, 1.0))
                };
                (!days.iter().all(fits)).then_some("A day off is a date like 2024-01-31 with a share from 0 to 1.")
            }
            Self::VerdictRule { rule: Some(rule), .. } => {
                let order = if rule.at_least { rule.green >= rule.amber } else { rule.green <= rule.amber };
                (!(rule.green.is_finite() && rule.amber.is_finite() && order))
                    .then_some("Amber must lie on the worse side of green.")
            }
            _ => None,
        }
    }
}

/// Puts a value under a key or takes it away; answers what stood there.
fn put<T>(map: &mut BTreeMap<String, T>, key: &str, value: Option<T>) -> Option<T> {
    match value {
        Some(value) => map.insert(key.to_owned(), value),
        None => map.remove(key),
    }
}

impl Decisions {
    /// Carries a decision out; answers the one that takes it back.
    #[must_use]
    pub fn set(&mut self, decision: Decision) -> Decision {
        use std::mem::replace;
        match decision {
            Decision::Production(names) => Decision::Production(replace(&mut self.production, names)),
            Decision::IncidentLink { incident, deployment } => {
                let before = put(&mut self.incident_links, &incident, deployment);
                Decision::IncidentLink { incident, deployment: before }
            }
            Decision::ChangeLink { change, item } => {
                let before = put(&mut self.change_links, &change, item);
                Decision::ChangeLink { change, item: before }
            }
            Decision::BandsYear(year) => Decision::BandsYear(replace(&mut self.bands_year, year)),
            Decision::BugRule(rule) => Decision::BugRule(replace(&mut self.bug_rule, rule)),
            Decision::EscapedRule(rule) => Decision::EscapedRule(replace(&mut self.escaped_rule, rule)),
            Decision::ResolutionTarget { priority, days } => {
                let before = put(&mut self.resolution_targets, &priority, days);
                Decision::ResolutionTarget { priority, days: before }
            }
            Decision::DebtRule(rule) => Decision::DebtRule(replace(&mut self.debt_rule, rule)),
            Decision::DebtTarget(percent) => Decision::DebtTarget(replace(&mut self.debt_target, percent)),
            Decision::AvailabilityTarget { service, percent } => {
                let before = put(&mut self.availability_targets, &service, percent);
                Decision::AvailabilityTarget { service, percent: before }
            }
            Decision::WorkWeek(week) => Decision::WorkWeek(replace(&mut self.work_week, week)),
            Decision::Person { person, plan } => {
                let before = put(&mut self.people, &person, plan);
                Decision::Person { person, plan: before }
            }
            Decision::DaysOff { person, days } => self.set_days_off(person, days),
            Decision::VerdictRule { id, rule } => {
                let before = put(&mut self.verdict_rules, &id, rule);
                Decision::VerdictRule { id, rule: before }
            }
        }
    }

    /// The decisions that make these out of none, one after the other.
    pub fn into_each(self) -> Vec<Decision> {
        let mut each = Vec::new();
        if !self.production.is_empty() {
            each.push(Decision::Production(self.production));
        }
        let links = |(incident, deployment)| Decision::IncidentLink { incident, deployment: Some(deployment) };
        each.extend(self.incident_links.into_iter().map(links));
        let links = |(change, item)| Decision::ChangeLink { change, item: Some(item) };
        each.extend(self.change_links.into_iter().map(links));
        each.extend(self.bands_year.map(|year| Decision::BandsYear(Some(year))));
        each.extend(self.bug_rule.map(|rule| Decision::BugRule(Some(rule))));
        each.extend(self.escaped_rule.map(|rule| Decision::EscapedRule(Some(rule))));
        let targets = |(priority, days)| Decision::ResolutionTarget { priority, days: Some(days) };
        each.extend(self.resolution_targets.into_iter().map(targets));
        each.extend(self.debt_rule.map(|rule| Decision::DebtRule(Some(rule))));
        each.extend(self.debt_target.map(|percent| Decision::DebtTarget(Some(percent))));
        let targets = |(service, percent)| Decision::AvailabilityTarget { service, percent: Some(percent) };
        each.extend(self.availability_targets.into_iter().map(targets));
        each.extend(self.work_week.map(|week| Decision::WorkWeek(Some(week))));
        let plans = |(person, plan)| Decision::Person { person, plan: Some(plan) };
        each.extend(self.people.into_iter().map(plans));
        each.extend(self.days_off.into_iter().map(|(person, days)| Decision::DaysOff {
            person,
            days: days.into_iter().map(|(day, share)| (day, Some(share))).collect(),
        }));
        let rules = |(id, rule)| Decision::VerdictRule { id, rule: Some(rule) };
        each.extend(self.verdict_rules.into_iter().map(rules));
        each
    }

    fn set_days_off(&mut self, person: String, days: Vec<(String, Option<f64>)>) -> Decision {
        let own = self.days_off.entry(person.clone()).or_default();
        let mut before: Vec<(String, Option<f64>)> = days
            .into_iter()
            .map(|(day, share)| {
                let was = put(own, &day, share);
                (day, was)
            })
            .collect();
        // A day may be named twice: it is taken back in the opposite order.
        before.reverse();
        if own.is_empty() {
            self.days_off.remove(&person);
        }
        Decision::DaysOff { person, days: before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some_of_each() -> Vec<Decision> {
        let rule = || Some(MarkRule { types: vec!["Bug".into()], ..MarkRule::default() });
        vec![
            Decision::Production(BTreeSet::from(["live".to_owned()])),
            Decision::IncidentLink { incident: "i".into(), deployment: Some("d".into()) },
            Decision::ChangeLink { change: "c".into(), item: Some("A-1".into()) },
            Decision::BandsYear(Some(2021)),
            Decision::BugRule(rule()),
            Decision::EscapedRule(rule()),
            Decision::ResolutionTarget { priority: "High".into(), days: Some(2.0) },
            Decision::DebtRule(rule()),
            Decision::DebtTarget(Some(20.0)),
            Decision::AvailabilityTarget { service: "shop".into(), percent: Some(99.9) },
            Decision::WorkWeek(Some([true; 7])),
            Decision::Person { person: "Ada".into(), plan: Some(PersonPlan::default()) },
            Decision::DaysOff {
                person: String::new(),
                days: vec![("2024-01-02".into(), Some(1.0)), ("2024-01-02".into(), Some(0.5))],
            },
            Decision::VerdictRule {
                id: "bugs".into(),
                rule: Some(VerdictRule { at_least: false, green: 1.0, amber: 2.0, is_off: false }),
            },
        ]
    }

    #[test]
    fn every_decision_can_be_taken_back_and_stored() {
        for decision in some_of_each() {
            assert_eq!(decision.problem(), None);
            let mut decisions = Decisions::default();
            let inverse = decisions.set(decision.clone());
            assert_ne!(decisions, Decisions::default(), "{decision:?}");
            let stored = serde_json::to_string(&decisions).unwrap();
            assert_eq!(serde_json::from_str::<Decisions>(&stored).unwrap(), decisions);
            let _ = decisions.set(inverse);
            assert_eq!(decisions, Decisions::default(), "{decision:?}");
        }
    }

    #[test]
    fn all_decisions_are_told_one_by_one() {
        let mut decisions = Decisions::default();
        for decision in some_of_each() {
            let _ = decisions.set(decision);
        }
        let each = decisions.clone().into_each();
        assert_eq!(each.len(), some_of_each().len());
        let mut again = Decisions::default();
        for decision in each {
            let _ = again.set(decision);
        }
        assert_eq!(again, decisions);
    }

    #[test]
    fn what_cannot_be_is_said() {
        for decision in [
            Decision::ResolutionTarget { priority: "High".into(), days: Some(0.0) },
            Decision::DebtTarget(Some(101.0)),
            Decision::AvailabilityTarget { service: String::new(), percent: Some(f64::NAN) },
            Decision::WorkWeek(Some([false; 7])),
            Decision::Person { person: " ".into(), plan: None },
            Decision::DaysOff { person: String::new(), days: vec![("soon".into(), Some(1.0))] },
        ] {
            assert!(decision.problem().is_some(), "{decision:?}");
        }
    }
}
