//! Mistakes that people make in configurations, each in every layout: found by the right rule on the
//! right line, and nothing else is an error; correct variations are silent; a fix mends its mistake
//! and touches nothing else.

use crate::support::check;
use crate::support::manifest;

use std::collections::BTreeMap;
use std::sync::Arc;

use check::check;
use connlint::testing::diagnostic::{Applicability, Diagnostic, Severity};
use connlint::testing::fix;
use connlint::testing::source::SourceFile;
use manifest::{LAYOUTS, Layout, Manifest, key, oauth};

/// A mistake: the rule that finds it, a text on the line where it is found, and the manifest.
#[derive(Clone)]
struct Mistake(&'static str, &'static str, Manifest);

fn mistakes() -> Vec<Mistake> {
    [names(), values(), types(), placeholders(), urls(), scopes(), absences()].into_iter().flatten().collect()
}

fn names() -> Vec<Mistake> {
    let mut out = Vec::new();
    for (from, to) in [
        ("AuthType", "auth_type"),
        ("AuthType", "authType"),
        ("AuthType", "AUTHTYPE"),
        ("AuthType", "AuthTpye"),
        ("CallbackUrl", "callback_url"),
        ("CallbackUrl", "CallbackURL"),
        ("CallbackUrl", "CalbackUrl"),
        ("Scopes", "scopes"),
        ("Scopes", "Scope"),
        ("ServiceDomain", "service-domain"),
        ("OAuth2Type", "oauth2_type"),
        ("Connector", "connector"),
        ("AuthenticationId", "AuthenticationID"),
        ("ClientSecret", "ClientSecert"),
        ("ClientSecret", "client_secret"),
        ("ClientSecret", "Client Secret"),
        ("ClientSecret", "clientSecret"),
        ("ClientId", "client_id"),
        ("ClientId", "Client ID"),
        ("ClientId", "ClientID"),
        ("ClientId", "ClientIId"),
    ] {
        out.push(Mistake("config/unknown-field", to, oauth().rename(from, to)));
    }
    out.push(Mistake("config/unknown-field", "Colour", oauth().with("Colour", "\"red\"")));
    out.push(Mistake("config/duplicate-key", "Twice", oauth().with("Name", "\"Twice\"")));
    out
}

fn values() -> Vec<Mistake> {
    let invalid = |needle, manifest| Mistake("config/invalid-value", needle, manifest);
    let credential = |value, kind| Mistake("config/credential-format", "AuthValue", key(kind).set("AuthValue", value));
    vec![
        invalid("oauth2", oauth().set("AuthType", "\"oauth2\"")),
        invalid("Password", oauth().set("AuthType", "\"Password\"")),
        invalid("AuthorizationCode", oauth().set("OAuth2Type", "\"AuthorizationCode\"")),
        invalid("authorization_code", oauth().set("OAuth2Type", "\"authorization_code\"")),
        invalid("Implicit", oauth().set("OAuth2Type", "\"Implicit\"")),
        invalid("12abc", oauth().set("AuthenticationId", "\"12abc\"")),
        invalid("3b1f2d4c", oauth().set("AuthenticationId", "\"3b1f2d4c-5a69-4b7e-8c1d-2e3f4a5b6c7\"")),
        credential("\"Bearer abc\"", "ApiKey"),
        credential("\"Basic YTpi\"", "Basic"),
        credential("\"anna:kestrel\"", "Basic"),
        credential("\"YW5uYTprZXN0cmVsCg==\"", "Basic"),
        credential("\"YW5uYQ==\"", "Basic"),
        credential("\"YW5uYTpr\\nZXN0cmVs\"", "Basic"),
        Mistake("config/credential-format", "AuthValue", oauth().with("AuthValue", "\"{\\\"Token\\\": \\\"a\\\"}\"")),
        Mistake(
            "config/credential-format",
            "AuthValue",
            oauth().with("AuthValue", "\"{\\\"Expires\\\": \\\"soon\\\"}\""),
        ),
        Mistake(
            "config/same-secret",
            "SAME",
            oauth().set("ClientId", "\"${SAME}\"").set("ClientSecret", "\"${SAME}\""),
        ),
        Mistake("config/literal-secret", "kestrel", oauth().set("ClientSecret", "\"kestrel-42\"")),
        Mistake("config/literal-secret", "kestrel", key("ApiKey").set("AuthValue", "\"kestrel-42\"")),
        Mistake("config/whitespace-in-value", "Sales", oauth().set("Name", "\" Sales\"")),
        Mistake("config/whitespace-in-value", "Sal", oauth().set("Name", "\"Sal\u{a0}es\"")),
        Mistake("config/whitespace-in-value", "eu", oauth().set("Region", "\"eu\u{200b}\"")),
        Mistake("config/insecure-url", "http:", oauth().set("Region", "\"http://eu.example.com\"")),
        Mistake("config/insecure-url", "anna", oauth().set("Region", "\"https://anna:k@eu.example.com\"")),
    ]
}

