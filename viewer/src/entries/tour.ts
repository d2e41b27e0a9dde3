// `<museum-tour>`: walking through scenes, and through time.
import { fetchOpening } from "../tour/ahead";
import { firstPicture } from "./after-first-picture";

await firstPicture();
void fetchOpening();
await import("../tour/museum-tour");
