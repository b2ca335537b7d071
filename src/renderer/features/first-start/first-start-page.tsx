import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import './first-start.css';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { addressOf } from '../../app/addresses.ts';
import { asFailure, request, shell, useRequest } from '../../app/core.ts';
import { count } from '../../app/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { limitsByPath } from '../launch/values.ts';
import { ComputeCard } from './compute-card.tsx';
import { OwnDrawings } from './own-drawings.tsx';
import { GlyphsPicture, QuestionPicture, SinePicture } from './pictures.tsx';
import { QuickStartCard } from './quick-start-card.tsx';
import {
  glyphsConfig,
  methodWords,
  modelWords,
  sinusoidConfig,
  sinusoidShot,
  textsConfig,
  timeWords,
} from './quick-starts.ts';

const methods = limitsByPath.get('algorithm.kind')?.choices?.length ?? 0;

/** What a data folder without runs shows: three small runs, the computer, other ways in. */
export function FirstStartPage() {
  const datasets = useRequest('datasets.list', null, { refreshOn: ['dataset.changed', 'dataset.removed'] });
  const [dropped, setDropped] = useState<PickedSource | null>(null);
  const toasts = useToasts();
  const drop = async (file: File): Promise<void> => {
    const source = await shell.acceptDropped(file);
    if (source) setDropped(source);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way in; "Choose images" is the other */}
      <div
        className="first"
        onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
        onDrop={(event) => {
          const file = event.dataTransfer.files[0];
          event.preventDefault();
          if (file) drop(file).catch(toasts.tellFailure);
        }}
      >
        <div className="inner">
          <h1>Start with one small run</h1>
          <p className="lead">
            Each of these trains a real model on this computer. Watch it learn, then change one thing and compare.
          </p>
          <div className="qss">
            <SinusoidStart />
            <GlyphsStart glyphs={datasets.value?.find(({ name }) => name === 'glyphs')} known={datasets.state} />
            <TextsStart questions={datasets.value?.find(({ id }) => id === 'questions')} />
          </div>
          <ComputeCard />
          <div className="also">
            <OwnDrawings
              names={(datasets.value ?? []).map(({ name }) => name)}
              dropped={dropped}
              onDropTaken={() => setDropped(null)}
            />
            <Way to={addressOf.datasets()} icon="dataset" title="Bring your own data">
              Images by folder; texts as CSV, TSV, JSONL
            </Way>
            <Way to={addressOf.newRun()} icon="settings" title="Set up a run yourself">
              {`${methods} methods, the papers' values filled in`}
            </Way>
          </div>
        </div>
      </div>
      <footer className="status">
        <span>Everything stays on this computer</span>
        <span className="grow" />
        <span className="row">
          Keys: <Keys keys="N" spoken /> new run <Keys keys="Ctrl K" spoken /> commands <Keys keys="?" spoken /> all
          keys
        </span>
      </footer>
    </>
  );
}

/** Launches a quick start and opens its run. */
function useStart(config: RunConfig) {
  const navigate = useNavigate();
  const [state, setState] = useState<'idle' | 'starting'>('idle');
  const [trouble, setTrouble] = useState('');
  const start = async (): Promise<void> => {
    if (state === 'starting') return;
    setState('starting');
    setTrouble('');
    try {
      const { ids } = await request('runs.launch', { config, seeds: [config.seed], start: 'now' });
      if (ids[0]) navigate(addressOf.run(ids[0]));
    } catch (thrown) {
      const failure = asFailure(thrown);
      setTrouble(failure.fields[0]?.message ?? failure.message);
      setState('idle');
    }
  };
  return {
    busy: state === 'starting' ? <span className="time">Starting</span> : null,
    trouble,
    start: () => void start(),
  };
}

function useTime(config: RunConfig, otherwise: string): string {
  const check = useRequest('config.check', { config });
  return timeWords(check.value?.estimate?.durationMs, otherwise);
}

function SinusoidStart() {
  const { busy, trouble, start } = useStart(sinusoidConfig);
  const time = useTime(sinusoidConfig, 'under a minute');
  return (
    <QuickStartCard
      picture={<SinePicture />}
      title="Sinusoid regression"
      text={`Meta-learn to fit a new sine wave from ${sinusoidShot} points in a few gradient steps.`}
      method={methodWords(sinusoidConfig)}
      model={modelWords(sinusoidConfig, null)}
      data="sine waves, generated"
      time={time}
      act="Start"
      actIcon="play"
      look="primary"
      busy={busy}
      trouble={trouble}
      onStart={start}
    />
  );
}

interface GlyphsStartProps {
  readonly glyphs: DatasetSummary | undefined;
  readonly known: 'waiting' | 'ready' | 'failed';
}

function GlyphsStart({ glyphs, known }: GlyphsStartProps) {
  const { busy, trouble, start } = useStart(glyphsConfig);
  const time = useTime(glyphsConfig, 'a few minutes');
  const drawing = known === 'ready' && !glyphs;
  return (
    <QuickStartCard
      picture={<GlyphsPicture />}
      title="Few-shot glyphs"
      text="Tell five unseen characters apart after seeing one drawing of each."
      method={methodWords(glyphsConfig)}
      model={modelWords(glyphsConfig, glyphs?.layout ?? null)}
      data={glyphs ? `glyphs, ${count(glyphs.classes)} classes, drawn here` : 'glyphs, drawn here'}
      time={time}
      act="Start"
      actIcon="play"
      look="plain"
      busy={busy}
      trouble={trouble || (drawing && 'The glyphs are being drawn, which takes a moment. The sinusoids are ready.')}
      onStart={start}
    />
  );
}

/** Its model is the user's own where there is one, so that it is known only when the library has answered. */
function TextsStart({ questions }: { readonly questions: DatasetSummary | undefined }) {
  const models = useRequest('models.list', null, { refreshOn: ['model.changed', 'model.removed'] });
  const config = textsConfig(models.value ?? []);
  const { busy, trouble, start } = useStart(config);
  const pretrained = config.model.kind === 'encoder' && config.model.start.kind === 'pretrained';
  const time = useTime(config, pretrained ? 'a few minutes' : 'under a minute');
  return (
    <QuickStartCard
      picture={<QuestionPicture />}
      title="Fine-tune on text"
      text="Teach an encoder what a question asks for, then type your own."
      method={methodWords(config)}
      model={pretrained ? modelWords(config, null) : `${modelWords(config, null)}, from scratch`}
      data={questions ? `questions, ${count(questions.examples)} texts, made up here` : 'questions, made up here'}
      time={time}
      act="Start"
      actIcon="play"
      look="plain"
      busy={busy}
      trouble={trouble}
      onStart={start}
    />
  );
}

interface WayProps {
  readonly to: string;
  readonly icon: IconName;
  readonly title: string;
  readonly children: string;
}

function Way({ to, icon, title, children }: WayProps) {
  return (
    <Link to={to}>
      <Icon name={icon} />
      <span>
        <b>{title}</b>
        <br />
        {children}
      </span>
    </Link>
  );
}
