"""The program that stands behind the pages: a supervisor, a worker, their kernels, and the walls around them."""
