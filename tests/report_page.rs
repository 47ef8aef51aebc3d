//! The report as one HTML file and the pictures: the same bytes for the same question, well-formed whatever texts the data
//! holds, no script, no request.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use throughline::charts::PANELS;
use throughline::engine::{AddTerms, Engine, Request, Response, unpack_workspace_file};
use throughline::importers::{ImportJob, ImportSettings};
use throughline::metrics::{MetricResult, Point, Query, Role, Series, X};
use throughline::model::{Calendar, day_from_iso, encode_dataset, iso_from_day};
use throughline::outputs::{OutputFile, OutputOrder, ReportView, make, read_report_views};
use throughline::pictures::{Caption, picture_file};
use throughline::sample::{SAMPLE_FILES, sample_file};

fn engine(name: &str, sample: bool, files: &[(&str, Vec<u8>)]) -> Engine {
    let mut engine = Engine::default();
    engine.handle(Request::NewWorkspace { id: "w".into(), name: name.into(), zone: "UTC".into(), sample });
    for (name, bytes) in files {
        let mut job = ImportJob::new(name, ImportSettings::new(Calendar::new("UTC").unwrap()));
        job.push(bytes).unwrap();
        let imported = job.finish().unwrap();
        let added = engine.handle(Request::AddLayer {
            dataset: encode_dataset(&imported.dataset),
            report: Box::new(imported.report),
            terms: AddTerms::default(),
        });
        assert!(matches!(added, Response::Added { .. }), "{name}: {added:?}");
    }
    engine
}

fn sample() -> Engine {
    let files: Vec<(&str, Vec<u8>)> = SAMPLE_FILES.iter().map(|&name| (name, sample_file(name).unwrap())).collect();
    engine("Sample", true, &files)
}

fn report(engine: &mut Engine, query: &Query) -> String {
    let files = make(engine, &OutputOrder::ReportPage { query: query.clone(), views: None }).unwrap();
    let [OutputFile { name, mime, bytes }] = files.as_slice() else { panic!("one file") };
    assert_eq!((name.as_str(), mime.as_str()), ("report.html", "text/html"));
    String::from_utf8(bytes.clone()).unwrap()
}

/// Reads a document as XML, strictly. Answers its elements' names and all of its text.
fn read(document: &str) -> (Vec<String>, String) {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut names, mut text, mut depth) = (Vec::new(), String::new(), 0_i32);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("at {}: {error}", reader.buffer_position())) {
            Event::Start(tag) | Event::Empty(tag) if tag.attributes().any(|attribute| attribute.is_err()) => {
                panic!("a broken attribute in {tag:?}")
            }
            Event::Start(tag) => {
                depth += 1;
                names.push(tag.name().as_ref().to_owned());
            }
            Event::Empty(tag) => names.push(tag.name().as_ref().to_owned()),
            Event::End(_) => depth -= 1,
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) => match name.as_ref() {
                "amp" => text.push('&'),
                "lt" => text.push('<'),
                "gt" => text.push('>'),
                "quot" => text.push('"'),
                other => panic!("an unknown entity {other:?}"),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "an element is not closed");
    (names, text)
}

/// Numbers of every path and place are numbers.
fn assert_drawable(svg: &str) {
    for broken in ["NaN", "inf", "undefined", "null"] {
        for attribute in svg.split('<').filter_map(|tag| tag.split('>').next()).flat_map(|tag| tag.split(' ')) {
            let is_place = ["d=", "x=", "y=", "cx=", "cy=", "width=", "height=", "points=", "viewBox="]
                .iter()
                .any(|name| attribute.starts_with(name));
            assert!(!(is_place && attribute.contains(broken)), "{attribute}");
        }
    }
}

