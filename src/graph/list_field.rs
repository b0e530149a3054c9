//! The root field that lists the resources of a kind: its arguments and their descriptions, declared once.

/// Declares the queries of a kind: `Queries { fields before } field(kinds) -> Node; { fields after }`, where the kinds are an
/// expression of `Option<&[ResourceKind]>`; `field(kinds, argument)` where they follow from an argument of this name. The node
/// is [`crate::resources::Listed`].
macro_rules! list_field {
    (
        $(#[$meta:meta])*
        $queries:ident { $($before:tt)* }
        $(#[$doc:meta])*
        $field:ident($kinds:expr $(, $argument:ident)?) -> $node:ty;
        { $($after:tt)* }
    ) => {
        $(#[$meta])*
        #[derive(Default)]
        pub struct $queries;

        #[async_graphql::Object]
        impl $queries {
            $($before)*

            $(#[$doc])*
            #[expect(clippy::too_many_arguments, reason = "the arguments of a list field")]
            async fn $field(
                &self,
                ctx: &async_graphql::Context<'_>,
                $(
                    #[graphql(desc = "Kinds of resources; all without it.")]
                    $argument: Option<Vec<crate::resources::kinds::ResourceKind>>,
                )?
                #[graphql(desc = "What to list.")] filter: Option<crate::graph::filter::ResourceFilter>,
                #[graphql(
                    desc = "Words that must all occur in names, readings, address or organization; kana, width and old kanji do not matter."
                )]
                text: Option<String>,
                #[graphql(desc = "Only within a circle; also gives distances.")]
                near: Option<crate::resources::near::Near>,
                #[graphql(desc = "Without it: by distance with `near`, by relevance with `text`, else as entered.")]
                order_by: Option<crate::resources::kinds::ResourceOrder>,
                #[graphql(desc = "Page size from the front, 0 to 100; 20 without it.")] first: Option<i32>,
                #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
                #[graphql(desc = "Page size from the back, 0 to 100.")] last: Option<i32>,
                #[graphql(desc = "Cursor before which the page ends.")] before: Option<String>,
            ) -> Option<crate::resources::connection::Connection<$node>> {
                let page = crate::pagination::PageArguments { first, after, last, before };
                let arguments = crate::resources::connection::ListArguments { text, near, order_by, page };
                let found = async {
                    let today = crate::context::RequestContext::of(ctx).viewer.today();
                    let filter = filter.unwrap_or_default().resolve(today, $kinds)?;
                    crate::resources::connection::connect(ctx, filter, arguments).await
                };
                crate::error::OrNull::or_null(found.await, ctx)
            }

            $($after)*
        }
    };
}

pub(crate) use list_field;
