// `<museum-tour>`: walking through scenes, and through time.
import "../tour/museum-tour";
