//! What is read from a guide: fields in all the forms in which guides ask for values, callback URLs,
//! scopes, kinds of authentication.

use std::sync::Arc;

use connlint::testing::contract::{AuthKind, Contract, Form, Level, extract, extract_all, extract_names};
use connlint::testing::guide::Guide;
use connlint::testing::profile::Profile;
use connlint::testing::scopes::Catalogues;
use connlint::testing::source::{FileId, SourceFile};

use crate::support::jekyll;

fn contract(body: &str) -> Contract {
    let guide = guide(body);
    let read =
        |with: fn(&Guide, &Profile, &Catalogues) -> Contract| with(&guide, &Profile::builtin(), &Catalogues::builtin());
    assert_eq!(without_forms(read(extract)), without_forms(read(extract_names)), "{body}");
    read(extract)
}

fn guide(body: &str) -> Guide {
    let head = "---\ntitle: Acme (OAuth2.0) Authentication\npermalink: acme-connector\ntags: [connector]\n---\n\
        {::options parse_block_html=\"true\" /}\n<section class=\"card\">\n\n";
    let text = format!("{head}{body}\n\n</section>\n");
    jekyll::read(Arc::new(SourceFile::new(FileId(0), "guide.md", text)))
}

/// What rules about a guide look at: all but the forms of values, and what follows from these.
fn without_forms(mut contract: Contract) -> String {
    for field in &mut contract.fields {
        field.conditional &= field.form != Some(Form::Boolean);
        (field.form, field.when) = (None, None);
    }
    format!("{contract:#?}")
}

/// Each field as `Name`, with `?` if it is optional, `!` if it is secret, `@` if it is asked for by the account.
fn fields(body: &str) -> Vec<String> {
    let mark = |yes: bool, mark: &'static str| if yes { mark } else { "" };
    let fields = contract(body).fields.into_iter().map(|field| {
        let account = mark(field.level == Level::Account, "@");
        format!("{}{}{}{account}", field.name.value, mark(field.optional, "?"), mark(field.secret, "!"))
    });
    fields.collect()
}

const STEPS: &str = "## Cyclr setup\n\n1. Go to **Connectors** > **Application Connector Library**.\n\n\
    2. Select the **Setup Required** icon.\n\n3. Enter the below values:\n\n";

#[test]
fn a_table_asks_for_values() {
    let table = "   | **Value** | **Description** |\n   | --- | --- |\n   | **Client ID** | The ID. |\n   \
        | **Client Secret** | The secret. |\n   | **Region** | Optional. The region. |\n";
    assert_eq!(fields(&format!("{STEPS}{table}")), ["Client ID", "Client Secret!", "Region?"]);
}

#[test]
fn lines_with_a_bold_name_ask_for_values() {
    let lines = "   **Client ID**: The ID.\n\n   **Client Secret:** The secret.\n";
    assert_eq!(fields(&format!("{STEPS}{lines}")), ["Client ID", "Client Secret!"]);
}

#[test]
fn bullets_ask_for_values_with_and_without_blank_lines_between_them() {
    for gap in ["\n", "\n\n"] {
        let bullets = format!("   * Client ID{gap}   * Client Secret{gap}");
        assert_eq!(fields(&format!("{STEPS}{bullets}")), ["Client ID", "Client Secret!"], "{gap:?}");
    }
    let setup = "## Cyclr setup\n\nWhat you'll need\n\n*   Username\n*   Password\n";
    assert_eq!(fields(setup), ["Username", "Password!"]);
}

#[test]
fn a_dash_parts_a_name_from_its_description_too() {
    let bullets = "## Cyclr setup\n\nWhen installing the connector you will be asked for:\n\n\
        - **Client ID** - The ID.\n- **Client Secret** – The secret.\n- **Sub-domain** of your site\n";
    assert_eq!(fields(bullets), ["Client ID@", "Client Secret!@"]);
}

#[test]
fn a_table_that_is_printed_raw_asks_for_values_too() {
    let raw = "## Cyclr setup\n\n### Account setup\n\nCyclr asks you for the following values when you install it:\n\
        | Value | Description |\n| :--- | :--- |\n| **API Key** | The key. |\n| **Site** | The site. |\n";
    assert_eq!(fields(raw), ["API Key!@", "Site@"]);
}

#[test]
fn a_step_asks_for_a_single_value() {
    let step = "## Cyclr setup\n\n1. Select the **Setup Required** icon.\n\n2. Enter the **API Key** from Acme.\n";
    assert_eq!(fields(step), ["API Key!"]);
}

