// A scene alone in the frame of another site's page.
import "../embed/embed.css";
import "../site/first-paint.css";
import { leadHome } from "../embed/embed";
import { fetchAllForeseen } from "../panorama/foresight";
import { fetchOpening } from "../tour/ahead";
import { firstPicture, scriptsHere } from "./after-first-picture";

leadHome();
await firstPicture();
void fetchOpening();
void scriptsHere().then(fetchAllForeseen);
await import("../tour/museum-tour");
