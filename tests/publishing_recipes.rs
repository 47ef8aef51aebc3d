//! The recipes of `docs/publishing.md` are run: with programs in place of curl, gh, git and cargo, and with our own program.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use throughline::publish::Manifest;
use yaml_rust2::{Yaml, YamlLoader};

/// The text of a recipe: what stands in the fence below its mark.
fn recipe(name: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/publishing.md")).unwrap();
    let mark = format!("<!-- recipe: {name} -->\n");
    let (_, after) = text.split_once(&mark).unwrap_or_else(|| panic!("{name} is no recipe"));
    let (_, body) = after.split_once('\n').unwrap();
    body.split_once("\n```\n").unwrap().0.to_owned() + "\n"
}

/// A folder with programs that stand for those of the machine; each writes its call to `calls`.
struct Machine {
    folder: PathBuf,
}

impl Machine {
    fn new(name: &str, programs: &[(&str, &str)]) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("recipes").join(name);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(folder.join("bin")).unwrap();
        let machine = Self { folder };
        for (program, script) in programs {
            let path = machine.folder.join("bin").join(program);
            let log = format!("echo \"{program} $*\" >> '{}/calls'\n", machine.folder.display());
            fs::write(&path, format!("#!/bin/sh\n{log}{script}")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_throughline"), machine.folder.join("bin/throughline")).unwrap();
        machine
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let path = format!("{}:{}", self.folder.join("bin").display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("sh");
        command.arg("-euc").arg(script).current_dir(&self.folder).env("PATH", path).envs(variables.iter().copied());
        command.output().unwrap()
    }

    fn calls(&self) -> String {
        fs::read_to_string(self.folder.join("calls")).unwrap_or_default()
    }

    fn manifest(&self, site: &str) -> Manifest {
        Manifest::of_json(&fs::read(self.folder.join(site).join("data/workspace.json")).unwrap()).unwrap()
    }
}

fn succeeded(output: &Output) -> String {
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", said(&output.stdout), said(&output.stderr));
    said(&output.stdout)
}

/// A page of Jira Cloud's search with one issue; the last names no token.
fn jira_page(number: u32, next: Option<&str>) -> String {
    let issue = serde_json::json!({
        "id": number.to_string(), "key": format!("ABC-{number}"),
        "fields": {
            "summary": format!("Item {number}"), "issuetype": {"name": "Story"}, "project": {"key": "ABC", "name": "Abc"},
            "status": {"name": "Done", "id": "3", "statusCategory": {"id": 4, "key": "done", "name": "Done"}},
            "created": "2024-03-01T09:00:00.000+0000", "updated": "2024-03-04T09:00:00.000+0000",
            "resolutiondate": "2024-03-04T09:00:00.000+0000", "assignee": {"displayName": "Mira Falk"}
        }
    });
    let mut page = serde_json::json!({ "issues": [issue], "isLast": next.is_none() });
    if let Some(next) = next {
        page["nextPageToken"] = Value::from(next);
    }
    page.to_string()
}

/// Stands for curl: writes the page of the token that it is called with to the file named by `--output`.
const JIRA: &str = r#"
cat > "$(dirname "$0")/../config"
name=page1
while [ $# -gt 0 ]; do
  case "$1" in
    --output) out=$2; shift ;;
    nextPageToken=*) name=${1#nextPageToken=} ;;
  esac
  shift
done
cp "$(dirname "$0")/../$name.json" "$out"
"#;

fn jira_machine(name: &str) -> Machine {
    let machine = Machine::new(name, &[("curl", JIRA)]);
    let pages =
        [("page1", jira_page(1, Some("page2"))), ("page2", jira_page(2, Some("page3"))), ("page3", jira_page(3, None))];
    for (name, page) in pages {
        fs::write(machine.folder.join(format!("{name}.json")), page).unwrap();
    }
    machine
}

const JIRA_WORDS: &[(&str, &str)] =
    &[("JIRA_SITE", "you.example"), ("JIRA_USER", "me"), ("JIRA_TOKEN", "secret"), ("SITE", "site")];

#[test]
fn the_script_for_cron_fetches_all_pages_and_publishes_them() {
    let machine = jira_machine("cron");
    succeeded(&machine.run(&recipe("refresh.sh"), JIRA_WORDS));
    let calls = machine.calls();
    assert_eq!(calls.matches("/rest/api/3/search/jql").count(), 3, "{calls}");
    assert!(!calls.contains("secret"), "a token is no argument: {calls}");
    assert!(fs::read_to_string(machine.folder.join("config")).unwrap().contains("me:secret"));
    let manifest = machine.manifest("site");
    assert!(manifest.redaction.people);
    assert_eq!(manifest.refresh_every, Some(24.0));
    let summary = fs::read(machine.folder.join("site/data/summary.answers")).unwrap();
    let book = throughline::publish::AnswerBook::decode(&summary).unwrap();
    let found = book.find(&throughline::engine::Request::Describe).unwrap();
    let throughline::engine::Response::Workspace(workspace) = found else { panic!("{found:?}") };
    assert_eq!(workspace.items, 3);
}

#[test]
fn a_page_that_is_no_export_leaves_the_old_data_alone() {
    let machine = jira_machine("broken");
    succeeded(&machine.run(&recipe("refresh.sh"), JIRA_WORDS));
    let before = machine.manifest("site");
    fs::write(machine.folder.join("page2.json"), "<html>Please sign in \"nextPageToken\": \"page3\"</html>").unwrap();
    let output = machine.run(&recipe("refresh.sh"), JIRA_WORDS);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Nothing was written"), "{output:?}");
    assert_eq!(machine.manifest("site"), before);
    let without = machine.run(&recipe("refresh.sh"), &JIRA_WORDS[..3]);
    assert!(!without.status.success(), "a missing word stops it");
}

/// All texts under a key, at any depth.
fn texts<'a>(yaml: &'a Yaml, key: &str, found: &mut Vec<&'a str>) {
    match yaml {
        Yaml::Hash(hash) => {
            for (name, value) in hash {
                if name.as_str() == Some(key) {
                    found.extend(value.as_str());
                    found.extend(value.as_vec().into_iter().flatten().filter_map(Yaml::as_str));
                }
                texts(value, key, found);
            }
        }
        Yaml::Array(list) => list.iter().for_each(|value| texts(value, key, found)),
        _ => {}
    }
}

fn example(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports").join(path).join("input.json")
}

#[test]
fn the_workflow_of_github_runs_from_its_first_step_to_its_last() {
    let text = recipe(".github/workflows/publish.yml");
    let yaml = YamlLoader::load_from_str(&text).unwrap();
    let steps = yaml[0]["jobs"]["publish"]["steps"].as_vec().unwrap();
    assert!(steps.iter().all(|step| step["uses"].as_str().is_some() != step["run"].as_str().is_some()), "{steps:?}");
    let last = steps.last().unwrap()["uses"].as_str().unwrap();
    assert!(last.starts_with("actions/deploy-pages@"), "{last}");
    let mut scripts = Vec::new();
    texts(&yaml[0], "run", &mut scripts);
    assert_eq!(scripts.len(), 4);

    let (issues, pulls) = (example("github-issues/gh-issue-list-without-url"), example("github-issues/gh-pr-list"));
    let gh = format!("case \"$1\" in issue) cat '{}' ;; pr) cat '{}' ;; esac\n", issues.display(), pulls.display());
    // Nothing staged is different: `git diff --quiet` says no, so a commit is made.
    let git = "[ \"$1\" = diff ] && exit 1\nexit 0\n";
    let machine = Machine::new("github", &[("gh", &gh), ("git", git), ("cargo", "")]);
    let path = machine.folder.join("path");
    let words = [("GITHUB_PATH", path.to_str().unwrap()), ("GITHUB_REPOSITORY", "tin-bakery/oven")];
    for script in scripts {
        succeeded(&machine.run(script, &words));
    }
    let calls = machine.calls();
    for expected in ["cargo build --release", "git add site/data", "git commit --message Data of 20", "git push"] {
        assert!(calls.contains(expected), "{expected}: {calls}");
    }
    assert!(fs::read_to_string(path).unwrap().ends_with("throughline/target/release\n"));
    assert!(machine.manifest("site").views.contains(&"overview".to_owned()));
}

#[test]
fn the_pipeline_of_gitlab_runs() {
    let yaml = YamlLoader::load_from_str(&recipe(".gitlab-ci.yml")).unwrap();
    let mut scripts = Vec::new();
    texts(&yaml[0]["pages"], "script", &mut scripts);
    let [script] = scripts[..] else { panic!("{scripts:?}") };
    // The first page of issues and of merge requests, then none; no deployments.
    let curl = format!(
        r#"
cat > /dev/null
while [ $# -gt 0 ]; do case "$1" in --output) out=$2; shift ;; http*) url=$1 ;; esac; shift; done
case "$url" in
  */issues?*page=1) cp '{}' "$out" ;;
  */merge_requests?*page=1) cp '{}' "$out" ;;
  *) printf '[]' > "$out" ;;
esac
"#,
        example("gitlab-issues/rest-issues").display(),
        example("gitlab-issues/rest-merge-requests").display()
    );
    let machine = Machine::new("gitlab", &[("curl", &curl), ("git", ""), ("cargo", "")]);
    let words = [
        ("THROUGHLINE_URL", "https://git.example/throughline.git"),
        ("METRICS_TOKEN", "secret"),
        ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
        ("CI_PROJECT_ID", "31"),
    ];
    succeeded(&machine.run(script, &words));
    assert!(!machine.calls().contains("secret"));
    assert_eq!(machine.manifest("public"), machine.manifest("site"));
    assert_eq!(machine.manifest("public").refresh_every, Some(24.0));
}
