//! Incidents, and what a monitor saw of the services. Sprint 36 fell into an outage of the data centre.

use super::super::clock::WallMinute;
use super::delivery::Course;
use super::{Crew, DAYS, SERVICES, Table};

/// Thursday 2026-07-16, in sprint 36.
const OUTAGE_DAY: i32 = 20_650;

/// An incident, whoever caused it.
struct Incident {
    services: Vec<&'static str>,
    began: WallMinute,
    /// `None` = still open.
    ended: Option<WallMinute>,
    severity: &'static str,
    title: &'static str,
    deployment: Option<String>,
}

/// Titles of incidents after a deployment, in turn.
const AFTER_DEPLOYMENT: &[&str] = &[
    "Errors on every fourth page after the deployment",
    "Sign-in fails for saved accounts",
    "Confirmation mails are not sent",
    "Search answers with yesterday's departures",
    "Seats can be chosen twice",
    "The gate displays stay empty",
    "Receipts show the wrong currency",
];

/// What no deployment caused.
fn others() -> Vec<Incident> {
    let at = |day: i32, hour: i32, minute: i32| WallMinute::of_day(day, hour * 60 + minute);
    let incident = |services: &[&'static str], began, ended, severity, title| Incident {
        services: services.to_vec(),
        began,
        ended,
        severity,
        title,
        deployment: None,
    };
    vec![
        incident(
            &["port-ops"],
            at(20_601, 5, 40),
            Some(at(20_601, 6, 15)),
            "minor",
            "Ticket scanners lose the network",
        ),
        incident(
            &SERVICES,
            at(OUTAGE_DAY, 9, 20),
            Some(at(OUTAGE_DAY, 17, 50)),
            "critical",
            "Power failure in the data centre",
        ),
        // Reported twice, as it happens: the two overlap.
        incident(
            &["payments"],
            at(OUTAGE_DAY, 16, 30),
            Some(at(OUTAGE_DAY + 1, 1, 10)),
            "critical",
            "Payments stay off after the power failure",
        ),
        incident(
            &["booking-web"],
            at(20_655, 22, 5),
            Some(at(20_655, 23, 0)),
            "major",
            "The timetable search times out",
        ),
        incident(
            &["payments"],
            at(20_683, 11, 0),
            Some(at(20_683, 13, 20)),
            "major",
            "The bank's interface does not answer",
        ),
        incident(
            &["booking-web"],
            at(20_706, 7, 30),
            Some(at(20_706, 8, 0)),
            "minor",
            "Somebody reports that \"the system is slow\"",
        ),
        incident(&["port-ops"], at(DAYS.1 - 1, 19, 45), None, "minor", "One of four gate displays is dark"),
    ]
}

fn all(crews: &[Crew]) -> Vec<Incident> {
    let mut all = others();
    let mut titles = AFTER_DEPLOYMENT.iter().cycle();
    for (place, crew) in crews.iter().enumerate() {
        for failure in Course::play(place, crew).failures {
            let title = titles.next().copied().unwrap_or_default();
            all.push(Incident {
                services: vec![crew.service],
                began: failure.began,
                ended: Some(failure.ended),
                severity: if failure.is_down { "major" } else { "minor" },
                title,
                deployment: failure.deployment,
            });
        }
    }
    all.sort_by_key(|incident| incident.began);
    all
}

/// The table of incidents.
pub(super) fn incidents(crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("started_at,resolved_at,id,service,severity,deployment_id,title");
    for (number, incident) in all(crews).iter().enumerate() {
        let ended = incident.ended.map(WallMinute::sortable).unwrap_or_default();
        let (id, deployment) = (format!("INC-{}", number + 1), incident.deployment.as_deref().unwrap_or_default());
        let services = incident.services.join(";");
        let began = incident.began.sortable();
        table.row(&[&began, &ended, &id, &services, incident.severity, deployment, incident.title]);
    }
    table.0
}

/// What the monitor saw: it looks from outside, so that an outage begins a little later and ends a little later for it.
pub(super) fn uptime(crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("service,from,to,state");
    let incidents = all(crews);
    let end = WallMinute::of_day(DAYS.1, 8 * 60);
    for service in SERVICES {
        let mut at = WallMinute::of_day(DAYS.0, 0);
        let of_service = incidents.iter().filter(|incident| incident.services.contains(&service));
        for incident in of_service {
            let from = incident.began.plus(2).max(at);
            let to = incident.ended.map_or(end, |ended| ended.plus(3)).max(from);
            if to == from {
                continue;
            }
            let state = if incident.severity == "minor" { "degraded" } else { "down" };
            span(&mut table, service, at, from, "up");
            span(&mut table, service, from, to, state);
            at = to;
        }
        span(&mut table, service, at, end, "up");
    }
    table.0
}

fn span(table: &mut Table, service: &str, from: WallMinute, to: WallMinute, state: &str) {
    if from < to {
        table.row(&[service, &from.sortable(), &to.sortable(), state]);
    }
}
