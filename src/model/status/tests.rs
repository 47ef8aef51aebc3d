use proptest::prelude::*;

use super::*;
use crate::model::{ItemRow, TextField};

use StatusCategory::{Done, Dropped, InProgress, ToDo};

/// Items with the statuses they went through, oldest first; the last one is the present one.
fn with_history(courses: &[&[&str]]) -> Dataset {
    let mut dataset = Dataset::default();
    for (number, course) in courses.iter().enumerate() {
        let mut row = ItemRow::default();
        row.begin(1);
        row.text(TextField::Key, &format!("A-{number}"));
        row.category(CategoryField::Status, course.last().copied().unwrap_or_default());
        for (at, pair) in course.windows(2).enumerate() {
            row.change(at as i64, ChangeField::Status, pair[0], pair[1]);
        }
        dataset.push_item(&row);
    }
    dataset
}

fn in_statuses(names: &[&str]) -> Dataset {
    let courses: Vec<&[&str]> = names.iter().map(std::slice::from_ref).collect();
    with_history(&courses)
}

fn category_of(status: &str, stated: &str) -> StatusCategory {
    let mut dataset = Dataset::default();
    let mut row = ItemRow::default();
    row.begin(1);
    row.text(TextField::Key, "A-1").category(CategoryField::Status, status);
    row.category(CategoryField::StatusCategory, stated);
    dataset.push_item(&row);
    let code = dataset.category(CategoryField::Status).code(0);
    StatusMap::guess(&dataset).category(code)
}

/// The names in the order of the workflow, without the empty one.
fn ordered(dataset: &Dataset, map: &StatusMap) -> Vec<String> {
    let column = dataset.category(CategoryField::Status);
    let mut codes: Vec<u32> = (0..map.len() as u32).collect();
    codes.sort_by_key(|&code| map.position(code));
    codes.into_iter().map(|code| map.name(code, column).to_owned()).filter(|name| !name.is_empty()).collect()
}

fn order_of(names: &[&str]) -> Vec<String> {
    let dataset = in_statuses(names);
    ordered(&dataset, &StatusMap::guess(&dataset))
}

fn category_in(dataset: &Dataset, name: &str) -> Option<StatusCategory> {
    let map = StatusMap::guess(dataset);
    Some(map.category(map.find(name, dataset.category(CategoryField::Status))?))
}

#[test]
fn a_rejected_item_is_dropped_unless_the_tracker_says_that_it_goes_on() {
    assert_eq!(category_of("Rejected", ""), Dropped);
    assert_eq!(category_of("Rejected", "Done"), Dropped);
    assert_eq!(category_of("rejected", "In progress"), InProgress);
    assert_eq!(category_of("Resolved", ""), Done);
    assert_eq!(category_of("Resolved", "In progress"), InProgress);
}

#[test]
fn names_tell_the_category_in_six_languages() {
    let table: &[(&str, StatusCategory, &[&str])] = &[
        ("English", ToDo, &["To Do", "Open", "New", "Backlog", "Selected for Development", "Triage"]),
        (
            "English",
            InProgress,
            &["In Progress", "Code Review", "In Testing", "Blocked", "Doing", "Waiting for supplier"],
        ),
        ("English", Done, &["Done", "Closed", "Resolved", "Completed", "Released", "Shipped"]),
        ("English", Dropped, &["Won't Do", "Won’t do", "Canceled", "Cancelled", "Duplicate", "Rejected"]),
        ("German", ToDo, &["Zu erledigen", "Offen", "Neu", "Geplant", "Wieder geöffnet"]),
        ("German", InProgress, &["In Arbeit", "In Bearbeitung", "In Prüfung", "Im Test", "Blockiert"]),
        ("German", Done, &["Erledigt", "Fertig", "Geschlossen", "Abgeschlossen", "Gelöst", "Behoben"]),
        ("German", Dropped, &["Abgelehnt", "Abgebrochen", "Verworfen", "Wird nicht erledigt"]),
        ("French", ToDo, &["À faire", "Ouvert", "Nouveau", "Nouvelle", "Réouvert"]),
        ("French", InProgress, &["En cours", "En revue", "En test", "En attente", "En développement"]),
        ("French", Done, &["Terminé", "Terminé(e)", "Terminée", "Fermé", "Résolu", "Livré"]),
        ("French", Dropped, &["Annulé", "Annulée", "Rejeté", "Abandonné"]),
        ("Spanish", ToDo, &["Por hacer", "Pendiente", "Abierto", "Abierta", "Nuevo"]),
        ("Spanish", InProgress, &["En curso", "En progreso", "En revisión", "En pruebas", "Bloqueado"]),
        ("Spanish", Done, &["Listo", "Hecho", "Finalizada", "Cerrado", "Resuelto", "Completado"]),
        ("Spanish", Dropped, &["Rechazado", "Cancelada", "Descartado"]),
        ("Portuguese", ToDo, &["A fazer", "Pendente", "Aberto", "Nova", "Tarefas pendentes"]),
        ("Portuguese", InProgress, &["Em andamento", "Em progresso", "Fazendo", "Em revisão", "Em teste"]),
        ("Portuguese", Done, &["Concluído", "Concluída", "Feito", "Fechado", "Resolvido", "Itens concluídos"]),
        ("Portuguese", Dropped, &["Cancelado", "Rejeitado", "Descartado"]),
        ("Japanese", ToDo, &["未着手", "未対応", "オープン", "新規", "バックログ"]),
        ("Japanese", InProgress, &["進行中", "処理中", "作業中", "レビュー中", "保留"]),
        ("Japanese", Done, &["完了", "クローズ", "解決済み", "処理済み", "終了"]),
        ("Japanese", Dropped, &["中止", "却下", "対応しない", "キャンセル"]),
    ];
    for (language, category, names) in table {
        for name in *names {
            assert_eq!(category_of(name, ""), *category, "{language}: {name}");
        }
    }
}

