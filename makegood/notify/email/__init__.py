"""Word by mail: composing what is said, and the signed addresses that answers come back to."""
