"""Lists the packages: top-level folders that are installed under the one name `fauxdoo`, a namespace without a file."""

from setuptools import find_packages, setup

TOPS = ["contracts", "mockserver", "harness", "loadtests"]
FOUND = find_packages(include=[*TOPS, *(f"{top}.*" for top in TOPS)])

setup(
    packages=[f"fauxdoo.{name}" for name in FOUND],
    package_dir={f"fauxdoo.{name}": name for name in FOUND if name in TOPS},
    package_data={
        "": ["*.css", "*.html", "*.js", "*.json", "py.typed"],
        "fauxdoo.contracts": ["odoo-19.0/**/*.json", "recordings/*.json", "schemas/*.json", "capacity.json"],
    },
)
