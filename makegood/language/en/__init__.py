"""English: its words, its grammar, its examples."""
