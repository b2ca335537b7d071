import * as electron from 'electron';
import { contextBridge, ipcRenderer } from 'electron';
import { channels } from '../shared/contract/channels.ts';
import type { InnerloopWindowApi } from '../shared/contract/window.ts';

/** The window's only way out: one frozen object. What it sends is validated by the gateway, not here. */

type Listener = (body: unknown) => void;
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(channels.event, (_event, name: string, body: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(body);
});

function subscribe(name: string, listener: Listener): () => void {
  const known = listeners.get(name) ?? new Set<Listener>();
  listeners.set(name, known);
  known.add(listener);
  return () => known.delete(listener);
}

/** Path of a file that the user dropped: only a real File has one, so the window cannot make one up. */
function droppedPath(file: File): string | null {
  const { webUtils } = electron as { readonly webUtils?: { getPathForFile(file: File): string } };
  const path = webUtils ? webUtils.getPathForFile(file) : (file as File & { readonly path?: string }).path;
  return path ? path : null;
}

const platform = (['linux', 'darwin', 'win32'] as const).find((name) => name === process.platform) ?? 'other';

const api: InnerloopWindowApi = {
  request: (name, body) => ipcRenderer.invoke(channels.request, name, body),
  importDataset: (body) => ipcRenderer.invoke(channels.importDataset, body),
  previewSource: (body) => ipcRenderer.invoke(channels.previewSource, body),
  importModel: (body) => ipcRenderer.invoke(channels.importModel, body),
  exportRun: (body) => ipcRenderer.invoke(channels.exportRun, body),
  pickSource: (what) => ipcRenderer.invoke(channels.pickSource, what),
  acceptDropped: async (file) => {
    const path = file instanceof File ? droppedPath(file) : null;
    return path === null ? null : ipcRenderer.invoke(channels.acceptDropped, path);
  },
  on: (name, listener) => subscribe(name, listener as Listener),
  openDataFolder: () => ipcRenderer.invoke(channels.openDataFolder),
  saveAs: (suggestedName, bytes) => ipcRenderer.invoke(channels.saveAs, suggestedName, bytes),
  setTheme: (theme) => ipcRenderer.invoke(channels.setTheme, theme),
  platform,
};

contextBridge.exposeInMainWorld('innerloop', Object.freeze(api));