fn types() -> Vec<Mistake> {
    let mut out = Vec::new();
    for value in ["123", "1.0", "true", "false", "100000000000000000001", "1e5", "-1"] {
        out.push(Mistake("config/wrong-type", "Name", oauth().set("Name", value)));
        out.push(Mistake("config/wrong-type", "Region", oauth().set("Region", value)));
    }
    out.push(Mistake("config/wrong-type", "ServiceDomain", oauth().set("ServiceDomain", "[\"acme-h.example.com\"]")));
    out.push(Mistake("config/wrong-type", "AuthValue", key("ApiKey").set("AuthValue", "{\"AccessToken\": \"${T}\"}")));
    out.push(Mistake(
        "config/wrong-type",
        "Scopes",
        oauth().set("Connector", "\"acme-connector\"").set("Scopes", "[\"base\", 1]"),
    ));
    out.push(Mistake("config/wrong-type", "Scopes", oauth().set("Scopes", "{\"base\": true}")));
    out
}

fn placeholders() -> Vec<Mistake> {
    let mut out = Vec::new();
    for value in [
        "{ClientId}", "{{ClientId}}", "<client id>", "[Your Client ID]", "YOUR_CLIENT_ID", "xxxxxxxx", "changeme",
        "REPLACE_ME", "your-client-id",
    ] {
        out.push(Mistake("config/placeholder-left", "ClientId", oauth().set("ClientId", &format!("\"{value}\""))));
    }
    let left = |key, value| Mistake("config/placeholder-left", key, oauth().set(key, value));
    out.push(left("CallbackUrl", "\"https://{YourServiceDomain}/connector/callback\""));
    out.push(left("ServiceDomain", "\"{YourServiceDomain}\""));
    out.push(left("AuthenticationId", "\"00000000-0000-0000-0000-000000000000\""));
    out.push(left("AuthenticationId", "\"12abc345-1a2b-423a-9ab2-1234ab5c6d7e\""));
    out.push(Mistake("config/placeholder-left", "AuthValue", key("ApiKey").set("AuthValue", "\"<api key>\"")));
    out
}

fn urls() -> Vec<Mistake> {
    let mut out = Vec::new();
    for url in [
        "http://acme-h.example.com/connector/callback",
        "https://acme-h.example.com/connector/callback/",
        "https://acme-h.example.com/connector/callback?a=b",
        "https://acme-h.example.com/connector/callback#a",
        "https://acme-h.example.com:443/connector/callback",
        "https://acme-h.example.com/callback",
        "https://acme-h.example.com/connectorauth/callback",
        "https://acme-h.example.com/Connector/Callback",
        "https://acme-h.example.com",
        "acme-h.example.com/connector/callback",
    ] {
        out.push(Mistake(
            "config/callback-url-invalid",
            "CallbackUrl",
            oauth().set("CallbackUrl", &format!("\"{url}\"")),
        ));
    }
    for host in ["localhost", "192.0.2.1", "*.example.com"] {
        let manifest =
            oauth().set("CallbackUrl", &format!("\"https://{host}/connector/callback\"")).without("ServiceDomain");
        out.push(Mistake("config/callback-url-invalid", "CallbackUrl", manifest));
    }
    for domain in
        ["https://acme-h.example.com", "acme-h.example.com/", "acme-h.example.com:443", "acme", "acme h.example.com"]
    {
        let manifest = oauth().set("ServiceDomain", &format!("\"{domain}\""));
        out.push(Mistake("config/service-domain-invalid", "ServiceDomain", manifest));
    }
    let other = oauth().set("CallbackUrl", "\"https://other-h.example.com/connector/callback\"");
    out.push(Mistake("config/callback-url-mismatch", "CallbackUrl", other));
    out
}

