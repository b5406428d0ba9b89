"""The frame's words: the template has exactly what the content says."""

from __future__ import annotations

import json
import re

from rekindle.content import catalog
from rekindle.content.frame_words import FRAME, LAUNCHER, TEMPLATE, frame_words, launcher_words
from rekindle.settings import PACKAGE, notebooks_folder


def test_the_templates_words_are_those_of_the_content() -> None:
    made = frame_words(catalog())
    assert TEMPLATE.read_text("utf-8") == made, "run: python -m rekindle.content.frame_words"


def test_the_launchers_words_are_those_of_the_content_and_name_real_notebooks() -> None:
    made = launcher_words(catalog())
    assert LAUNCHER.read_text("utf-8") == made, "run: python -m rekindle.content.frame_words"
    names = {f"{tile['notebook']}.ipynb" for tile in json.loads(made)["tiles"]}
    assert names == {path.name for path in notebooks_folder().glob("*.ipynb")} - {"explore.ipynb"}


def test_every_word_that_the_template_asks_for_is_made() -> None:
    template = (PACKAGE / "voila_template" / "index.html.j2").read_text("utf-8")
    asked = set(re.findall(r"\bwords\.(\w+)", template))
    (made,) = re.findall(r"set words = (\{.*\}) -%\}", frame_words(catalog()))
    assert asked <= set(json.loads(made))
    assert set(FRAME) <= asked, "words that no template shows"


def test_every_part_and_every_line_of_help_stands_in_the_frame() -> None:
    made = frame_words(catalog())
    for part in catalog().parts:
        assert json.dumps(part.notebook) in made
    for line in catalog().helplines.lines:
        assert json.dumps(line.name, ensure_ascii=False) in made
