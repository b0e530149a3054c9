//! Answers to public queries over GET: kept in memory while they are what would be answered now, with the entity tag by which
//! a client, or a cache in between, learns that its copy still is.
//!
//! Kept is an answer without errors to a caller without a token, of which nothing is written to the audit and which does not
//! depend on the instant of the request (`Viewer::depends_on_instant`). It holds until the directory changes
//! (`Databases::version`) or the day ends in Japan: consents and suspensions end on days. While the change log cannot be
//! read, nothing is kept. The caller pays and is logged as if the query were executed.

use super::answer::{self, Answer, MediaType};
use super::graphiql::{is_known, tag_of};
use crate::database::changes::Version;
use actix_web::HttpRequest;
use actix_web::body::MessageBody;
use actix_web::http::header::{AUTHORIZATION, EntityTag, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use chrono::NaiveDate;
use quick_cache::{Weighter, sync::Cache};
use std::sync::Arc;

/// Bytes of all answers that are kept, with their queries.
const MOST: u64 = 32 << 20;
/// Longest answer that is kept, and longest query string, in bytes.
const LONGEST: usize = 1 << 20;
const LONGEST_QUERY: usize = 8 << 10;
/// Bytes that an answer takes beside its text.
const OVERHEAD: usize = 256;
/// Answers that are expected to fit.
const EXPECTED: usize = 4_096;

/// What is asked: the query string as sent, since the same question is sent in the same words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Question {
    media: MediaType,
    query: Box<str>,
}

/// A query that was executed for the public over GET: as of when, and what it costs its caller.
pub(super) struct Executed {
    /// The version of the directory before it was executed.
    pub(super) version: Version,
    pub(super) day: NaiveDate,
    /// The cost of reading the document, and of the fields that it visits.
    pub(super) reading: u64,
    pub(super) visits: u64,
    /// Name of the operation, for the log.
    pub(super) name: Option<String>,
}

/// An answer that is kept.
pub(super) struct Kept {
    pub(super) of: Executed,
    tag: EntityTag,
    body: Bytes,
}

#[derive(Clone)]
struct Size;

impl Weighter<Question, Arc<Kept>> for Size {
    fn weight(&self, question: &Question, kept: &Arc<Kept>) -> u64 {
        (question.query.len() + kept.body.len() + OVERHEAD) as u64
    }
}

/// The answers of one server.
pub(super) struct PublicAnswers {
    kept: Cache<Question, Arc<Kept>, Size>,
    caching: HeaderValue,
    /// Whether caches in between may give an answer to others.
    pub(super) is_shared: bool,
}

impl PublicAnswers {
    /// With the seconds for which a cache in between may give an answer without asking again.
    pub(super) fn new(max_age: u32) -> Self {
        let caching = match max_age {
            0 => "public, no-cache".to_owned(),
            seconds => format!("public, max-age={seconds}"),
        };
        Self {
            kept: Cache::with_weighter(EXPECTED, MOST, Size),
            caching: HeaderValue::try_from(caching).unwrap_or(HeaderValue::from_static("no-store")),
            is_shared: max_age > 0,
        }
    }

    /// The answer to a request that is what would be answered now.
    pub(super) fn get(
        &self,
        request: &HttpRequest,
        media: MediaType,
        version: Version,
        today: NaiveDate,
    ) -> Option<Arc<Kept>> {
        let question = Question::of(request, media)?;
        self.kept.get(&question).filter(|kept| kept.of.version == version && kept.of.day == today)
    }

    /// The HTTP answer of one that is kept.
    pub(super) fn answer(&self, request: &HttpRequest, media: MediaType, kept: &Kept) -> Answer {
        let (status, body) = match is_known(request, &kept.tag) {
            true => (StatusCode::NOT_MODIFIED, Bytes::new()),
            false => (StatusCode::OK, kept.body.clone()),
        };
        Answer {
            response: answer::public(status, media, &kept.tag, &self.caching, body),
            status: "ok".into(),
        }
    }

    /// Keeps an answer that was executed as of a version, and gives it its entity tag.
    pub(super) fn keep(
        &self,
        request: &HttpRequest,
        media: MediaType,
        of: Executed,
        answer: Answer,
    ) -> Answer {
        let is_whole = answer.status == "ok" && answer.response.status() == StatusCode::OK;
        let Some(question) = Question::of(request, media).filter(|_| is_whole) else { return answer };
        let (head, body) = answer.response.into_parts();
        let body = match body.try_into_bytes() {
            Ok(body) => body,
            Err(body) => return Answer { response: head.set_body(body), status: answer.status },
        };
        // The same content has the same tag, on every instance and after a restore. The encoding is not in it.
        let tag = EntityTag::new_weak(tag_of(&body).tag().to_owned());
        let kept = Arc::new(Kept { of, tag, body });
        if kept.body.len() <= LONGEST {
            self.kept.insert(question, Arc::clone(&kept));
        }
        self.answer(request, media, &kept)
    }
}

impl Question {
    fn of(request: &HttpRequest, media: MediaType) -> Option<Self> {
        let query = request.query_string();
        (is_asked(request) && query.len() <= LONGEST_QUERY).then(|| Self { media, query: query.into() })
    }
}

/// Whether a request asks over GET without any credentials.
pub(super) fn is_asked(request: &HttpRequest) -> bool {
    *request.method() == Method::GET && !request.headers().contains_key(AUTHORIZATION)
}
