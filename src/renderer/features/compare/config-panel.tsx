import { useMemo } from 'react';
import { count } from '../../app/format.ts';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Panel } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { configRows, tableText } from './config-table.ts';
import type { CompareGroup, Grouping } from './groups.ts';

export interface ConfigPanelProps {
  readonly groups: readonly CompareGroup[];
  readonly grouping: Grouping;
  readonly shown: 'differing' | 'all';
  readonly onShown: (shown: 'differing' | 'all') => void;
}

/** The groups' configs beside each other; values that are not the usual one stand out. */
export function ConfigPanel({ groups, grouping, shown, onShown }: ConfigPanelProps) {
  const toasts = useToasts();
  const all = useMemo(() => configRows(groups, grouping), [groups, grouping]);
  const differing = all.filter(({ differs }) => differs === 'yes');
  const rows = shown === 'all' ? all : differing;
  const copy = (): void => {
    navigator.clipboard
      .writeText(tableText(groups, rows))
      .then(() => toasts.tell('Table copied', 'copy'), toasts.tellFailure);
  };
  return (
    <Panel
      title="Config"
      sub={`${count(differing.length)} of ${count(all.length)} fields differ`}
      className="configs"
      tools={
        <>
          <Checkbox
            label="Only differences"
            checked={shown === 'differing'}
            onChange={(only) => onShown(only ? 'differing' : 'all')}
          />
          <IconButton size="small" icon="copy" label="Copy the table" onClick={copy} />
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="t12 soft pad">Every field is the same.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
        <section className="scroll" tabIndex={0} aria-label="Config of each group">
          <table className="mini difft">
            <thead>
              <tr>
                <th>Field</th>
                {groups.map(({ key, short, name, colour }) => (
                  <th key={key} className={`s${colour}`} title={name}>
                    <i />
                    <span className="trunc">{short}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ path, label, values, looks }) => (
                <tr key={path}>
                  <td title={path}>{label}</td>
                  {values.map((value, index) => (
                    <td key={groups[index]!.key} className={classNames(looks[index])} title={value}>
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
