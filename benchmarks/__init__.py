"""The ratios Fauxdoo promises, measured in one run: `python -m benchmarks` prints them as a table."""
