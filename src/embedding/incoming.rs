//! What the page around a frame may say.

use super::{ExportOrder, LoadOrder, LoadProblem, PROTOCOL, PROTOCOL_NAME, Plain};
use crate::address::Theme;

/// A wish of the page around the frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// Are you there?
    Ping,
    /// The page around follows the height that it is told in this way.
    Resizes(Resizer),
    /// The page around has these colours. A Confluence user macro says it so, and follows the height as well.
    Theme {
        /// The colours.
        theme: Theme,
        /// Said by a Confluence user macro.
        by_confluence: bool,
    },
    /// Keys of the address, set anew.
    Set(Vec<(String, String)>),
    /// Look whether the published data has changed.
    Refresh,
    /// Print the frame.
    Print,
    /// Files to be shown, or why nothing of the message is; answered in either case.
    Load(Result<LoadOrder, LoadProblem>),
    /// A chart to be handed over as a file.
    Export(ExportOrder),
}

/// How the page around is told the height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resizer {
    /// Our own protocol: `resize`.
    Own,
    /// open-iframe-resizer: `iframe-resized`.
    OpenIframeResizer,
    /// The user macro of Confluence Data Center: `confluenceFrameHeight`.
    Confluence,
}

impl Incoming {
    /// Reads a message; `None` when it is none of ours. Never trusts a shape.
    pub fn read(message: &Plain) -> Option<Self> {
        match message {
            Plain::Text(text) => (text == "PING").then_some(Self::Ping),
            Plain::Fields(_) if message.field("app").is_some() => {
                let ours = message.text("app") == Some(PROTOCOL_NAME) && message.number("v") == Some(PROTOCOL);
                if ours { own(message) } else { None }
            }
            Plain::Fields(_) => foreign(message),
            _ => None,
        }
    }
}

fn own(message: &Plain) -> Option<Incoming> {
    Some(match message.text("type")? {
        "ping" if message.field("resize") == Some(&Plain::Switch(true)) => Incoming::Resizes(Resizer::Own),
        "ping" => Incoming::Ping,
        "theme" => Incoming::Theme { theme: Theme::from_id(message.text("theme")?)?, by_confluence: false },
        "set" => Incoming::Set(params(message.field("params")?)?),
        "refresh" => Incoming::Refresh,
        "print" => Incoming::Print,
        "load" => Incoming::Load(LoadOrder::read(message)),
        "export" => Incoming::Export(ExportOrder::read(message)),
        _ => return None,
    })
}

/// Texts by key; one value of another kind spoils the message.
fn params(params: &Plain) -> Option<Vec<(String, String)>> {
    let Plain::Fields(fields) = params else { return None };
    let pair = |(key, value): &(String, Plain)| match value {
        Plain::Text(text) => Some((key.clone(), text.clone())),
        _ => None,
    };
    fields.iter().map(pair).collect()
}

fn foreign(message: &Plain) -> Option<Incoming> {
    if let Some(mode) = message.text("confluenceColorMode") {
        // "light" and "dark"; what Confluence may add one day is left to the browser.
        let theme = Theme::from_id(mode).unwrap_or_default();
        return Some(Incoming::Theme { theme, by_confluence: true });
    }
    match message.text("type")? {
        "iframe-child-init" | "iframe-get-child-dimensions" => Some(Incoming::Resizes(Resizer::OpenIframeResizer)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedding::ExportFormat;

    fn ours<const N: usize>(fields: [(&str, Plain); N]) -> Plain {
        let mut all = vec![("app".to_owned(), PROTOCOL_NAME.into()), ("v".to_owned(), Plain::Number(1.0))];
        all.extend(fields.map(|(key, value)| (key.to_owned(), value)));
        Plain::Fields(all)
    }

    #[test]
    fn each_message_of_the_three_protocols_is_understood() {
        let table = [
            ("PING".into(), Incoming::Ping),
            (ours([("type", "ping".into())]), Incoming::Ping),
            (ours([("type", "ping".into()), ("resize", Plain::Switch(true))]), Incoming::Resizes(Resizer::Own)),
            (
                ours([("type", "theme".into()), ("theme", "dark".into())]),
                Incoming::Theme { theme: Theme::Dark, by_confluence: false },
            ),
            (
                ours([("type", "set".into()), ("params", Plain::fields([("f.team", "Core".into())]))]),
                Incoming::Set(vec![("f.team".to_owned(), "Core".to_owned())]),
            ),
            (ours([("type", "refresh".into())]), Incoming::Refresh),
            (ours([("type", "print".into())]), Incoming::Print),
            (ours([("type", "load".into())]), Incoming::Load(Err(LoadProblem::Files))),
            (
                ours([("type", "export".into()), ("format", "png".into())]),
                Incoming::Export(ExportOrder { reply: None, format: Ok(ExportFormat::Png), chart: None }),
            ),
            (Plain::fields([("type", "iframe-child-init".into())]), Incoming::Resizes(Resizer::OpenIframeResizer)),
            (
                Plain::fields([("type", "iframe-get-child-dimensions".into())]),
                Incoming::Resizes(Resizer::OpenIframeResizer),
            ),
            (
                Plain::fields([("confluenceColorMode", "dark".into())]),
                Incoming::Theme { theme: Theme::Dark, by_confluence: true },
            ),
            (
                Plain::fields([("confluenceColorMode", "sepia".into())]),
                Incoming::Theme { theme: Theme::Auto, by_confluence: true },
            ),
        ];
        for (message, expected) in table {
            assert_eq!(Incoming::read(&message), Some(expected), "{message:?}");
        }
    }

    #[test]
    fn spoofed_and_broken_shapes_are_not_answered() {
        let nothing = || Plain::Fields(Vec::new());
        let table = [
            "ping".into(),
            "".into(),
            Plain::Number(1.0),
            Plain::Switch(true),
            Plain::Other,
            Plain::List(vec!["PING".into()]),
            nothing(),
            ours([]),
            ours([("type", "eval".into())]),
            ours([("type", Plain::Number(1.0))]),
            ours([("type", nothing())]),
            ours([("type", "theme".into())]),
            ours([("type", "theme".into()), ("theme", "pink".into())]),
            ours([("type", "theme".into()), ("theme", Plain::List(vec!["dark".into()]))]),
            ours([("type", "set".into())]),
            ours([("type", "set".into()), ("params", "f.team=Core".into())]),
            ours([("type", "set".into()), ("params", Plain::fields([("f.team", Plain::Number(1.0))]))]),
            ours([("type", "set".into()), ("params", Plain::fields([("f.team", nothing())]))]),
            Plain::fields([("type", "ping".into())]),
            Plain::fields([("app", "throughline".into()), ("v", Plain::Number(1.0)), ("type", "ping".into())]),
            Plain::fields([("app", "Throughline".into()), ("v", Plain::Number(2.0)), ("type", "ping".into())]),
            Plain::fields([("app", "Throughline".into()), ("v", "1".into()), ("type", "ping".into())]),
            Plain::fields([("app", "Other".into()), ("type", "iframe-child-init".into())]),
            Plain::fields([("app", nothing()), ("confluenceColorMode", "dark".into())]),
            Plain::fields([("confluenceColorMode", Plain::Number(1.0))]),
            Plain::fields([("type", "iframe-resized".into()), ("height", Plain::Number(9e9))]),
            Plain::fields([("confluenceFrameHeight", Plain::Number(9e9))]),
            Plain::fields([("__proto__", nothing()), ("constructor", "x".into())]),
        ];
        for message in table {
            assert_eq!(Incoming::read(&message), None, "{message:?}");
        }
    }
}
