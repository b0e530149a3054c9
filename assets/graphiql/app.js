// Starts GraphiQL. Whatever token there is comes from session.js and goes to /graphql only.
'use strict';

async function withToken(url, options) {
  const headers = new Headers(options.headers);
  const value = await session.token();
  if (value !== '' && !headers.has('Authorization')) {
    headers.set('Authorization', `Bearer ${value}`);
  }
  const answer = await fetch(url, { ...options, headers });
  showLinks(answer.clone());
  return answer;
}

// The links of an answer that open a page of this server: sheets to print.
async function showLinks(answer) {
  const found = [];
  const look = (value, name) => {
    if (typeof value === 'string' && name === 'url' && /^\/liaison-sheets\/[^/]+\/print#/.test(value)) {
      found.push(value);
    } else if (value && typeof value === 'object') {
      Object.entries(value).forEach(([below, inner]) => look(inner, below));
    }
  };
  look(await answer.json().catch(() => null), '');
  const links = found.slice(0, 20).map((url, number) => {
    const link = document.createElement('a');
    Object.assign(link, { href: url, target: '_blank', rel: 'noopener', textContent: `印刷 / Print ${number + 1}` });
    return link;
  });
  document.getElementById('links').replaceChildren(...links);
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
    plugins: [words],
    shouldPersistHeaders: false,
  });
  ReactDOM.createRoot(document.getElementById('graphiql')).render(page);
}

start();
