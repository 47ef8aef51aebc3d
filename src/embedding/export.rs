//! A chart that the page around a frame asks for: as which file, of which of the charts shown, and why not.

use super::Plain;
use crate::address::chart_of;

/// What a chart is handed over as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Pixels.
    Png,
    /// Drawn sharp at any size.
    Svg,
    /// The numbers.
    Csv,
}

impl ExportFormat {
    fn from_id(id: &str) -> Option<Self> {
        match id {
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// A chart to be handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportOrder {
    /// Given back with the answer, so that whoever asked twice can tell the answers apart: a text or a number.
    pub reply: Option<Plain>,
    /// As what; `Err` when the message does not say it in a way that is known.
    pub format: Result<ExportFormat, ExportProblem>,
    /// Id of the chart; `None` = the only one.
    pub chart: Option<String>,
}

/// Why no chart is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportProblem {
    /// The page around may not have it.
    NotYours,
    /// The page around does not say where it is from.
    NoOrigin,
    /// `format` is none that is known.
    Format,
    /// `chart` is no text.
    Chart,
    /// No chart is shown.
    NothingShown,
    /// Several are shown, and none of them was named: their ids.
    Several(Vec<&'static str>),
    /// The chart that was named is not shown: its name, and the ids of those that are.
    NotShown(String, Vec<&'static str>),
    /// The chart has no numbers, or its drawing is not finished: its id.
    NotDrawn(&'static str),
    /// The browser made no file of it: its id, and why.
    Failed(&'static str, String),
}

impl ExportProblem {
    /// What happened, and the next step.
    pub fn words(&self) -> String {
        match self {
            Self::NotYours => "Nothing was exported: the data shown did not come from your page, and its origin is not in embedOrigins of the app's app.config.json. Ask whoever runs the app to name it there.".to_owned(),
            Self::NoOrigin => "Nothing was exported: your page has no origin to which alone the file could be sent, as in a sandbox. Give it allow-same-origin.".to_owned(),
            Self::Format => "Nothing was exported: the format is not known. Ask for \"png\", \"svg\" or \"csv\".".to_owned(),
            Self::Chart => "Nothing was exported: \"chart\" is not a text. Name a chart by its id.".to_owned(),
            Self::NothingShown => "Nothing was exported: no chart is shown. Wait for the next state, or show one with chart= in the address.".to_owned(),
            Self::Several(shown) => format!("Nothing was exported: several charts are shown. Say which one: chart: \"{}\".", shown.join("\" or \"")),
            Self::NotShown(asked, shown) if shown.is_empty() => format!("Nothing was exported: the chart \"{asked}\" is not shown, and no other is. Wait for the next state, or show it with chart= in the address."),
            Self::NotShown(asked, shown) => format!("Nothing was exported: the chart \"{asked}\" is not shown. Ask for \"{}\".", shown.join("\" or \"")),
            Self::NotDrawn(chart) => format!("Nothing was exported: {chart} is not drawn, or not yet. Ask again in a moment; if it stays so, the frame says why."),
            Self::Failed(chart, why) => format!("Nothing was exported: {chart} could not be made into a file ({why}). Ask again, or for another format."),
        }
    }
}

impl ExportOrder {
    /// Reads a message of type `export`.
    pub fn read(message: &Plain) -> Self {
        let reply = message.field("reply").filter(|reply| matches!(reply, Plain::Text(_) | Plain::Number(_))).cloned();
        let mut format = message.text("format").and_then(ExportFormat::from_id).ok_or(ExportProblem::Format);
        let chart = match message.field("chart") {
            None => None,
            Some(Plain::Text(chart)) => Some(chart_of(chart).to_owned()),
            Some(_) => {
                format = Err(ExportProblem::Chart);
                None
            }
        };
        Self { reply, format, chart }
    }

    /// Which of the charts shown is asked for: its position.
    pub fn chosen(&self, shown: &[&'static str]) -> Result<usize, ExportProblem> {
        match (&self.chart, shown) {
            (Some(asked), _) => {
                let place = shown.iter().position(|id| id == asked);
                place.ok_or_else(|| ExportProblem::NotShown(asked.clone(), shown.to_vec()))
            }
            (None, []) => Err(ExportProblem::NothingShown),
            (None, [_]) => Ok(0),
            (None, _) => Err(ExportProblem::Several(shown.to_vec())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked<const N: usize>(fields: [(&str, Plain); N]) -> ExportOrder {
        ExportOrder::read(&Plain::fields(fields))
    }

    #[test]
    fn each_format_is_known_and_no_other() {
        for (id, format) in [("png", ExportFormat::Png), ("svg", ExportFormat::Svg), ("csv", ExportFormat::Csv)] {
            assert_eq!(asked([("format", id.into())]).format, Ok(format));
        }
        for other in ["PNG".into(), "pdf".into(), "".into(), Plain::Number(1.0), Plain::List(vec!["png".into()])] {
            assert_eq!(asked([("format", other)]).format, Err(ExportProblem::Format));
        }
        assert_eq!(asked([]).format, Err(ExportProblem::Format));
        assert_eq!(asked([("format", "png".into()), ("chart", Plain::Number(1.0))]).format, Err(ExportProblem::Chart));
    }

    #[test]
    fn only_a_text_or_a_number_is_given_back() {
        for reply in ["7".into(), Plain::Number(7.0)] {
            assert_eq!(asked([("reply", reply.clone())]).reply, Some(reply));
        }
        for reply in [Plain::Switch(true), Plain::fields([]), Plain::List(vec![]), Plain::Other] {
            assert_eq!(asked([("reply", reply)]).reply, None);
        }
    }

    #[test]
    fn one_chart_needs_no_name_and_several_need_one() {
        let unnamed = asked([("format", "png".into())]);
        assert_eq!(unnamed.chosen(&["burnup"]), Ok(0));
        assert_eq!(unnamed.chosen(&[]), Err(ExportProblem::NothingShown));
        assert_eq!(unnamed.chosen(&["burnup", "velocity"]), Err(ExportProblem::Several(vec!["burnup", "velocity"])));
        let short = asked([("format", "png".into()), ("chart", "cfd".into())]);
        assert_eq!(short.chosen(&["burnup", "cumulative-flow"]), Ok(1));
        let other = "cumulative-flow".to_owned();
        assert_eq!(short.chosen(&["burnup"]), Err(ExportProblem::NotShown(other, vec!["burnup"])));
    }

    #[test]
    fn every_problem_says_that_nothing_was_exported_and_the_next_step() {
        use ExportProblem::{Chart, Failed, Format, NoOrigin, NotDrawn, NotShown, NotYours, NothingShown, Several};
        let all = [
            NotYours,
            NoOrigin,
            Format,
            Chart,
            NothingShown,
            Several(vec!["a", "b"]),
            NotShown("x".to_owned(), vec![]),
            NotShown("x".to_owned(), vec!["a"]),
            NotDrawn("a"),
            Failed("a", "no".to_owned()),
        ];
        for problem in all {
            let words = problem.words();
            assert!(words.starts_with("Nothing was exported: ") && words.matches(". ").count() >= 1, "{words}");
        }
    }
}
