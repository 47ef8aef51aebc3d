//! The only file that knows ECharts' JavaScript API.
//!
//! ECharts is a script of its own that may arrive after the first chart is asked for, and a frame may have no size yet.
//! An [`EchartsView`] therefore begins at once and draws as soon as both are there.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Array, Float64Array, Function, Promise, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, ResizeObserver};

use super::WebError;
use super::error::words;
use super::framed_chart::fit_to_frame;

/// Up to here SVG is sharper and prints better; above, its nodes cost more than a canvas.
const SVG_MARKS: usize = 500;

#[wasm_bindgen]
extern "C" {
    type Instance;

    #[wasm_bindgen(catch, js_namespace = echarts)]
    fn init(element: &Element, theme: JsValue, settings: &JsValue) -> Result<Instance, JsValue>;
    #[wasm_bindgen(catch, js_namespace = echarts, js_name = init)]
    fn init_without_frame(element: JsValue, theme: JsValue, settings: &JsValue) -> Result<Instance, JsValue>;
    #[wasm_bindgen(catch, method, js_name = getOption)]
    fn option(this: &Instance) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, method, js_name = renderToSVGString)]
    fn svg_text(this: &Instance) -> Result<String, JsValue>;
    #[wasm_bindgen(catch, method, js_name = setOption)]
    fn set_option(this: &Instance, option: &JsValue, settings: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, method, js_name = dispatchAction)]
    fn dispatch_action(this: &Instance, action: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, method)]
    fn on(this: &Instance, event: &str, callback: &Function) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, method)]
    fn off(this: &Instance, event: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, method)]
    fn resize(this: &Instance) -> Result<(), JsValue>;
    #[wasm_bindgen(method, js_name = getWidth)]
    fn width(this: &Instance) -> f64;
    #[wasm_bindgen(method, js_name = getHeight)]
    fn height(this: &Instance) -> f64;
    #[wasm_bindgen(catch, method)]
    fn dispose(this: &Instance) -> Result<(), JsValue>;

    /// Puts functions where the option names them (public/chart_functions.js).
    #[wasm_bindgen(catch, js_name = bindChartFunctions)]
    fn bind_chart_functions(option: &JsValue) -> Result<JsValue, JsValue>;
}

/// What a chart is painted on. Chosen once, when the view begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renderer {
    /// Pixels: any number of marks.
    #[default]
    Canvas,
    /// Nodes: sharp in print, for few marks.
    Svg,
}

impl Renderer {
    /// The better one for this many marks (points, bars, bubbles).
    pub const fn for_marks(marks: usize) -> Self {
        if marks < SVG_MARKS { Self::Svg } else { Self::Canvas }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Canvas => "canvas",
            Self::Svg => "svg",
        }
    }
}

/// A click on a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartClick {
    /// The series' `id` in the option; empty when it has none.
    pub series_id: String,
    /// Position of the point in its series.
    pub data_index: u32,
    /// Name of the point; its category, say.
    pub name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InitSettings {
    renderer: &'static str,
}

/// As SVG in text, without a place on the page.
#[derive(Serialize)]
struct PictureSettings {
    renderer: &'static str,
    ssr: bool,
    width: f64,
    height: f64,
}

/// A drawing as SVG.
#[derive(Debug, Clone, Serialize)]
pub struct ChartPicture {
    /// The SVG.
    pub chart: String,
    /// CSS pixels.
    pub width: f64,
    /// CSS pixels.
    pub height: f64,
}

/// Series and axes that are gone from the option go from the screen; those that stay (same `id`) move to their new place.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UpdateSettings {
    not_merge: bool,
    replace_merge: [&'static str; 3],
}

impl UpdateSettings {
    const USED: Self = Self { not_merge: false, replace_merge: ["series", "xAxis", "yAxis"] };
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    series_index: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_index: Option<u32>,
}

/// Resolves when charts can be drawn. The views wait by themselves; this is for telling the user when it never happens.
pub async fn charts_ready() -> Result<(), WebError> {
    let window = gloo::utils::window();
    let missing = |exception: JsValue| WebError::ChartsNotLoaded(words(&exception));
    if !Reflect::get(&window, &"echarts".into()).map_err(missing)?.is_undefined() {
        return Ok(());
    }
    let promise = Reflect::get(&window, &"echartsReady".into()).map_err(missing)?;
    let promise = promise
        .dyn_into::<Promise>()
        .map_err(|_absent| WebError::ChartsNotLoaded("the page does not name its script".to_owned()))?;
    JsFuture::from(promise).await.map_err(missing)?;
    Ok(())
}

