//! The pack that a vendor starts from: a text with comments, or what sample files show.

mod data;
mod pages;
mod paths;
mod text;

use std::sync::Arc;

use crate::dialect::Dialect;
use crate::dialects;
use crate::dialects::kramdown::Options;
use crate::guide::Guide;
use crate::source::SourceFile;
use crate::tree::Node;

/// The text with comments, and a placeholder for the name.
const SKELETON: &str = include_str!("../../schemas/new-pack.yaml");

/// A file of a connector, as it is in a vendor's repository.
struct Sample {
    /// Its path from the repository's root.
    path: String,
    content: Content,
}

enum Content {
    Page(Box<Guide>),
    Data { read: &'static str, document: Node },
}

/// A pack to adapt. Of samples, it has their paths, dialect, front matter, sections, and values.
///
/// # Errors
/// Which sample is neither a page nor data, or that the paths name no connector.
pub fn create(name: &str, samples: Vec<SourceFile>) -> Result<String, String> {
    if samples.is_empty() {
        return Ok(SKELETON.replacen("pack: NAME", &format!("pack: {name}"), 1));
    }
    let dialect = pages::dialect(&samples);
    let samples = samples.into_iter().map(|source| Sample::read(source, dialect)).collect::<Result<Vec<_>, _>>()?;
    text::write(name, dialect, &samples).ok_or_else(|| "no part of the samples' paths names a connector".to_owned())
}

impl Sample {
    fn read(source: SourceFile, dialect: Dialect) -> Result<Self, String> {
        let path = source.path().to_owned();
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let read = match ending.as_str() {
            "md" | "mdx" | "markdown" => {
                let guide = dialects::read(Arc::new(source), dialect, &Options::default());
                return Ok(Self { path, content: Content::Page(Box::new(guide)) });
            }
            "json" => "json",
            "toml" => "toml",
            "yaml" | "yml" => "yaml",
            _ => {
                return Err(format!("`{path}` is neither a page (`.md`, `.mdx`) nor data (`.json`, `.toml`, `.yaml`)"));
            }
        };
        let document = data::document(&source, read).ok_or_else(|| format!("`{path}` cannot be read as data"))?;
        Ok(Self { path, content: Content::Data { read, document } })
    }
}
