//! Sprint cells: a plain name, or the text that Jira Server writes for its sprint objects.
//!
//! `com.atlassian.greenhopper.service.sprint.Sprint@21d00be2[id=225,rapidViewId=24,state=CLOSED,name=Sprint 5,goal=,…]`.
//! The order of the keys varies, and names and goals are not escaped: they hold commas, brackets, `=` and line breaks. So the
//! record is cut at the places of the known keys.

/// Every key a sprint object has had.
const KEYS: &[&str] = &[
    "id",
    "rapidViewId",
    "state",
    "name",
    "goal",
    "startDate",
    "endDate",
    "completeDate",
    "activatedDate",
    "sequence",
    "autoStartStop",
    "synced",
    "incompleteIssuesDestinationId",
    "originBoardId",
];

/// A sprint record; dates as written, `None` where there is none.
#[derive(Debug, PartialEq, Eq, Default)]
pub(in crate::importers) struct SprintRecord<'a> {
    pub(in crate::importers) id: Option<&'a str>,
    pub(in crate::importers) name: &'a str,
    pub(in crate::importers) start: Option<&'a str>,
    pub(in crate::importers) end: Option<&'a str>,
    pub(in crate::importers) completed: Option<&'a str>,
    /// Number of its board.
    pub(in crate::importers) board: Option<&'a str>,
}

/// What a board is called of which only the number is told; the names of boards are in no export.
pub(in crate::importers) fn board_name(number: &str) -> String {
    if number.is_empty() { String::new() } else { format!("Board {number}") }
}

/// True when a cell holds sprint objects and not a name.
pub(in crate::importers) fn is_record(cell: &str) -> bool {
    cell.contains("Sprint@") && cell.contains('[')
        || (cell.starts_with('[') && cell.contains("name=") && cell.contains("state="))
}

/// The records of a cell; empty when none can be taken apart.
pub(in crate::importers) fn records(cell: &str) -> Vec<SprintRecord<'_>> {
    let starts: Vec<usize> = cell.match_indices("Sprint@").map(|(place, _)| place).collect();
    if starts.is_empty() {
        return record(cell).into_iter().collect();
    }
    let ends = starts.iter().skip(1).copied().chain([cell.len()]);
    starts.iter().zip(ends).filter_map(|(&start, end)| record(&cell[start..end])).collect()
}

fn record(text: &str) -> Option<SprintRecord<'_>> {
    let open = text.find('[')?;
    let close = text.rfind(']').filter(|close| *close > open).unwrap_or(text.len());
    let inside = &text[open + 1..close];
    let mut places: Vec<(usize, usize, &str)> = Vec::new();
    for key in KEYS {
        // The first place counts for every key but the free texts' neighbours; see `without_false_keys`.
        for (place, _) in inside.match_indices(key) {
            let begins =
                place == 0 || matches!(inside.as_bytes()[place - 1], b',' | b'[') || inside[..place].ends_with(", ");
            if begins && inside.as_bytes().get(place + key.len()) == Some(&b'=') {
                places.push((place, place + key.len() + 1, key));
            }
        }
    }
    places.sort_unstable();
    let places = without_false_keys(&places);
    let value = |wanted: &str| {
        let at = places.iter().position(|(_, _, key)| *key == wanted)?;
        let end = places.get(at + 1).map_or(inside.len(), |(next, ..)| *next);
        let value = inside[places[at].1..end].trim().trim_end_matches(',').trim();
        (!value.is_empty() && value != "<null>" && value != "null").then_some(value)
    };
    let name = value("name")?;
    Some(SprintRecord {
        id: value("id"),
        name,
        start: value("startDate"),
        end: value("endDate"),
        completed: value("completeDate"),
        board: value("originBoardId").or_else(|| value("rapidViewId")),
    })
}

/// A goal may contain `,name=…`: of a key that occurs twice, the one outside the free text of the goal is meant. Texts are
/// written last-to-first by no version, so the first occurrence is kept, unless it lies inside the goal.
fn without_false_keys<'a>(places: &[(usize, usize, &'a str)]) -> Vec<(usize, usize, &'a str)> {
    let goal = places.iter().position(|(_, _, key)| *key == "goal");
    let mut kept: Vec<(usize, usize, &str)> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let after_goal = goal.is_some_and(|goal| index > goal);
        let again_later = places[index + 1..].iter().any(|(_, _, key)| *key == place.2);
        let known = kept.iter().any(|(_, _, key)| *key == place.2);
        if !(known || after_goal && again_later) {
            kept.push(*place);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_in_any_order_and_texts_are_not_escaped() {
        let old = "com.atlassian.greenhopper.service.sprint.Sprint@21d00be2[id=225,rapidViewId=24,state=CLOSED,name=OSUX Sprint 5,goal=,startDate=2020-01-06T09:00:00.000Z,endDate=2020-01-20T09:00:00.000Z,completeDate=<null>,sequence=225]";
        assert_eq!(
            records(old),
            [SprintRecord {
                id: Some("225"),
                name: "OSUX Sprint 5",
                board: Some("24"),
                start: Some("2020-01-06T09:00:00.000Z"),
                end: Some("2020-01-20T09:00:00.000Z"),
                completed: None
            }]
        );
        let other = "com.atlassian.greenhopper.service.sprint.Sprint@1[completeDate=2021-02-15T10:00:00.000-04:00,endDate=2021-02-14T10:00:00.000-04:00,goal=Ship it, all of it=now],\nand name=rest,id=7,name=[Team] Sprint, 03,rapidViewId=1,sequence=7,startDate=2021-02-01T10:00:00.000-04:00,state=CLOSED]";
        let found = records(other);
        assert_eq!(found[0].name, "[Team] Sprint, 03");
        assert_eq!(found[0].start, Some("2021-02-01T10:00:00.000-04:00"));
    }

    #[test]
    fn one_cell_can_hold_several() {
        let cell = "[com.atlassian.greenhopper.service.sprint.Sprint@1[id=1,name=A,state=CLOSED], com.atlassian.greenhopper.service.sprint.Sprint@2[id=2,name=B,state=ACTIVE]]";
        let names: Vec<&str> = records(cell).iter().map(|record| record.name).collect();
        assert_eq!(names, ["A", "B"]);
    }

    #[test]
    fn a_plain_name_is_no_record() {
        assert!(!is_record("Sprint 5 [core], name=x"));
        assert!(is_record("com.atlassian.greenhopper.service.sprint.Sprint@1[id=1,name=A]"));
        assert!(records("Sprint@1[nothing here]").is_empty());
    }
}
