import { readFileSync } from 'node:fs';

/** MiniLM-L6 as set-up left it in the cache, or why it is not there. */
export type MiniLm = { readonly folder: string } | { readonly missing: string };

/** @param env INNERLOOP_MINILM_FOLDER wins over what set-up recorded in node_modules */
export function findMiniLm(env: NodeJS.ProcessEnv, recordFile = 'node_modules/.innerloop/runtime.json'): MiniLm {
  if (env.INNERLOOP_MINILM_FOLDER) return { folder: env.INNERLOOP_MINILM_FOLDER };
  const missing = { missing: 'The set-up of npm test has not run here.' };
  try {
    return (JSON.parse(readFileSync(recordFile, 'utf8')) as { readonly miniLm?: MiniLm }).miniLm ?? missing;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return missing;
    throw error;
  }
}

/** Name of a group of tests on MiniLM, with the reason where it is to be skipped. */
export const nameWithMiniLm = (name: string, miniLm: MiniLm): string =>
  'missing' in miniLm ? `${name} (skipped: ${miniLm.missing} npm run setup tries to fetch it again)` : name;
