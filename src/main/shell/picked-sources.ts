import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { PickedSource } from '../../shared/contract/window.ts';

/**
 * Paths that the user picked in a dialog or dropped on the window. The window gets a token and a name; only the shell
 * knows the path, so no path that the window makes up is ever read.
 */
export interface PickedSources {
  remember(path: string): PickedSource;
  /** The path of a token, which stays valid while the app runs; undefined for an unknown token. */
  pathOf(token: string): string | undefined;
}

export function createPickedSources(): PickedSources {
  const paths = new Map<string, string>();
  return {
    remember(path) {
      const token = randomUUID();
      paths.set(token, path);
      return { token, name: basename(path) };
    },
    pathOf: (token) => paths.get(token),
  };
}
