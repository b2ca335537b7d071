import type { Classification } from '../../../../shared/runs/classification-report.ts';
import type { RunSummary } from '../../../../shared/runs/run.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Panel } from '../../../ui/page.tsx';
import { ExamplePage, ExampleTools, useExampleBrowser } from './example-browser.tsx';
import type { ClassificationView } from './use-classification.ts';
import { allMistakes, examples, filterWords } from './words.ts';

export interface MistakesPanelProps {
  readonly run: RunSummary;
  readonly shown: Classification;
  readonly view: ClassificationView;
}

/** The examples of the chosen cell of the confusion matrix, or all that were not right. */
export function MistakesPanel({ run, shown, view }: MistakesPanelProps) {
  const { filter, onFilter } = view;
  const browser = useExampleBrowser(run, shown, filter);
  const { value } = browser.page;
  const title = filterWords(filter, shown.labels);
  const narrowed = filter.truth !== null || filter.predicted !== null;
  return (
    <Panel
      title={
        <span aria-live="polite" className="trunc" title={title}>
          {title}
        </span>
      }
      sub={value ? examples(value.total, run.config) : ''}
      className="miss"
      tools={
        <>
          {narrowed && (
            <IconButton size="small" icon="x" label="Show all mistakes" onClick={() => onFilter(allMistakes)} />
          )}
          <ExampleTools run={run} shown={shown} browser={browser} />
        </>
      }
    >
      <ExamplePage run={run} shown={shown} browser={browser} send={view.send} />
    </Panel>
  );
}
