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

// Fields that GraphiQL fills in where none is chosen: words as their labels, of a list its rows, and what needs no sign-in.
function defaultFields(type) {
  const fields = Object.values(type?.getFields?.() ?? {});
  const has = (name) => fields.some((field) => field.name === name);
  const named = ({ type: of }) => {
    let inner = of;
    while (inner.ofType) inner = inner.ofType;
    return inner;
  };
  if (has('value') && has('label')) return ['label'];
  if (has('nodes') && has('pageInfo')) return ['nodes'];
  const isPlain = (field) => field.args.length === 0 && field.name !== 'personName';
  const isShown = (field) => !named(field).getFields || named(field).name.endsWith('Term');
  return fields.filter((field) => isPlain(field) && isShown(field)).map((field) => field.name);
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
    visiblePlugin: window.innerWidth > 1000 ? words : undefined,
    getDefaultFieldNames: defaultFields,
    shouldPersistHeaders: false,
  });
  ReactDOM.createRoot(document.getElementById('graphiql')).render(page);
}

start();
