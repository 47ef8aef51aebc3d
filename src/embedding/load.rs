//! Data that the page around a frame hands over: what of a message is taken, and why the rest is not.

use super::Plain;

/// Files of one message beyond which nothing of it is taken.
pub const MOST_GIVEN_FILES: usize = 64;
/// Bytes of all files of one message beyond which nothing of it is taken: a frame shares its memory with the page around.
pub const MOST_GIVEN_BYTES: u64 = 256 * 1024 * 1024;
/// Characters of a name beyond which it is refused: it is shown in a question.
const LONGEST_NAME: usize = 255;
/// What the data is called when nobody says.
const UNNAMED: &str = "Data of this page";

/// Files to be shown in place of what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOrder {
    /// What the data is called; never empty.
    pub name: String,
    /// The files, at least one.
    pub files: Vec<GivenFile>,
}

/// A file of a message. Its bytes stay where the browser has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFile {
    /// Its name, as the page around writes it: a text and nothing else.
    pub name: String,
    /// How many bytes, more than 0.
    pub bytes: u64,
    /// Which of the buffers of the message.
    pub place: usize,
}

/// Why nothing of a message is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadProblem {
    /// It asks that the data be kept.
    Keep,
    /// `keep` or `name` is of another kind, or too long.
    Field(&'static str),
    /// `files` is no list of one to [`MOST_GIVEN_FILES`] files.
    Files,
    /// A file has no name that is a text; which, from 1.
    FileName(usize),
    /// A file has no buffer.
    NoBuffer(String),
    /// A buffer holds no byte.
    EmptyBuffer(String),
    /// More bytes than are taken.
    TooLarge,
    /// The browser did not make a file of a buffer: name, and its words.
    Unusable(String, String),
    /// The frame is in a sandbox in which only workspace files can be read.
    Sandboxed,
    /// Data is being read or asked about.
    Busy,
    /// The site takes data of its own origin and of those that it is set up for, and asks nobody.
    NotHere,
    /// The reader said no.
    Refused,
    /// The reader left the files out or cancelled.
    LeftOut,
}

impl LoadProblem {
    /// What happened, and the next step.
    pub fn words(&self) -> String {
        match self {
            Self::Keep => "Nothing was loaded: an embedded page keeps nothing. Send keep: false, or leave keep out.".to_owned(),
            Self::Field(field) => format!(
                "Nothing was loaded: \"{field}\" is not of the kind that docs/embedding.md names. Send name as a text of at most {LONGEST_NAME} characters and keep as false."
            ),
            Self::Files => format!(
                "Nothing was loaded: \"files\" must be a list of 1 to {MOST_GIVEN_FILES} objects, each with a name and a buffer. Correct it and send it again."
            ),
            Self::FileName(number) => format!(
                "Nothing was loaded: file {number} has no name, or one that is not a text of 1 to {LONGEST_NAME} characters. Name it and send it again."
            ),
            Self::NoBuffer(name) => format!(
                "Nothing was loaded: {name} has no buffer. Send its bytes as an ArrayBuffer, a view of one or a Blob."
            ),
            Self::EmptyBuffer(name) => format!(
                "Nothing was loaded: the buffer of {name} holds no bytes. It may have been transferred before; send a fresh one."
            ),
            Self::TooLarge => format!(
                "Nothing was loaded: the files are larger than {} MB together. Send fewer rows, or publish the data beside the app.",
                MOST_GIVEN_BYTES / (1024 * 1024)
            ),
            Self::Unusable(name, why) => {
                format!("Nothing was loaded: the browser could not hold {name} ({why}). Send its bytes as an ArrayBuffer of a fixed size.")
            }
            Self::Sandboxed => "Nothing was loaded: the frame is in a sandbox without allow-same-origin, where only .throughline files can be read. Give the frame allow-same-origin, or hand over a workspace file.".to_owned(),
            Self::Busy => "Nothing was loaded: data is being read or asked about already. Send it again after the next state or error.".to_owned(),
            Self::NotHere => "Nothing was loaded: this site takes data only from pages of its own origin and of those in embedOrigins of its app.config.json. Ask whoever runs it.".to_owned(),
            Self::Refused => "Nothing was loaded: the reader refused it. What was shown is shown on.".to_owned(),
            Self::LeftOut => "Nothing was loaded: the reader cancelled, or left the files out. What was shown is shown on.".to_owned(),
        }
    }
}

