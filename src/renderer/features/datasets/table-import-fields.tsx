import { useState } from 'react';
import type { TablePreview } from '../../../shared/datasets/table.ts';
import { encodingWords } from '../../../shared/datasets/text-encoding.ts';
import { count, plural } from '../../app/format.ts';
import { Select } from '../../ui/select.tsx';
import { ColumnRow, EncodingRow, HeaderRow } from './column-row.tsx';
import { TextRow, Wrong } from './form-rows.tsx';
import type { LookedField } from './looked-form.ts';
import { FirstRows, LabelBars } from './preview-parts.tsx';
import { SplitFields } from './split-fields.tsx';
import { shownUse, type TableImportForm, withUses } from './table-import-form.ts';
import type { LookedFormState } from './use-looked-form.ts';

interface TableImportFieldsProps {
  readonly state: LookedFormState<TableImportForm, LookedField>;
  readonly preview: TablePreview;
}

/** The choices of an import of a table: label, what each column is, splits; below them what they lead to. */
export function TableImportFields({ state, preview }: TableImportFieldsProps) {
  const { form, change } = state;
  const { columns } = preview;
  return (
    <>
      <TextRow label="Name" {...state.text('name')} />
      {preview.format !== 'jsonl' && <HeaderRow value={form.header} onChange={(header) => change({ header })} />}
      <EncodingRow value={form.encoding} onChange={(encoding) => change({ encoding })} />
      <ColumnRow label="Label" value={form.label} columns={columns} onChange={(label) => change({ label })} />
      <ColumnUses state={state} preview={preview} />
      <div className="tprev">
        <p className="t11 muted">
          {readWords(preview)}, read as {encodingWords(preview.encoding)}
        </p>
        <FirstRows columns={columns.map(({ name }) => name)} rows={preview.rows} used={usedColumns(preview)} />
        {preview.labels.length > 0 && <LabelBars labels={preview.labels} labelsTotal={preview.labelsTotal} />}
      </div>
      {preview.problem && <Wrong text={preview.problem} />}
      <SplitFields
        state={state}
        noun="row"
        givenBy={
          <ColumnRow
            label="Given by"
            value={form.splitColumn}
            columns={columns}
            none="Nothing: draw them"
            onChange={(splitColumn) => change({ splitColumn })}
          />
        }
      />
      {state.refusal && <Wrong text={state.refusal} />}
    </>
  );
}

const uses = [
  { value: 'number', label: 'Number' },
  { value: 'category', label: 'Category' },
  { value: 'ignored', label: 'Left out' },
] as const;
const columnsShown = 60;

/** What every column is taken for; with many of them, those whose name holds what is searched. */
function ColumnUses({ state: { form, change }, preview }: TableImportFieldsProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = preview.columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <section className="tprev" aria-label="Columns">
      {preview.columns.length > 12 && (
        <input
          type="text"
          className="in"
          aria-label="Search columns"
          placeholder={`Search ${count(preview.columns.length)} columns`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by keyboard */}
      <section className="tprev-rows column-uses" tabIndex={0} aria-label="What each column is">
        <table className="mini">
          <thead>
            <tr>
              <th>Column</th>
              <th>Taken for</th>
              <th>Values</th>
              <th>Missing</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, columnsShown).map((column) => {
              const use = shownUse(form, column);
              return (
                <tr key={column.name}>
                  <td title={column.name}>{column.name}</td>
                  <td title={column.reason ?? undefined}>
                    {use === 'label' || use === 'split' ? (
                      <span className="soft">{use === 'label' ? 'Label' : 'Split'}</span>
                    ) : (
                      <Select
                        look="button"
                        className="sm"
                        label={`${column.name} is taken for`}
                        value={use}
                        options={uses}
                        onChange={(chosen) => change(withUses(form, [column.name], chosen as typeof use))}
                      />
                    )}
                    {use === 'ignored' && column.reason && <span className="muted t11"> {column.reason}</span>}
                  </td>
                  <td className="num">{column.distinct >= 1000 ? 'many' : count(column.distinct)}</td>
                  <td className="num">{column.missing === 0 ? '–' : count(column.missing)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {found.length > columnsShown && (
        <p className="t11 muted">{plural(found.length - columnsShown, 'more column')}: search for them by name</p>
      )}
    </section>
  );
}

const usedColumns = ({ columns }: TablePreview): ReadonlyMap<string, string> =>
  new Map(columns.filter(({ use }) => use !== 'ignored').map(({ name, use }) => [name, use]));

const readWords = ({ rowsRead, complete, labelsTotal }: TablePreview): string =>
  `${complete === 'yes' ? '' : 'The first '}${plural(rowsRead, 'row')}${labelsTotal === 0 ? '' : ` with ${plural(labelsTotal, 'label')}`}`;
