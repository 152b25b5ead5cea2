//! The catalogue files of `schemas/scopes/`, as they are in the binary.

use std::sync::OnceLock;

use crate::scopes::Catalogue;

/// Identifier and text of each catalogue.
pub(super) const FILES: [(&str, &str); 35] = [
    ("asana", include_str!("../../schemas/scopes/asana.json")),
    ("atlassian", include_str!("../../schemas/scopes/atlassian.json")),
    ("box", include_str!("../../schemas/scopes/box.json")),
    ("calendly", include_str!("../../schemas/scopes/calendly.json")),
    ("docusign", include_str!("../../schemas/scopes/docusign.json")),
    ("dropbox", include_str!("../../schemas/scopes/dropbox.json")),
    ("facebook", include_str!("../../schemas/scopes/facebook.json")),
    ("github", include_str!("../../schemas/scopes/github.json")),
    ("gitlab", include_str!("../../schemas/scopes/gitlab.json")),
    ("gmail", include_str!("../../schemas/scopes/gmail.json")),
    ("google-admin-directory", include_str!("../../schemas/scopes/google-admin-directory.json")),
    ("google-ads", include_str!("../../schemas/scopes/google-ads.json")),
    ("google-analytics", include_str!("../../schemas/scopes/google-analytics.json")),
    ("google-bigquery", include_str!("../../schemas/scopes/google-bigquery.json")),
    ("google-calendar", include_str!("../../schemas/scopes/google-calendar.json")),
    ("google-classroom", include_str!("../../schemas/scopes/google-classroom.json")),
    ("google-drive", include_str!("../../schemas/scopes/google-drive.json")),
    ("google-sheets", include_str!("../../schemas/scopes/google-sheets.json")),
    ("hubspot", include_str!("../../schemas/scopes/hubspot.json")),
    ("linkedin", include_str!("../../schemas/scopes/linkedin.json")),
    ("mailchimp", include_str!("../../schemas/scopes/mailchimp.json")),
    ("microsoft-graph-application", include_str!("../../schemas/scopes/microsoft-graph-application.json")),
    ("microsoft-graph-delegated", include_str!("../../schemas/scopes/microsoft-graph-delegated.json")),
    ("pipedrive", include_str!("../../schemas/scopes/pipedrive.json")),
    ("quickbooks", include_str!("../../schemas/scopes/quickbooks.json")),
    ("salesforce", include_str!("../../schemas/scopes/salesforce.json")),
    ("shopify", include_str!("../../schemas/scopes/shopify.json")),
    ("slack", include_str!("../../schemas/scopes/slack.json")),
    ("square", include_str!("../../schemas/scopes/square.json")),
    ("stripe", include_str!("../../schemas/scopes/stripe.json")),
    ("twitter", include_str!("../../schemas/scopes/twitter.json")),
    ("xero", include_str!("../../schemas/scopes/xero.json")),
    ("zoho-crm", include_str!("../../schemas/scopes/zoho-crm.json")),
    ("zoho-mail", include_str!("../../schemas/scopes/zoho-mail.json")),
    ("zoom", include_str!("../../schemas/scopes/zoom.json")),
];

/// The catalogues that have been asked for, in the order of [`FILES`].
pub(super) static PARSED: [OnceLock<Option<Catalogue>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