#[test]
fn the_mark_of_an_optional_value_is_no_part_of_its_name() {
    let rows = ["**Site** (optional)", "**Bucket (optional)**", "**Shelf** *(Optional)*", "**Row**<br>(optional)"];
    let rows = rows.map(|name| format!("   | {name} | A value. |\n")).concat();
    let table = format!("   | **Value** | **Description** |\n   | --- | --- |\n   | **API Key** | The key. |\n{rows}");
    let more = "   | **Bin** | Not required. The bin. |\n";
    let expected = ["API Key!", "Site?", "Bucket?", "Shelf?", "Row?", "Bin?"];
    assert_eq!(fields(&format!("{STEPS}{table}{more}")), expected);
    let lines = "   **API Key**: The key.\n\n   **Region** (optional): The region (of the site).\n";
    assert_eq!(fields(&format!("{STEPS}{lines}")), ["API Key!", "Region?"]);
    let bullets = "   * **API Key**\n   * **Region** (optional)\n   * Port (optional)\n";
    assert_eq!(fields(&format!("{STEPS}{bullets}")), ["API Key!", "Region?", "Port?"]);
}

#[test]
fn a_list_of_values_goes_on_below_subheadings() {
    let announced = "## Cyclr setup\n\nEnter the following values:\n\n**Company Name**: The name.\n\n";
    let parts = "### Sign-in\n\n**Hint**: A text.\n\n**Username**: The user.\n\n**Device Type**: The type.\n\n\
        ### Key\n\n**API Key**: The key.\n";
    assert_eq!(fields(&format!("{announced}{parts}")), ["Company Name", "Username", "Device Type", "API Key!"]);
    let values = contract(&format!("{announced}{parts}")).fields;
    assert_eq!(values.iter().map(|field| field.conditional).collect::<Vec<_>>(), [false, true, true, true]);
    assert_eq!(fields(&format!("{announced}Select **Save Changes**.\n\n{parts}")), ["Company Name"]);
    let table = |name: &str| format!("| **Value** | **Description** |\n| --- | --- |\n| **{name}** | A value. |\n\n");
    let remarks = "### Roles\n\n**Client Secret**: Only for apps.\n";
    let complete = format!("## Cyclr setup\n\nEnter the following values:\n\n{}{remarks}", table("Region"));
    assert_eq!(fields(&complete), ["Region"]);
}

#[test]
fn values_of_the_application_are_not_asked_for() {
    let both =
        format!("## Acme setup\n\nEnter the following values:\n\n**App Name**: a name.\n\n{STEPS}   * Client ID\n");
    assert_eq!(fields(&both), ["Client ID"]);
}

#[test]
fn callback_urls_are_read_however_they_are_marked() {
    let example = "## Acme setup\n\nSet the callback URL, as in `https://acme.example/connector/callback`, to \
        `https://{YourServiceDomain}/connector/callback`.\n";
    assert_eq!(contract(example).callback.unwrap().value, "https://{YourServiceDomain}/connector/callback");
    for url in [
        "`https://{YourServiceDomain}/connector/callback`",
        "https://`YourServiceDomain`/connector/callback",
        "**https://yourservicedomain/connector/callback**",
    ] {
        let contract = contract(&format!("## Acme setup\n\nEnter the callback URL {url} there.\n"));
        let callback = contract.callback.unwrap_or_else(|| panic!("{url}"));
        assert!(callback.value.ends_with("/connector/callback"), "{}", callback.value);
        assert_eq!((callback.line, contract.auth.map(|auth| auth.value)), (11, Some(AuthKind::OAuth2)), "{url}");
    }
}

#[test]
fn scopes_are_read_beside_the_word() {
    let list = contract("## Acme setup\n\nEnable these scopes:\n\n* `deals:read`\n* `contacts:full`\n");
    let scopes: Vec<&str> = list.scopes.iter().map(|scope| scope.value.as_str()).collect();
    assert_eq!(scopes, ["deals:read", "contacts:full"]);
    for block in
        ["`deals:read`, and `contacts:full`", "`deals:read`<br>`contacts:full`", "```\ndeals:read contacts:full\n```"]
    {
        let contract = contract(&format!("## Acme setup\n\nIn **Scopes**, add all of these:\n\n{block}\n"));
        let scopes: Vec<&str> = contract.scopes.iter().map(|scope| scope.value.as_str()).collect();
        assert_eq!(scopes, ["deals:read", "contacts:full"], "{block}");
    }
    let prose = contract("## Acme setup\n\nTo add the scopes:\n\nOpen `app.settings` and `app.list`.\n");
    assert!(prose.scopes.is_empty(), "{:?}", prose.scopes);
    let of_user = contract(&format!("## Acme setup\n\nGive the user all permissions.\n\n{STEPS}   * API Key\n"));
    assert!(of_user.gaps.is_empty(), "{:?}", of_user.gaps);
    let none = contract("## Acme setup\n\nEnable the required scopes.\n");
    assert!(none.scopes.is_empty() && none.gaps.iter().any(|gap| gap.fact == "scopes"), "{:?}", none.gaps);
}

