"""The language a database speaks."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

__all__ = ["activate_language"]

_ADMIN = "base.user_admin"


def activate_language(env: Any, code: str) -> None:
    """Activate a language and make it the administrator's, as a database created in it has it.

    Raises ValueError for a code that Odoo does not know.
    """
    known = env["res.lang"].with_context(active_test=False).search_read([], ["code"])
    ids = {lang["code"]: lang["id"] for lang in known}
    if code not in ids:
        near = ", ".join(get_close_matches(code, ids, n=3)) or "res.lang lists them"
        raise ValueError(f"no language has the code {code!r} ({near})")
    env["res.lang"].browse(ids[code]).write({"active": True})
    env.ref(_ADMIN).write({"lang": code})
