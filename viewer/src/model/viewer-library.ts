/** `<model-viewer>`, set up as the museum wants it. */

import { $renderer } from "@google/model-viewer/lib/model-viewer-base.js";
import { ModelViewerElement } from "@google/model-viewer/lib/model-viewer.js";
import nothingToLoad from "./nothing.js?url";

ModelViewerElement.meshoptDecoderLocation = nothingToLoad;
// A model that is not live holds nothing.
ModelViewerElement.modelCacheSize = 0;

/** Lets a viewer's thing be turned: the library tells its augmented reality of it even where none is shown, and fails there. */
export function allowTurning(viewer: ModelViewerElement): void {
  const { arRenderer } = viewer[$renderer];
  const room = arRenderer as unknown as { onUpdateScene: () => void; guarded?: true };
  if (room.guarded) return;
  const update = room.onUpdateScene;
  room.onUpdateScene = () => {
    if (arRenderer.isPresenting) update();
  };
  room.guarded = true;
}

export { ModelViewerElement };
