//! What only a browser can show: workspaces survive in its storage, and charts begin and end with their views.
//!
//! `cargo xtask test` runs it in headless Chromium. The wiring of page and workers is tested on the built page.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod support;

use futures::channel::oneshot;
use gloo::timers::callback::Timeout;
use throughline::model::{Calendar, day_from_iso};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The flags of `.cargo/config.toml` are lost without a word where `RUSTFLAGS` is set.
#[wasm_bindgen_test::wasm_bindgen_test]
fn the_build_uses_simd_and_bulk_memory() {
    let features =
        [("simd128", cfg!(target_feature = "simd128")), ("bulk-memory", cfg!(target_feature = "bulk-memory"))];
    for (name, is_on) in features {
        assert!(is_on, "built without +{name}; unset RUSTFLAGS");
    }
}

/// Calendars take their zones from the browser. What is asked for is known from the zones' own rules, not from a library.
#[wasm_bindgen_test::wasm_bindgen_test]
fn the_browser_knows_the_zones() {
    const HOUR: i64 = 3_600_000;
    throughline::web::use_browser_zones();
    let day = |text| day_from_iso(text).unwrap();
    let length = |zone: &str, text| {
        let calendar = Calendar::new(zone).unwrap();
        calendar.start_of_day(day(text) + 1) - calendar.start_of_day(day(text))
    };
    assert_eq!(length("Europe/Berlin", "2024-03-31"), 23 * HOUR);
    assert_eq!(length("Europe/Berlin", "2024-10-27"), 25 * HOUR);
    assert_eq!(length("America/New_York", "2024-03-10"), 23 * HOUR);
    // Half an hour of summer time.
    assert_eq!(length("Australia/Lord_Howe", "2024-04-07"), 24 * HOUR + HOUR / 2);
    // The country crossed the date line: that day was none.
    assert_eq!(length("Pacific/Apia", "2011-12-30"), 0);
    assert_eq!(Calendar::new("Asia/Kolkata").unwrap().start_of_day(0), -11 * HOUR / 2);
    assert_eq!(Calendar::new("Mars/Olympus"), None);
    let own = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    let own = js_sys::Reflect::get(&own, &"timeZone".into()).unwrap().as_string().unwrap();
    let here = js_sys::Date::new_with_year_month_day(2024, 6, 1).get_time() as i64;
    assert_eq!(Calendar::new(&own).unwrap().start_of_day(day("2024-07-01")), here);
}

/// The native tests compare the same file.
#[wasm_bindgen_test::wasm_bindgen_test]
fn a_seed_gives_the_same_forecast_as_natively() {
    assert_eq!(support::fixed_seed::answers(), support::fixed_seed::EXPECTED);
}

async fn wait(milliseconds: u32) {
    let (sender, receiver) = oneshot::channel();
    let timer = Timeout::new(milliseconds, move || {
        sender.send(()).ok();
    });
    receiver.await.unwrap();
    drop(timer);
}

mod storage {
    use indexed_db_futures::database::Database;
    use indexed_db_futures::prelude::*;
    use indexed_db_futures::transaction::TransactionMode;
    use js_sys::{Array, Uint8Array};
    use throughline::web::WebError;
    use throughline::web::storage::{
        KEPT_AFTER_DELETION_MS, Mark, Marks, STEPS, SaveFailure, SaveOrder, Step, Store, StoredBytes, compress, expand,
    };
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::{Blob, File};

    /// The steps of a release to come: one more store.
    const LATER_STEPS: &[Step] = &[STEPS[0], |database| database.create_object_store("later").build().map(drop)];
    /// A step that creates a store and then fails on one that is there.
    const FAILING_STEPS: &[Step] = &[STEPS[0], |database| {
        database.create_object_store("half").build()?;
        database.create_object_store("heads").build().map(drop)
    }];

