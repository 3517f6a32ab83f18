"""The arguments of a call by their names, whatever protocol it came by."""

from __future__ import annotations

import inspect
from typing import Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.signatures import Signature

__all__ = ["named_arguments"]


def named_arguments(call: Call, signature: Signature) -> dict[str, Any] | None:
    """`ids` for a method of records, `context` where one is given, the rest as the method calls it.

    None where they do not fit the method, which its TypeError tells.
    """
    if not isinstance(call.args, (list, tuple)):
        return None
    kwargs, args = dict(call.kwargs), [*call.args]
    found: dict[str, Any] = {"context": kwargs.pop("context")} if kwargs.get("context") is not None else {}
    kwargs.pop("context", None)
    if not signature.on_model:
        if call.ids is None and not args:
            return None
        found["ids"] = args.pop(0) if call.ids is None else call.ids
    try:
        bound = signature.python.bind(*args, **kwargs).arguments
    except TypeError:
        return None
    for name, value in bound.items():
        if signature.python.parameters[name].kind is inspect.Parameter.VAR_KEYWORD:
            found.update(value)
        else:
            found[name] = value
    return found
