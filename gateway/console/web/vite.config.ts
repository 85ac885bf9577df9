import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const project = fileURLToPath(new URL('../../../', import.meta.url));

// Everything that is written goes below build/, so that the sources stay as they are.
export default defineConfig({
  cacheDir: `${project}build/web/cache`,
  build: {
    outDir: `${project}build/web/dist`,
    emptyOutDir: true,
    target: ['chrome87', 'safari14', 'firefox78'],
    cssTarget: ['chrome100', 'safari15.4', 'firefox100'], // logical properties stay logical
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // no data: address, no inline script: the policy allows neither
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  test: {
    dir: `${project}tests/console`,
    include: [`${process.env['CONSOLE_TESTS'] ?? 'unit'}/**/*.test.ts`],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false, // one browser at a time
    expect: { poll: { timeout: 20_000 } }, // a page on a busy machine takes its time
  },
});
