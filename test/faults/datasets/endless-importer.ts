import { createLibrary } from '../../../src/main/core/datasets/library.ts';
import { defaultSplitPlan } from '../../../src/shared/datasets/dataset.ts';
import { memoryStore } from '../../core/datasets/memory-store.ts';

/** Imports a source again and again until it is killed, and says which stage it is in. */
const [folder, source] = process.argv.slice(2) as [string, string];
const store = memoryStore();
let suffix = 0;
const library = createLibrary({
  store,
  folder,
  now: () => Date.now(),
  newSuffix: () => String(++suffix),
  announce: (event) => {
    if (event.name === 'import.progress') process.stdout.write(`${event.body.job.stage}\n`);
  },
});
const { handlers } = library;
for (;;) {
  const job = await handlers['datasets.import']({
    source,
    as: 'auto',
    name: null,
    size: 64,
    splits: defaultSplitPlan,
  });
  await handlers['datasets.await-import']({ jobId: job.id });
  await handlers['datasets.remove']({ id: job.datasetId ?? job.id, force: 'yes' });
}
