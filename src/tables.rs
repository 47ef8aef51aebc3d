//! The numbers of a result as a table, for the screen and for taking along: CSV, Markdown, HTML.

use std::collections::HashMap;
use std::fmt::Write;

use crate::charts::{Place, place_name, places};
use crate::metrics::{MetricResult, Role, X};
use crate::model::guarded;
use crate::numbers;

/// A row: where, and a place per column.
pub type Row = (X, Vec<Option<Place>>);

/// The numbers of a result, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Header of the first column.
    pub x: &'static str,
    /// Name and unit of each other column.
    pub columns: Vec<(String, String)>,
    /// The rows, in the order of the axis.
    pub rows: Vec<Row>,
    /// Levels that are named once: name, value, unit.
    pub levels: Vec<(String, Option<f64>, String)>,
}

impl Table {
    /// The table of a result.
    pub fn of(result: &MetricResult) -> Self {
        let is_single_level = |role: Role, points: usize| role == Role::Level && points == 1 && result.series.len() > 1;
        let levels = result
            .series
            .iter()
            .filter(|series| is_single_level(series.role, series.points.len()))
            .map(|series| (series.name.clone(), series.points.first().and_then(|point| point.y), series.unit.clone()))
            .collect();
        let series: Vec<_> =
            result.series.iter().filter(|series| !is_single_level(series.role, series.points.len())).collect();
        let columns: Vec<_> = series.iter().map(|series| (series.name.clone(), series.unit.clone())).collect();
        let x = match series.first().and_then(|series| series.points.first()) {
            Some(point) if matches!(point.x, X::Name(_)) => "Name",
            _ => "Date",
        };
        let scatter = series.iter().any(|series| series.role == Role::Scatter);
        let mut rows: Vec<Row> = Vec::new();
        let mut row_of: HashMap<X, usize> = HashMap::new();
        for (column, series) in series.iter().enumerate() {
            for place in places(series) {
                // Several dots of a scatter stand at one date: each has its own row.
                let row = match row_of.get(&place.x) {
                    Some(&row) if !scatter => row,
                    _ => {
                        row_of.insert(place.x.clone(), rows.len());
                        rows.push((place.x.clone(), vec![None; columns.len()]));
                        rows.len() - 1
                    }
                };
                if let Some(slot) = rows.get_mut(row).and_then(|(_, cells)| cells.get_mut(column)) {
                    *slot = Some(place);
                }
            }
        }
        if x == "Date" {
            crate::model::sort_by_key(&mut rows, |(x, _)| match x {
                X::Day(day) => *day,
                X::Name(_) => i32::MAX,
            });
        }
        Self { x, columns, rows, levels }
    }

    /// Headers and cells as texts. `number` writes a value; what is unknown is empty.
    fn texts(&self, number: fn(f64) -> String) -> (Vec<String>, Vec<(String, Vec<String>)>) {
        let head = std::iter::once(self.x.to_owned())
            .chain(self.columns.iter().map(|(name, unit)| format!("{name} ({unit})")))
            .collect();
        let written = |value: Option<f64>| value.filter(|value| value.is_finite()).map(number).unwrap_or_default();
        let rows = self.rows.iter().map(|(x, cells)| {
            (place_name(x), cells.iter().map(|cell| written(cell.as_ref().and_then(|place| place.y))).collect())
        });
        let levels = self.levels.iter().map(|(name, value, unit)| {
            // A level holds for the whole chart: its number stands once.
            let cells = std::iter::once(written(*value))
                .chain(std::iter::repeat_n(String::new(), self.columns.len().saturating_sub(1)))
                .collect();
            (format!("{name} ({unit})"), cells)
        });
        (head, rows.chain(levels).collect())
    }

    /// As CSV (RFC 4180, UTF-8 with a byte order mark, so that Excel reads it right). Texts that a spreadsheet would compute
    /// have an apostrophe in front; numbers are plain numbers.
    pub fn csv(&self) -> String {
        let (head, rows) = self.texts(|value| value.to_string());
        let mut csv = String::from("\u{feff}");
        let quoted = |text: &str| format!("\"{}\"", guarded(text).replace('"', "\"\""));
        let mut line = |cells: Vec<String>| {
            csv.push_str(&cells.join(","));
            csv.push_str("\r\n");
        };
        line(head.iter().map(|text| quoted(text)).collect());
        for (name, numbers) in rows {
            line(std::iter::once(quoted(&name)).chain(numbers).collect());
        }
        csv
    }

