"""The command line, the pytest plugin, clients and the verifier."""