#[test]
fn the_sample_is_a_whole_report() {
    let mut engine = sample();
    let page = report(&mut engine, &Query::default());
    let (names, text) = read(page.trim_start_matches("<!DOCTYPE html>"));
    assert_drawable(&page);
    assert_eq!(names.iter().filter(|name| *name == "h1").count(), 1);
    let pictures = names.iter().filter(|name| *name == "svg").count();
    assert!(pictures >= 45, "{pictures} pictures");
    assert_eq!(pictures, names.iter().filter(|name| *name == "article").count());
    for element in ["script", "link", "img", "iframe", "object", "form", "base", "image", "use"] {
        assert!(!names.iter().any(|name| name == element), "<{element}> has no place here");
    }
    for words in ["Sample data", "Data quality:", "left out", "throughline-sample.csv", "deployments.csv", "Verdicts:"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    assert_eq!(page.matches("http://").count() + page.matches("https://").count(), 0, "nothing leads to another host");
}

#[test]
fn the_same_question_gives_the_same_bytes_from_a_stored_workspace() {
    let mut first = sample();
    let mut query = Query::default();
    query.set("g", "month").unwrap();
    query.set("f.type", "!Bug").unwrap();
    let page = report(&mut first, &query);
    let parts = unpack_workspace_file(&first.workspace_file().unwrap()).unwrap();
    let mut again = Engine::default();
    let layers = parts.layers.into_iter().map(|(_, layer)| layer).collect();
    again.handle(Request::OpenWorkspace { document: parts.document, layers });
    assert!(page == report(&mut again, &query), "the page of the stored workspace differs");
    assert!(page.contains("Shown: <bdi>by month, type: not Bug</bdi>"), "the filters are told");
}

/// The chapters of a report: what is between its heading and its footer.
fn chapters(page: &str) -> Vec<&str> {
    page.split("<section id=\"").skip(1).filter_map(|section| section.split('"').next()).collect()
}

#[test]
fn a_report_holds_the_views_that_are_chosen_in_the_order_of_the_navigation() {
    let mut engine = sample();
    let query = Query::default();
    let mut of = |names: &[&str]| {
        let views = Some(names.iter().map(|&name| name.to_owned()).collect());
        let made = make(&mut engine, &OutputOrder::ReportPage { query: query.clone(), views });
        made.map(|files| String::from_utf8(files[0].bytes.clone()).unwrap()).map_err(|error| error.to_string())
    };
    let some = of(&["wip", "Flow"]).unwrap();
    assert_eq!(chapters(&some), ["flow", "wip", "not-computed", "data"]);
    read(some.trim_start_matches("<!DOCTYPE html>"));
    assert!(some.contains("Blocked time") && !some.contains("<dt>Velocity"), "what is not computed is of these views");
    assert!(!some.contains("href=\"#overview\"") && some.contains("data-chart=\"cycle-time\""));
    assert!(!some.contains("data-chart=\"throughput\""));
    assert!(some == of(&["flow", "wip", "flow"]).unwrap(), "order and repetition of the names change nothing");
    assert_eq!(chapters(&of(&["overview"]).unwrap()), ["overview", "data"]);
    let none = of(&[]).unwrap_err();
    assert!(none.contains("No view is chosen") && none.contains("overview, sprint, velocity"), "{none}");
    let unknown = of(&["flow", "flaw"]).unwrap_err();
    assert!(unknown.contains("\"flaw\"") && unknown.contains("overview, sprint, velocity"), "{unknown}");
}

#[test]
fn all_views_named_are_the_report_without_a_choice() {
    let mut engine = sample();
    let query = Query::default();
    let offered = |engine: &mut Engine| {
        read_report_views(&make(engine, &OutputOrder::ReportViews { query: query.clone() }).unwrap()).unwrap()
    };
    let views = offered(&mut engine);
    assert!(views.iter().all(|view| view.shows), "the sample fills every view: {views:?}");
    let all = Some(views.iter().map(|view| view.id.clone()).collect());
    let chosen = make(&mut engine, &OutputOrder::ReportPage { query: query.clone(), views: all }).unwrap();
    assert!(chosen[0].bytes == report(&mut engine, &query).into_bytes());

    let items = "key,title,type,status,created,finished\nA-1,One,Task,Done,2024-01-01,2024-01-05\n";
    let mut few = self::engine("Few", false, &[("items.csv", items.as_bytes().to_vec())]);
    let views: Vec<ReportView> = offered(&mut few);
    let shows = |id: &str| views.iter().find(|view| view.id == id).unwrap().shows;
    assert!(shows("overview") && shows("burnup") && !shows("dora") && !shows("uptime"), "{views:?}");
    // A view that shows nothing says why.
    let order = OutputOrder::ReportPage { query: query.clone(), views: Some(vec!["uptime".into()]) };
    let page = String::from_utf8(make(&mut few, &order).unwrap()[0].bytes.clone()).unwrap();
    assert_eq!(chapters(&page), ["not-computed", "data"]);
}

#[test]
fn pictures_lead_back_and_say_what_they_are() {
    let mut engine = sample();
    let address = "https://example.test/app/#v=1&view=flow&f.team=A<B>";
    let order = OutputOrder::Pictures { query: Query::default(), address: address.into() };
    let files = make(&mut engine, &order).unwrap();
    assert!(files.len() >= 45, "{} pictures", files.len());
    for OutputFile { name, mime, bytes } in &files {
        assert_eq!(mime, "image/svg+xml");
        let svg = std::str::from_utf8(bytes).unwrap();
        let (names, text) = read(svg);
        assert_drawable(svg);
        assert_eq!((names[0].as_str(), names[1].as_str(), names[2].as_str()), ("svg", "title", "desc"), "{name}");
        assert!(text.contains(address), "{name}");
        assert!(text.contains("Sample data") && text.contains("Data to "), "{name}");
        assert!(bytes.len() < 200_000, "{name} has {} bytes", bytes.len());
    }
}

#[test]
fn all_outputs_say_the_same_last_day() {
    let items = "key,title,type,status,created,finished\nA-1,One,Task,Done,2024-01-01,2024-01-05\n";
    let deployments = "deployed_at,status\n2024-01-06T10:00:00Z,success\n";
    let files = [("items.csv", items.as_bytes().to_vec()), ("deployments.csv", deployments.as_bytes().to_vec())];
    let mut engine = engine("Team", false, &files);
    // The deployment came after the last change of an item: the day asked for goes before it.
    for (asked, day) in [(None, "2024-01-06"), (Some("2024-01-04"), "2024-01-04")] {
        let mut query = Query::default();
        if let Some(asked) = asked {
            query.set("asof", asked).unwrap();
        }
        let Response::Overview(overview) = engine.handle(Request::Overview { query: query.clone() }) else { panic!() };
        assert_eq!(overview.as_of, day);
        // What the page says, in pictures and below frames.
        assert_eq!(engine.summary().unwrap().data_to(&query).map(iso_from_day).as_deref(), Some(day));
        let line = format!("Data to {day} from items.csv, deployments.csv");
        assert!(report(&mut engine, &query).contains(&line), "{line}");
        let pictures = make(&mut engine, &OutputOrder::Pictures { query, address: String::new() }).unwrap();
        assert!(!pictures.is_empty());
        for OutputFile { name, bytes, .. } in pictures {
            assert!(String::from_utf8(bytes).unwrap().contains(&line), "{name}");
        }
    }
    let last = Calendar::new("UTC").unwrap().start_of_day(day_from_iso("2024-01-06").unwrap()) + 10 * 3_600_000;
    assert_eq!(engine.last_moment(), Some(last), "what the list of workspaces says");
}

#[test]
fn pictures_are_as_recorded() {
    for (name, result) in [
        ("throughput", days_and_levels()),
        ("velocity", named("Sprint 2")),
        ("cumulative-flow", stacked()),
        ("cycle-time", scattered()),
        ("deployment-frequency", beside()),
    ] {
        let panel = PANELS.iter().find(|panel| panel.id == name).unwrap();
        let caption =
            Caption { lines: vec!["Data to 2024-01-05 from a.csv".into()], sample: true, address: String::new() };
        let svg = picture_file(panel, &result, &caption);
        insta::assert_snapshot!(name, svg.replace("><", ">\n<"));
    }
}

fn series(id: &str, role: Role, points: &[(X, Option<f64>)]) -> Series {
    let points = points.iter().map(|(x, y)| Point { x: x.clone(), y: *y, items: vec![] }).collect();
    Series::new(id, id, role, "items", points)
}

fn result(series: Vec<Series>) -> MetricResult {
    MetricResult { summary: "One sentence.".into(), series, ..MetricResult::default() }
}

fn days(values: &[Option<f64>]) -> Vec<(X, Option<f64>)> {
    values.iter().enumerate().map(|(position, &y)| (X::Day(19_723 + position as i32), y)).collect()
}

fn days_and_levels() -> MetricResult {
    result(vec![
        series("finished", Role::Main, &days(&[Some(2.0), None, Some(4.0), Some(0.0)])),
        series("median", Role::Level, &days(&[Some(2.0)])),
    ])
}

fn named(text: &str) -> MetricResult {
    let names = |values: [f64; 2]| {
        [("Sprint 1", values[0]), (text, values[1])].map(|(name, y)| (X::Name(name.into()), Some(y)))
    };
    result(vec![
        series("committed", Role::Second, &names([8.0, 9.0])),
        series("completed", Role::Main, &names([6.0, -2.0])),
        series("p85", Role::Level, &names([9.0, 9.0])),
    ])
}

fn stacked() -> MetricResult {
    result(vec![
        series("done", Role::Stacked, &days(&[Some(0.0), Some(1.0), Some(2.0)])),
        series("doing", Role::Stacked, &days(&[Some(1.0), None, Some(1.0)])),
        series("arrived", Role::Scope, &days(&[Some(1.0), Some(2.0), Some(4.0)])),
    ])
}

fn scattered() -> MetricResult {
    let dots: Vec<(X, Option<f64>)> =
        (0..40).map(|day| (X::Day(19_700 + day * 3), Some(f64::from(day % 7) + 0.5))).collect();
    result(vec![series("items", Role::Scatter, &dots), series("p85", Role::Level, &days(&[Some(6.0)]))])
}

fn beside() -> MetricResult {
    result(vec![
        series("deployments", Role::Main, &days(&[Some(2.0), Some(5.0)])),
        series("by-service", Role::Beside, &[(X::Name("api".into()), Some(3.0)), (X::Name("mail".into()), Some(4.0))]),
    ])
}

/// What would act if it were ever taken for markup, a style, a template or code.
const HOSTILE: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "#*#*#*#function(){window.pwn=1}#*#*#*#",
    "</svg><script>alert(1)</script>",
    "</style><style>*{display:none}",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "<!-- ]]> <![CDATA[ <?xml ?> &lt; &bogus; &#0;",
    "a\u{0}b\u{202e}c\u{feff}\u{ffff}\u{b}",
    "{{constructor.constructor('alert(1)')()}}",
];

