import { writeFile } from 'node:fs/promises';
import { BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, nativeTheme, shell } from 'electron';
import { z } from 'zod';
import { channels } from '../../shared/contract/channels.ts';
import { InnerloopError, toRequestError } from '../../shared/contract/errors.ts';
import type { AnyEvent } from '../../shared/contract/events.ts';
import { isRequestName, type RequestName, type RequestOf, requests } from '../../shared/contract/requests.ts';
import type { Answer, PathRequestName, PickedSource } from '../../shared/contract/window.ts';
import type { CoreConnection } from '../core-client/connect-core.ts';
import { appOrigin } from './app-protocol.ts';
import type { PickedSources } from './picked-sources.ts';

/**
 * The one place where messages of the window enter: every sender is checked, every message is validated, and a path
 * only ever comes from a dialog or a real dropped file. Nothing else in the app imports `ipcMain`.
 */
export interface GatewayParts {
  readonly core: CoreConnection;
  readonly sources: PickedSources;
  readonly home: string;
}

/** Registers the window's channels; call once, when the app is ready. */
export function openGateway({ core, sources, home }: GatewayParts): void {
  answer(channels.request, async (_event, name: unknown, body: unknown) => {
    if (typeof name !== 'string' || !isRequestName(name) || byToken.includes(name)) {
      throw new InnerloopError('invalid-request', `The window may not ask for ${JSON.stringify(name)}.`);
    }
    return core.request(name, checkedBody(name, body));
  });

  answer(channels.importDataset, async (_event, body: unknown) =>
    core.request('datasets.import', checkedBody('datasets.import', withPath(body, sources))),
  );
  answer(channels.previewSource, async (_event, body: unknown) =>
    core.request('datasets.preview', checkedBody('datasets.preview', withPath(body, sources))),
  );

  answer(channels.importModel, async (_event, body: unknown) =>
    core.request('models.import', checkedBody('models.import', withPath(body, sources))),
  );
  answer(channels.exportRun, async (event, body: unknown) => {
    const { suggestedName, ...rest } = z.looseObject({ suggestedName: z.string().min(1).max(200) }).parse(body);
    const to = await pickNewFolder(event, suggestedName);
    return to === null ? null : core.request('runs.export', checkedBody('runs.export', { ...rest, to }));
  });

  handle(channels.pickSource, (event, what: unknown) =>
    pickSource(event, z.enum(['file', 'folder', 'model']).parse(what), sources),
  );
  handle(channels.acceptDropped, async (_event, path: unknown) => {
    const parsed = z.string().min(1).max(4096).safeParse(path);
    return parsed.success ? sources.remember(parsed.data) : null;
  });
  handle(channels.openDataFolder, async () => {
    const problem = await shell.openPath(home);
    if (problem) throw new InnerloopError('internal', `The data folder could not be opened: ${problem}`);
  });
  handle(channels.saveAs, (event, name: unknown, bytes: unknown) =>
    saveAs(event, z.string().min(1).max(200).parse(name), z.instanceof(Uint8Array).parse(bytes)),
  );
  handle(channels.setTheme, async (_event, theme: unknown) => {
    nativeTheme.themeSource = z.enum(['system', 'light', 'dark']).parse(theme);
  });
}

/** Requests with a path: only made with what a person picked. */
const byToken: readonly string[] = [
  'datasets.import',
  'datasets.preview',
  'models.import',
  'runs.export',
] satisfies PathRequestName[];

/** Files of texts and of rows that the dialog offers; others can be dropped on the window. */
const tableEndings = ['csv', 'tsv', 'tab', 'jsonl', 'ndjson', 'txt'];

/** A body with the path of its token in the token's place. */
function withPath(body: unknown, sources: PickedSources): Record<string, unknown> {
  const { token, ...rest } = z.looseObject({ token: z.string() }).parse(body);
  const path = sources.pathOf(token);
  if (path !== undefined) return { ...rest, source: path };
  throw new InnerloopError('invalid-request', 'Pick the file or folder again: the app has restarted since.');
}

/** Hands a committed fact to every window. */
export function announce(event: AnyEvent): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.isDestroyed()) window.webContents.send(channels.event, event.name, event.body);
  }
}

function checkedBody<Name extends RequestName>(name: Name, body: unknown): RequestOf<Name> {
  const parsed = requests[name].request.safeParse(body);
  if (!parsed.success) {
    throw new InnerloopError('invalid-request', `${name}: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data as RequestOf<Name>;
}

type Listener = (event: IpcMainInvokeEvent, ...values: unknown[]) => Promise<unknown>;

/** Only the app's own main frame may speak. */
function handle(channel: string, listener: Listener): void {
  ipcMain.handle(channel, async (event, ...values: unknown[]) => {
    const frame = event.senderFrame;
    if (!frame || frame.parent !== null || !frame.url.startsWith(`${appOrigin}/`)) {
      throw new Error(`A message on ${channel} came from elsewhere and was refused.`);
    }
    return listener(event, ...values);
  });
}

/** As `handle`, with failures as data: an Error would lose its code on the way. */
function answer(channel: string, listener: Listener): void {
  handle(channel, async (event, ...values): Promise<Answer<unknown>> => {
    try {
      return { ok: true, body: await listener(event, ...values) };
    } catch (error) {
      return { ok: false, error: toRequestError(error) };
    }
  });
}

async function pickSource(
  event: IpcMainInvokeEvent,
  what: 'file' | 'folder' | 'model',
  sources: PickedSources,
): Promise<PickedSource | null> {
  const window = BrowserWindow.fromWebContents(event.sender);
  const options: Electron.OpenDialogOptions =
    what === 'file'
      ? {
          title: 'Import a dataset',
          properties: ['openFile'],
          filters: [{ name: 'Zip archives and tables', extensions: ['zip', ...tableEndings] }],
        }
      : {
          title: what === 'model' ? 'Import a Hugging Face folder' : 'Import a dataset folder',
          properties: ['openDirectory'],
        };
  const result = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const path = result.canceled ? undefined : result.filePaths[0];
  return path === undefined ? null : sources.remember(path);
}

/** The path of a folder to be made; the core refuses one that holds something. null when the dialog was closed. */
async function pickNewFolder(event: IpcMainInvokeEvent, suggestedName: string): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(event.sender);
  const options: Electron.SaveDialogOptions = {
    title: 'Export into a new folder',
    buttonLabel: 'Export',
    nameFieldLabel: 'Folder',
    defaultPath: plainName(suggestedName),
    properties: ['createDirectory'],
  };
  const result = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return result.canceled || !result.filePath ? null : result.filePath;
}

/** A name that is one on every system. */
const plainName = (name: string): string => name.replace(/[\\/:*?"<>|]/g, '-');

async function saveAs(
  event: IpcMainInvokeEvent,
  suggestedName: string,
  bytes: Uint8Array,
): Promise<'saved' | 'closed'> {
  const window = BrowserWindow.fromWebContents(event.sender);
  const options = { defaultPath: plainName(suggestedName) };
  const result = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (result.canceled || !result.filePath) return 'closed';
  await writeFile(result.filePath, bytes);
  return 'saved';
}