#[test]
fn decoration_and_parts_of_a_name_do_not_hide_it() {
    let table = [
        ("1. To Do", ToDo),
        ("✅ Done", Done),
        ("Done Sprint 🎉", InProgress),
        ("DONE!", Done),
        ("[Closed]", Done),
        ("Closed - Duplicate", Dropped),
        ("Closed (won't fix)", Dropped),
        ("QA: done", InProgress),
        ("Backlog / Team A", ToDo),
        ("Not done", InProgress),
    ];
    for (name, category) in table {
        assert_eq!(category_of(name, ""), category, "{name}");
    }
}

#[test]
fn names_alone_give_the_order_in_six_languages() {
    let workflows: &[(&str, &[&str])] = &[
        ("English", &["Triage", "Backlog", "Todo", "Selected for Development", "Research", "Development", "MR review"]),
        (
            "English",
            &["Backlog", "To Do", "Ready", "In Progress", "In Review", "In QA", "UAT", "Done", "Closed", "Won't Do"],
        ),
        (
            "English",
            &["New", "Blocked", "Code Review", "Testing", "Ready to deploy", "Resolved", "Verified", "Released"],
        ),
        (
            "German",
            &[
                "Backlog",
                "Offen",
                "Bereit",
                "In Arbeit",
                "Blockiert",
                "In Prüfung",
                "Im Test",
                "Erledigt",
                "Geschlossen",
            ],
        ),
        ("French", &["À faire", "En cours", "En attente", "En revue", "En test", "Terminé", "Fermé", "Annulé"]),
        (
            "Spanish",
            &["Por hacer", "En curso", "Bloqueado", "En revisión", "En pruebas", "Resuelto", "Cerrado", "Cancelado"],
        ),
        ("Portuguese", &["A fazer", "Em andamento", "Em revisão", "Em teste", "Concluído", "Fechado", "Cancelado"]),
        ("Japanese", &["バックログ", "未着手", "進行中", "保留", "レビュー中", "テスト中", "完了", "クローズ", "中止"]),
    ];
    for (language, workflow) in workflows {
        let mut given = workflow.to_vec();
        given.reverse();
        assert_eq!(order_of(&given), *workflow, "{language}");
        given.sort_unstable();
        assert_eq!(order_of(&given), *workflow, "{language}");
    }
}

#[test]
fn a_name_that_tells_no_stage_stands_with_work_in_progress() {
    assert_eq!(stage_from_words("Säge"), stage_from_words("in progress"));
    assert_eq!(stage_from_words("Selected for Development"), stage_from_words("Ready"));
}

#[test]
fn the_history_gives_the_order_where_names_do_not() {
    let dataset = with_history(&[
        &["Offen", "Säge", "Hobel", "Leim", "Fertig"],
        &["Offen", "Säge", "Leim", "Fertig"],
        &["Offen", "Säge", "Hobel", "Säge", "Hobel", "Leim"],
    ]);
    let map = StatusMap::guess(&dataset);
    assert_eq!(ordered(&dataset, &map), ["Offen", "Säge", "Hobel", "Leim", "Fertig"]);
    // It wins over names, too: here testing comes before the review.
    let dataset = with_history(&[&["To Do", "Testing", "Review", "Done"], &["To Do", "Testing", "Review"]]);
    assert_eq!(ordered(&dataset, &StatusMap::guess(&dataset)), ["To Do", "Testing", "Review", "Done"]);
}

#[test]
fn circles_in_the_history_end() {
    let dataset = with_history(&[&["To Do", "A", "B"], &["To Do", "B", "C"], &["To Do", "C", "A"]]);
    let map = StatusMap::guess(&dataset);
    assert_eq!(ordered(&dataset, &map), ["To Do", "A", "B", "C"]);
}

