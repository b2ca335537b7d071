import { useState } from 'react';
import type { DoctorItem } from '../../../shared/contract/requests.ts';
import { request, useRequest } from '../../app/core.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { FailureLine, Skeleton } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { Section, SettingRow } from './section.tsx';

const verdicts: Readonly<Record<DoctorItem['verdict'], { readonly icon: IconName; readonly word: string }>> = {
  ok: { icon: 'check', word: 'in order' },
  warning: { icon: 'alert', word: 'to note' },
  missing: { icon: 'x', word: 'missing' },
};

export function About() {
  const info = useRequest('app.info', null);
  const known = useRequest('app.doctor', { check: 'known' });
  const toasts = useToasts();
  const [fresh, setFresh] = useState<readonly DoctorItem[] | null>(null);
  const [checking, setChecking] = useState(false);
  const items = fresh ?? known.value;
  const check = async (): Promise<void> => {
    setChecking(true);
    try {
      setFresh(await request('app.doctor', { check: 'fresh' }));
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
    setChecking(false);
  };
  const copy = (): void => {
    const text = (items ?? []).map(({ label, value, verdict }) => `${label}: ${value} (${verdict})`).join('\n');
    navigator.clipboard
      .writeText(`Innerloop ${info.value?.version ?? ''}\n${text}\n`)
      .then(() => toasts.tell('Versions copied', 'copy'), toasts.tellFailure);
  };
  return (
    <Section id="about" title="About">
      <SettingRow
        label={`Innerloop ${info.value?.version ?? ''}`}
        help="Meta-learning experiments on this computer. MIT licence."
      >
        <Button icon="copy" onClick={copy}>
          Copy versions
        </Button>
        <Button icon="refresh" unavailable={checking} onClick={() => !checking && void check()}>
          {checking ? 'Checking' : 'Check again'}
        </Button>
      </SettingRow>
      {known.failure && !items && <FailureLine message={known.failure.message} onRetry={known.refresh} />}
      {items ? (
        <table className="mini doctor">
          <thead>
            <tr>
              <th>Part</th>
              <th>Found</th>
              <th>Verdict</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row key={item.key} item={item} />
            ))}
          </tbody>
        </table>
      ) : (
        !known.failure && <Skeleton width="100%" height={180} />
      )}
      <p className="t11 muted licences">
        Inter and JetBrains Mono are used under the SIL Open Font License, TensorFlow and TensorFlow.js under the Apache
        License 2.0, Electron and Chart.js under the MIT licence.
      </p>
    </Section>
  );
}

function Row({ item }: { readonly item: DoctorItem }) {
  const { icon, word } = verdicts[item.verdict];
  return (
    <tr className={item.verdict}>
      <td>{item.label}</td>
      <td>
        {item.value}
        {item.remedy && <span className="remedy">{item.remedy}</span>}
      </td>
      <td>
        <span className="row">
          <Icon name={icon} small />
          {word}
        </span>
      </td>
    </tr>
  );
}
