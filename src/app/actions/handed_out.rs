//! A chart that the page around asks for as a file: the same file as from the chart's menu, for whoever may have it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::framed::{answer, hand_over, partner};
use super::take_along::{ChartFile, Taken};
use crate::app::framed_state::ShownChart;
use crate::app::state::AppState;
use crate::embedding::{ErrorCode, ExportFormat, ExportOrder, ExportProblem, names_somebody};

/// A chart is in the frame, as long as the component that shows it.
pub(in crate::app) fn offer_chart(state: AppState, chart: ShownChart) {
    state.framed().shown_charts.try_update_value(|charts| {
        charts.retain(is_there);
        charts.push(chart);
    });
}

/// False once the component that showed it is gone.
fn is_there(chart: &ShownChart) -> bool {
    chart.result.try_with_untracked(|_| ()).is_some()
}

/// Answers a message that asks for a chart.
pub(super) fn hand_out_chart(state: AppState, order: ExportOrder, origin: String) {
    let refuse = move |origin: &str, problem: &ExportProblem, reply| {
        answer(state, origin, ErrorCode::ExportRefused, problem.words(), reply);
    };
    let (id, file) = match asked_for(state, &order, &origin) {
        Ok(found) => found,
        Err(problem) => return refuse(&origin, &problem, order.reply),
    };
    spawn_local(async move {
        let mime = file.mime;
        match file.bytes().await {
            Ok(bytes) => hand_over(state, &origin, mime, &bytes, order.reply),
            Err(error) => refuse(&origin, &ExportProblem::Failed(id, error.to_string()), order.reply),
        }
    });
}

/// The chart that is asked for, if the page around may have it. Judged and taken in one go: what is shown must not change
/// between the two.
fn asked_for(state: AppState, order: &ExportOrder, origin: &str) -> Result<(&'static str, ChartFile), ExportProblem> {
    let given_by = state.framed().given_by.get_untracked();
    let may_have = partner(state).is_some_and(|partner| partner.may_have(origin, given_by.as_deref()));
    if !may_have {
        return Err(if names_somebody(origin) { ExportProblem::NotYours } else { ExportProblem::NoOrigin });
    }
    let format = order.format.clone()?;
    let mut charts = state.framed().shown_charts.try_get_value().unwrap_or_default();
    charts.retain(is_there);
    let shown: Vec<&'static str> = charts.iter().map(|chart| chart.panel.id).collect();
    let ShownChart { panel, drawing, result } = charts[order.chosen(&shown)?];
    let not_drawn = ExportProblem::NotDrawn(panel.id);
    let Some(result) = result.try_get_untracked().flatten() else { return Err(not_drawn) };
    let taken = Taken { panel, drawing, result };
    let file = match format {
        ExportFormat::Png => ChartFile::png(state, &taken),
        ExportFormat::Svg => ChartFile::svg(state, &taken),
        ExportFormat::Csv => Ok(ChartFile::csv(&taken)),
    };
    // The drawing is made from what is on the screen, which may be behind the numbers.
    file.map(|file| (panel.id, file)).map_err(|_not_drawn| not_drawn)
}