    /// Each test has a database of its own, because all run in one browser.
    async fn open(name: &str) -> Store {
        Store::open_as(name, STEPS).await.unwrap()
    }

    fn order(id: &str, document: &[u8], layers: &[&str], based_on: Option<u64>) -> SaveOrder {
        SaveOrder {
            id: id.to_owned(),
            name: format!("Workspace {id}"),
            sample: false,
            document: document.to_vec(),
            layers: layers.iter().map(|&hash| hash.to_owned()).collect(),
            based_on,
            last_moment: Some(1_600_000_000_000),
            now_ms: 1_700_000_000_000.0 + based_on.unwrap_or_default() as f64,
            refuse_commit: false,
        }
    }

    /// In these tests the bytes of a layer are its hash.
    #[expect(clippy::unnecessary_wraps, reason = "the shape that the store asks for")]
    fn layer(hash: &str) -> Option<Vec<u8>> {
        Some(hash.as_bytes().to_vec())
    }

    /// Saves a workspace `a` with these layers, generation after generation.
    async fn save_all(store: &Store, generations: &[&[&str]]) {
        for (done, layers) in generations.iter().enumerate() {
            let based_on = (done > 0).then_some(done as u64);
            let saved = store.save(&order("a", format!("document {done}").as_bytes(), layers, based_on), layer).await;
            assert_eq!(saved.unwrap().generation, done as u64 + 1);
        }
    }

    async fn newest(store: &Store, id: &str) -> Option<StoredBytes> {
        let head = store.head(id).await.unwrap()?;
        let newest = head.generations().next()?;
        store.read(id, &newest).await.unwrap()
    }

    async fn keys(name: &str, store: &str) -> Vec<String> {
        let database = Database::open(name).await.unwrap();
        let transaction = database.transaction(store).build().unwrap();
        let keys = transaction.object_store(store).unwrap().get_all_keys::<String>().await.unwrap();
        let keys = keys.collect::<Result<_, _>>().unwrap();
        drop(transaction);
        database.close();
        keys
    }

    #[wasm_bindgen_test]
    async fn a_saved_workspace_reads_back_as_it_was() {
        let store = open("reads-back").await;
        let saved = store.save(&order("a", b"document", &["x", "yy"], None), layer).await.unwrap();
        assert_eq!(saved.generation, 1);
        store.close();

        let store = open("reads-back").await;
        let bytes = newest(&store, "a").await.unwrap();
        assert_eq!(bytes, StoredBytes { document: b"document".to_vec(), layers: vec![b"x".to_vec(), b"yy".to_vec()] });
        let [listed] = &store.list().await.unwrap()[..] else { panic!("one workspace is stored") };
        assert_eq!((listed.name.as_str(), listed.bytes, listed.saved_at_ms), ("Workspace a", 11, 1_700_000_000_000.0));
    }

    #[wasm_bindgen_test]
    async fn the_last_three_generations_are_kept_and_no_more() {
        let store = open("three-generations").await;
        save_all(&store, &[&["first"], &["first", "x"], &["x"], &["x"], &["x", "y"]]).await;
        let head = store.head("a").await.unwrap().unwrap();
        let kept: Vec<u64> = head.generations().map(|kept| kept.generation).collect();
        assert_eq!(kept, [5, 4, 3]);
        for generation in head.generations() {
            let bytes = store.read("a", &generation).await.unwrap().unwrap();
            assert_eq!(bytes.document, format!("document {}", generation.generation - 1).into_bytes());
        }
        assert_eq!(keys("three-generations", "documents").await, ["a/3", "a/4", "a/5"]);
        assert_eq!(keys("three-generations", "layers").await, ["a/x", "a/y"]);
    }

