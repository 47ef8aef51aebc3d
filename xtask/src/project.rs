//! Where things are in the repository, and how programs are started in it.

use anyhow::{Context as _, Result, bail};
use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The repository and the tools it installed.
pub(crate) struct Project {
    root: PathBuf,
    tools: PathBuf,
}

impl Project {
    pub(crate) fn open() -> Result<Self> {
        // As `cargo run` says it now: clones that share a target folder share this program too.
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package).parent().context("xtask has no parent folder")?.to_owned();
        let cargo_home = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
            .context("neither CARGO_HOME nor a home folder is set; set CARGO_HOME")?;
        Ok(Self { root, tools: cargo_home.join("throughline-tools") })
    }

    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        // A relative one is meant from the root, where every command is started.
        self.path(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
    }

    /// Where `cargo install` puts what this repository needs: outside `~/.cargo/bin`, so that other versions of the
    /// same tools stay as they are, and outside the clone, so that the next clone has them at once.
    pub(crate) fn tools(&self) -> &Path {
        &self.tools
    }

    pub(crate) fn read(&self, relative: &str) -> Result<String> {
        let path = self.path(relative);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// The version of a crate in Cargo.lock.
    pub(crate) fn locked_version(&self, crate_name: &str) -> Result<String> {
        let lock: toml::Table = self.read("Cargo.lock")?.parse().context("Cargo.lock is not valid TOML")?;
        lock.get("package")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .find(|package| package.get("name").and_then(toml::Value::as_str) == Some(crate_name))
            .and_then(|package| package.get("version")?.as_str())
            .map(str::to_owned)
            .with_context(|| format!("Cargo.lock names no crate `{crate_name}`"))
    }

    /// A program started in the repository's root that finds our tools and those of npm first.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(self.find(program.as_ref()).unwrap_or_else(|| program.as_ref().into()));
        command.current_dir(&self.root).env("PATH", self.search_path());
        // It would replace the flags of .cargo/config.toml, and with them WebAssembly SIMD, without a word.
        command.env_remove("RUSTFLAGS");
        command
    }

    /// The full path of a program, looked for where [`Self::command`] looks.
    pub(crate) fn find(&self, program: &OsStr) -> Option<PathBuf> {
        let names = [program.to_owned(), {
            let mut name = program.to_owned();
            name.push(env::consts::EXE_SUFFIX);
            name
        }];
        env::split_paths(&self.search_path())
            .flat_map(|folder| names.clone().map(|name| folder.join(name)))
            .find(|path| path.is_file())
    }

    fn search_path(&self) -> std::ffi::OsString {
        let own = [self.tools.join("bin"), self.path("node_modules/.bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        // A folder whose name holds the separator cannot be on any PATH; then the inherited one has to do.
        env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).unwrap_or(inherited)
    }
}

/// Runs a command with its output on the terminal; an error names the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", line(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// The standard output of a command; an error carries what the command said.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", line(command)))?;
    if !output.status.success() {
        bail!("{} failed ({}): {}", line(command), output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>();
    format!("`{}`", words.join(" "))
}
