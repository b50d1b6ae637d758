"""Every way in. A door is a folder: it stores what arrived, raw, before anything looks at it."""
