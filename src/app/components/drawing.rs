//! The drawing of one chart: what is to be drawn next, and the ECharts instance that draws it.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::Element;

use crate::charts::{Palette, Panel, annotate, mark_releases};
use crate::metrics::MetricResult;
use crate::web::{ChartClick, ChartPicture, EchartsView, Renderer, WebError, charts_ready, is_printing};

/// What is drawn: where, in which colours, with which notes (number and day).
pub(super) struct Scene {
    /// Where.
    pub(super) element: Element,
    /// The colours.
    pub(super) palette: Arc<Palette>,
    /// The numbers.
    pub(super) result: Arc<MetricResult>,
    /// The notes: number and day.
    pub(super) notes: Vec<(usize, i32)>,
    /// The releases: number and day.
    pub(super) releases: Vec<(usize, i32)>,
}

/// A chart's drawing. Dropped, and so disposed, with the component that made it.
#[derive(Clone, Copy)]
pub(in crate::app) struct Drawing {
    panel: &'static Panel,
    chart: StoredValue<Option<EchartsView>, LocalStorage>,
    next: StoredValue<Option<Scene>, LocalStorage>,
    /// Why nothing can be drawn.
    pub(super) failure: RwSignal<Option<String>>,
}

impl Drawing {
    /// A drawing of which nothing is there yet.
    pub(super) fn new(panel: &'static Panel) -> Self {
        let failure = RwSignal::new(None::<String>);
        spawn_local(async move {
            // The chart library is a script of its own; without it the numbers are still in the table.
            if let Err(error) = charts_ready().await {
                let _ = failure.try_set(Some(error.to_string()));
            }
        });
        Self { panel, chart: StoredValue::new_local(None), next: StoredValue::new_local(None), failure }
    }

    /// Draws soon. The numbers on the page come first, because drawing takes longer than all of them; of several scenes in a
    /// row only the last is drawn.
    pub(super) fn draw(self, scene: Scene, clicked: impl FnMut(ChartClick) + 'static) {
        let waits = self.next.try_update_value(|next| next.replace(scene).is_some());
        if is_printing() {
            self.draw_next(clicked);
        } else if waits == Some(false) {
            set_timeout(move || self.draw_next(clicked), Duration::ZERO);
        }
    }

    fn draw_next(self, clicked: impl FnMut(ChartClick) + 'static) {
        // The component may be gone by now.
        let Some(Some(Scene { element, palette, result, notes, releases })) = self.next.try_update_value(Option::take)
        else {
            return;
        };
        let option = annotate(self.panel.draw(&result, &palette), &result, &palette, &notes);
        let option = mark_releases(option, &result, &palette, &releases);
        let marks = result.series.iter().map(|series| series.points.len()).sum();
        self.chart.try_update_value(|slot| {
            let shown = match slot {
                Some(view) => {
                    // Paper has another width, and the watch of the frame's size comes after the browser's picture of the page.
                    view.resize();
                    view.show(&option)
                }
                None => mount(&element, marks, clicked).and_then(|view| slot.insert(view).show(&option)),
            };
            // The edge: only ECharts knows whether it could draw.
            let _ = self.failure.try_set(shown.err().map(|error| error.to_string()));
        });
    }

    /// What is drawn now as SVG.
    pub(in crate::app) fn picture(self) -> Result<ChartPicture, WebError> {
        if self.next.try_with_value(Option::is_some) == Some(true) {
            // What is drawn is of other numbers than those on the page.
            return Err(WebError::Chart("it is being drawn".to_owned()));
        }
        let picture = self.chart.try_with_value(|chart| chart.as_ref().map(EchartsView::picture)).flatten();
        picture.unwrap_or_else(|| Err(WebError::Chart("it is not drawn yet".to_owned())))
    }

    /// Lifts a mark out and shows its tooltip; `None` takes that back.
    pub(super) fn point_at(self, mark: Option<(usize, usize)>) {
        self.chart.try_with_value(|chart| match (chart, mark) {
            (Some(chart), Some((series, place))) => chart.show_tip(series as u32, place as u32),
            (Some(chart), None) => chart.hide_tip(),
            (None, _) => {}
        });
    }
}

fn mount(element: &Element, marks: usize, clicked: impl FnMut(ChartClick) + 'static) -> Result<EchartsView, WebError> {
    let view = EchartsView::mount(element, Renderer::for_marks(marks))?;
    view.on_click(clicked)?;
    Ok(view)
}
