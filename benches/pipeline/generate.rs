//! Writes a site of guides and a folder of configurations to measure with: same text on every machine.

use std::fmt::Write;

const NAMES: [&str; 12] = [
    "Acme Ledger", "Bluebird", "Cartwheel", "Dockside", "Evergreen CRM", "Foxglove", "Granite Pay", "Harbour",
    "Inkwell", "Juniper", "Kestrel", "Lantern",
];

/// The text of guide number `index`: every third one in an older style with defects.
pub(crate) fn guide(index: usize) -> String {
    let name = format!("{} {index}", NAMES[index % NAMES.len()]);
    let mut text = format!(
        "---\ntitle: {name} Authentication\nsidebar: cyclr_sidebar\npermalink: {}-connector\ntags: [connector]\n---\n\
         {{::options parse_block_html=\"true\" /}}\n<section class=\"card\">\n\n## {name} setup\n\n### Requirements\n\n\
         To connect with Cyclr, you need a {name} account with access to the [developer portal](https://developer.example.com/apps).\n\n",
        slug(&name)
    );
    for step in 1..=6 {
        let _ = write!(
            text,
            "{step}. Open the **Integrations** > **Apps** page and choose *New app*, then name it `connector-{step}`.\n\n\
             \x20  ![The page of apps, step {step}](./images/{}-{step}.png)\n\n",
            slug(&name)
        );
    }
    text.push_str("Enter the callback URL in the **Callback URL** field: `https://{YourServiceDomain e.g. app-h.cyclr.com}/connector/callback`\n\n");
    text.push_str(
        "### Get authentication details\n\nYou need the following values:\n\n*  Client ID\n*  Client Secret\n\n",
    );
    if index.is_multiple_of(3) {
        text.push_str("#### Limits\n\nYou can click [here](https://developer.example.com/limits) to see the the limits.\n| Plan | Calls |\n| :--- | :--- |\n| Free | 100 |\n\n");
    }
    text.push_str("</section>\n<section class=\"card\">\n\n## Cyclr setup\n\n");
    let _ = write!(
        text,
        "To set up the {name} connector in Cyclr, go to your Cyclr console:\n\n1. Go to **Connectors** > **Application Connector Library**.\n\n\
         2. Use the search box to find the {name} connector.\n\n3. Select the **Setup Required** icon.\n\n4. Enter the below values:\n\n\
         \x20  | **Value**         | **Description**           |\n   | :---------------- | :------------------------ |\n\
         \x20  | **Client ID**     | The Client ID of the app. |\n   | **Client Secret** | The Client Secret.        |\n\n\
         5. Select **Save Changes**.\n\n> **Note**: If you leave any values blank, Cyclr asks for them later.\n\n</section>\n"
    );
    text
}

/// The text of configuration number `index`, 40 lines, for a connector of the generated site.
pub(crate) fn configuration(index: usize, guides: usize) -> String {
    let number = index % guides;
    let name = slug(&format!("{} {number}", NAMES[number % NAMES.len()]));
    let mut text = format!(
        "# Configuration {index}\nConnector: {name}-connector\nName: Installation {index}\nDescription: |\n  Connects the account\n  of a customer.\n\
         AuthType: OAuth2\nOAuth2Type: AuthorisationCode\nServiceDomain: acme-h.cyclr.com\nCallbackUrl: https://acme-h.cyclr.com/connector/callback\n\
         Properties:\n  - Name: ClientId\n    Value: ${{CLIENT_ID_{index}}}\n  - Name: ClientSecret\n    Value: ${{CLIENT_SECRET_{index}}}\n"
    );
    for line in 16..=40 {
        let _ = writeln!(text, "# {line}: set by the installer, do not edit");
    }
    text
}

fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}
