"""TOML files from others: whatever is in them, they are read or refused in words, and soon."""

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.config import layers as settings
from agent_app.config import team_files
from agent_app.config.toml_files import MAX_BYTES, read_toml, what_is_too_much, write_toml
from agent_app.domain.errors import BadSetting
from agent_app.domain.templates import Template

BOMBS = {
    "a dotted name": "a" + ".a" * 12_000 + " = 1",
    "a longer dotted name": "a" + " . a" * 100_000 + " = 1",
    "a dotted table": "[a" + ".a" * 12_000 + "]",
    "quoted parts": '"a"' + '."a"' * 12_000 + " = 1",
    "arrays": "a = " + "[" * 5_000 + "]" * 5_000,
    "inline tables": "a = " + "{a=" * 3_000 + "1" + "}" * 3_000,
    "a number": "a = " + "9" * 400_000,
    "a hexadecimal number": "font_points = 0x" + "f" * 400_000,
    "a float": "a = 1" + "0" * 400_000 + ".5",
    "tables": "\n".join(f"[t{n}]" for n in range(50_000)),
    "the same table": "[[template]]\n" * 38_000,
    "values": "\n".join(f"a{n}=1" for n in range(39_000)),
    "an array": "a = [" + "1," * 200_000 + "]",
    "lines": "\n" * 450_000,
    "brackets": "[]" * 240_000,
    "no end": 'a = """' + '\\"' * 200_000,
    "no ends": "a = '''" + "''" * 200_000,
    "quotes": '"' * 450_000,
    "large": "a" * (MAX_BYTES + 1),
    "no text": "a = \udcff",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_in_words_and_at_once(kind: str, tmp_path: Path) -> None:
    text = BOMBS[kind].encode("utf-8", "surrogateescape")
    for name in (team_files.TEMPLATES, team_files.CALLING, settings.OWN, settings.MANAGED):
        (tmp_path / name).write_bytes(text)
    began = time.process_time()
    with pytest.raises(BadSetting, match=r"templates\.toml"):
        team_files.read_templates(tmp_path / team_files.TEMPLATES)
    with pytest.raises(BadSetting, match=r"calling\.toml"):
        team_files.read_rules(tmp_path / team_files.CALLING)
    with pytest.raises(BadSetting, match=r"managed\.toml"):
        settings.configure(tmp_path, system=tmp_path, environment={})
    (tmp_path / settings.MANAGED).unlink()
    with pytest.raises(BadSetting, match=r"settings\.toml"):
        settings.configure(tmp_path, system=tmp_path, environment={})
    assert time.process_time() - began < 4.0


def test_the_line_is_named() -> None:
    text = '# a note\ntext = """\n[[[[[[[[[[[[[[[[[\n"""\n' + "deep" + ".x" * 30 + " = 1\n"
    assert what_is_too_much(text).startswith("line 5:")


@pytest.mark.parametrize(
    "text",
    [
        "He said: ..............................",
        "[[[[[[[[[[[[[[[[[[[[",
        '"quoted" and \'\'\' and """',
        "# = # = #",
        "x" * 4_900,
        "a\\",
        "\n\n\n...\n",
    ],
)
def test_what_stands_in_a_text_is_no_bomb(text: str, tmp_path: Path) -> None:
    file = tmp_path / "templates.toml"
    team_files.write_templates(file, [Template("one", text + "!")])
    assert team_files.read_templates(file) == [Template("one", text + "!")]


PLAIN = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
VALUES = st.recursive(
    PLAIN | st.integers(-(10**9), 10**9) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(PLAIN, VALUES, max_size=4))
def test_what_is_written_is_read(values: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "some.toml"
        write_toml(file, values)
        found = read_toml(file)
        assert found is not None
        assert found[0] == values
