//! `cargo xtask serve`: builds and shows the product.

use super::{Command, dist};
use crate::{needs, project::Project, site::Site};
use anyhow::{Result, ensure};
use clap::{Arg, ArgAction, ArgMatches, value_parser};

const PORT: u16 = 8080;

pub(super) const COMMAND: Command = Command {
    name: "serve",
    about: "Installs what is missing, builds in release and serves the product on this machine",
    options: |command| {
        command
            .arg(
                Arg::new("port")
                    .long("port")
                    .value_parser(value_parser!(u16))
                    .help("Port [default: 8080, or the next free one]"),
            )
            .arg(
                Arg::new("prefix")
                    .long("prefix")
                    .default_value("/")
                    .help("Folder under which the files appear, such as /a/b/"),
            )
            .arg(Arg::new("no-build").long("no-build").action(ArgAction::SetTrue).help("Serve dist/ as it is"))
    },
    run,
};

fn run(project: &Project, options: &ArgMatches) -> Result<()> {
    if options.get_flag("no-build") {
        ensure!(
            project.dist().join("index.html").is_file(),
            "dist/index.html is missing; run `cargo xtask dist` first"
        );
    } else {
        needs::provide(project, needs::TO_BUILD)?;
        dist::build(project)?;
    }
    let prefix = options.get_one::<String>("prefix").map_or("/", String::as_str);
    let site = match options.get_one::<u16>("port") {
        Some(port) => Site::open(project.dist(), prefix, *port)?,
        None => first_free(project, prefix)?,
    };
    println!("\nThroughline is at {} (Ctrl+C stops it)", site.address());
    site.serve()
}

/// The default port may be taken by another clone; the next few do as well.
fn first_free(project: &Project, prefix: &str) -> Result<Site> {
    (PORT..PORT + 20)
        .find_map(|port| Site::open(project.dist(), prefix, port).ok())
        .map_or_else(|| Site::open(project.dist(), prefix, PORT), Ok)
}
