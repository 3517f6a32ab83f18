"""`fauxdoo fuzz`: generated calls on the fake and on a real Odoo, until they differ."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from fauxdoo.harness.cli.fakes import fake_server, model_options, target_of
from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT, names
from fauxdoo.harness.cli.record import server_that_is_written_to, writing_server
from fauxdoo.harness.clients import RemoteError, Target
from fauxdoo.harness.recording import RecordingFailed, write_cases
from fauxdoo.harness.remote import Connection
from fauxdoo.mockserver.errors import OdooError

__all__ = ["fuzz"]


@click.command(context_settings=ENVIRONMENT)
@server_that_is_written_to
@click.option("--model", "models", multiple=True, default=["res.partner"], show_default=True, metavar="NAME")
@click.option("--fields", default="", callback=names, metavar="NAME,...", help="Only these.  [default: all plain ones]")
@click.option("--examples", default=200, show_default=True, type=click.IntRange(1), help="Sequences per model.")
@click.option("--seed", default=0, show_default=True, help="Another makes other sequences.")
@model_options
@click.option(
    "-o",
    "--output",
    default="difference.json",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the shortest differences go, as a recording.",
)
def fuzz(
    models: tuple[str, ...],
    fields: tuple[str, ...],
    examples: int,
    seed: int,
    catalogue: str,
    modules: tuple[str, ...],
    output: Path,
    **server: Any,
) -> None:
    """Make random calls on a real Odoo and on the fake; shrink what they differ in, and write it as a recording.

    The recording holds what the real one answered: `fauxdoo verify --url … difference.json` shows it again. Records are
    made, changed, found and deleted; each sequence deletes what it made.
    """
    try:
        from fauxdoo.harness.fuzzing import Fuzzer
    except ImportError:
        raise click.UsageError("fuzzing needs one more library: python -m pip install 'fauxdoo[fuzz]'") from None
    with (
        writing_server(server) as real,
        fake_server(db=real.db, catalogue=catalogue, modules=modules) as odoo,
    ):
        fake = target_of(odoo)
        fuzzer, cases = Fuzzer(real, fake, examples=examples, seed=seed), []
        click.get_current_context().call_on_close(fuzzer.close)
        for model in models:
            described = _described(real, model, fields, _described(fake, model, fields))
            try:
                with click.progressbar(length=examples, label=model, file=sys.stderr) as bar:
                    found = fuzzer.run(model, described, lambda bar=bar: bar.update(1))  # type: ignore[misc]
            except RecordingFailed as error:
                click.echo(f"the server broke off: {error}", err=True)
                sys.exit(DIFFERS)
            if found is not None:
                cases.append({**found.case, "case": f"fuzz/{model}-{seed}"})
                click.echo("".join(f"{difference}\n" for difference in found.differences), nl=False)
    click.echo(f"{fuzzer.tried} sequences, {len(cases)} of {len(models)} models differ")
    if cases:
        write_cases(output, cases)
        click.echo(f"written to {output}")
        sys.exit(DIFFERS)


def _described(
    target: Target, model: str, wanted: tuple[str, ...], known: Mapping[str, Any] | None = None
) -> Mapping[str, Mapping[str, Any]]:
    """The fields to be written: those wanted, or all stored ones that hold no records and that both have alike."""
    connection = Connection(target)
    try:
        fields = connection.call(model, "fields_get", [], {})
    except (OdooError, RemoteError, KeyError):
        raise click.UsageError(f"{target.url} has no model {model}, or lets nobody see it") from None
    finally:
        connection.close()
    if unknown := [name for name in wanted if name not in fields]:
        raise click.UsageError(f"{target.url}: {model} has no field {unknown[0]}")
    if wanted:
        return {name: fields[name] for name in wanted}
    return {name: field for name, field in fields.items() if _is_plain(field) and (known is None or name in known)}


def _is_plain(field: Mapping[str, Any]) -> bool:
    kinds = ("boolean", "char", "date", "datetime", "float", "integer", "monetary", "selection", "text")
    kept = field["type"] in kinds and field.get("store", True) and not field.get("readonly")
    return bool(kept and (field["type"] != "selection" or field.get("selection")))
