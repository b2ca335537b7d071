import { describe, expect, it } from 'vitest';
import { delimitedRecords, detectDelimiter } from '../../../../src/main/core/datasets/texts/delimited.ts';

async function* lines(text: string) {
  for (const [index, line] of text.split('\n').entries()) yield { number: index + 1, text: line };
}

async function read(text: string, quotes: 'records' | 'lines' = 'records', delimiter = ',') {
  const records = [];
  for await (const record of delimitedRecords(lines(text), { name: 'a.csv', delimiter, quotes })) records.push(record);
  return records;
}

describe('CSV', () => {
  it('keeps delimiters, doubled quotes and line ends inside quotes, and knows where a record starts', async () => {
    expect(await read('text,label\n"a, ""b""\n\nc",x\n\n,y\n"",z\nd"e,w')).toEqual([
      { line: 1, fields: ['text', 'label'] },
      { line: 2, fields: ['a, "b"\n\nc', 'x'] },
      { line: 6, fields: ['', 'y'] },
      { line: 7, fields: ['', 'z'] },
      { line: 8, fields: ['d"e', 'w'] },
    ]);
  });

  it('names the line of a quote that is never closed, or closed too early', async () => {
    await expect(read('a,b\n"c,d\ne,f')).rejects.toThrow('"a.csv", line 2, has a quote that is never closed.');
    await expect(read('a,b\n"c" d,e')).rejects.toThrow('"a.csv", line 2, has " d,e" after a closing quote');
  });
});

describe('TSV', () => {
  it('takes a quote for a character unless it encloses its field', async () => {
    expect(await read('"said he\tx\n"a ""b"" c"\ty\n"a" and "b"\tz', 'lines', '\t')).toEqual([
      { line: 1, fields: ['"said he', 'x'] },
      { line: 2, fields: ['a "b" c', 'y'] },
      { line: 3, fields: ['"a" and "b"', 'z'] },
    ]);
  });
});

it('finds the delimiter of a header outside its quotes', () => {
  expect(detectDelimiter('text,label')).toBe(',');
  expect(detectDelimiter('"a,b,c";label')).toBe(';');
  expect(detectDelimiter('text\tlabel')).toBe('\t');
});
