//! The one style sheet of the report, and the policy that allows it and nothing else.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::pictures::dark_style;

/// The tokens of the product, the rules of the report, and the dark colours of its pictures.
pub(super) fn style() -> &'static str {
    static STYLE: LazyLock<String> = LazyLock::new(|| {
        [include_str!("../../../style/tokens.css"), include_str!("../../../style/report.css"), dark_style()].concat()
    });
    &STYLE
}

/// No script, no request, no frame, no form: the style sheet alone, by its hash.
pub(super) fn policy() -> String {
    let hash = BASE64_STANDARD.encode(Sha256::digest(style().as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}
