//! What was computed of long lines, kept so that many findings in one line do not read it again each.

use std::collections::HashMap;
use std::sync::Mutex;

/// A shorter line is read again as quickly as it is found here.
const LONG: usize = 1000;

/// A mark of 16 bytes for some lines and names.
#[derive(Debug, Default)]
pub(super) struct LineMarks(Mutex<HashMap<(String, u32), [u8; 16]>>);

impl LineMarks {
    /// The mark of a line of `length` bytes under a name; `make` makes it where it is not known yet.
    pub(super) fn get(&self, name: &str, line: u32, length: usize, make: impl Fn() -> [u8; 16]) -> [u8; 16] {
        let known = if length > LONG { self.0.lock().ok() } else { None };
        known.map_or_else(&make, |mut known| *known.entry((name.to_owned(), line)).or_insert_with(&make))
    }
}

impl Clone for LineMarks {
    /// The copy makes its own.
    fn clone(&self) -> Self {
        Self::default()
    }
}
