"""The snippets of README and docs are the files under tests/examples, which run as tests."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SNIPPET = re.compile(r"<!-- (\S+) -->\n```(\w+)\n(.*?)```\n", re.DOTALL)
BLOCK = re.compile(r"^```python\n", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_snippets_are_examples(page: Path) -> None:
    """Each Python block names the file it shows; whatever names one shows it as it is."""
    text = page.read_text("utf-8")
    snippets = SNIPPET.findall(text)
    assert sum(language == "python" for _name, language, _shown in snippets) == len(BLOCK.findall(text))
    for name, _language, shown in snippets:
        assert (ROOT / name).read_text("utf-8") == shown, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository finds it."""
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_coverage_page_is_true() -> None:
    """`python docs/build_coverage.py` would write the page as it stands."""
    page = runpy.run_path(str(ROOT / "docs" / "build_coverage.py"))["page"]
    assert (ROOT / "docs" / "COVERAGE.md").read_text("utf-8") == page(), "run python docs/build_coverage.py"
