import { InnerloopError } from '../../shared/contract/errors.ts';
import { type AnyEvent, type EventOf, events } from '../../shared/contract/events.ts';
import type { CoreFrame } from '../../shared/contract/messages.ts';
import { type RequestName, type RequestOf, type ResponseOf, requests } from '../../shared/contract/requests.ts';
import type { Channel } from './channel.ts';
import { createPending } from './pending.ts';
import { reachCore } from './reach-core.ts';
import { mayRestart, withDeath } from './restarts.ts';

export type CoreState = EventOf<'core.state'>;

export interface ConnectCoreOptions {
  /** The data folder. */
  readonly home: string;
  /** The Node that runs a core where none runs yet. */
  readonly node: string;
  /** Entry of the core program (`src/main/core/index.ts` or `core.cjs`). */
  readonly coreEntry: string;
  /** For `doctor`; null or left out outside Electron. */
  readonly electronVersion?: string | null;
  readonly onEvent?: (event: AnyEvent) => void;
  readonly onState?: (state: CoreState) => void;
}

/** A client's lasting connection to the core of a data folder. */
export interface CoreConnection {
  /**
   * Asks the core and validates its answer. Waits while the core is starting; throws InnerloopError: what the core
   * refused, why it cannot start, or `core-unavailable` when it died meanwhile or this connection was closed.
   */
  request<Name extends RequestName>(name: Name, body: RequestOf<Name>): Promise<ResponseOf<Name>>;
  /** Lets the core go: one that nobody else uses pauses its runs and ends, and then this resolves. No orphan stays. */
  close(): Promise<void>;
}

/** How long a core may take to answer that it lets us go, and then to save its runs and end. */
const leaveMs = 10_000;
const endMs = 60_000;

/**
 * Joins the core that runs for this data folder, or starts one. A core that dies is started again, three times in five
 * minutes; `onState` tells. Events come as they are announced.
 */
export function connectCore(options: ConnectCoreOptions): CoreConnection {
  const { onEvent = ignore, onState = ignore } = options;
  const pending = createPending();
  let deaths: readonly number[] = [];
  let stage: 'open' | 'closing' = 'open';
  let channel: Promise<Channel>;
  let onLeft: ((core: 'ending' | 'staying') => void) | null = null;
  let onGone: (() => void) | null = null;

  const receive = (frame: CoreFrame): void => {
    if (frame.type === 'answer' || frame.type === 'refusal') pending.settle(frame);
    if (frame.type === 'left') onLeft?.(frame.core);
    const event = frame.type === 'event' ? knownEvent(frame.name, frame.body) : null;
    if (event) onEvent(event);
  };
  const lose = (reason: string): void => {
    pending.rejectAll(new InnerloopError('core-unavailable', `${reason} Try again in a moment.`));
    onGone?.();
    if (stage === 'open') restart(reason);
  };
  const restart = (reason: string): void => {
    deaths = withDeath(deaths, Date.now());
    if (!mayRestart(deaths)) {
      const message = `${reason} It died ${deaths.length} times in five minutes, so it is not started again. The reason is in logs/core.log of the data folder.`;
      channel = refused(message);
      onState({ state: 'failed', message });
      return;
    }
    onState({ state: 'restarting', message: `${reason} It is being started again.` });
    open('keep');
  };
  const open = (leftQueue: 'hold' | 'keep'): void => {
    const wanted = () => stage === 'open';
    channel = reachCore({ ...options, electronVersion: options.electronVersion ?? null, leftQueue }, wanted, {
      onFrame: receive,
      onClose: lose,
    });
    channel.then(
      () => onState({ state: 'connected', message: 'Connected.' }),
      (error: InnerloopError) => {
        if (stage === 'closing') return;
        if (error.code === 'core-unavailable') restart(error.message);
        else onState({ state: 'failed', message: error.message });
      },
    );
  };
  open('hold');

  return {
    async request(name, body) {
      if (stage === 'closing') throw new InnerloopError('core-unavailable', 'The connection to the core was closed.');
      const reached = await channel;
      const answer = await pending.ask(name, body, reached.send);
      return checkedAnswer(name, answer);
    },
    async close() {
      if (stage === 'closing') return;
      stage = 'closing';
      const reached = await channel.catch(() => null); // one that could not be reached need not be left
      if (!reached) return;
      await leave(reached, {
        left: new Promise((resolve) => {
          onLeft = resolve;
        }),
        gone: new Promise((resolve) => {
          onGone = resolve;
        }),
      });
      pending.rejectAll(new InnerloopError('core-unavailable', 'The connection to the core was closed.'));
    },
  };
}

/** A channel that there will never be: whoever asks for it is told why. */
function refused(message: string): Promise<Channel> {
  const channel = Promise.reject(new InnerloopError('core-unavailable', message));
  channel.catch(ignore);
  return channel;
}

interface Departure {
  /** The core's answer to `leave`. */
  readonly left: Promise<'ending' | 'staying'>;
  /** The channel has closed. */
  readonly gone: Promise<void>;
}

/** Says goodbye; waits for a core that ends, lets one go that others use, and kills a child that does neither. */
async function leave(channel: Channel, { left, gone }: Departure): Promise<void> {
  channel.send({ type: 'leave' });
  const answer = await within(leaveMs, Promise.race([left, gone.then(() => 'gone' as const)]));
  if (answer === 'gone') return;
  if (answer === 'staying') channel.close();
  else if (
    answer === undefined ||
    (await within(
      endMs,
      gone.then(() => 'gone' as const),
    )) === undefined
  )
    channel.kill();
}

const ignore = (): void => undefined;

/** What `promise` gives, or undefined when it takes longer. */
function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function knownEvent(name: string, body: unknown): AnyEvent | null {
  if (!Object.hasOwn(events, name)) return null; // a newer core knows more
  const parsed = events[name as keyof typeof events].safeParse(body);
  return parsed.success ? ({ name, body: parsed.data } as AnyEvent) : null;
}

function checkedAnswer<Name extends RequestName>(name: Name, answer: unknown): ResponseOf<Name> {
  const parsed = requests[name].response.safeParse(answer);
  if (parsed.success) return parsed.data as ResponseOf<Name>;
  throw new InnerloopError('internal', `The core's answer to ${name} does not fit the contract.`, {
    detail: parsed.error.message,
  });
}
