//! Texts of many rows in one allocation: a row begins at an offset, and its texts follow each other, each behind its length.

use super::raw;

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

/// Declares which texts of a row of the database are kept, in their order.
macro_rules! kept_texts {
    ($(#[$doc:meta])* $name:ident of $row:ident { $($field:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<T> {
            $(
                /// Of the column of this name.
                pub $field: T,
            )+
        }

        impl $name<usize> {
            /// The number of each text, for [`Reading::nth`].
            pub(super) const NUMBERS: Self = {
                let mut next = 0;
                Self { $($field: { next += 1; next - 1 },)+ }
            };
        }

        impl<'t> $name<Option<&'t str>> {
            /// The texts of a row.
            pub(super) fn of(row: &'t raw::$row<'_>) -> impl Iterator<Item = Option<&'t str>> {
                [$(row.$field.get(),)+].into_iter()
            }

            /// Reads all.
            pub(super) fn read(mut texts: Reading<'t>) -> Self {
                Self { $($field: texts.next(),)+ }
            }
        }
    };
}

kept_texts! {
    /// The texts of a resource, or something of each.
    ResourceTexts of Main {
        name,
        name_kana,
        alias,
        description,
        url,
        postal_code,
        address,
        building,
        note,
        suspension_reason,
        sort_key,
    }
}

kept_texts! {
    /// The texts of a contact, or something of each.
    ContactTexts of Contact {
        service_code,
        label,
        phone,
        phone_e164,
        fax,
        fax_e164,
        email,
        person_name,
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
