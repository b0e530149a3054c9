// A pane of GraphiQL that finds types, fields, arguments and words by what their descriptions say: 通いの場, 往診, a fee.
'use strict';

const words = (() => {
  const MOST = 60;
  const TYPE = 'type { name ofType { name ofType { name ofType { name } } } }';
  const INTROSPECTION = `{ __schema { types { name description
    fields { name description ${TYPE} args { name description ${TYPE} } } inputFields { name description ${TYPE} }
    enumValues { name description } } } }`;
  const LABELS = `{ vocabularies { name terms { value label reading easyLabel englishLabel } }
    careServiceTypes { code name shortName } medicalDepartments { code name } }`;
  // Spellings of one word.
  const ALIKE = [[/子ども|子供/g, 'こども'], [/胃瘻/g, '胃ろう']];
  const create = React.createElement;
  let loading = null;

  // One form for half and full width, capitals and katakana.
  function folded(text) {
    const plain = ALIKE.reduce((all, [from, to]) => all.replace(from, to), (text ?? '').normalize('NFKC').toLowerCase());
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

  // Which queries take a type in their arguments, or else answer with it.
  function waysTo(types) {
    const named = ({ name, ofType }) => (ofType ? named(ofType) : name);
    const byName = new Map(types.map((type) => [type.name, type]));
    const [taking, giving] = [new Map(), new Map()];
    const reach = (into, query, name, below) => {
      const known = into.get(name) ?? new Set();
      if (known.has(query)) return;
      into.set(name, known.add(query));
      below(byName.get(name)).forEach((field) => reach(into, query, named(field.type), below));
    };
    for (const field of byName.get('Query').fields) {
      field.args.forEach((argument) => reach(taking, field.name, named(argument.type), (type) => type?.inputFields ?? []));
      reach(giving, field.name, named(field.type), () => []);
      const nodes = byName.get(named(field.type))?.fields?.find(({ name }) => name === 'nodes');
      if (nodes) reach(giving, field.name, named(nodes.type), () => []);
    }
    return (name) => [...(taking.get(name) ?? giving.get(name) ?? [])];
  }

  async function load() {
    const [{ __schema }, labels] = await Promise.all([ask(INTROSPECTION), ask(LABELS)]);
    const { vocabularies, careServiceTypes, medicalDepartments } = labels;
    const said = new Map();
    for (const { name, terms } of vocabularies) {
      for (const { value, label, reading, easyLabel, englishLabel } of terms) {
        said.set(`${name}.${value}`, `${label} ${reading} ${easyLabel} ${englishLabel}`);
      }
    }
    const found = [];
    const ways = waysTo(__schema.types);
    const add = (name, description, more = '', of = name.split('.')[0]) => {
      const says = (description ?? '').replaceAll('`', '');
      found.push({ name, description: says, ways: name.startsWith('Query.') ? [] : ways(of), key: folded(`${name} ${says} ${more}`) });
    };
    for (const { code, name, shortName } of careServiceTypes) {
      add(`"${code}"`, `${name} (${shortName}): filter { care { serviceTypes: ["${code}"] } }`, '', 'CareCriteria');
    }
    for (const { code, name } of medicalDepartments) {
      add(`"${code}"`, `${name}: filter { medical { departments: ["${code}"] } }`, '', 'MedicalCriteria');
    }
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
    const nothing = matches.length === 0 ? '。別の言葉や短い言葉でも探してみてください / Try another or a shorter word' : '';
    const count = wanted.length === 0 ? '' : `${matches.length} 件 / found${nothing}`;
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
      create('dl', null, matches.slice(0, MOST).flatMap(({ name, description, ways }) => [
        create('dt', { key: name }, name),
        create('dd', { key: `${name} says` }, description,
          ways.length === 0 ? '' : create('span', { className: 'ways' }, ` → ${ways.slice(0, 6).join(', ')}`)),
      ])));
  }

  const icon = () => create('svg', { viewBox: '0 0 24 24', width: 24, height: 24, fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 },
    create('circle', { cx: 10, cy: 10, r: 6 }), create('path', { d: 'M15 15l5 5' }));
  return { title: '用語で探す / Find by word', icon, content: Content };
})();