impl LoadOrder {
    /// Reads a message of type `load`.
    pub fn read(message: &Plain) -> Result<Self, LoadProblem> {
        match message.field("keep") {
            None | Some(Plain::Switch(false)) => {}
            Some(Plain::Switch(true)) => return Err(LoadProblem::Keep),
            Some(_) => return Err(LoadProblem::Field("keep")),
        }
        let name = match message.field("name") {
            None => UNNAMED,
            Some(Plain::Text(name)) if name.trim().is_empty() => UNNAMED,
            Some(Plain::Text(name)) if is_short(name) => name,
            Some(_) => return Err(LoadProblem::Field("name")),
        };
        let Some(Plain::List(files)) = message.field("files") else { return Err(LoadProblem::Files) };
        if files.is_empty() || files.len() > MOST_GIVEN_FILES {
            return Err(LoadProblem::Files);
        }
        let files = files.iter().enumerate().map(|(position, file)| given(position, file));
        let files: Vec<GivenFile> = files.collect::<Result<_, _>>()?;
        if files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.bytes)) > MOST_GIVEN_BYTES {
            return Err(LoadProblem::TooLarge);
        }
        Ok(Self { name: name.to_owned(), files })
    }

    /// True when all files are workspaces by their names, which need no worker to be read.
    pub fn is_of_workspaces(&self) -> bool {
        self.files.iter().all(|file| file.name.to_lowercase().ends_with(".throughline"))
    }
}

fn is_short(name: &str) -> bool {
    name.chars().nth(LONGEST_NAME).is_none()
}

