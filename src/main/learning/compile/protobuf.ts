/**
 * Writes protocol buffer messages (protobuf.dev, "Encoding"): as much of the format as a TensorFlow graph needs.
 * Large byte fields are kept by reference and copied once, in `finish`.
 */

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
const KEEP_BY_REFERENCE_BYTES = 512;

const utf8 = new TextEncoder();

export class MessageWriter {
  private readonly finished: Uint8Array[] = [];
  private finishedBytes = 0;
  private open = new Uint8Array(64);
  private openBytes = 0;

  get byteLength(): number {
    return this.finishedBytes + this.openBytes;
  }

  /** A varint field: an int32, int64, bool or enum; negative numbers take ten bytes, as the format demands. */
  integer(field: number, value: number): this {
    this.tag(field, VARINT);
    return this.varint(value);
  }

  float(field: number, value: number): this {
    this.tag(field, FIXED_32);
    this.reserve(4);
    new DataView(this.open.buffer, this.openBytes).setFloat32(0, value, true);
    this.openBytes += 4;
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value));
  }

  /** A bytes field; `value` must stay unchanged until `finish`. */
  bytes(field: number, value: Uint8Array): this {
    this.tag(field, LENGTH_DELIMITED);
    this.varint(value.byteLength);
    return this.append(value);
  }

  message(field: number, message: MessageWriter): this {
    this.tag(field, LENGTH_DELIMITED);
    this.varint(message.byteLength);
    return this.fields(message);
  }

  /** All fields of another message, as if they had been written here. */
  fields(message: MessageWriter): this {
    for (const part of message.finished) {
      this.append(part);
    }
    return this.append(message.open.subarray(0, message.openBytes));
  }

  /** A `repeated` integer field in packed form. */
  packedIntegers(field: number, values: readonly number[]): this {
    const packed = new MessageWriter();
    for (const value of values) {
      packed.varint(value);
    }
    return this.message(field, packed);
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.byteLength);
    let offset = 0;
    for (const part of this.finished) {
      whole.set(part, offset);
      offset += part.byteLength;
    }
    whole.set(this.open.subarray(0, this.openBytes), offset);
    return whole;
  }

  private tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  private varint(value: number): this {
    if (value < 0) {
      return this.negativeVarint(value);
    }
    this.reserve(10);
    let rest = value;
    while (rest > 127) {
      this.open[this.openBytes++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.open[this.openBytes++] = rest;
    return this;
  }

  private negativeVarint(value: number): this {
    this.reserve(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 127n) {
      this.open[this.openBytes++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.open[this.openBytes++] = Number(rest);
    return this;
  }

  private append(part: Uint8Array): this {
    if (part.byteLength < KEEP_BY_REFERENCE_BYTES) {
      this.reserve(part.byteLength);
      this.open.set(part, this.openBytes);
      this.openBytes += part.byteLength;
      return this;
    }
    this.close();
    this.finished.push(part);
    this.finishedBytes += part.byteLength;
    return this;
  }

  private close(): void {
    if (this.openBytes === 0) {
      return;
    }
    this.finished.push(this.open.slice(0, this.openBytes));
    this.finishedBytes += this.openBytes;
    this.openBytes = 0;
  }

  private reserve(bytes: number): void {
    if (this.openBytes + bytes <= this.open.byteLength) {
      return;
    }
    const larger = new Uint8Array(Math.max(this.open.byteLength * 2, this.openBytes + bytes));
    larger.set(this.open.subarray(0, this.openBytes));
    this.open = larger;
  }
}
