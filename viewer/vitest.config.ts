import { defineConfig } from "vitest/config";

export default defineConfig({
  // All files in one module graph: starting a worker for each takes ten times as long as all tests.
  test: { include: ["tests/**/*.test.ts"], environment: "node", isolate: false, unstubGlobals: true, restoreMocks: true },
});
