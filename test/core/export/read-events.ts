import { tfRecord } from '../../../src/main/core/export/tf-record.ts';

export interface ReadEvent {
  readonly wallTime?: number;
  readonly step?: number;
  readonly fileVersion?: string;
  readonly tag?: string;
  readonly value?: number;
}

/** Reads an event file back, checking every frame; an independent reader (Python's tensorboard) agrees with it. */
export function readEvents(bytes: Buffer): ReadEvent[] {
  const events: ReadEvent[] = [];
  for (let at = 0; at < bytes.length; ) {
    const data = bytes.subarray(at + 12, at + 12 + Number(bytes.readBigUInt64LE(at)));
    const record = tfRecord(data);
    if (!bytes.subarray(at, at + record.length).equals(record)) throw new Error(`The frame at ${at} is damaged.`);
    events.push(eventOf(data));
    at += record.length;
  }
  return events;
}

type Field = readonly [field: number, content: number | Buffer];

function* fields(bytes: Buffer): Generator<Field> {
  for (let at = 0; at < bytes.length; ) {
    const [field, type] = [bytes[at]! >> 3, bytes[at]! & 7];
    at++;
    if (type === 1) {
      yield [field, bytes.readDoubleLE(at)];
      at += 8;
    } else if (type === 5) {
      yield [field, bytes.readFloatLE(at)];
      at += 4;
    } else {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const byte = bytes[at++]!;
        value += (byte & 127) * factor;
        if (byte < 128) break;
      }
      if (type === 2) {
        yield [field, bytes.subarray(at, at + value)];
        at += value;
      } else yield [field, value];
    }
  }
}

function eventOf(data: Buffer): ReadEvent {
  const names: Readonly<Record<number, keyof ReadEvent>> = { 1: 'wallTime', 2: 'step', 3: 'fileVersion' };
  const event: Record<string, unknown> = {};
  for (const [field, content] of fields(data)) {
    if (field === 5) Object.assign(event, scalarOf([...fields(content as Buffer)][0]![1] as Buffer));
    else event[names[field]!] = typeof content === 'number' ? content : content.toString();
  }
  return event;
}

function scalarOf(value: Buffer): Pick<ReadEvent, 'tag' | 'value'> {
  const found = new Map(fields(value));
  return { tag: String(found.get(1)), value: found.get(2) as number };
}
