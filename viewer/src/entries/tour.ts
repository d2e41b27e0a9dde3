// `<museum-tour>`: walking through scenes, and through time.
import { fetchAllForeseen } from "../panorama/foresight";
import { fetchOpening } from "../tour/ahead";
import { firstPicture, scriptsHere } from "./after-first-picture";

await firstPicture();
void fetchOpening();
void scriptsHere().then(fetchAllForeseen);
await import("../tour/museum-tour");
