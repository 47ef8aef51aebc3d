//! The names of Jira's columns, in the languages Jira writes them in: data only.
//!
//! English, Spanish and Polish names were seen in real files; the others follow Jira's translations.

use super::headers::Holds;

/// Header names, lower case, per meaning. A name occurs once.
#[rustfmt::skip]
pub(super) const NAMES: &[(Holds, &[&str])] = &[
    (Holds::Key, &[
        "issue key", "key", "work item key", "issuekey", "clave de incidencia", "clave", "klucz zgłoszenia", "klucz",
        "vorgangsschlüssel", "schlüssel", "clé de ticket", "clé du ticket", "clé", "chave da item", "chave do item",
        "chave do ticket", "chave", "chiave ticket", "chiave segnalazione", "chiave", "issuesleutel",
        "issue-sleutel", "sleutel", "課題キー", "作業項目キー", "キー", "问题关键字", "问题键", "事务密钥", "关键字", "問題鍵", "ключ запроса",
        "ключ проблемы", "ключ задачи", "ключ", "код", "이슈 키", "업무 항목 키", "키", "klíč požadavku", "klíč úkolu",
        "klíč", "ärendenyckel", "nyckel",
    ]),
    (Holds::Id, &[
        "issue id", "work item id", "id de la incidencia", "id de incidencia", "id. zgłoszenia", "id zgłoszenia",
        "vorgangs-id", "vorgangs id", "id de ticket", "id du ticket", "id da item", "id do item", "id ticket",
        "id segnalazione", "issue-id", "課題 id", "課題id", "问题id", "问题 id", "事务 id", "id запроса", "id проблемы",
        "id задачи", "이슈 id", "id požadavku", "ärende-id",
    ]),
    (Holds::Summary, &[
        "summary", "resumen", "podsumowanie", "zusammenfassung", "résumé", "resumo", "riepilogo", "samenvatting",
        "要約", "概要", "摘要", "主题", "тема", "резюме", "сводка", "요약", "souhrn", "shrnutí", "sammanfattning",
    ]),
    (Holds::Type, &[
        "issue type", "work type", "issuetype", "work item type", "tipo de incidencia", "typ zgłoszenia",
        "vorgangstyp", "vorgangsart", "type de ticket", "tipo de item", "tipo de ticket", "tipo di ticket",
        "tipo ticket", "tipo segnalazione", "type issue", "課題タイプ", "作業タイプ", "问题类型", "事务类型",
        "тип запроса", "тип проблемы", "тип задачи", "이슈 유형", "업무 유형", "typ požadavku", "typ úkolu", "ärendetyp",
    ]),
    (Holds::Status, &[
        "status", "estado", "état", "statut", "stato", "ステータス", "状态", "狀態", "статус", "상태", "stav",
    ]),
    (Holds::StatusCategory, &[
        "status category", "categoría de estado", "categoría del estado", "kategoria statusu", "statuskategorie",
        "catégorie de statut", "catégorie d'état", "categoria do status", "categoria de status", "categoria stato",
        "categoria di stato", "statuscategorie", "ステータス カテゴリ", "ステータスカテゴリ", "ステータス カテゴリー", "状态类别",
        "категория статуса", "상태 카테고리", "상태 범주", "kategorie stavu", "statuskategori",
    ]),
    (Holds::StatusCategoryChanged, &[
        "status category changed", "cambio de categoría de estado", "categoría de estado cambiada",
        "zmieniono kategorię statusu", "statuskategorie geändert", "catégorie de statut modifiée",
        "catégorie d'état modifiée", "categoria do status alterada", "categoria de status alterada",
        "categoria stato modificata", "statuscategorie gewijzigd", "ステータス カテゴリの変更", "状态类别已更改",
        "категория статуса изменена", "상태 카테고리 변경됨",
    ]),
    (Holds::ProjectKey, &[
        "project key", "clave del proyecto", "clave de proyecto", "klucz projektu", "projektschlüssel",
        "clé de projet", "clé du projet", "chave do projeto", "chiave progetto", "projectsleutel", "プロジェクト キー",
        "プロジェクトキー", "项目关键字", "项目密钥", "项目键", "ключ проекта", "프로젝트 키", "klíč projektu", "projektnyckel",
    ]),
    (Holds::ProjectName, &[
        "project name", "project", "nombre del proyecto", "proyecto", "nazwa projektu", "projekt", "projektname",
        "nom du projet", "projet", "nome do projeto", "projeto", "nome progetto", "progetto", "projectnaam",
        "プロジェクト名", "プロジェクト", "项目名称", "项目", "название проекта", "проект", "프로젝트 이름", "프로젝트", "název projektu",
        "projektnamn",
    ]),
    (Holds::Priority, &[
        "priority", "prioridad", "priorytet", "priorität", "priorité", "prioridade", "priorità", "prioriteit", "優先度",
        "优先级", "приоритет", "우선 순위", "우선순위", "priorita", "prioritet",
    ]),
    (Holds::Resolution, &[
        "resolution", "resolución", "rozwiązanie", "lösung", "résolution", "resolução", "risoluzione", "oplossing",
        "解決状況", "解决结果", "解决方案", "решение", "резолюция", "해결책", "해결", "řešení", "lösning",
    ]),
    (Holds::Assignee, &[
        "assignee", "persona asignada", "responsable", "osoba przypisana", "zugewiesene person", "bearbeiter",
        "personne assignée", "attribué à", "responsável", "assegnatario", "toegewezen aan", "toegewezen persoon",
        "担当者", "经办人", "исполнитель", "담당자", "řešitel", "přiřazeno", "tilldelad", "tilldelad person", "ansvarig",
    ]),
    (Holds::Reporter, &[
        "reporter", "informador", "osoba zgłaszająca", "autor", "melder", "rapporteur", "relator", "reportador",
        "segnalante", "richiedente", "indiener", "報告者", "报告人", "автор", "보고자", "zadavatel", "rapportör",
    ]),
    (Holds::Creator, &[
        "creator", "creador", "twórca", "ersteller", "créateur", "criador", "autore", "maker", "作成者", "创建者", "创建人",
        "создатель", "만든 사람", "작성자", "tvůrce", "skapare", "skapad av",
    ]),
    (Holds::TeamName, &[
        "team name",
    ]),
    (Holds::Team, &[
        "team", "equipo", "équipe", "equipe", "zespół", "チーム", "团队", "команда", "팀",
    ]),
    (Holds::ParentKey, &[
        "parent key", "clave principal", "clave de principal", "klucz nadrzędny", "klucz elementu nadrzędnego",
        "übergeordneter schlüssel", "schlüssel des übergeordneten vorgangs", "clé parent", "clé parente",
        "chave pai", "chave do pai", "chiave principale", "chiave padre", "bovenliggende sleutel", "親キー", "父级关键字",
        "ключ родителя", "родительский ключ", "상위 키",
    ]),
    (Holds::EpicLink, &[
        "epic link", "enlace de épica", "enlace de epic", "łącze epiku", "epic-verknüpfung", "epos-verknüpfung",
        "lien d'epic", "lien d'épopée", "link do epic", "link do épico", "link epic", "collegamento epic",
        "epiclink", "エピック リンク", "エピックリンク", "史诗链接", "ссылка на эпик", "에픽 링크",
    ]),
    (Holds::Parent, &[
        "parent", "parent id", "principal", "id principal", "element nadrzędny", "nadrzędne", "übergeordnet",
        "übergeordneter vorgang", "übergeordnete id", "parent-id", "parents", "pai", "id pai", "principale", "padre",
        "bovenliggend", "bovenliggend item", "親", "親課題", "父级", "父项", "родитель", "родительский элемент", "상위",
        "상위 항목", "nadřazený", "överordnad",
    ]),
    (Holds::Created, &[
        "created", "created date", "date created", "creada", "creado", "fecha de creación", "utworzono", "utworzone",
        "erstellt", "créé", "création", "date de création", "criado", "criada", "data de criação", "creato",
        "data creazione", "gemaakt", "aangemaakt", "作成日", "作成日時", "已创建", "创建日期", "创建时间", "创建", "создано", "создан",
        "дата создания", "만듦", "생성일", "생성", "생성됨", "vytvořeno", "skapad", "skapat",
    ]),
    (Holds::Updated, &[
        "updated", "updated date", "last updated", "actualizada", "actualizado", "fecha de actualización",
        "zaktualizowano", "zaktualizowane", "aktualisiert", "mis à jour", "mise à jour", "atualizado", "atualizada",
        "data de atualização", "aggiornato", "aggiornata", "bijgewerkt", "更新日", "更新日時", "已更新", "更新日期", "更新时间",
        "обновлено", "обновлен", "дата обновления", "업데이트", "업데이트됨", "수정일", "aktualizováno", "uppdaterad",
        "uppdaterat",
    ]),
    (Holds::Resolved, &[
        "resolved", "resolution date", "resolved date", "resolutiondate", "resuelta", "resuelto",
        "fecha de resolución", "rozwiązane", "rozwiązano", "erledigt", "gelöst", "résolu", "résolue",
        "résolution le", "date de résolution", "resolvido", "resolvida", "data de resolução", "risolto", "risolta",
        "opgelost", "afgehandeld", "解決日", "解決済み", "解決日時", "已解决", "解决日期", "решено", "решен", "дата решения", "해결됨",
        "해결일", "vyřešeno", "löst",
    ]),
    (Holds::Due, &[
        "due date", "due", "fecha de vencimiento", "termin", "fälligkeitsdatum", "fällig", "fällig am",
        "date d'échéance", "échéance", "data de vencimento", "data limite", "data di scadenza", "scadenza",
        "einddatum", "vervaldatum", "deadline", "期限", "期日", "到期日", "截止日期", "срок исполнения", "срок",
        "дата выполнения", "기한", "마감일", "termín", "datum splnění", "förfallodatum", "förfallodag",
    ]),
    (Holds::ActualStart, &[
        "actual start", "inicio real", "rzeczywiste rozpoczęcie", "tatsächlicher start", "tatsächlicher beginn",
        "début réel", "início real", "inizio effettivo", "実際の開始", "实际开始",
    ]),
    (Holds::StartDate, &[
        "start date", "fecha de inicio", "data rozpoczęcia", "startdatum", "date de début", "data de início",
        "data inizio", "data di inizio", "開始日", "开始日期", "дата начала", "시작 날짜", "시작일", "datum zahájení",
    ]),
    (Holds::OriginalEstimate, &[
        "original estimate", "estimación original", "pierwotne oszacowanie", "ursprüngliche schätzung",
        "estimation initiale", "estimation d'origine", "estimativa original", "stima originale",
        "oorspronkelijke schatting", "初期見積もり", "初期見積り", "初始预估", "初始预估时间", "первоначальная оценка", "최초 예상", "최초 추정",
        "původní odhad", "ursprunglig uppskattning",
    ]),
    (Holds::Remaining, &[
        "remaining estimate", "estimación restante", "trabajo restante", "pozostałe oszacowanie", "pozostały czas",
        "verbleibende schätzung", "restschätzung", "estimation restante", "estimativa restante", "stima rimanente",
        "resterende schatting", "残余見積もり", "残余見積り", "剩余估算", "剩余的估算", "剩余时间", "оставшаяся оценка", "оставшееся время",
        "남은 예상", "남은 추정치", "zbývající odhad", "återstående uppskattning",
    ]),
    (Holds::Logged, &[
        "time spent", "tiempo trabajado", "tiempo empleado", "czas poświęcony", "benötigte zeit", "zeitaufwand",
        "aufgewendete zeit", "temps passé", "temps consacré", "tempo gasto", "tempo impiegato", "tijd besteed",
        "bestede tijd", "作業時間", "所要時間", "耗费时间", "затраченное время", "затрачено времени", "소요 시간", "소요된 시간",
        "strávený čas", "nedlagd tid",
    ]),
    (Holds::Sprint, &[
        "sprint", "sprints", "スプリント", "冲刺", "спринт", "스프린트",
    ]),
    (Holds::Label, &[
        "labels", "label", "etiquetas", "etykiety", "stichwörter", "stichwort", "étiquettes", "categorias",
        "etichette", "ラベル", "标签", "метки", "레이블", "štítky", "etiketter",
    ]),
    (Holds::Component, &[
        "components", "component/s", "component", "componentes", "componente/s", "komponenty", "komponenten",
        "komponente/n", "composants", "composant/s", "componenti", "componente", "componenten", "コンポーネント", "模块",
        "组件", "компоненты", "컴포넌트", "구성 요소", "komponenter",
    ]),
    (Holds::FixVersion, &[
        "fix versions", "fix version/s", "fix version", "versiones correctoras", "versión correctora",
        "versiones de corrección", "corregir versión/es", "corregir versiones", "wersje naprawiające",
        "wersja naprawy", "wersje poprawki", "lösungsversionen", "lösungsversion(en)", "zielversion(en)",
        "behobene version(en)", "versions corrigées", "version(s) corrigée(s)", "corrigé dans la version",
        "versões corrigidas", "corrigir versões", "versões de correção", "versioni di correzione",
        "versione/i correzione", "versioni correzione", "oplossingsversies", "fix-versies", "修正バージョン", "修复版本",
        "修复的版本", "исправить в версиях", "исправлено в версиях", "수정 버전", "opravit ve verzích", "opravené verze",
        "åtgärdade versioner",
    ]),
];

