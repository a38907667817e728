"""Speed and size, each against a stated alternative in the same run: `python -m benchmarks` prints a table."""
