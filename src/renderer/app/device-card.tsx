import { useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Meter } from '../ui/marks.tsx';
import { useEvent } from './core.ts';
import { useFacts } from './facts.tsx';
import { bytes, fixed } from './format.ts';

interface Load {
  readonly cpuPercent: number | null;
  readonly memoryMb: number | null;
}

const idle: Load = { cpuPercent: null, memoryMb: null };

/** What computes, and how busy the running trainer keeps it (its own CPU and memory, as it reports them). */
export function DeviceCard() {
  const { doctor, queue } = useFacts();
  const [load, setLoad] = useState<Load>(idle);
  useEvent('run.points', ({ points }) => {
    const last = (key: string) => points[key]?.at(-1)?.[1];
    const cpuPercent = last('system/cpu-percent');
    const memoryMb = last('system/memory-mb');
    if (cpuPercent === undefined && memoryMb === undefined) return;
    setLoad((known) => ({ cpuPercent: cpuPercent ?? known.cpuPercent, memoryMb: memoryMb ?? known.memoryMb }));
  });
  const device = doctor?.find(({ key }) => key === 'device');
  if (!device) return null;
  const active = (queue?.running.length ?? 0) > 0;
  const totalMb = megabytesIn(doctor?.find(({ key }) => key === 'memory')?.value);
  return (
    <section className="device" aria-label="Compute device">
      <div className="hd">
        <Icon name="chip" small />
        <span className="trunc" title={device.value}>
          {device.value.replace(/^[CG]PU: /, '') /* the narrow card has no room for both */}
        </span>
      </div>
      {active && load.cpuPercent !== null ? (
        <dl>
          <dt>CPU</dt>
          <dd>
            <Meter
              value={load.cpuPercent / (100 * navigator.hardwareConcurrency)}
              label="CPU of the trainer"
              text={`${fixed(load.cpuPercent, 0)} %`}
              colour="var(--accent)"
            />
          </dd>
          <dd title="100 % is one core">{fixed(load.cpuPercent, 0)} %</dd>
          {load.memoryMb !== null && (
            <>
              <dt>Mem</dt>
              <dd>
                <Meter
                  value={totalMb ? load.memoryMb / totalMb : 0}
                  label="Memory of the trainer"
                  text={bytes(load.memoryMb * 1e6)}
                />
              </dd>
              <dd>
                {bytes(load.memoryMb * 1e6)}
                {totalMb ? ` of ${bytes(totalMb * 1e6)}` : ''}
              </dd>
            </>
          )}
        </dl>
      ) : (
        <div className="idle">
          <span>{active ? 'Busy' : 'Idle'}</span>
          {totalMb && <span>{bytes(totalMb * 1e6)} memory</span>}
        </div>
      )}
    </section>
  );
}

/** Megabytes in a text such as "7.8 GB, 5.1 free"; undefined when it has none. */
export function megabytesIn(text: string | undefined): number | undefined {
  const found = /([\d.,]+)\s*([GM])i?B/.exec(text ?? '');
  if (!found?.[1]) return undefined;
  return Number(found[1].replaceAll(',', '')) * (found[2] === 'G' ? 1000 : 1);
}
