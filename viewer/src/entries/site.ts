// What every page of the museum needs: its looks, and the small behaviours of its header.
import "../site/site.css";
import { start } from "../site/site";

start();
