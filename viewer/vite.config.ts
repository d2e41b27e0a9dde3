import { defineConfig } from "vite";

// One page of the museum names one or two of these; what they share becomes chunks of its own.
const names = ["site", "tour", "zoom", "model", "embed", "admin"];
const entries = names.map((name) => `src/entries/${name}.ts`);

export default defineConfig({
  base: "/static/build/",
  publicDir: false,
  build: {
    outDir: "../museum/web/static/build",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // The pages' security policy allows no inline data for scripts and fonts; a preload helper would only repeat the server's tags.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: entries,
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
});
