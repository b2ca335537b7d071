import { writeFileAtomically } from '../../../src/main/files/atomic-write.ts';

/** Rewrites a file until it is killed: round n is 300 KB of the byte n, so that a torn file would show two values. */
const path = process.argv[2]!;
for (let round = 0; ; round = (round + 1) % 256) {
  await writeFileAtomically(path, new Uint8Array(300_000).fill(round));
  if (round === 0) process.stdout.write('.');
}
