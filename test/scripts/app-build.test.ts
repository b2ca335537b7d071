import { expect, test } from 'vitest';
import { explainBuild } from '../../scripts/setup/app-build.mjs';

test("of a failed build the error and its place are shown, without colours and the bundler's stack", () => {
  const output = `transforming...
\x1b[31merror during build:\x1b[39m
[UNRESOLVED_IMPORT] Could not resolve '../missing.ts' in src/main/shell/index.ts
 4 | import { x } from "../missing.ts";
    at async build (file:///node_modules/rolldown/index.mjs:50:18)
`;
  expect(explainBuild(output)).toBe(
    `[UNRESOLVED_IMPORT] Could not resolve '../missing.ts' in src/main/shell/index.ts\n 4 | import { x } from "../missing.ts";`,
  );
});
