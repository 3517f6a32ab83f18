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

__all__ = ["Case", "Step", "area_of", "load"]

Case = dict[str, Any]
Step = dict[str, Any]


def load(files: Iterable[Traversable], only: str = "") -> list[Case]:
    """The cases of some files whose name begins with `only`; a `Path` is a file too."""
    return [case for file in files for case in json.loads(file.read_bytes()) if case["case"].startswith(only)]


def area_of(case: Case) -> str:
    """The part of a case's name before the slash."""
    return str(case["case"]).split("/")[0]
