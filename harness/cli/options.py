"""What several commands share: exit codes, options, and how their values are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["DIFFERS", "ENVIRONMENT", "NOT_REACHED", "api_key_of", "api_key_options", "names"]

DIFFERS, NOT_REACHED = 1, 3
"""Exit codes besides click's own: 0 as wished, 2 wrong usage."""

ENVIRONMENT = {"auto_envvar_prefix": "FAUXDOO"}
"""Context settings of every command: its options are environment variables too."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


def names(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """What stands between commas; a callback for an option."""
    return tuple(filter(None, map(str.strip, value.split(","))))


def api_key_options(command: _Command) -> _Command:
    """`--api-key KEY` and `--api-key-env VAR`, wherever a key is taken."""
    command = click.option("--api-key-env", metavar="VAR", help="The environment variable that holds the key.")(command)
    return click.option("--api-key", metavar="KEY", help="API key of the administrator.")(command)


def api_key_of(key: str | None, variable: str | None) -> str:
    """The key that `--api-key` or `--api-key-env` gave, "" for none. Raises click.UsageError for an unset variable."""
    if variable and not key:
        if variable not in os.environ:
            raise click.UsageError(f"the environment has no variable {variable}")
        return os.environ[variable]
    return key or ""
