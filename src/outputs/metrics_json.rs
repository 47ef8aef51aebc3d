//! The report JSON of all metrics (schema: docs of the command line's `report --json`).

use super::OutputFile;
use crate::engine::{Engine, EngineError};
use crate::metrics::Query;

pub(super) fn make(engine: &mut Engine, query: &Query) -> Result<Vec<OutputFile>, EngineError> {
    let text = engine.report_json(query, None)?;
    Ok(vec![OutputFile { name: "metrics.json".into(), mime: "application/json".into(), bytes: text.into_bytes() }])
}

#[cfg(test)]
mod tests {
    use super::super::{OutputOrder, make};
    use super::*;
    use crate::engine::Request;

    #[test]
    fn the_file_is_the_report() {
        let mut engine = Engine::default();
        assert_eq!(
            make(&mut engine, &OutputOrder::MetricsJson { query: Query::default() }),
            Err(EngineError::NothingOpen)
        );
        engine.handle(Request::NewWorkspace { id: "w".into(), name: "Team".into(), zone: "UTC".into(), sample: false });
        let files = make(&mut engine, &OutputOrder::MetricsJson { query: Query::default() }).unwrap();
        assert_eq!(files.len(), 1);
        let text = engine.report_json(&Query::default(), None).unwrap();
        assert_eq!(files[0].bytes, text.as_bytes());
        assert!(text.contains("\"schema\""));
    }
}
