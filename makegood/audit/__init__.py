"""The audit: any desk's log in, every customer who slipped out. No Django, no desk, other people's data."""
