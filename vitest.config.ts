import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const infra = 'test/infra/**/*.test.ts';

const lasts = /test\/(simulation|wire|journeys|local|explaining|functions\/(preferences|digest|deliver))\//;

/** What lasts for minutes begins first: otherwise one core waits for it in the end, with nothing left to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [true, false].flatMap((long) => sorted.filter(({ moduleId }) => lasts.test(moduleId) === long));
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
        test: { name: 'polku', include: ['test/**/*.test.ts'], exclude: [infra], maxWorkers: '100%' },
      },
      // One after the other in one worker: loading the CDK and synthesising takes longer than all tests of it.
      {
        extends: true,
        test: { name: 'infra', include: [infra], isolate: false, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
