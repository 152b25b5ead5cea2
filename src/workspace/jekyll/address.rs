//! The address of a page (`page.rb`), a document of a collection or a post (`document.rb`, `drops/url_drop.rb`,
//! `url.rb`).

use super::{HTML, Place, SiteConfig};
use crate::tree::Node;

/// The label of the collection of posts.
pub(super) const POSTS: &str = "posts";

/// What the front matter of a page says about its address.
#[derive(Debug, Default)]
pub(in crate::workspace) struct PageFacts<'a> {
    /// `permalink`.
    pub(in crate::workspace) permalink: Option<&'a str>,
    /// `slug`.
    pub(in crate::workspace) slug: Option<&'a str>,
    /// `date`.
    pub(in crate::workspace) date: Option<&'a str>,
    /// `categories` and `category`.
    pub(in crate::workspace) categories: Vec<&'a str>,
}

/// The template of posts for a style of the whole site (`configuration.rb`, `STYLE_TO_PERMALINK`).
pub(super) fn post_template(style: &str) -> &str {
    match style {
        "none" => "/:categories/:title:output_ext",
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        pattern => pattern,
    }
}

/// The date and the rest of a name such as `2024-05-01-news.md`, in any folder (`DATE_FILENAME_MATCHER`).
pub(super) fn dated(path: &str) -> Option<(Date, &str)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (date, rest) = Date::read(name)?;
    let rest = rest.strip_prefix('-')?;
    rest.contains('.').then_some((date, rest))
}

impl SiteConfig {
    /// The address of the page at `path`, from the site's source, with a slash at its start; `None` if it
    /// depends on what only a build knows.
    pub(in crate::workspace) fn address(&self, path: &str, place: Place<'_>, facts: &PageFacts<'_>) -> Option<String> {
        let parts = Parts::of(self, path);
        let address = match place {
            Place::Page => match facts.permalink {
                Some(permalink) => parts.page(permalink),
                None if !HTML.contains(&parts.output_ext.trim_start_matches('.')) => {
                    parts.page("/:path/:basename:output_ext")
                }
                None if parts.basename == "index" => parts.page("/:path/"),
                None => parts.page(&self.with_suffix("/:path/:basename")),
            },
            Place::Document { collection, relative } => {
                let default = || self.with_suffix("/:collection/:path");
                let template = match facts.permalink.or(collection.permalink.as_deref()) {
                    Some(template) => template.to_owned(),
                    None => default(),
                };
                Document { label: &collection.label, relative, parts: &parts, facts }.fill(&template)?
            }
        };
        Some(sanitized(&address))
    }

    /// `utils.rb`, `add_permalink_suffix`: pages and collections take the ending of the site's style.
    fn with_suffix(&self, template: &str) -> String {
        let style = self.permalink.as_str();
        let suffix = match style {
            "pretty" => "/",
            "date" | "ordinal" | "none" => ":output_ext",
            _ if style.ends_with('/') => "/",
            _ if style.ends_with(":output_ext") => ":output_ext",
            _ => "",
        };
        format!("{template}{suffix}")
    }
}

/// `url.rb`, `sanitize_url`.
fn sanitized(address: &str) -> String {
    let address = format!("/{address}").replace("..", "/").replace("./", "");
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// The parts of a file's path that addresses are made of.
struct Parts<'a> {
    folder: &'a str,
    /// The name without its ending and the dots before it.
    basename: &'a str,
    output_ext: String,
}

impl<'a> Parts<'a> {
    fn of(config: &SiteConfig, path: &'a str) -> Self {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (basename, ending) = split_ending(name);
        let is_markdown = config.markdown.contains(&ending.to_ascii_lowercase());
        let output_ext = if is_markdown { ".html".to_owned() } else { name[basename.len()..].to_owned() };
        Self { folder, basename: basename.trim_end_matches('.'), output_ext }
    }

    /// `url.rb`, `generate_url_from_hash`: a page knows three placeholders, others stay as they are.
    fn page(&self, template: &str) -> String {
        if !template.contains(':') {
            return template.to_owned();
        }
        let path = format!("/{}", self.folder);
        template.replace(":path", &path).replace(":basename", self.basename).replace(":output_ext", &self.output_ext)
    }
}

/// A name and its ending, without the dot; a name that begins with its only dot has none.
fn split_ending(name: &str) -> (&str, &str) {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((name, ""))
}

/// A document while its address is made.
struct Document<'a> {
    label: &'a str,
    relative: &'a str,
    parts: &'a Parts<'a>,
    facts: &'a PageFacts<'a>,
}

