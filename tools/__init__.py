"""What the Makefile needs besides make: setting up, finding a browser, making pictures."""
