//! The fields of a work item that are used, out of the hundreds that a process may have.

use serde_json::Value;

use crate::importers::json::fields::plain;

/// Reference names. Points have another name in each process: Agile, Scrum, CMMI.
pub(super) const USED: &[&str] = &[
    "System.Title",
    "System.WorkItemType",
    "System.State",
    "System.Reason",
    "System.TeamProject",
    "System.AssignedTo",
    "System.CreatedBy",
    "System.CreatedDate",
    "System.ChangedDate",
    "System.IterationPath",
    "System.AreaPath",
    "System.Tags",
    "System.Parent",
    "Microsoft.VSTS.Common.Priority",
    "Microsoft.VSTS.Common.ActivatedDate",
    "Microsoft.VSTS.Common.ResolvedDate",
    "Microsoft.VSTS.Common.ClosedDate",
    "Microsoft.VSTS.Common.StateChangeDate",
    "Microsoft.VSTS.Scheduling.StoryPoints",
    "Microsoft.VSTS.Scheduling.Effort",
    "Microsoft.VSTS.Scheduling.Size",
    "Microsoft.VSTS.Scheduling.OriginalEstimate",
    "Microsoft.VSTS.Scheduling.RemainingWork",
    "Microsoft.VSTS.Scheduling.CompletedWork",
    "Microsoft.VSTS.Scheduling.DueDate",
    "Microsoft.VSTS.Scheduling.TargetDate",
];

/// The used fields of a work item, each as text; `None` = not in the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State(Vec<Option<String>>);

impl State {
    /// Takes over one field; an unused one is left out.
    pub(super) fn set(&mut self, name: &str, value: &Value) {
        let Some(position) = USED.iter().position(|used| *used == name) else { return };
        if self.0.is_empty() {
            self.0 = vec![None; USED.len()];
        }
        self.0[position] = Some(text_of(value));
    }

    /// Takes over every field that the other has.
    pub(super) fn overlay(&mut self, other: &Self) {
        if self.0.is_empty() {
            self.0 = vec![None; USED.len()];
        }
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            if other.is_some() {
                own.clone_from(other);
            }
        }
    }

    /// The text of a field; `None` when the answer does not have it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let position = USED.iter().position(|used| *used == name)?;
        self.0.get(position)?.as_deref()
    }

    /// The same, empty when it is not there.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
}

/// People are objects, or `Name <address>` in older answers.
fn text_of(value: &Value) -> String {
    let person = value.get("displayName").map(plain);
    let text = person.unwrap_or_else(|| plain(value));
    let is_address = text.ends_with('>') && text.contains('@');
    let name = if is_address { text.rsplit_once(" <").map_or(&*text, |(name, _)| name) } else { &text };
    name.to_owned()
}
