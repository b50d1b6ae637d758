"""Tags of the staff door."""
