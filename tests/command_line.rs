//! The command line's promises: exit codes, messages and the report's shape.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use throughline::sample::sample_export;

fn throughline(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_throughline")).args(arguments).output().unwrap()
}

/// A file of this test's own; each test names its own, so that they run side by side.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command-line");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_report_has_the_shape_others_rely_on() {
    let sample = file("report.csv", &sample_export());
    let output = throughline(&["report", sample.to_str().unwrap(), "--json", "--set", "unit=points", "--items", "2"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], 1);
    assert_eq!(report["time_zone"], "UTC");
    assert_eq!(report["settings"]["unit"], "points");
    assert_eq!(report["sources"][0]["format"], "jira-csv");
    assert!(report["dataset"]["work_items"].as_u64().unwrap() > 100);
    let ids: Vec<&str> =
        report["metrics"].as_array().unwrap().iter().map(|metric| metric["id"].as_str().unwrap()).collect();
    for id in ["burndown", "velocity", "throughput", "cycle-time", "lead-time"] {
        assert!(ids.contains(&id), "{id} is missing in {ids:?}");
    }
    for metric in report["metrics"].as_array().unwrap() {
        assert!(["ok", "not-computable"].contains(&metric["status"].as_str().unwrap()));
        assert!(!metric["summary"].as_str().unwrap().is_empty());
        for point in metric["series"].as_array().unwrap().iter().flat_map(|series| series["points"].as_array().unwrap())
        {
            assert!(point["items"].as_array().unwrap().len() <= 2);
        }
    }
}

