import { Keys } from '../ui/keys.tsx';
import { keyMap } from './key-map.ts';

/** All keys by place: for the sheet on `?` and for the settings, each with its own look. */
export function KeyList({ className }: { readonly className: string }) {
  return (
    <div className={className}>
      {keyMap.map(({ place, rows }) => (
        <section key={place}>
          <h3>{place}</h3>
          <dl>
            {rows.map(({ keys, does }) => (
              <div key={does}>
                <dt>{does}</dt>
                <dd>
                  {keys.map((chord) => (
                    <Keys key={chord} keys={chord} spoken />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
