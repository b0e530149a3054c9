//! Writes JSON as the library does, byte for byte.

use chrono::NaiveDate;
use serde::Serialize;

/// An answer that is being written.
#[derive(Debug, Default)]
pub(super) struct Out(Vec<u8>);

impl Out {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Bytes that are JSON already.
    pub(super) fn raw(&mut self, json: &[u8]) {
        self.0.extend_from_slice(json);
    }

    pub(super) fn null(&mut self) {
        self.raw(b"null");
    }

    /// A value as `serde_json` writes it.
    pub(super) fn value(&mut self, value: impl Serialize) {
        // Writing into memory does not fail, nor do texts and numbers.
        let _ = serde_json::to_writer(&mut self.0, &value);
    }

    pub(super) fn text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.string(text),
            None => self.null(),
        }
    }

    /// A string. Most need no escape and are copied as they are.
    pub(super) fn string(&mut self, text: &str) {
        if text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
            return self.value(text);
        }
        self.0.push(b'"');
        self.raw(text.as_bytes());
        self.0.push(b'"');
    }

    pub(super) fn day(&mut self, day: Option<NaiveDate>) {
        match day {
            Some(day) => self.value(day),
            None => self.null(),
        }
    }

    /// A number with a fraction. One that is none is null, as in the library.
    pub(super) fn number(&mut self, number: f64) {
        if number.is_finite() { self.value(number) } else { self.null() }
    }

    /// An object of which each field is written by a function.
    pub(super) fn object<T>(&mut self, fields: impl Iterator<Item = T>, mut write: impl FnMut(T, &mut Self)) {
        self.0.push(b'{');
        for (at, field) in fields.enumerate() {
            if at > 0 {
                self.0.push(b',');
            }
            write(field, self);
        }
        self.0.push(b'}');
    }

    /// A list of which each item is written by a function.
    pub(super) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(T, &mut Self),
    ) {
        self.0.push(b'[');
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.0.push(b',');
            }
            write(item, self);
        }
        self.0.push(b']');
    }
}