fn scopes() -> Vec<Mistake> {
    let scoped = |rule, needle, value: &str| Mistake(rule, needle, oauth().set("Scopes", value));
    vec![
        scoped("config/scope-unknown", "Deals", "[\"base\", \"Deals:full\"]"),
        scoped("config/scope-unknown", "contcats", "[\"contcats:read\"]"),
        scoped("config/scope-unknown", "users.profile", "[\"users.profile:write\"]"),
        scoped("config/scope-unknown", "raed", "\"base deals:raed\""),
        scoped("config/scope-label", "Deals", "[\"Deals: Read only\"]"),
        scoped("config/scope-delimiter", "base,", "\"base,deals:full\""),
        scoped("config/scope-delimiter", "base deals", "[\"base deals:full\"]"),
        scoped("config/scope-malformed", "base", "[\"base\\\\\"]"),
        Mistake("config/forbidden-field", "Scopes", key("ApiKey").with("Scopes", "[\"base\"]")),
        Mistake("config/forbidden-field", "OAuth2Type", key("Basic").with("OAuth2Type", "\"ClientCredentials\"")),
        Mistake("config/forbidden-field", "AuthValue", key("None")),
    ]
}

fn absences() -> Vec<Mistake> {
    vec![
        Mistake("config/missing-field", "Connector", oauth().without("OAuth2Type")),
        Mistake("config/missing-field", "Connector", oauth().without("CallbackUrl")),
        Mistake("config/missing-field", "Properties", oauth().without("ClientId")),
        Mistake("config/missing-field", "Properties", oauth().without("ClientSecret")),
        Mistake("config/missing-field", "Connector", key("ApiKey").without("AuthValue")),
        Mistake("config/missing-field", "AuthType", oauth().without("Connector").without("Name")),
    ]
}

/// What was found in one file.
struct Told {
    source: Arc<SourceFile>,
    diagnostics: Vec<Diagnostic>,
}

impl Told {
    /// The findings of a severity and above, as line and rule.
    fn lines(&self, least: Severity) -> Vec<(u32, &'static str)> {
        let severe = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity >= least);
        severe.map(|found| (self.source.line(found.finding.primary.span.start), found.rule)).collect()
    }
}

/// Checks many texts in one run.
fn run(texts: &[(Layout, String)]) -> Vec<Told> {
    let name = |(index, (layout, text)): (usize, &(Layout, String))| {
        let extension = if *layout == Layout::Json { "json" } else { "yaml" };
        (format!("{index:05}.{extension}"), text.clone())
    };
    let files: Vec<_> = texts.iter().enumerate().map(name).collect();
    let outcome = check(&files);
    let mut told: BTreeMap<_, _> =
        outcome.sources.into_iter().map(|(id, source)| (id, Told { source, diagnostics: Vec::new() })).collect();
    for diagnostic in outcome.diagnostics {
        told.get_mut(&diagnostic.finding.primary.span.file)
            .expect("a finding stands in a file that was checked")
            .diagnostics
            .push(diagnostic);
    }
    let mut told: Vec<Told> = told.into_values().collect();
    told.sort_by(|left, right| left.source.path().cmp(right.source.path()));
    assert_eq!(told.len(), texts.len());
    told
}

/// Every mistake in every layout.
fn laid_out() -> Vec<(Mistake, Layout, String)> {
    let mistakes = mistakes().into_iter();
    let each = |mistake: Mistake| LAYOUTS.map(|layout| (mistake.clone(), layout, mistake.2.lay_out(layout)));
    mistakes.flat_map(each).collect()
}

fn texts(cases: &[(Mistake, Layout, String)]) -> Vec<(Layout, String)> {
    cases.iter().map(|(_, layout, text)| (*layout, text.clone())).collect()
}

