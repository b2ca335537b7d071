import { createFakeCore, type FakeCore } from '../fake-core.ts';

/**
 * Put into the page before main.tsx by the development server. Address parameters (before the #):
 * `?history=empty`, `?history=fine-tuned`, `?history=10000`, `?live=no`, `?failing=runs.list`.
 */
declare global {
  interface Window {
    fakeCore: FakeCore;
  }
}

const asked = new URLSearchParams(location.search);
const history = asked.get('history') ?? 'plausible';
const fake = createFakeCore({
  now: asked.get('live') === 'no' ? Date.parse('2026-11-24T14:36:02') : Date.now(),
  history: history === 'empty' || history === 'plausible' || history === 'fine-tuned' ? history : Number(history),
  live: asked.get('live') === 'no' ? 'no' : 'yes',
});
Object.defineProperty(window, 'innerloop', { value: Object.freeze(fake.api) });
window.fakeCore = fake;
