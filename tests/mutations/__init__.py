"""Faults planted in the engine, to see that the property tests catch them: `python -m tests.mutations`."""
