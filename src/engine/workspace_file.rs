//! The `.throughline` file: a workspace to take along, one file, readable without this program.
//!
//! Layout: the line `THROUGHLINE-WORKSPACE 1\n`, u32 little-endian length of a JSON index, the index, then the parts' bytes in the
//! index' order, the document first. The crash screen writes the same layout without wasm.

use serde::{Deserialize, Serialize};

use crate::engine::EngineError;

/// The first bytes of every workspace file.
pub const WORKSPACE_MAGIC: &[u8] = b"THROUGHLINE-WORKSPACE ";
const FIRST_LINE: &[u8] = b"THROUGHLINE-WORKSPACE 1\n";

#[derive(Serialize, Deserialize)]
struct Index {
    parts: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    kind: String,
    name: String,
    length: u64,
}

/// Document and layers of a workspace, in the document's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceParts {
    /// The sealed document.
    pub document: Vec<u8>,
    /// Hash and bytes of each layer.
    pub layers: Vec<(String, Vec<u8>)>,
}

/// Writes the parts as one file.
pub fn pack_workspace_file(parts: &WorkspaceParts) -> Result<Vec<u8>, EngineError> {
    let part = |kind: &str, name: &str, bytes: &[u8]| Part {
        kind: kind.into(),
        name: name.into(),
        length: bytes.len() as u64,
    };
    let mut index = Index { parts: vec![part("document", "document", &parts.document)] };
    index.parts.extend(parts.layers.iter().map(|(hash, bytes)| part("layer", hash, bytes)));
    let index = serde_json::to_vec(&index).map_err(|error| EngineError::Unreadable(error.to_string()))?;
    let mut file = FIRST_LINE.to_vec();
    file.extend_from_slice(&(index.len() as u32).to_le_bytes());
    file.extend_from_slice(&index);
    file.extend_from_slice(&parts.document);
    parts.layers.iter().for_each(|(_, bytes)| file.extend_from_slice(bytes));
    Ok(file)
}

/// Takes a workspace file apart. Its parts are sealed; they are checked when they are opened.
pub fn unpack_workspace_file(file: &[u8]) -> Result<WorkspaceParts, EngineError> {
    let broken = |what: &str| {
        EngineError::Unreadable(format!("This is no complete Throughline workspace file: {what}. Download it again."))
    };
    let rest = match file.strip_prefix(FIRST_LINE) {
        Some(rest) => rest,
        None if file.starts_with(WORKSPACE_MAGIC) => {
            return Err(EngineError::Unreadable(
                "This workspace file was written by a later version of Throughline. Reload the page to update.".into(),
            ));
        }
        None => return Err(broken("its first line is missing")),
    };
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(|| broken("it ends early"))?;
    let (index, mut rest) =
        rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(|| broken("its index ends early"))?;
    let index: Index =
        serde_json::from_slice(index).map_err(|error| broken(&format!("its index is damaged ({error})")))?;
    let mut parts = WorkspaceParts { document: Vec::new(), layers: Vec::new() };
    for part in index.parts {
        let length = usize::try_from(part.length).map_err(|_too_long| broken("a part is too long"))?;
        let (bytes, after) = rest.split_at_checked(length).ok_or_else(|| broken("a part ends early"))?;
        rest = after;
        match part.kind.as_str() {
            "document" => parts.document = bytes.to_vec(),
            "layer" => parts.layers.push((part.name, bytes.to_vec())),
            // A later release may add parts; they are kept out, not misread.
            _ => {}
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_apart_as_it_was_put_together() {
        let parts =
            WorkspaceParts { document: vec![1, 2, 3], layers: vec![("aa".into(), vec![4]), ("bb".into(), vec![])] };
        let file = pack_workspace_file(&parts).unwrap();
        assert_eq!(unpack_workspace_file(&file), Ok(parts));
        for cut in 0..file.len() {
            assert!(unpack_workspace_file(&file[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn a_later_layout_says_so() {
        let error = unpack_workspace_file(b"THROUGHLINE-WORKSPACE 2\n").unwrap_err().to_string();
        assert!(error.contains("later version"), "{error}");
    }
}
