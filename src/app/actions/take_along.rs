//! A chart taken along: as a picture, as a table, as a link.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::files_out::file_name;
use crate::app::components::Drawing;
use crate::app::state::{AppState, Remedy};
use crate::app::{format, history};
use crate::charts::{Dash, Look, Mark, Palette, Panel};
use crate::messages::UserMessage;
use crate::metrics::MetricResult;
use crate::model::iso_from_day;
use crate::outputs::settings_in_words;
use crate::tables::Table;
use crate::web::{Picture, PictureColours, PictureEntry, WebError, copy_picture, copy_text, download, picture_bytes};

/// What a chart is taken along as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Taking {
    /// The picture on the clipboard, with a link back.
    CopyImage,
    /// The numbers as a table of Markdown on the clipboard.
    CopyMarkdown,
    /// The numbers as a table of HTML on the clipboard.
    CopyHtml,
    /// The address of the chart on the clipboard.
    CopyLink,
    /// A file: pixels, at twice the size on screen.
    Png,
    /// A file: drawn sharp at any size.
    Svg,
    /// A file: the numbers.
    Csv,
}

impl Taking {
    /// All of them in the order of the menu.
    pub(in crate::app) const ALL: [Self; 7] =
        [Self::CopyImage, Self::CopyMarkdown, Self::CopyHtml, Self::CopyLink, Self::Png, Self::Svg, Self::Csv];

    /// The words in the menu.
    pub(in crate::app) const fn title(self) -> &'static str {
        match self {
            Self::CopyImage => "Copy image",
            Self::CopyMarkdown => "Copy table as Markdown",
            Self::CopyHtml => "Copy table for wikis (HTML)",
            Self::CopyLink => "Copy link to the chart",
            Self::Png => "Download PNG",
            Self::Svg => "Download SVG",
            Self::Csv => "Download CSV",
        }
    }
}

/// A chart on the page.
#[derive(Clone)]
pub(in crate::app) struct Taken {
    /// What it draws.
    pub(in crate::app) panel: &'static Panel,
    /// Its drawing.
    pub(in crate::app) drawing: Drawing,
    /// Its numbers.
    pub(in crate::app) result: Arc<MetricResult>,
}

/// Takes a chart along.
pub(in crate::app) fn take_chart(state: AppState, chart: Taken, taking: Taking) {
    spawn_local(async move {
        let title = chart.panel.title;
        match take(state, &chart, taking).await {
            Ok(sentence) => state.say(sentence),
            Err(error) => {
                state.tell(
                    UserMessage::error(format!("{title} was not taken along."), &error.to_string()),
                    Remedy::None,
                );
            }
        }
    });
}

/// What happened, in a sentence.
async fn take(state: AppState, chart: &Taken, taking: Taking) -> Result<String, WebError> {
    let title = chart.panel.title;
    let table = || Table::of(&chart.result);
    let copied = match taking {
        Taking::CopyImage => copy_picture(&picture(state, chart)?).await?,
        Taking::CopyMarkdown => copy_text(&format!("Table of {title}"), &table().markdown(), None).await?,
        Taking::CopyHtml => {
            let table = table();
            copy_text(&format!("Table of {title}"), &table.markdown(), Some(&table.html(title))).await?
        }
        Taking::CopyLink => {
            copy_text(&format!("Link to {title}"), &history::chart_link(state, chart.panel.id), None).await?
        }
        Taking::Png => return hand_out(state, chart, ChartFile::png(state, chart)?).await,
        Taking::Svg => return hand_out(state, chart, ChartFile::svg(state, chart)?).await,
        Taking::Csv => return hand_out(state, chart, ChartFile::csv(chart)).await,
    };
    let what = match taking {
        Taking::CopyImage => "The picture",
        Taking::CopyLink => "The link",
        _ => "The table",
    };
    Ok(if copied {
        format!("{title}: {what} is on the clipboard.")
    } else {
        format!("{title}: {what} is shown for copying by hand.")
    })
}

