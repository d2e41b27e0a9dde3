import { copyFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';

const folder = '../museum/assets/models3d/build';

// One file that needs no folder of packages beside it: the server carries it, and node reads nothing else.
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  // Of packages that come as both, the module: their CommonJS twins can't be shaken.
  resolve: {
    mainFields: ['module', 'main'],
    // Pictures are the server's own business; glTF-Transform only offers to read them.
    alias: { 'ndarray-pixels': new URL('./src/no-pixels.ts', import.meta.url).pathname },
  },
  output: { file: `${folder}/model-tools.cjs`, format: 'cjs', minify: true, comments: false, codeSplitting: false },
  plugins: [
    {
      name: 'decoder',
      writeBundle: () => copyFileSync('node_modules/draco3dgltf/draco_decoder_gltf.wasm', `${folder}/draco_decoder_gltf.wasm`),
    },
  ],
});