fn given(position: usize, file: &Plain) -> Result<GivenFile, LoadProblem> {
    let name = file.text("name").filter(|name| !name.trim().is_empty() && is_short(name));
    let name = name.ok_or(LoadProblem::FileName(position + 1))?.to_owned();
    match file.field("buffer") {
        Some(Plain::Buffer { bytes: 0, .. }) => Err(LoadProblem::EmptyBuffer(name)),
        Some(&Plain::Buffer { place, bytes }) => Ok(GivenFile { name, bytes, place }),
        _ => Err(LoadProblem::NoBuffer(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, place: usize, bytes: u64) -> Plain {
        Plain::fields([("name", name.into()), ("buffer", Plain::Buffer { place, bytes })])
    }

    fn files(files: Vec<Plain>) -> (&'static str, Plain) {
        ("files", Plain::List(files))
    }

    #[test]
    fn files_keep_their_names_and_places_whatever_their_names_are() {
        let hostile = "../../<img src=x onerror=alert(1)>\u{202e}vsc.exe\u{0}";
        let message = Plain::fields([
            ("name", "Sprint 12".into()),
            files(vec![file("a.csv", 1, 12), file(hostile, 0, MOST_GIVEN_BYTES - 12)]),
            ("keep", Plain::Switch(false)),
        ]);
        let order = LoadOrder::read(&message).unwrap();
        assert_eq!(order.name, "Sprint 12");
        assert_eq!(order.files[0], GivenFile { name: "a.csv".to_owned(), bytes: 12, place: 1 });
        assert_eq!((order.files[1].name.as_str(), order.files[1].place), (hostile, 0));
        assert!(!order.is_of_workspaces());
        let workspaces = Plain::fields([files(vec![file("a.throughline", 0, 1), file("B.Throughline", 1, 1)])]);
        assert!(LoadOrder::read(&workspaces).unwrap().is_of_workspaces());
    }

    #[test]
    fn data_without_a_name_gets_one() {
        for name in [None, Some(""), Some("  ")] {
            let mut fields = vec![("files".to_owned(), Plain::List(vec![file("a.csv", 0, 1)]))];
            fields.extend(name.map(|name| ("name".to_owned(), name.into())));
            assert_eq!(LoadOrder::read(&Plain::Fields(fields)).unwrap().name, UNNAMED);
        }
    }

    #[test]
    fn what_is_not_as_agreed_is_refused_with_the_reason() {
        let one = || file("a.csv", 0, 1);
        let long = "x".repeat(LONGEST_NAME + 1);
        let table = [
            (Plain::fields([]), LoadProblem::Files),
            (Plain::fields([("files", "a.csv".into())]), LoadProblem::Files),
            (Plain::fields([("files", Plain::Other)]), LoadProblem::Files),
            (Plain::fields([files(vec![])]), LoadProblem::Files),
            (Plain::fields([files(vec![one(); MOST_GIVEN_FILES + 1])]), LoadProblem::Files),
            (Plain::fields([files(vec![one(), "b.csv".into()])]), LoadProblem::FileName(2)),
            (
                Plain::fields([files(vec![Plain::fields([("buffer", Plain::Buffer { place: 0, bytes: 1 })])])]),
                LoadProblem::FileName(1),
            ),
            (Plain::fields([files(vec![file("", 0, 1)])]), LoadProblem::FileName(1)),
            (Plain::fields([files(vec![file(&long, 0, 1)])]), LoadProblem::FileName(1)),
            (Plain::fields([files(vec![Plain::fields([("name", Plain::Number(7.0))])])]), LoadProblem::FileName(1)),
            (
                Plain::fields([files(vec![Plain::fields([("name", "a.csv".into())])])]),
                LoadProblem::NoBuffer("a.csv".to_owned()),
            ),
            (
                Plain::fields([files(vec![Plain::fields([("name", "a.csv".into()), ("buffer", "key,title".into())])])]),
                LoadProblem::NoBuffer("a.csv".to_owned()),
            ),
            (Plain::fields([files(vec![file("a.csv", 0, 0)])]), LoadProblem::EmptyBuffer("a.csv".to_owned())),
            (Plain::fields([files(vec![one(), file("b.csv", 1, MOST_GIVEN_BYTES)])]), LoadProblem::TooLarge),
            (Plain::fields([files(vec![file("a", 0, u64::MAX), file("b", 1, u64::MAX)])]), LoadProblem::TooLarge),
            (Plain::fields([files(vec![one()]), ("keep", Plain::Switch(true))]), LoadProblem::Keep),
            (Plain::fields([files(vec![one()]), ("keep", "false".into())]), LoadProblem::Field("keep")),
            (Plain::fields([files(vec![one()]), ("name", Plain::Number(1.0))]), LoadProblem::Field("name")),
            (Plain::fields([files(vec![one()]), ("name", long.as_str().into())]), LoadProblem::Field("name")),
        ];
        for (message, expected) in table {
            assert_eq!(LoadOrder::read(&message), Err(expected), "{message:?}");
        }
    }

    #[test]
    fn every_problem_says_that_nothing_was_loaded_and_the_next_step() {
        use LoadProblem::{
            Busy, EmptyBuffer, Field, FileName, Files, Keep, LeftOut, NoBuffer, NotHere, Refused, Sandboxed, TooLarge,
            Unusable,
        };
        let name = || "a.csv".to_owned();
        let all = [
            Keep,
            Field("name"),
            Files,
            FileName(1),
            NoBuffer(name()),
            EmptyBuffer(name()),
            TooLarge,
            Unusable(name(), "no".to_owned()),
            Sandboxed,
            Busy,
            NotHere,
            Refused,
            LeftOut,
        ];
        for problem in all {
            let words = problem.words();
            assert!(words.starts_with("Nothing was loaded: ") && words.matches(". ").count() >= 1, "{words}");
        }
    }
}
