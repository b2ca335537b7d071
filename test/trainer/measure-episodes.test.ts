import { describe, expect, it } from 'vitest';
import { createInbox } from '../../src/main/trainer/inbox.ts';
import { measureEpisodes } from '../../src/main/trainer/measure-episodes.ts';
import type { FromTrainer } from '../../src/shared/contract/trainer.ts';
import { createFakeLearner } from './fake-learner.ts';
import { configOf } from './harness.ts';

const request = { split: 'test', episodes: 5, episodeSeed: 1, steps: 1 } as const;

/** One episode takes 10 ms, the first one 1,000 ms more. */
function setting() {
  let now = 0;
  const messages: FromTrainer[] = [];
  const learner = createFakeLearner(configOf(), {
    beforeEpisode: (episode) => {
      now += episode === 0 ? 1010 : 10;
    },
  });
  return {
    learner,
    inbox: createInbox(),
    clock: () => now,
    report: (message: FromTrainer) => messages.push(message),
    messages,
  };
}

describe('measuring episodes', () => {
  it('counts the recording into the duration, and not into the pace of one episode', async () => {
    const measured = await measureEpisodes(setting(), request);
    expect(measured?.durationMs).toBe(1050);
    expect(measured?.episodeMs).toBe(10);
  });

  it('takes the whole when there is but one batch', async () => {
    expect((await measureEpisodes(setting(), { ...request, episodes: 1 }))?.episodeMs).toBe(1010);
  });

  it('reports progress sparsely, and the end always', async () => {
    const given = setting();
    await measureEpisodes(given, request);
    expect(given.messages).toEqual([
      { type: 'progress', done: 1, total: 5 },
      { type: 'progress', done: 5, total: 5 },
    ]);
  });

  it.each([
    ['pause', null],
    ['now', null],
    ['finish', 5],
  ] as const)('%s leaves %s episodes', async (how, episodes) => {
    const given = setting();
    given.inbox.receive(how === 'pause' ? { type: 'pause' } : { type: 'stop', how });
    expect((await measureEpisodes(given, request))?.outcome.episodes ?? null).toBe(episodes);
  });
});
