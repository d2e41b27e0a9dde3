// Pages that open with a scene: what they show first has the line for itself, then come their scripts.
import "./opening.css";
import { firstStrip } from "./after-first-picture";

await firstStrip();
for (const later of document.querySelectorAll<HTMLTemplateElement>("template.later")) document.head.append(later.content.cloneNode(true));
