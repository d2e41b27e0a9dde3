// `<model-comparison>`: two things in the round, side by side.
import "../comparison/model-comparison";