#[test]
fn hostile_texts_stay_text_in_the_report() {
    let mut csv = String::from("key,title,type,status,created,started,finished,assignee,team,sprint,labels\n");
    for (number, text) in HOSTILE.iter().enumerate() {
        let cell = format!("\"{}\"", text.replace('"', "\"\""));
        let day = number % 9 + 1;
        let texts = [cell.as_str(); 3].join(",");
        let line = format!("K-{number},{texts},2024-01-0{day},2024-01-0{day},2024-01-2{number},{texts},{cell}");
        csv.extend([line.as_str(), "\n"]);
    }
    let mut engine = engine(HOSTILE[2], false, &[("</title><script>.csv", csv.into_bytes())]);
    engine.handle(Request::SetAnnotation { id: None, day: 19_730, text: HOSTILE[4].into() });
    let mut query = Query::default();
    query.set("f.type", &format!("!{}", HOSTILE[3])).unwrap();
    let page = report(&mut engine, &query);
    let (names, text) = read(page.trim_start_matches("<!DOCTYPE html>"));
    assert!(!names.iter().any(|name| ["script", "img"].contains(&name.as_str())), "{names:?}");
    assert_eq!(names.iter().filter(|name| *name == "style").count(), 1);
    for shown in [HOSTILE[2], HOSTILE[3], HOSTILE[4], "</title><script>.csv"] {
        assert!(text.contains(shown), "{shown} is not shown as it is");
    }
    for file in make(&mut engine, &OutputOrder::Pictures { query, address: HOSTILE[0].into() }).unwrap() {
        let (names, _) = read(std::str::from_utf8(&file.bytes).unwrap());
        assert!(!names.iter().any(|name| ["script", "img", "foreignObject"].contains(&name.as_str())), "{}", file.name);
    }
}

