declare module 'draco3dgltf' {
  export function createDecoderModule(options: { wasmBinary: Uint8Array }): Promise<unknown>;
}
declare module 'gltf-validator' {
  export function validateBytes(
    data: Uint8Array,
    options: {
      maxIssues?: number;
      writeTimestamp?: boolean;
      externalResourceFunction?: (uri: string) => Promise<Uint8Array>;
    },
  ): Promise<object>;
}
