//! Pictures of charts, and everything that is copied. The code for both is `public/take_along.js`, loaded when somebody first asks for it.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::WebError;
use super::echarts::ChartPicture;

/// The drawing on the screen with everything that stands around it in a picture.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// Title of the chart.
    pub title: String,
    /// Its sentence.
    pub sentence: String,
    /// The names of the series and how they are drawn.
    pub legend: Vec<PictureEntry>,
    /// What stands below: from which data, how filtered.
    pub foot: Vec<String>,
    /// Made-up data: the picture says so.
    pub sample: bool,
    /// The whole address of the view.
    pub address: String,
    /// Colours of the theme.
    pub colours: PictureColours,
    /// Font family.
    pub font: String,
    /// The drawing.
    #[serde(flatten)]
    pub drawing: ChartPicture,
}

/// An entry of a picture's legend.
#[derive(Debug, Clone, Serialize)]
pub struct PictureEntry {
    /// Name of the series.
    pub name: String,
    /// CSS colour.
    pub colour: String,
    /// `line`, `bar`, `dot` or `area`.
    pub mark: &'static str,
    /// `solid`, `dashed` or `dotted`.
    pub dash: &'static str,
}

/// CSS colours of a picture.
#[derive(Debug, Clone, Serialize)]
pub struct PictureColours {
    /// What it stands on.
    pub surface: String,
    /// Text.
    pub text: String,
    /// Text of less weight.
    pub muted: String,
}

/// Loads the code, so that a click finds it there. What fails now fails again when it is needed, and is told then.
pub fn expect_taking() {
    wasm_bindgen_futures::spawn_local(async {
        drop(module().await);
    });
}

/// The picture as the bytes of a file: SVG, or PNG at twice its size.
pub async fn picture_bytes(picture: &Picture, is_png: bool) -> Result<Vec<u8>, WebError> {
    let kind = if is_png { "png" } else { "svg" };
    let made = call("make", &[kind.into(), written(picture)?]).await?;
    let bytes = made.dyn_into::<Uint8Array>().map_err(|other| WebError::browser("make a picture", &other))?;
    Ok(bytes.to_vec())
}

/// Copies the picture with a link back. False: the browser refused, and it is shown for copying by hand.
pub async fn copy_picture(picture: &Picture) -> Result<bool, WebError> {
    Ok(call("copyPicture", &[written(picture)?]).await? == "copied")
}

/// Copies a text, and the same as HTML where there is one. False: it is shown for copying by hand, under the title.
pub async fn copy_text(title: &str, text: &str, html: Option<&str>) -> Result<bool, WebError> {
    let html = html.map_or(JsValue::UNDEFINED, JsValue::from_str);
    Ok(call("copyText", &[title.into(), text.into(), html]).await? == "copied")
}

fn written(picture: &Picture) -> Result<JsValue, WebError> {
    picture
        .serialize(&Serializer::json_compatible())
        .map_err(|error| WebError::browser("make a picture", &error.into()))
}

async fn module() -> Result<JsValue, JsValue> {
    let load: Function = Reflect::get(&gloo::utils::window(), &"loadTakeAlong".into())?.dyn_into()?;
    JsFuture::from(load.call0(&JsValue::UNDEFINED)?.dyn_into::<Promise>()?).await
}

async fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, WebError> {
    let called = async {
        let module = module().await?;
        let function: Function = Reflect::get(&module, &name.into())?.dyn_into()?;
        let promise: Promise = function.apply(&module, &arguments.iter().collect())?.dyn_into()?;
        JsFuture::from(promise).await
    };
    called.await.map_err(|exception| WebError::browser("take the chart along", &exception))
}
