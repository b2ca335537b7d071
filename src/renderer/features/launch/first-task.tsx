import { useEffect, useRef, useState } from 'react';
import type { ResponseOf } from '../../../shared/contract/requests.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { asFailure, type RequestFailure, request, useRequest } from '../../app/core.ts';
import { count, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Pixels } from '../../ui/pixels.tsx';
import { GeneratedPicture } from './generated-picture.tsx';

type DrawnTask = NonNullable<ResponseOf<'config.draw-task'>>;

export interface FirstTaskProps {
  /** null while a field is wrong, also against the dataset. */
  readonly config: RunConfig | null;
}

const mostShown = 20;

/** A training task of this config, drawn with its seed as the trainer would. */
export function FirstTask({ config }: FirstTaskProps) {
  const key = config ? JSON.stringify({ task: config.task, seed: config.seed }) : '';
  const [skip, setSkip] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task or seed begins at its first task
  useEffect(() => setSkip(0), [key]);
  const generated = config !== null && config.task.kind !== 'image-classes';
  const drawn = useDrawnTask(generated ? null : config, skip);
  return (
    <section aria-label="First task">
      <header>
        <h3>{skip === 0 ? 'First task' : `Task ${count(skip + 1)}`}</h3>
        {config && (
          <span className="t11 muted">
            seed {config.seed}
            {changesImages(config) ? ', after augmentation' : ''}
          </span>
        )}
        <Button
          look="quiet"
          size="small"
          icon="refresh"
          className="end"
          unavailable={config === null}
          onClick={() => config && setSkip((times) => times + 1)}
        >
          Another
        </Button>
      </header>
      {generated ? (
        <GeneratedPicture task={config.task} seed={config.seed} skip={skip} />
      ) : (
        <Images
          task={config ? drawn.task : undefined}
          failure={config ? drawn.failure : undefined}
          dataset={config?.task.kind === 'image-classes' ? config.task.dataset : null}
        />
      )}
    </section>
  );
}

const changesImages = ({ task }: RunConfig): boolean =>
  task.kind === 'image-classes' && (task.augmentation.kind !== 'off' || task.rotations === 'on');

interface Drawn {
  readonly task: DrawnTask | undefined;
  readonly failure: RequestFailure | undefined;
}

const pauseMs = 250;

/** Asks a moment after the last change; the task before stays until the next one is there. */
function useDrawnTask(config: RunConfig | null, skip: number): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ task: undefined, failure: undefined });
  const latest = useRef(config);
  latest.current = config;
  const key = config ? JSON.stringify({ task: config.task, seed: config.seed, skip }) : '';
  useEffect(() => {
    if (key === '') return;
    let current = true;
    const timer = setTimeout(() => {
      request('config.draw-task', { config: latest.current as RunConfig, skip }).then(
        (task) => current && setDrawn({ task: task ?? undefined, failure: undefined }),
        (thrown) => current && setDrawn({ task: undefined, failure: asFailure(thrown) }),
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key, skip]);
  return drawn;
}

function Images({ task, failure, dataset }: Drawn & { readonly dataset: string | null }) {
  const datasets = useRequest('datasets.list', null);
  const known = datasets.value?.find(({ id, name }) => name === dataset || id === dataset);
  if (failure) return <p className="t11 soft">{failure.message}</p>;
  if (!task) {
    return (
      <>
        <p className="t11 soft tiles-of">{dataset === null ? 'Waits for valid fields' : 'Drawing a task'}</p>
        <div className="tiles ghost" aria-hidden="true">
          {Array.from({ length: 10 }, (_, index) => `ghost ${index}`).map((name) => (
            <span key={name} className="tile" />
          ))}
        </div>
      </>
    );
  }
  const polarity = known?.layout?.polarity ?? 'ink-dark';
  return (
    <>
      <Tiles title="Support" part={task.support} task={task} polarity={polarity} />
      <Tiles title="Query" part={task.query} task={task} polarity={polarity} />
    </>
  );
}

interface TilesProps {
  readonly title: string;
  readonly part: DrawnTask['support'];
  readonly task: DrawnTask;
  readonly polarity: 'ink-dark' | 'photo';
}

function Tiles({ title, part, task, polarity }: TilesProps) {
  const shown = part.slice(0, mostShown);
  const each = part.length / task.way;
  const more = part.length > shown.length ? `, ${count(shown.length)} of ${count(part.length)} shown` : '';
  const names = [...new Set(shown.map(({ label }) => task.classNames[label] ?? `class ${label + 1}`))];
  return (
    <>
      <p className="t11 soft tiles-of">
        {title}, {plural(task.way, 'class', 'classes')} × {count(each)}
        {more}
      </p>
      <div className="tiles" role="img" aria-label={`${title}: ${names.join(', ')}`}>
        {shown.map(({ label, pixels }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: tiles have no identity but their place
            key={index}
            className="tile"
            title={task.classNames[label]}
          >
            <Pixels pixels={pixels} width={task.width} height={task.height} channels={1} polarity={polarity} />
          </span>
        ))}
      </div>
    </>
  );
}
