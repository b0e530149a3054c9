//! The types of a page of a list: rows with their cursors for Relay, and the rows alone.

/// Declares a connection and its edge: `Connection of Edge of Node { more fields }`.
macro_rules! connection {
    (
        $(#[$meta:meta])*
        $connection:ident of
        $(#[$edge_meta:meta])*
        $edge:ident of
        $(#[$node_meta:meta])*
        $node:ty
        $({ $($more:tt)* })?
    ) => {
        $(#[$edge_meta])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// Opaque place in the list; give it back as `after`.
            cursor: String,
            $(#[$node_meta])*
            node: $node,
        }

        $(#[$meta])*
        pub struct $connection {
            edges: Vec<$edge>,
            page_info: $crate::pagination::PageInfo,
        }

        impl $connection {
            /// A page of rows with their cursors.
            pub fn new(
                rows: impl IntoIterator<Item = (String, $node)>,
                page_info: $crate::pagination::PageInfo,
            ) -> Self {
                let edges = rows.into_iter().map(|(cursor, node)| $edge { cursor, node }).collect();
                Self { edges, page_info }
            }
        }

        $(#[$meta])*
        #[async_graphql::Object]
        impl $connection {
            /// The rows of the page, each with its cursor.
            async fn edges(&self) -> &[$edge] {
                &self.edges
            }

            /// The rows of the page.
            async fn nodes(&self) -> Vec<&$node> {
                self.edges.iter().map(|edge| &edge.node).collect()
            }

            /// What lies before and after the page.
            async fn page_info(&self) -> &$crate::pagination::PageInfo {
                &self.page_info
            }

            $($($more)*)?
        }
    };
}

pub(crate) use connection;
