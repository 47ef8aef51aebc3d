//! Pictures of results as plain SVG, drawn without a browser: for reports, for files beside a published site, for hosts that
//! show no frames.
//!
//! The marks, their looks and their places are those of `charts`, so that a picture and the drawing on the screen tell the
//! same. Colours are the light ones of `style/tokens.css`, written as attributes, so that any program that shows SVG shows
//! them; where the viewer asks for dark, [`dark_style`] puts the dark ones in their place. Every text is escaped by `maud`,
//! and characters that XML cannot hold are left out.

mod calendar;
mod file;
mod ink;
mod legend;
mod lines;
mod marks;
mod numerals;
mod plot;
mod scale;
mod text;
mod x_axis;

pub use file::{Caption, picture_file};
pub use ink::{Theme, colour, dark_style};
pub use text::{holds, plain};

use maud::{Markup, html};

use crate::charts::{Frame, Panel};
use crate::metrics::MetricResult;
use numerals::Px;

/// Width of a drawing, in CSS pixels.
pub const WIDTH: f64 = 720.0;

/// A drawing and the height that it took.
pub(in crate::pictures) struct Drawn {
    markup: Markup,
    height: f64,
}

/// Legend and plot of a computed result as an `svg` element for a page. Notes are a number and a day each; where the chart
/// has that day they are marked.
pub fn drawing(panel: &Panel, result: &MetricResult, notes: &[(usize, i32)]) -> Markup {
    let Drawn { markup, height } = drawn(panel, result, notes);
    let (title, description) = (format!("{}-title", panel.id), format!("{}-description", panel.id));
    html! {
        svg class="picture" viewBox={ "0 0 " (Px(WIDTH)) " " (Px(height)) } width=(Px(WIDTH)) height=(Px(height))
            role="img" aria-labelledby={ (title) " " (description) } font-size="12" font-family=(ink::font()) {
            title id=(title) { (panel.title) }
            desc id=(description) { (plain(&result.summary)) }
            (markup)
        }
    }
}

/// The same without the element around it.
fn drawn(panel: &Panel, result: &MetricResult, notes: &[(usize, i32)]) -> Drawn {
    let legend = legend::legend(panel, result);
    let plot = match panel.frame {
        Frame::Calendar => calendar::calendar(panel, result),
        _ => plot::plot(panel, result, notes),
    };
    Drawn {
        markup: html! {
            (legend.markup)
            g transform={ "translate(0 " (Px(legend.height)) ")" } { (plot.markup) }
        },
        height: legend.height + plot.height,
    }
}
