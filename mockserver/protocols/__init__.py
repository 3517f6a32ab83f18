"""Bytes to calls and results to bytes, one module per protocol."""
