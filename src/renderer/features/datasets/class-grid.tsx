import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';
import { count, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Pixels } from '../../ui/pixels.tsx';
import { ClassDialog } from './class-dialog.tsx';
import { hasGroups, shortName, splitOrder, splitWords } from './splits.ts';
import { useThumbnails } from './use-thumbnails.ts';
import { useWidth } from './use-width.ts';

export interface ClassGridProps {
  readonly dataset: DatasetSummary;
  readonly classes: readonly DatasetClass[];
}

type Order = 'stored' | 'most' | 'fewest';
const tile = 35;
const gap = 4;

/** One drawing of each class of a split; only the rows in sight exist in the page. */
export function ClassGrid({ dataset, classes }: ClassGridProps) {
  const [split, setSplit] = useState<Split>('train');
  const [order, setOrder] = useState<Order>('stored');
  const [opened, setOpened] = useState<DatasetClass | null>(null);
  const shown = useMemo(() => inOrder(classes, split, order), [classes, split, order]);
  const options = splitOrder
    .filter((each) => each !== 'unused' || dataset.splits.unused.classes > 0)
    .map((each) => ({ value: each, label: `${splitWords[each]} ${count(dataset.splits[each].classes)}` }));
  return (
    <section className="sec2" aria-label="Classes">
      <div className="sh">
        <h3>Classes</h3>
        <Segmented size="small" label="Split" value={split} options={options} onChange={setSplit} />
        <span className="grow" />
        <OrderMenu order={order} grouped={hasGroups(classes)} onChange={setOrder} />
      </div>
      {shown.length === 0 ? (
        <p className="t12 soft nothing">The {splitWords[split].toLowerCase()} split has no classes.</p>
      ) : (
        <Tiles key={`${split} ${order}`} dataset={dataset} classes={shown} onOpen={setOpened} />
      )}
      {opened && <ClassDialog dataset={dataset} shown={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

const orderWords = { stored: 'By name', most: 'Most examples', fewest: 'Fewest examples' } as const;

interface OrderMenuProps {
  readonly order: Order;
  readonly grouped: boolean;
  readonly onChange: (order: Order) => void;
}

function OrderMenu({ order, grouped, onChange }: OrderMenuProps) {
  const words = { ...orderWords, stored: grouped ? 'By group' : orderWords.stored };
  return (
    <Menu
      align="end"
      trigger={
        <Button look="quiet" size="small">
          Sort: {words[order].toLowerCase()}
        </Button>
      }
      entries={[
        {
          kind: 'choice',
          label: 'Sort',
          value: order,
          options: (Object.keys(words) as Order[]).map((value) => ({ value, label: words[value] })),
          act: (value) => onChange(value as Order),
        },
      ]}
    />
  );
}

function inOrder(classes: readonly DatasetClass[], split: Split, order: Order): readonly DatasetClass[] {
  const members = classes.filter((each) => each.split === split);
  if (order === 'stored') return members;
  const sign = order === 'most' ? -1 : 1;
  return members.sort((a, b) => sign * (a.examples - b.examples) || a.index - b.index);
}

interface TilesProps {
  readonly dataset: DatasetSummary;
  readonly classes: readonly DatasetClass[];
  readonly onOpen: (opened: DatasetClass) => void;
}

function Tiles({ dataset, classes, onOpen }: TilesProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const columns = Math.max(1, Math.floor((width + gap) / (tile + 1)));
  const rows = Math.ceil(classes.length / columns);
  const [current, setCurrent] = useState(0);
  const moved = useRef(false);
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => place.current,
    estimateSize: () => tile + gap,
    overscan: 3,
  });
  const visible = virtual.getVirtualItems();
  const rowOf = (row: number): readonly DatasetClass[] => classes.slice(row * columns, (row + 1) * columns);
  const thumbnails = useThumbnails(
    dataset,
    visible.flatMap(({ index }) => rowOf(index).map((member) => member.index)),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the arrow keys only
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    virtual.scrollToIndex(Math.floor(current / columns));
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(`[data-at="${current}"]`)?.focus());
  }, [current]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? classes.length - 1 : by ? current + by : -1;
    if (next < 0 || next >= classes.length) return;
    event.preventDefault();
    moved.current = true;
    setCurrent(next);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys between the buttons inside
    <div className="cgrid-scroll" ref={place} onKeyDown={onKeyDown}>
      <div className="cgrid-all" style={{ height: virtual.getTotalSize() - gap }}>
        {visible.map(({ index: row, start }) => (
          <div
            key={row}
            className="cgrid-row"
            style={{ transform: `translateY(${start}px)`, gridTemplateColumns: `repeat(${columns}, ${tile}px)` }}
          >
            {rowOf(row).map((member, column) => {
              const at = row * columns + column;
              const image = thumbnails.pixels.get(member.index);
              return (
                <button
                  key={member.index}
                  type="button"
                  className="tile"
                  data-at={at}
                  tabIndex={at === current ? 0 : -1}
                  aria-label={`${fullName(member)}, ${plural(member.examples, 'example')}`}
                  title={`${fullName(member)}, ${plural(member.examples, 'example')}`}
                  onFocus={() => setCurrent(at)}
                  onClick={() => onOpen(member)}
                >
                  {image && <Pixels {...thumbnails} pixels={image} polarity={dataset.layout?.polarity ?? 'photo'} />}
                </button>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

const fullName = (member: DatasetClass): string =>
  member.group === '' ? member.name : `${member.group}, ${shortName(member)}`;
