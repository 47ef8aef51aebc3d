//! Pull requests: changes.

use super::branch;
use crate::importers::gathering::Gathering;
use crate::importers::json::fields::{Fields, at};
use crate::model::{Cell, RecordKind};

/// Adds a pull request. Its first commit and first review are not in the answer.
pub(super) fn change(row: &Fields, to: &mut Gathering) {
    let state = match &*row.text("status") {
        "completed" => "merged",
        "abandoned" => "closed",
        "active" => "open",
        _ => "",
    };
    let [created, closed] = ["creationDate", "closedDate"].map(|path| row.moment(path, to));
    let [source, target] = ["sourceRefName", "targetRefName"].map(|path| row.text(path));
    let repository = row.text("repository.name");
    let project = row.text("repository.project.name");
    let labels = row.texts("labels", "name");
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let items: Vec<String> = row.texts("workItemRefs", "id").iter().map(|id| format!("AB#{id}")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    to.record(
        RecordKind::Change,
        &[
            ("source", Cell::Text(&format!("azure devops {project}/{repository}"))),
            ("id", Cell::Text(&row.text("pullRequestId"))),
            ("updated", at(closed.or(created))),
            ("title", Cell::Text(&row.text("title"))),
            ("author", Cell::Text(&row.text("createdBy.displayName"))),
            ("service", Cell::Text(&repository)),
            ("state", Cell::Text(state)),
            ("opened-at", at(created)),
            ("merged-at", at(closed.filter(|_| state == "merged"))),
            ("closed-at", at(closed)),
            ("branch", Cell::Text(branch(&source))),
            ("base", Cell::Text(branch(&target))),
            ("commit", Cell::Text(&row.text("lastMergeCommit.commitId"))),
            ("work-items", Cell::List(&items)),
            ("labels", Cell::List(&labels)),
            ("url", Cell::Text(&row.text("url"))),
        ],
    );
}
