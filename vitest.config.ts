import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whatever the machine is set to, the product reckons in the zone that it is given.
    env: { TZ: 'America/St_Johns' },
    testTimeout: 20_000,
  },
});
