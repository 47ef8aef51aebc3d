//! Why a whole container is refused.

use serde::{Deserialize, Serialize};

use super::LeftOut;

/// How many things a refusal names.
const NAMED: usize = 3;

/// Why nothing of a container can be imported. The words follow the container's name and end with the next step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ContainerError {
    /// Its first bytes are those of no container.
    #[error("this is neither a ZIP archive, nor a gzip file, nor an Excel workbook. Drop the export itself")]
    NotAContainer,
    /// Its content is that of another kind of document.
    #[error("this is {found}, which is not read here. {next}")]
    WrongKind {
        /// What it is, with article: "a Word document".
        found: String,
        /// What to do.
        next: String,
    },
    /// It cannot be taken apart.
    #[error("the file is damaged: {what}. Export or download it again")]
    Damaged {
        /// What is wrong.
        what: String,
    },
    /// More than can be held, or made to be.
    #[error("unpacking was stopped: {what}. {next}")]
    TooLarge {
        /// The measure and the limit.
        what: String,
        /// What to do.
        next: String,
    },
    /// It could be opened, but holds nothing to import.
    #[error("nothing in it can be imported: {what}. Drop an archive or workbook that holds exports")]
    NothingInside {
        /// What is in it.
        what: String,
    },
}

impl ContainerError {
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }

    pub(super) fn wrong_kind(found: &str, next: &str) -> Self {
        Self::WrongKind { found: found.to_owned(), next: next.to_owned() }
    }

    pub(super) fn too_large(what: String) -> Self {
        Self::TooLarge { what, next: "Unpack it yourself and drop the files you need".to_owned() }
    }

    pub(super) fn nothing_inside(left_out: &[LeftOut]) -> Self {
        let named: Vec<String> =
            left_out.iter().take(NAMED).map(|LeftOut { name, why }| format!("{name} {why}")).collect();
        let more = left_out.len().saturating_sub(NAMED);
        let what = match (named.is_empty(), more) {
            (true, _) => "it is empty".to_owned(),
            (false, 0) => named.join("; "),
            (false, more) => format!("{}; and {more} more", named.join("; ")),
        };
        Self::NothingInside { what }
    }
}
