// The default application of a development Electron: loads the app folder named on the command line, as
// `electron [-r module] [switches] folder [arguments]` does in Electron's own distribution.
const { app, dialog } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const preloads = [];
let target;
const given = process.argv.slice(1);
for (let at = 0; at < given.length && target === undefined; at += 1) {
  if (given[at] === '-r' || given[at] === '--require') {
    at += 1;
    preloads.push(given[at]);
  } else if (!given[at].startsWith('-')) target = given[at];
}

function loadApplication(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.name = manifest.productName ?? manifest.name;
  app.setVersion(manifest.version);
  app.setAppPath(folder);
  Module._load(Module._resolveFilename(path.join(folder, manifest.main ?? 'index.js'), null, true), Module, true);
}

if (preloads.length > 0) Module._preloadModules(preloads);
if (target === undefined) {
  process.stderr.write('Name the folder of the application: electron FOLDER\n');
  app.exit(2);
} else {
  try {
    loadApplication(path.resolve(target));
  } catch (error) {
    process.stderr.write(`The application in ${target} cannot be started: ${error.stack ?? error}\n`);
    if (app.isReady()) dialog.showErrorBox('The application cannot be started', String(error));
    app.exit(1);
  }
}
