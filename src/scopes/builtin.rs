//! The catalog files of `schemas/scopes/`, as they are in the binary.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::scopes::Catalogue;

/// Embeds the file of each identifier.
macro_rules! files {
    ($($id:literal),* $(,)?) => {
        [$(($id, include_str!(concat!("../../schemas/scopes/", $id, ".json")))),*]
    };
}

/// Identifier and text of each catalog, sorted by identifier.
pub(super) const FILES: [(&str, &str); 125] = files![
    "acumatica", "adp", "akeneo", "amadeus", "americommerce", "appdirect", "asana", "atlassian", "azure-devops", "box",
    "bullhorn", "calendly", "capsule-crm", "caspio", "channel-advisor", "constant-contact", "cvent", "d2l-brightspace",
    "docusign", "drift", "drip", "dropbox", "dynamics", "ebay", "eloqua", "epic", "eventbrite", "exact-online",
    "fabric", "facebook", "fluent-commerce", "genesys-cloud", "github", "gitlab", "gmail", "gocardless", "google",
    "google-admin-directory", "google-admin-reports", "google-ads", "google-analytics", "google-bigquery",
    "google-business-profile", "google-calendar", "google-chat", "google-classroom", "google-docs", "google-drive",
    "google-forms", "google-meet", "google-people", "google-pubsub", "google-search-console", "google-sheets",
    "google-slides", "google-tag-manager", "google-tasks", "hubspot", "instructure-canvas", "intelliflo", "intercom",
    "jobadder", "keap", "lightspeed-vend", "linkedin", "listrak", "mailchimp", "marketo",
    "microsoft-graph-application", "microsoft-graph-delegated", "myob", "notion", "onelogin", "openapply",
    "optimizely", "paypal", "petexec", "phoneburner", "phrase-strings", "pingone", "pipedrive", "podio", "quickbooks",
    "quora-ads", "ringcentral", "roller", "sage-accounting", "salesforce", "salesloft", "sap-successfactors",
    "shopify", "slack", "snowflake", "square", "stripe", "sugarcrm", "teamleader", "tiktok", "tiktok-business",
    "total-expert", "trello", "trello-oauth2", "trustpilot", "twitter", "vincere", "wix", "wordpress", "wordpress-com",
    "xero", "youtube", "zendesk", "zendesk-chat", "zendesk-sell", "zenefits", "zoho-analytics", "zoho-books",
    "zoho-campaigns", "zoho-crm", "zoho-desk", "zoho-invoice", "zoho-mail", "zoho-projects", "zoho-recruit",
    "zoho-services", "zoom",
];

/// The catalogs that have been asked for, in the order of [`FILES`].
static PARSED: [OnceLock<Catalogue>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

/// The built-in catalog of a vendor, parsed when it is first asked for.
pub(super) fn get(id: &str) -> Option<&'static Catalogue> {
    let index = FILES.binary_search_by(|(known, _)| (*known).cmp(id)).ok()?;
    let read = || Catalogue::from_json(FILES[index].1).expect("built-in catalogues are read by the tests");
    Some(PARSED[index].get_or_init(read))
}

/// The built-in catalogs that list `name`, or what follows a resource in it.
pub(super) fn listing(name: &str) -> Vec<&'static str> {
    static NAMES: OnceLock<HashMap<&str, Vec<usize>>> = OnceLock::new();
    let names = NAMES.get_or_init(index_names);
    let short = name.rsplit_once('/').map(|(_, short)| short);
    let found = [Some(name), short].into_iter().flatten().filter_map(|name| names.get(name)).flatten();
    found.map(|index| FILES[*index].0).collect()
}

/// Which files list which names, found by the form in which a file writes them, one on a line: parsing them all for one
/// name would take far longer.
fn index_names() -> HashMap<&'static str, Vec<usize>> {
    let mut names: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, (_, text)) in FILES.iter().enumerate() {
        let listed = text.lines().filter_map(|line| line.strip_prefix("    {\"name\": \"")?.split_once('"'));
        for (name, _) in listed {
            names.entry(name).or_default().push(index);
        }
    }
    names
}
