//! GraphQL over HTTP: read, check, execute within the time limit, answer, log one line.

use super::answer::{self, Answer, MediaType};
use super::budget::{self, Address, Caller, Charge};
use super::params::{self, Params};
use super::public::{self, Executed};
use super::request_id::{RequestId, milliseconds};
use super::{State, bearer, document};
use crate::audit::{self, Author, Occasion, Reads};
use crate::auth::Viewer;
use crate::context::RequestContext;
use crate::error::Error;
use crate::plan::Plan;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, rt, web};
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, Response, ServerError, Variables};
use futures_util::FutureExt;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::Instant as Deadline;
use tracing::Instrument;

const LONGEST_LOGGED_NAME: usize = 64;
/// How long a caller may take to send a request of at most 64 KiB.
const READING: Duration = Duration::from_secs(10);
/// The part of an operation's time for which a change may wait for the writer; the rest is for the change itself.
const WAITING: f64 = 0.8;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/graphql").to(answer));
}

async fn answer(request: HttpRequest, body: web::Payload, state: web::Data<State>) -> HttpResponse {
    let id = RequestId::of(&request);
    let start = Instant::now();
    let mut operation = Operation::default();
    // The line below is written for every operation; the span names the request in all other lines.
    let span = tracing::error_span!("operation", request_id = id.as_str());
    let answer = process(&request, &id, body, &state, &mut operation).instrument(span).await;
    tracing::info!(
        request_id = id.as_str(),
        kind = operation.kind,
        name = operation.name,
        status = answer.status,
        ms = milliseconds(start),
        "operation"
    );
    answer.response
}

/// The parts of an operation that may be logged: never its variables, never its text.
#[derive(Default)]
struct Operation {
    kind: Option<&'static str>,
    name: Option<String>,
}

async fn process(
    request: &HttpRequest,
    id: &RequestId,
    body: web::Payload,
    state: &State,
    operation: &mut Operation,
) -> Answer {
    let media = params::negotiate(request);
    if let Some(cause) = refused_by_the_database(state) {
        return answer::unavailable(media.unwrap_or(MediaType::Json), &cause);
    }
    let address = state.address(request);
    if let Some(answer) = kept(request, media, address, state, operation) {
        return answer;
    }
    // The viewer is authenticated after the whole request has arrived, so that a client cannot keep an
    // outdated permission by sending its body slowly.
    let params = match rt::time::timeout(READING, params::read(request, body)).await {
        Ok(params) => params,
        Err(_) => Err(params::Rejection::too_slow()),
    };
    let asked = bearer::viewer(request, state).await;
    let caller =
        asked.as_ref().map_or_else(|_| Caller::public(address), |viewer| Caller::of(viewer, address));
    // A malformed request and an invalid token are charged as well.
    let mut charge = state.budgets().charge(caller);
    let mut answer = charged(request, id, media, asked, params, state, &mut charge, operation).await;
    tell(&charge, &mut answer, state);
    answer
}

/// Tells a caller what is left of its budget, unless others get the same answer from a cache.
fn tell(charge: &Charge<'_>, answer: &mut Answer, state: &State) {
    let is_shared = state.public().is_shared && answer.response.headers().contains_key(header::ETAG);
    if !is_shared {
        charge.tell(answer.response.headers_mut());
    }
}

/// The answer to a public query over GET that is kept and still right. Its caller is charged as for executing it.
fn kept(
    request: &HttpRequest,
    media: Option<MediaType>,
    address: Address,
    state: &State,
    operation: &mut Operation,
) -> Option<Answer> {
    let (media, version) = (media?, public::is_asked(request).then(|| state.databases().version())??);
    let kept = state.public().get(request, media, version, bearer::clock().today())?;
    (operation.kind, operation.name) = (Some("query"), kept.of.name.clone());
    let mut charge = state.budgets().charge(Caller::public(address));
    let costs = [budget::FLOOR, kept.of.reading, kept.of.visits];
    let charged = costs.into_iter().try_for_each(|cost| charge.raise_to(cost));
    let mut answer = match charged {
        Ok(()) => state.public().answer(request, media, &kept),
        Err(wait) => answer::put_off(media, wait),
    };
    tell(&charge, &mut answer, state);
    Some(answer)
}

