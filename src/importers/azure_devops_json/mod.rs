//! Azure DevOps: answers of its REST API, also as `az boards`, `az pipelines` and `az repos` print them.
//!
//! Work items (`wit/workitems`, one per element), their revisions and their updates, of which several tell of one work item:
//! the differences are its history. Builds (`build/builds`) are runs, pull requests (`git/pullrequests`) are changes. The category
//! of a state is not in an answer; those of the processes that come with the tool are known. Iterations have no dates.
//! Source: real answers of builds and pull requests; work items from the description of the API.

mod builds;
mod fields;
mod items;
mod pull_requests;

use super::Importer;
use super::gathering::Gathering;
use super::json::fields::Fields;
use super::json::reading::{ElementReader, Shape, detect, start};
use super::json::{JsonElement, JsonRest};

/// The importer.
pub(super) static AZURE_DEVOPS_JSON: Importer = Importer {
    id: "azure-devops-json",
    title: "Azure DevOps JSON",
    detect: |head| detect(head, SHAPES, ARRAYS),
    start: |_, settings| Ok(start(ARRAYS, Box::<Answer>::default(), settings)),
};

const ARRAYS: &[&str] = &["value", ""];

const SHAPES: &[Shape] = &[
    Shape::of(96, &["id", "fields.System.State"]),
    Shape::of(95, &["id", "fields.System.Title"]),
    Shape::of(95, &["workItemId", "rev", "revisedDate"]),
    Shape::of(95, &["buildNumber", "queueTime", "definition"]),
    Shape::of(95, &["pullRequestId", "creationDate", "sourceRefName"]),
];

#[derive(Default)]
struct Answer {
    work_items: items::WorkItems,
}

impl ElementReader for Answer {
    fn is_row(&self, _path: &str) -> bool {
        // Revisions of one work item become rows together, at the end.
        false
    }

    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        let refused = match Fields::of(element) {
            Ok(row) if row.has("fields") => match self.work_items.add(&row, element.line) {
                Ok(()) => return Ok(()),
                Err(reason) => Err(reason),
            },
            Ok(row) => {
                to.begin_row(element.line);
                let outcome = if row.has("pullRequestId") {
                    pull_requests::change(&row, to);
                    Ok(())
                } else if row.has("buildNumber") {
                    builds::run(&row, to);
                    Ok(())
                } else if row.has("workItemId") {
                    Err("the update changed no field".to_owned())
                } else {
                    Err("it is neither a work item nor a build nor a pull request".to_owned())
                };
                to.end_row(outcome);
                return Ok(());
            }
            Err(reason) => Err(reason),
        };
        to.begin_row(element.line);
        to.end_row(refused);
        Ok(())
    }

    fn finish(self: Box<Self>, _rest: &JsonRest, to: &mut Gathering) {
        self.work_items.finish(to);
    }
}

/// The name of a branch without its place.
fn branch(reference: &str) -> &str {
    reference.strip_prefix("refs/heads/").unwrap_or(reference)
}
