//! A picture as a file of its own: title, sentence, drawing, and from which data it is.

use maud::{Markup, html};

use super::ink::Ink;
use super::numerals::Px;
use super::{Drawn, WIDTH, drawn, ink, text};
use crate::charts::Panel;
use crate::metrics::MetricResult;

/// What stands below the drawing, and where the picture leads back to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Caption {
    /// "Data to 2024-01-29", the files, the filters: a line each.
    pub lines: Vec<String>,
    /// True for made-up data: the picture says so.
    pub sample: bool,
    /// Address of the view that it shows; empty when there is none.
    pub address: String,
}

const TITLE: f64 = 18.0;
const SENTENCE: f64 = 13.0;
const FOOT: f64 = 11.0;
const EDGE: f64 = 16.0;

/// The picture of a result, whole. A result that cannot be computed is a picture that says why.
pub fn picture_file(panel: &Panel, result: &MetricResult, caption: &Caption) -> String {
    let room = WIDTH - 2.0 * EDGE;
    let sentence = text::lines(&text::plain(&result.summary), SENTENCE, room, 4);
    let foot: Vec<String> =
        caption.lines.iter().flat_map(|line| text::lines(&text::plain(line), FOOT, room, 2)).collect();
    let top = EDGE + TITLE + 8.0 + sentence.len() as f64 * 18.0 + 8.0;
    let Drawn { markup, height } =
        if result.is_computed() { drawn(panel, result, &[]) } else { Drawn { markup: Markup::default(), height: 0.0 } };
    let all = top + height + 10.0 + foot.len() as f64 * 15.0 + EDGE / 2.0;
    let (surface, strong, muted) = (Ink::Surface, Ink::Text, Ink::Muted);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (Px(WIDTH)) " " (Px(all)) } width=(Px(WIDTH)) height=(Px(all))
            role="img" aria-labelledby="title description" font-size="12" font-family=(ink::font()) {
            title id="title" { (panel.title) }
            desc id="description" { (text::plain(&result.summary)) }
            @if !caption.address.is_empty() {
                metadata { dc:source xmlns:dc="http://purl.org/dc/elements/1.1/" { (text::plain(&caption.address)) } }
            }
            // Attributes alone show it light; a viewer that knows style sheets and asks for dark sees it dark.
            style { (maud::PreEscaped(ink::dark_style())) }
            g class=(surface.class()) color=(surface.light()) { rect width=(Px(WIDTH)) height=(Px(all)) fill="currentColor" {} }
            g class=(strong.class()) color=(strong.light()) fill="currentColor" {
                text x=(Px(EDGE)) y=(Px(EDGE + TITLE - 2.0)) font-size=(Px(TITLE)) font-weight="600" { (panel.title) }
                @for (number, line) in sentence.iter().enumerate() {
                    text x=(Px(EDGE)) y=(Px(EDGE + TITLE + 8.0 + (number as f64 + 1.0) * 18.0 - 5.0)) font-size=(Px(SENTENCE)) { (line) }
                }
            }
            @if caption.sample {
                g class=(muted.class()) color=(muted.light()) {
                    rect x=(Px(WIDTH - EDGE - 96.0)) y=(Px(EDGE)) width="96" height="20" rx="10" fill="none" stroke="currentColor" {}
                    text x=(Px(WIDTH - EDGE - 48.0)) y=(Px(EDGE + 14.0)) text-anchor="middle" fill="currentColor" { "Sample data" }
                }
            }
            g transform={ "translate(0 " (Px(top)) ")" } { (markup) }
            g class=(muted.class()) color=(muted.light()) fill="currentColor" font-size=(Px(FOOT)) {
                @for (number, line) in foot.iter().enumerate() {
                    text x=(Px(EDGE)) y=(Px(top + height + 20.0 + number as f64 * 15.0)) { (line) }
                }
            }
        }
    }
    .into_string()
}
