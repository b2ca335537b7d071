/** A program: prints, as JSON, the errors of second-order meta-gradients on stock tfjs. Ours are not registered. */
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { compareMetaGradient, type Expected, type Fixture, fixtureNames, readFixture } from './fixture.ts';

async function main(): Promise<void> {
  await loadTensorFlow();
  const outcomes = fixtureNames.map((name) => {
    const fixture = readFixture(name);
    const secondOrder = fixture.expected.filter(({ order }) => order === 'second');
    return [name, secondOrder.map((expected) => errorOf(fixture, expected))];
  });
  process.stdout.write(JSON.stringify(Object.fromEntries(outcomes)));
}

function errorOf(fixture: Fixture, expected: Expected): number | string {
  try {
    return compareMetaGradient(fixture, { kind: 'maml' }, expected, 'looped').gradientError;
  } catch (error) {
    return (error as Error).message;
  }
}

await main();
