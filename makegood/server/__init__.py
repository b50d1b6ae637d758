"""Django's settings, addresses and start-up checks."""
