//! A set of bytes, for searches that ask it for each byte of a page.

pub(super) struct ByteSet([bool; 256]);

impl ByteSet {
    /// The set of the bytes given.
    pub(super) const fn of(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut index = 0;
        while index < bytes.len() {
            set[bytes[index] as usize] = true;
            index += 1;
        }
        Self(set)
    }

    /// Whether it holds a byte.
    #[inline]
    pub(super) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Where the first of its bytes is.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<usize> {
        // Eight at a time with one question about all of them.
        let holds_none = |chunk: &&[u8]| !chunk.iter().fold(false, |found, byte| found | self.has(*byte));
        let clear = 8 * bytes.chunks_exact(8).take_while(holds_none).count();
        bytes[clear..].iter().position(|byte| self.has(*byte)).map(|at| clear + at)
    }
}
