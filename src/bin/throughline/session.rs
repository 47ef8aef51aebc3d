//! The files of a call, and the engine that they are imported into.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use throughline::containers::{Limits, Unpacked, kind_of, unpack};
use throughline::engine::{AddTerms, Engine, Request, Response};
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
    /// Exports of any kind that the page accepts, also in archives (.zip, .gz) and workbooks (.xlsx)
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
                    parts.iter().map(|part| self.import_one(&part.name, &part.name, part.bytes.as_slice())).collect()
                }
            },
        }
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
