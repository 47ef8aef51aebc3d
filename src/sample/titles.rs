//! Titles for the sample's items, each used once a team.

use super::product::{
    BUG_PATTERNS, BUG_SENTENCES, DEBT_PATTERNS, STORY_PATTERNS, STORY_SENTENCES, TASK_PATTERNS, Team, capitalised,
};
use super::random::Random;

/// What an item is about.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) title: String,
    /// The part of the product, as it stands inside a sentence.
    pub(super) part: &'static str,
}

/// The titles a team has not used yet, by kind.
pub(super) struct Titles {
    stories: Vec<Subject>,
    bugs: Vec<Subject>,
    debts: Vec<Subject>,
    tasks: Vec<Subject>,
}

impl Titles {
    pub(super) fn new(team: &Team, random: &mut Random) -> Self {
        let mut stories = subjects(team, STORY_PATTERNS, random);
        // The team's own stories are spread among the others, so that every sprint has some of them.
        for (place, &title) in team.stories.iter().enumerate() {
            let part = team.parts[place % team.parts.len()];
            let at = random.below(stories.len());
            stories.insert(at, Subject { title: title.to_owned(), part });
        }
        Self {
            stories,
            bugs: subjects(team, BUG_PATTERNS, random),
            debts: subjects(team, DEBT_PATTERNS, random),
            tasks: subjects(team, TASK_PATTERNS, random),
        }
    }

    /// The next unused title of a kind, `None` when all are used.
    pub(super) fn next(&mut self, kind: Kind) -> Option<Subject> {
        match kind {
            Kind::Story => self.stories.pop(),
            Kind::Bug => self.bugs.pop(),
            Kind::Debt => self.debts.pop(),
            Kind::Task => self.tasks.pop(),
        }
    }
}

/// Kinds of work in the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Story,
    Bug,
    Debt,
    Task,
}

impl Kind {
    /// The issue type it has in the export.
    pub(super) const fn issue_type(self) -> &'static str {
        match self {
            Self::Story => "Story",
            Self::Bug => "Bug",
            Self::Debt | Self::Task => "Task",
        }
    }
}

/// A description of one to three paragraphs, or none.
pub(super) fn description(kind: Kind, part: &str, random: &mut Random) -> String {
    if random.chance(15) {
        return String::new();
    }
    let sentences = if kind == Kind::Bug { BUG_SENTENCES } else { STORY_SENTENCES };
    let first = random.below(sentences.len());
    let count = random.between(1, 3) as usize;
    let mut text = String::new();
    if kind == Kind::Bug {
        text.push_str("h3. Steps\n# Open the page\n# Wait, then go back\n# Look at the result\n\n");
    }
    for place in 0..count {
        if place > 0 {
            text.push('\n');
        }
        text.push_str(&sentences[(first + place) % sentences.len()].replace("{}", part));
    }
    text
}

fn subjects(team: &Team, patterns: &[&str], random: &mut Random) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::with_capacity(team.parts.len() * patterns.len());
    for &part in team.parts {
        for pattern in patterns {
            let title = if let Some(rest) = pattern.strip_prefix("{}") {
                format!("{}{rest}", capitalised(part))
            } else {
                pattern.replace("{}", part)
            };
            subjects.push(Subject { title, part });
        }
    }
    random.shuffle(&mut subjects);
    subjects
}
