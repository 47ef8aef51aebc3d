//! What a static site serves: a workspace of which the parts that must not be told were taken out, the answers to the questions
//! of its views, and a manifest that names both.
//!
//! Order matters: first the dataset and what the user said about it are redacted ([`redact`]), then an engine computes from what
//! is left ([`bundle`]). So no name that was taken out can be in an answer. The same input gives the same bytes.

mod age;
mod answers;
mod bundle;
mod manifest;
mod names;
mod redact;
mod redaction;
mod site_check;
mod sums;
mod views;

pub use age::{DataAge, Freshness};
pub use answers::{AnswerBook, AnswersError, counted_list, items_at};
pub use bundle::{Bundle, BundleError, BundleFile, BundleOrder, CONFIG_PATH, MANIFEST_PATH, bundle};
pub use manifest::{Brand, FileEntry, FileKind, MANIFEST_SCHEMA, Manifest, ManifestError, SiteConfig};
pub use names::{Preview, PublicNames};
pub use redact::redact;
pub use redaction::{Redaction, RedactionError};
pub use site_check::check_address;
pub use views::{ITEMS, OVERVIEW, PublishableView, publishable_views};
