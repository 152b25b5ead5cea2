//! Values that a guide asks for in sentences: none of them is owed, and what speaks of other things is not one.

use std::sync::Arc;

use connlint::testing::contract::{AuthKind, Contract, Form, Grant, extract_all};
use connlint::testing::profile::Profile;
use connlint::testing::scopes::Catalogues;
use connlint::testing::source::{FileId, SourceFile};

use crate::support::jekyll;

const PLATFORM: &str = "## Connector setup\n\n";

fn contract(body: &str) -> Contract {
    let text = format!(
        "---\ntitle: Acme Authentication\npermalink: acme-connector\ntags: [connector]\n---\n\
        {{::options parse_block_html=\"true\" /}}\n<section class=\"card\">\n\n{body}\n\n</section>\n"
    );
    let guide = jekyll::read(Arc::new(SourceFile::new(FileId(0), "guide.md", text)));
    extract_all(&guide, &Profile::builtin(), &Catalogues::builtin())
}

/// The properties of the values, with `?` for those that are not owed.
fn keys(body: &str) -> Vec<String> {
    let mark = |optional: bool| if optional { "?" } else { "" };
    contract(body).fields.iter().map(|field| format!("{}{}", field.key, mark(field.optional))).collect()
}

#[test]
fn sentences_say_what_is_entered() {
    let said: &[(&str, &[&str])] = &[
        ("When installing the connector, enter the API key from the steps above.", &["ApiKey?"]),
        ("To authenticate the connector, enter the Account ID and click next.", &["AccountId?"]),
        ("Copy the address, and enter this in your connector setup, in the `URL` field.", &["Url?"]),
        ("Enter the token from the mail in the connector setup, in the **API Key** textbox.", &["ApiKey?"]),
        (
            "To authenticate the connector, you need a `Depot ID`. You will also need the API URL of the depot.",
            &["DepotID?", "ApiUrl?"],
        ),
        (
            "The connector uses basic authentication, so provide a username/password combination for it.",
            &["Username?", "Password?"],
        ),
    ];
    for (sentence, expected) in said {
        assert_eq!(keys(&format!("## Acme setup\n\n{sentence}\n")), *expected, "{sentence}");
    }
    let paragraph = "Enter your **App ID** into the *Client ID* box, and the **Depot ID** below it, then click Save.\n";
    assert_eq!(keys(&format!("{PLATFORM}{paragraph}")), ["ClientId?", "DepotID?"]);
}

#[test]
fn words_before_a_name_are_kept_beside_its_key() {
    for name in ["production API key", "corresponding Client ID"] {
        let contract = contract(&format!("{PLATFORM}* Enter the {name} and save.\n"));
        let fields: Vec<_> =
            contract.fields.iter().map(|field| (field.name.value.as_str(), field.key.as_str())).collect();
        let key = if name.ends_with("key") { "ApiKey" } else { "ClientId" };
        assert_eq!(fields, [(name, key)]);
    }
}

#[test]
fn other_sentences_ask_for_nothing() {
    for sentence in [
        "Install the Acme plugin and provide the Site ID to the support team.",
        "To install the app, use the package from the mail, and look at the API Key field for its key.",
        "To use webhooks, you need a plan. You will also need a `Webhook URL` for each.",
        "To authenticate the connector, you need a plan. If you test, you also need the API URL of the sandbox.",
    ] {
        assert_eq!(keys(&format!("## Acme setup\n\n{sentence}\n")), [""; 0], "{sentence}");
    }
    for sentence in [
        "If you have several accounts, enter the Account ID of one.",
        "Enter either an API key or the Username and Password.",
        "Do not enter the API key here.",
        "Enter the name of your cycle.",
    ] {
        assert_eq!(keys(&format!("{PLATFORM}{sentence}\n")), [""; 0], "{sentence}");
    }
}

#[test]
fn values_in_paragraphs_are_not_all_there_are() {
    let paragraph = contract(&format!("{PLATFORM}Enter the API key that you copied.\n"));
    assert!(!paragraph.lists_values());
    let both = format!("{PLATFORM}1. Enter the **API Key**.\n\nEnter the Region of your depot as well.\n");
    assert!(contract(&both).lists_values());
    assert_eq!(keys(&both), ["ApiKey", "Region?"]);
}

#[test]
fn a_value_with_two_names_is_given_under_either() {
    let step =
        "1. Enter the Domain of your depot in the URL box. This is the string after `https://` in its address.\n";
    let fields = contract(&format!("{PLATFORM}{step}")).fields;
    let read: Vec<_> = fields.iter().map(|field| (field.key.as_str(), field.optional, field.form.clone())).collect();
    assert_eq!(read, [("Domain", true, Some(Form::Name)), ("Url", true, Some(Form::Name))]);
    // A box of the page is no value.
    let search = "1. Enter the Company Name of the customer in the search box.\n";
    assert_eq!(keys(&format!("{PLATFORM}{search}")), ["CompanyName"]);
}

#[test]
fn what_is_required_to_connect_is_a_list_of_values() {
    let list = "## Acme connection\n\nThe following parameters are required to connect to an Acme server:\n\n\
        **Mode**: Select either 'tcp' or 'tcp+tls'.\n\n**User**\n\n**Password**\n";
    assert_eq!(keys(list), ["Mode", "User", "Password"]);
    let modes = ["tcp", "tcp+tls"].map(str::to_owned).to_vec();
    assert_eq!(contract(list).fields[0].form, Some(Form::OneOf(modes)));
    let other =
        "## Acme setup\n\nThe following details are required to register an app:\n\n* **Domain**: The domain.\n";
    assert_eq!(keys(other), [""; 0]);
}

