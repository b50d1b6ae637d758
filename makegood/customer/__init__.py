"""The customer door: one page, one link, no sign-in. What we promised, and where it stands."""
