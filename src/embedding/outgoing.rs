//! What a frame tells the page around it.

use super::{PROTOCOL, PROTOCOL_NAME, Plain, Resizer};

/// What our own protocol offers, named in `ready`.
const OFFERS: [&str; 6] = ["resize", "theme", "set", "refresh", "load", "export"];

/// A message to the page around.
#[derive(Debug, Clone, PartialEq)]
pub enum Outgoing {
    /// The frame listens.
    Ready {
        /// Version of the app.
        version: String,
    },
    /// The content's size in CSS pixels, in the words of the host's resizer.
    Resize {
        /// Who is told.
        by: Resizer,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// What is shown: ids and words of the product, nothing of the data.
    State {
        /// Id of the view.
        view: String,
        /// Id of the chart; empty = the whole view.
        chart: String,
        /// Title of the chart or the view.
        title: String,
        /// What only a trusted page may know: the day of the data and the settings of the question.
        known: Option<Known>,
    },
    /// Why nothing, or not the newest, is shown.
    Error {
        /// Which of few reasons.
        code: ErrorCode,
    },
    /// Why something that the page around asked for was not done. The words may name what it sent: for the page that asked, and no
    /// other.
    Refused {
        /// Which of few reasons.
        code: ErrorCode,
        /// What happened and the next step.
        words: String,
        /// What the page around gave to know the answer by.
        reply: Option<Plain>,
    },
    /// A chart as a file. For the page that asked, and no other.
    Exported {
        /// What the page around gave to know the answer by.
        reply: Option<Plain>,
        /// Media type of the file.
        mime: &'static str,
        /// Its size. The bytes go along with the message.
        bytes: u64,
    },
    /// The user opens the same outside of the frame.
    Open {
        /// Its address.
        url: String,
    },
}

/// What only the page's own origin and those that the site is set up for may know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Last day of the data, ISO; empty when unknown.
    pub as_of: String,
    /// The question, as keys of the address.
    pub params: Vec<(String, String)>,
}

/// Reasons of an error. The words are ours alone, so that none tells of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// The source of the data may not be fetched.
    SourceDenied,
    /// There is no data to show.
    Empty,
    /// The data was not understood or not found.
    NotOpened,
    /// Data that was handed over is not shown.
    LoadRefused,
    /// No chart is handed over.
    ExportRefused,
    /// A key of the address was not understood.
    BadParameter,
}

impl ErrorCode {
    /// The code on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SourceDenied => "src-denied",
            Self::Empty => "empty",
            Self::NotOpened => "parse",
            Self::LoadRefused => "load-refused",
            Self::ExportRefused => "export-refused",
            Self::BadParameter => "bad-parameter",
        }
    }

    /// What it means, with the next step.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SourceDenied => {
                "The address names data that may not be fetched. Publish it beside the app, or name its host in dataOrigins of app.config.json."
            }
            Self::Empty => {
                "There is nothing to show. Publish a workspace beside the app, name one with src=, or hand data over with load."
            }
            Self::NotOpened => {
                "The data could not be opened. Open the address in a tab of its own, or look at the frame, to see why."
            }
            Self::LoadRefused => {
                "The data was not loaded. Why is told to pages that have an origin: give yours allow-same-origin."
            }
            Self::ExportRefused => {
                "Nothing was exported. Charts are handed to pages that have an origin: give yours allow-same-origin."
            }
            Self::BadParameter => "A key or value was not understood and left out. docs/embedding.md lists them.",
        }
    }
}

impl Outgoing {
    /// As plain values. `id` is the frame's name, given back so that a host with several frames can tell them apart.
    pub fn plain(&self, id: &str) -> Plain {
        let text = |text: &str| Plain::Text(text.to_owned());
        let own = |kind: &str, more: Vec<(&str, Plain)>| {
            let head =
                [("app", text(PROTOCOL_NAME)), ("v", Plain::Number(PROTOCOL)), ("type", text(kind)), ("id", text(id))];
            Plain::Fields(head.into_iter().chain(more).map(|(key, value)| (key.to_owned(), value)).collect())
        };
        match self {
            Self::Ready { version } => {
                let offers = OFFERS.iter().map(|offer| text(offer)).collect();
                own("ready", vec![("caps", Plain::List(offers)), ("version", text(version))])
            }
            &Self::Resize { by, width, height } => resize(by, width, height, own),
            Self::State { view, chart, title, known } => {
                let mut fields = vec![("view", text(view)), ("chart", text(chart)), ("title", text(title))];
                if let Some(known) = known {
                    let params = known.params.iter().map(|(key, value)| (key.clone(), text(value))).collect();
                    fields.extend([("asOf", text(&known.as_of)), ("params", Plain::Fields(params))]);
                }
                own("state", fields)
            }
            Self::Error { code } => own("error", vec![("code", text(code.id())), ("message", text(code.words()))]),
            Self::Refused { code, words, reply } => {
                let told = vec![("code", text(code.id())), ("message", text(words))];
                own("error", told.into_iter().chain(reply.clone().map(|reply| ("reply", reply))).collect())
            }
            &Self::Exported { ref reply, mime, bytes } => {
                let file = vec![("mime", text(mime)), ("buffer", Plain::Buffer { place: 0, bytes })];
                own("exported", file.into_iter().chain(reply.clone().map(|reply| ("reply", reply))).collect())
            }
            Self::Open { url } => own("open", vec![("url", text(url))]),
        }
    }
}

