import "../site/site.css";
import { start } from "../site/site";

start();
