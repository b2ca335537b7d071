import { useEffect, useRef, useState } from 'react';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { StateBadge, Tag } from '../../ui/marks.tsx';
import { Menu } from '../../ui/menu.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { canPause, canResume, type RunActs } from '../runs/use-run-acts.ts';
import { slot } from './metric-series.ts';

export interface RunHeaderProps {
  readonly run: RunSummary;
  readonly acts: RunActs;
  readonly renaming: boolean;
  readonly onRenaming: (renaming: boolean) => void;
  readonly onTag: () => void;
  readonly onEvaluate: (() => void) | undefined;
  readonly onExport: () => void;
  /** Adds the run to the library of models; undefined for one that makes none. */
  readonly onAdopt: (() => void) | undefined;
}

/** State, name, tags, star; what can be done in the run's present state. */
export function RunHeader({ run, acts, renaming, onRenaming, onTag, onEvaluate, onExport, onAdopt }: RunHeaderProps) {
  const starred = run.starred === 'yes';
  const share = run.iteration / Math.max(1, run.config.outer.iterations);
  return (
    <header className="head run-head" data-region="Page header">
      <StateBadge state={run.state} done={share} />
      <i className={`runcol s${slot(run)}`} />
      {renaming ? (
        <NameField run={run} acts={acts} onEnd={() => onRenaming(false)} />
      ) : (
        <h1 className="trunc" title={`${run.name} · double click or F2 renames`} onDoubleClick={() => onRenaming(true)}>
          {run.name}
        </h1>
      )}
      {run.config.tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      <Tag>seed {run.config.seed}</Tag>
      <IconButton
        size="small"
        icon="star"
        label={starred ? 'Take the star away' : 'Star'}
        keys="S"
        aria-pressed={starred}
        iconClass={starred ? 'fill starred' : ''}
        className={starred ? 'star-on' : ''}
        onClick={() => acts.star([run], starred ? 'no' : 'yes')}
      />
      <span className="grow" />
      <StateButtons run={run} acts={acts} />
      <Button icon="copy" aria-label="Clone and edit" onClick={() => acts.clone(run)}>
        <span className="c-hide">Clone and edit</span>
      </Button>
      <Menu
        align="end"
        trigger={<IconButton icon="more" label="More" />}
        entries={[
          { kind: 'act', icon: 'text', label: 'Rename', keys: 'F2', act: () => onRenaming(true) },
          { kind: 'act', icon: 'tag', label: 'Tag…', keys: 'T', act: onTag },
          ...(onEvaluate
            ? [{ kind: 'act' as const, icon: 'check' as const, label: 'Evaluate…', act: onEvaluate }]
            : []),
          { kind: 'act', icon: 'download', label: 'Export…', act: onExport },
          ...(onAdopt
            ? [{ kind: 'act' as const, icon: 'model' as const, label: 'Add to the models', act: onAdopt }]
            : []),
          { kind: 'line' },
          {
            kind: 'act',
            icon: 'archive',
            label: run.archived === 'yes' ? 'Unarchive' : 'Archive',
            keys: 'E',
            disabled: isActive(run.state) || run.state === 'queued',
            act: () => acts.archive([run], run.archived === 'yes' ? 'no' : 'yes'),
          },
          {
            kind: 'act',
            icon: 'trash',
            label: run.deletedAt === null ? 'Delete' : 'Restore from the bin',
            look: run.deletedAt === null ? 'danger' : 'plain',
            disabled: isActive(run.state),
            act: () => (run.deletedAt === null ? acts.remove([run]) : acts.restore([run])),
          },
        ]}
      />
    </header>
  );
}

interface ButtonsProps {
  readonly run: RunSummary;
  readonly acts: RunActs;
}

/** Only what the present state allows. */
function StateButtons({ run, acts }: ButtonsProps) {
  if (run.state === 'queued') return <QueueButtons run={run} acts={acts} />;
  if (!isActive(run.state)) {
    return canResume(run) ? (
      <Button look="primary" icon="play" keys="P" onClick={() => acts.pauseOrResume(run)}>
        Resume
      </Button>
    ) : null;
  }
  return (
    <>
      {canPause(run) && (
        <Button icon="pause" keys="P" onClick={() => acts.pauseOrResume(run)}>
          Pause
        </Button>
      )}
      {run.state === 'running' && (
        <Button icon="save" aria-label="Checkpoint now" onClick={() => acts.checkpoint(run)}>
          <span className="c-hide">Checkpoint now</span>
        </Button>
      )}
      <StopButton run={run} acts={acts} />
    </>
  );
}

function QueueButtons({ run, acts }: ButtonsProps) {
  return (
    <>
      {(run.queuePosition ?? 1) > 1 && (
        <Button icon="queue" onClick={() => acts.moveInQueue(run, 1)}>
          Run next
        </Button>
      )}
      <Button icon="x" onClick={() => acts.cancelFromQueue([run])}>
        Take out of the queue
      </Button>
    </>
  );
}

/** Stop is gentle; its menu has the abrupt way, which asks. */
function StopButton({ run, acts }: ButtonsProps) {
  const [confirming, setConfirming] = useState(false);
  return (
    <>
      <span className="split">
        <Button
          look="danger"
          icon="stop"
          unavailable={run.state === 'stopping'}
          title="Finish this iteration, evaluate, save"
          onClick={() => run.state !== 'stopping' && acts.stop(run, 'finish')}
        >
          Stop
        </Button>
        <Menu
          align="end"
          trigger={<Button aria-label="How to stop" icon="down" />}
          entries={[
            {
              kind: 'act',
              icon: 'stop',
              label: 'Stop',
              note: 'finish this iteration, evaluate, save',
              act: () => acts.stop(run, 'finish'),
            },
            {
              kind: 'act',
              icon: 'x',
              label: 'Stop now…',
              note: 'back to the last checkpoint',
              look: 'danger',
              act: () => setConfirming(true),
            },
          ]}
        />
      </span>
      {confirming && (
        <Confirm
          title="Stop now"
          text="The run ends at once, without an evaluation. What came after its last checkpoint cannot be gone on from."
          act="Stop now"
          onAct={() => acts.stop(run, 'now')}
          onClose={() => setConfirming(false)}
        />
      )}
    </>
  );
}

interface NameFieldProps {
  readonly run: RunSummary;
  readonly acts: RunActs;
  readonly onEnd: () => void;
}

/** Enter keeps, Esc drops, leaving keeps. */
function NameField({ run, acts, onEnd }: NameFieldProps) {
  const [name, setName] = useState(run.name);
  const input = useRef<HTMLInputElement>(null);
  const dropped = useRef(false);
  useEffect(() => input.current?.select(), []);
  return (
    <TextInput
      ref={input}
      className="name-field"
      aria-label="Name of the run"
      value={name}
      onChange={setName}
      maxLength={120}
      onKeyDown={(event) => {
        if (event.key === 'Escape') dropped.current = true;
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
      onBlur={() => {
        if (!dropped.current) acts.rename(run, name.trim());
        onEnd();
      }}
    />
  );
}
