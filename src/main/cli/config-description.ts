import { fieldLimits, limitsInWords, numberLimits } from '../../shared/run-config/field-limits.ts';
import { type FieldInfo, fieldGroups, fieldsOf, sourceOf, valueAtPath } from '../../shared/run-config/fields.ts';
import type { RunConfig } from '../../shared/run-config/schema.ts';

/** A Markdown page that says of every field of a config what it means, what is allowed and where its value comes from. */
export function describeConfig(config: RunConfig, file: string): string {
  const sections = fieldGroups.flatMap((group) => {
    const infos = fieldsOf(config).filter((info) => info.group === group);
    return infos.length === 0 ? [] : [[`## ${group}`, '', ...infos.map((info) => fieldLine(config, info))].join('\n')];
  });
  const intro =
    `What the fields of \`${file}\` mean. Every field may be left out: it is then filled in from the paper preset of the task and the paper of the algorithm. ` +
    'Check a changed file with `innerloop config check`, start it with `innerloop run`.';
  return `${[`# ${file}`, intro, ...sections].join('\n\n')}\n`;
}

function fieldLine(config: RunConfig, info: FieldInfo): string {
  const value = valueAtPath(config, info.path);
  const unit = info.unit === undefined ? '' : ` (${info.unit})`;
  const found = sourceOf(config, info.path);
  const source =
    found === undefined
      ? ''
      : found.differs === 'no'
        ? ` Source: ${found.source}.`
        : ` ${found.source}: ${shown(found.presetValue)}.`;
  return `- \`${info.path}\` = ${shown(value)}: ${info.label}${unit}. ${info.help} Allowed: ${allowed(config, info)}.${source}`;
}

const shown = (value: unknown): string => `\`${JSON.stringify(value)}\``;

function allowed(config: RunConfig, { path }: FieldInfo): string {
  const limits = numberLimits(config, path.split('.'));
  if (limits) return limitsInWords(limits);
  const leaf = fieldLimits().get(path);
  if (leaf?.choices) return leaf.choices.map((choice) => `\`${choice}\``).join(', ');
  return leaf?.type === 'list' ? 'a list' : 'text';
}
