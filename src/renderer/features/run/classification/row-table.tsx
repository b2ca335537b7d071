import { Fragment } from 'react';
import { count } from '../../../app/format.ts';
import { classNames } from '../../../ui/class-names.ts';
import { AllProbabilities, type ExampleListProps, Mark } from './example-list.tsx';
import { labelMarks } from './words.ts';

export interface RowTableProps extends ExampleListProps {
  readonly columns: readonly string[];
}

/** Predicted rows as a table that scrolls sideways beneath what was said of each; a press opens all probabilities. */
export function RowTable({ examples, labels, columns, opened, onOpen, name }: RowTableProps) {
  return (
    <table className="row-table" aria-label={name}>
      <thead>
        <tr>
          <th scope="col">Said</th>
          {columns.map((column) => (
            <th scope="col" key={column} title={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {examples.map((example) => {
          const open = example.position === opened;
          return (
            <Fragment key={example.position}>
              <tr className={classNames(open && 'cur')}>
                <th scope="row">
                  <button type="button" aria-expanded={open} onClick={() => onOpen(open ? null : example)}>
                    {labelMarks(example).map((mark) => (
                      <Mark key={mark.label} mark={mark} label={labels[mark.label] ?? count(mark.label)} />
                    ))}
                    <span className="id num muted" title="Place in the dataset">
                      {example.split} {count(example.position)}
                    </span>
                  </button>
                </th>
                {columns.map((column, at) => (
                  <td key={column} title={example.row?.[at] ?? 'missing'}>
                    {example.row?.[at] ?? <span className="muted">–</span>}
                  </td>
                ))}
              </tr>
              {open && (
                <tr className="cur">
                  <td colSpan={columns.length + 1}>
                    <div className="row-said">
                      <AllProbabilities example={example} labels={labels} />
                    </div>
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
