//! Each line of the input is a cell of a date column, a number column, a duration column and a list column.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut table = String::from("key,title,status,created,finished,estimate,original_estimate_hours,sprint\n");
    for (number, line) in text.lines().enumerate() {
        let cell = line.replace('"', "\"\"");
        table.push_str(&format!("A-{number},x,Done,\"{cell}\",\"{cell}\",\"{cell}\",\"{cell}\",\"{cell}\"\n"));
    }
    throughline_fuzz::check_import(table.as_bytes(), Some("work-items-csv"));
    let jira = table.replacen(
        "key,title,status,created,finished,estimate,original_estimate_hours,sprint",
        "Issue key,Summary,Status,Created,Resolved,Custom field (Story Points),Original estimate,Sprint",
        1,
    );
    throughline_fuzz::check_import(jira.as_bytes(), Some("jira-csv"));
});
