import type { ResponseOf } from '../../../shared/contract/requests.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { request } from '../../app/core.ts';
import { type LaterAnswer, useLaterAnswer } from './use-later-answer.ts';

export type ConfigCheck = ResponseOf<'config.check'>;

/** `none`: the config is not valid by itself. */
export type Checked = LaterAnswer<ConfigCheck>;

/** Asks the core what it thinks of a config, a moment after the last change: datasets, advice, time. */
export function useCheck(config: RunConfig | null): Checked {
  const key = config ? JSON.stringify({ ...config, note: '' }) : '';
  return useLaterAnswer(key, () => request('config.check', { config: config as RunConfig }));
}
