import { describe, expect, it } from 'vitest';
import { differences, type FineTuning, fineTuningTable, ofPeer, ofRun } from './table.ts';

const tuned = (who: FineTuning['who'], seed: number, test: number): FineTuning => ({
  ...{ who, seed, test, dev: 0.97, testLoss: 0.1, trainingSeconds: 240, wholeSeconds: 300, peakGb: 1.5 },
});
const seeds = (who: FineTuning['who'], ...tests: readonly number[]) => tests.map((test, i) => tuned(who, 42 + i, test));

describe('the table of fine-tuning beside PyTorch', () => {
  it('has a line for each seed, and one for all where there are three', () => {
    const rows = fineTuningTable([...seeds('PyTorch', 0.96, 0.97, 0.98), ...seeds('Innerloop float32', 0.95)]).split(
      '\n',
    );
    expect(rows.slice(2)).toEqual([
      '| PyTorch | 42 | 97.0 | 96.0 | 0.100 | 4.0 | 5.0 | 1.50 |',
      '| PyTorch | 43 | 97.0 | 97.0 | 0.100 | 4.0 | 5.0 | 1.50 |',
      '| PyTorch | 44 | 97.0 | 98.0 | 0.100 | 4.0 | 5.0 | 1.50 |',
      '| **PyTorch** | **all** | **97.0 ± 0.0** | **97.0 ± 2.5** | **0.100 ± 0.000** | **4.0** | **5.0** | **1.50** |', // 4.303 / sqrt(3)
      '| Innerloop float32 | 42 | 97.0 | 95.0 | 0.100 | 4.0 | 5.0 | 1.50 |',
    ]);
  });

  it('says of three seeds whether both sides differ by more than seeds do', () => {
    const peers = seeds('PyTorch', 0.96, 0.97, 0.98);
    expect(differences([...peers, ...seeds('Innerloop float32', 0.97, 0.97, 0.97)])).toEqual([
      'Innerloop float32 less PyTorch on test: +0.0 ± 2.5 points, within what seeds differ by.',
    ]);
    expect(differences([...peers, ...seeds('Innerloop float32', 0.949, 0.96, 0.971)])).toEqual([
      'Innerloop float32 less PyTorch on test: -1.0 ± 0.2 points, more than seeds differ by.',
    ]);
    expect(differences([...peers, ...seeds('Innerloop float32', 0.97, 0.97)])).toEqual([]);
  });

  it('reads a line of the peer and a shown run alike', () => {
    const peer = { seed: 42, dev: 0.976, test: 0.966, testLoss: 0.1, trainingSeconds: 240, wholeSeconds: 300 };
    expect(ofPeer({ ...peer, peakMb: 1000, versions: { torch: '2' } })).toEqual({
      ...peer,
      who: 'PyTorch',
      peakGb: 1.048576,
    });
    const run = {
      ...{ id: 'a', computeMs: 240_000, startedAt: 0, endedAt: 300_000, best: { value: 0.976 } },
      final: { mean: 0.966, perStep: [{ loss: 0.1 }] },
      log: [{ message: 'peak memory 1.05 GB' }, { message: 'saved' }],
    };
    expect(ofRun(run, 'Innerloop float32', 42)).toEqual({ ...peer, who: 'Innerloop float32', peakGb: 1.05 });
    expect(() => ofRun({ ...run, log: [] }, 'Innerloop float32', 42)).toThrow('does not tell its peak memory');
  });
});
