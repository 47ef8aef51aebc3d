//! What the names of statuses tell, in the languages trackers are used in: the category, and the place in a workflow.
//!
//! All names are lower case. A name decorated by its team (`1. To Do`, `✅ Done`, `Closed - Duplicate`) is read without the
//! decoration and part by part.

use super::StatusCategory;

/// Not begun.
#[rustfmt::skip]
const TO_DO: &[&str] = &[
    "to do", "todo", "open", "new", "backlog", "reopened", "selected for development", "ready",
    "ready for development", "created", "por hacer", "pendiente", "abierto", "abierta", "zu erledigen", "offen",
    "neu", "à faire", "a faire", "ouvert", "nouveau", "a fazer", "pendente", "aberto", "tarefas pendentes",
    "do zrobienia", "otwarte", "未着手", "未対応", "オープン", "待办", "待办事项", "к выполнению", "할 일", "submitted",
    "da fare", "da completare", "te doen", "reopen", "ready for dev", "selected", "triage", "not started",
    "planned", "geplant", "ausgewählt", "bereit", "wieder geöffnet", "nuevo", "nueva", "por iniciar",
    "sin empezar", "reabierto", "reabierta", "prêt", "nouvelle", "ouverte", "réouvert", "planifié", "novo",
    "nova", "aberta", "reaberto", "não iniciado", "planejado", "バックログ", "新規", "再オープン", "未完了", "やること",
];

/// Begun.
#[rustfmt::skip]
const IN_PROGRESS: &[&str] = &[
    "in progress", "in review", "review", "code review", "testing", "in testing", "qa", "in qa", "uat",
    "blocked", "on hold", "deploy", "development", "in development", "en curso", "en progreso", "en revisión",
    "in arbeit", "in bearbeitung", "in prüfung", "en cours", "em andamento", "em progresso", "fazendo",
    "w toku", "進行中", "処理中", "进行中", "в работе", "진행 중", "in corso", "bezig", "indeterminate", "doing", "started",
    "wip", "active", "waiting", "ready for review", "ready for qa", "im test", "im review", "in entwicklung",
    "in umsetzung", "wird getestet", "blockiert", "wartend", "angehalten", "en desarrollo", "en proceso",
    "en pruebas", "en espera", "bloqueado", "bloqueada", "en développement", "en revue", "en test",
    "en recette", "en attente", "bloqué", "em desenvolvimento", "em revisão", "em teste", "em testes",
    "em espera", "aguardando", "作業中", "対応中", "レビュー中", "レビュー待ち", "テスト中", "保留",
];

/// Finished and delivered.
#[rustfmt::skip]
const DONE: &[&str] = &[
    "done", "closed", "resolved", "complete", "completed", "finished", "released", "deployed", "verified",
    "fixed", "accepted", "shipped", "listo", "hecho", "finalizada", "finalizado", "cerrado", "cerrada",
    "terminado", "resuelto", "erledigt", "fertig", "geschlossen", "abgeschlossen", "terminé", "terminé(e)",
    "fini", "fermé", "résolu", "concluído", "concluido", "feito", "fechado", "itens concluídos", "gotowe",
    "zamknięte", "完了", "完成", "已完成", "クローズ", "готово", "выполнено", "완료", "completato", "chiuso", "gereed",
    "klaar", "live", "merged", "in production", "behoben", "gelöst", "freigegeben", "ausgeliefert",
    "completado", "completada", "terminada", "resuelta", "entregado", "entregada", "publicado", "terminée",
    "fermée", "clos", "résolue", "livré", "livrée", "achevé", "concluída", "concluida", "resolvido",
    "resolvida", "entregue", "fechada", "済み", "対応済み", "解決済み", "解決済", "処理済み", "終了", "リリース済み",
];

/// Closed without being delivered.
#[rustfmt::skip]
const DROPPED_STATUS: &[&str] = &[
    "won't do", "wont do", "won't fix", "wontfix", "rejected", "closed - rejected", "canceled", "cancelled",
    "abandoned", "dropped", "duplicate", "declined", "obsolete", "removed", "invalid", "inactive",
    "can't reproduce", "incomplete", "rechazado", "cancelado", "cancelada", "abgelehnt", "abgebrochen",
    "rejeté", "annulé", "rejeitado", "odrzucone", "anulowane", "中止", "却下", "отменено", "отклонено", "not doing",
    "discarded", "withdrawn", "verworfen", "storniert", "wird nicht erledigt", "rechazada", "descartado",
    "descartada", "no se hará", "rejetée", "annulée", "abandonné", "abandonnée", "refusé", "rejeitada",
    "não será feito", "キャンセル", "対応しない", "取り下げ", "重複",
];

/// Resolutions of items that were closed without being delivered.
#[rustfmt::skip]
const DROPPED_RESOLUTION: &[&str] = &[
    "won't do", "wont do", "won't fix", "wontfix", "duplicate", "rejected", "declined", "cannot reproduce",
    "can't reproduce", "invalid", "not a bug", "incomplete", "abandoned", "canceled", "cancelled", "obsolete",
    "not needed", "not planned", "out of scope", "removed", "removed from the backlog", "no se hará",
    "duplicado", "duplicada", "no se puede reproducir", "rechazado", "wird nicht erledigt", "duplikat",
    "nicht reproduzierbar", "abgelehnt", "ne sera pas fait", "doublon", "impossible à reproduire",
    "não será feito", "não reproduzível", "duplikat zgłoszenia", "対応しない", "重複", "не будет сделано", "дубликат",
];

