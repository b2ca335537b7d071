/* Runs before the first paint, so that the window never flashes in the wrong theme. Mirrors app/preferences.ts. */
(() => {
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('innerloop.preferences')) || {};
  } catch (_) {
    kept = {};
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var root = document.documentElement;
  root.dataset.theme = kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : dark ? 'dark' : 'light';
  root.dataset.density = kept.density || 'default';
  root.dataset.textSize = kept.textSize || '100';
  root.dataset.nav = kept.navigation === 'narrow' || !matchMedia('(min-width: 1181px)').matches ? 'narrow' : 'wide';
})();
