import type { DatasetImporter } from './importer.ts';

/**
 * alphabet/character/drawing, at any depth: the two innermost folders are the class ("character01" alone is not unique)
 * and the outer of them is its group. The picked folder itself may be the alphabet.
 * Layout of https://github.com/brendenlake/omniglot (Lake, Salakhutdinov and Tenenbaum 2015).
 */
export const omniglot: DatasetImporter = {
  id: 'omniglot',
  label: 'Omniglot layout',
  classOf: (path, source) => {
    const [alphabet, character] = [source, ...path.slice(0, -1)].slice(-2);
    if (alphabet === undefined || character === undefined) return { reason: 'not in a folder alphabet/character' };
    return { name: `${alphabet}/${character}`, group: alphabet };
  },
};
