"""The fake that a command compares a real Odoo with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from fauxdoo.contracts import UnknownModule, UnreadableCatalogue
from fauxdoo.harness.cli.options import names
from fauxdoo.harness.clients import Target
from fauxdoo.mockserver import FakeOdoo, Settings

__all__ = ["fake_server", "model_options", "target_of"]


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--catalogue FOLDER` and `--modules NAME,...`: which models the fake has."""
    apps = "Apps of the fake.  [default: all]"
    command = click.option("--modules", default="", callback=names, metavar="NAME,...", help=apps)(command)
    pulled = "The fake has the models that `contract pull` read."
    return click.option("--catalogue", default="", metavar="FOLDER", help=pulled)(command)


@contextmanager
def fake_server(**settings: Any) -> Iterator[FakeOdoo]:
    """A fake that speaks as a real Odoo does, on a free port. Raises click.UsageError for models that are not there."""
    try:
        odoo = FakeOdoo(Settings(dialect="odoo", **settings))
    except (UnknownModule, UnreadableCatalogue) as error:
        raise click.UsageError(str(error)) from None
    with odoo:
        yield odoo


def target_of(odoo: FakeOdoo) -> Target:
    """Where the fake listens, and its administrator."""
    return Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key)