#[test]
fn the_fields_tell_how_a_connector_signs_in() {
    for (names, kind) in [
        (["API Key", "Site"], AuthKind::ApiKey),
        (["Username", "Password"], AuthKind::Basic),
        (["Client ID", "Client Secret"], AuthKind::OAuth2),
        (["Consumer Key", "Consumer Secret"], AuthKind::OAuth1),
    ] {
        let bullets = names.map(|name| format!("   * {name}\n")).concat();
        let auth = contract(&format!("{STEPS}{bullets}")).auth.map(|auth| auth.value);
        assert_eq!(auth, Some(kind), "{names:?}");
    }
}

#[test]
fn sentences_ask_for_values() {
    let key =
        "## Cyclr setup\n\nCyclr asks you for the **API Key** when you install the Acme connector into an account.\n";
    assert_eq!(fields(key), ["API Key!@"]);
    let several = "## Cyclr setup\n\nCyclr also asks for the **Access Token** and **Region** when you install it.\n";
    assert_eq!(fields(several), ["Access Token!@", "Region?@"]);
    for between in [" and ", " and your ", ", and the "] {
        let user = format!("Cyclr asks you for your **Email**{between}**Password** when you install the connector.");
        assert_eq!(fields(&format!("## Cyclr setup\n\n{user}\n")), ["Email@", "Password!@"], "{between}");
    }
    let mentioned =
        "## Cyclr setup\n\nSelect **Save Changes** when you install the connector for **Region** managers.\n";
    assert_eq!(fields(mentioned), [""; 0]);
}

#[test]
fn a_list_after_the_sentence_is_about_its_value() {
    let hosts = "## Cyclr setup\n\nCyclr asks you for the **Base Domain** when you install the connector.\n\n\
        * For tests, use `test.api.acme.example`.\n* Otherwise, use `api.acme.example`.\n";
    assert_eq!(contract(hosts).fields[0].form, Some(Form::Host));
}

#[test]
fn a_step_names_what_it_enters_a_value_as() {
    let steps = format!(
        "{}1. Enter the key's name as the Username.\n\n2. Enter your API Key in the Password field.\n",
        "## Cyclr setup\n\n"
    );
    assert_eq!(fields(&steps), ["Username", "Password!"]);
}

#[test]
fn what_the_connector_works_without_is_optional() {
    let table = "   | **Value** | **Description** |\n   | --- | --- |\n   | **API Key** | The key. |\n   \
        | **Warehouse** | The warehouse. |\n   | **Schema** | The schema. |\n";
    let note = "\n> **Note**: You can install the connector without providing a warehouse and schema.\n";
    assert_eq!(fields(&format!("{STEPS}{table}{note}")), ["API Key!", "Warehouse?", "Schema?"]);
}

#[test]
fn what_only_one_of_several_installations_asks_for_is_optional() {
    let section = |heading: &str, names: [&str; 2]| {
        let rows = names.map(|name| format!("| **{name}** | A value. |\n")).concat();
        let asked = "Cyclr asks you for the below values when you install the Acme connector into an account:";
        format!("### {heading}\n\n{asked}\n\n| **Value** | **Description** |\n| --- | --- |\n{rows}\n")
    };
    let with = |first: &str, second: &str| {
        let sections = section(first, ["Region", "Client ID"]) + &section(second, ["Region", "API Key"]);
        fields(&format!("## Cyclr setup\n\n{sections}"))
    };
    let either = ["Region@", "Client ID?@", "Region@", "API Key?!@"];
    assert_eq!(with("Account setup (production)", "Account setup (sandbox)"), either);
    let both = ["Region@", "Client ID@", "Region@", "API Key!@"];
    assert_eq!(with("Account setup (production)", "Account setup (production)"), both);
    assert_eq!(with("Account setup (app)", "Further setup (store)"), both);
    assert_eq!(with("Account setup", "Further setup"), both);
}

#[test]
fn scopes_for_later_or_under_a_condition_are_optional() {
    let scopes =
        "## Acme setup\n\nAdd the scope `orders:read`. If you sell in shops, add the scope `shops:read` later.\n";
    let contract = contract(scopes);
    let names: Vec<&str> = contract.scopes.iter().map(|scope| scope.value.as_str()).collect();
    assert_eq!(names, ["orders:read", "shops:read"]);
    assert!(contract.optional_scopes.iter().eq(["shops:read"]), "{:?}", contract.optional_scopes);
}

