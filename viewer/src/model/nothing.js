// <model-viewer> loads a script before it unpacks meshopt, although its decoder is in the bundle already: this one.