/// A live chart. Dropping it disposes the ECharts instance and its listeners.
pub struct EchartsView {
    shared: Rc<Shared>,
}

struct Shared {
    element: Element,
    renderer: Renderer,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    instance: Option<Instance>,
    /// The script is there; the instance follows when the frame has a size.
    script_ready: bool,
    /// The newest option, while there is no instance to take it.
    waiting: Option<JsValue>,
    on_click: Option<Closure<dyn FnMut(JsValue)>>,
    observer: Option<SizeWatch>,
}

/// Watches the frame's size; ends with the view.
struct SizeWatch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl EchartsView {
    /// Begins a chart in `element`, which gives it its size and must be empty.
    pub fn mount(element: &Element, renderer: Renderer) -> Result<Self, WebError> {
        let shared = Rc::new(Shared { element: element.clone(), renderer, state: RefCell::default() });
        shared.observe_size()?;
        let later = Rc::downgrade(&shared);
        spawn_local(async move {
            // A failure is told by `charts_ready` to whoever asks; this view just stays empty.
            let ready = charts_ready().await.is_ok();
            if let Some(shared) = later.upgrade()
                && let Ok(mut state) = shared.state.try_borrow_mut()
            {
                state.script_ready = ready;
                drop(state);
                shared.fit();
            }
        });
        Ok(Self { shared })
    }

    /// Draws a chart, or moves the drawn one to it.
    pub fn show(&self, chart: &impl Serialize) -> Result<(), WebError> {
        self.show_with_data(chart, &[])
    }

    /// As [`show`](Self::show), with the points of large series (more than about 2,000) given apart: position of the
    /// series in the option and its numbers point by point (x, y, x, y, …). They skip the option's serialisation.
    pub fn show_with_data(&self, chart: &impl Serialize, data: &[(usize, Vec<f64>)]) -> Result<(), WebError> {
        // Maps must become plain objects: ECharts ignores a JavaScript Map without a word.
        let option =
            chart.serialize(&Serializer::json_compatible()).map_err(|error| WebError::Chart(words(&error.into())))?;
        let failed = |exception: JsValue| WebError::Chart(words(&exception));
        let option = bind_chart_functions(&option).map_err(failed)?;
        fit_to_frame(&option).map_err(failed)?;
        if !data.is_empty() {
            let series: Array = Reflect::get(&option, &"series".into()).map_err(failed)?.unchecked_into();
            for (position, numbers) in data {
                let target = series.get(*position as u32);
                Reflect::set(&target, &"data".into(), &Float64Array::from(numbers.as_slice())).map_err(failed)?;
            }
        }
        self.shared.take(option)
    }

    /// Calls back when a mark is clicked. A later call takes the place of an earlier one.
    pub fn on_click(&self, mut handle: impl FnMut(ChartClick) + 'static) -> Result<(), WebError> {
        let closure = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| handle(click_of(&event)));
        let Ok(mut state) = self.shared.state.try_borrow_mut() else { return Ok(()) };
        let earlier = state.on_click.replace(closure);
        let listening = state.listen();
        // Only now that the instance no longer calls it.
        drop(earlier);
        listening.map_err(|exception| WebError::Chart(words(&exception)))
    }

    /// Fits the drawing to its frame. Happens by itself when the frame's size changes.
    pub fn resize(&self) {
        self.shared.fit();
    }

    /// Shows the tooltip of a point and lifts it out: what the mouse does, for the keyboard.
    pub fn show_tip(&self, series: u32, index: u32) {
        self.shared.act(&Action { kind: "downplay", series_index: None, data_index: None });
        for kind in ["highlight", "showTip"] {
            self.shared.act(&Action { kind, series_index: Some(series), data_index: Some(index) });
        }
    }

    /// What is drawn now as SVG, whatever it is painted on. Fails before it is drawn.
    pub fn picture(&self) -> Result<ChartPicture, WebError> {
        let failed = |exception: JsValue| WebError::Chart(words(&exception));
        let not_drawn = || WebError::Chart("it is not drawn yet".to_owned());
        let state = self.shared.state.try_borrow().map_err(|_busy| not_drawn())?;
        let instance = state.instance.as_ref().ok_or_else(not_drawn)?;
        let (width, height) = (instance.width(), instance.height());
        let option = instance.option().map_err(failed)?;
        // Half way through a transition is no picture.
        Reflect::set(&option, &"animation".into(), &false.into()).map_err(failed)?;
        let settings = PictureSettings { renderer: Renderer::Svg.name(), ssr: true, width, height };
        let settings = settings.serialize(&Serializer::json_compatible()).map_err(|error| failed(error.into()))?;
        let copy = init_without_frame(JsValue::NULL, JsValue::NULL, &settings).map_err(failed)?;
        let drawn = copy.set_option(&option, &JsValue::UNDEFINED).and_then(|()| copy.svg_text());
        drop(copy.dispose());
        Ok(ChartPicture { chart: drawn.map_err(failed)?, width, height })
    }

    /// Takes back what [`show_tip`](Self::show_tip) did.
    pub fn hide_tip(&self) {
        for kind in ["downplay", "hideTip"] {
            self.shared.act(&Action { kind, series_index: None, data_index: None });
        }
    }
}

