"""Recordings: what a real Odoo answered to a set of cases, one file per area.

A file is a list of cases `{"case": "area/name", "steps": [step, …]}`. A step is one of
  {"do": "call", "model", "method", "args", "kwargs", "ids", "via", "as": {"login", "password"}, "save": name}
  {"do": "rpc", "service", "method", "args", "via", "save"}
  {"do": "http", "method", "path", "headers", "json" or "body", "session": name of a cookie jar, "save"}
with `via` one of jsonrpc (the default), xmlrpc, call_kw, json2. Any string may hold {{uniq}} (a token of this run),
{{db}}, {{login}}, {{password}}, {{apikey}}; any value may be {"$ref": "saved.0.id"} or {"$xmlid": "base.us"}.
`expect` is what came back: {"result"}, {"error": {name, message, code}}, {"fault": {code, string}} or
{"status", "type", "json" or "text"}, in which {"$id": n} is the n-th id made in the case, {"$any": type} a value that
changes from run to run, and strings hold {{uniq}} and {{id:n}}.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from typing import Any

__all__ = ["Case", "Step", "UnreadableRecording", "area_of", "load"]

_KINDS = ("call", "rpc", "http")

Case = dict[str, Any]
Step = dict[str, Any]


class UnreadableRecording(Exception):
    """The file is no recording; the message says what it lacks."""


def load(files: Iterable[Traversable], only: str = "") -> list[Case]:
    """The cases of some files whose name begins with `only`; a `Path` is a file too. Raises UnreadableRecording."""
    return [case for file in files for case in _cases(file) if case["case"].startswith(only)]


def _cases(file: Traversable) -> list[Case]:
    try:
        cases = json.loads(file.read_bytes())
    except ValueError as error:
        raise UnreadableRecording(f"{file.name} is no JSON: {error}") from None
    for case in cases if isinstance(cases, list) else [cases]:
        named = isinstance(case, dict) and isinstance(case.get("case"), str) and isinstance(case.get("steps"), list)
        if not named or not all(isinstance(step, dict) and step.get("do") in _KINDS for step in case["steps"]):
            raise UnreadableRecording(f'{file.name} is no list of {{"case": "area/name", "steps": [{{"do": …}}]}}')
    return cases if isinstance(cases, list) else [cases]


def area_of(case: Case) -> str:
    """The part of a case's name before the slash."""
    return str(case["case"]).split("/")[0]
