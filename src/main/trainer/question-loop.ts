import type { Answer, Asked } from '../../shared/contract/trainer.ts';
import type { JobSetting } from './job.ts';

/** Answers what the parent asks, in order, until it wishes an end or is gone; null: the end came before the answer. */
export async function answerQuestions(
  { inbox, report, clock }: Pick<JobSetting, 'inbox' | 'report' | 'clock'>,
  answer: (asked: Asked) => Promise<Omit<Answer, 'computeMs'> | null>,
): Promise<'predicted'> {
  for (let next = await inbox.nextQuestion(); next !== null; next = await inbox.nextQuestion()) {
    const started = clock();
    const found = await answer(next.asked);
    if (found === null) break;
    report({ type: 'answer', question: next.question, answer: { ...found, computeMs: clock() - started } });
  }
  return 'predicted';
}

/** The rows of [rows, width] values. */
export const rowsOf = (values: Float32Array, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
