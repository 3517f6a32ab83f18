"""`fauxdoo load`: a load test with a verdict."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from fauxdoo.harness.browser import Browser
from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT, NOT_REACHED, api_key_of, api_key_options
from fauxdoo.loadtests.profiles import PROFILES
from fauxdoo.loadtests.results import Results
from fauxdoo.loadtests.runner import LocustFailed, LocustMissing, run
from fauxdoo.loadtests.thresholds import Threshold, Verdict, judge, read_thresholds

__all__ = ["load"]

_SHAPES = ("smoke", "ramp", "step", "spike", "soak")
_UNITS = {"s": 1, "m": 60, "h": 3600}


def _seconds(_context: click.Context, _option: click.Parameter, value: str) -> float:
    """`90`, `90s`, `5m`, `1h`, or `1h30m`."""
    total, digits = 0.0, ""
    for letter in value if value[-1:] in _UNITS else f"{value}s":
        if letter.isdigit():
            digits += letter
        elif digits and letter in _UNITS:
            total, digits = total + int(digits) * _UNITS[letter], ""
        else:
            raise click.BadParameter(f"{value!r} is no time such as 90s, 5m or 1h30m")
    if not total:
        raise click.BadParameter("a test that takes no time measures nothing")
    return total


def _thresholds(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> list[Threshold]:
    try:
        return [Threshold.parse(value) for value in values]
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _file_of_thresholds(_context: click.Context, _option: click.Parameter, value: Path | None) -> list[Threshold]:
    try:
        return [] if value is None else read_thresholds(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(context_settings=ENVIRONMENT, epilog="Profiles: " + "; ".join(f"{k}, {v}" for k, v in PROFILES.items()))
@click.argument("profile", type=click.Choice(list(PROFILES)), metavar="PROFILE")
@click.option("--url", default="http://127.0.0.1:8069", show_default=True, help="Where the server listens.")
@click.option("--db", default="odoo", show_default=True, help="Name of the database.")
@click.option("--login", default="admin", show_default=True, help="Login of the user.")
@click.option("--password", default="admin", show_default=True, help="Password of the user.")
@click.option("--uid", default=2, show_default=True, help="Id of the user, for protocols that name it.")
@api_key_options
@click.option("-u", "--users", default=10, show_default=True, type=click.IntRange(1), help="Virtual users at the peak.")
@click.option("-r", "--spawn-rate", default=10.0, show_default=True, help="Users that start a second.")
@click.option("-t", "--time", "seconds", default="60s", show_default=True, callback=_seconds, help="90s, 5m, 1h30m.")
@click.option("--shape", type=click.Choice(_SHAPES), help="How users come and go, instead of -r.")
@click.option(
    "--threshold", "given", multiple=True, callback=_thresholds, metavar="LIMIT", help="'p95<800', 'errors<1%'."
)
@click.option(
    "--thresholds",
    "listed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_file_of_thresholds,
    help="A file of them, one a line.",
)
@click.option("--csv", type=click.Path(path_type=Path), metavar="PREFIX", help="Keep Locust's files.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the report.")
@click.option("--json", "as_json", type=click.Path(dir_okay=False, path_type=Path), help="Write it as data.")
@click.option("--processes", type=int, help="Locust processes on this machine, -1 for one per core.")
@click.option("--master", is_flag=True, help="Wait for workers on other machines, and let them work.")
@click.option("--expect-workers", type=int, help="How many a master waits for.")
@click.option("--worker", is_flag=True, help="Work for a master.")
@click.option("--master-host", help="Where a worker's master is.")
@click.option("--master-port", type=int, help="Port of the master, also for the master itself.")
def load(profile: str, url: str, given: list[Threshold], listed: list[Threshold], **options: Any) -> None:
    """Load a server as PROFILE does, and say whether it keeps what is asked of it.

    Exit codes: 0 go, 1 a threshold is broken, 2 wrong usage, 3 the server was not reached.
    """
    key = api_key_of(options["api_key"], options["api_key_env"])
    if not options["worker"]:
        _reach(url)
    with tempfile.TemporaryDirectory(prefix="fauxdoo-load-") as folder:
        prefix = options["csv"] or Path(folder) / "run"
        try:
            results = run(profile, _of_locust(url, options), _environment(options, key), prefix)
        except (LocustMissing, LocustFailed) as error:
            raise click.ClickException(str(error)) from None
    if results is not None:
        _tell(f"{profile} on {url}", results, judge(results, [*listed, *given]), options)


def _reach(url: str) -> None:
    browser = Browser(url)
    try:
        browser.request("GET", "/web/version")
    except OSError as error:
        click.echo(f"{url} is not reached: {error}", err=True)
        sys.exit(NOT_REACHED)
    finally:
        browser.close()


def _of_locust(url: str, options: dict[str, Any]) -> list[str]:
    found = ["--host", url.rstrip("/")]
    if not options["shape"]:
        time = str(int(options["seconds"]))
        found += ["-u", str(options["users"]), "-r", str(options["spawn_rate"]), "-t", f"{time}s"]
    flags = [f"--{name}" for name in ("master", "worker") if options[name]]
    names = ("processes", "expect_workers", "master_host", "master_port")
    valued = [(name, options[name]) for name in names if options[name] is not None]
    for name, value in valued:
        option = "master-bind-port" if name == "master_port" and options["master"] else name.replace("_", "-")
        flags += [f"--{option}", str(value)]
    return [*found, *flags]


def _environment(options: dict[str, Any], key: str) -> dict[str, str]:
    found = {f"FAUXDOO_{name.upper()}": str(options[name]) for name in ("db", "login", "password", "uid")}
    if options["shape"]:
        found["FAUXDOO_LOAD_SHAPE"] = options["shape"]
        found["FAUXDOO_LOAD_USERS"], found["FAUXDOO_LOAD_SECONDS"] = str(options["users"]), str(options["seconds"])
    return {**found, "FAUXDOO_API_KEY": key}


def _tell(title: str, results: Results, verdicts: list[Verdict], options: dict[str, Any]) -> None:
    total = results.total
    click.echo(
        f"{total.requests:,} requests, {total.rate:,.1f} a second, {total.errors:.2f} % failed; "
        f"median {total.p50:,.0f} ms, p95 {total.p95:,.0f} ms, p99 {total.p99:,.0f} ms"
    )
    for verdict in verdicts:
        click.echo(verdict)
    kept = all(verdict.kept for verdict in verdicts)
    if options["html"]:
        from fauxdoo.loadtests.report import render

        options["html"].write_text(render(title, results, verdicts), "utf-8")
    if options["as_json"]:
        judged = [{"threshold": each.threshold.text, "value": each.value, "kept": each.kept} for each in verdicts]
        options["as_json"].write_text(json.dumps({**results.as_dict(), "thresholds": judged, "go": kept}, indent=1))
    sys.exit(0 if kept else DIFFERS)
