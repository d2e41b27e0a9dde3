// A scene alone in the frame of another site's page.
import "../embed/embed.css";
import "../site/first-paint.css";
import "../tour/museum-tour";
import { leadHome } from "../embed/embed";

leadHome();
