import type { DatasetImporter } from './importer.ts';

/**
 * class/image, at any depth: the innermost folder is the class. The same name under several parents (such as train and
 * test) is one class, so that no class can end up in two splits.
 */
export const folderPerClass: DatasetImporter = {
  id: 'folder-per-class',
  label: 'one folder per class',
  classOf: (path) => {
    const folder = path.at(-2);
    return folder === undefined ? { reason: 'not in a folder of a class' } : { name: folder, group: '' };
  },
};