#[test]
fn a_status_that_no_item_is_in_any_more_has_its_place() {
    let dataset = with_history(&[&["To Do", "Review", "Done"], &["To Do", "In Progress", "Review", "Done"]]);
    let map = StatusMap::guess(&dataset);
    assert_eq!(ordered(&dataset, &map), ["To Do", "In Progress", "Review", "Done"]);
    assert_eq!(category_in(&dataset, "In Progress"), Some(InProgress));
    assert_eq!(category_in(&dataset, "Nowhere"), None);
}

#[test]
fn the_history_tells_beginnings_and_ends_that_no_name_tells() {
    let course: &[&str] = &["Wunschzettel", "Werkstatt", "Schaufenster"];
    let dataset = with_history(&[course, course, course]);
    assert_eq!(category_in(&dataset, "Wunschzettel"), Some(ToDo));
    assert_eq!(category_in(&dataset, "Werkstatt"), Some(InProgress));
    assert_eq!(category_in(&dataset, "Schaufenster"), Some(Done));
    // Two items are too few to say that nobody leaves it.
    let few = with_history(&[course, course]);
    assert_eq!(category_in(&few, "Schaufenster"), Some(InProgress));
    // An item came back: it is no beginning.
    let back = with_history(&[course, &["Werkstatt", "Wunschzettel"], &["Werkstatt", "Wunschzettel"]]);
    assert_eq!(category_in(&back, "Wunschzettel"), Some(InProgress));
}

#[test]
fn an_end_without_a_resolved_date_is_none_where_the_file_has_such_dates() {
    let course: &[&str] = &["To Do", "Werkstatt", "Lager"];
    let mut dataset = with_history(&[course, course, course]);
    let mut row = ItemRow::default();
    row.begin(1);
    row.text(TextField::Key, "B-1").category(CategoryField::Status, "Done").moment(MomentField::Resolved, Some(5));
    dataset.push_item(&row);
    assert_eq!(category_in(&dataset, "Lager"), Some(InProgress));
}

#[test]
fn the_users_order_holds_inside_a_category_and_new_statuses_find_their_place() {
    let dataset = in_statuses(&["To Do", "Doing", "Review", "Testing", "Done"]);
    let order = ["Testing", "Done", "Doing", "Gone"].map(str::to_owned);
    let map = StatusMap::new(&dataset, &BTreeMap::new(), &order);
    assert_eq!(ordered(&dataset, &map), ["To Do", "Testing", "Review", "Doing", "Done"]);
    let chosen = BTreeMap::from([("Testing".to_owned(), Done)]);
    let map = StatusMap::new(&dataset, &chosen, &order);
    assert_eq!(ordered(&dataset, &map), ["To Do", "Doing", "Review", "Testing", "Done"]);
}

#[test]
fn thousands_of_statuses_are_ordered_in_no_time() {
    let names: Vec<String> = (0..50_000).map(|number| format!("Status {number:05}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(order_of(&names), names);
}

const WORDS: &[&str] =
    &["To Do", "Open", "Doing", "Review", "Leim", "Säge", "Done", "Closed", "Rejected", "完了", "", "Lager"];

proptest! {
    #[test]
    fn an_order_is_a_permutation_grouped_by_category(
        courses in prop::collection::vec(prop::collection::vec(0..WORDS.len(), 0..6), 0..12),
        order in prop::collection::vec(0..WORDS.len(), 0..8),
        chosen in prop::collection::btree_map(0..WORDS.len(), 0..4_usize, 0..5),
    ) {
        let courses: Vec<Vec<&str>> = courses.iter().map(|course| course.iter().map(|&word| WORDS[word]).collect()).collect();
        let order: Vec<String> = order.iter().map(|&word| WORDS[word].to_owned()).collect();
        let chosen: BTreeMap<String, StatusCategory> =
            chosen.iter().map(|(&word, &category)| (WORDS[word].to_owned(), StatusCategory::ALL[category])).collect();
        let slices: Vec<&[&str]> = courses.iter().map(Vec::as_slice).collect();
        let dataset = with_history(&slices);
        let map = StatusMap::new(&dataset, &chosen, &order);
        let mut positions: Vec<u32> = (0..map.len() as u32).map(|code| map.position(code)).collect();
        let mut by_position: Vec<u32> = (0..map.len() as u32).collect();
        by_position.sort_by_key(|&code| map.position(code));
        prop_assert!(by_position.is_sorted_by_key(|&code| map.category(code)));
        positions.sort_unstable();
        prop_assert_eq!(positions, (0..map.len() as u32).collect::<Vec<_>>());
        // The order of the items, and with it of the codes, changes nothing.
        let mut turned = slices.clone();
        turned.reverse();
        let turned = with_history(&turned);
        let same = StatusMap::new(&turned, &chosen, &order);
        prop_assert_eq!(ordered(&dataset, &map), ordered(&turned, &same));
    }
}
