//! Words that are confused with others.

/// A word that is wrong between others: "the key form the page". Empty lists stand for any word, and an empty word for the
/// start of a clause.
pub(super) struct Confusion {
    pub(super) wrong: &'static str,
    pub(super) meant: &'static str,
    pub(super) before: &'static [&'static str],
    pub(super) after: &'static [&'static str],
    /// What the word before `before` must be one of.
    pub(super) first: &'static [&'static str],
    /// What a name after it may be.
    pub(super) name: Name,
}

/// What a name, a word that begins in uppercase, may be after a wrong word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// Nothing special.
    Other,
    /// It takes the place of the word after: "the key form Acme".
    Follows,
    /// It is before the word after: "in you Acme account".
    Between,
}

const ARTICLES: &[&str] = &["the", "your", "a", "an", "this", "that", "these", "those", "any", "one"];

/// What is the reader's own: "in your account".
const OF_READER: &[&str] = &[
    "account", "accounts", "settings", "console", "password", "username", "api", "client", "application", "app",
    "connector", "instance", "dashboard", "credentials", "organization", "organisation", "company", "domain",
    "profile", "workspace", "subdomain", "service",
];

const BEFORE_POSSESSIVES: &[&str] = &[
    "to", "in", "into", "from", "of", "with", "for", "on", "at", "using", "enter", "open", "select", "copy", "access",
    "visit", "view", "manage", "replace",
];

/// What a thing has: after "it is" they would have an article.
const OF_THINGS: &[&str] = &[
    "own", "name", "value", "values", "settings", "contents", "id", "url", "api", "status", "type", "owner", "parent",
    "password", "username", "domain", "subdomain", "account", "properties", "permissions", "fields", "credentials",
    "endpoint", "endpoints", "website", "purpose", "creation", "expiry",
];

/// What a reader is or does: "if you're ready".
const STATES: &[&str] = &[
    "ready", "done", "finished", "using", "not", "going", "prompted", "redirected", "asked", "connecting",
    "integrating", "presented",
];

/// Words that are confused with others, each between words that only the other one can be between.
pub(super) const CONFUSIONS: &[Confusion] = &[
    Confusion {
        wrong: "for",
        meant: "more",
        before: &["need", "require", "want"],
        after: &["information", "details", "help", "assistance"],
        first: &["you", "they", "we", "users"],
        name: Name::Other,
    },
    Confusion {
        wrong: "form",
        meant: "from",
        // After a singular no verb has this form.
        before: &[
            "key", "token", "id", "secret", "value", "code", "password", "username", "url", "domain", "name", "copied",
            "copy", "it", "retrieved", "retrieve", "obtained", "obtain", "downloaded", "received", "generated",
            "collected", "created", "taken", "available", "different", "away",
        ],
        after: ARTICLES,
        first: &[],
        name: Name::Follows,
    },
    Confusion {
        wrong: "you",
        meant: "your",
        before: &["fit", "fits", "suit", "suits", "meet", "meets"],
        after: &["use", "needs", "requirements", "business"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "need",
        meant: "need to",
        before: &["you", "they", "we", "will", "users", "also", "may"],
        after: &[
            "follow", "enter", "create", "add", "install", "configure", "select", "choose", "open", "get", "provide",
            "obtain", "generate", "register", "enable", "connect", "ensure",
        ],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "not",
        meant: "not,",
        before: &["if"],
        after: &["create", "select", "click", "enter", "contact", "please", "you", "sign", "go"],
        first: &[],
        name: Name::Other,
    },
    Confusion { wrong: "fro", meant: "for", before: &[], after: ARTICLES, first: &[], name: Name::Other },
    Confusion {
        wrong: "you",
        meant: "your",
        before: BEFORE_POSSESSIVES,
        after: OF_READER,
        first: &[],
        name: Name::Between,
    },
    Confusion {
        wrong: "you're",
        meant: "your",
        before: BEFORE_POSSESSIVES,
        after: OF_READER,
        first: &[],
        name: Name::Between,
    },
    Confusion { wrong: "it's", meant: "its", before: &[], after: OF_THINGS, first: &[], name: Name::Other },
    Confusion {
        wrong: "its",
        meant: "it's",
        before: &[],
        after: &["a", "an", "the", "not", "been"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "your",
        meant: "you're",
        before: &["if", "when", "once", "that", "while", "until", "unless", "sure"],
        after: STATES,
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "your",
        meant: "you",
        before: &["if", "once", "when", "after", "before", "that", "what"],
        after: &["have", "are", "can", "should", "must", "would", "could", "do", "don't", "want"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "not",
        meant: "note",
        before: &["make", "take", "a"],
        after: &["of"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "then",
        meant: "than",
        before: &[
            "rather", "less", "more", "greater", "longer", "shorter", "higher", "lower", "fewer", "larger", "smaller",
        ],
        after: &["the", "one", "two", "three", "your", "this", "that"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "than",
        meant: "then",
        before: &["can", "will", "should", "must", "and", "you"],
        after: &["use", "select", "click", "enter", "copy", "go", "open", "choose", "set", "add", "install", "be"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "then",
        meant: "the",
        before: &["down", "copy", "enter", "find", "note", "record", "save", "of", "from", "with"],
        after: &["key", "id", "secret", "token", "url", "following", "same", "values", "credentials", "details"],
        first: &[],
        name: Name::Between,
    },
    Confusion {
        wrong: "on",
        meant: "to",
        before: &["next"],
        after: &[],
        first: &["icon", "symbol", "padlock", "logo", "arrow"],
        name: Name::Other,
    },
    Confusion {
        wrong: "part",
        meant: "party",
        before: &["third"],
        after: &[
            "app", "apps", "application", "applications", "integration", "integrations", "service", "services",
            "software", "system", "systems", "tool", "tools", "provider", "providers",
        ],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "Dependant",
        meant: "Depending",
        before: &[""],
        after: &["on", "upon"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "dependant",
        meant: "dependent",
        before: &["is", "are", "be", "was", "were"],
        after: &["on", "upon"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "to",
        meant: "too",
        before: &["is", "are", "far", "was", "were", "be"],
        after: &["long", "large", "big", "short", "small", "old", "late", "early", "complex"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "too",
        meant: "to",
        before: &[
            "need", "needs", "want", "have", "able", "due", "according", "access", "prior", "related", "allowed",
            "required", "redirected", "taken", "going", "go", "navigate", "connect", "added",
        ],
        after: &["the", "your", "this", "be", "set", "create", "use", "enter", "get", "make", "do"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "their",
        meant: "there",
        before: &[],
        after: &["is", "are", "isn't", "aren't"],
        first: &[],
        name: Name::Other,
    },
    Confusion { wrong: "there", meant: "their", before: &[], after: &["own"], first: &[], name: Name::Other },
    Confusion {
        wrong: "there",
        meant: "their",
        before: &["of", "with", "for", "into", "using", "enter"],
        after: OF_READER,
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "loose",
        meant: "lose",
        before: &["will", "you", "to", "not", "may", "could", "might", "can"],
        after: &["access", "data", "the", "your", "any", "all", "it", "them"],
        first: &[],
        name: Name::Other,
    },
    Confusion {
        wrong: "of",
        meant: "have",
        before: &["could", "should", "would", "must", "might"],
        after: &["been", "used", "had", "received", "already", "done", "a"],
        first: &[],
        name: Name::Other,
    },
];
