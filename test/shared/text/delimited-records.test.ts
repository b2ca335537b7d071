import { expect, it } from 'vitest';
import { delimitedRecords } from '../../../src/shared/text/delimited-records.ts';

it('splits records and fields, with quotes around commas, line ends and quotes', () => {
  expect(delimitedRecords('a,b\r\n"Rome, Italy","say ""hi""\nthere"\n\n1,\n')).toEqual([
    ['a', 'b'],
    ['Rome, Italy', 'say "hi"\nthere'],
    ['1', ''],
  ]);
  expect(delimitedRecords('\uFEFFa\tb', '\t')).toEqual([['a', 'b']]);
});
