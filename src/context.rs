//! The context of one request in the graph: its viewer, the databases and the batches.

use crate::audit::{Author, Occasion, Reads};
use crate::auth::Viewer;
use crate::auth::policy::{self, Action};
use crate::auth::signing::SigningKeys;
use crate::database::{Databases, WriteTransaction};
use crate::error::{Error, Result};
use crate::picture::{Pictures, View};
use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::runtime::{Timer, TokioSpawner};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use japan::clock::Clock;
use sea_orm::{DatabaseConnection, DbErr};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Added to every GraphQL request by the server; the only value that resolvers look up by type.
pub struct RequestContext {
    /// The viewer of the request.
    pub viewer: Viewer,
    databases: Databases,
    directory: Arc<Directory>,
    keys: SigningKeys,
    loader: DataLoader<Batch>,
    occasion: Arc<Occasion>,
    deadline: Instant,
    reads: Reads,
    refused: Mutex<HashSet<&'static str>>,
}

/// Loads records of one kind for many rows at once, within the scope of the viewer. Each domain's store
/// implements [`Loader`] for its key.
pub struct Batch {
    /// The viewer of the request.
    pub viewer: Viewer,
    databases: Databases,
    directory: Arc<Directory>,
}

/// The directory as the viewer may see it: the same for all fields of a query, and with what a mutation has changed.
struct Directory {
    viewer: Viewer,
    pictures: Pictures,
    view: Mutex<Option<Arc<View>>>,
    /// Whether the request has begun to change something.
    changes: AtomicBool,
}

impl Directory {
    async fn view(&self) -> std::result::Result<Arc<View>, DbErr> {
        let held = || self.view.lock().unwrap_or_else(PoisonError::into_inner);
        let known = held().clone().filter(|_| !self.changes.load(Ordering::Acquire));
        if let Some(view) = known {
            return Ok(view);
        }
        let view = self.pictures.visible_to(&self.viewer).await?;
        *held() = Some(Arc::clone(&view));
        Ok(view)
    }
}

impl Batch {
    /// The directory as the viewer may see it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view(&self) -> std::result::Result<Arc<View>, BatchError> {
        Ok(self.directory.view().await?)
    }

    /// Where to read.
    pub fn db(&self) -> &DatabaseConnection {
        &self.databases.read
    }
}

/// Delays a batch by one turn of the runtime, so that all resolvers that are ready have added their keys. A
/// timer of Tokio, even of zero length, would wait for its next millisecond.
struct NextTurn;

impl Timer for NextTurn {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        tokio::task::yield_now().boxed()
    }
}

/// Why a batch failed, shared by all resolvers that waited for it.
pub type BatchError = Arc<DbErr>;

impl RequestContext {
    /// A new context for one request, whose changes wait for the writer until the deadline. Batches wait one
    /// turn: the fields of one level of a list add their keys in the same turn.
    pub fn new(
        databases: &Databases,
        pictures: Pictures,
        keys: SigningKeys,
        viewer: Viewer,
        occasion: impl Into<Arc<Occasion>>,
        deadline: Instant,
    ) -> Self {
        let changes = AtomicBool::new(false);
        let directory = Directory { viewer: viewer.clone(), pictures, view: Mutex::default(), changes };
        let directory = Arc::new(directory);
        let batch =
            Batch { viewer: viewer.clone(), databases: databases.clone(), directory: Arc::clone(&directory) };
        let loader = DataLoader::new(batch, TokioSpawner::current(), NextTurn);
        Self {
            viewer,
            databases: databases.clone(),
            directory,
            keys,
            loader,
            occasion: occasion.into(),
            deadline,
            reads: Reads::default(),
            refused: Mutex::default(),
        }
    }

    /// The instant at which the request began: all of it is answered as of then.
    pub fn clock(&self) -> Clock {
        self.viewer.clock()
    }

    /// The viewer as the author of changes and audit entries made now: to be asked for once, after the transaction began.
    pub fn author(&self) -> Author {
        Author::of(&self.viewer, self.occasion.clone())
    }

    /// The error for a field that the viewer can never read.
    pub fn refusal(&self) -> Error {
        match self.viewer.identity() {
            None => Error::Unauthenticated,
            Some(_) => Error::Forbidden,
        }
    }

    /// The request and operation, for the audit.
    pub fn occasion(&self) -> &Arc<Occasion> {
        &self.occasion
    }

    /// Data for care professionals that this operation has read: each resolver that answers some notes it
    /// here.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The keys that sign access tokens.
    pub fn keys(&self) -> &SigningKeys {
        &self.keys
    }

    /// Refuses a field that the viewer's roles never open.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` for the public, `FORBIDDEN` for authenticated viewers.
    pub fn require(&self, action: Action) -> Result<()> {
        if policy::row_scope(self.viewer.permissions(), action).exists() {
            return Ok(());
        }
        Err(self.refusal())
    }

    /// Whether a field, named `Type.field`, is refused for the first time in this request.
    pub fn refuses_first(&self, field: &'static str) -> bool {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).insert(field)
    }

    /// Begins the transaction of a mutation.
    ///
    /// # Errors
    /// [`Error::Busy`] when another writer, such as an import, held the lock until the deadline.
    pub async fn begin_write(&self) -> Result<WriteTransaction> {
        self.directory.changes.store(true, Ordering::Release);
        self.databases.begin_write_until(self.deadline).await.map_err(Error::of_begin)
    }

    /// Begins the transaction of a mutation that rewrites the directory, as imports do.
    ///
    /// # Errors
    /// [`Error::Busy`] when other writers held the lock until the deadline.
    pub async fn begin_rewrite(&self) -> Result<WriteTransaction> {
        self.directory.changes.store(true, Ordering::Release);
        self.databases.begin_rewrite_until(self.deadline).await.map_err(Error::of_begin)
    }

    /// The context of the request being answered.
    pub fn of<'a>(ctx: &Context<'a>) -> &'a Self {
        ctx.data_unchecked::<Self>()
    }

    /// Where to read.
    pub fn db(&self) -> &DatabaseConnection {
        &self.databases.read
    }

    /// The directory as the viewer may see it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view(&self) -> Result<Arc<View>> {
        Ok(self.directory.view().await?)
    }

    /// Loads one record, batched with all others requested in the same turn.
    pub async fn load<K>(&self, key: K) -> Result<Option<<Batch as Loader<K>>::Value>>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Batch: Loader<K, Error = BatchError>,
    {
        Ok(self.loader.load_one(key).await?)
    }

    /// Loads several records in one batch; those that do not exist are left out.
    pub async fn load_many<K>(
        &self,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<HashMap<K, <Batch as Loader<K>>::Value>>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Batch: Loader<K, Error = BatchError>,
    {
        Ok(self.loader.load_many(keys).await?)
    }

    /// Loads the list of a record, empty if it has none.
    pub async fn load_list<K, T>(&self, key: K) -> Result<Arc<Vec<T>>>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        T: Send + Sync + 'static,
        Batch: Loader<K, Value = Arc<Vec<T>>, Error = BatchError>,
    {
        Ok(self.load(key).await?.unwrap_or_default())
    }
}

/// Rows grouped by the key they belong to, in the order in which they were read.
pub fn grouped<K: Eq + Hash, T>(rows: impl IntoIterator<Item = (K, T)>) -> HashMap<K, Arc<Vec<T>>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for (key, row) in rows {
        groups.entry(key).or_default().push(row);
    }
    groups.into_iter().map(|(key, rows)| (key, Arc::new(rows))).collect()
}
