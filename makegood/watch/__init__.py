"""The rounds: poll what is due, tell people, never forget."""