impl Drop for EchartsView {
    fn drop(&mut self) {
        let Ok(mut state) = self.shared.state.try_borrow_mut() else { return };
        if let Some(watch) = state.observer.take() {
            watch.observer.disconnect();
        }
        if let Some(instance) = state.instance.take() {
            // It throws only when somebody else disposed it: then there is nothing left to do.
            drop(instance.dispose());
        }
    }
}

impl State {
    /// Hands the click listener to the instance.
    fn listen(&self) -> Result<(), JsValue> {
        let (Some(instance), Some(closure)) = (&self.instance, &self.on_click) else { return Ok(()) };
        instance.off("click")?;
        instance.on("click", closure.as_ref().unchecked_ref())
    }
}

impl Shared {
    fn observe_size(self: &Rc<Self>) -> Result<(), WebError> {
        let weak: Weak<Self> = Rc::downgrade(self);
        let closure = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            if let Some(shared) = weak.upgrade() {
                shared.fit();
            }
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref())
            .map_err(|exception| WebError::Chart(words(&exception)))?;
        observer.observe(&self.element);
        if let Ok(mut state) = self.state.try_borrow_mut() {
            state.observer = Some(SizeWatch { observer, _callback: closure });
        }
        Ok(())
    }

    /// A hidden frame has no size: a chart that begins or resizes there is drawn wrong until the next change.
    fn has_size(&self) -> bool {
        self.element.client_width() > 0 && self.element.client_height() > 0
    }

    /// Begins the chart when it can, or fits it to its frame.
    fn fit(&self) {
        if !self.has_size() {
            return;
        }
        let Ok(mut state) = self.state.try_borrow_mut() else { return };
        if let Some(instance) = &state.instance {
            // The observer also calls for the size that the chart began with; a resize draws everything again.
            let size = (f64::from(self.element.client_width()), f64::from(self.element.client_height()));
            if size != (instance.width(), instance.height()) {
                drop(instance.resize());
            }
            return;
        }
        if state.script_ready && state.waiting.is_some() {
            // The option was taken over by `show`, which has returned: the console is the only place left.
            if let Err(exception) = self.begin(&mut state) {
                gloo::console::error!("chart:", exception);
            }
        }
    }

    fn begin(&self, state: &mut State) -> Result<(), JsValue> {
        let settings = InitSettings { renderer: self.renderer.name() }.serialize(&Serializer::json_compatible())?;
        state.instance = Some(init(&self.element, JsValue::NULL, &settings)?);
        state.listen()?;
        match (state.waiting.take(), &state.instance) {
            (Some(option), Some(instance)) => update(instance, &option),
            _ => Ok(()),
        }
    }

    fn take(&self, option: JsValue) -> Result<(), WebError> {
        let Ok(mut state) = self.state.try_borrow_mut() else { return Ok(()) };
        let failed = |exception: JsValue| WebError::Chart(words(&exception));
        if let Some(instance) = &state.instance {
            return update(instance, &option).map_err(failed);
        }
        state.waiting = Some(option);
        if state.script_ready && self.has_size() { self.begin(&mut state).map_err(failed) } else { Ok(()) }
    }

    /// Before the chart is drawn there is nothing to point at.
    fn act(&self, action: &Action) {
        let Ok(state) = self.state.try_borrow() else { return };
        if let (Some(instance), Ok(action)) = (&state.instance, action.serialize(&Serializer::json_compatible())) {
            drop(instance.dispatch_action(&action));
        }
    }
}

fn update(instance: &Instance, option: &JsValue) -> Result<(), JsValue> {
    instance.set_option(option, &UpdateSettings::USED.serialize(&Serializer::json_compatible())?)
}

fn click_of(event: &JsValue) -> ChartClick {
    let field = |name: &str| Reflect::get(event, &name.into()).unwrap_or_default();
    ChartClick {
        series_id: field("seriesId").as_string().unwrap_or_default(),
        data_index: field("dataIndex").as_f64().unwrap_or_default() as u32,
        name: field("name").as_string().unwrap_or_default(),
    }
}
