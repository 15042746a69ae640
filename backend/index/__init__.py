"""The index over a catalogue: facts as columns of small numbers, words as lists of rows; built once, kept on disk."""
