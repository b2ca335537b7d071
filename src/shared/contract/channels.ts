/** Names of the channels between preload and gateway; everything that crosses is in contract/window.ts. */
export const channels = {
  request: 'innerloop:request',
  importDataset: 'innerloop:import-dataset',
  previewSource: 'innerloop:preview-source',
  importModel: 'innerloop:import-model',
  exportRun: 'innerloop:export-run',
  pickSource: 'innerloop:pick-source',
  acceptDropped: 'innerloop:accept-dropped',
  openDataFolder: 'innerloop:open-data-folder',
  saveAs: 'innerloop:save-as',
  setTheme: 'innerloop:set-theme',
  event: 'innerloop:event',
} as const;
