//! What to look at first: bad verdicts, then those to watch, then what in the data spoils a view.

use crate::engine::Worry;
use crate::metrics::{Finding, VerdictLine, VerdictState};

/// Worries told of; the verdicts have the rest.
const MOST: usize = 5;
/// The view in which findings are mended.
const DATA: &str = "import";

/// The worst first; among equals the order of the lists.
pub(super) fn worries(verdicts: &[VerdictLine], findings: &[Finding]) -> Vec<Worry> {
    let judged = |state: VerdictState| verdicts.iter().filter(move |line| line.state == state).map(of_verdict);
    let spoiling = findings.iter().filter(|finding| finding.spoils && !finding.views.is_empty()).map(of_finding);
    judged(VerdictState::Bad).chain(judged(VerdictState::Watch)).chain(spoiling).take(MOST).collect()
}

fn of_verdict(line: &VerdictLine) -> Worry {
    Worry {
        state: Some(line.state),
        title: line.title.clone(),
        text: line.inputs.join(" "),
        rule: line.rule_words.clone(),
        view: line.view.clone(),
    }
}

fn of_finding(finding: &Finding) -> Worry {
    Worry {
        state: None,
        title: format!("Data: {}", finding.title.to_lowercase()),
        text: finding.message.clone(),
        rule: String::new(),
        view: DATA.to_owned(),
    }
}
