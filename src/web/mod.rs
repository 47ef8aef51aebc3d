//! The browser's side: workers, storage, files, theme, address bar and charts. It turns JavaScript values into Rust values
//! and back, and decides nothing. Compiled for wasm32 only.
//!
//! Everything here is a cheap handle and nothing panics: what can fail answers with [`WebError`].

mod app_files;
mod echarts;
mod error;
mod fault;
mod files;
mod frame_messages;
mod framed_chart;
mod gzip;
mod launched_files;
mod location;
mod manifest;
mod panic;
mod persistence;
mod published;
mod release;
mod remote;
pub mod storage;
mod take_along;
mod theme;
mod typed_number;
mod worker;
mod zones;

pub use app_files::fetch_app;
pub use echarts::{ChartClick, ChartPicture, EchartsView, Renderer, charts_ready};
pub use error::WebError;
pub use files::{
    FILE_TYPES, browser_zone, download, files_of_drop, files_of_input, files_of_paste, is_container, is_zone,
    read_only_copy, text_of_paste,
};
pub use frame_messages::{Buffers, FrameLink, Heard, HeightWatch};
pub use framed_chart::TRANSPARENT;
pub use launched_files::take_launched_files;
pub use location::{
    FragmentWatch, app_address, has_opaque_origin, is_safe_mode, page_address, page_without_data, read_fragment,
    read_query, resolve, site, surroundings, watch_fragment, write_fragment,
};
pub use manifest::Manifest;
pub use panic::report_page_panics;
pub use persistence::{kept_by_browser, used_bytes};
pub use published::PublishedSource;
pub use release::{ReleaseWatch, watch_releases};
pub use remote::{as_file, fetch_file, text_of};
pub use storage::{KEPT_AFTER_DELETION_MS, Mark, StoredWorkspace};
pub use take_along::{Picture, PictureColours, PictureEntry, copy_picture, copy_text, expect_taking, picture_bytes};
pub use theme::{DECALS, FONT, MOTION, PRINTING, THEME, ThemeWatch, is_printing, palette, system_wishes, watch_theme};
pub use typed_number::typed_number;
pub use worker::{
    EngineClient, EngineEvent, ImportChoices, ImportFailure, ImportHandle, ImportOutcome, ImportPhase, ImportProgress,
    ImportSource, KeptFiles, UnpackFailure, UnpackHandle, UnpackedFiles, run_engine_worker, run_export_worker,
    run_import_worker, run_unpack_worker,
};
pub use zones::use_browser_zones;

pub use crate::sample::{SAMPLE_FILE_NAME, SAMPLE_FILES};
