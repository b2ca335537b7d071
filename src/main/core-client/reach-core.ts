import { InnerloopError } from '../../shared/contract/errors.ts';
import type { CoreFrame } from '../../shared/contract/messages.ts';
import { coreSocket } from '../files/home.ts';
import { type Channel, type ChannelListener, joinCore, type SpawnOptions, spawnCore } from './channel.ts';

/** How long to keep trying while another core holds the folder but does not answer: it is starting, or saving its runs. */
const inUseMs = 60_000;
const retryMs = 150;

/**
 * Joins the core that listens for a data folder, else starts one, and resolves when it is ready. Gives up when `wanted`
 * turns false. Throws what the core says that it cannot start for, or `core-unavailable` when it ends without a word.
 */
export async function reachCore(
  options: SpawnOptions,
  wanted: () => boolean,
  listener: ChannelListener,
): Promise<Channel> {
  const { path } = coreSocket(options.home, { env: process.env, platform: process.platform });
  const giveUpAt = Date.now() + inUseMs;
  for (;;) {
    const joined = await attempt((own) => joinCore(path, own), listener);
    if (joined.outcome === 'ready') return joined.channel;
    const started = await attempt((own) => Promise.resolve(spawnCore(options, own)), listener);
    if (started.outcome === 'ready') return started.channel;
    if (started.error.code !== 'home-in-use' || Date.now() > giveUpAt || !wanted()) throw started.error;
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

type Attempt =
  | { readonly outcome: 'ready'; readonly channel: Channel }
  | { readonly outcome: 'failed'; readonly error: InnerloopError };

/** Opens a channel and waits for the core's first word; later ones go to `listener`. */
async function attempt(
  open: (listener: ChannelListener) => Promise<Channel | null>,
  listener: ChannelListener,
): Promise<Attempt> {
  let settle: (attempt: Attempt) => void = () => undefined;
  const first = new Promise<Attempt>((resolve) => {
    settle = resolve;
  });
  let channel: Channel | null = null;
  let stage: 'waiting' | 'ready' | 'failed' = 'waiting';
  const fail = (error: InnerloopError): void => {
    stage = 'failed';
    settle({ outcome: 'failed', error });
  };
  const onFrame = (frame: CoreFrame): void => {
    if (stage === 'ready') listener.onFrame(frame);
    else if (frame.type === 'fatal') {
      const { code, message, detail } = frame.error;
      fail(new InnerloopError(code, message, { detail }));
    } else if (frame.type === 'ready' && channel) {
      stage = 'ready';
      settle({ outcome: 'ready', channel });
    }
  };
  const onClose = (reason: string): void => {
    if (stage === 'ready') listener.onClose(reason);
    else if (stage === 'waiting') fail(new InnerloopError('core-unavailable', reason));
  };
  channel = await open({ onFrame, onClose });
  if (!channel) fail(new InnerloopError('core-unavailable', 'No core is running.'));
  return first;
}
