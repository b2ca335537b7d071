/** How well a text answers a query, and which of its letters do; null when it does not. */
export interface Match {
  /** Higher is better. */
  readonly score: number;
  /** Places of the matched letters, ascending. */
  readonly places: readonly number[];
}

/**
 * Letters of the query in order, in the text. The beginning of the text counts most, then beginnings of words, then
 * letters side by side; shorter texts win among equals. An empty query matches everything alike.
 */
export function fuzzy(query: string, text: string): Match | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const given = text.toLowerCase();
  if (wanted === '') return { score: 0, places: [] };
  const whole = given.indexOf(query.toLowerCase().trim());
  if (whole >= 0) {
    const places = Array.from({ length: query.trim().length }, (_, index) => whole + index);
    const start = whole === 0 ? 100 : isWordStart(given, whole) ? 60 : 30;
    return { score: start + 10 - text.length / 100, places };
  }
  const places: number[] = [];
  let score = 0;
  let at = 0;
  for (const letter of wanted) {
    const found = nextPlace(given, letter, at);
    if (found === -1) return null;
    score += found === at && places.length > 0 ? 3 : isWordStart(given, found) ? 2 : 0.2;
    places.push(found);
    at = found + 1;
  }
  return { score: score - text.length / 100, places };
}

const isWordStart = (text: string, at: number): boolean => at === 0 || /[\s\-_.:/·]/.test(text[at - 1]!);

/** The letter at once if it follows directly, else preferably at the beginning of a word. */
function nextPlace(text: string, letter: string, from: number): number {
  if (text[from] === letter) return from;
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at;
  }
  return text.indexOf(letter, from);
}

/** A text cut where matched letters begin and end, for marking. */
export function marked(text: string, places: readonly number[]): { readonly text: string; readonly on: boolean }[] {
  const on = new Set(places);
  const parts: { text: string; on: boolean }[] = [];
  for (let at = 0; at < text.length; at++) {
    const last = parts[parts.length - 1];
    if (last && last.on === on.has(at)) last.text += text[at];
    else parts.push({ text: text[at]!, on: on.has(at) });
  }
  return parts;
}
