import type { Random } from '../../../shared/random/random.ts';

/**
 * A small grammar of questions and of what they ask for. Words of one kind stand in questions of every other: only how
 * they are put together says what is asked, so that counting words is not enough.
 */
export const questionKinds = ['amount', 'person', 'place', 'reason', 'time', 'way'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** Written in braces in a pattern, one of the words takes its place; words may hold braces themselves. */
type Lexicon = Readonly<Record<string, readonly string[]>>;

const lexicon: Lexicon = {
  person: ['the architect', 'the captain', 'the nurse', 'the poet', 'the mayor', 'the baker', 'the engineer', 'my neighbour', 'the new teacher', 'the old painter', 'the driver', 'the singer', 'the violinist', 'the chemist', 'the farmer', 'the editor'],
  place: ['the harbour', 'Lisbon', 'the north gate', 'the island', 'the library', 'Bergen', 'the old mill', 'the valley', 'Kyoto', 'the market', 'the station', 'the lighthouse', 'Nairobi', 'the museum', 'the border', 'the workshop'],
  time: ['yesterday', 'in March', 'last winter', 'at noon', 'two years ago', 'on Sunday', 'before the storm', 'in 1987', 'after the concert', 'this morning', 'during the strike', 'in the spring'],
  thing: ['the bridge', 'the ferry', 'the letter', 'the old clock', 'the engine', 'the garden', 'the report', 'the roof', 'the boat', 'the recipe', 'the machine', 'the contract', 'the painting', 'the well', 'the ticket', 'the telescope'],
  things: ['stairs', 'letters', 'boats', 'apples', 'seats', 'pages', 'windows', 'visitors', 'sheep', 'coins', 'lamps', 'stations', 'engines', 'songs'],
  stuff: ['water', 'paint', 'flour', 'money', 'time', 'wood', 'fuel', 'room', 'snow', 'light'],
  did: ['repaired', 'sold', 'moved', 'painted', 'lost', 'found', 'opened', 'closed', 'measured', 'inspected', 'finished', 'cleaned', 'kept', 'tested'],
  do: ['repair', 'sell', 'move', 'paint', 'find', 'open', 'close', 'measure', 'inspect', 'finish', 'clean', 'keep', 'test'],
  size: ['tall', 'deep', 'heavy', 'wide', 'expensive', 'far', 'old', 'thick'],
  fact: ['{person} {did} {thing} {time}', '{person} {did} {thing} in {place}', 'nobody {did} {thing} {time}', '{thing} was {did} {time}', '{person} left {place} {time}'],
  opener: ['{fact}.', 'I heard that {fact}.', 'Somebody said that {fact}.', 'They say that {fact}, which I doubt.'],
  known: ['I need not know', 'Never mind', 'We were told', 'It does not matter', 'I remember', 'Everybody knows'],
  ask: ['Do you know', 'Can you tell me', 'I wonder', 'Please tell us', 'Does anybody know', 'I would like to know', 'Did they say'],
  tail: ['when {fact}', 'if {fact}', 'although {fact}', 'because {fact}'],
}; // biome-ignore format: a lexicon

/** Of each kind, what may follow "Do you know", and whole questions. */
const patterns: Readonly<Record<QuestionKind, { readonly indirect: readonly string[]; readonly direct: readonly string[] }>> = {
  amount: {
    indirect: ['how many {things} {person} {did}', 'how much {stuff} there was in {place}', 'how {size} {thing} is', 'what {thing} costs in {place}', 'how often {person} {did} {thing}', 'what share of the {things} {person} {did}', 'for how long {person} stayed in {place}'],
    direct: ['How many {things} are there in {place}?', 'How much {stuff} did {person} need {time}?', 'How {size} is {thing}?', 'What is the number of {things} that {person} {did}?', 'What does {thing} cost?', 'How long did it take to {do} {thing}?', 'What part of the {stuff} was lost {time}?'],
  },
  person: {
    indirect: ['who {did} {thing} {time}', 'whose {things} were {did} in {place}', 'which of them {did} {thing}', 'by whom {thing} was {did}', 'what the man who {did} {thing} is called'],
    direct: ['Who {did} {thing} in {place}?', 'Whom did {person} meet in {place} {time}?', 'What is the name of the woman who {did} {thing}?', 'Which engineer {did} {thing} {time}?', 'By whom was {thing} {did}?', 'To whom did {person} sell {thing}?'],
  },
  place: {
    indirect: ['where {person} {did} {thing}', 'in which town {thing} was {did}', 'what the village is called in which {person} lives', 'which way {person} went {time}', 'from where {person} came {time}'],
    direct: ['Where was {thing} {did}?', 'Where did {person} go {time}?', 'In which town did {person} {do} {thing}?', 'What is the name of the street where {person} lives?', 'What country does {person} come from?', 'Which room is {thing} in?'],
  },
  reason: {
    indirect: ['why {person} {did} {thing}', 'what made {person} leave {place}', 'how it came that {thing} was {did}', 'for what reason {person} {did} {thing} {time}', 'what {person} {did} {thing} for'],
    direct: ['Why was {thing} {did} {time}?', 'How come {person} {did} {thing}?', 'What made {person} {do} {thing}?', 'What is the reason that {fact}?', 'Why did nobody {do} {thing} in {place}?', 'What did {person} {do} {thing} for?'],
  },
  time: {
    indirect: ['when {person} {did} {thing}', 'in which year {thing} was {did}', 'what time {person} left {place}', 'since when {person} lives in {place}', 'how soon {person} can {do} {thing}', 'until when {person} stays in {place}'],
    direct: ['When did {person} {do} {thing}?', 'What year was {thing} {did} in?', 'How long ago was {thing} {did}?', 'At what time does {person} leave {place}?', 'On which day was {thing} {did}?', 'How soon will {person} {do} {thing}?'],
  },
  way: {
    indirect: ['how to {do} {thing}', 'how {person} {did} {thing}', 'what to use to {do} {thing}', 'by which means {person} came to {place}', 'in which manner {thing} was {did}'],
    direct: ['How did {person} {do} {thing} {time}?', 'How does one {do} {thing}?', 'What is the best way to {do} {thing}?', 'With what did {person} {do} {thing}?', 'How can {thing} be {did}?', 'By what means did {person} come to {place}?'],
  },
}; // biome-ignore format: a grammar

/** One question of a kind, sometimes after a statement or with a clause that speaks of something else. */
export function askQuestion(kind: QuestionKind, random: Random): string {
  const one = (choices: readonly string[]): string => choices[random.integer(choices.length)]!;
  const fill = (pattern: string): string =>
    pattern.replace(/\{(\w+)\}/g, (_, name: string) => fill(one(lexicon[name] ?? [name])));
  const chance = (share: number): boolean => random.uniform() < share;
  const said = (): string => {
    if (chance(0.5)) return fill(one(lexicon.opener!));
    const others = questionKinds.filter((other) => other !== kind);
    return `${fill(one(lexicon.known!))} ${fill(one(patterns[others[random.integer(others.length)]!].indirect))}.`;
  };
  const opener = chance(0.6) ? `${capital(said())} ` : '';
  if (chance(0.5)) return opener + capital(fill(one(patterns[kind].direct)));
  const tail = chance(0.3) ? ` ${fill(one(lexicon.tail!))}` : '';
  const asked = `${fill(one(lexicon.ask!))} ${fill(one(patterns[kind].indirect))}${tail}`;
  return opener + capital(asked) + (/^(I |Please)/.test(asked) ? '.' : '?');
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
