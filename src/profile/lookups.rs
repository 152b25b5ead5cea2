//! What is asked of a profile: what kind a guide is, what a heading, a phrase or a name means.

use globset::{Glob, GlobSet, GlobSetBuilder};
use memchr::memmem::Finder;

use super::terminology::TermMatcher;
use super::{Evidence, FieldName, GuideForm, GuideKind, Profile, SectionRole, TermFound, fold};
use crate::contract::Level;
use crate::searchable::Searchable;

impl Profile {
    /// Which kind of guide a page at this path with these tags is: the path takes precedence over the tags,
    /// which are sometimes copied from the other kind.
    pub fn guide_kind(&self, tags: &[&str], path: &str) -> Option<GuideKind> {
        let kinds = [(GuideKind::Setup, &self.guides.setup), (GuideKind::Information, &self.guides.information)];
        let paths = self.index.paths.get_or_init(|| kinds.map(|(kind, form)| (kind, globs(&form.paths))));
        let by_path = paths.iter().find(|(_, globs)| globs.is_match(path)).map(|(kind, _)| *kind);
        let tagged = |form: &GuideForm| {
            form.tag.as_ref().is_some_and(|own| tags.iter().any(|tag| tag.eq_ignore_ascii_case(own)))
        };
        by_path.or_else(|| kinds.iter().rev().find(|(_, form)| tagged(form)).map(|(kind, _)| *kind))
    }

