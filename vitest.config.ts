import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const infra = 'test/infra/**/*.test.ts';
/** What starts processes, or plays for minutes. */
const large = 'test/{simulation,wire,journeys,local,bench}/**/*.test.ts';
/** What lasts long, of all others. */
const lasts = /test\/(explaining|functions\/(preferences|digest|deliver))\//;

const placeOf = ({ project, moduleId }: TestSpecification): number =>
  project.name === 'large' ? 0 : lasts.test(moduleId) ? 1 : 2;

/**
 * What lasts for minutes begins first: otherwise one core waits for it in the end, with nothing left to do. A worker
 * shares modules between files as long as those that follow each other are of one project.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}

export default defineConfig({
  test: {
    // Whatever the machine is set to, the product reckons in the zone that it is given.
    env: { TZ: 'America/St_Johns' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        // Vitest would leave one core idle: on two of them the tests would take twice as long.
        test: { name: 'large', include: [large], maxWorkers: '100%' },
      },
      // They share the modules that they import: to load these anew for each file takes more than a third of the time of the tests.
      {
        extends: true,
        test: {
          name: 'polku',
          include: ['test/**/*.test.ts'],
          exclude: [infra, large],
          isolate: false,
          maxWorkers: '100%',
        },
      },
      // One after the other in one worker: loading the CDK and synthesising takes longer than all tests of it.
      {
        extends: true,
        test: { name: 'infra', include: [infra], isolate: false, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
