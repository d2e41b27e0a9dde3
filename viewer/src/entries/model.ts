// `<museum-model>`: one thing in the round.
import "../model/museum-model";
