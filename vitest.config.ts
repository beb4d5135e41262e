import { defineConfig } from 'vitest/config';

const infra = 'test/infra/**/*.test.ts';

export default defineConfig({
  test: {
    // Whatever the machine is set to, the product reckons in the zone that it is given.
    env: { TZ: 'America/St_Johns' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'polku', include: ['test/**/*.test.ts'], exclude: [infra] } },
      // One after the other in one worker: loading the CDK and synthesising takes longer than all tests of it.
      { extends: true, test: { name: 'infra', include: [infra], isolate: false, maxWorkers: 1 } },
    ],
  },
});
