//! What is done to `dist/` after Trunk, and what is demanded of it.

pub(crate) mod index_html;
pub(crate) mod integrity;
pub(crate) mod sizes;
