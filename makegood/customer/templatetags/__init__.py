"""Template filters of the customer door."""