    #[wasm_bindgen_test]
    async fn a_save_of_another_tab_is_not_written_over() {
        let (ours, theirs) = (open("two-tabs").await, open("two-tabs").await);
        ours.save(&order("a", b"common", &[], None), layer).await.unwrap();
        theirs.save(&order("a", b"theirs", &["t"], Some(1)), layer).await.unwrap();
        let refused = ours.save(&order("a", b"ours", &["o"], Some(1)), layer).await;
        assert_eq!(refused, Err(SaveFailure::ChangedElsewhere { generation: 2 }));
        let deleted = ours.save(&order("gone", b"ours", &[], Some(7)), layer).await;
        assert_eq!(deleted, Err(SaveFailure::ChangedElsewhere { generation: 0 }));
        assert_eq!(newest(&ours, "a").await.unwrap().document, b"theirs");
        assert_eq!(keys("two-tabs", "layers").await, ["a/t"]);
    }

    #[wasm_bindgen_test]
    async fn a_save_that_is_not_committed_leaves_the_one_before() {
        let store = open("not-committed").await;
        save_all(&store, &[&["x"]]).await;
        let refused = SaveOrder { refuse_commit: true, ..order("a", b"never", &["y"], Some(1)) };
        assert!(matches!(store.save(&refused, layer).await, Err(SaveFailure::NotSaved(_))));
        assert_eq!(newest(&store, "a").await.unwrap().document, b"document 0");
        assert_eq!(keys("not-committed", "layers").await, ["a/x"]);
        assert_eq!(keys("not-committed", "documents").await, ["a/1"]);
    }

    #[wasm_bindgen_test]
    async fn a_layer_that_is_nowhere_is_no_save() {
        let store = open("no-layer").await;
        let saved = store.save(&order("a", b"document", &["x"], None), |_| None).await;
        assert!(matches!(saved, Err(SaveFailure::NotSaved(WebError::Storage(_)))));
        assert_eq!(store.head("a").await, Ok(None));
    }

    #[wasm_bindgen_test]
    async fn deleting_takes_everything_of_one_workspace() {
        let store = open("deleting").await;
        save_all(&store, &[&["x"], &["y"]]).await;
        // Keys that begin alike belong to somebody else.
        store.save(&order("a1", b"other", &["x"], None), layer).await.unwrap();
        store.delete("a").await.unwrap();
        assert_eq!(store.head("a").await, Ok(None));
        assert_eq!(keys("deleting", "documents").await, ["a1/1"]);
        assert_eq!(keys("deleting", "layers").await, ["a1/x"]);
        assert_eq!(newest(&store, "a1").await.unwrap().document, b"other");
    }

    #[wasm_bindgen_test]
    async fn a_later_layout_keeps_what_is_stored_and_is_left_alone_by_older_code() {
        let store = open("later-layout").await;
        save_all(&store, &[&["x"]]).await;
        store.close();

        let later = Store::open_as("later-layout", LATER_STEPS).await.unwrap();
        assert_eq!(newest(&later, "a").await.unwrap().document, b"document 0");
        assert!(keys("later-layout", "later").await.is_empty());
        later.close();

        assert_eq!(Store::open_as("later-layout", STEPS).await.err(), Some(WebError::NewVersion));
        let later = Store::open_as("later-layout", LATER_STEPS).await.unwrap();
        assert_eq!(newest(&later, "a").await.unwrap().layers, [b"x"]);
    }

    #[wasm_bindgen_test]
    async fn a_step_that_fails_changes_nothing() {
        let store = open("failing-step").await;
        save_all(&store, &[&["x"]]).await;
        store.close();
        assert!(matches!(Store::open_as("failing-step", FAILING_STEPS).await, Err(WebError::StorageBlocked(_))));
        // The version was not raised and the half-made store is gone: the present release works on.
        let store = open("failing-step").await;
        assert_eq!(newest(&store, "a").await.unwrap().document, b"document 0");
    }

