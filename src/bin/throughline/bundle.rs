//! `throughline bundle`: what a static site serves.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use throughline::model::day_from_iso;
use throughline::publish::{Bundle, BundleOrder, CONFIG_PATH, MANIFEST_PATH, Manifest, Redaction, bundle};

use super::output::{complain, print};
use super::question::Question;
use super::session::{Input, Session};
use super::{DONE, NOT_WRITTEN, Usage};

/// The words of the call.
#[derive(Args)]
pub(crate) struct BundleWords {
    #[command(flatten)]
    input: Input,
    /// The folder of the site; its `data` folder and, when it has none, `app.config.json` are written
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What is taken out first: none, titles, people or aggregates (only sums); several with commas
    #[arg(long, value_name = "WORDS", default_value = "none")]
    redact: String,
    /// A column that is taken out first: points, assignee, costs.vendor, or a whole table such as work-log; repeatable
    #[arg(long = "drop", value_name = "COLUMN")]
    columns: Vec<String>,
    /// The views, with commas; without it, all that show something
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    views: Vec<String>,
    /// What the site calls the data
    #[arg(long, value_name = "TEXT", default_value = "Published data")]
    name: String,
    /// How often the data is made again: 30m, 24h, 7d. Visitors are told when it is overdue
    #[arg(long, value_name = "TIME")]
    refresh_every: Option<String>,
    /// The folder of the built app, copied beside the data
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// When the data was made, such as 2026-11-25T06:00:00Z; without it, now
    #[arg(long, value_name = "MOMENT")]
    generated_at: Option<String>,
    /// Only say what would become public
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    question: Question,
}

/// Reads the files, takes out what must not be told and writes what a static site serves.
pub(crate) fn run(words: &BundleWords) -> Result<u8, Usage> {
    let redaction = Redaction::of_words(&words.redact).map_err(|error| Usage(format!("--redact: {error}.")))?;
    let redaction = redaction.without_columns(&words.columns).map_err(|error| Usage(format!("--drop: {error}.")))?;
    let order = BundleOrder {
        name: words.name.clone(),
        generated_at: words.generated_at.as_deref().map_or_else(|| Ok(now()), moment)?,
        refresh_every: words.refresh_every.as_deref().map(hours).transpose()?,
        redaction,
        views: words.views.clone(),
        views_left_out: Vec::new(),
        query: words.question.query()?,
    };
    if let Some(app) = &words.app
        && !app.join("index.html").is_file()
    {
        return Err(Usage(format!(
            "--app {}: there is no index.html. Name the folder of the built app.",
            app.display()
        )));
    }
    let mut session = Session::start(&words.input, &words.name)?;
    let code = session.import_all(&words.input.files);
    if code != DONE {
        // A job that fetched half of the data must not put it in the place of the whole.
        complain("Nothing was written: the data published before stays. Leave the file out to publish without it.");
        return Ok(code);
    }
    words.question.decide(&mut session.engine)?;
    let made = bundle(&session.engine, &order).map_err(|error| Usage(format!("{error}.")))?;
    print(&in_words(&made));
    if !words.dry_run {
        let copied = words.app.as_ref().map_or(Ok(()), |app| copy_app(app, &words.out));
        if let Err(error) = copied.and_then(|()| write(&made, &words.out)) {
            let next = "Check the folder and that you may write there.";
            complain(&format!("{} was not written, or not all of it: {error}. {next}", words.out.display()));
            return Ok(NOT_WRITTEN);
        }
    }
    Ok(code)
}

#[allow(clippy::disallowed_methods, reason = "when the data was made is told to visitors, and computes nothing")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(0)
}

