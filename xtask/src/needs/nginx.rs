//! nginx, the host on which the browser tests look at what `docs/nginx.conf` promises. They start servers of their own; one that
//! the package may start is not used.

use super::{Need, debian};
use crate::project::Project;
use std::{env, ffi::OsStr, path::PathBuf};

pub(super) const NEED: Need = Need {
    name: |_| Ok("nginx".to_owned()),
    present: |project| Ok(nginx(project).map(|path| path.display().to_string())),
    install: |project| debian::install(project, &["nginx-light"]),
    by_hand: |_| {
        Ok("install nginx (Debian: `apt-get install --no-install-recommends nginx-light`) or set NGINX to its path"
            .to_owned())
    },
};

/// `$NGINX`, else one of the system, which may be outside the search path of ordinary users.
fn nginx(project: &Project) -> Option<PathBuf> {
    let named = env::var_os("NGINX").map(PathBuf::from);
    let found = || project.find(OsStr::new("nginx"));
    named.or_else(found).or_else(|| Some("/usr/sbin/nginx".into())).filter(|path| path.is_file())
}