    #[wasm_bindgen_test]
    async fn an_upgrade_in_another_tab_is_not_blocked_and_ends_our_writing() {
        let ours = open("upgrade-elsewhere").await;
        save_all(&ours, &[&["x"]]).await;
        let later = Store::open_as("upgrade-elsewhere", LATER_STEPS).await.unwrap();
        ours.retired().await;
        let saved = ours.save(&order("a", b"too late", &[], Some(1)), layer).await;
        assert_eq!(saved, Err(SaveFailure::NotSaved(WebError::NewVersion)));
        assert_eq!(newest(&later, "a").await.unwrap().document, b"document 0");
    }

    #[wasm_bindgen_test]
    async fn originals_are_compressed_and_go_with_their_layer() {
        let text = "PLAT-1,Done\n".repeat(10_000);
        let file = Blob::new_with_str_sequence(&Array::of1(&JsValue::from(text.as_str()))).unwrap();
        let compressed = JsFuture::from(compress(&file).await.unwrap().array_buffer()).await.unwrap();
        let compressed = Uint8Array::new(compressed.unchecked_ref()).to_vec();
        assert_eq!(compressed[..2], [0x1f, 0x8b]);
        assert!(compressed.len() * 20 < text.len(), "{} of {}", compressed.len(), text.len());

        let store = open("originals").await;
        save_all(&store, &[&["x"]]).await;
        store.keep_original("a", "x", &file).await.unwrap();
        assert_eq!(keys("originals", "originals").await, ["a/x"]);
        for based_on in 1..4 {
            store.save(&order("a", b"without", &[], Some(based_on)), layer).await.unwrap();
        }
        assert!(keys("originals", "originals").await.is_empty());
    }

    async fn text_of(file: &Blob) -> String {
        let bytes = JsFuture::from(file.array_buffer()).await.unwrap();
        String::from_utf8(Uint8Array::new(bytes.unchecked_ref()).to_vec()).unwrap()
    }

    #[wasm_bindgen_test]
    async fn an_original_comes_back_as_it_was_under_its_name() {
        let content = Array::of1(&JsValue::from("key\nPLAT-1\n"));
        let file = File::new_with_str_sequence(&content, "team export.csv").unwrap();
        let store = open("named-originals").await;
        save_all(&store, &[&["x"]]).await;
        store.keep_original("a", "x", &file).await.unwrap();
        let found = store.originals("a").await.unwrap();
        let [(hash, kept)] = &found[..] else { panic!("one file is kept") };
        assert_eq!((hash.as_str(), kept.dyn_ref::<File>().unwrap().name().as_str()), ("x", "team export.csv"));
        assert_eq!(text_of(&expand(kept).await.unwrap()).await, "key\nPLAT-1\n");
        // What was kept by a browser that cannot compress is handed out as it is.
        assert_eq!(text_of(&expand(&file).await.unwrap()).await, "key\nPLAT-1\n");
        let [listed] = &store.list().await.unwrap()[..] else { panic!("one workspace is stored") };
        assert_eq!((listed.originals, listed.last_moment), (1, Some(1_600_000_000_000)));
        assert_eq!(listed.original_bytes, kept.size() as u64);
    }

    const NOW: f64 = 1_700_000_100_000.0;

    async fn marks(store: &Store, id: &str) -> Marks {
        store.head(id).await.unwrap().unwrap().marks
    }

    #[wasm_bindgen_test]
    async fn what_happens_beside_the_saves_outlives_them() {
        let store = open("marks").await;
        save_all(&store, &[&["x"]]).await;
        assert_eq!(store.mark("gone", &Mark::Reminded, NOW).await, Ok(false));
        store.mark("a", &Mark::Reminded, NOW).await.unwrap();
        store.mark("a", &Mark::BackedUp { changes: 7 }, NOW).await.unwrap();
        let saved = store.save(&order("a", b"next", &["x"], Some(1)), layer).await.unwrap();
        assert_eq!(saved.generation, 2, "a mark is no save");
        let backed_up = Marks { backup_at: Some(NOW as i64), backup_changes: 7, ..Marks::default() };
        assert_eq!(marks(&store, "a").await, backed_up, "a new backup begins the count to the reminder anew");
        store.mark("a", &Mark::Damaged { why: "a test".into() }, NOW).await.unwrap();
        store.mark("a", &Mark::Deleted, NOW).await.unwrap();
        store.save(&order("a", b"after", &["x"], Some(2)), layer).await.unwrap();
        assert_eq!(marks(&store, "a").await, backed_up, "who saves wants to keep");
    }