/// UTC milliseconds of `2026-11-25T06:00:00Z`.
fn moment(text: &str) -> Result<i64, Usage> {
    let read = || {
        let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
        let mut parts = clock.splitn(3, ':').map(|part| part.parse::<i64>().ok());
        let mut part = |below: i64| parts.next().flatten().filter(|part| (0..below).contains(part));
        let seconds = part(24)? * 3600 + part(60)? * 60 + part(60)?;
        Some(i64::from(day_from_iso(date)?) * 86_400_000 + seconds * 1000)
    };
    read().ok_or_else(|| Usage(format!("--generated-at {text}: write a moment like 2026-11-25T06:00:00Z.")))
}

/// Hours of `30m`, `24h`, `7d`.
fn hours(text: &str) -> Result<f64, Usage> {
    let read = || {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let number: f64 = number.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)?;
        match unit {
            "m" => Some(number / 60.0),
            "h" => Some(number),
            "d" => Some(number * 24.0),
            _ => None,
        }
    };
    read().ok_or_else(|| Usage(format!("--refresh-every {text}: write a time like 30m, 24h or 7d.")))
}

/// What becomes public.
fn in_words(made: &Bundle) -> String {
    let preview = &made.preview;
    let mut lines = vec![format!("{} becomes public:", made.manifest.name)];
    lines.extend(preview.files.iter().map(|file| format!("  {} ({} bytes)", file.path, file.bytes)));
    if preview.items > 0 {
        lines.push(format!("  Rows of {} work items, with these columns:", preview.items));
        lines.extend(preview.columns.iter().map(|(column, filled)| format!("    {column}: {filled} filled")));
    }
    lines.extend(preview.records.iter().map(|(kind, count)| format!("  Rows of {count} {kind}")));
    lines.extend(preview.names.iter().map(|names| {
        let more = names.total - names.names.len() as u64;
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("  Names ({}): {}{more}", names.kind, names.names.join(", "))
    }));
    lines.extend(preview.notes.iter().map(|note| format!("  Note of {note}")));
    lines.extend(preview.left_out.iter().map(|sentence| format!("  {sentence}")));
    lines.join("\n")
}

/// Writes the files, the manifest last: whoever reads meanwhile sees the old data or the new. What an earlier bundle left and
/// this one does not hold is deleted, since it may tell what is taken out now.
fn write(made: &Bundle, out: &Path) -> io::Result<()> {
    let kept: BTreeSet<&str> = made.files.iter().map(|file| file.path.as_str()).collect();
    for old in earlier_files(out).iter().filter(|old| !kept.contains(old.as_str())) {
        let path = out.join(old);
        if path.is_file() {
            fs::remove_file(&path)?;
            complain(&format!("{} of an earlier bundle was deleted: it is not published any more.", path.display()));
        }
    }
    let (last, first): (Vec<_>, Vec<_>) = made.files.iter().partition(|file| file.path == MANIFEST_PATH);
    for file in first.into_iter().chain(last) {
        let path = out.join(&file.path);
        // Whoever runs the site may have changed its settings.
        if file.path == CONFIG_PATH && path.is_file() {
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, &file.bytes)?;
    }
    Ok(())
}

/// Files that an earlier bundle may have left: those that its manifest names, and everything with the ending of answers.
fn earlier_files(out: &Path) -> BTreeSet<String> {
    let manifest = fs::read(out.join(MANIFEST_PATH)).ok().and_then(|bytes| Manifest::of_json(&bytes).ok());
    let mut files: BTreeSet<String> =
        manifest.into_iter().flat_map(|manifest| manifest.files).map(|file| format!("data/{}", file.path)).collect();
    files.insert("data/workspace.throughline".to_owned());
    for folder in ["data", "data/views"] {
        let entries = fs::read_dir(out.join(folder)).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        files.extend(names.filter(|name| name.ends_with(".answers")).map(|name| format!("{folder}/{name}")));
    }
    files
}

/// Copies the app, but for settings and data that lie in its folder.
fn copy_app(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == CONFIG_PATH || name == "data" {
            continue;
        }
        let target = to.join(&name);
        if entry.file_type()?.is_dir() {
            copy_app(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