fn any_value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        3 => (-50.0..500.0_f64).prop_map(Some),
        1 => Just(None),
        1 => prop_oneof![Just(0.0), Just(-0.0), Just(f64::NAN), Just(f64::INFINITY), Just(1e300), Just(1e-300)].prop_map(Some),
    ]
}

fn any_place() -> impl Strategy<Value = X> {
    prop_oneof![
        (19_000..20_500_i32).prop_map(X::Day),
        any::<String>().prop_map(X::Name),
        proptest::sample::select(HOSTILE).prop_map(|text| X::Name(text.to_owned())),
    ]
}

fn any_role() -> impl Strategy<Value = Role> {
    proptest::sample::select(vec![
        Role::Main,
        Role::Second,
        Role::Guideline,
        Role::Scope,
        Role::Added,
        Role::Completed,
        Role::Removed,
        Role::Reestimated,
        Role::Reopened,
        Role::Scatter,
        Role::Level,
        Role::Stacked,
        Role::RangeLow,
        Role::RangeHigh,
        Role::Signal,
        Role::Beside,
        Role::Cell,
    ])
}

fn any_series() -> impl Strategy<Value = Series> {
    (any::<String>(), any_role(), any::<String>(), proptest::collection::vec((any_place(), any_value()), 0..30))
        .prop_map(|(name, role, unit, points)| {
            let points = points.into_iter().map(|(x, y)| Point { x, y, items: vec![] }).collect();
            Series::new(&name, name.clone(), role, &unit, points)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever a result holds, its picture is well-formed, draws only numbers, and keeps texts texts.
    #[test]
    fn any_result_makes_a_whole_picture(
        panel in 0..PANELS.len(),
        series in proptest::collection::vec(any_series(), 0..7),
        summary in any::<String>(),
        lines in proptest::collection::vec(any::<String>(), 0..3),
        address in any::<String>(),
    ) {
        let result = MetricResult { summary, series, ..MetricResult::default() };
        let svg = picture_file(PANELS[panel], &result, &Caption { lines, sample: true, address });
        let (names, _) = read(&svg);
        prop_assert!(names.iter().all(|name| [
            "svg", "title", "desc", "metadata", "dc:source", "style", "g", "rect", "text", "path", "circle"
        ].contains(&name.as_str())), "{names:?}");
        assert_drawable(&svg);
    }
}