    #[wasm_bindgen_test]
    async fn a_deleted_workspace_comes_back_until_its_time_is_over() {
        let store = open("deleted").await;
        save_all(&store, &[&["x"]]).await;
        store.mark("a", &Mark::Deleted, NOW).await.unwrap();
        assert_eq!(store.heads().await.unwrap(), []);
        assert_eq!(store.list().await.unwrap()[0].marks.deleted_at, Some(NOW as i64));
        store.remove_expired(NOW + KEPT_AFTER_DELETION_MS as f64).await.unwrap();
        store.mark("a", &Mark::Restored, NOW).await.unwrap();
        assert_eq!(newest(&store, "a").await.unwrap().document, b"document 0");
        store.mark("a", &Mark::Deleted, NOW).await.unwrap();
        store.remove_expired(NOW + KEPT_AFTER_DELETION_MS as f64 + 1.0).await.unwrap();
        assert_eq!(store.list().await.unwrap(), []);
        assert!(keys("deleted", "layers").await.is_empty());
    }

    #[wasm_bindgen_test]
    async fn a_stored_workspace_is_renamed_and_copied_without_opening_it() {
        let store = open("copies").await;
        save_all(&store, &[&["x", "y"]]).await;
        store.keep_original("a", "x", &Blob::new().unwrap()).await.unwrap();
        let head = store.head("a").await.unwrap().unwrap();
        store.save_renamed(&head, "Renamed", b"renamed".to_vec(), NOW).await.unwrap();
        let again = store.save_renamed(&head, "Too late", b"late".to_vec(), NOW).await;
        assert_eq!(again, Err(SaveFailure::ChangedElsewhere { generation: 2 }));
        let head = store.head("a").await.unwrap().unwrap();
        assert_eq!((head.name.as_str(), head.generation), ("Renamed", 2));
        store.save_copy(&head, ("b", "Copy"), b"copied".to_vec(), NOW).await.unwrap();
        assert_eq!(newest(&store, "b").await.unwrap().layers, [b"x".to_vec(), b"y".to_vec()]);
        assert_eq!(keys("copies", "originals").await, ["a/x", "b/x"]);
        store.delete("a").await.unwrap();
        assert_eq!(newest(&store, "b").await.unwrap().document, b"copied");
    }

    async fn put_raw(name: &str, store: &str, key: &str, bytes: &[u8]) {
        let database = Database::open(name).await.unwrap();
        let transaction = database.transaction(store).with_mode(TransactionMode::Readwrite).build().unwrap();
        let value = JsValue::from(Uint8Array::from(bytes));
        transaction.object_store(store).unwrap().put(value).with_key(key).without_key_type().await.unwrap();
        transaction.commit().await.unwrap();
        database.close();
    }

    async fn raw(name: &str, store: &str, key: &str) -> Vec<u8> {
        let database = Database::open(name).await.unwrap();
        let transaction = database.transaction(store).build().unwrap();
        let value: Option<JsValue> =
            transaction.object_store(store).unwrap().get::<JsValue, _, _>(key).primitive().unwrap().await.unwrap();
        drop(transaction);
        database.close();
        Uint8Array::new(&value.unwrap()).to_vec()
    }

