import { deserialize, serialize } from 'node:v8';

/** Frames on a byte stream: 4 bytes of length (big-endian), then one value as structured clone writes it. */

const headerBytes = 4;

/** One value as a frame. */
export function encodeFrame(value: unknown): Buffer {
  const body = serialize(value);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}

/**
 * Cuts a byte stream into values. Call the returned function with each part that arrives; it calls `onValue` for every
 * whole frame, and throws for a frame longer than `longest` bytes or one that is no value.
 */
export function frameDecoder(longest: number, onValue: (value: unknown) => void): (part: Buffer) => void {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = headerBytes;
  let stage: 'header' | 'body' = 'header';

  const take = (): Buffer => {
    const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    const taken = all.subarray(0, wanted);
    const rest = all.subarray(wanted);
    parts = rest.length > 0 ? [rest] : [];
    held = rest.length;
    return taken;
  };
  return (part) => {
    parts.push(part);
    held += part.length;
    while (held >= wanted) {
      const bytes = take();
      if (stage === 'header') {
        wanted = bytes.readUInt32BE();
        if (wanted > longest) throw new Error(`A frame of ${wanted} bytes is longer than the allowed ${longest}.`);
        stage = 'body';
      } else {
        wanted = headerBytes;
        stage = 'header';
        onValue(deserialize(bytes));
      }
    }
  };
}