    /// Whether front matter has what only pages of this vendor have: the tag of a kind, a value that the conventions
    /// name, or the suffix of a permalink. The name of a folder may be that of any site.
    pub fn is_own_page<'n>(&self, values: impl Fn(&str) -> Vec<&'n str>) -> bool {
        let kinds = [&self.guides.setup, &self.guides.information];
        let has =
            |key: &str, allowed: &[String]| values(key).iter().any(|value| allowed.iter().any(|one| one == value));
        let ends = |suffix: &str| {
            !suffix.is_empty()
                && values("permalink").iter().any(|permalink| permalink.trim_end_matches('/').ends_with(suffix))
        };
        let tagged = |form: &&GuideForm| form.tag.as_ref().is_some_and(|tag| has("tags", std::slice::from_ref(tag)));
        kinds.iter().any(tagged)
            || kinds.iter().any(|form| ends(&form.suffix))
            || self.front_matter.values.iter().any(|(key, allowed)| has(key, allowed))
    }

    /// The form of guides of a kind.
    pub fn form(&self, kind: GuideKind) -> &GuideForm {
        match kind {
            GuideKind::Setup => &self.guides.setup,
            GuideKind::Information => &self.guides.information,
        }
    }

    /// The permalink of the page that belongs to the one with this permalink, as the site's layout
    /// makes it; the same permalink if it has neither suffix.
    pub fn counterpart_of(&self, permalink: &str) -> String {
        let (setup, information) = (&self.guides.setup.suffix, &self.guides.information.suffix);
        if permalink.contains(information) {
            permalink.replace(information, setup)
        } else {
            permalink.replace(setup, information)
        }
    }

    /// Whether a title has one of the forms of its kind, with a name in it.
    pub fn is_title(&self, kind: GuideKind, title: &str) -> bool {
        self.form(kind).titles.iter().any(|form| super::sections::has_form(form, title))
    }

    /// The connector's name in a guide's title: the text after the first words of a title form, or before
    /// the last words of a title.
    pub fn connector_of_title<'a>(&self, title: &'a str) -> &'a str {
        let mut name = title.trim();
        let forms = || self.guides.setup.titles.iter().chain(&self.guides.information.titles);
        if let Some(following) = forms().find_map(|form| super::sections::after_lead(form, name)) {
            name = following;
        }
        let without = |name: &'a str, word: &str| {
            let at = name.len().checked_sub(word.len())?;
            let tail = name.get(at..)?;
            let head = name[..at].strip_suffix(' ')?;
            tail.eq_ignore_ascii_case(word).then_some(head.trim_end())
        };
        let tails = forms().filter_map(|form| Some(form.split_once(super::sections::CONNECTOR)?.1.trim()));
        let words: Vec<&str> =
            self.guides.title_words.iter().map(String::as_str).chain(tails).filter(|words| !words.is_empty()).collect();
        // Of the words that fit, the longest ones.
        while let Some(shorter) = words.iter().filter_map(|word| without(name, word)).min_by_key(|head| head.len()) {
            name = shorter;
        }
        name
    }

    /// The level that a section with this heading asks values for; `None` if it is not a section of the platform.
    pub fn section_level(&self, heading: &str) -> Option<Level> {
        match self.sections.role(heading, "")? {
            SectionRole::Account => Some(Level::Account),
            SectionRole::Platform => Some(Level::Console),
            SectionRole::Application => None,
        }
    }

    /// Whether a table whose first header is `header` lists values.
    pub fn is_values_header(&self, header: &str) -> bool {
        self.values.headers.contains(header)
    }

    /// The vocabulary's entry for a name, however it is spelled.
    pub fn field(&self, name: &str) -> Option<&FieldName> {
        let fields = self.index.fields.get_or_init(|| {
            let all = self.fields.iter().enumerate();
            let names = all.flat_map(|(index, field)| {
                std::iter::once(&field.name).chain(&field.variants).map(move |name| (fold(name), index))
            });
            names.collect()
        });
        fields.get(&fold(name)).map(|index| &self.fields[*index])
    }

    /// The longest part of a name, some last words of it, that the vocabulary has.
    pub fn known_ending<'a>(&self, name: &'a str) -> Option<&'a str> {
        let words = name.match_indices(' ').map(|(at, _)| at + 1);
        std::iter::once(0).chain(words).map(|at| &name[at..]).find(|ending| self.field(ending).is_some())
    }

    /// The evidence of a value of this name for the kind of authentication.
    pub fn evidence(&self, name: &str) -> Option<Evidence> {
        self.field(self.known_ending(name)?)?.auth
    }

    /// Whether a name can be that of a value: the vocabulary has it, or it ends as such names do.
    pub fn names_a_value(&self, name: &str) -> bool {
        let last = name.trim().rsplit(' ').next().unwrap_or_default();
        self.known_ending(name).is_some() || self.values.name_endings.contains(last)
    }

    /// A field's name without the mark that it is optional, and whether there was one.
    pub fn without_optional_marker<'a>(&self, name: &'a str) -> (&'a str, bool) {
        let name = name.trim().trim_end_matches(':').trim();
        let marked = self.values.optional.name.iter().find_map(|marker| {
            let (bare, end) = name.split_at_checked(name.len().checked_sub(marker.len())?)?;
            end.eq_ignore_ascii_case(marker).then_some(bare)
        });
        (marked.unwrap_or(name).trim(), marked.is_some())
    }

    /// Whether a description says that only some methods require the value.
    pub fn is_described_as_conditional(&self, description: &Searchable<'_>) -> bool {
        self.values.optional.conditions.is_in(description)
    }

    /// Whether a description says that the value may be left out.
    pub fn is_described_as_optional(&self, description: &Searchable<'_>) -> bool {
        let optional = &self.values.optional;
        let begins_sentence = |at: usize| {
            let before = description.text()[..at].trim_end();
            before.is_empty() || before.ends_with('.')
        };
        optional.description.find_in(description).iter().any(|(_, range)| begins_sentence(range.start))
            || optional.default.is_in(description)
    }

    /// The terms in a text that have a better one, in order. Where code, bold text or a link is
    /// is for the caller to know.
    pub fn terms_in(&self, text: &Searchable<'_>) -> Vec<TermFound> {
        let matcher = self.index.terms.get_or_init(|| TermMatcher::new(&self.terminology));
        matcher.find_in(&self.terminology, text)
    }

    /// Where the path of callback URLs is in a text.
    pub fn callback_paths_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let path = self.index.callback_path.get_or_init(|| Finder::new(&self.callback.path).into_owned());
        path.find_iter(text.as_bytes())
    }

    /// Whether the host part of a callback URL is a placeholder for the partner's own host, however
    /// it is marked and spaced.
    pub fn is_host_placeholder(&self, host: &str) -> bool {
        let fold_all = || self.callback.placeholders.iter().map(|placeholder| fold(placeholder)).collect();
        let host = fold(host);
        self.index.placeholders.get_or_init(fold_all).iter().any(|placeholder| host.contains(placeholder))
    }

    /// Whether a link text does not say where the link leads.
    pub fn is_generic_link_text(&self, text: &str) -> bool {
        self.links.generic_texts.contains(text)
    }

    /// Whether an image's text does not say what it shows; a number after it does not help.
    pub fn is_generic_image_text(&self, text: &str) -> bool {
        self.images.generic_texts.contains(text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '))
    }
}

fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in patterns.iter().filter_map(|pattern| Glob::new(pattern).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}
