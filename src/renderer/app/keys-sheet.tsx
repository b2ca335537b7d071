import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';
import { keyMap } from './key-map.ts';

/** All keys, on `?`. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose} width={760}>
      <div className="keysheet">
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
      <p className="t11 muted">
        Single letters act only when no text field has the focus. Settings can switch them off.
      </p>
    </Dialog>
  );
}