#[test]
fn every_sprint_is_answered_when_all_are_asked_for() {
    let sample = file("all.csv", &sample_export());
    let output = throughline(&["report", sample.to_str().unwrap(), "--json", "--set", "iteration=all", "--items", "0"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let burndowns: Vec<&str> = report["metrics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|metric| metric["id"] == "burndown")
        .map(|metric| metric["iteration"].as_str().unwrap())
        .collect();
    assert_eq!(burndowns.len() as u64, report["dataset"]["iterations"].as_u64().unwrap());
    assert!(burndowns.len() > 5);
}

#[test]
fn the_same_call_prints_the_same_bytes() {
    let sample = file("again.csv", &sample_export());
    let call = ["report", sample.to_str().unwrap(), "--json", "--tz", "America/St_Johns", "--as-of", "2026-01-31"];
    assert_eq!(throughline(&call).stdout, throughline(&call).stdout);
}

#[test]
fn a_refused_file_is_named_and_the_others_are_read() {
    let sample = file("good.csv", &sample_export());
    let pdf = file("plan.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n");
    let output = throughline(&["check", pdf.to_str().unwrap(), sample.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let complaint = text(&output.stderr);
    assert!(complaint.contains("plan.csv") && complaint.contains("PDF"), "{complaint}");
    assert!(text(&output.stdout).contains("good.csv"));
}

/// An archive of these files by an independent writer.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_files_of_an_archive_are_imported_and_what_is_left_out_is_told() {
    let rows = |keys: std::ops::Range<u32>| {
        let rows: Vec<String> = keys.map(|key| format!("Item {key},A-{key},{key},Bug,Open\n")).collect();
        format!("Summary,Issue key,Issue id,Issue Type,Status\n{}", rows.concat()).into_bytes()
    };
    let bytes =
        archive(&[("one.csv", &rows(1..4)), ("two.csv", &rows(4..6)), ("bad.csv", b"%PDF-1.7"), ("a.png", b"x")]);
    let path = file("packed.zip", &bytes);
    let output = throughline(&["check", path.to_str().unwrap(), "--json"]);
    let complaint = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "a file in it was refused: {complaint}");
    assert!(complaint.contains("packed.zip/a.png is a picture."), "{complaint}");
    assert!(complaint.contains("packed.zip/bad.csv was not imported."), "{complaint}");
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    let files: Vec<(&str, u64)> = check["imports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|import| (import["file"].as_str().unwrap(), import["kept"].as_u64().unwrap()))
        .collect();
    assert_eq!(files, [("packed.zip/one.csv", 3), ("packed.zip/two.csv", 2)]);

    let cut = file("cut.zip", &bytes[..bytes.len() - 30]);
    let output = throughline(&["check", cut.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cut.zip was not unpacked."), "{}", text(&output.stderr));
}

#[test]
fn a_file_of_records_is_not_counted_in_work_items() {
    let csv = b"id,deployed_at,environment,status,caused_incident\nd1,2026-01-05T10:00:00Z,production,success,\nd2,2026-01-06T10:00:00Z,production,failure,\n";
    let path = file("deployments.csv", csv);
    let output = throughline(&["check", path.to_str().unwrap()]);
    let told = text(&output.stdout);
    assert!(told.contains("2 rows read = 2 kept + 0 repeated + 0 refused"), "{told}");
    assert!(told.contains("Holds deployments: 2") && told.contains("In all: deployments: 2"), "{told}");
    assert!(!told.contains("work items"), "{told}");
    let output = throughline(&["check", path.to_str().unwrap(), "--json"]);
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(check["dataset"]["deployments"], 2);
    assert_eq!(check["dataset"]["work_items"], 0);
}

#[test]
fn a_file_that_brings_nothing_new_is_named() {
    let (first, second) = (file("first.csv", &sample_export()), file("second.csv", &sample_export()));
    let output = throughline(&["check", first.to_str().unwrap(), second.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("second.csv brings nothing new"), "{}", text(&output.stderr));
}

#[test]
fn a_missing_file_is_an_error_with_a_next_step() {
    let output = throughline(&["report", "no-such-file.csv", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no-such-file.csv"));
}

#[test]
fn wrong_words_exit_with_64_and_say_what_is_known() {
    let sample = file("usage.csv", &sample_export());
    let sample = sample.to_str().unwrap();
    let calls: [&[&str]; 7] = [
        &["check", sample, "--format", "spread-sheet"],
        &["report"],
        &["report", sample],
        &["report", sample, "--json", "--set", "g=fortnight"],
        &["report", sample, "--json", "--set", "colour"],
        &["report", sample, "--json", "--tz", "Mars/Olympus"],
        &["report", sample, "--json", "--as-of", "soon"],
    ];
    for call in calls {
        let output = throughline(call);
        assert_eq!(output.status.code(), Some(64), "{call:?}: {}", text(&output.stderr));
        assert!(!output.stderr.is_empty(), "{call:?} says nothing");
    }
    assert_eq!(throughline(&["--help"]).status.code(), Some(0));
}

#[test]
fn the_format_can_be_named() {
    let sample = file("named.csv", &sample_export());
    let of = |format: &str| throughline(&["check", sample.to_str().unwrap(), "--format", format]);
    assert_eq!(of("jira-csv").status.code(), Some(0));
    assert!(text(&of("jira-csv").stdout).contains("(you chose this format)"));
    assert_eq!(of("jira-json").status.code(), Some(2), "a table is no JSON");
}

#[test]
fn check_as_json_tells_every_warning() {
    let csv = "Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved\n\
        One,A-1,1,Story,Done,01/Jan/24 9:00 AM,soon\n\
        No key,,2,Story,Done,01/Jan/24 9:00 AM,\n";
    let path = file("check.csv", csv.as_bytes());
    let output = throughline(&["check", path.to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    let import = &check["imports"][0];
    assert_eq!(import["rows_read"], 2);
    assert_eq!(import["kept"], 1);
    assert_eq!(import["refused"][0]["line"], 3);
    let warning = &import["warnings"][0];
    assert_eq!((warning["line"].as_u64(), warning["value"].as_str()), (Some(2), Some("soon")));
    assert!(check["quality"].as_array().unwrap().iter().any(|finding| finding["id"] == "done-without-date"));
}

#[test]
fn a_check_says_in_words_how_far_the_data_can_be_used() {
    let rows = "Issue key,Issue id,Summary,Status,Created,Resolved\n\
        A-1,1,One,Done,2024-01-01 09:00,2024-01-09 09:00\n\
        A-2,2,Two,Done,2024-01-20 09:00,2024-01-10 09:00\n";
    let path = file("quality.csv", rows.as_bytes());
    let output = throughline(&["check", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    let (_, verdict) = told.split_once("Data quality: ").unwrap();
    assert!(verdict.starts_with("Not usable for: Sprint"), "{told}");
    assert!(verdict.contains("\n  Sprint: This data names no sprints.\n"), "{told}");
    assert!(told.contains("  serious: 1 item (50 %) was finished before it was created"), "{told}");
    assert!(told.contains(" Affects Sprint, Burnup, Flow.\n"), "{told}");

    let output = throughline(&["check", path.to_str().unwrap(), "--json", "--as-of", "2024-01-15"]);
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(check["quality_verdict"]["result"], "lacking");
    assert_eq!(check["quality_verdict"]["not_usable"][0], "sprint");
    let findings = check["quality"].as_array().unwrap();
    let future = findings.iter().find(|finding| finding["id"] == "future-dates").unwrap();
    assert_eq!(future["items"], serde_json::json!(["A-2"]));
    for finding in findings {
        for key in ["title", "message", "fix", "counted"] {
            assert!(!finding[key].as_str().unwrap().is_empty(), "{key} of {finding}");
        }
        assert!(finding["affects"].is_array() && finding["views"].is_array(), "{finding}");
    }
    assert_eq!(throughline(&["check", path.to_str().unwrap(), "--as-of", "soon"]).status.code(), Some(64));
}

#[test]
fn decisions_are_taken_from_a_file() {
    let sample = file("decided.csv", &sample_export());
    let report = |decisions: &[u8]| {
        let path = file("decisions.json", decisions);
        throughline(&["report", sample.to_str().unwrap(), "--json", "--items", "0", "--decide", path.to_str().unwrap()])
    };
    let output = report(br#"{ "bug_rule": { "types": ["Bug"] }, "resolution_targets": { "High": 5 } }"#);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for (wrong, words) in [
        (&br#"{ "bug_rules": {} }"#[..], "\"bug_rules\" is no decision. These are: availability_targets"),
        (br#"{ "debt_target": 120 }"#, "the target for technical debt: A target is a number from 0 to 100."),
        (b"{", "decisions.json: EOF"),
    ] {
        let output = report(wrong);
        assert_eq!(output.status.code(), Some(64), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
    let output = throughline(&["report", sample.to_str().unwrap(), "--json", "--decide", "no-such-file.json"]);
    assert_eq!(output.status.code(), Some(64));
}

#[test]
fn the_report_is_written_as_one_page_and_as_pictures() {
    let sample = file("page.csv", &sample_export());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command-line/written");
    let page = folder.join("deep/report.html");
    let pictures = folder.join("pictures");
    let call = [
        "report",
        sample.to_str().unwrap(),
        "--html",
        page.to_str().unwrap(),
        "--svg",
        pictures.to_str().unwrap(),
        "--name",
        "Q3 <review>",
        "--link",
        "https://example.test/#view=flow",
        "--set",
        "g=month",
    ];
    let output = throughline(&call);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty(), "without --json nothing is written to standard output");
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.starts_with("<!DOCTYPE html>") && written.contains("<bdi>Q3 &lt;review&gt;</bdi>"));
    assert!(written.contains("Shown: <bdi>by month</bdi>"));
    let names: Vec<String> =
        fs::read_dir(&pictures).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.len() > 15 && names.contains(&"throughput.svg".to_owned()), "{names:?}");
    let picture = fs::read_to_string(pictures.join("throughput.svg")).unwrap();
    assert!(picture.contains("https://example.test/#view=flow</dc:source>"), "{picture}");

    let again = throughline(&call);
    assert_eq!(again.status.code(), Some(0));
    assert!(written == fs::read_to_string(&page).unwrap(), "the same call writes the same bytes");
}

#[test]
fn a_report_that_cannot_be_written_is_told() {
    let sample = file("unwritten.csv", &sample_export());
    let blocked = file("a-file-where-a-folder-should-be", b"");
    let page = blocked.join("report.html");
    let output = throughline(&["report", sample.to_str().unwrap(), "--html", page.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(74));
    assert!(text(&output.stderr).contains("report.html was not written:"), "{}", text(&output.stderr));
    let nothing = throughline(&["report", sample.to_str().unwrap()]);
    assert_eq!(nothing.status.code(), Some(64), "one of --json, --html and --svg is needed");
}

#[test]
fn a_report_of_chosen_views() {
    let sample = file("chosen.csv", &sample_export());
    let page = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command-line/chosen.html");
    drop(fs::remove_file(&page));
    let call = |words: &[&str]| throughline(&[&["report", sample.to_str().unwrap()], words].concat());
    let html = ["--html", page.to_str().unwrap()];
    let unknown = call(&[&html[..], &["--view", "flaw"]].concat());
    assert_eq!(unknown.status.code(), Some(64));
    assert!(text(&unknown.stderr).contains("\"flaw\"") && text(&unknown.stderr).contains("throughput"), "{unknown:?}");
    assert!(!page.exists(), "nothing is written in the place of what was meant");
    assert_eq!(call(&["--json", "--view", "flow"]).status.code(), Some(64), "--view is of the HTML file");
    let chosen = call(&[&html[..], &["--view", "throughput", "--view", "flow"]].concat());
    assert_eq!(chosen.status.code(), Some(0), "{}", text(&chosen.stderr));
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains("<section id=\"throughput\"") && written.contains("<section id=\"flow\""));
    assert!(!written.contains("<section id=\"overview\"") && !written.contains("<section id=\"velocity\""));
}

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bundles").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_bundle_is_what_a_static_site_serves() {
    let sample = file("bundle.csv", &sample_export());
    let app = folder("app");
    fs::write(app.join("index.html"), "<!doctype html>").unwrap();
    fs::create_dir_all(app.join("data")).unwrap();
    fs::write(app.join("data/other.json"), "{}").unwrap();
    let out = folder("site");
    let call = |redact: &str| {
        let arguments = [
            "bundle",
            sample.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
            "--app",
            app.to_str().unwrap(),
            "--redact",
            redact,
            "--refresh-every",
            "24h",
            "--name",
            "Delivery",
            "--generated-at",
            "2026-11-25T06:00:00Z",
        ];
        throughline(&arguments)
    };
    let output = call("none");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("data/workspace.throughline"), "{}", text(&output.stdout));
    assert!(out.join("index.html").is_file() && !out.join("data/other.json").exists());
    let manifest = |path: &str| -> Value { serde_json::from_slice(&fs::read(out.join(path)).unwrap()).unwrap() };
    assert_eq!(manifest("app.config.json")["workspace"], "data/workspace.json");
    let first = manifest("data/workspace.json");
    assert_eq!(first["generated_at"], "2026-11-25T06:00:00Z");
    assert_eq!(first["refresh_every"], 24.0);
    for entry in first["files"].as_array().unwrap() {
        let bytes = fs::metadata(out.join("data").join(entry["path"].as_str().unwrap())).unwrap().len();
        assert_eq!(entry["bytes"], bytes, "{entry}");
    }

    // What is taken out later does not stay beside the new data; settings that somebody changed do.
    fs::write(out.join("app.config.json"), "{}").unwrap();
    let output = call("aggregates");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("was deleted"), "{}", text(&output.stderr));
    assert!(!out.join("data/workspace.throughline").exists());
    assert!(!out.join("data/views/items.answers").exists());
    assert_eq!(fs::read_to_string(out.join("app.config.json")).unwrap(), "{}");
    assert_eq!(manifest("data/workspace.json")["redaction"]["aggregates"], true);
}

#[test]
fn a_bundle_can_be_made_of_the_workspace_of_another() {
    let sample = file("again.csv", &sample_export());
    let (first, second) = (folder("first"), folder("second"));
    let make = |from: &str, out: &PathBuf| {
        let at = ["--generated-at", "2026-11-25T06:00:00Z", "--redact", "people"];
        throughline(&[&["bundle", from, "--out", out.to_str().unwrap()][..], &at].concat())
    };
    assert_eq!(make(sample.to_str().unwrap(), &first).status.code(), Some(0));
    let output = make(first.join("data/workspace.throughline").to_str().unwrap(), &second);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let answers = |folder: &PathBuf| fs::read(folder.join("data/views/flow.answers")).unwrap();
    assert_eq!(answers(&first), answers(&second), "the same data gives the same answers");
}

#[test]
fn wrong_words_of_a_bundle_are_named() {
    let sample = file("wrong.csv", &sample_export());
    let out = folder("wrong");
    for (words, said) in [
        (&["--redact", "everything"][..], "titles, people or aggregates"),
        (&["--drop", "colour"], "\"colour\""),
        (&["--refresh-every", "daily"], "24h"),
        (&["--generated-at", "today"], "2026-11-25T06:00:00Z"),
        (&["--views", "colour"], "overview"),
        (&["--redact", "aggregates", "--views", "items"], "lists items"),
        (&["--redact", "people", "--set", "f.assignee=Ann"], "\"assignee\""),
        (&["--app", "/nowhere"], "index.html"),
    ] {
        let start = ["bundle", sample.to_str().unwrap(), "--out", out.to_str().unwrap()];
        let output = throughline(&[&start[..], words].concat());
        assert_eq!(output.status.code(), Some(64), "{words:?}");
        assert!(text(&output.stderr).contains(said), "{words:?}: {}", text(&output.stderr));
    }
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0, "nothing was written");
}
