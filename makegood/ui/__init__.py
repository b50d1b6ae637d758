"""The shared look: the promise ribbon, times and words for a reader, base templates, CSS. No tables."""
