import { describe, expect, it } from 'vitest';
import { collectClasses } from '../../../src/main/core/datasets/collect-classes.ts';

const files = (...paths: string[]) => paths.map((path) => ({ path }));
const namesOf = (collected: ReturnType<typeof collectClasses>) =>
  collected.classes.map(({ name, group, files: own }) => `${group}|${name}|${own.length}`);

describe('the layout is found by itself', () => {
  it('Omniglot: alphabet/character/drawing, at any depth, in natural order', () => {
    const collected = collectClasses(
      files(
        'all/Greek/character10/a.png',
        'all/Greek/character2/a.png',
        'all/Greek/character2/b.png',
        'all/Angelic/character1/a.png',
      ),
      'all',
      'auto',
    );
    expect(collected.importer.id).toBe('omniglot');
    expect(namesOf(collected)).toEqual([
      'Angelic|Angelic/character1|1',
      'Greek|Greek/character2|2',
      'Greek|Greek/character10|1',
    ]);
  });

  it.each([
    ['one level', files('cat/1.png', 'dog/1.png')],
    ['one level in an archive with a folder of its own', files('pets/cat/1.png', 'pets/dog/1.png')],
    [
      'the folders of splits, whose classes are the same ones',
      files('train/cat/1.png', 'train/dog/1.png', 'test/cat/2.png'),
    ],
    ['uneven depth', files('cat/1.png', 'more/dog/1.png')],
  ])('one folder per class: %s', (_, list) => {
    const collected = collectClasses(list, 'pets', 'auto');
    expect(collected.importer.id).toBe('folder-per-class');
    expect(collected.classes.map(({ name, group }) => [name, group])).toEqual([
      ['cat', ''],
      ['dog', ''],
    ]);
  });
});

describe('the layout that is asked for', () => {
  it('omniglot takes a picked alphabet for the alphabet', () => {
    expect(namesOf(collectClasses(files('character01/a.png'), 'Greek', 'omniglot'))).toEqual([
      'Greek|Greek/character01|1',
    ]);
  });

  it('folder-per-class joins folders of the same name', () => {
    expect(namesOf(collectClasses(files('A/1/a.png', 'B/1/a.png'), 'x', 'folder-per-class'))).toEqual(['|1|2']);
  });
});

it('leaves out what is in no class, and is silent about what systems leave about', () => {
  const list = files(
    'README.txt',
    'cat/1.png',
    'cat/.DS_Store',
    '__MACOSX/cat/._1.png',
    'cat/Thumbs.db',
    '.git/a/b.png',
  );
  const collected = collectClasses(list, 'pets', 'auto');
  expect(collected.leftOut).toEqual([{ file: 'README.txt', reason: 'not in a folder of a class' }]);
  expect(namesOf(collected)).toEqual(['|cat|1']);
});

it('takes two spellings of the same letters for one class', () => {
  expect(namesOf(collectClasses(files('caf\u00e9/1.png', 'cafe\u0301/2.png'), 'x', 'auto'))).toEqual(['|caf\u00e9|2']);
});
