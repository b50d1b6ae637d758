"""Spanish: its words, its grammar, its examples."""
