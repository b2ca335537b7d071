import { useEffect, useRef, useState } from 'react';
import { IconButton } from './button.tsx';

export interface PlaySamplesProps {
  readonly samples: Int16Array;
  readonly rate: number;
  /** What is heard: "seven.wav". */
  readonly name: string;
}

/** Plays a clip from its samples, by Web Audio: the page may load no media. Pressed again it stops. */
export function PlaySamples({ samples, rate, name }: PlaySamplesProps) {
  const [playing, setPlaying] = useState(false);
  const stop = useRef<() => void>(() => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another clip ends the one that is heard
  useEffect(() => () => stop.current(), [samples]);
  const play = (): void => {
    const context = new AudioContext();
    const buffer = context.createBuffer(1, Math.max(1, samples.length), rate);
    buffer.copyToChannel(
      Float32Array.from(samples, (sample) => sample / 32_768),
      0,
    );
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    let ended: 'yes' | 'no' = 'no';
    const end = (): void => {
      if (ended === 'yes') return;
      ended = 'yes';
      source.onended = null;
      void context.close();
      setPlaying(false);
    };
    source.onended = end;
    stop.current = end;
    source.start();
    setPlaying(true);
  };
  return (
    <IconButton
      size="small"
      icon={playing ? 'stop' : 'play'}
      label={playing ? `Stop ${name}` : `Play ${name}`}
      onClick={() => (playing ? stop.current() : play())}
    />
  );
}
