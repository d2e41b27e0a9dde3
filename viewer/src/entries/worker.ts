// The service worker: alone in its file.
import "../offline/worker";
