//! Sizes of files as people write them.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// The units, the largest first, and their bytes.
const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)];

/// What is wrong with a text that is not a size.
const EXPECTED: &str = "expected a size from 1 byte to 4 GB, such as `16MB` or a number of bytes";

/// A size of files, from 1 byte to [`Size::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(u64);

impl Size {
    /// 4 GB: positions in a file are numbers of 32 bits.
    pub const MAX: Self = Self(4_000_000_000);

    /// What a file may have unless the settings say otherwise: 16 MB.
    pub const DEFAULT: Self = Self(16_000_000);

    /// A number of bytes as a size; `None` outside its range.
    pub fn new(bytes: u64) -> Option<Self> {
        (1..=Self::MAX.0).contains(&bytes).then_some(Self(bytes))
    }

    /// The number of bytes.
    pub fn bytes(self) -> u64 {
        self.0
    }
}

impl Default for Size {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl fmt::Display for Size {
    /// In the largest unit that divides it: `16 MB`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match UNITS.iter().find(|(_, bytes)| self.0.is_multiple_of(*bytes)) {
            Some((unit, bytes)) => write!(out, "{} {unit}", self.0 / bytes),
            None if self.0 == 1 => out.write_str("1 byte"),
            None => write!(out, "{} bytes", self.0),
        }
    }
}

impl FromStr for Size {
    type Err = String;

    /// Reads a number of bytes, or of a unit: `16MB`, `16 MB`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (number, factor) = UNITS
            .iter()
            .find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, *bytes)))
            .map_or((text, 1), |(number, factor)| (number.strip_suffix(' ').unwrap_or(number), factor));
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse::<u64>().ok().filter(|_| is_number);
        let size = number.and_then(|number| Self::new(number.checked_mul(factor)?));
        size.ok_or_else(|| EXPECTED.to_owned())
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SizeVisitor)
    }
}

struct SizeVisitor;

impl Visitor<'_> for SizeVisitor {
    type Value = Size;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(EXPECTED.trim_start_matches("expected "))
    }

    fn visit_u64<E: de::Error>(self, bytes: u64) -> Result<Size, E> {
        Size::new(bytes).ok_or_else(|| E::custom(EXPECTED))
    }

    fn visit_i64<E: de::Error>(self, bytes: i64) -> Result<Size, E> {
        self.visit_u64(bytes.try_into().unwrap_or(0))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Size, E> {
        text.parse().map_err(E::custom)
    }
}
