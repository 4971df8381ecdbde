import { parseSync } from 'vite';

/** One module that a source file imports, by whatever form of import. */
export interface Import {
  readonly specifier: string;
  /** Erased before anything runs: it can draw on a module's types, not on what the module does. */
  readonly typeOnly: boolean;
  /** Loaded when it is come to, and not with the file. */
  readonly lazy: boolean;
  /** Names taken from the module at run time; `*` where all of it is taken under one name. */
  readonly names: readonly string[];
}

/** What a source file reaches for outside itself. */
export interface Reach {
  readonly imports: readonly Import[];
  /** Names of global functions and classes that it calls or constructs, such as `fetch`. */
  readonly globals: readonly string[];
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'window', 'self']);

/**
 * Reads what a TypeScript source reaches for from its syntax tree, so that neither comments, strings
 * nor layout can hide or feign an import. Throws on a source that does not parse.
 */
export function reachOf(path: string, text: string): Reach {
  const parsed = parseSync(path, text, { lang: path.endsWith('x') ? 'tsx' : 'ts' });
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const imports: Import[] = [];
  const globals = new Set<string>();
  walk(parsed.program, (node) => {
    const found = importAt(node);
    if (found !== undefined) imports.push(found);
    const name = globalAt(node);
    if (name !== undefined) globals.add(name);
  });
  return { imports, globals: [...globals] };
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
    return;
  }
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function importAt(node: Node): Import | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return declared(node, node['importKind'] === 'type', 'imported');
    case 'ExportNamedDeclaration':
      return declared(node, node['exportKind'] === 'type', 'local');
    case 'ExportAllDeclaration':
      return declared(node, node['exportKind'] === 'type', 'exported');
    case 'ImportExpression':
    case 'TSImportType':
      return named(literal(node['source']), node.type === 'TSImportType', true);
    case 'TSExternalModuleReference':
      return named(literal(node['expression']), false);
    case 'CallExpression':
      return isRequire(node['callee']) ? named(literal(firstOf(node['arguments'])), false) : undefined;
    default:
      return undefined;
  }
}

/** `import` and `export .. from`: type-only as a whole, or because each of its names is. */
function declared(node: Node, typeOnly: boolean, side: string): Import | undefined {
  const specifier = literal(node['source']);
  if (specifier === undefined) return undefined;
  const all = Array.isArray(node['specifiers']) ? node['specifiers'].filter(isNode) : [];
  const atRunTime = all.filter((one) => one['importKind'] !== 'type' && one['exportKind'] !== 'type');
  const names = atRunTime.map((one) => nameOf(one[side]) ?? '*');
  return { specifier, typeOnly: typeOnly || (all.length > 0 && atRunTime.length === 0), lazy: false, names };
}

function named(specifier: string | undefined, typeOnly: boolean, lazy = false): Import | undefined {
  return specifier === undefined ? undefined : { specifier, typeOnly, lazy, names: [] };
}

function isRequire(callee: unknown): boolean {
  return isNode(callee) && (nameOf(callee) === 'require' || nameOf(callee['property']) === 'require');
}

function globalAt(node: Node): string | undefined {
  if (node.type === 'MemberExpression') {
    const object = nameOf(node['object']);
    return object !== undefined && GLOBAL_OBJECTS.has(object) ? nameOf(node['property']) : undefined;
  }
  const used = node.type === 'CallExpression' || node.type === 'NewExpression';
  return used ? nameOf(node['callee']) : undefined;
}

function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier' && typeof node['name'] === 'string') return node['name'];
  return literal(node);
}

function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
