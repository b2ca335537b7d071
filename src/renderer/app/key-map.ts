/** What the keys sheet shows: only keys that exist. */
export interface KeyRow {
  readonly keys: readonly string[];
  readonly does: string;
}

export const keyMap: readonly { readonly place: string; readonly rows: readonly KeyRow[] }[] = [
  {
    place: 'Everywhere',
    rows: [
      { keys: ['Ctrl K'], does: 'Commands and search' },
      { keys: ['N'], does: 'New run' },
      { keys: ['/'], does: 'Filter of this page' },
      { keys: ['G then R'], does: 'Runs' },
      { keys: ['G then Q'], does: 'Queue' },
      { keys: ['G then C'], does: 'Compare' },
      { keys: ['G then D'], does: 'Datasets' },
      { keys: ['G then M'], does: 'Models' },
      { keys: ['Alt Left', 'Alt Right'], does: 'Back, forward' },
      { keys: ['Ctrl Z', 'Ctrl Shift Z'], does: 'Undo, redo' },
      { keys: ['Ctrl B'], does: 'Narrow or wide navigation' },
      { keys: ['Ctrl ,'], does: 'Settings' },
      { keys: ['F6'], does: 'Next region of the window' },
      { keys: ['?'], does: 'All keys' },
    ],
  },
  {
    place: 'Runs',
    rows: [
      { keys: ['Up', 'Down', 'J', 'K'], does: 'Move the cursor' },
      { keys: ['Right', 'Left'], does: 'Open, close a group' },
      { keys: ['Enter'], does: 'Open' },
      { keys: ['X', 'Shift Up', 'Shift Down'], does: 'Select' },
      { keys: ['Ctrl A', 'Esc'], does: 'Select all, none' },
      { keys: ['C'], does: 'Compare the selected runs' },
      { keys: ['Ctrl D'], does: 'Clone and edit' },
      { keys: ['T', 'S', 'E'], does: 'Tag, star, archive' },
      { keys: ['Delete'], does: 'Move to the bin, or take out of the queue' },
      { keys: ['Alt Up', 'Alt Down', 'Alt Home'], does: 'Move in the queue' },
    ],
  },
  {
    place: 'A run',
    rows: [
      { keys: ['1', 'to', '7'], does: 'Tabs' },
      { keys: ['[', ']'], does: 'Previous, next run of the list' },
      { keys: ['P'], does: 'Pause or resume' },
      { keys: ['Ctrl S'], does: 'Checkpoint now' },
      { keys: ['F2'], does: 'Rename' },
      { keys: ['S', 'E'], does: 'Star, archive' },
      { keys: ['Ctrl D'], does: 'Clone and edit' },
    ],
  },
  {
    place: 'A chart with the focus',
    rows: [
      { keys: ['Left', 'Right'], does: 'Move the hair' },
      { keys: ['R'], does: 'Reset the zoom' },
      { keys: ['Enter'], does: 'Read as a table' },
    ],
  },
];
