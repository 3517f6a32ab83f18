"""The plugin's options: on the command line `--fauxdoo-url`, in the ini file `fauxdoo_url`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

__all__ = ["add_options", "api_key", "flag", "option", "seeds"]

_URL = "Run against this server instead of a fake one. Tests of what only a fake can do are skipped."
_WRITES = "Let tests write to the server of --fauxdoo-url, which has to be a neutralized or a test database."
_REPORT = "Write what each test called to a file: .json, .xml (JUnit) or .html."
_NETWORK = "Refuse every connection that leaves this machine."
_ADVICE = "Say at the end how the tests' clients could use Odoo better, with the lines of code."
_STRICT = "Fail a test whose calls deserve advice."
_VALIDATE = "Fail a test whose traffic does not keep to the schemas of requests, answers and webhooks."
_CONTRACT = "Write what the tests' clients use of Odoo, for `fauxdoo contract verify FILE --url …`."
_SEED = "Records every test starts with: a JSON or YAML file, or `module:function`. May be given several times."


def add_options(parser: pytest.Parser) -> None:
    """Declare everything; nothing else claims names that begin with `fauxdoo`."""
    group = parser.getgroup("fauxdoo", "Fauxdoo, a fake Odoo")
    _value(parser, group, "url", _URL)
    _value(parser, group, "db", "Name of the database on that server.")
    _value(parser, group, "api-key-env", "The environment variable that holds an API key of that server.")
    _value(parser, group, "dialect", "Where the API guide and a real Odoo differ, whom to follow: guide or odoo.")
    _value(parser, group, "report", _REPORT)
    group.addoption("--fauxdoo-api-key", metavar="KEY", help="An API key of that server.")  # never in a file
    group.addoption("--fauxdoo-allow-writes", action="store_true", help=_WRITES)  # said anew each time
    _flag(parser, group, "block-network", _NETWORK)
    _flag(parser, group, "advice", _ADVICE)
    _flag(parser, group, "strict", _STRICT)
    _flag(parser, group, "validate", _VALIDATE)
    parser.addini("fauxdoo_advice_ignore", "Advice nobody wants to hear: deprecated-endpoint, …", "args", [])
    group.addoption("--fauxdoo-contract", metavar="FILE", help=_CONTRACT)
    group.addoption("--fauxdoo-seed", action="append", metavar="FILE", help=_SEED)
    parser.addini("fauxdoo_seed", _SEED, type="linelist", default=[])


def _value(parser: pytest.Parser, group: Any, name: str, help: str) -> None:
    group.addoption(f"--fauxdoo-{name}", metavar=name.rpartition("-")[2].upper(), help=help)
    parser.addini(f"fauxdoo_{name.replace('-', '_')}", help, default="")


def _flag(parser: pytest.Parser, group: Any, name: str, help: str) -> None:
    group.addoption(f"--fauxdoo-{name}", action="store_true", default=None, help=help)
    parser.addini(f"fauxdoo_{name.replace('-', '_')}", help, type="bool", default=False)


def option(config: pytest.Config, name: str) -> str:
    """What the command line says, else the ini file, else ""."""
    return config.getoption(f"fauxdoo_{name}") or str(config.getini(f"fauxdoo_{name}"))


def flag(config: pytest.Config, name: str) -> bool:
    """Whether the command line or the ini file wants it."""
    return bool(config.getoption(f"fauxdoo_{name}") or config.getini(f"fauxdoo_{name}"))


def seeds(config: pytest.Config) -> tuple[str, ...]:
    """The seeds of the command line, relative to where pytest was started, else of the ini file, relative to it."""
    if given := config.getoption("fauxdoo_seed"):
        return tuple(located(seed, config.invocation_params.dir) for seed in given)
    return tuple(
        located(seed, config.inipath.parent if config.inipath else config.rootpath)
        for seed in config.getini("fauxdoo_seed")
    )


def located(seed: str, *folders: Path) -> str:
    """A seed's path in the first of the folders that has it; as it is where none does."""
    return next((str(folder / seed) for folder in folders if (folder / seed).is_file()), seed)


def api_key(config: pytest.Config) -> str:
    """The key of `--fauxdoo-api-key`, else of the variable that `api_key_env` names. Raises ValueError if unset."""
    given: str | None = config.getoption("fauxdoo_api_key")
    variable = option(config, "api_key_env")
    if not given and variable and variable not in os.environ:
        raise ValueError(f"the environment has no variable {variable}")
    return given or os.environ.get(variable, "")
