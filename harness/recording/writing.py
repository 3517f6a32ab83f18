"""Recordings as files: whole, or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from fauxdoo.harness.recordings import Case

__all__ = ["write_cases"]


def write_cases(path: Path, cases: Iterable[Case]) -> None:
    """Write a recording, a step per line; an older file of that name stays until the new one is complete."""
    lines = ",\n".join(_case(case) for case in cases)
    partial = path.with_name(path.name + ".part")
    partial.write_text(f"[\n{lines}\n]\n", "utf-8")
    os.replace(partial, path)


def _case(case: Case) -> str:
    steps = ",\n".join(f"  {json.dumps(step, ensure_ascii=False)}" for step in case["steps"])
    return f'{{"case": {json.dumps(case["case"])}, "steps": [\n{steps}\n]}}'