    #[wasm_bindgen_test]
    async fn a_flipped_byte_in_a_record_is_noticed_and_harms_no_other() {
        let store = open("damaged-heads").await;
        save_all(&store, &[&["x"], &["x", "y"]]).await;
        store.save(&order("b", b"other", &[], None), layer).await.unwrap();
        let whole = raw("damaged-heads", "heads", "a").await;
        for position in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[position] ^= 1 << (position % 8);
            put_raw("damaged-heads", "heads", "a", &damaged).await;
            assert_eq!(store.head("a").await, Ok(None), "byte {position}");
            if position % 50 == 0 {
                let list = store.list().await.unwrap();
                let listed: Vec<(&str, bool)> =
                    list.iter().map(|stored| (stored.id.as_str(), stored.marks.damage.is_some())).collect();
                assert_eq!(listed, [("b", false), ("a", true)]);
            }
        }
        // Its documents and layers are found all the same.
        assert_eq!(store.generations_found("a").await, Ok(vec![2, 1]));
        assert_eq!(store.document("a", 2).await, Ok(Some(b"document 1".to_vec())));
        assert_eq!(store.layer("a", "y").await, Ok(Some(b"y".to_vec())));
        // Saving writes a whole record over it.
        let saved = store.save(&order("a", b"again", &["x", "y"], None), layer).await.unwrap();
        assert_eq!(saved.generation, 1);
        assert_eq!(newest(&store, "a").await.unwrap().document, b"again");
    }

    #[wasm_bindgen_test]
    async fn a_record_of_the_first_releases_has_no_checksum_and_is_read() {
        let store = open("old-heads").await;
        let old = br#"{"id":"a","name":"Old","generation":4,"saved_at":5,"app":"0.1.0","sample":false,"layers":[],"bytes":9}"#;
        put_raw("old-heads", "heads", "a", old).await;
        let head = store.head("a").await.unwrap().unwrap();
        assert_eq!((head.name.as_str(), head.generation, head.marks), ("Old", 4, Marks::default()));
    }
}

mod typed_numbers {
    use throughline::web::typed_number;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn decimals_are_read_with_point_and_comma_and_nothing_else_is() {
        let table =
            [("12", 12.0), (" 0.5 ", 0.5), ("0,5", 0.5), ("99.9 %", 99.9), ("-3", -3.0), ("1e3", 1000.0), ("0", 0.0)];
        for (text, number) in table {
            assert_eq!(typed_number(text), Some(number), "{text}");
        }
        for text in
            ["", " ", "%", "-", ".", "1.2.3", "1,000.5", "0x10", "1e400", "NaN", "Infinity", "12 h", "\u{665}", "1_0"]
        {
            assert_eq!(typed_number(text), None, "{text}");
        }
    }
}

mod charts {
    use std::cell::RefCell;
    use std::rc::Rc;

    use charming::Chart;
    use charming::component::{Axis, Legend};
    use charming::series::Scatter;
    use throughline::web::{ChartClick, EchartsView, Renderer};
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::Element;

    use super::wait;

    /// Long enough for the browser to lay out and for its size observer to fire.
    const LAID_OUT_MS: u32 = 100;

    // In place of ECharts: it writes down what is asked of it. The real one draws in the tests of the built page.
    #[wasm_bindgen(inline_js = r#"
        export function watch_echarts() {
            const calls = [];
            window.bindChartFunctions = (option) => option;
            window.echarts = { init: (element, theme, settings) => {
                const listeners = {};
                let width = element.clientWidth;
                calls.push(`init ${settings.renderer}`);
                return {
                    setOption: (option, settings) => calls.push("setOption " + JSON.stringify(settings) + " "
                        + Object.getPrototypeOf(option).constructor.name + " "
                        + (option.series[0].data instanceof Float64Array ? "numbers " : "")
                        + JSON.stringify(option.legend?.[0]?.selected ?? option.legend?.selected ?? null)),
                    on: (event, listener) => { listeners[event] = listener; },
                    off: (event) => { delete listeners[event]; },
                    resize: () => (calls.push("resize"), (width = element.clientWidth)),
                    getWidth: () => width,
                    getHeight: () => element.clientHeight,
                    dispatchAction: (action) => {
                        calls.push(JSON.stringify(action));
                        if (action.type === "highlight") listeners.click?.({ seriesId: "done", dataIndex: action.dataIndex, name: "Mon" });
                    },
                    dispose: () => calls.push("dispose"),
                };
            } };
            window.echartsCalls = calls;
        }
        export function calls() { return window.echartsCalls.join("\n"); }
    "#)]
    extern "C" {
        fn watch_echarts();
        fn calls() -> String;
    }

