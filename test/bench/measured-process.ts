/** A process that holds one contestant and measures it when asked: a line of seconds in, a line of JSON out. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const firstCallSchema = z.object({
  firstCallMs: z.number(),
  /** Largest resident size before the first step, with all imports; 2^20 bytes. */
  beforeMb: z.number(),
  parameters: z.number(),
  stepsPerCall: z.number(),
  versions: z.record(z.string(), z.string()),
  note: z.string().optional(),
  firstLoss: z.number().optional(),
});
export type FirstCall = z.infer<typeof firstCallSchema>;

const windowSchema = z.object({
  /** Median and fastest over the calls of this window; milliseconds of one step. */
  msPerStep: z.number(),
  fastestMs: z.number(),
  steps: z.number(),
  peakMb: z.number(),
  cpuSeconds: z.number(),
});
export type Window = z.infer<typeof windowSchema>;

export interface MeasuredProcess {
  readonly first: FirstCall;
  /** Throws a plain sentence when the process ends, or takes longer than `limitMs`. */
  measure(seconds: number, limitMs: number): Promise<Window>;
  end(): void;
}

export interface ProcessCommand {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** Starts it and waits for its first call; throws a plain sentence when there is none within `limitMs`. */
export async function startMeasured(command: ProcessCommand, limitMs: number): Promise<MeasuredProcess> {
  const { program, words, environment } = command;
  const child = spawn(program, words, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-4000);
  });
  child.stdin.on('error', () => undefined); // it has ended, which `gone` tells
  const gone = new Promise<never>((_resolve, reject) => {
    child.on('error', (error) => reject(new Error(`it could not be started: ${error.message}`)));
    child.on('close', (code, signal) => reject(new Error(`it ended (${signal ?? code}): ${lastLine(lastWords)}`)));
  });
  gone.catch(() => undefined); // asked for only while something is awaited
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <Answer>(schema: z.ZodType<Answer>, limit: number): Promise<Answer> => {
    try {
      return schema.parse(JSON.parse(await within(limit, Promise.race([jsonLine(lines, gone), gone]))));
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  };
  return {
    first: await answer(firstCallSchema, limitMs),
    measure: (seconds, limit) => {
      child.stdin.write(`${seconds}\n`);
      return answer(windowSchema, limit);
    },
    end: () => {
      child.stdin.end();
      child.kill('SIGTERM');
    },
  };
}

/** The next line that is ours: libraries greet on standard output too. */
async function jsonLine(lines: AsyncIterator<string>, gone: Promise<never>): Promise<string> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) return gone;
    if (value.startsWith('{"')) return value;
  }
}

function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it took longer than ${Math.round(ms / 1000)} s.`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? 'without a word.';
