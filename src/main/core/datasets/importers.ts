import { folderPerClass } from './folder-per-class.ts';
import type { DatasetImporter } from './importer.ts';
import { omniglot } from './omniglot.ts';

/** Every layout that can be imported. */
export const importers = { omniglot, 'folder-per-class': folderPerClass } as const satisfies Record<
  string,
  DatasetImporter
>;

/** Folders that divide examples, not classes: no alphabets. */
const splitNames = /^(train(ing)?|val(id(ation)?)?|test(ing)?|eval(uation)?|images?(_.*)?|data)$/i;

/**
 * The layout of these paths (parts, file name last). Omniglot's when every file lies in at least two folders and the
 * outer of them are several and no names of splits; else one folder per class.
 */
export function detectImporter(paths: readonly (readonly string[])[]): DatasetImporter {
  const outer = new Set(paths.map((path) => path.at(-3)));
  const alphabets = !outer.has(undefined) && outer.size > 1 && ![...outer].some((name) => splitNames.test(name!));
  return alphabets ? omniglot : folderPerClass;
}
