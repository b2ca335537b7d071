import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';

export interface SourceFile {
  /** Path below src/, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly from: string;
  /** Another source file (path below src/) or the name of a package or builtin. */
  readonly to: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'package'; readonly name: string };
}

export const sourceRoot = join(import.meta.dirname, '..', '..', 'src');

/** Every TypeScript file below a folder. */
export function sourceFiles(root = sourceRoot): SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (/\.tsx?$/.test(name))
        found.push({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') });
    }
  };
  walk(root);
  return found;
}

const importPattern =
  /(?:^|[\s;}])(?:import|export)\s+(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|require\(\s*['"]([^'"]+)['"]\s*\)/g;

/** All imports of one file: static, dynamic, type-only and required. Comments are left out first. */
export function importsOf(file: SourceFile): Import[] {
  const code = file.text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(importPattern)].map((match) => {
    const name = (match[1] ?? match[2] ?? match[3]) as string;
    if (!name.startsWith('.')) return { from: file.path, to: { kind: 'package' as const, name: packageName(name) } };
    const path = normalize(join(dirname(file.path), name))
      .split(sep)
      .join('/');
    return { from: file.path, to: { kind: 'file' as const, path } };
  });
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] as string);
}

/** Rooms in the order of most to least specific folder. */
export const rooms = [
  'shared',
  'preload',
  'renderer',
  'main/shell',
  'main/core-client',
  'main/core',
  'main/trainer',
  'main/learning',
  'main/files',
  'main/cli',
] as const;
export type Room = (typeof rooms)[number];

export const roomOf = (path: string): Room | undefined => rooms.find((room) => path.startsWith(`${room}/`));

interface Law {
  readonly rooms: readonly Room[];
  /** Packages by exact name; a trailing * matches a prefix. */
  readonly packages: readonly string[];
}

const react = [
  'react',
  'react-dom',
  'react-router',
  '@base-ui/react',
  '@tanstack/react-virtual',
  'chart.js',
  '@fontsource-variable/*',
];

/** What each room may import besides itself. */
export const laws: Readonly<Record<Room, Law>> = {
  shared: { rooms: [], packages: ['zod'] },
  preload: { rooms: ['shared'], packages: ['electron'] },
  renderer: { rooms: ['shared'], packages: react },
  'main/shell': { rooms: ['shared', 'main/core-client', 'main/files'], packages: ['electron', 'zod', 'node:*'] },
  'main/core-client': { rooms: ['shared', 'main/files'], packages: ['node:*', 'zod'] },
  'main/core': { rooms: ['shared', 'main/files'], packages: ['node:*', 'zod', 'better-sqlite3', 'sharp'] },
  'main/trainer': {
    rooms: ['shared', 'main/learning', 'main/files'],
    packages: ['node:*', 'zod', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node-gpu'],
  },
  'main/learning': { rooms: ['shared'], packages: ['@tensorflow/tfjs-core', '@huggingface/tokenizers'] },
  'main/files': { rooms: ['shared'], packages: ['node:*', 'yauzl', 'zod'] },
  'main/cli': { rooms: ['shared', 'main/core-client', 'main/files'], packages: ['node:*', 'zod'] },
};

const matches = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** One sentence per broken law. */
export function brokenLaws(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!room) return [`${file.path} stands in no room.`];
    return importsOf(file).flatMap(({ to }) => {
      if (to.kind === 'package') {
        return laws[room].packages.some((pattern) => matches(to.name, pattern))
          ? []
          : [`${file.path} imports ${to.name}, which ${room} may not.`];
      }
      const target = roomOf(to.path);
      if (target === room) return [];
      if (!target || !laws[room].rooms.includes(target))
        return [`${file.path} imports ${to.path}; ${room} may not import ${target ?? 'that'}.`];
      return to.path.endsWith('/index.ts')
        ? [`${file.path} goes through ${to.path}: import the file that has the thing.`]
        : [];
    });
  });
}

/** Circles of files, each as the list of its members; type-only imports count too. */
export function circles(files: readonly SourceFile[]): string[][] {
  const edges = new Map(
    files.map((file) => [file.path, importsOf(file).flatMap(({ to }) => (to.kind === 'file' ? [to.path] : []))]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const found: string[][] = [];
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path]);
      return;
    }
    state.set(path, 'open');
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
