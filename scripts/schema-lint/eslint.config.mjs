// The rules of graphql-eslint for schemas, all of them but those named here with a reason.
import graphql from '@graphql-eslint/eslint-plugin';

const { rules: all } = graphql.configs['flat/schema-all'];
const { rules: relay } = graphql.configs['flat/schema-relay'];
const [, names] = all['@graphql-eslint/naming-convention'];

export default [
  {
    files: ['schema.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...all,
      ...relay,
      // Fields stand in the order in which people need them.
      '@graphql-eslint/alphabetize': 'off',
      // Most types are values (an address, a fee, a word): only records have an id.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Mutations are wanted, and give the changed record back rather than all of `Query`.
      '@graphql-eslint/no-root-type': 'off',
      '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',
      // `viewer` cannot fail; tests/api/schema.rs looks at the fields that can.
      '@graphql-eslint/require-nullable-result-in-root': 'off',
      // It takes the directive @specifiedBy, which stands on the scalars, for unused; graphql-schema-linter finds types
      // that are not used.
      '@graphql-eslint/no-unreachable-types': 'off',
      // CareServiceType is a type of care service (サービスの種類).
      '@graphql-eslint/naming-convention': [
        'error',
        { ...names, 'ObjectTypeDefinition,ObjectTypeExtension': { forbiddenPrefixes: ['Type'] } },
      ],
      // Lists that are computed page by page go forward only.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // Edges of lists of values, such as the days of a calendar, hold no `Node`; short lists need no connection.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
    },
  },
];