async fn hand_out(state: AppState, chart: &Taken, file: ChartFile) -> Result<String, WebError> {
    let name = file_name(state, &format!("-{}{}", chart.panel.id, file.ending));
    let mime = file.mime;
    download(&name, mime, &file.bytes().await?)?;
    Ok(format!("{name} was handed to the browser."))
}

/// A chart as a file: taken as it is now, made into bytes later.
pub(super) struct ChartFile {
    ending: &'static str,
    /// Media type.
    pub(super) mime: &'static str,
    content: Content,
}

enum Content {
    Text(String),
    Picture { picture: Box<Picture>, is_png: bool },
}

impl ChartFile {
    /// Pixels, at twice the size on screen.
    pub(super) fn png(state: AppState, chart: &Taken) -> Result<Self, WebError> {
        let content = Content::Picture { picture: Box::new(picture(state, chart)?), is_png: true };
        Ok(Self { ending: ".png", mime: "image/png", content })
    }

    /// Drawn sharp at any size.
    pub(super) fn svg(state: AppState, chart: &Taken) -> Result<Self, WebError> {
        let content = Content::Picture { picture: Box::new(picture(state, chart)?), is_png: false };
        Ok(Self { ending: ".svg", mime: "image/svg+xml", content })
    }

    /// The numbers.
    pub(super) fn csv(chart: &Taken) -> Self {
        Self { ending: ".csv", mime: "text/csv", content: Content::Text(Table::of(&chart.result).csv()) }
    }

    /// Its bytes.
    pub(super) async fn bytes(self) -> Result<Vec<u8>, WebError> {
        match self.content {
            Content::Text(text) => Ok(text.into_bytes()),
            Content::Picture { picture, is_png } => picture_bytes(&picture, is_png).await,
        }
    }
}

fn picture(state: AppState, chart: &Taken) -> Result<Picture, WebError> {
    let palette = state.palette.get_untracked();
    let looks = Look::of_all(&chart.result.series, chart.panel.main);
    let legend =
        chart.result.series.iter().zip(looks).map(|(series, look)| entry(&series.name, look, &palette)).collect();
    Ok(Picture {
        title: chart.panel.title.to_owned(),
        sentence: chart.result.summary.clone(),
        legend,
        foot: foot(state),
        sample: state.workspace.with_untracked(|open| open.as_ref().is_some_and(|open| open.sample)),
        address: history::chart_link(state, chart.panel.id),
        colours: PictureColours {
            surface: palette.background.clone(),
            text: palette.text.clone(),
            muted: palette.muted.clone(),
        },
        font: palette.font.clone(),
        drawing: chart.drawing.picture()?,
    })
}

fn entry(name: &str, look: Look, palette: &Palette) -> PictureEntry {
    PictureEntry {
        name: name.to_owned(),
        colour: look.colour(palette),
        mark: match look.mark {
            Mark::Line => "line",
            Mark::Bar => "bar",
            Mark::Dot => "dot",
            Mark::Area => "area",
        },
        dash: match look.dash {
            Dash::Solid => "solid",
            Dash::Dashed => "dashed",
            Dash::Dotted => "dotted",
        },
    }
}

/// From which data it is, and what was asked for.
fn foot(state: AppState) -> Vec<String> {
    let query = state.query.get_untracked();
    let data = state.workspace.with_untracked(|open| {
        let open = open.as_ref()?;
        let to = open.data_to(&query).map(|day| format!("Data to {}", iso_from_day(day)));
        let files = match open.sources.as_slice() {
            [] => None,
            [only] => Some(only.report.file.clone()),
            [first, others @ ..] => Some(format!(
                "{} and {}",
                first.report.file,
                format::counted(others.len() as u64, "more file", "more files")
            )),
        };
        Some([Some(open.name.clone()), to, files].into_iter().flatten().collect::<Vec<_>>().join(" · "))
    });
    let asked = settings_in_words(&query);
    data.into_iter().chain((!asked.is_empty()).then(|| format!("Shown: {}", asked.join(", ")))).collect()
}
