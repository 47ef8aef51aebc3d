//! Text for descriptions and comments of large files: sentences put together from parts.

use super::random::Random;

const WHO: &[&str] = &[
    "The export job",
    "A customer in Malmö",
    "The nightly import",
    "The second worker",
    "Support",
    "The mobile client",
    "The rate limiter",
    "Our partner's gateway",
    "The search index",
    "An administrator",
    "The audit log",
    "The queue consumer",
    "The billing run",
    "The preview server",
    "Somebody from São Paulo",
    "The cache in front of it",
    "The German translation",
];
const DOES: &[&str] = &[
    "writes the same record twice",
    "loses the last page",
    "waits for a lock that nobody holds",
    "asks for a new token too early",
    "shows an amount with three decimals",
    "returns status 502 after a minute",
    "cannot read names with apostrophes, e.g. O'Brien",
    "keeps the old address",
    "counts cancelled orders",
    "reports \"unknown zone\" for Kyiv",
    "sends two emails, sometimes three",
    "rounds down instead of up",
    "ignores the filter",
    "drops the time zone",
    "falls back to the default template",
    "needs about 40 seconds, which is too long",
];
const WHEN: &[&str] = &[
    "after a restart",
    "when the list is empty",
    "on the first day of a month",
    "if two people save at once",
    "behind a proxy",
    "with more than 1,000 lines",
    "since the last release",
    "unless the flag \"strict\" is set",
    "for accounts older than 2019",
    "while a backup runs",
    "only on Windows",
    "in about one of 200 cases",
    "whenever the clock changes",
    "under load",
];
const ENDINGS: &[&str] =
    &[".", ".", ".", ".", "; see the log below.", ", and nobody is told.", " – not reproducible here.", "!"];
const VERBS: &[&str] = &[
    "Limit", "Rename", "Speed up", "Restore", "Log", "Test", "Rewrite", "Group", "Validate", "Cache", "Hide", "Split",
    "Merge", "Verify", "Sort", "Archive", "Paginate", "Encrypt",
];
const THINGS: &[&str] = &[
    "customer addresses",
    "webhook deliveries",
    "the invoice run",
    "expired sessions",
    "search results",
    "the permission check",
    "uploaded files",
    "the audit trail",
    "duplicate contacts",
    "the approval step",
    "retry intervals",
    "notification settings",
    "the onboarding emails",
    "currency tables",
    "the monthly statement",
    "stale reports",
    "the API keys",
    "the activity feed",
];
const WHERE: &[&str] = &[
    "in the admin area",
    "for partners",
    "on the dashboard",
    "in the mobile app",
    "for large accounts",
    "before release",
    "in the public API",
    "for \"legacy\" tenants",
    "during migration",
    "per region",
    "across projects",
    "in emails",
];

/// How many different sentences a file uses: enough that they do not compress to nothing, few enough to be made at once.
const SENTENCES: usize = 3000;

/// A stock of sentences to take from.
#[derive(Debug, Clone)]
pub(super) struct Prose(Vec<String>);

impl Prose {
    pub(super) fn new(random: &mut Random) -> Self {
        let sentence = |random: &mut Random| {
            let (who, does, when) = (random.pick(WHO), random.pick(DOES), random.pick(WHEN));
            format!("{who} {does} {when}{}", random.pick(ENDINGS))
        };
        Self((0..SENTENCES).map(|_| sentence(random)).collect())
    }

    pub(super) fn sentence(&self, random: &mut Random) -> &str {
        random.pick::<String>(&self.0)
    }

    pub(super) fn title(random: &mut Random) -> String {
        format!("{} {} {}", random.pick(VERBS), random.pick(THINGS), random.pick(WHERE))
    }

    /// Wiki text of roughly so many bytes: paragraphs, lists, code and tables.
    pub(super) fn description(&self, bytes: usize, random: &mut Random) -> String {
        let mut text = String::with_capacity(bytes + 200);
        while text.len() < bytes {
            match random.below(20) {
                0 => self.code(&mut text, random),
                1 => text.push_str("||Field||Before||After||\n|total|12,50|12.50|\n|currency|\"EUR\"|EUR|\n"),
                2..=4 => self.list(&mut text, random),
                5 => text.push_str("h3. Expected result\n"),
                _ => {
                    text.push_str(self.sentence(random));
                    text.push_str(if random.chance(25) { "\n\n" } else { " " });
                }
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    fn list(&self, text: &mut String, random: &mut Random) {
        if !text.is_empty() {
            text.push('\n');
        }
        for _ in 0..random.between(2, 4) {
            text.push_str("# ");
            text.push_str(self.sentence(random));
            text.push('\n');
        }
    }

    fn code(&self, text: &mut String, random: &mut Random) {
        let line = random.between(10, 900);
        text.push_str("{code:json}\n{\"level\": \"error\", \"line\": ");
        text.push_str(&line.to_string());
        text.push_str(", \"message\": \"");
        text.push_str(self.sentence(random).trim_end_matches('.'));
        text.push_str("\"}\n{code}\n");
    }
}