/// Answers a request, and charges each piece of work before it is done.
#[expect(clippy::too_many_arguments, reason = "one call site; a struct would only move the names")]
async fn charged(
    request: &HttpRequest,
    id: &RequestId,
    media: Option<MediaType>,
    asked: Result<Viewer, Error>,
    params: Result<Params, params::Rejection>,
    state: &State,
    charge: &mut Charge<'_>,
    operation: &mut Operation,
) -> Answer {
    if let Err(wait) = charge.raise_to(budget::FLOOR) {
        return answer::put_off(media.unwrap_or(MediaType::Json), wait);
    }
    let Some(media) = media else {
        let message = "Accept application/graphql-response+json or application/json.";
        let error = Error::invalid("request", message);
        return answer::reject(StatusCode::NOT_ACCEPTABLE, MediaType::Json, &error);
    };
    let viewer = match asked {
        Ok(viewer) => viewer,
        Err(error) => return answer::reject_token(media, &error),
    };
    let mut params = match params {
        Ok(params) => params,
        Err(params::Rejection(status, error)) => return answer::reject(status, media, &error),
    };
    let offered = match state.persisted().resolve(&mut params) {
        Ok(offered) => offered,
        Err(error) => return answer::refuse(media, answer::in_response(&error)),
    };
    let reading = document::cost_of_reading(&params.query);
    if let Err(wait) = charge.raise_to(reading) {
        return answer::put_off(media, wait);
    }
    let prepared = match prepare(params, state, operation) {
        Ok(prepared) => prepared,
        Err(error) => return answer::refuse(media, *error),
    };
    if let Some(offered) = offered.filter(|_| prepared.kind == OperationType::Query) {
        state.persisted().know(offered);
    }
    if *request.method() == Method::GET && prepared.kind != OperationType::Query {
        let error = Error::invalid("request", "Only queries are answered over GET; use POST.");
        return answer::reject(StatusCode::METHOD_NOT_ALLOWED, media, &error);
    }
    if let Err(wait) = charge.raise_to(prepared.visits).and_then(|()| charge.write(prepared.writes)) {
        return answer::put_off(media, wait);
    }
    let occasion = Occasion { request_id: Some(id.as_str().to_owned()), operation: operation.name.clone() };
    // Read before anything is: what changes from here on makes the answer one of an older version.
    let version = public::is_asked(request).then(|| state.databases().version()).flatten();
    let (asker, day) = (viewer.clone(), viewer.today());
    let (answer, is_logged) = execute(&prepared, viewer, occasion.into(), state, media).await;
    match version.filter(|_| !is_logged && !asker.depends_on_instant()) {
        Some(version) => {
            let (visits, name) = (prepared.visits, operation.name.clone());
            let executed = Executed { version, day, reading, visits, name };
            state.public().keep(request, media, executed, answer)
        }
        None => answer,
    }
}

/// The error for every request while the database can answer none.
fn refused_by_the_database(state: &State) -> Option<Error> {
    let readiness = state.databases().health().readiness();
    readiness.refuses_everything().then(|| Error::Unavailable(readiness.into()))
}

struct Prepared {
    document: Arc<document::Parsed>,
    variables: Variables,
    operation_name: Option<String>,
    kind: OperationType,
    visits: u64,
    writes: document::Writes,
}

/// Parses a document and measures it before anything else walks it.
fn prepare(params: Params, state: &State, operation: &mut Operation) -> Result<Prepared, Box<ServerError>> {
    let ours = |error: Error| Box::new(answer::in_response(&error));
    let document = state.documents().parse(&params.query)?;
    let mut variables = Variables::from_json(params.variables.into());
    let (name, chosen) = document::choose(&document, params.operation_name.as_deref()).map_err(ours)?;
    operation.kind = Some(document::kind_name(chosen));
    operation.name = name.filter(|name| name.len() <= LONGEST_LOGGED_NAME).map(str::to_owned);
    let kind = chosen.ty;
    document::fill_defaults(chosen, &mut variables);
    let visits = document::check(&document, &variables, state.catalogue()).map_err(ours)?;
    document.check(state.catalogue())?;
    let writes = document::writes(&document, chosen);
    document::check_writes(writes).map_err(ours)?;
    document::check_required_variables(chosen, &variables).map_err(ours)?;
    Ok(Prepared { document, variables, operation_name: params.operation_name, kind, visits, writes })
}

impl Prepared {
    /// The text was parsed already and is not needed again.
    fn request(&self, context: RequestContext) -> Request {
        let mut request = Request::new("").variables(self.variables.clone()).data(context);
        request.operation_name = self.operation_name.clone();
        request.set_parsed_query(ExecutableDocument::clone(&self.document));
        request
    }
}

/// Executes an operation. Answers also whether reading it is written to the audit.
async fn execute(
    prepared: &Prepared,
    viewer: Viewer,
    occasion: Arc<Occasion>,
    state: &State,
    media: MediaType,
) -> (Answer, bool) {
    let deadline = Deadline::now() + state.operation_timeout();
    let is_query = prepared.kind == OperationType::Query;
    let attempts = Attempts { prepared, viewer: &viewer, occasion: &occasion, state };
    let (response, reads) = match in_time(attempts, deadline, media).await {
        Ok(Done::Executed(response, reads)) => (*response, reads),
        Ok(Done::Plain(body)) => return (answer::plain(media, body), false),
        Err(answer) => return (answer, false),
    };
    let things = reads.things();
    let is_logged = !things.is_empty();
    let answer = match remember(state, things, || Author::of(&viewer, occasion), deadline).await {
        Ok(()) => answer::executed(media, response),
        Err(cause) if !is_query => {
            cause.log_cause();
            answer::abandon(media, &Error::Unshown)
        }
        Err(cause) => answer::abandon(media, &answer::logged(cause)),
    };
    (answer, is_logged)
}

