import type { RequestError } from './errors.ts';
import type { EventName, EventOf } from './events.ts';
import type { RequestName, RequestOf, ResponseOf } from './requests.ts';

/** Requests that a path belongs to are made by token: the shell knows the path of what the user picked or dropped. */
export interface PickedSource {
  readonly token: string;
  /** File or folder name without its path. */
  readonly name: string;
}

/** Answers cross as data: an Error's code would be lost on the way into the window. */
export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly error: RequestError };

/** Requests that hold a path, which the window never sends. */
export type PathRequestName = 'datasets.import' | 'datasets.preview' | 'models.import' | 'runs.export';

/** What the preload script puts on `window.innerloop`: frozen, and all that the window can reach. */
export interface InnerloopWindowApi {
  request<Name extends Exclude<RequestName, PathRequestName>>(
    name: Name,
    body: RequestOf<Name>,
  ): Promise<Answer<ResponseOf<Name>>>;
  /** As `datasets.import`, with a token in the place of the path. */
  importDataset(
    body: Omit<RequestOf<'datasets.import'>, 'source'> & { readonly token: string },
  ): Promise<Answer<ResponseOf<'datasets.import'>>>;
  /** As `datasets.preview`, with a token in the place of the path. */
  previewSource(
    body: Omit<RequestOf<'datasets.preview'>, 'source'> & { readonly token: string },
  ): Promise<Answer<ResponseOf<'datasets.preview'>>>;
  /** As `models.import`, with a token in the place of the path. */
  importModel(
    body: Omit<RequestOf<'models.import'>, 'source'> & { readonly token: string },
  ): Promise<Answer<ResponseOf<'models.import'>>>;
  /** As `runs.export`, into a folder that the person names in the system's dialog; null when it was closed. */
  exportRun(
    body: Omit<RequestOf<'runs.export'>, 'to'> & { readonly suggestedName: string },
  ): Promise<Answer<ResponseOf<'runs.export'> | null>>;
  /** Opens the system's dialog; null when it was closed. */
  pickSource(what: 'file' | 'folder' | 'model'): Promise<PickedSource | null>;
  /** A dropped file or folder; null when it has no path. */
  acceptDropped(file: unknown): Promise<PickedSource | null>;
  /** Subscribes to an event of the core; returns the way to end it. */
  on<Name extends EventName>(name: Name, listener: (body: EventOf<Name>) => void): () => void;
  openDataFolder(): Promise<void>;
  /** Saves text or bytes that the window made (a config, a chart as PNG) where the user picks; false when closed. */
  saveAs(suggestedName: string, bytes: Uint8Array): Promise<'saved' | 'closed'>;
  /** Lets the window's native parts follow the theme. */
  setTheme(theme: 'system' | 'light' | 'dark'): Promise<void>;
  readonly platform: 'linux' | 'darwin' | 'win32' | 'other';
}
