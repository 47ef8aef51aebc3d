//! Which sheets a workbook has, where they lie, and which day its serials count from.

use super::serial::Epoch;
use super::xml::{Node, Xml};

/// What the main part says.
pub(super) struct Workbook {
    /// In the order of the tabs.
    pub(super) sheets: Vec<SheetEntry>,
    pub(super) epoch: Epoch,
    /// Path of the shared texts.
    pub(super) strings: String,
    /// Path of the styles.
    pub(super) styles: String,
}

/// A tab.
pub(super) struct SheetEntry {
    pub(super) name: String,
    /// Path of its part; empty when the workbook names none.
    pub(super) path: String,
    /// Why it is not read, in words that follow its name.
    pub(super) left_out: Option<&'static str>,
}

/// A line of the relations: id, the last word of its type, path.
struct Relation {
    id: String,
    kind: String,
    path: String,
}

/// Reads the main part and its relations; `folder` is where the main part lies.
pub(super) fn read(main: &str, relations: &str, folder: &str) -> Result<Workbook, String> {
    let relations = read_relations(relations, folder)?;
    let path_of = |kind: &str, usual: &str| {
        let named = relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.path.clone());
        named.unwrap_or_else(|| join(folder, usual))
    };
    let mut workbook = Workbook {
        sheets: Vec::new(),
        epoch: Epoch::From1900,
        strings: path_of("sharedStrings", "sharedStrings.xml"),
        styles: path_of("styles", "styles.xml"),
    };
    let mut xml = Xml::new(main);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.is("workbookPr") {
            if matches!(element.attribute("date1904").as_deref(), Some("1" | "true")) {
                workbook.epoch = Epoch::From1904;
            }
        } else if element.is("sheet") {
            let id = element.attribute("id");
            let relation = relations.iter().find(|relation| Some(&relation.id) == id.as_ref());
            let position = workbook.sheets.len() + 1;
            let name = element.attribute("name").filter(|name| !name.trim().is_empty());
            let is_sheet = relation.is_none_or(|relation| relation.kind == "worksheet");
            workbook.sheets.push(SheetEntry {
                // Excel allows no slash in a sheet's name; other writers do.
                name: name.map_or_else(|| format!("Sheet{position}"), |name| name.replace('/', "-")),
                path: relation.map_or_else(
                    || join(folder, &format!("worksheets/sheet{position}.xml")),
                    |found| found.path.clone(),
                ),
                left_out: match element.attribute("state").as_deref() {
                    Some("hidden" | "veryHidden") => Some("is a hidden sheet; show it in Excel to import it"),
                    _ if !is_sheet => Some("is a chart or dialog, not a table"),
                    _ => None,
                },
            });
        }
    }
    Ok(workbook)
}

fn read_relations(text: &str, folder: &str) -> Result<Vec<Relation>, String> {
    let mut relations = Vec::new();
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.is("Relationship")
            && let (Some(id), Some(kind), Some(target)) =
                (element.attribute("Id"), element.attribute("Type"), element.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.push(Relation { id, kind, path: join(folder, &target) });
        }
    }
    Ok(relations)
}

/// The path of a part that is named from a folder.
pub(super) fn join(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let from_root = target.starts_with('/');
    for step in folder.split('/').filter(|_| !from_root).chain(target.split(['/', '\\'])) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
