import { useCallback, useEffect, useReducer, useRef } from 'react';
import { InnerloopError, type RequestError } from '../../shared/contract/errors.ts';
import type { EventName, EventOf } from '../../shared/contract/events.ts';
import type { RequestName, RequestOf, ResponseOf } from '../../shared/contract/requests.ts';
import type { Answer, InnerloopWindowApi, PathRequestName } from '../../shared/contract/window.ts';

/** The one file that touches `window.innerloop`: requests, events, and the few things that only the shell can do. */
declare global {
  interface Window {
    readonly innerloop?: InnerloopWindowApi;
  }
}

export type WindowRequestName = Exclude<RequestName, PathRequestName>;

/** What a request throws: code, one plain sentence for the user, detail, wrong fields. */
export class RequestFailure extends InnerloopError {
  constructor(error: RequestError) {
    super(error.code, error.message, { detail: error.detail, fields: error.fields });
    this.name = 'RequestFailure';
  }
}

/** Turns whatever was thrown into a RequestFailure, so that every caller can show a sentence. */
export function asFailure(thrown: unknown): RequestFailure {
  if (thrown instanceof RequestFailure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new RequestFailure({ code: 'internal', message, detail: null, fields: [] });
}

function bridge(): InnerloopWindowApi {
  if (window.innerloop) return window.innerloop;
  throw new RequestFailure({
    code: 'core-unavailable',
    message: 'This page runs outside Innerloop, so there is nothing to ask.',
    detail: null,
    fields: [],
  });
}

function unwrap<Body>(answer: Answer<Body>): Body {
  if (answer.ok) return answer.body;
  throw new RequestFailure(answer.error);
}

/** Asks the core. Throws a RequestFailure. */
export async function request<Name extends WindowRequestName>(
  name: Name,
  body: RequestOf<Name>,
): Promise<ResponseOf<Name>> {
  return unwrap(await bridge().request(name, body));
}

/** As `datasets.import`, with the token of a picked or dropped source. Throws a RequestFailure. */
export async function importDataset(
  body: Parameters<InnerloopWindowApi['importDataset']>[0],
): Promise<ResponseOf<'datasets.import'>> {
  return unwrap(await bridge().importDataset(body));
}

/** As `datasets.preview`, with the token of a picked or dropped source. Throws a RequestFailure. */
export async function previewSource(
  body: Parameters<InnerloopWindowApi['previewSource']>[0],
): Promise<ResponseOf<'datasets.preview'>> {
  return unwrap(await bridge().previewSource(body));
}

/** As `models.import`, with the token of a picked or dropped folder. Throws a RequestFailure. */
export async function importModel(
  body: Parameters<InnerloopWindowApi['importModel']>[0],
): Promise<ResponseOf<'models.import'>> {
  return unwrap(await bridge().importModel(body));
}

/** As `runs.export`, into a folder named in the system's dialog; null when it was closed. Throws a RequestFailure. */
export async function exportRun(
  body: Parameters<InnerloopWindowApi['exportRun']>[0],
): Promise<ResponseOf<'runs.export'> | null> {
  return unwrap(await bridge().exportRun(body));
}

/** What only the shell can do: dialogs, the data folder, the native frame. */
export const shell = {
  pickSource: (what: 'file' | 'folder' | 'model') => bridge().pickSource(what),
  acceptDropped: (file: File) => bridge().acceptDropped(file),
  openDataFolder: () => bridge().openDataFolder(),
  saveAs: (suggestedName: string, bytes: Uint8Array) => bridge().saveAs(suggestedName, bytes),
  setTheme: (theme: 'system' | 'light' | 'dark') => bridge().setTheme(theme),
  platform: (): InnerloopWindowApi['platform'] => window.innerloop?.platform ?? 'other',
} as const;

/** Listens to an event of the core; returns the way to end it. */
export function subscribe<Name extends EventName>(name: Name, listener: (body: EventOf<Name>) => void): () => void {
  return bridge().on(name, listener);
}

/** Listens for as long as the component is mounted; the listener may change from render to render. */
export function useEvent<Name extends EventName>(name: Name, listener: (body: EventOf<Name>) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => subscribe(name, (body) => latest.current(body)), [name]);
}

export interface Requested<Body> {
  /** The last good answer; stays while a newer one is under way or has failed. */
  readonly value: Body | undefined;
  readonly failure: RequestFailure | undefined;
  readonly state: 'waiting' | 'ready' | 'failed';
  /** Asks again now. */
  readonly refresh: () => void;
}

export interface RequestOptions {
  /** Events after which the answer is asked for again (gathered: at most once in 250 ms). */
  readonly refreshOn?: readonly EventName[];
  /** Only such events count; default: all. */
  readonly refreshWhen?: (body: never) => boolean;
  /** `never` asks for nothing until it changes to `now`. */
  readonly ask?: 'now' | 'never';
}

interface Kept<Body> {
  readonly key: string;
  readonly value: Body | undefined;
  readonly failure: RequestFailure | undefined;
}

const gatherMs = 250;
const none: readonly EventName[] = [];

/**
 * Asks on mount, when the body changes, after each of `refreshOn`, and when the core is back after a restart.
 * An answer that has been overtaken by a newer question is dropped.
 */
export function useRequest<Name extends WindowRequestName>(
  name: Name,
  body: RequestOf<Name>,
  options: RequestOptions = {},
): Requested<ResponseOf<Name>> {
  const { refreshOn = none, ask = 'now' } = options;
  const key = `${name} ${JSON.stringify(body)}`;
  const kept = useRef<Kept<ResponseOf<Name>>>({ key: '', value: undefined, failure: undefined });
  const question = useRef(0);
  const latest = useRef({ body, refreshWhen: options.refreshWhen });
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  latest.current = { body, refreshWhen: options.refreshWhen };

  const refresh = useCallback(() => {
    const mine = ++question.current;
    const settle = (value: ResponseOf<Name> | undefined, failure: RequestFailure | undefined): void => {
      if (mine !== question.current) return;
      kept.current = { key, value, failure };
      redraw();
    };
    request(name, latest.current.body).then(
      (value) => settle(value, undefined),
      (thrown) => settle(kept.current.key === key ? kept.current.value : undefined, asFailure(thrown)),
    );
  }, [name, key]);

  useEffect(() => {
    if (ask === 'never') return;
    refresh();
    return () => {
      question.current++;
    };
  }, [ask, refresh]);

  const events = refreshOn.join(' ');
  useEffect(() => {
    if (ask === 'never') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, gatherMs);
    };
    const ends = (events === '' ? [] : (events.split(' ') as EventName[])).map((event) =>
      subscribe(event, (happened) => {
        if (latest.current.refreshWhen?.(happened as never) ?? true) later();
      }),
    );
    ends.push(
      subscribe('core.state', ({ state }) => {
        if (state === 'connected') refresh();
      }),
    );
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [ask, events, refresh]);

  const current = kept.current.key === key ? kept.current : undefined;
  const state = current?.failure ? 'failed' : current?.value === undefined ? 'waiting' : 'ready';
  return { value: current?.value, failure: current?.failure, state, refresh };
}