/// Words of the stages of a workflow, in its order. A part of a word is enough, so that endings do not matter.
#[rustfmt::skip]
const STAGES: &[&[&str]] = &[
    &["idea", "icebox", "funnel", "inbox", "triage"],
    &["backlog", "バックログ"],
    &[
        "to do", "todo", "new", "open", "created", "submitted", "zu erledigen", "neu", "offen", "à faire", "nouve",
        "ouvert", "por hacer", "nuev", "abiert", "pendiente", "a fazer", "novo", "nova", "abert", "pendente", "未着手",
        "未対応", "新規", "オープン",
    ],
    &["reopen", "wieder geöffnet", "réouvert", "reabiert", "reabert", "再オープン"],
    &["refine", "groom", "verfeiner", "affin"],
    &["selected", "ready", "planned", "ausgewählt", "bereit", "geplant", "prêt", "seleccionad", "selecionad", "準備"],
    &[
        "analy", "plan", "requirement", "research", "design", "discovery", "konzept", "analis", "análisis",
        "análise", "conception", "設計", "分析",
    ],
    &[
        "progress", "doing", "develop", "implement", "in arbeit", "bearbeitung", "entwicklung", "umsetzung",
        "en cours", "développement", "en curso", "en proceso", "desarrollo", "andamento", "fazendo",
        "desenvolvimento", "進行中", "処理中", "作業中", "対応中", "開発",
    ],
    &[
        "blocked", "on hold", "waiting", "pause", "blockiert", "wartend", "angehalten", "bloqué", "en attente",
        "bloquead", "en espera", "em espera", "aguardando", "保留",
    ],
    &["review", "pull request", "prüf", "revue", "relecture", "revisi", "revisão", "レビュー"],
    &["test", "qa", "verif", "quality", "prueba", "recette", "テスト", "検証"],
    &["uat", "accept", "abnahme", "valid", "aceptación", "homologa", "受入", "承認"],
    &[
        "deploy", "staging", "release", "merge", "freigabe", "déploi", "livraison", "desplieg", "implanta", "デプロイ",
        "リリース",
    ],
    &[
        "done", "resolved", "complete", "finish", "erledigt", "fertig", "gelöst", "behoben", "terminé", "résolu",
        "hecho", "listo", "terminad", "resuelt", "finalizad", "feito", "concluíd", "resolvid", "完了", "解決", "済",
    ],
    &["verified", "closed", "geschlossen", "fermé", "clos", "cerrad", "fechad", "クローズ", "終了"],
    &["released", "deployed", "shipped", "live", "ausgeliefert", "livré", "entregad", "entregue"],
];

fn normalised(words: &str) -> String {
    words.trim().to_lowercase().replace('’', "'")
}

/// Without the numbers and pictures that teams put around a name.
fn undecorated(words: &str) -> &str {
    words
        .trim_start_matches(|letter: char| !letter.is_alphabetic())
        .trim_end_matches(|letter: char| !letter.is_alphanumeric())
}

/// What the whole name tells, else the name without its decoration, else the first of its parts that tells anything.
fn first_known<T>(words: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    let words = normalised(words);
    let whole = [words.as_str(), undecorated(&words)];
    let parts = words.split(['(', ')', '[', ']', '/', '|', ':', '–', '—']).flat_map(|part| part.split(" - "));
    whole.into_iter().chain(parts.map(undecorated)).find_map(known)
}

/// The category that a status' name, or a tracker's word for a category, tells.
pub fn category_from_words(words: &str) -> Option<StatusCategory> {
    let lists =
        [(DONE, StatusCategory::Done), (IN_PROGRESS, StatusCategory::InProgress), (TO_DO, StatusCategory::ToDo)];
    first_known(words, |part| lists.iter().find(|(list, _)| list.contains(&part)).map(|&(_, category)| category))
}

/// True when a status' name says that its items were closed without being delivered.
pub fn dropped_status(words: &str) -> bool {
    first_known(words, |part| DROPPED_STATUS.contains(&part).then_some(())).is_some()
}

/// True when a resolution says that the item was closed without being delivered.
pub fn dropped_resolution(words: &str) -> bool {
    DROPPED_RESOLUTION.contains(&normalised(words).as_str())
}

/// Chosen for the stage it names, and not in it yet.
const CHOSEN_FOR: &[&str] = &["selected", "ready for dev", "ausgewählt", "sélectionné", "seleccionad", "selecionad"];

/// The place of a status in a workflow by its name: the furthest stage that it names ("ready for testing" waits where testing
/// is), that of work in progress when it names none.
pub(super) fn stage_from_words(words: &str) -> usize {
    const READY: usize = 5;
    const IN_PROGRESS: usize = 7;
    let words = normalised(words);
    if CHOSEN_FOR.iter().any(|word| words.contains(word)) {
        return READY;
    }
    STAGES.iter().rposition(|stage| stage.iter().any(|word| words.contains(word))).unwrap_or(IN_PROGRESS)
}
