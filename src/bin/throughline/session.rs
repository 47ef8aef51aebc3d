//! The files of a call, and the engine that they are imported into.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use throughline::containers::{Limits, Part, Unpacked, kind_of, unpack};
use throughline::engine::{AddTerms, Engine, Request, Response, WORKSPACE_MAGIC, unpack_workspace_file};
use throughline::importers::{IMPORTERS, ImportJob, ImportSettings, Imported};
use throughline::messages::UserMessage;
use throughline::model::{Calendar, encode_dataset};

use super::output::{complain, in_a_line, progress};
use super::{DONE, REFUSED, Usage};

/// Bytes that tell a container.
const HEAD: u64 = 8;
/// Bytes read at a time.
const CHUNK: usize = 1 << 20;

#[derive(Args)]
pub(crate) struct Input {
    /// Exports of any kind that the page accepts, also in archives (.zip, .gz) and workbooks (.xlsx); or a workspace (.throughline)
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The time zone of dates that name none, and of the calendar
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    tz: String,
    /// What the files are, when their content does not say it: the id of an importer, such as jira-csv
    #[arg(long, value_name = "ID")]
    format: Option<String>,
}

/// An engine with an empty workspace, and how its files are read.
pub(crate) struct Session {
    pub(crate) engine: Engine,
    settings: ImportSettings,
    /// Files in the workspace.
    layers: usize,
}

impl Session {
    pub(crate) fn start(Input { tz: zone, format, .. }: &Input, name: &str) -> Result<Self, Usage> {
        let unknown =
            || Usage(format!("--tz {zone}: no such time zone. Use an IANA name such as UTC or Europe/Berlin."));
        let calendar = Calendar::new(zone).ok_or_else(unknown)?;
        if let Some(id) = format.as_ref().filter(|id| IMPORTERS.iter().all(|importer| importer.id != id.as_str())) {
            let known: Vec<&str> = IMPORTERS.iter().map(|importer| importer.id).collect();
            return Err(Usage(format!("--format {id}: no such format. These can be read: {}.", known.join(", "))));
        }
        let mut engine = Engine::default();
        let workspace = Request::NewWorkspace {
            id: "command-line".into(),
            name: name.to_owned(),
            zone: zone.clone(),
            sample: false,
        };
        match engine.handle(workspace) {
            Response::Failed(error) => Err(Usage(error.to_string())),
            _ => Ok(Self {
                engine,
                layers: 0,
                settings: ImportSettings { format: format.clone(), ..ImportSettings::new(calendar) },
            }),
        }
    }

    /// Imports every file; one that is refused does not stop the others.
    pub(crate) fn import_all(&mut self, files: &[PathBuf]) -> u8 {
        let mut code = DONE;
        for file in files {
            for outcome in self.import(file) {
                if let Err(message) = outcome {
                    complain(&in_a_line(&message));
                    code = REFUSED;
                }
            }
        }
        code
    }

    /// Imports a file, or each file in it when it is an archive or a workbook.
    fn import(&mut self, path: &Path) -> Vec<Result<(), UserMessage>> {
        let shown = path.display().to_string();
        let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
        let unreadable = |error: io::Error| UserMessage::unreadable_file(&shown, &error.to_string());
        match container(path, &shown) {
            Err(message) => vec![Err(message)],
            Ok(None) if is_workspace(path) => {
                let bytes = std::fs::read(path).map_err(unreadable);
                vec![bytes.and_then(|bytes| self.open(&shown, &bytes))]
            }
            Ok(None) => {
                let file = File::open(path).map_err(unreadable);
                vec![file.and_then(|file| self.import_one(&name, &shown, file))]
            }
            Ok(Some(bytes)) => match unpack(&name, &bytes, Limits::default(), &mut |_| {}) {
                Err(error) => vec![Err(UserMessage::refused_container(&shown, &error))],
                Ok(Unpacked { parts, left_out }) => {
                    for left in left_out {
                        complain(&format!("{} {}.", left.name, left.why));
                    }
                    let one = |part: &Part| {
                        if part.bytes.starts_with(WORKSPACE_MAGIC) {
                            self.open(&part.name, &part.bytes)
                        } else {
                            self.import_one(&part.name, &part.name, part.bytes.as_slice())
                        }
                    };
                    parts.iter().map(one).collect()
                }
            },
        }
    }

    /// Opens a workspace file; exports after it are added to it.
    fn open(&mut self, shown: &str, bytes: &[u8]) -> Result<(), UserMessage> {
        if self.layers > 0 {
            let next = "Name the workspace before the exports that are added to it, and only one workspace.";
            return Err(UserMessage::error(format!("{shown} was not opened."), next));
        }
        let parts = unpack_workspace_file(bytes).map_err(|error| UserMessage::engine(&error))?;
        let layers = parts.layers.into_iter().map(|(_, layer)| layer).collect();
        let opened = self.engine.handle(Request::OpenWorkspace { document: parts.document, layers });
        if let Response::Failed(error) = opened {
            return Err(UserMessage::engine(&error));
        }
        self.layers = self.engine.layer_hashes().len();
        Ok(())
    }

    fn import_one(&mut self, name: &str, shown: &str, content: impl Read) -> Result<(), UserMessage> {
        let imported = read_in_chunks(shown, content, ImportJob::new(name, self.settings.clone()))?;
        let request = Request::AddLayer {
            dataset: encode_dataset(&imported.dataset),
            report: Box::new(imported.report),
            terms: AddTerms::default(),
        };
        match self.engine.handle(request) {
            Response::Failed(error) => Err(UserMessage::engine(&error)),
            Response::Added { workspace, .. } if workspace.sources.len() == self.layers => {
                complain(&format!("{shown} brings nothing new: what it holds was imported before."));
                Ok(())
            }
            _ => {
                self.layers += 1;
                Ok(())
            }
        }
    }
}

/// True for a workspace that the page wrote.
fn is_workspace(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(WORKSPACE_MAGIC.len() as u64).read_to_end(&mut head));
    read.is_ok() && head == WORKSPACE_MAGIC
}

/// The bytes of a file that holds files; `None` when it is an ordinary one, which is read in chunks.
fn container(path: &Path, shown: &str) -> Result<Option<Vec<u8>>, UserMessage> {
    let unreadable = |error: io::Error| UserMessage::unreadable_file(shown, &error.to_string());
    let mut file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(HEAD).read_to_end(&mut bytes).map_err(unreadable)?;
    if kind_of(&bytes).is_none() {
        return Ok(None);
    }
    let size = file.metadata().map_err(unreadable)?.len();
    Limits::default().admit(size).map_err(|error| UserMessage::refused_container(shown, &error))?;
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(Some(bytes))
}

fn read_in_chunks(shown: &str, mut content: impl Read, mut job: ImportJob) -> Result<Imported, UserMessage> {
    let refused = |error| UserMessage::refused_file(shown, &error);
    let mut chunk = vec![0; CHUNK];
    let mut bytes = 0_u64;
    loop {
        let read = content.read(&mut chunk).map_err(|error| UserMessage::unreadable_file(shown, &error.to_string()))?;
        if read == 0 {
            break;
        }
        job.push(&chunk[..read]).map_err(refused)?;
        bytes += read as u64;
        progress(&format!("\r{shown}: {} MB, {} rows", bytes >> 20, job.rows()));
    }
    progress("\n");
    job.finish().map_err(refused)
}
