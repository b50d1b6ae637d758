"""Reading: what the doors show. Nothing here changes anything."""
