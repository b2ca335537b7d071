import type { Command } from './command.ts';
import { benchCommand } from './commands/bench.ts';
import { calibrateCommand } from './commands/calibrate.ts';
import { compareCommand } from './commands/compare.ts';
import { configCheckCommand, configInitCommand, configSchemaCommand } from './commands/config.ts';
import {
  datasetsImportCommand,
  datasetsListCommand,
  datasetsRemoveCommand,
  datasetsShowCommand,
  datasetsSplitCommand,
  datasetsVerifyCommand,
} from './commands/datasets.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { exportCommand } from './commands/export.ts';
import { metricsCommand } from './commands/metrics.ts';
import { mistakesCommand } from './commands/mistakes.ts';
import {
  modelsAdoptCommand,
  modelsImportCommand,
  modelsListCommand,
  modelsRemoveCommand,
  modelsShowCommand,
  modelsVerifyCommand,
} from './commands/models.ts';
import { pauseCommand, stopCommand } from './commands/pause-and-stop.ts';
import { predictCommand } from './commands/predict.ts';
import {
  queueCancelCommand,
  queueHoldCommand,
  queueListCommand,
  queueMoveCommand,
  queueOpenCommand,
} from './commands/queue.ts';
import { resumeCommand } from './commands/resume.ts';
import { runCommand } from './commands/run.ts';
import { runsCommand } from './commands/runs.ts';
import { showCommand } from './commands/show.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  doctorCommand,
  configInitCommand,
  configCheckCommand,
  configSchemaCommand,
  runCommand,
  resumeCommand,
  pauseCommand,
  stopCommand,
  queueListCommand,
  queueCancelCommand,
  queueMoveCommand,
  queueHoldCommand,
  queueOpenCommand,
  runsCommand,
  showCommand,
  metricsCommand,
  compareCommand,
  evaluateCommand,
  mistakesCommand,
  predictCommand,
  exportCommand,
  datasetsImportCommand,
  datasetsListCommand,
  datasetsShowCommand,
  datasetsSplitCommand,
  datasetsVerifyCommand,
  datasetsRemoveCommand,
  modelsImportCommand,
  modelsListCommand,
  modelsShowCommand,
  modelsAdoptCommand,
  modelsVerifyCommand,
  modelsRemoveCommand,
  benchCommand,
  calibrateCommand,
];

/** Named in the plan of the product and not built yet: asked for, they say so. */
export const laterCommands: readonly string[] = ['adapt'];
