//! A workspace file of any bytes, and a workspace whose document or layer was changed behind the checksum: refused, or opened
//! and answered.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use throughline::engine::{AddTerms, Engine, Request, Response, pack_workspace_file, unpack_workspace_file};
use throughline::importers::ImportReport;
use throughline_fuzz::{changed_record, real_snapshot};

fn document() -> &'static [u8] {
    static DOCUMENT: OnceLock<Vec<u8>> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut engine = Engine::default();
        engine.handle(Request::NewWorkspace {
            id: "fuzz".into(),
            name: "Fuzz".into(),
            zone: "UTC".into(),
            sample: false,
        });
        let report = Box::new(ImportReport::default());
        engine.handle(Request::AddLayer { dataset: real_snapshot().to_vec(), report, terms: AddTerms::default() });
        engine.document().expect("a workspace is open")
    })
}

fn open(document: Vec<u8>, layers: Vec<Vec<u8>>) {
    let mut engine = Engine::default();
    if let Response::Failed(error) = engine.handle(Request::OpenWorkspace { document, layers }) {
        assert!(!error.to_string().is_empty());
        return;
    }
    engine.handle(Request::Describe);
}

fuzz_target!(|input: &[u8]| {
    let Some((&choice, rest)) = input.split_first() else { return };
    match choice % 3 {
        0 => {
            let Ok(parts) = unpack_workspace_file(rest) else { return };
            let packed = pack_workspace_file(&parts).expect("parts of a file");
            assert!(
                unpack_workspace_file(&packed).expect("our own bytes") == parts,
                "packed again, it is not the same"
            );
            open(parts.document, parts.layers.into_iter().map(|(_, layer)| layer).collect());
        }
        1 => open(changed_record(document(), rest), vec![real_snapshot().to_vec()]),
        _ => open(document().to_vec(), vec![changed_record(real_snapshot(), rest)]),
    }
});
