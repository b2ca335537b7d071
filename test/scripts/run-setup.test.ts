import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Place, Step } from '../../scripts/setup/place.mjs';
import { runSetup, stepsFor } from '../../scripts/setup/run-setup.mjs';
import { recordingReporter } from './recording-reporter.ts';
import { temporaryFolder } from './temporary-folder.ts';

function emptyPlace(): Place {
  const root = temporaryFolder();
  const { report } = recordingReporter();
  return {
    root,
    modules: root,
    cache: root,
    platform: 'linux',
    host: 'linux-x64',
    flavour: 'cpu',
    hasDisplay: true,
    retryUnreachable: false,
    report,
  };
}

/** A step that is done after it ran, and fails as often as told. */
function step(name: string, log: string[], failures = 0): Step {
  let done = false;
  let left = failures;
  return {
    name,
    isDone: async () => done,
    run: async () => {
      log.push(name);
      left -= 1;
      if (left >= 0) throw new Error(`${name} broke`);
      done = true;
    },
  };
}

test('a set-up that broke goes on at the step that broke, and gives its lock back', async () => {
  const log: string[] = [];
  const steps = [step('npm', log), step('tensorflow', log, 1), step('addon', log)];
  const place = emptyPlace();
  await expect(runSetup(steps, place)).rejects.toThrow('tensorflow broke');
  expect(readdirSync(place.cache)).toEqual([]);
  expect(await runSetup(steps, place)).toEqual(['tensorflow', 'addon']);
  expect(log).toEqual(['npm', 'tensorflow', 'tensorflow', 'addon']);
});

test('when nothing is missing nothing is run', async () => {
  const log: string[] = [];
  const steps = [step('npm', log)];
  const place = emptyPlace();
  await runSetup(steps, place);
  expect(await runSetup(steps, place)).toEqual([]);
  expect(log).toEqual(['npm']);
});

test('two set-ups at once do each step once', async () => {
  const log: string[] = [];
  const steps = [step('npm', log), step('tensorflow', log)];
  const place = emptyPlace();
  await Promise.all([runSetup(steps, place), runSetup(steps, place)]);
  expect(log).toEqual(['npm', 'tensorflow']);
});

test('the command line needs no window, and npm start needs one only where it can be shown', () => {
  const names = (purpose: 'cli' | 'start' | 'test', hasDisplay: boolean) =>
    stepsFor(purpose, { host: 'linux-x64', hasDisplay }).map(({ name }) => name);
  expect(names('cli', true)).not.toContain('Electron');
  expect(names('start', false)).toEqual(names('cli', false));
  expect(names('start', true)).toContain('Electron');
  expect(names('test', false)).toEqual([...names('start', true), 'MiniLM for the tests']);
});
