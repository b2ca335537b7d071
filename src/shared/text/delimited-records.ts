/**
 * Records of comma-separated values (RFC 4180): fields in double quotes may hold commas, line ends and doubled quotes.
 * Lines without anything on them are left out; a quote that is never closed runs to the end.
 */
export function delimitedRecords(text: string, separator = ','): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let field = '';
  let inQuotes: 'yes' | 'no' = 'no';
  const endField = (): void => {
    fields.push(field);
    field = '';
  };
  const endRecord = (): void => {
    endField();
    if (fields.length > 1 || fields[0] !== '') records.push(fields);
    fields = [];
  };
  const characters = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    if (inQuotes === 'yes') {
      if (character !== '"') field += character;
      else if (characters[at + 1] === '"') field += characters[at++];
      else inQuotes = 'no';
    } else if (character === '"' && field === '') inQuotes = 'yes';
    else if (character === separator) endField();
    else if (character === '\n') endRecord();
    else field += character;
  }
  endRecord();
  return records;
}
