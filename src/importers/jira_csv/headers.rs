//! The columns of a Jira CSV by their headers, in the languages Jira writes them in.
//!
//! A header that is not found is not used, and the import report lists it.

use super::super::table::normalised;
use super::header_names::{BLOCKING, CUSTOM_FIELD, INWARD, NAMES, NOT_THE_POINTS, OUTWARD, STORY_POINTS};

/// What a column of the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::importers) enum Holds {
    Key,
    Id,
    Summary,
    Type,
    Status,
    StatusCategory,
    StatusCategoryChanged,
    ProjectKey,
    ProjectName,
    Priority,
    Resolution,
    Assignee,
    Reporter,
    Creator,
    TeamName,
    Team,
    /// A key.
    ParentKey,
    /// A key.
    EpicLink,
    /// An issue id, sometimes a key.
    Parent,
    Created,
    Updated,
    Resolved,
    Due,
    ActualStart,
    StartDate,
    OriginalEstimate,
    Remaining,
    Logged,
    /// A column named like story points.
    StoryPoints,
    /// A column that may hold points where no other does.
    OtherPoints,
    Sprint,
    Label,
    Component,
    FixVersion,
    BlockedBy,
    Blocks,
    /// Totals over sub-tasks; only the marks of a Jira export.
    Sum,
    /// Any other custom field.
    CustomField,
}

/// What the column with this header holds; `None` when it is of no use here.
pub(super) fn holds(header: &str) -> Option<Holds> {
    let name = normalised(header);
    if name.starts_with('σ') {
        return Some(Holds::Sum);
    }
    if let Some((prefix, inner)) = bracketed(&name) {
        if CUSTOM_FIELD.contains(&prefix) {
            return Some(custom_field(inner));
        }
        let blocking = BLOCKING.contains(&inner);
        if INWARD.contains(&prefix) {
            return blocking.then_some(Holds::BlockedBy);
        }
        if OUTWARD.contains(&prefix) {
            return blocking.then_some(Holds::Blocks);
        }
    }
    by_name(&name).or_else(|| is_story_points(&name).then_some(Holds::StoryPoints))
}

/// Custom fields are named by the site's owners; only those that Jira itself ships are recognised, and story points.
fn custom_field(inner: &str) -> Holds {
    if is_story_points(inner) {
        return Holds::StoryPoints;
    }
    if matches!(inner, "points" | "sp" | "effort points" | "estimate (points)" | "point estimate") {
        return Holds::OtherPoints;
    }
    match by_name(inner) {
        Some(found @ (Holds::ActualStart | Holds::StartDate | Holds::EpicLink | Holds::Sprint | Holds::Team)) => found,
        _ if inner == "team name" => Holds::TeamName,
        _ => Holds::CustomField,
    }
}

fn by_name(name: &str) -> Option<Holds> {
    NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(holds, _)| *holds)
}

/// True when a name, lower case, is one for story points that counts.
pub(in crate::importers) fn is_story_points(name: &str) -> bool {
    STORY_POINTS.iter().any(|points| name.contains(points)) && !NOT_THE_POINTS.iter().any(|word| name.contains(word))
}

/// What a custom field of this name holds.
pub(in crate::importers) fn named_custom_field(name: &str) -> Holds {
    custom_field(&normalised(name))
}

/// True when a link type of this name says that one item blocks another.
pub(in crate::importers) fn is_blocking(name: &str) -> bool {
    BLOCKING.contains(&normalised(name).as_str())
}

/// True for the two names Jira itself gives to story points.
pub(in crate::importers) fn is_plain_story_points(header: &str) -> bool {
    let name = normalised(header);
    let inner = bracketed(&name).map_or(name.as_str(), |(_, inner)| inner);
    matches!(inner, "story points" | "story point estimate")
}

/// "prefix (inner)" taken apart.
fn bracketed(name: &str) -> Option<(&str, &str)> {
    let (prefix, rest) = name.split_once('(')?;
    Some((prefix.trim(), rest.strip_suffix(')')?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut seen = HashSet::new();
        for (_, names) in NAMES {
            for name in *names {
                assert_eq!(*name, normalised(name));
                assert!(seen.insert(*name), "{name} twice");
            }
        }
    }

    #[test]
    fn headers_are_found_in_any_spelling() {
        for (header, expected) in [
            ("Issue key", Some(Holds::Key)),
            ("ISSUE KEY ", Some(Holds::Key)),
            ("\u{feff}Issue key", Some(Holds::Key)),
            ("Work type", Some(Holds::Type)),
            ("Fix Version/s", Some(Holds::FixVersion)),
            ("Clave de incidencia", Some(Holds::Key)),
            ("Resolucio\u{301}n", Some(Holds::Resolution)),
            ("Fälligkeitsdatum", Some(Holds::Due)),
            ("Custom field (Story Points)", Some(Holds::StoryPoints)),
            ("Campo personalizado (Story point estimate)", Some(Holds::StoryPoints)),
            ("Custom field (Baseline Story Points)", Some(Holds::CustomField)),
            ("Custom field (Epic T Shirt Story Points)", Some(Holds::CustomField)),
            ("Custom field (Epic Link)", Some(Holds::EpicLink)),
            ("Custom field (Actual start)", Some(Holds::ActualStart)),
            ("Custom field ([CHART] Date of First Response)", Some(Holds::CustomField)),
            ("Custom field (Status)", Some(Holds::CustomField)),
            ("Wewnętrzne łącze zgłoszenia (Blocks)", Some(Holds::BlockedBy)),
            ("Outward issue link (Blocks)", Some(Holds::Blocks)),
            ("Outward issue link (Relates)", None),
            ("Σ Time Spent", Some(Holds::Sum)),
            ("Description", None),
        ] {
            assert_eq!(holds(header), expected, "{header}");
        }
    }
}