    /// As a table of Markdown (GitHub, GitLab, Jira's new editor, Confluence).
    pub fn markdown(&self) -> String {
        let (head, rows) = self.texts(numbers::number);
        let mut text = String::new();
        let mut line = |cells: Vec<String>| {
            // Writing to a string cannot fail.
            let _written = writeln!(text, "| {} |", cells.join(" | "));
        };
        line(head.iter().map(|cell| in_markdown(cell)).collect());
        line(head.iter().enumerate().map(|(at, _)| if at == 0 { "---" } else { "---:" }.to_owned()).collect());
        for (name, numbers) in rows {
            line(std::iter::once(in_markdown(&name)).chain(numbers).collect());
        }
        text
    }

    /// As a table of HTML without any style: pasted into a wiki or a mail it stays a table.
    pub fn html(&self, title: &str) -> String {
        let (head, rows) = self.texts(numbers::number);
        let mut html = format!("<table><caption>{}</caption><thead><tr>", in_html(title));
        for cell in &head {
            let _written = write!(html, "<th scope=\"col\">{}</th>", in_html(cell));
        }
        html.push_str("</tr></thead><tbody>");
        for (name, numbers) in rows {
            let _written = write!(html, "<tr><th scope=\"row\">{}</th>", in_html(&name));
            for number in numbers {
                let _written = write!(html, "<td align=\"right\">{number}</td>");
            }
            html.push_str("</tr>");
        }
        html.push_str("</tbody></table>");
        html
    }
}

/// A text that means nothing to Markdown, in one line.
fn in_markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => plain.push(' '),
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '!' | '~' | '>' => {
                plain.push('\\');
                plain.push(character);
            }
            character if character.is_control() => {}
            character => plain.push(character),
        }
    }
    plain
}

/// A text that means nothing to HTML.
fn in_html(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            character if character.is_control() => plain.push(' '),
            character => plain.push(character),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Point, Series};

    fn result(names: &[&str]) -> MetricResult {
        let points = |values: &[Option<f64>]| {
            names
                .iter()
                .zip(values)
                .map(|(name, &y)| Point { x: X::Name((*name).to_owned()), y, items: vec![] })
                .collect::<Vec<_>>()
        };
        let series = |id: &str, name: &str, role, points| Series::new(id, name, role, "items", points);
        let level = vec![Point { x: X::Name(String::new()), y: Some(2.5), items: vec![] }];
        MetricResult {
            series: vec![
                series("main", "Done", Role::Main, points(&[Some(-1234.5), None, Some(3.0)])),
                series("other", "=Planned", Role::Second, points(&[Some(1.0), Some(0.125)])),
                series("median", "Median", Role::Level, level),
            ],
            ..MetricResult::default()
        }
    }

    #[test]
    fn csv_keeps_numbers_numbers_and_texts_texts() {
        let csv = Table::of(&result(&["=1+1", "say \"hi\", you", "Sprint 3"])).csv();
        let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(
            lines,
            [
                "\"Name\",\"Done (items)\",\"'=Planned (items)\"",
                "\"'=1+1\",-1234.5,1",
                "\"say \"\"hi\"\", you\",,0.125",
                "\"Sprint 3\",3,",
                "\"Median (items)\",2.5,",
                "",
            ]
        );
    }

    #[test]
    fn markup_of_users_is_text_in_markdown_and_html() {
        let table = Table::of(&result(&["<img src=x onerror=alert(1)>", "a|b\n`c`", "[x](javascript:1)"]));
        let markdown = table.markdown();
        assert!(markdown.contains("&lt;img src=x onerror=alert(1)\\>"), "{markdown}");
        assert!(markdown.contains("a\\|b \\`c\\`"), "{markdown}");
        assert!(markdown.contains("\\[x\\](javascript:1)"), "{markdown}");
        assert_eq!(markdown.lines().nth(1), Some("| --- | ---: | ---: |"));
        let html = table.html("\"<script>\"");
        assert!(html.starts_with("<table><caption>&quot;&lt;script&gt;&quot;</caption>"), "{html}");
        assert!(!html.contains("<img"), "{html}");
        assert!(html.contains("<td align=\"right\">−1,234.5</td>"), "{html}");
    }
}
