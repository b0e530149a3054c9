// A pane of GraphiQL that finds types, fields, arguments and words by what their descriptions say: 通いの場, 往診, a fee.
'use strict';

const words = (() => {
  const MOST = 60;
  const INTROSPECTION = `{ __schema { types { name description
    fields { name description args { name description } } inputFields { name description }
    enumValues { name description } } } }`;
  const LABELS = '{ vocabularies { name terms { value label reading englishLabel } } }';
  const create = React.createElement;
  let loading = null;

  // One form for half and full width, capitals and katakana.
  function folded(text) {
    const plain = (text ?? '').normalize('NFKC').toLowerCase();
    return plain.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  }

  async function ask(query) {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await answer.json()).data;
  }

  async function load() {
    const [{ __schema }, { vocabularies }] = await Promise.all([ask(INTROSPECTION), ask(LABELS)]);
    const said = new Map();
    for (const { name, terms } of vocabularies) {
      for (const { value, label, reading, englishLabel } of terms) {
        said.set(`${name}.${value}`, `${label} ${reading} ${englishLabel}`);
      }
    }
    const found = [];
    const add = (name, description, more = '') => {
      found.push({ name, description: description ?? '', key: folded(`${name} ${description} ${more}`) });
    };
    for (const type of __schema.types.filter(({ name }) => !name.startsWith('__') && !name.endsWith('Term'))) {
      add(type.name, type.description);
      for (const field of [...(type.fields ?? []), ...(type.inputFields ?? [])]) {
        add(`${type.name}.${field.name}`, field.description);
        for (const argument of field.args ?? []) {
          add(`${type.name}.${field.name}(${argument.name})`, argument.description);
        }
      }
      for (const value of type.enumValues ?? []) {
        const name = `${type.name}.${value.name}`;
        add(name, value.description, said.get(name));
      }
    }
    // What one can ask for comes first.
    const rank = ({ name }) => (name.startsWith('Query.') ? 0 : name.includes('.') ? 2 : 1);
    return found.sort((one, other) => rank(one) - rank(other));
  }

  function Content() {
    const [text, setText] = React.useState('');
    const [all, setAll] = React.useState([]);
    React.useEffect(() => {
      loading ??= load();
      loading.then(setAll, () => { loading = null; });
    }, []);
    const wanted = folded(text).split(/\s+/).filter(Boolean);
    const matches = wanted.length === 0 ? [] : all.filter(({ key }) => wanted.every((word) => key.includes(word)));
    const count = wanted.length === 0 ? '' : `${matches.length} 件 / found`;
    return create('div', { className: 'words' },
      create('h2', null, '用語で探す / Find by word'),
      create('input', {
        type: 'search',
        value: text,
        autoFocus: true,
        'aria-label': '用語 / Word',
        placeholder: '通いの場、子ども食堂、往診、fee…',
        onChange: (event) => setText(event.target.value),
      }),
      create('output', { 'aria-live': 'polite' }, count),
      create('dl', null, matches.slice(0, MOST).flatMap(({ name, description }) => [
        create('dt', { key: name }, name),
        create('dd', { key: `${name} says` }, description),
      ])));
  }

  const icon = () => create('svg', { viewBox: '0 0 24 24', width: 24, height: 24, fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 },
    create('circle', { cx: 10, cy: 10, r: 6 }), create('path', { d: 'M15 15l5 5' }));
  return { title: '用語で探す / Find by word', icon, content: Content };
})();
