//! Who is asking. Only the public viewer exists until callers can identify themselves.

/// The person or program on whose behalf a request is answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    _private: (),
}

impl Viewer {
    /// Somebody who has not said who they are.
    pub fn public() -> Self {
        Self { _private: () }
    }
}
