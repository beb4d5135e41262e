import { defineConfig } from 'vitest/config';

const infra = 'test/infra/**/*.test.ts';

export default defineConfig({
  test: {
    // Whatever the machine is set to, the product reckons in the zone that it is given.
    env: { TZ: 'America/St_Johns' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
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