    const UPDATE: &str = r#"setOption {"notMerge":false,"replaceMerge":["series","xAxis","yAxis"]} Object"#;

    fn frame(style: &str) -> Element {
        let document = gloo::utils::document();
        let frame = document.create_element("div").unwrap();
        frame.set_attribute("style", style).unwrap();
        gloo::utils::body().append_child(&frame).unwrap();
        frame
    }

    fn chart() -> Chart {
        Chart::new()
            .legend(Legend::new().selected([("done", false)]))
            .x_axis(Axis::new())
            .y_axis(Axis::new())
            .series(Scatter::new().id("done").data(vec![vec![1, 2]]))
    }

    #[wasm_bindgen_test]
    async fn a_chart_begins_with_its_frame_and_ends_with_its_view() {
        watch_echarts();
        let frame = frame("display: none; width: 300px; height: 200px");
        let view = EchartsView::mount(&frame, Renderer::for_marks(10)).unwrap();
        view.show(&chart()).unwrap();
        wait(LAID_OUT_MS).await;
        assert_eq!(calls(), "", "a hidden frame has no size to draw in");

        frame.set_attribute("style", "width: 300px; height: 200px").unwrap();
        wait(LAID_OUT_MS).await;
        view.show(&chart()).unwrap();
        drop(view);
        let update = format!("{UPDATE} {{\"done\":false}}");
        assert_eq!(calls().lines().collect::<Vec<_>>(), ["init svg", &update, &update, "dispose"]);
        frame.remove();
    }

    #[wasm_bindgen_test]
    async fn a_new_size_of_the_frame_resizes_the_chart() {
        watch_echarts();
        let frame = frame("width: 300px; height: 200px");
        let view = EchartsView::mount(&frame, Renderer::for_marks(5_000)).unwrap();
        view.show_with_data(&chart(), &[(0, vec![1.0, 2.0, 3.0, 4.0])]).unwrap();
        wait(LAID_OUT_MS).await;
        frame.set_attribute("style", "width: 500px; height: 200px").unwrap();
        wait(LAID_OUT_MS).await;
        let calls = calls();
        assert!(calls.starts_with(&format!("init canvas\n{UPDATE} numbers")), "{calls}");
        assert!(calls.ends_with("resize"), "{calls}");
        assert_eq!(calls.matches("resize").count(), 1, "the size it began with is no new size: {calls}");
        drop(view);
        frame.remove();
    }

    #[wasm_bindgen_test]
    async fn clicks_say_which_point_and_only_to_the_last_listener() {
        watch_echarts();
        let frame = frame("width: 300px; height: 200px");
        let view = EchartsView::mount(&frame, Renderer::Svg).unwrap();
        view.on_click(|_| panic!("this listener was replaced")).unwrap();
        let clicks = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&clicks);
        view.on_click(move |click| heard.borrow_mut().push(click)).unwrap();
        view.show(&chart()).unwrap();
        wait(LAID_OUT_MS).await;
        view.show_tip(0, 3);
        let click = ChartClick { series_id: "done".into(), data_index: 3, name: "Mon".into() };
        assert_eq!(*clicks.borrow(), [click]);
        assert!(calls().ends_with(r#"{"type":"showTip","seriesIndex":0,"dataIndex":3}"#), "{}", calls());
        drop(view);
        frame.remove();
    }
}