/// The form of the value called `name`, by its description in a table.
fn form(name: &str, description: &str) -> Option<Form> {
    let table = "   | **Value** | **Description** |\n   | --- | --- |\n   | **API Key** | The key. |\n";
    let contract = contract(&format!("{STEPS}{table}   | **{name}** | {description} |\n"));
    contract.fields.into_iter().find(|field| field.name.value == name).and_then(|field| field.form)
}

/// The values of a choice, in the order of the alphabet.
fn choice(form: Option<Form>) -> Vec<String> {
    let Some(Form::OneOf(mut values)) = form else { return Vec::new() };
    values.sort();
    values
}

#[test]
fn descriptions_let_the_reader_choose() {
    for (description, values) in [
        ("Either `EU` or `US`.", &["EU", "US"][..]),
        ("The region of your account: EU, US, or AU.", &["AU", "EU", "US"]),
        ("Choose Production, Staging or Development.", &["Development", "Production", "Staging"]),
        ("Must be `A1` or `B1`.", &["A1", "B1"]),
        ("Possible values: EU, US.", &["EU", "US"]),
        ("Set to `Production` for live data or `Sandbox` for test data.", &["Production", "Sandbox"]),
        ("The environment (production/sandbox).", &["production", "sandbox"]),
        ("Can be either live or test.", &["live", "test"]),
        ("Your plan: Basic / Pro / Enterprise.", &["Basic", "Enterprise", "Pro"]),
        // Examples, and other sentences with "or".
        ("Your mode. For example, `EU` or `US`.", &[]),
        ("The **Name** or **ID** of your mode.", &[]),
        ("Open **Settings** > **General** and select **Mode** > **Edit**.", &[]),
        ("Either your user name or email address.", &[]),
        ("Contact Acme Support or your manager for it.", &[]),
    ] {
        assert_eq!(choice(form("Mode", description)), values, "{description}");
    }
    // Names of other values are not always chosen.
    assert_eq!(form("Workspace", "Your Team or Space"), None);
}

#[test]
fn steps_let_the_reader_choose() {
    for (step, key, values) in [
        ("Select the region (EU or US). Click **Next**.", "Region", &["EU", "US"][..]),
        ("Select the environment: Production or Sandbox.", "Environment", &["Production", "Sandbox"]),
        ("Select the Account Type, either Production or Sandbox.", "AccountType", &["Production", "Sandbox"]),
        ("Select your Data Center (EU, US or AU) and select **Next**.", "DataCenter", &["AU", "EU", "US"]),
        (
            "Select **Production** or **Sandbox** from the **Environment** dropdown.",
            "Environment",
            &["Production", "Sandbox"],
        ),
        ("In the **Region** field, select EU or US.", "Region", &["EU", "US"]),
        ("Set **Mode** to Live or Test.", "Mode", &["Live", "Test"]),
    ] {
        let guide = guide(&format!(
            "## Cyclr setup\n\n1. Go to **Connectors** > **Application Connector Library**.\n2. {step}\n"
        ));
        let contract = extract_all(&guide, &Profile::builtin(), &Catalogues::builtin());
        let field = contract.described.into_iter().find(|field| field.key == key);
        assert_eq!(choice(field.and_then(|field| field.form)), values, "{step}");
    }
}

#[test]
fn descriptions_say_what_a_value_looks_like() {
    let text = |length| Some(Form::Text { length: Some(length), prefix: None });
    for (name, description, expected) in [
        ("Account ID", "Your nine digit account ID.", Some(Form::Digits(9))),
        ("Account ID", "A 10-digit number.", Some(Form::Digits(10))),
        ("Account ID", "32 hexadecimal characters.", text(32)),
        ("Account ID", "Normally a four digit code.", None),
        ("Account ID", "The last four digits of your number.", None),
        ("Account ID", "From 8-12 characters.", None),
        ("Account ID", "Not required; leave this blank.", Some(Form::Empty)),
        ("Account ID", "This should be left empty.", Some(Form::Empty)),
        ("Account ID", "This can be left empty.", None),
        ("Account ID", "Leave this blank if you do not have one.", None),
        ("Subdomain", "Only the name, without `.acme.example`.", Some(Form::Not(".acme.example".to_owned()))),
        ("Server", "The server, such as `sftp://files.acme.example`.", Some(Form::Scheme("sftp".to_owned()))),
        ("Server", "Must be an `acme.example` address.", Some(Form::Shape("{server}.acme.example".to_owned()))),
        ("Server", "Must be a `crm.acme.example` domain.", Some(Form::Shape("{server}.crm.acme.example".to_owned()))),
        ("Tenant", "Must be a name of your `acme.example` address.", None),
    ] {
        assert_eq!(form(name, description), expected, "{description}");
    }
}
