// Runs every audit of the GraphQL-over-HTTP specification against the URL given as argument.
// Ends with status 1 unless all 61 are ok: a suite that shrank is a failure too.
import { auditServer } from 'graphql-http';

const EXPECTED = 61;
const url = process.argv[2];
if (!url) {
  console.error('usage: node audit.mjs http://127.0.0.1:8080/graphql');
  process.exit(2);
}

const results = await auditServer({ url });
for (const { id, status, name, reason, response } of results) {
  if (status !== 'ok') {
    console.log(`${status} ${id} ${name}: ${reason} [${response?.status} ${response?.headers?.get('content-type')}]`);
  }
}
const passed = results.filter(({ status }) => status === 'ok').length;
console.log(`${passed} of ${EXPECTED} audits passed`);
process.exitCode = passed === EXPECTED && results.length === EXPECTED ? 0 : 1;
