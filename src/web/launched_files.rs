//! Files that the system opens the installed app with (the manifest's `file_handlers`), where browsers hand them over.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::WebError;

#[wasm_bindgen]
extern "C" {
    type LaunchQueue;
    #[wasm_bindgen(method, catch, js_name = setConsumer)]
    fn set_consumer(this: &LaunchQueue, consumer: &Function) -> Result<(), JsValue>;

    type LaunchParams;
    #[wasm_bindgen(method, getter)]
    fn files(this: &LaunchParams) -> Array;

    type FileHandle;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    async fn get_file(this: &FileHandle) -> Result<JsValue, JsValue>;
}

/// Calls back with the files of each launch, those that wait already and those to come, for the life of the page. A file that the
/// browser does not give is an error. Does nothing where browsers have no such queue (Firefox, Safari, a page that is not
/// installed).
pub fn take_launched_files(on_files: impl Fn(Vec<Result<File, WebError>>) + Clone + 'static) {
    let queue = Reflect::get(&gloo::utils::window(), &"launchQueue".into()).unwrap_or_default();
    if !queue.is_object() {
        return;
    }
    let consumer = Closure::<dyn Fn(LaunchParams)>::new(move |launch: LaunchParams| {
        let on_files = on_files.clone();
        spawn_local(async move {
            let mut files = Vec::new();
            for handle in launch.files() {
                let file = handle.unchecked_into::<FileHandle>().get_file().await;
                let file = file.and_then(JsCast::dyn_into::<File>);
                files.push(file.map_err(|exception| WebError::browser("open a file", &exception)));
            }
            if !files.is_empty() {
                on_files(files);
            }
        });
    });
    // Refused nowhere; without it the page takes files by drop and by its dialog as before.
    drop(queue.unchecked_into::<LaunchQueue>().set_consumer(consumer.as_ref().unchecked_ref()));
    consumer.forget();
}
