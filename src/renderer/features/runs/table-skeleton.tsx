import { Skeleton } from '../../ui/page.tsx';
import type { Layout } from './columns.ts';

const rows = Array.from({ length: 12 }, (_, index) => index);

/** Header and 12 grey rows in the final layout, so that nothing jumps. */
export function TableSkeleton({ layout }: { readonly layout: Layout }) {
  return (
    <div className="grid" style={{ '--cols': layout.template } as React.CSSProperties} aria-busy="true">
      <div className="tr th">
        <span />
        <span />
        <span>Name</span>
        {layout.shown.map(({ id, title, align }) => (
          <span key={id} className={align === 'right' ? 'n' : ''}>
            {title}
          </span>
        ))}
      </div>
      {rows.map((row) => (
        <div className="tr" key={row}>
          <span />
          <span />
          <span>
            <Skeleton width={`${50 + ((row * 37) % 40)}%`} />
          </span>
          {layout.shown.map(({ id, align }) => (
            <span key={id} className={align === 'right' ? 'n' : ''}>
              <Skeleton width="60%" />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
