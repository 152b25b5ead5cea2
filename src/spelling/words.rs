//! Words that most guides have.

/// Words of at least six letters that most guides have. A word one slip inside from one of them is a misspelling.
pub(super) const FREQUENT: &[&str] = &[
    "access", "accessible", "account", "accounts", "across", "active", "additional", "address", "administrator",
    "advanced", "against", "already", "application", "applications", "appropriate", "assign", "assigned", "associated",
    "authenticate", "authenticated", "authenticating", "authentication", "authorization", "authorize", "automatically",
    "available", "because", "before", "between", "bottom", "browser", "builder", "business", "button", "callback",
    "category", "client", "company", "configuration", "configure", "connect", "connection", "connector", "connectors",
    "console", "consumer", "contain", "contains", "continue", "control", "correct", "correctly", "corresponding",
    "credential", "credentials", "currently", "custom", "customer", "customers", "customize", "dashboard", "database",
    "default", "deploy", "description", "details", "developer", "developers", "different", "directly", "display",
    "displays", "document", "documentation", "domain", "download", "embedding", "enable", "enabled", "endpoint",
    "endpoints", "entered", "environment", "errors", "existing", "explain", "feature", "following", "function",
    "functionality", "functions", "generate", "generated", "identifier", "includes", "individual", "information",
    "inside", "install", "installation", "installed", "instance", "instead", "instructions", "integer", "integration",
    "integrations", "interact", "interactive", "interface", "introduction", "layout", "library", "management",
    "manager", "manually", "mappings", "marketing", "marketplace", "message", "method", "methods", "multiple",
    "navigate", "navigation", "necessary", "notification", "number", "objects", "obtain", "obtained", "obtaining",
    "option", "optional", "options", "organization", "overall", "overview", "parameter", "parameters", "partner",
    "partners", "password", "permission", "permissions", "personal", "placeholder", "platform", "portal", "possible",
    "previous", "private", "process", "product", "production", "profile", "project", "prompted", "properties",
    "property", "provide", "provided", "purpose", "receive", "redirect", "redirected", "refresh", "register",
    "registered", "registration", "relevant", "replace", "request", "requested", "requests", "required",
    "requirements", "requires", "response", "result", "retrieve", "retrieved", "return", "returned", "returns",
    "sandbox", "screen", "screenshot", "secret", "section", "security", "select", "selected", "separately", "service",
    "services", "settings", "several", "should", "something", "source", "specific", "specified", "specify", "standard",
    "subdomain", "subscription", "subsequently", "successful", "successfully", "support", "supported", "supports",
    "system", "target", "technical", "template", "templates", "through", "toggle", "transaction", "transactions",
    "trigger", "unique", "updated", "updates", "username", "utility", "values", "variables", "version", "versions",
    "webhook", "webhooks", "website", "within", "without", "workflow", "workspace",
];

/// Words that are one slip from one of them, of the language and of others that share its words.
pub(super) const OTHERS: &[&str] = &[
    "browner", "burton", "clint", "confection", "convection", "derails", "detains", "domein", "exiting", "fonction",
    "incudes", "instilled", "interlace", "massage", "nummer", "objets", "passible", "pervious", "plattform", "portaal",
    "portail", "postal", "precess", "precious", "primate", "produit", "profess", "profiel", "projet", "promoted",
    "properly", "protect", "prowess", "prozess", "reprieve", "resister", "servile", "sittings", "standaard", "suction",
    "systeem", "thorough", "though", "trough", "undated", "uprated", "vales", "valuers", "valves", "webseite",
];
