// A scene alone in the frame of another site's page.
import "../embed/embed.css";
import "../site/first-paint.css";
import { leadHome } from "../embed/embed";
import { fetchOpening } from "../tour/ahead";
import { firstPicture } from "./after-first-picture";

leadHome();
await firstPicture();
void fetchOpening();
await import("../tour/museum-tour");
