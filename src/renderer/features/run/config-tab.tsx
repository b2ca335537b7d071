import { fieldGroups, fieldsOf, valueAtPath } from '../../../shared/run-config/fields.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { saveConfig } from './config-panel.tsx';
import { comparePaper, settingText } from './paper.ts';

/** Every field of the run's config, with the paper's value where it differs. */
export function ConfigTab({ run }: { readonly run: RunSummary }) {
  const toasts = useToasts();
  const paper = comparePaper(run.config);
  const fields = fieldsOf(run.config);
  const textFields = new Set(['name', 'note', 'tags']);
  return (
    <div className="tab-page">
      <div className="tab-bar">
        <span className="t12 muted grow">
          {paper.preset === null
            ? 'No paper has such tasks.'
            : paper.differences.size === 0
              ? `As in the preset “${paper.preset.label}”.`
              : `Amber fields differ from the preset “${paper.preset.label}”.`}
        </span>
        <Button icon="download" onClick={() => void saveConfig(run, toasts)}>
          Save as JSON
        </Button>
      </div>
      <div className="config-grid">
        {fieldGroups.map((group) => {
          const rows = fields.filter((field) => field.group === group && !textFields.has(field.path));
          if (rows.length === 0) return null;
          const marked = rows.some(({ path }) => paper.differences.has(path));
          return (
            <Panel key={group} title={group}>
              <table className="mini config-table">
                <tbody>
                  {rows.map(({ path, label, unit, help, choices }) => {
                    const value = valueAtPath(run.config, path);
                    const difference = paper.differences.get(path);
                    const written = (of: unknown): string =>
                      path === 'engine.stepsPerCall' && of === 0
                        ? 'Automatic'
                        : (choices?.[String(of)] ?? settingText(of));
                    return (
                      <tr key={path} title={help}>
                        <th scope="row">
                          {label}
                          {unit && <span className="u"> {unit}</span>}
                        </th>
                        <td className={difference ? 'n diff' : 'n'}>{written(value)}</td>
                        {marked && (
                          <td className="muted source">
                            {difference ? `${difference.source}: ${written(difference.paper)}` : ''}
                          </td>
                        )}
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </Panel>
          );
        })}
      </div>
    </div>
  );
}
