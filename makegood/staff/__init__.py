"""The staff door: what the people who work here see and press."""
