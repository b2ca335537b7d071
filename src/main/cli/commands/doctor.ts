import type { Command } from '../command.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Electron, Node, TensorFlow, device, XLA, SQLite and data folder, each with its version and a verdict',
  arguments: [],
  options: [],
  examples: ['doctor', 'doctor --json'],
  run: async (_given, context) => {
    const { terminal } = context;
    terminal.status('Looking at the runtimes; this starts a trainer.');
    const items = await context.core().request('app.doctor', { check: 'fresh' });
    terminal.clearStatus();
    const labelWidth = Math.max(...items.map(({ label }) => label.length));
    for (const { label, value, verdict, remedy } of items) {
      terminal.say(`${verdict.padEnd(7)}  ${label.padEnd(labelWidth)}  ${value}`);
      if (remedy !== null) terminal.say(`${' '.repeat(9 + labelWidth)}  ${remedy}`);
    }
    terminal.answer(Object.fromEntries(items.map(({ key, ...rest }) => [key, rest])));
    const needed = items.filter(({ key }) => key !== 'electron' && key !== 'xla'); // the terminal works without them
    return needed.some(({ verdict }) => verdict === 'missing') ? 1 : 0;
  },
};
