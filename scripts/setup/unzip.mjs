import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * @typedef {{name: string, method: number, packedBytes: number, bytes: number, headerAt: number, mode: number}} Member
 */

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const unknown32 = 0xffffffff;

/**
 * Unpacks the wanted members of a zip archive (a Python wheel) whose digest has been checked already.
 * @param {string} archive
 * @param {string} folder exists
 * @param {(name: string) => string | undefined} place where a member goes, relative to folder; undefined leaves it out
 * @param {(done: number, total: number) => void} [onProgress] bytes written, bytes to write
 * @returns {Promise<number>} how many files were written
 * @throws where the archive is no plain zip (zip64 and encryption are not read) or a member would leave the folder
 */
export async function unzip(archive, folder, place, onProgress) {
  const handle = await open(archive, 'r');
  try {
    const chosen = (await readMembers(handle)).flatMap((member) => {
      const target = member.name.endsWith('/') ? undefined : place(member.name);
      return target === undefined ? [] : [{ member, target: safeJoin(folder, target) }];
    });
    const total = chosen.reduce((sum, { member }) => sum + member.bytes, 0);
    let done = 0;
    for (const { member, target } of chosen) {
      await mkdir(path.dirname(target), { recursive: true });
      await writeMember(archive, handle, member, target, (bytes) => {
        done += bytes;
        onProgress?.(done, total);
      });
    }
    return chosen.length;
  } finally {
    await handle.close();
  }
}

/** @param {string} folder @param {string} name @returns {string} */
function safeJoin(folder, name) {
  const target = path.resolve(folder, name);
  if (!target.startsWith(path.resolve(folder) + path.sep))
    throw new Error(`The archive's member ${name} would leave ${folder}.`);
  return target;
}

/** @param {import('node:fs/promises').FileHandle} handle @returns {Promise<Member[]>} */
async function readMembers(handle) {
  const { size } = await handle.stat();
  const tailBytes = Math.min(size, 65_557); // end record with the longest comment
  const tail = await readAt(handle, size - tailBytes, tailBytes);
  let endAt = tail.length - 22;
  while (endAt >= 0 && tail.readUInt32LE(endAt) !== endSignature) endAt -= 1;
  if (endAt < 0) throw new Error('The archive has no zip directory: it is cut short.');
  const directoryAt = tail.readUInt32LE(endAt + 16);
  if (directoryAt === unknown32) throw new Error('The archive is a zip64, which is not read here.');
  return parseDirectory(await readAt(handle, directoryAt, tail.readUInt32LE(endAt + 12)));
}

/** @param {Buffer} directory @returns {Member[]} */
function parseDirectory(directory) {
  const members = [];
  for (let at = 0; at < directory.length; ) {
    if (directory.readUInt32LE(at) !== centralSignature)
      throw new Error('The zip directory of the archive is damaged.');
    const nameBytes = directory.readUInt16LE(at + 28);
    const member = {
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
    };
    if ([member.packedBytes, member.bytes, member.headerAt].includes(unknown32))
      throw new Error('The archive is a zip64, which is not read here.');
    members.push(member);
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return members;
}

/**
 * @param {string} archive
 * @param {import('node:fs/promises').FileHandle} handle on the same
 * @param {Member} member
 * @param {string} target
 * @param {(bytes: number) => void} onWritten
 */
async function writeMember(archive, handle, member, target, onWritten) {
  const header = await readAt(handle, member.headerAt, 30);
  if (header.readUInt32LE(0) !== localSignature) throw new Error(`The archive's member ${member.name} is damaged.`);
  if (member.method !== 0 && member.method !== 8)
    throw new Error(`The archive's member ${member.name} is packed in an unknown way.`);
  const start = member.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  let written = 0;
  const count = new Transform({
    transform(chunk, _encoding, next) {
      written += chunk.length;
      onWritten(chunk.length);
      next(null, chunk);
    },
  });
  const output = createWriteStream(target, { mode: member.mode || 0o644, flush: true });
  if (member.packedBytes === 0) output.end();
  else {
    const source = createReadStream(archive, { start, end: start + member.packedBytes - 1, highWaterMark: 1 << 20 });
    if (member.method === 8) await pipeline(source, createInflateRaw({ chunkSize: 1 << 20 }), count, output);
    else await pipeline(source, count, output);
  }
  if (written !== member.bytes)
    throw new Error(`The archive's member ${member.name} has ${written} bytes instead of ${member.bytes}.`);
}

/** @param {import('node:fs/promises').FileHandle} handle @param {number} position @param {number} length */
async function readAt(handle, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error('The archive is cut short.');
  return buffer;
}
