// `<museum-zoom>`: one picture, down to its last pixel.
import "../zoom/museum-zoom";
