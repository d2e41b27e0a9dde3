// `<museum-zoom>`: one picture, down to its last pixel.
import "../zoom/museum-zoom";
import "../zoom/museum-comparison";
