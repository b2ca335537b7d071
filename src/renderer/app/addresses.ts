/** The addresses as functions, so that no feature writes one by hand. */
export const addressOf = {
  runs: (filter = '', view: 'active' | 'archived' | 'bin' = 'active') => {
    const query = new URLSearchParams();
    if (filter) query.set('q', filter);
    if (view !== 'active') query.set('view', view);
    const text = query.toString();
    return text ? `/runs?${text}` : '/runs';
  },
  run: (id: string, tab = 'overview') => `/runs/${encodeURIComponent(id)}/${tab}`,
  newRun: (
    from: { readonly preset?: string; readonly from?: string; readonly dataset?: string; readonly start?: string } = {},
  ) => {
    const text = new URLSearchParams(from as Record<string, string>).toString();
    return text ? `/new?${text}` : '/new';
  },
  compare: (ids: readonly string[] = []) =>
    ids.length > 0 ? `/compare/${ids.map(encodeURIComponent).join(',')}` : '/compare',
  queue: () => '/runs?at=queue',
  datasets: () => '/datasets',
  dataset: (id: string) => `/datasets/${encodeURIComponent(id)}`,
  models: () => '/models',
  model: (id: string) => `/models/${encodeURIComponent(id)}`,
  settings: () => '/settings',
} as const;
