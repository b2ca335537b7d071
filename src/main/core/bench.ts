import { benchConfig, workloadFacts } from '../../shared/bench/workloads.ts';
import { InnerloopError } from '../../shared/contract/errors.ts';
import type { RequestHandlers, RequestOf, ResponseOf } from '../../shared/contract/requests.ts';
import type { FromTrainer } from '../../shared/contract/trainer.ts';
import type { CoreContext } from './context.ts';
import { environmentFor } from './runs/prepare-job.ts';
import type { TrainerJobs } from './runs/trainer-jobs.ts';

type BenchHandlers = Pick<RequestHandlers, 'bench.measure' | 'bench.cancel'>;

/** Measures rows of the bench, one at a time: two side by side would measure each other. Nothing is stored. */
export function createBench(context: Pick<CoreContext, 'announce'>, jobs: TrainerJobs): BenchHandlers {
  let underWay: AbortController | null = null;
  return {
    'bench.measure': async (request) => {
      if (underWay) throw new InnerloopError('in-use', 'A bench is running already; wait for its end, or end it.');
      const controller = new AbortController();
      underWay = controller;
      try {
        return await measure(context, jobs, request, controller.signal);
      } finally {
        underWay = null;
      }
    },
    'bench.cancel': () => {
      underWay?.abort();
      return null;
    },
  };
}

async function measure(
  { announce }: Pick<CoreContext, 'announce'>,
  jobs: TrainerJobs,
  { row, seconds }: RequestOf<'bench.measure'>,
  cancelled: AbortSignal,
): Promise<ResponseOf<'bench.measure'>> {
  const config = benchConfig(row);
  const { images } = workloadFacts[row.workload];
  let phase: Extract<FromTrainer, { readonly type: 'phase' }>['phase'] = 'loading';
  const onMessage = (message: FromTrainer): void => {
    if (message.type === 'phase') phase = message.phase;
    else if (message.type !== 'progress') return;
    const share = message.type === 'progress' ? message.done / message.total : 0;
    announce({ name: 'bench.progress', body: { row, phase, share } });
  };
  const job = { kind: 'bench', config, images, seconds } as const;
  const messages = await jobs.run(job, environmentFor(config), { onMessage, cancelled });
  const measured = messages.find((message) => message.type === 'measured');
  if (!measured) throw new InnerloopError('trainer-died', 'The trainer ended without a measurement.');
  return measured.measurement;
}
