//! What is done to `dist/` after Trunk, and what is demanded of it.

mod files;
mod hosting;
mod index_html;
mod integrity;
mod offline;
pub(crate) mod sizes;

use anyhow::Result;
use std::path::Path;

/// Makes what Trunk has left a release: names it in its page, lists its files, and writes what hosts and browsers ask for by name.
pub(crate) fn finish(dist: &Path, version: &str) -> Result<()> {
    let worker_hash = index_html::finish(dist, version)?;
    // Named by its files, the page among them before it holds the name.
    let build = files::build_of(&files::of(dist)?);
    index_html::name_build(dist, &build)?;
    integrity::check(dist)?;
    hosting::write_not_found(dist)?;
    hosting::write_headers(dist)?;
    offline::write(dist, &files::of(dist)?, &build, &worker_hash)?;
    files::write(dist, version, &build)?;
    println!("build {build}");
    Ok(())
}
