import { useState } from 'react';
import type { DoctorItem } from '../../../shared/contract/requests.ts';
import { request } from '../../app/core.ts';
import { useFacts } from '../../app/facts.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Tag } from '../../ui/marks.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { computeVerdict, deviceLines, itemValue, remediesOf } from './compute-words.ts';

/** What will compute: device, memory, TensorFlow; looked at again on request. */
export function ComputeCard() {
  const { doctor } = useFacts();
  const toasts = useToasts();
  const [fresh, setFresh] = useState<readonly DoctorItem[] | null>(null);
  const [checking, setChecking] = useState(false);
  const items = fresh ?? doctor;
  const check = async (): Promise<void> => {
    setChecking(true);
    try {
      setFresh(await request('app.doctor', { check: 'fresh' }));
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
    setChecking(false);
  };
  const verdict = items && computeVerdict(items);
  return (
    <section className="panel rt" aria-label="Compute">
      <header>
        <h2>Compute</h2>
        {verdict && (
          <Tag look={verdict.look}>
            <Icon name={verdict.look === 'ok' ? 'check' : 'alert'} small />
            {verdict.word}
          </Tag>
        )}
        <div className="tools">
          <Button
            look="quiet"
            size="small"
            icon="refresh"
            unavailable={checking}
            onClick={() => !checking && void check()}
          >
            {checking ? 'Checking' : 'Check again'}
          </Button>
        </div>
      </header>
      {items ? <Found items={items} /> : <Waiting />}
    </section>
  );
}

function Found({ items }: { readonly items: readonly DoctorItem[] }) {
  const device = deviceLines(itemValue(items, 'device'));
  const remedies = remediesOf(items);
  return (
    <div className="rtg">
      <Part icon="chip" head={device.head} lines={[device.rest]} />
      <Part icon="model" head="Memory" lines={[itemValue(items, 'memory')]} />
      <Part
        icon="bolt"
        head={`TensorFlow ${itemValue(items, 'tensorflow')}`}
        lines={[`XLA ${itemValue(items, 'xla')}`, `Node ${itemValue(items, 'node')}`]}
      />
      <p className="note">
        {remedies.length > 0
          ? remedies.join(' ')
          : 'Each training step is recorded once and replayed as one graph; XLA fuses it where that pays.'}
      </p>
    </div>
  );
}

function Waiting() {
  return (
    <div className="rtg">
      {['device', 'memory', 'tensorflow'].map((part) => (
        <Skeleton key={part} width="80%" height={34} />
      ))}
    </div>
  );
}

function Part({
  icon,
  head,
  lines,
}: {
  readonly icon: IconName;
  readonly head: string;
  readonly lines: readonly string[];
}) {
  return (
    <div>
      <Icon name={icon} />
      <p>
        <b>{head}</b>
        {lines.filter(Boolean).map((line) => (
          <span key={line} className="num">
            {line}
          </span>
        ))}
      </p>
    </div>
  );
}