/// "Custom field" in front of a bracket.
#[rustfmt::skip]
pub(super) const CUSTOM_FIELD: &[&str] = &[
    "custom field", "campo personalizado", "pole niestandardowe", "benutzerdefinierte felder",
    "benutzerdefiniertes feld", "champ personnalisé", "champs personnalisés", "campo personalizzato",
    "aangepast veld", "カスタム フィールド", "カスタムフィールド", "自定义字段", "自訂欄位", "пользовательское поле", "настраиваемое поле",
    "дополнительное поле", "사용자 정의 필드", "사용자 지정 필드", "vlastní pole", "uživatelské pole", "anpassat fält",
];

/// "Inward issue link" in front of a bracket.
#[rustfmt::skip]
pub(super) const INWARD: &[&str] = &[
    "inward issue link", "inward work item link", "wewnętrzne łącze zgłoszenia", "enlace de incidencia entrante",
    "enlace interno de incidencia", "eingehende vorgangsverknüpfung", "eingehender vorgangslink",
    "lien de ticket entrant", "link de item de entrada", "vínculo de item de entrada",
    "collegamento ticket in entrata", "inkomende issuelink", "受信課題リンク", "内向き課題リンク", "входящая ссылка на запрос",
];

/// "Outward issue link" in front of a bracket.
#[rustfmt::skip]
pub(super) const OUTWARD: &[&str] = &[
    "outward issue link", "outward work item link", "zewnętrzne łącze do zgłoszenia",
    "enlace de incidencia saliente", "enlace externo de incidencia", "ausgehende vorgangsverknüpfung",
    "ausgehender vorgangslink", "lien de ticket sortant", "link de item de saída", "vínculo de item de saída",
    "collegamento ticket in uscita", "uitgaande issuelink", "送信課題リンク", "外向き課題リンク", "исходящая ссылка на запрос",
];

/// Names of the blocking link type.
#[rustfmt::skip]
pub(super) const BLOCKING: &[&str] = &[
    "blocks", "block", "blocker", "blocking", "blocked", "bloquea", "bloqueo", "blokuje", "blockiert", "blockieren",
    "bloque", "bloqueia", "blocca", "blokkeert", "ブロック", "阻塞", "блокирует", "blockerar",
];

/// Names of story points.
#[rustfmt::skip]
pub(super) const STORY_POINTS: &[&str] = &[
    "story point", "storypoint", "story-point", "puntos de historia", "punkty historyjek", "punkty historii",
    "points de story", "points d'histoire", "points de récit", "pontos de história", "pontos da história",
    "punti storia", "punti della storia", "verhaalpunten", "ストーリー ポイント", "ストーリーポイント", "故事点", "сторипоинт",
    "стори поинт", "스토리 포인트",
];

/// Words that make a column another kind of points: a plan, a total, a part.
#[rustfmt::skip]
pub(super) const NOT_THE_POINTS: &[&str] = &[
    "baseline", "epic", "initial", "total", "original", "remaining", "completed", "burned", "actual", "sum of", "σ",
    "t shirt", "history", "old",
];
