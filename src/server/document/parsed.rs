//! Parsing, with a cache of recently parsed documents: programs send the same few texts again and again, and
//! parsing one takes as long as executing it.

use super::catalogue::Catalogue;
use super::merging::Checked;
use super::{check_nesting, escapes, literals, merging};
use crate::auth::Viewer;
use crate::cache::Cache;
use crate::plan::Plan;
use crate::server::answer;
use async_graphql::ServerError;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;
use std::num::NonZeroUsize;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// Together with the length below this bounds the memory: some 5 MB when every text is the longest.
const CACHED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(127);
/// In bytes. A longer text is parsed each time; those that clients send are a tenth of it.
const LONGEST: usize = 4 * 1024;

/// A document, and what the checks of it found that need no variables.
pub(in crate::server) struct Parsed {
    document: ExecutableDocument,
    checked: OnceLock<Checked>,
    /// For the public, and for others.
    plans: [OnceLock<Option<Plan>>; 2],
}

impl Parsed {
    /// Refuses what the specification refuses and the library takes. Made once for a document that is sent again; for
    /// documents that were measured.
    pub(in crate::server) fn check(&self, catalogue: &Catalogue) -> Checked {
        let both = || {
            merging::check(&self.document, catalogue)
                .and_then(|()| literals::check(&self.document, catalogue))
        };
        self.checked.get_or_init(both).clone()
    }

    /// The plan by which its only operation is answered to a viewer; `None`: it has several, or the library answers it.
    pub(in crate::server) fn plan(&self, viewer: &Viewer) -> Option<&Plan> {
        let is_public = viewer.identity().is_none();
        let [for_public, for_others] = &self.plans;
        let plan = if is_public { for_public } else { for_others };
        let compile = || {
            let mut operations = self.document.operations.iter();
            let (_, only) = operations.next()?;
            if operations.next().is_some() {
                return None;
            }
            Plan::compile(&self.document, &only.node, is_public)
        };
        plan.get_or_init(compile).as_ref()
    }
}

impl Deref for Parsed {
    type Target = ExecutableDocument;

    fn deref(&self) -> &ExecutableDocument {
        &self.document
    }
}

/// The documents of one server.
pub(in crate::server) struct Documents(Cache<Box<str>, Arc<Parsed>>);

impl Default for Documents {
    fn default() -> Self {
        Self(Cache::with_capacity(CACHED))
    }
}

impl Documents {
    /// The document of a text. Only a text that could be parsed is remembered.
    pub(in crate::server) fn parse(&self, text: &str) -> Result<Arc<Parsed>, Box<ServerError>> {
        if text.len() > LONGEST {
            return parse(text).map(Arc::new);
        }
        if let Some(document) = self.0.get(text) {
            return Ok(document);
        }
        let document = Arc::new(parse(text)?);
        self.0.put(text.into(), document.clone());
        Ok(document)
    }
}

fn parse(text: &str) -> Result<Parsed, Box<ServerError>> {
    check_nesting(text).map_err(|error| Box::new(answer::in_response(&error)))?;
    let document = parse_query(escapes::written_out(text)).map_err(|cause| unreadable(text, cause.into()))?;
    Ok(Parsed { document, checked: OnceLock::new(), plans: Default::default() })
}

/// What the parser says, as a sentence with the place.
fn unreadable(text: &str, mut error: ServerError) -> Box<ServerError> {
    let expected = error.message.rsplit_once("= ").map(|(_, expected)| expected.trim().to_owned());
    let Some((expected, at)) = expected.zip(error.locations.first().copied()) else { return Box::new(error) };
    let line = text.lines().nth(at.line.saturating_sub(1)).unwrap_or_default();
    let there = line.chars().nth(at.column.saturating_sub(1));
    let hint = match there {
        Some('“' | '”' | '‘' | '’' | '「') => " Quotes are written as \".",
        Some(c) if !c.is_ascii() => {
            " Japanese stands in quotes (\"…\") where text is wanted; words of closed sets are codes such as THURSDAY, \
             and so are the names of fields."
        }
        None => " Something is not closed: look for a missing }, ) or \".",
        Some(_) => "",
    };
    error.message =
        format!("The document cannot be read at line {}, column {}: {expected}.{hint}", at.line, at.column);
    Box::new(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parsed_once_and_a_long_one_each_time() {
        let documents = Documents::default();
        let twice = |text: &str| match (documents.parse(text), documents.parse(text)) {
            (Ok(first), Ok(second)) => Arc::ptr_eq(&first, &second),
            _ => panic!("the text is a document"),
        };
        assert!(twice("{ __typename }"));
        assert!(!twice(&format!("{{ __typename }} #{}", "x".repeat(LONGEST))));
    }

    #[test]
    fn what_cannot_be_parsed_is_not_remembered() {
        let documents = Documents::default();
        assert!(documents.parse("{").is_err());
        assert!(documents.0.is_empty());
    }

    #[test]
    fn no_more_than_so_many_are_kept() {
        let documents = Documents::default();
        for n in 0..CACHED.get() + 10 {
            assert!(documents.parse(&format!("{{ a{n}: __typename }}")).is_ok());
        }
        assert_eq!(documents.0.len(), CACHED.get());
    }
}
