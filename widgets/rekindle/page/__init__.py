"""Pages: a page's life, and the only layer that knows all the others."""
