"""Writing, by verb: load → facts → rule → apply → journal, in one transaction."""
