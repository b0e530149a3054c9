// Runs the examples of docs/clients.md, as they stand there, against the URL given as argument: each block with a file
// name becomes that file beside the libraries of package.json. Ends with status 1 at the first that fails.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const url = process.argv[2];
if (!url) {
  console.error('usage: node run.mjs http://127.0.0.1:8080/graphql');
  process.exit(2);
}

const STEPS = [
  ['graphql-codegen', '--config', 'codegen.ts'],
  ['node', 'apollo.mjs'],
  ['node', 'urql.mjs'],
  ['node', 'graphql-request.mjs'],
  ['relay-compiler', 'relay.config.json'],
  ['gql.tada', 'generate-output'],
  ['tsc', '--project', 'tsconfig.json'],
];

const work = mkdtempSync(join(tmpdir(), 'yui-clients.'));
try {
  const text = readFileSync(join(here, '../../docs/clients.md'), 'utf8');
  const files = [...text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)];
  for (const [, name, content] of files) {
    mkdirSync(dirname(join(work, name)), { recursive: true });
    writeFileSync(join(work, name), content);
  }
  writeFileSync(join(work, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(work, 'schema.graphql'), readFileSync(join(here, '../../schema.graphql')));
  symlinkSync(join(here, 'node_modules'), join(work, 'node_modules'));
  mkdirSync(join(work, 'generated'));

  const bin = join(here, 'node_modules/.bin');
  const env = { ...process.env, URL: url, PATH: `${bin}:${process.env.PATH}`, CI: '1' };
  const started = new Set(STEPS.flat());
  const idle = files.map(([, name]) => name).filter((name) => name.endsWith('.mjs') && !started.has(name));
  if (idle.length > 0) throw new Error(`no step runs ${idle}`);
  for (const [program, ...given] of STEPS) {
    console.log(`$ ${[program, ...given].join(' ')}`);
    execFileSync(program, given, { cwd: work, env, stdio: ['ignore', 'inherit', 'inherit'], timeout: 120_000 });
  }
} catch (cause) {
  console.error(String(cause.message));
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true });
}
