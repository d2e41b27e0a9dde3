/** The address of the worker that `vite.config.ts` makes. */
declare module "virtual:basis-worker" {
  const address: string;
  export default address;
}
