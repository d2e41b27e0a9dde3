// `<museum-tour>`: walking through scenes, and through time.
import { firstPicture } from "./after-first-picture";

await firstPicture();
await import("../tour/museum-tour");