#[test]
fn a_bullet_in_a_list_of_values_needs_no_colon() {
    let list = "Enter the following values:\n\n* **Base URL** Server of the depot, such as \"api.acme.example\".\n* **API key**\n";
    assert_eq!(keys(&format!("{PLATFORM}{list}")), ["BaseUrl", "ApiKey"]);
    let before = format!("## Acme setup\n\n* **API Key** Manager is the page.\n\n{PLATFORM}1. Enter the **Region**.\n");
    assert_eq!(keys(&before), ["Region"]);
}

#[test]
fn the_key_begins_as_a_sentence_says() {
    let guide = |sentence: &str| {
        contract(&format!("## Acme setup\n\n{sentence}\n\n{PLATFORM}In the connector setup, enter the API key.\n"))
    };
    assert!(guide("Show the token and copy it. It should start with \"TOKEN\".").begins_as_asked("TOKEN abc"));
    for other in ["Names must start with \"Token\".", "Copy the API key. Requests will start with \"Token\"."] {
        assert!(!guide(other).begins_as_asked("Token abc"), "{other}");
    }
}

#[test]
fn a_secret_of_another_kind_leaves_the_sign_in_open() {
    let table = |name: &str| format!("{PLATFORM}Enter the below values:\n\n* **{name}**: The value.\n");
    let auth = |body: &str| contract(body).auth.map(|auth| auth.value);
    let words = "## Acme setup\n\nCreate an access key in the console.\n\n";
    assert_eq!(auth(&format!("{words}{}", table("Signing Secret"))), None);
    assert_eq!(auth(&format!("{words}{}", table("Domain"))), Some(AuthKind::ApiKey));
    let stated = "## Acme setup\n\nAcme uses API key authentication.\n\n";
    assert_eq!(auth(&format!("{stated}{}", table("Signing Secret"))), Some(AuthKind::ApiKey));
    let tokens =
        "## Acme setup\n\nCopy the consumer key. Create an access token, and copy the token ID and token secret.\n";
    assert_ne!(auth(tokens), Some(AuthKind::ApiKey));
}

#[test]
fn what_is_passed_as_the_user_name_is_no_other_way_to_sign_in() {
    let guide = |way: &str| {
        format!(
            "## Acme setup\n\nAcme uses basic authentication. For this, you need your {way}.\n\n\
            To authenticate the connector, enter your Authentication Token in the Username field, and any letter in \
            the Password field.\n"
        )
    };
    assert_eq!(keys(&guide("Authentication Token")), ["Username", "Password"]);
    assert_ne!(
        keys(&guide("Authentication Token, or an API key for your app's authentication")),
        ["Username", "Password"]
    );
}

#[test]
fn an_example_shows_the_parts_of_a_value() {
    let guide = |example: &str| {
        let values = "Enter the below values:\n\n* **Username**: See above.\n* **Password**: Your password.\n";
        let parts = "Your user name is U1 and the name of your database is D1.";
        contract(&format!("## Acme setup\n\n### Get your username\n\n{parts} {example}\n\n{PLATFORM}{values}"))
    };
    let form = |example: &str| guide(example).fields[0].form.clone();
    assert_eq!(form("The username would be \"D1/U1\"."), Some(Form::Shape("{D1}/{U1}".to_owned())));
    assert_eq!(form("The page is \"Settings/Users\"."), None);
}

#[test]
fn a_grant_is_named_or_chosen_and_a_callback_url_denied() {
    let values = "1. Enter the **Client ID** and the **Client Secret**.\n";
    let grant = |text: &str| contract(&format!("## Acme setup\n\n{text}\n\n{PLATFORM}{values}")).grant;
    for text in [
        "Acme uses the client credentials grant. You do not need a callback URL.",
        "Server-to-server apps use the client credentials grant, so they don't need a redirect URL.",
        "In **Grant type**, select **Client Credentials**.",
        "Select `client_credentials` as the grant type.",
    ] {
        assert_eq!(grant(text).map(|grant| grant.value), Some(Grant::ClientCredentials), "{text}");
    }
    for text in ["Enter the redirect URL.", "In **Grant types**, select **Authorization Code** and **Refresh Token**."]
    {
        assert_eq!(grant(text).map(|grant| grant.value), Some(Grant::AuthorisationCode), "{text}");
    }
    for text in [
        "Copy the client credentials.",
        "No redirect URL is needed.",
        "Acme uses client credentials, so leave the redirect URL empty.",
        "Clear **Authorization Code** under **Grant Types**.",
        "Enter your password, and select the grant type.",
    ] {
        assert!(grant(text).is_none(), "{text}");
    }
}

#[test]
fn bullets_with_a_table_each_are_ways_to_sign_in() {
    let table = |names: &[&str]| {
        let rows = names.iter().map(|name| format!("     | **{name}** | A value. |\n"));
        format!("     | **Value** | **Description** |\n     | --- | --- |\n{}\n", rows.collect::<String>())
    };
    let with = |second: &[&str]| {
        let bullets = format!("   * For Classic:\n\n{}   * For Next:\n\n{}", table(&["API Key"]), table(second));
        contract(&format!("{PLATFORM}1. Enter the below values:\n\n{bullets}"))
    };
    assert!(with(&["Client ID", "Client Secret"]).has_several_ways());
    assert!(!with(&["Region", "Site"]).has_several_ways());
}
