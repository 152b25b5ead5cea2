//! Words that most guides have.

/// Words of at least six letters that most guides have. A word one slip inside from one of them is a misspelling.
pub(super) const FREQUENT: &[&str] = &[
    "account", "accounts", "address", "administrator", "application", "applications", "authenticate", "authentication",
    "authorization", "authorize", "automatically", "available", "button", "callback", "client", "company",
    "configuration", "configure", "connect", "connection", "connector", "connectors", "console", "credential",
    "credentials", "customer", "customers", "dashboard", "database", "description", "developer", "developers",
    "documentation", "domain", "endpoint", "endpoints", "environment", "following", "generate", "generated",
    "information", "install", "installation", "instance", "instructions", "integration", "integrations", "interface",
    "library", "management", "manager", "method", "methods", "navigate", "necessary", "notification", "option",
    "options", "organization", "parameter", "parameters", "partner", "partners", "password", "permission",
    "permissions", "placeholder", "platform", "product", "properties", "receive", "redirect", "register", "registered",
    "registration", "request", "requests", "required", "requirements", "response", "retrieve", "retrieved", "section",
    "select", "selected", "service", "services", "settings", "specific", "subdomain", "subscription", "successfully",
    "support", "technical", "template", "templates", "transaction", "username", "version", "versions", "webhook",
    "webhooks", "website", "workspace",
];
