"""Links between tasks and the criteria that they serve, and the points that hang on them."""
