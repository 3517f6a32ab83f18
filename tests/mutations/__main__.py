"""Plants each fault, runs the property tests, and says which of them caught it. Exit code 1 where one got away."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.mutations.mutations import MUTATIONS, Mutation

_TESTS = (
    "tests/harness/test_strategies.py",
    "tests/harness/test_commands_model.py",
    "tests/mockserver/test_rights_hold.py",
    "tests/mockserver/test_field_groups.py",
)


def _caught(mutation: Mutation) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.mutations.planting", "-n", "0", *_TESTS]
    environment = {**os.environ, "FAUXDOO_MUTATION": mutation.name}
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    caught = run.returncode == 1 and "\nFAILED " in run.stdout
    if run.returncode != 0 and not caught:  # the fault kept the tests from running at all
        raise SystemExit(f"{mutation.name}: {run.stdout[-2000:]}{run.stderr[-2000:]}")
    return caught


def main() -> int:
    """A line per fault: of those whose names hold what the command line says, or of all."""
    chosen = [mutation for mutation in MUTATIONS if all(word in mutation.name for word in sys.argv[1:])]
    escaped = 0
    for mutation in chosen:
        caught = _caught(mutation)
        escaped += not caught
        print(f"{'caught ' if caught else 'ESCAPED'}  {mutation.name}", flush=True)
    print(f"{len(chosen) - escaped} of {len(chosen)} caught")
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())
