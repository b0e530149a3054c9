//! Keeps the newest picture, by the change log of the database.
//!
//! A picture answers only while it is known to be the newest: the log was looked at within the last second, and nothing
//! stands in it that the picture does not have. Otherwise the request waits until what is missing was read. After a change of
//! more than 10,000 resources, such as an import of a prefecture, the older picture goes on, without what was closed, until
//! a new one was built beside it.

use super::change::Touched;
use super::liaison::Liaison;
use super::load;
use super::snapshot::{Part, Picture};
use crate::auth::Viewer;
use crate::database::Databases;
use crate::database::changes::{self, Version};
use arc_swap::ArcSwapOption;
use sea_orm::DbErr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;

/// A picture of up to so many resources is built while requests wait: it takes less than a second.
const QUICKLY_BUILT: u64 = 50_000;
/// After a picture could not be built.
const RETRY: Duration = Duration::from_secs(1);

/// The newest picture. Cheap to clone.
#[derive(Clone)]
pub struct Pictures(Arc<Shared>);

struct Shared {
    databases: Databases,
    newest: ArcSwapOption<Picture>,
    /// Held by who makes the next picture.
    keeper: Mutex<Keeper>,
    is_building: AtomicBool,
    /// A picture of up to so many resources is built while requests wait.
    quickly_built: u64,
}

#[derive(Default)]
struct Keeper {
    /// Up to where the log is in the newest picture.
    seq: Option<i64>,
}

impl Pictures {
    /// The pictures of a database; the first one is built when it is asked for.
    pub fn of(databases: Databases) -> Self {
        Self::built_beside(databases, QUICKLY_BUILT)
    }

    /// The same; those of more than so many resources are built beside the older one after large changes.
    pub fn built_beside(databases: Databases, quickly_built: u64) -> Self {
        let (newest, keeper) = (ArcSwapOption::empty(), Mutex::default());
        let is_building = AtomicBool::new(false);
        Self(Arc::new(Shared { databases, newest, keeper, is_building, quickly_built }))
    }

    /// The directory as it is now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn newest(&self) -> Result<Arc<Picture>, DbErr> {
        let version = self.0.databases.latest().await?;
        if let Some(picture) = self.0.newest.load_full().filter(|picture| picture.is_of(version)) {
            return Ok(picture);
        }
        let mut keeper = self.0.keeper.lock().await;
        if let Some(picture) = self.0.newest.load_full().filter(|picture| picture.is_of(version)) {
            return Ok(picture);
        }
        // Boxed: it is long, and nearly never needed.
        Box::pin(self.catch_up(&mut keeper, version)).await
    }

    /// What a viewer may see of the directory now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn visible_to(&self, viewer: &Viewer) -> Result<Arc<super::View>, DbErr> {
        Ok(self.newest().await?.visible_to(viewer))
    }

    /// Makes the picture of a version. Others wait for it.
    async fn catch_up(&self, keeper: &mut Keeper, version: Version) -> Result<Arc<Picture>, DbErr> {
        let (picture, seq) = (self.0.newest.load_full(), keeper.seq);
        let Some((picture, seq)) = picture.zip(seq) else {
            return self.build(keeper, version).await;
        };
        let db = self.0.databases.snapshot().await?;
        let (seq, touched) = Touched::since(seq, &db).await?;
        if touched.everything
            || (touched.is_large() && picture.count() + touched.count() < self.0.quickly_built)
        {
            drop(db);
            return self.build(keeper, version).await;
        }
        let is_large = touched.is_large();
        let touched = if is_large { touched.only_closed() } else { touched };
        let next = picture.after(touched, version.at(seq), &db).await?;
        drop(db);
        let is_scattered = next.is_scattered();
        let next = self.publish(keeper, seq, next);
        if is_large || is_scattered {
            self.build_beside();
        }
        Ok(next)
    }

    async fn build(&self, keeper: &mut Keeper, version: Version) -> Result<Arc<Picture>, DbErr> {
        let (seq, picture) = self.whole(version).await?;
        Ok(self.publish(keeper, seq, picture))
    }

    /// A picture that is built from nothing, and the number of the transaction as of which it is.
    async fn whole(&self, version: Version) -> Result<(i64, Picture), DbErr> {
        let db = self.0.databases.snapshot().await?;
        let seq = changes::newest(&db).await?;
        let parts = vec![Part::whole(load::everything(&db).await?)];
        let areas = Arc::new(load::areas(&db).await?);
        let liaison = Arc::new(Liaison::everything(&db).await?);
        Ok((seq, Picture::new(version.at(seq), parts, areas, liaison)))
    }

    fn publish(&self, keeper: &mut Keeper, seq: i64, picture: Picture) -> Arc<Picture> {
        let picture = Arc::new(picture);
        keeper.seq = Some(seq);
        self.0.newest.store(Some(Arc::clone(&picture)));
        let warmed = Arc::clone(&picture);
        tokio::task::spawn_blocking(move || warmed.warm());
        picture
    }

    /// Builds a whole picture beside the one that answers, which it then replaces. What takes long of it is done on threads
    /// where nobody waits (`load.rs`).
    fn build_beside(&self) {
        if !self.0.is_building.swap(true, Ordering::AcqRel) {
            let pictures = self.clone();
            tokio::spawn(async move {
                pictures.replace().await;
                pictures.0.is_building.store(false, Ordering::Release);
            });
        }
    }

    async fn replace(&self) {
        loop {
            match self.try_replace().await {
                Ok(true) => return,
                Ok(false) => tracing::debug!("the directory changed too much while its picture was built"),
                Err(cause) => {
                    tracing::warn!(error = %cause, "the picture of the directory could not be built; trying again");
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    /// Answers false when so much changed meanwhile that it has to be done again.
    async fn try_replace(&self) -> Result<bool, DbErr> {
        let (seq, picture) = self.whole(self.0.databases.latest().await?).await?;
        let mut keeper = self.0.keeper.lock().await;
        let version = self.0.databases.latest().await?;
        let db = self.0.databases.snapshot().await?;
        let (seq, touched) = Touched::since(seq, &db).await?;
        if touched.everything || touched.is_large() {
            return Ok(false);
        }
        let picture = picture.after(touched, version.at(seq), &db).await?;
        self.publish(&mut keeper, seq, picture);
        Ok(true)
    }
}