#[test]
fn every_mistake_is_found_once_on_its_line() {
    let cases = laid_out();
    let mut failures = Vec::new();
    for ((Mistake(rule, needle, _), layout, text), told) in cases.iter().zip(run(&texts(&cases))) {
        // A property's value may stand on the line behind its name.
        let near =
            |at: u32| text.lines().skip((at as usize).saturating_sub(2)).take(2).any(|line| line.contains(needle));
        let found = told.lines(Severity::Info);
        let right = found.iter().filter(|(at, name)| name == rule && near(*at)).count();
        let others = told.lines(Severity::Error).iter().filter(|(_, name)| name != rule).count();
        if right != 1 || others > 0 {
            failures.push(format!("{rule} ({needle}) {layout:?}: {found:?}\n{text}"));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
    assert!(cases.len() >= 300, "{}", cases.len());
}

#[test]
fn correct_variations_are_silent() {
    let mut manifests = vec![oauth(), key("ApiKey"), key("Basic"), key("AuthFields").without("AuthValue")];
    manifests.push(oauth().without("AuthenticationId").without("Name").without("Region"));
    manifests.push(oauth().without("Scopes").without("ServiceDomain"));
    manifests.push(oauth().set("Scopes", "\"base deals:full\""));
    manifests.push(oauth().with("AuthValue", "\"{}\""));
    manifests.push(key("ApiKey").set("AuthValue", "\"op://vault/acme/key\""));
    manifests.push(key("ApiKey").set("AuthValue", "\"env:ACME_KEY\""));
    manifests.push(key("ApiKey").set("AuthValue", "\"vault:acme/key\"").with("Description", "\"A {braced} text\""));
    manifests.push(key("None").without("AuthValue"));
    manifests.push(oauth().set("OAuth2Type", "\"ClientCredentials\"").without("CallbackUrl"));
    let reversed = |mut manifest: Manifest| {
        manifest.values.reverse();
        manifest.properties.reverse();
        manifest
    };
    manifests.extend(manifests.clone().into_iter().map(reversed));
    let anchored = oauth().block(false).replace("Value: \"eu\"", "Value: &region \"eu\"");
    let each = |manifest: &Manifest| LAYOUTS.map(|layout| (layout, manifest.lay_out(layout)));
    let mut cases: Vec<_> = manifests.iter().flat_map(each).collect();
    cases.push((Layout::Block, anchored));
    for ((layout, text), told) in cases.iter().zip(run(&cases)) {
        assert_eq!(told.lines(Severity::Info), [], "{layout:?}\n{text}");
    }
    assert!(cases.len() >= 100, "{}", cases.len());
}

#[test]
fn json_and_yaml_tell_the_same() {
    let text = |mistake: Mistake| mistake.2.lay_out(Layout::Json);
    let texts: Vec<String> = mistakes().into_iter().map(text).collect();
    let of = |layout: Layout| run(&texts.iter().map(|text| (layout, text.clone())).collect::<Vec<_>>());
    for (json, yaml) in of(Layout::Json).iter().zip(of(Layout::Block)) {
        assert_eq!(json.lines(Severity::Info), yaml.lines(Severity::Info), "{}", json.source.text());
    }
}

#[test]
fn a_fix_mends_its_mistake_and_nothing_else() {
    let cases = laid_out();
    let mut fixed_text = Vec::new();
    for ((Mistake(rule, ..), layout, text), told) in cases.iter().zip(run(&texts(&cases))) {
        let own = told.diagnostics.iter().filter(|diagnostic| diagnostic.rule == *rule);
        let fixes = own.filter_map(|diagnostic| diagnostic.finding.fix.as_ref());
        let safe: Vec<_> = fixes.filter(|fix| fix.applicability == Applicability::Safe).collect();
        if safe.is_empty() {
            continue;
        }
        let after = fix::apply(text, safe).text;
        let changed = text.lines().zip(after.lines()).filter(|(before, after)| before != after).count();
        assert!(changed == 1 && text.lines().count() == after.lines().count(), "{text}\n{after}");
        fixed_text.push((*layout, after));
    }
    assert!(fixed_text.len() > 150, "{}", fixed_text.len());
    for ((layout, text), told) in fixed_text.iter().zip(run(&fixed_text)) {
        assert_eq!(told.lines(Severity::Info), [], "{layout:?}\n{text}");
    }
}

#[test]
fn line_endings_do_not_matter() {
    let of =
        |layout: Layout| run(&mistakes().iter().map(|mistake| (layout, mistake.2.lay_out(layout))).collect::<Vec<_>>());
    for (unix, windows) in of(Layout::Block).iter().zip(of(Layout::WindowsLines)) {
        assert_eq!(unix.lines(Severity::Info), windows.lines(Severity::Info), "{}", unix.source.text());
    }
}
