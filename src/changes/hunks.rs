//! Reads which lines a unified diff without context adds, changes or cuts something out between.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// The lines that changed in each file, as the files are afterwards.
///
/// Where lines were only removed, the two lines around the gap count: what is wrong now that
/// something is missing is found there.
pub(super) fn read(diff: &[u8]) -> BTreeMap<PathBuf, Vec<RangeInclusive<u32>>> {
    let mut files: BTreeMap<PathBuf, Vec<RangeInclusive<u32>>> = BTreeMap::new();
    let mut file = None;
    let mut content = 0;
    for line in diff.split(|byte| *byte == b'\n') {
        if content > 0 {
            // A line of a file, which may look like anything; `\ No newline at end of file` is none.
            content -= u32::from(!line.starts_with(b"\\"));
        } else if let Some(name) = line.strip_prefix(b"+++ ") {
            file = path(name);
        } else if let Some((removed, start, added)) = line.strip_prefix(b"@@ ").and_then(hunk) {
            content = removed + added;
            if let Some(file) = &file {
                let last = if added == 0 { start + 1 } else { start + added - 1 };
                files.entry(PathBuf::clone(file)).or_default().push(start..=last);
            }
        }
    }
    files
}

/// Reads `-12,0 +13,2 @@`: how many lines go, where the new ones start, how many come.
fn hunk(header: &[u8]) -> Option<(u32, u32, u32)> {
    let header = std::str::from_utf8(header).ok().or_else(|| {
        // Behind the second `@@` stands a line of the file, which may be in any encoding.
        let end = header.windows(3).position(|window| window == b" @@")?;
        std::str::from_utf8(&header[..end]).ok()
    })?;
    let mut sides = header.split(' ');
    let mut side = |sign| {
        let (start, count) =
            sides.next()?.strip_prefix(sign).map(|side| side.split_once(',').unwrap_or((side, "1")))?;
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let (_, removed): (u32, u32) = side('-')?;
    let (start, added) = side('+')?;
    Some((removed, start, added))
}

/// The path in `b/docs/a.md`; `None` for `/dev/null`, which stands for a file that is gone.
fn path(name: &[u8]) -> Option<PathBuf> {
    // Git puts a tab behind a name with spaces.
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let name = match name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) {
        Some(quoted) => unquoted(quoted),
        None => name.to_owned(),
    };
    let name = String::from_utf8_lossy(&name);
    name.strip_prefix("b/").map(PathBuf::from)
}

/// Undoes Git's quoting of special characters: `\t`, `\"`, `\303`.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let (b'\\', [escaped, after @ ..]) = (*first, tail) else {
            out.push(*first);
            continue;
        };
        rest = after;
        out.push(match escaped {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            b'0'..=b'3' => {
                let digits = [*escaped, *after.first().unwrap_or(&b'0'), *after.get(1).unwrap_or(&b'0')];
                rest = after.get(2..).unwrap_or_default();
                digits.iter().fold(0_u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit.wrapping_sub(b'0')))
            }
            other => *other,
        });
    }
    out
}
