"""The cast: one small company, its staff, its customers, its bad weeks. Used by tests, demo, docs and screenshots."""
