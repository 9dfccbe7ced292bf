"""What the pages name is there: files, commands, links."""

import re
from pathlib import Path

import pytest

import agent_app

ROOT = Path(agent_app.__file__).parent.parent
WHERE = ("README.md", ".github/*.md", "resources/docs/*.md", "packaging/**/README.md")
PAGES = sorted(page for where in WHERE for page in ROOT.glob(where))
ROOMS = tuple(one.name for one in (ROOT / "agent_app").iterdir() if one.is_dir())
OTHERS = (".github", ".ci", "agent_app", "packaging", "resources", "tests")


def there(name: str) -> bool:
    """Whether a path that a page names is a file or folder, seen from the root or the package."""
    return any(list(base.glob(name)) for base in (ROOT, ROOT / "agent_app"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        if "://" not in link:
            assert (page.parent / link).exists(), link
    for name in re.findall(r"`(?:\./)?([a-z_.]+(?:/[\w.*-]+)+/?)(?:::\w+)?[` ]", text):
        if name.split("/")[0] in (*ROOMS, *OTHERS):
            assert there(name.rstrip("/")), name
    for module in re.findall(r"python -m (tests(?:\.\w+)+)", text):
        parts = module.replace(".", "/")
        assert there(f"{parts}.py") or there(f"{parts}/__main__.py"), module


def test_the_readme_is_short() -> None:
    assert (ROOT / "README.md").stat().st_size < 8_000
