"""The `fauxdoo` command: a file per command, listed here and imported when one is asked for."""

from __future__ import annotations

from importlib import import_module

import click

__all__ = ["main"]

_COMMANDS = {
    "advice": "advice",
    "capacity": "capacity",
    "contract": "contract",
    "fuzz": "fuzz",
    "load": "load",
    "proxy": "proxy",
    "record": "record",
    "serve": "serve",
    "state": "state",
    "verify": "verify",
    "webhooks": "webhooks",
}
"""The command's name and the module of this package that has a function of that name, dashes as underscores."""


class _Commands(click.Group):
    """Imports a command's module when it is asked for, so that `fauxdoo --version` starts at once."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """All names, in alphabetical order."""
        return sorted(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of this name, None for an unknown one."""
        if name not in _COMMANDS:
            return None
        module = import_module(f"fauxdoo.harness.cli.{_COMMANDS[name]}")
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command


@click.group(cls=_Commands)
@click.version_option(package_name="fauxdoo")
def main() -> None:
    """A fake Odoo for tests, and the harness that proves it.

    Every option is an environment variable too: --api-key is FAUXDOO_API_KEY. Exit codes: 0 as wished, 1 something
    differs, 2 wrong usage, 3 a server was not reached.
    """
