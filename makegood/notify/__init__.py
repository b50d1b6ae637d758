"""Getting word out. A notice is plain data; a channel is a folder."""
