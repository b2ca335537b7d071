import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogEntry } from '../../../shared/runs/run.ts';
import { asFailure, type RequestFailure, request, subscribe } from '../../app/core.ts';

export interface RunLog {
  /** In order of time. */
  readonly entries: readonly LogEntry[];
  readonly total: number;
  readonly failure: RequestFailure | undefined;
  /** Earlier entries that are not here yet. */
  readonly earlier: number;
  readonly loadEarlier: () => void;
}

const pageSize = 2000;

/** Joins entries without repeating a sequence number; both lists are in order. */
export function joinEntries(known: readonly LogEntry[], added: readonly LogEntry[]): readonly LogEntry[] {
  const bySeq = new Map([...known, ...added].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The log's last page, followed; earlier pages on demand. */
export function useLog(id: string): RunLog {
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  const [total, setTotal] = useState(0);
  const [failure, setFailure] = useState<RequestFailure | undefined>();
  const question = useRef(0);

  const read = useCallback(
    async (mine: number, after: number) => {
      const page = await request('runs.log', { id, after, limit: pageSize });
      if (mine !== question.current) return;
      setFailure(undefined);
      setEntries((known) => joinEntries(known, page.entries));
      setTotal((now) => Math.max(now, page.total));
    },
    [id],
  );
  const loadTail = useCallback(() => {
    const mine = ++question.current;
    const start = async () => {
      const { total: stored } = await request('runs.log', { id, after: 0, limit: 1 });
      await read(mine, Math.max(0, stored - pageSize));
    };
    start().catch((thrown: unknown) => mine === question.current && setFailure(asFailure(thrown)));
  }, [id, read]);

  useEffect(() => {
    setEntries([]);
    setTotal(0);
    loadTail();
    const ends = [
      subscribe('run.log', (body) => {
        if (body.id !== id) return;
        setEntries((known) => joinEntries(known, body.entries));
        setTotal((now) => Math.max(now, ...body.entries.map(({ seq }) => seq)));
      }),
      subscribe('core.state', ({ state }) => {
        if (state === 'connected') loadTail();
      }),
    ];
    return () => {
      question.current++;
      for (const end of ends) end();
    };
  }, [id, loadTail]);

  const first = entries[0]?.seq ?? 1;
  return {
    entries,
    total,
    failure,
    earlier: Math.max(0, first - 1),
    loadEarlier: () => {
      read(question.current, Math.max(0, first - 1 - pageSize)).catch((thrown: unknown) =>
        setFailure(asFailure(thrown)),
      );
    },
  };
}
