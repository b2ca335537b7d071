import { join } from 'node:path';
import { writeAtomically } from '../../files/atomic-write.ts';
import type { ExportedRun } from './exported-run.ts';
import { tfRecord } from './tf-record.ts';

/**
 * An event file of TensorBoard with every stored point as a scalar summary. TensorBoard's scalars are float32, and its
 * steps whole numbers. Points are stored without a time of day: each gets its share of the run's computing time.
 */
export async function writeTensorboard(folder: string, exported: ExportedRun): Promise<void> {
  const { run } = exported;
  const seconds = Math.floor((run.startedAt ?? run.createdAt) / 1000);
  await writeAtomically(join(folder, `events.out.tfevents.${seconds}.innerloop`), async (file) => {
    for (const part of gathered(eventRecords(exported))) await file.append(part);
  });
}

/** Small records as parts of about a megabyte. */
function* gathered(records: Iterable<Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for (const record of records) {
    waiting.push(record);
    bytes += record.byteLength;
    if (bytes < 1 << 20) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}

function* eventRecords({ run, series }: ExportedRun): Generator<Uint8Array> {
  const startedAt = (run.startedAt ?? run.createdAt) / 1000;
  const secondsPerStep = run.iteration > 0 ? run.computeMs / 1000 / run.iteration : 0;
  yield tfRecord(Buffer.concat([doubleField(1, startedAt), bytesField(3, Buffer.from('brain.Event:2'))]));
  for (const { key, steps, values } of series) {
    const tag = bytesField(1, Buffer.from(key));
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index]!;
      const value = Buffer.concat([tag, floatField(2, values[index]!)]);
      yield tfRecord(
        Buffer.concat([
          doubleField(1, startedAt + step * secondsPerStep),
          varintField(2, Math.round(step)),
          bytesField(5, bytesField(1, value)),
        ]),
      );
    }
  }
}

/**
 * Protocol buffers of tensorflow/core/util/event.proto and framework/summary.proto: Event {wall_time = 1, step = 2,
 * file_version = 3, summary = 5}, Summary {value = 1}, Value {tag = 1, simple_value = 2}.
 */
const key = (field: number, wireType: number): number => (field << 3) | wireType;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = Math.max(0, value);
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

const varintField = (field: number, value: number): Buffer =>
  Buffer.concat([Buffer.from([key(field, 0)]), varint(value)]);

function doubleField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = key(field, 1);
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function floatField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = key(field, 5);
  bytes.writeFloatLE(value, 1);
  return bytes;
}

const bytesField = (field: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([key(field, 2)]), varint(content.byteLength), content]);
