//! The catalogue files of `schemas/scopes/`, as they are in the binary.

use std::sync::OnceLock;

use crate::scopes::Catalogue;

/// Identifier and text of each catalogue.
pub(super) const FILES: [(&str, &str); 35] = [
    ("asana", include_str!("../../schemas/scopes/asana.yaml")),
    ("atlassian", include_str!("../../schemas/scopes/atlassian.yaml")),
    ("box", include_str!("../../schemas/scopes/box.yaml")),
    ("calendly", include_str!("../../schemas/scopes/calendly.yaml")),
    ("docusign", include_str!("../../schemas/scopes/docusign.yaml")),
    ("dropbox", include_str!("../../schemas/scopes/dropbox.yaml")),
    ("facebook", include_str!("../../schemas/scopes/facebook.yaml")),
    ("github", include_str!("../../schemas/scopes/github.yaml")),
    ("gitlab", include_str!("../../schemas/scopes/gitlab.yaml")),
    ("gmail", include_str!("../../schemas/scopes/gmail.yaml")),
    ("google-admin-directory", include_str!("../../schemas/scopes/google-admin-directory.yaml")),
    ("google-ads", include_str!("../../schemas/scopes/google-ads.yaml")),
    ("google-analytics", include_str!("../../schemas/scopes/google-analytics.yaml")),
    ("google-bigquery", include_str!("../../schemas/scopes/google-bigquery.yaml")),
    ("google-calendar", include_str!("../../schemas/scopes/google-calendar.yaml")),
    ("google-classroom", include_str!("../../schemas/scopes/google-classroom.yaml")),
    ("google-drive", include_str!("../../schemas/scopes/google-drive.yaml")),
    ("google-sheets", include_str!("../../schemas/scopes/google-sheets.yaml")),
    ("hubspot", include_str!("../../schemas/scopes/hubspot.yaml")),
    ("linkedin", include_str!("../../schemas/scopes/linkedin.yaml")),
    ("mailchimp", include_str!("../../schemas/scopes/mailchimp.yaml")),
    ("microsoft-graph-application", include_str!("../../schemas/scopes/microsoft-graph-application.yaml")),
    ("microsoft-graph-delegated", include_str!("../../schemas/scopes/microsoft-graph-delegated.yaml")),
    ("pipedrive", include_str!("../../schemas/scopes/pipedrive.yaml")),
    ("quickbooks", include_str!("../../schemas/scopes/quickbooks.yaml")),
    ("salesforce", include_str!("../../schemas/scopes/salesforce.yaml")),
    ("shopify", include_str!("../../schemas/scopes/shopify.yaml")),
    ("slack", include_str!("../../schemas/scopes/slack.yaml")),
    ("square", include_str!("../../schemas/scopes/square.yaml")),
    ("stripe", include_str!("../../schemas/scopes/stripe.yaml")),
    ("twitter", include_str!("../../schemas/scopes/twitter.yaml")),
    ("xero", include_str!("../../schemas/scopes/xero.yaml")),
    ("zoho-crm", include_str!("../../schemas/scopes/zoho-crm.yaml")),
    ("zoho-mail", include_str!("../../schemas/scopes/zoho-mail.yaml")),
    ("zoom", include_str!("../../schemas/scopes/zoom.yaml")),
];

/// The catalogues that have been asked for, in the order of [`FILES`].
pub(super) static PARSED: [OnceLock<Option<Catalogue>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
