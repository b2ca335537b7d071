import { expect, it } from 'vitest';
import { heardClips } from '../../../src/main/core/runs/asked-clips.ts';
import { wavOf } from '../../../src/renderer/features/run/classification/wav-of.ts';

const layout = { rate: 8000, samples: 4 };
const clip = (name: string, samples: Int16Array, rate = 8000) => ({ name, bytes: wavOf(samples, rate) });

it('hears a clip as the dataset stores its own: whole, cut at its end, or followed by silence', () => {
  const whole = Int16Array.of(1, -2, 32_767, -32_768);
  const { heard, notes } = heardClips(
    [clip('a.wav', whole), clip('b.wav', Int16Array.of(1, 2, 3, 4, 5, 6)), clip('c.wav', Int16Array.of(7))],
    layout,
  );
  expect(heard.map(({ samples }) => [...samples])).toEqual([[...whole], [1, 2, 3, 4], [7, 0, 0, 0]]);
  expect(notes).toEqual([expect.stringMatching(/^"b.wav" was cut/), expect.stringMatching(/^"c.wav" was followed by/)]);
});

it('says what rate a clip was brought from', () => {
  const { notes } = heardClips([clip('a.wav', new Int16Array(8), 16_000)], layout);
  expect(notes).toEqual(['"a.wav" was brought from 16000 to 8000 samples a second, as the clips of the dataset were.']);
});

it('refuses what is no WAV file, has no sound, or lasts over a minute', () => {
  const text = { name: 'a.wav', bytes: new TextEncoder().encode('not a sound, not a sound') };
  expect(() => heardClips([text], layout)).toThrow(/^"a.wav" is /);
  expect(() => heardClips([clip('b.wav', new Int16Array(0))], layout)).toThrow('"b.wav"');
  expect(() => heardClips([clip('c.wav', new Int16Array(488_000))], layout)).toThrow(
    '"c.wav" lasts 61 s; a clip may last 60 s.',
  );
});
