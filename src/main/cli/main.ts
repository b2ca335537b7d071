import type { AnyEvent, EventName, EventOf } from '../../shared/contract/events.ts';
import type { CoreConnection } from '../core-client/connect-core.ts';
import { homeFolder } from '../files/home.ts';
import { chooseCommand } from './choose-command.ts';
import { type CliContext, type Command, type ExitCode, type Given, UsageError } from './command.ts';
import { commands, laterCommands } from './commands.ts';
import { helpText, overviewText } from './help.ts';
import type { InterruptSwitch } from './interrupts.ts';
import { parseArguments } from './parse-arguments.ts';
import { showError } from './show-error.ts';
import { createTerminal, type Terminal, type TerminalStream } from './terminal.ts';

/** The world around the program, so that a test can put its own in. */
export interface CliParts {
  /** Words after the program's name. */
  readonly words: readonly string[];
  readonly output: TerminalStream;
  readonly errors: TerminalStream;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly cwd: string;
  readonly examples: string | null;
  readonly version: string;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly interrupts: InterruptSwitch;
  readonly connect: (options: {
    readonly home: string;
    readonly onEvent: (event: AnyEvent) => void;
    readonly onState: (state: EventOf<'core.state'>) => void;
  }) => CoreConnection;
}

/** Runs one command line to its end; never throws. */
export async function runCli(parts: CliParts): Promise<ExitCode> {
  const { words, output, errors, clock, interrupts } = parts;
  const format = words.includes('--json') ? 'json' : 'people';
  const terminal = createTerminal({ output, errors, format, clock });
  const line = openCoreLine(parts, terminal);
  try {
    const prepared = prepare(parts, terminal);
    if (prepared === null) return 0;
    const context = contextOf(parts, prepared.given, terminal, line);
    return await Promise.race([prepared.command.run(prepared.given, context), interrupts.untaken]);
  } catch (thrown) {
    return showError(thrown, terminal);
  } finally {
    terminal.clearStatus();
    await line.close();
  }
}

/** The command and what it was given; null when help was asked for and has been shown. */
function prepare(
  { words, version }: CliParts,
  terminal: Terminal,
): { readonly command: Command; readonly given: Given } | null {
  const chosen = chooseCommand(words, commands, laterCommands);
  if (chosen.what === 'overview') {
    terminal.say(overviewText(chosen.commands, version));
    return null;
  }
  const given = parseArguments(chosen.command, chosen.words);
  if (!given.has('help')) return { command: chosen.command, given };
  terminal.say(helpText(chosen.command));
  return null;
}

/** The connection to the core, opened when a command first needs it, and who listens to its facts. */
interface CoreLine {
  connection(home: string): CoreConnection;
  readonly on: CliContext['on'];
  close(): Promise<void>;
}

function openCoreLine({ connect }: CliParts, terminal: Terminal): CoreLine {
  const listeners = new Set<(event: AnyEvent) => void>();
  let opened: CoreConnection | null = null;
  return {
    connection: (home) => {
      opened ??= connect({
        home,
        onEvent: (event) => {
          for (const listener of [...listeners]) listener(event);
        },
        onState: ({ state, message }) => {
          if (state === 'restarting') terminal.note(message);
        },
      });
      return opened;
    },
    on: <Name extends EventName>(name: Name, listener: (body: EventOf<Name>) => void) => {
      const filtered = (event: AnyEvent): void => {
        if (event.name === name) listener(event.body as EventOf<Name>);
      };
      listeners.add(filtered);
      return () => listeners.delete(filtered);
    },
    close: async () => {
      await opened?.close();
    },
  };
}

function contextOf(parts: CliParts, given: Given, terminal: Terminal, line: CoreLine): CliContext {
  const { env, platform, cwd, examples, pause, interrupts } = parts;
  const home = given.text('home');
  if (home === '') throw new UsageError('--home is empty; give the path of a folder.');
  const folder = homeFolder({ env, platform, given: home });
  return {
    terminal,
    core: () => line.connection(folder),
    on: line.on,
    interrupts,
    pause,
    home: folder,
    cwd,
    examples,
  };
}
