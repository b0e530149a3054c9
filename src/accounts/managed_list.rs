//! The lists that an admin manages: accounts, and tokens of programs. Each is a root field with pages of its rows in
//! the order in which they were made.

/// Declares the queries and the connection of a managed list. `id` tells its cursors from those of other lists; the
/// list is for viewers who may do `action`.
macro_rules! managed_list {
    (
        $(#[$queries_doc:meta])*
        $queries:ident { $(#[$field_doc:meta])* $field:ident, id: $list:literal, action: $action:ident }
        $(#[$connection_doc:meta])*
        $connection:ident of $(#[$edge_doc:meta])* $edge:ident of $(#[$node_doc:meta])* $node:ident, table: $table:ident
    ) => {
        $(#[$queries_doc])*
        #[derive(Default)]
        pub struct $queries;

        #[async_graphql::Object]
        impl $queries {
            $(#[$field_doc])*
            async fn $field(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "How many, at most 100; 20 without it.")] first: Option<i32>,
                #[graphql(desc = "After this cursor of an earlier page.")] after: Option<String>,
            ) -> Option<$connection> {
                let context = crate::context::RequestContext::of(ctx);
                let page = crate::pagination::PageArguments { first, after, ..Default::default() };
                crate::error::Nullable::nullable(page_of(context, page).await, ctx)
            }
        }

        async fn page_of(
            context: &crate::context::RequestContext,
            page: crate::pagination::PageArguments,
        ) -> crate::error::Result<Option<$connection>> {
            use entity::$table::{Column, Entity};
            context.require(crate::auth::policy::Action::$action)?;
            let page = page.page($list)?;
            let (db, viewer) = (context.db(), &context.viewer);
            let rows = crate::accounts::store::page::<Entity>(db, viewer, Column::Id, &page).await?;
            let rows = rows.into_iter().map($node).collect();
            let (rows, page_info) = page.forward($list, rows, |node: &$node| node.0.id);
            Ok(Some($connection::new(rows, page_info)))
        }

        crate::connection::connection! {
            $(#[$connection_doc])*
            $connection of
            $(#[$edge_doc])*
            $edge of
            $(#[$node_doc])*
            $node
            {
            /// How many there are in the whole list (件数). Counted only when asked for.
            async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> crate::error::Result<u64> {
                let context = crate::context::RequestContext::of(ctx);
                crate::accounts::store::count::<entity::$table::Entity>(context.db(), &context.viewer).await
            }
            }
        }
    };
}

pub(crate) use managed_list;
