import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzipSync } from "node:zlib";
import { KTX2Loader } from "three/examples/jsm/loaders/KTX2Loader.js";
import { type Plugin, defineConfig } from "vite";
import { COMPARISON_WORDS } from "./src/comparison/words";
import { CATALOGS } from "./src/i18n/catalog";
import { MODEL_WORDS } from "./src/model/words";

// One page of the museum names one or two of these; what they share becomes chunks of its own.
const names = ["opening", "site", "tour", "zoom", "model", "compare", "embed", "admin", "worker"];
const entries = names.map((name) => `src/entries/${name}.ts`);

const compress = promisify(brotliCompress);
const SMALL = 1400;

/** Compressed copies of scripts and styles beside them, for the server to send: at this strength it could not make them in time. */
function compressed(): Plugin {
  return {
    name: "compressed-copies",
    async writeBundle({ dir }, bundle) {
      const files = Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file));
      const shrink = async (file: string): Promise<void> => {
        const body = await readFile(join(dir!, file));
        if (body.length < SMALL) return;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
        await writeFile(join(dir!, `${file}.br`), await compress(body, { params }));
      };
      await Promise.all(files.map(shrink));
    },
  };
}

/** What may come over the line at most, as gzip, for these modules and all that they import at once. */
const BUDGETS = [
  { for: "a first page", modules: ["entries/opening.ts", "entries/site.ts", "entries/tour.ts", "tour/museum-tour.ts"], bytes: 150_000 },
  { for: "the renderer", modules: ["panorama/stage.ts"], bytes: 180_000 },
  { for: "the headset", modules: ["xr/headset.ts"], bytes: 270_000 },
  { for: "pictures", modules: ["zoom/museum-zoom.ts"], bytes: 60_000 },
];

/** Fails the build where more than that would come. */
function budgets(): Plugin {
  return {
    name: "budgets",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const withImports = (file: string, found: Set<string>): Set<string> => {
        if (found.has(file)) return found;
        found.add(file);
        for (const other of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) withImports(other, found);
        return found;
      };
      for (const budget of BUDGETS) {
        const files = new Set<string>();
        for (const module of budget.modules) {
          const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/src/${module}`)));
          if (!chunk) this.error(`no script has ${module}, which a budget counts`);
          withImports(chunk.fileName, files);
        }
        const bytes = chunks.filter(({ fileName }) => files.has(fileName)).reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
        const words = `${budget.for}: ${Math.round(bytes / 1000)} KB of ${budget.bytes / 1000} KB`;
        if (bytes > budget.bytes) this.error(`more script than its budget for ${words}: ${[...files].join(", ")}`);
        this.info(words);
      }
    },
  };
}

/**
 * The worker that unpacks textures, as a file of its own. three.js would put the same text together in the page, where the page's security
 * policy forbids what the transcoder does at its start; a file has a policy of its own: see `museum/web/bundle.py`.
 */
function basisWorker(): Plugin {
  const name = "virtual:basis-worker";
  return {
    name: "basis-worker",
    resolveId: (source) => (source === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return undefined;
      const { EngineFormat, EngineType, TranscoderFormat, BasisFormat, BasisWorker } = KTX2Loader as unknown as Record<string, unknown>;
      const formats = Object.entries({ EngineFormat, EngineType, TranscoderFormat, BasisFormat });
      const transcoder = fileURLToPath(import.meta.resolve("three/examples/jsm/libs/basis/basis_transcoder.js"));
      const source = [
        ...formats.map(([key, value]) => `const _${key} = ${JSON.stringify(value)};`),
        await readFile(transcoder, "utf8"),
        `(${String(BasisWorker)})();`,
      ].join("\n");
      const file = this.emitFile({ type: "asset", name: "basis-worker.js", source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

/** What the viewer says in the museum's own languages, for the server: files of other languages are compared with it. */
function spokenWords(): Plugin {
  return {
    name: "spoken-words",
    generateBundle() {
      const words = { viewer: CATALOGS, "viewer-model": MODEL_WORDS, "viewer-comparison": COMPARISON_WORDS };
      this.emitFile({ type: "asset", fileName: "languages.json", source: JSON.stringify(words) });
    },
  };
}

export default defineConfig({
  base: "/static/build/",
  publicDir: false,
  plugins: [basisWorker(), spokenWords(), budgets(), compressed()],
  // Its single files can be left out, or fetched later, one by one; its own bundle comes whole, whatever of it is used.
  resolve: { alias: [{ find: /^three$/, replacement: "three/src/Three.js" }] },
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
        codeSplitting: {
          // Small files that a page needs together come together: on a far line each costs as much as 30 KB.
          groups: [
            { name: "first", test: /preload-helper|rolldown\/runtime|\/src\/entries\/after-first-picture\.ts$|\/src\/site\/serif\.ts$|\/src\/tour\/guided\/progress\.ts$/ },
            { name: "elements", test: /node_modules\/(@lit|lit|lit-[a-z]+)\/|\/src\/(i18n|ui)\// },
            { name: "looking", test: /\/src\/panorama\/(faces|view|orientation|pixels|fetch-picture|foresight|tile-(loader|pyramid|selector|store))\.ts$|\/src\/tour\/(address|ahead|journey|tour-client|check-tour)\.ts$|\/src\/reading\// },
            // What the renderer needs comes whole; whatever else of three.js somebody uses comes with them.
            { name: "three", test: /\/three\/src\/(renderers\/WebGLRenderer|scenes\/Scene)\.js$/ },
          ],
        },
      },
    },
  },
});