/// What an operation has given.
enum Done {
    /// JSON that its plan has written.
    Plain(Vec<u8>),
    /// The response of the library, and what was read for it.
    Executed(Box<Response>, Reads),
}

/// Runs an operation until its deadline.
///
/// # Errors
/// With the answer when it did not end, or the database did not answer it.
async fn in_time(attempts: Attempts<'_>, deadline: Deadline, media: MediaType) -> Result<Done, Answer> {
    let state = attempts.state;
    let is_query = attempts.prepared.kind == OperationType::Query;
    let work = AssertUnwindSafe(attempts.run()).catch_unwind();
    let worked = tokio::select! {
        worked = tokio::time::timeout_at(deadline, work) => worked,
        // A change is not broken off here: its commit may be under way. It gives up by itself while it waits.
        () = state.databases().health().until_nothing_can_be_answered(), if is_query => {
            let gone = state.databases().health().readiness();
            return Err(answer::unavailable(media, &Error::Unavailable(gone.into())));
        }
    };
    let (mut response, reads) = match worked {
        Ok(Ok(Done::Executed(response, reads))) => (*response, reads),
        Ok(Ok(plain)) => return Ok(plain),
        Ok(Err(panic)) => {
            return Err(answer::abandon(media, &answer::logged(Error::internal(panic_text(&*panic)))));
        }
        Err(_) if is_query => return Err(answer::abandon(media, &Error::Timeout)),
        Err(_) => return Err(answer::abandon(media, &Error::TimeoutOfChange)),
    };
    if is_query && response.errors.is_empty() {
        attempts.plan().inspect(|plan| plan.learn(&attempts.prepared.variables));
    }
    document::explain(&mut response.errors, state.catalogue());
    if is_query && answer::failed_for_the_database(&response) {
        let gone = Error::Unavailable("a read failed for the database".into());
        return Err(answer::unavailable(media, &gone));
    }
    Ok(Done::Executed(Box::new(response), reads))
}

/// An operation of a caller, which may be run more than once.
struct Attempts<'a> {
    prepared: &'a Prepared,
    viewer: &'a Viewer,
    occasion: &'a Arc<Occasion>,
    state: &'a State,
}

impl Attempts<'_> {
    /// Runs the operation. A query whose connection to the database was cut runs once more: a server that was
    /// started anew, or another that took its place, has forgotten the connections of the pool.
    async fn run(&self) -> Done {
        if let Some(body) = self.by_plan().await {
            return Done::Plain(body);
        }
        let (response, reads) = self.once().await;
        if self.prepared.kind == OperationType::Query && answer::failed_for_the_database(&response) {
            self.state.databases().doubt_connections();
            let (response, reads) = self.once().await;
            return Done::Executed(Box::new(response), reads);
        }
        Done::Executed(Box::new(response), reads)
    }

    fn plan(&self) -> Option<&Plan> {
        self.prepared.document.plan(self.viewer).filter(|_| self.state.has_plans())
    }

    /// The answer as JSON, when the plan of the document can give it; whatever goes wrong is left to the library.
    async fn by_plan(&self) -> Option<Vec<u8>> {
        self.plan()?.answer(&self.context(), &self.prepared.variables).await
    }

    fn context(&self) -> RequestContext {
        let state = self.state;
        let until = Deadline::now() + state.operation_timeout().mul_f64(WAITING);
        let (databases, keys) = (state.databases(), state.authenticator().keys().clone());
        let (pictures, viewer, occasion) =
            (state.pictures().clone(), self.viewer.clone(), self.occasion.clone());
        RequestContext::new(databases, pictures, keys, viewer, occasion, until)
    }

    async fn once(&self) -> (Response, Reads) {
        let context = self.context();
        let reads = context.reads().clone();
        (self.state.execute(self.prepared.request(context)).await, reads)
    }
}

/// Writes reads of data that only care professionals may see to the audit, before the answer leaves.
///
/// # Errors
/// [`Error::Busy`] when other writers held the lock until the deadline; then the answer must not leave.
pub(super) async fn remember(
    state: &State,
    things: Vec<String>,
    author: impl FnOnce() -> Author,
    deadline: Deadline,
) -> Result<(), Error> {
    if things.is_empty() {
        return Ok(());
    }
    let transaction = state.databases().begin_write_until(deadline).await.map_err(Error::of_begin)?;
    let written = async {
        audit::record_reads(&transaction, &author(), things).await?;
        Ok(transaction.commit().await?)
    };
    // An entry may be there without an answer, never an answer without its entry.
    tokio::select! {
        written = tokio::time::timeout_at(deadline, written) => written.unwrap_or(Err(Error::Timeout)),
        () = state.databases().health().until_nothing_can_be_answered() => {
            Err(Error::Unavailable(state.databases().health().readiness().into()))
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panicked: {}", text.unwrap_or_default())
}