impl Document<'_> {
    /// `url.rb`, `generate_url_from_drop`: a placeholder is a colon and a word of lowercase letters and `_`.
    fn fill(&self, template: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once(':') {
            out.push_str(before);
            let length = after.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(after.len());
            let name = &after[..length];
            rest = &after[length..];
            if name.is_empty() {
                out.push(':');
            } else if let Some(value) = self.value(name) {
                out.push_str(&value);
            } else {
                // `/:month_:day`: the underscore is not part of the name.
                out.push_str(&self.value(name.strip_suffix('_')?)?);
                out.push('_');
            }
        }
        out.push_str(rest);
        Some(out)
    }

    fn value(&self, name: &str) -> Option<String> {
        Some(match name {
            "collection" => self.label.to_owned(),
            "path" => self.cleaned_path(),
            "output_ext" => self.parts.output_ext.clone(),
            "name" => slugified(self.parts.basename, false).to_lowercase(),
            "title" => slugified(self.slug(), true),
            "slug" => slugified(self.slug(), false).to_lowercase(),
            "categories" => joined(self.categories().map(str::to_lowercase)),
            "slugified_categories" => joined(self.categories().map(|name| slugified(name, false).to_lowercase())),
            name => self.date()?.part(name)?,
        })
    }

    /// `document.rb`, `cleaned_relative_path`.
    fn cleaned_path(&self) -> String {
        let stem = self.relative.rsplit_once('.').map_or(self.relative, |(stem, _)| stem);
        stem.replacen(&format!("_{}", self.label), "", 1).trim_end_matches('.').to_owned()
    }

    /// `document.rb`, `populate_title`: the name without its date, unless the front matter has a slug.
    fn slug(&self) -> &str {
        let written = || {
            let name = dated(self.relative).map_or("", |(_, rest)| split_ending(rest).0);
            if name.is_empty() { self.parts.basename } else { name.trim_end_matches('.') }
        };
        self.facts.slug.unwrap_or_else(written)
    }

    /// `document.rb`, `categories_from_path`: the folders above `_posts`, then those of the front matter.
    fn categories(&self) -> impl Iterator<Item = &str> {
        let folder = format!("_{}", self.label);
        let above = self.relative.find(&folder).map_or("", |at| &self.relative[..at]);
        above.split('/').filter(|part| !part.is_empty()).chain(self.facts.categories.iter().copied())
    }

    fn date(&self) -> Option<Date> {
        match self.facts.date {
            Some(written) => Date::read(written).map(|(date, _)| date),
            None => dated(self.relative).map(|(date, _)| date),
        }
    }
}

/// Each once, joined by slashes.
fn joined(names: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen.join("/")
}

/// `utils.rb`, `slugify` in its modes `default` and `pretty`, with the case kept.
fn slugified(text: &str, pretty: bool) -> String {
    let kept = |c: char| c.is_alphanumeric() || pretty && "._~!$&'()+,;=@".contains(c);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if kept(c) {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

/// The words of `categories` or `category` in front matter (`utils.rb`, `pluralized_array_from_hash`).
pub(in crate::workspace) fn categories<'a>(many: Option<&'a Node>, one: Option<&'a Node>) -> Vec<&'a str> {
    let split = |node: &'a Node| match node.as_str() {
        Some(text) => text.split_whitespace().collect(),
        None => super::strings(node),
    };
    let mut found: Vec<&str> = many.map(split).unwrap_or_default();
    found.extend(one.map(super::strings).unwrap_or_default());
    found
}

/// A day as written, without a look at time zones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Date {
    year: u32,
    month: u32,
    day: u32,
}

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Date {
    /// The date at the start of a text, and what follows.
    fn read(text: &str) -> Option<(Self, &str)> {
        let (year, rest) = number(text)?;
        let (month, rest) = number(rest.strip_prefix('-')?)?;
        let (day, rest) = number(rest.strip_prefix('-')?)?;
        let exists = (1..=12).contains(&month) && (1..=31).contains(&day);
        let year = if year < 100 { year + 2000 } else { year };
        exists.then_some((Self { year, month, day }, rest))
    }

    fn part(self, name: &str) -> Option<String> {
        let Self { year, month, day } = self;
        let month_name = MONTHS[month as usize - 1];
        let weekday = self.weekday();
        let (week_year, week) = self.week();
        Some(match name {
            "year" => format!("{year:04}"),
            "short_year" => format!("{:02}", year % 100),
            "month" => format!("{month:02}"),
            "i_month" => month.to_string(),
            "short_month" => month_name[..3].to_owned(),
            "long_month" => month_name.to_owned(),
            "day" => format!("{day:02}"),
            "i_day" => day.to_string(),
            "y_day" => format!("{:03}", self.day_of_year()),
            "w_year" => format!("{week_year:04}"),
            "week" => format!("{week:02}"),
            "w_day" => (weekday + 1).to_string(),
            "short_day" => DAYS[weekday as usize][..3].to_owned(),
            "long_day" => DAYS[weekday as usize].to_owned(),
            // The hour and the like depend on the time zone of the build.
            _ => return None,
        })
    }

    fn day_of_year(self) -> u32 {
        let lengths = [31, if is_leap(self.year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        lengths[..self.month as usize - 1].iter().sum::<u32>() + self.day
    }

    /// 0 for Monday.
    fn weekday(self) -> u32 {
        let before = self.year - 1;
        // The first of January of the year 1 was a Monday.
        (before * 365 + before / 4 - before / 100 + before / 400 + self.day_of_year() - 1) % 7
    }

    /// ISO 8601: the week of a day is that of its Thursday.
    fn week(self) -> (u32, u32) {
        let week = (self.day_of_year() + 9 - self.weekday()) / 7;
        match week {
            0 => (self.year - 1, weeks_of(self.year - 1)),
            week if week > weeks_of(self.year) => (self.year + 1, 1),
            week => (self.year, week),
        }
    }
}

/// The number of up to four digits at the start of a text, and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let digits = Some(&text[..length]).filter(|_| length <= 4)?;
    Some((digits.parse().ok()?, &text[length..]))
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// A year has 53 weeks if it ends on a Thursday, or on a Friday in a leap year.
fn weeks_of(year: u32) -> u32 {
    let last = Date { year, month: 12, day: 31 }.weekday();
    if last == 3 || last == 4 && is_leap(year) { 53 } else { 52 }
}
