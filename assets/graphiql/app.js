// Starts GraphiQL. Whatever token there is comes from session.js and goes to /graphql only.
'use strict';

async function withToken(url, options) {
  const headers = new Headers(options.headers);
  const value = await session.token();
  if (value !== '' && !headers.has('Authorization')) {
    headers.set('Authorization', `Bearer ${value}`);
  }
  return fetch(url, { ...options, headers });
}

async function start() {
  const answer = await fetch('/graphiql/examples.json');
  const examples = answer.ok ? await answer.json() : [];
  const fetcher = GraphiQL.createFetcher({
    url: '/graphql',
    fetch: withToken,
    enableIncrementalDelivery: false,
  });
  const page = React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: examples.map((query) => ({ query })),
    inputValueDeprecation: true,
    shouldPersistHeaders: false,
  });
  ReactDOM.createRoot(document.getElementById('graphiql')).render(page);
}

start();
