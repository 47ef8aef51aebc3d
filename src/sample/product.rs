//! The made-up product of the sample: three teams that build a booking service for ferries.

/// What a team works on and with whom.
pub(super) struct Team {
    pub(super) name: &'static str,
    pub(super) project_key: &'static str,
    pub(super) project_name: &'static str,
    pub(super) description: &'static str,
    pub(super) people: &'static [&'static str],
    /// Epics, the oldest first.
    pub(super) epics: &'static [&'static str],
    /// Parts of the product, as they stand inside a sentence.
    pub(super) parts: &'static [&'static str],
    /// Stories that belong to no single part.
    pub(super) stories: &'static [&'static str],
    pub(super) components: &'static [&'static str],
}

/// The teams.
pub(super) const TEAMS: &[Team] = &[
    Team {
        name: "Harbour",
        project_key: "BOOK",
        project_name: "Booking",
        description: "Search, booking and everything a traveller sees",
        people: &["Ingrid Solheim", "Tomás Ferreira", "Adaeze Okonkwo", "Yuki Morita", "Lena Brandt", "Sam Whitlock"],
        epics: &["Booking without an account", "One search for all routes", "Trips with vehicles", "Accessible travel"],
        parts: &[
            "the timetable search",
            "the seat map",
            "the passenger list",
            "the vehicle form",
            "the waiting list",
            "the booking summary",
            "the departure calendar",
            "the saved trips page",
            "the group booking form",
            "the route map",
        ],
        stories: &[
            "Book a return trip in one go",
            "Add a pet to a booking",
            "Swap the passenger on an unused ticket",
            "Show the next departure when a ferry is full",
            "Ask for boarding assistance while booking",
            "Find connections with a change of ferry",
            "Share a trip with fellow travellers",
            "Hold seats for ten minutes during checkout",
            "Choose a cabin by its place on the deck",
            "Book on behalf of somebody else",
        ],
        components: &["Search", "Booking flow", "Mobile web"],
    },
    Team {
        name: "Compass",
        project_key: "FARE",
        project_name: "Fares and payments",
        description: "Prices, payments, refunds and invoices",
        people: &[
            "Marit Nygård",
            "Diego Cárdenas",
            "Priya Raman",
            "Oleksandr Bilyk",
            "Chloé Marchand",
            "Ben Achterberg",
        ],
        epics: &["Refunds in one step", "Season passes", "Prices by season and demand", "Second payment provider"],
        parts: &[
            "the price breakdown",
            "the checkout",
            "the refund form",
            "the voucher page",
            "the invoice download",
            "the season pass page",
            "the fare calendar",
            "the currency switch",
            "the payment receipt",
            "the tax summary",
        ],
        stories: &[
            "Pay with a bank transfer",
            "Split a payment between two cards",
            "Refund a cancelled departure without a request",
            "Apply the resident discount by postcode",
            "Renew a season pass before it ends",
            "Show what a flexible ticket costs more",
            "Send invoices to a company address",
            "Retry a failed payment with the same card",
            "Offer a voucher instead of a refund",
            "Round prices the way each country does",
        ],
        components: &["Pricing", "Payments", "Back office"],
    },
    Team {
        name: "Anchor",
        project_key: "PORT",
        project_name: "Port operations",
        description: "Boarding, loading and crew, used in the ports",
        people: &[
            "Sigrid Haugen",
            "Nikos Papadakis",
            "Farah Siddiqui",
            "Jonas Lindqvist",
            "Ewa Kaczmarek",
            "Callum Reid",
        ],
        epics: &["Boarding without paper", "Loading plans", "Delays told in time", "Move to the new data centre"],
        parts: &[
            "the boarding list",
            "the loading plan",
            "the crew roster",
            "the delay notice",
            "the gate display",
            "the weather panel",
            "the ticket scanner",
            "the handover log",
            "the departure board",
            "the incident form",
        ],
        stories: &[
            "Scan tickets without a connection",
            "Count vehicles by length as they board",
            "Tell travellers about a delay within a minute",
            "Swap a ferry and keep its bookings",
            "Warn when a deck is near its weight limit",
            "Print a crew list for the coast guard",
            "Call passengers of a late connection",
            "Close boarding from the bridge",
            "Record who handed over a shift",
            "Show the tide beside each departure",
        ],
        components: &["Boarding", "Displays", "Platform"],
    },
];

/// Patterns of stories about a part; `{}` stands for the part.
pub(super) const STORY_PATTERNS: &[&str] = &[
    "Show {} on small screens",
    "Make {} usable with the keyboard alone",
    "Translate {} into Norwegian and Greek",
    "Keep {} usable on a slow connection",
    "Explain errors in {} in plain words",
    "Load {} in under a second",
    "Add a help text to {}",
    "Let support staff see {} as the customer does",
    "Simplify {} after the usability test",
    "Open {} from a link in an email",
];

/// Patterns of bugs; `{}` stands for the part at the beginning or inside.
pub(super) const BUG_PATTERNS: &[&str] = &[
    "{} stays blank after the session ends",
    "{} shows old data until reload",
    "{} accepts a date in the past",
    "{} loses its filter on going back",
    "{} shows times in the wrong zone",
    "{} overlaps the footer on tablets",
    "{} jumps to the top after every change",
    "Screen readers skip {}",
    "Names with accents are cut off in {}",
    "A double click sends {} twice",
];

/// Patterns of technical debt.
pub(super) const DEBT_PATTERNS: &[&str] = &[
    "Replace the old date library in {}",
    "Split the controller behind {}",
    "Add missing tests around {}",
    "Remove the feature flag of {}",
    "Move {} off the shared database table",
    "Delete dead code behind {}",
];

/// Patterns of tasks that are neither.
pub(super) const TASK_PATTERNS: &[&str] = &[
    "Go through {} with the support team",
    "Prepare test data for {}",
    "Run a load test of {}",
    "Update the screenshots of {} in the handbook",
];

/// Sentences for the description of stories and tasks; `{}` stands for the part.
pub(super) const STORY_SENTENCES: &[&str] = &[
    "Travellers told us in the last survey that {} is hard to find, \"as if it were hidden\".",
    "Today this needs a call to the support desk, which takes about six minutes.",
    "In scope: {}, its tests and the help page. Out of scope: the old app.",
    "The design is agreed; open questions are in the comments.",
    "It has to work on phones, tablets and the terminals in the ports.",
    "Ask the other teams first: {} is used in two more places.",
];

/// Lines for the description of bugs; `{}` stands for the part.
pub(super) const BUG_SENTENCES: &[&str] = &[
    "Seen on staging and reported by three customers.",
    "Expected: {} shows the current state. Actual: it does not, until the page is loaded again.",
    "Happens only in Safari, and only the first time.",
    "The log says \"value out of range\", see the attachment.",
];

/// Comments.
pub(super) const COMMENTS: &[&str] = &[
    "Looks good on staging, thanks!",
    "I split the translation off, it can follow later.",
    "Waiting for an answer from the port authority.",
    "Could not reproduce this on the current build, please try again.",
    "Merged. Will be in the next release.",
    "We agreed to keep the old wording, \"departure\" instead of \"sailing\".",
    "Blocked by the certificate renewal, back on Thursday.",
];

/// A part as the first words of a sentence: `The seat map`.
pub(super) fn capitalised(part: &str) -> String {
    let mut letters = part.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
