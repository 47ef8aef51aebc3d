//! A site to be served as it is: what is published of the workspace, with the app beside it, as one archive.

use super::OutputFile;
use crate::containers::pack_zip;
use crate::engine::{Engine, EngineError};
use crate::publish::{Bundle, BundleOrder, bundle};

/// What whoever unpacks the archive reads first.
const README: &str = include_str!("../../docs/site-readme.md");

/// What would become public: one file, postcard of [`crate::publish::Preview`].
pub(super) fn preview(engine: &Engine, order: &BundleOrder) -> Result<Vec<OutputFile>, EngineError> {
    let Bundle { preview, .. } = bundled(engine, order)?;
    let bytes = postcard::to_stdvec(&preview).map_err(|error| EngineError::Invalid(error.to_string()))?;
    Ok(vec![OutputFile { name: "preview".into(), mime: "application/octet-stream".into(), bytes }])
}

/// The archive. Without the app it holds what is published alone.
pub(super) fn make(engine: &Engine, order: &BundleOrder, app: &[OutputFile]) -> Result<Vec<OutputFile>, EngineError> {
    let Bundle { files, .. } = bundled(engine, order)?;
    let is_published = |path: &str| files.iter().any(|file| file.path == path);
    let app = app.iter().filter(|file| !is_published(&file.name)).map(|file| (file.name.as_str(), &file.bytes[..]));
    let readme = [("README.md", README.as_bytes())];
    let all: Vec<(&str, &[u8])> =
        readme.into_iter().chain(app).chain(files.iter().map(|file| (file.path.as_str(), &file.bytes[..]))).collect();
    let bytes = pack_zip(&all, order.generated_at)
        .ok_or_else(|| EngineError::Invalid("The site is too large for an archive. Take columns out.".into()))?;
    Ok(vec![OutputFile { name: "site.zip".into(), mime: "application/zip".into(), bytes }])
}

fn bundled(engine: &Engine, order: &BundleOrder) -> Result<Bundle, EngineError> {
    bundle(engine, order).map_err(|error| EngineError::Invalid(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::{OutputOrder, make};
    use super::*;
    use crate::engine::Request;
    use crate::metrics::Query;
    use crate::model::{Dataset, ItemRow, MomentField, TextField, encode_dataset};
    use crate::publish::{Preview, Redaction};

    fn engine() -> Engine {
        let mut dataset = Dataset::default();
        let mut row = ItemRow::default();
        row.begin(1);
        row.text(TextField::Key, "A-1").moment(MomentField::Created, Some(1_700_000_000_000));
        dataset.push_item(&row);
        let mut engine = Engine::default();
        engine.handle(Request::NewWorkspace { id: "w".into(), name: "Team".into(), zone: "UTC".into(), sample: false });
        let (report, terms) = (Box::default(), crate::engine::AddTerms::default());
        engine.handle(Request::AddLayer { dataset: encode_dataset(&dataset), report, terms });
        engine
    }

    fn order() -> BundleOrder {
        BundleOrder {
            name: "Delivery".into(),
            generated_at: 1_795_586_400_000,
            refresh_every: None,
            redaction: Redaction::default(),
            views: Vec::new(),
            views_left_out: Vec::new(),
            query: Query::default(),
        }
    }

    #[test]
    fn the_archive_holds_the_app_and_what_the_preview_names() {
        let mut engine = engine();
        let file = |name: &str, text: &str| OutputFile {
            name: name.into(),
            mime: String::new(),
            bytes: text.as_bytes().to_vec(),
        };
        // The settings of the site that it is made from are not those of the new one.
        let app = vec![file("index.html", "<!doctype html>"), file("app.config.json", "{}")];
        let made = make(&mut engine, &OutputOrder::Site { order: order(), app }).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&made[0].bytes)).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let preview = make(&mut engine, &OutputOrder::SitePreview { order: order() }).unwrap();
        let preview: Preview = postcard::from_bytes(&preview[0].bytes).unwrap();
        assert!(preview.files.iter().all(|file| names.contains(&file.path)), "{names:?}");
        assert_eq!(names.len(), preview.files.len() + 2, "{names:?}");
        let config = std::io::read_to_string(archive.by_name("app.config.json").unwrap()).unwrap();
        assert!(config.contains("data/workspace.json"), "{config}");
        assert_eq!(preview.items, 1);
        assert_eq!(preview.rows[0][0], ("key".to_owned(), "A-1".to_owned()));
    }
}
