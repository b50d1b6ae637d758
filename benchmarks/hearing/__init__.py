"""How well texts are read, measured on labelled text that the readers were not built from."""
