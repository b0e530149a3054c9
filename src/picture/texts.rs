//! Texts of many rows in one allocation: a row begins at an offset, and its texts follow each other, each behind its length.

/// The texts of a segment.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Lengths are written in characters of one byte, so that the whole is valid UTF-8 and no text is checked again.
    all: String,
}

/// Bits of a length in one character; a further bit says that more follow.
const BITS: u32 = 6;
const MORE: u8 = 1 << BITS;

/// Reads the texts from an offset on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'t> {
    rest: &'t str,
}

/// The texts of one segment reach beyond 4 GB.
#[derive(Debug)]
pub(super) struct TooLong;

impl Texts {
    /// The offset at which the next text will begin.
    ///
    /// # Errors
    /// [`TooLong`] beyond 4 GB.
    pub(super) fn end(&self) -> Result<u32, TooLong> {
        u32::try_from(self.all.len()).map_err(|_| TooLong)
    }

    /// Appends a text, or that there is none.
    pub(super) fn push(&mut self, text: Option<&str>) {
        let mut left = text.map_or(0, |text| text.len() + 1);
        while left >= usize::from(MORE) {
            self.all.push(char::from(MORE | (left % usize::from(MORE)) as u8));
            left >>= BITS;
        }
        self.all.push(char::from(left as u8));
        self.all.push_str(text.unwrap_or_default());
    }

    /// The texts from an offset on that [`Self::end`] has given.
    pub(super) fn from(&self, offset: u32) -> Reading<'_> {
        Reading { rest: self.all.get(offset as usize..).unwrap_or_default() }
    }

    /// Gives back what was reserved and is not used.
    pub(super) fn shrink(&mut self) {
        self.all.shrink_to_fit();
    }
}

impl<'t> Reading<'t> {
    /// The next text, if there is one in its place.
    pub(super) fn next(&mut self) -> Option<&'t str> {
        let (mut length, mut shift) = (0_usize, 0);
        for (at, byte) in self.rest.bytes().enumerate() {
            length |= usize::from(byte & (MORE - 1)) << shift;
            shift += BITS;
            if byte & MORE == 0 {
                let body = self.rest.get(at + 1..).unwrap_or_default();
                let (text, rest) = body.split_at_checked(length.saturating_sub(1)).unwrap_or((body, ""));
                self.rest = rest;
                return (length > 0).then_some(text);
            }
        }
        None
    }

    /// The text after so many others.
    pub(super) fn nth(mut self, skipped: usize) -> Option<&'t str> {
        for _ in 0..skipped {
            self.next();
        }
        self.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_come_back_as_they_were_put_in(
            rows in prop::collection::vec(prop::collection::vec(prop::option::of(".{0,200}"), 3), 0..20),
        ) {
            let mut texts = Texts::default();
            let mut offsets = Vec::new();
            for row in &rows {
                offsets.push(texts.end().expect("short"));
                row.iter().for_each(|text| texts.push(text.as_deref()));
            }
            for (row, offset) in rows.iter().zip(offsets) {
                let mut reading = texts.from(offset);
                prop_assert_eq!(reading.nth(2), row[2].as_deref());
                for text in row {
                    prop_assert_eq!(reading.next(), text.as_deref());
                }
            }
        }
    }
}
