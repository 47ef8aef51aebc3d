//! Parts that several views share.

mod answers;
mod chart;
mod definitions;
mod drawer;
mod drawing;
mod drop_zone;
mod export_help;
mod figures;
mod file_picker;
mod filter_bar;
mod header;
mod import_progress;
mod import_question;
mod item_drawer;
mod items_table;
mod legend;
mod notice;
mod number_table;
mod panel;
mod response;
mod shell;
mod switch;
mod user_text;
mod window_editor;
mod working;

pub(super) use export_help::{ExportHelpList, ExportMatrix, sight_mark};
pub(super) use file_picker::FilePicker;
pub(super) use filter_bar::FilterBar;
pub(super) use items_table::ItemsTable;
pub(super) use panel::PanelCards;
pub(super) use response::{UNEXPECTED, use_response};
pub(super) use shell::Shell;
pub(super) use switch::Switch;
pub(super) use user_text::UserText;
pub(super) use window_editor::{WindowEditor, WindowList};