fn resize(by: Resizer, width: f64, height: f64, own: impl Fn(&str, Vec<(&str, Plain)>) -> Plain) -> Plain {
    let (width, height) = (Plain::Number(width), Plain::Number(height));
    match by {
        Resizer::Own => own("resize", vec![("width", width), ("height", height)]),
        Resizer::OpenIframeResizer => {
            Plain::fields([("type", "iframe-resized".into()), ("width", width), ("height", height)])
        }
        Resizer::Confluence => Plain::fields([("confluenceFrameHeight", height)]),
    }
}

/// The same size for each that has asked for it.
pub fn heights(asked: &[Resizer], width: f64, height: f64) -> Vec<Outgoing> {
    asked.iter().map(|&by| Outgoing::Resize { by, width, height }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_resizer_is_told_in_its_own_words() {
        let told: Vec<Plain> = heights(&[Resizer::Own, Resizer::OpenIframeResizer, Resizer::Confluence], 700.0, 420.0)
            .iter()
            .map(|message| message.plain("a"))
            .collect();
        let size = [("width", Plain::Number(700.0)), ("height", Plain::Number(420.0))];
        let [width, height] = size;
        assert_eq!(
            told,
            [
                Plain::fields([
                    ("app", "Throughline".into()),
                    ("v", Plain::Number(1.0)),
                    ("type", "resize".into()),
                    ("id", "a".into()),
                    width.clone(),
                    height.clone(),
                ]),
                Plain::fields([("type", "iframe-resized".into()), width, height]),
                Plain::fields([("confluenceFrameHeight", Plain::Number(420.0))]),
            ]
        );
    }

    #[test]
    fn the_state_tells_of_the_data_only_when_the_page_around_may_know() {
        let state = |known| Outgoing::State {
            view: "burnup".to_owned(),
            chart: "burnup".to_owned(),
            title: "Burn-up".to_owned(),
            known,
        };
        let told = state(None).plain("");
        assert_eq!((told.field("asOf"), told.field("params")), (None, None));
        let known = Known { as_of: "2026-11-23".to_owned(), params: vec![("f.team".to_owned(), "Core".to_owned())] };
        let told = state(Some(known)).plain("");
        assert_eq!(told.text("asOf"), Some("2026-11-23"));
        assert_eq!(told.field("params").and_then(|params| params.text("f.team")), Some("Core"));
    }

    #[test]
    fn an_answer_gives_back_what_it_is_known_by() {
        let reply = Some(Plain::Number(7.0));
        let told = Outgoing::Exported { reply: reply.clone(), mime: "image/png", bytes: 12 }.plain("a");
        assert_eq!(
            (told.text("type"), told.text("mime"), told.text("id")),
            (Some("exported"), Some("image/png"), Some("a"))
        );
        assert_eq!(
            (told.number("reply"), told.field("buffer")),
            (Some(7.0), Some(&Plain::Buffer { place: 0, bytes: 12 }))
        );
        let code = ErrorCode::ExportRefused;
        let told = Outgoing::Refused { code, words: "No. Ask again.".to_owned(), reply }.plain("");
        assert_eq!((told.text("code"), told.text("message")), (Some("export-refused"), Some("No. Ask again.")));
        assert_eq!(told.number("reply"), Some(7.0));
        let told = Outgoing::Refused { code, words: String::new(), reply: None }.plain("");
        assert_eq!(told.field("reply"), None);
    }

    #[test]
    fn every_error_says_the_next_step() {
        use ErrorCode::{BadParameter, Empty, ExportRefused, LoadRefused, NotOpened, SourceDenied};
        for code in [SourceDenied, Empty, NotOpened, LoadRefused, ExportRefused, BadParameter] {
            let told = Outgoing::Error { code }.plain("");
            assert_eq!(told.text("code"), Some(code.id()));
            assert!(told.text("message").unwrap().matches('.').count() >= 2, "{}", code.words());
        }
    }
}
