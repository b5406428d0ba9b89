"""Markdown to read: everything that counts now, by part; hostile words stand there as text and do nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import mistune
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rekindle.content import catalog
from rekindle.journal import EMPTY, Whole
from rekindle.portable.markdown import to_markdown
from rekindle.portable.plain_text import as_lines, as_text
from rekindle.records import Answer, Entry, Json, Moment
from tests.journals import MANY, wholes

NOON = Moment.now("Europe/Berlin")
READERS: dict[str, Callable[[str], object]] = {
    "CommonMark": MarkdownIt("commonmark", {"html": True}).render,
    "GitHub's": MarkdownIt("gfm-like", {"html": True, "linkify": False}).render,
    "Jupyter's": mistune.create_markdown(escape=False, plugins=["table", "footnotes", "math", "url", "strikethrough"]),
}
PLAIN = {"blockquote", "p", "br", "h1", "h2", "h3", "h4"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](javascript:alert(1))",
    "[x](https://example.com)",
    "[x]: https://example.com",
    "# a title",
    "a title\n===",
    "a title\n---",
    "- a list\n  - deeper",
    "1. a list",
    "1) a list",
    "+ a list",
    "    code",
    "\tcode",
    "```\ncode\n```\nafter",
    "~~~html\n<b>\n~~~",
    "> a quote\n\n# out",
    "|a|b|\n|-|-|\n|1|2|",
    "$$\\alert$$ \\(x\\) $x$",
    "<!-- unseen -->",
    "&lt;b&gt; &amp; &#60;b&#62;",
    "\\<b\\>",
    "https://example.com www.example.com",
    "[^1]\n\n[^1]: a note",
    ": a definition",
    "***\n___\n***",
    "{{ template }} {% run %}",
    "<details><summary>x",
    "\u2028# out",
    "a\r\n\r\n# out",
    "\0\ud83d",
    "`code` **bold** _thin_ ~~gone~~ ==lit==",
    "",
    "   ",
]


def rendered(told: str, reader: str) -> tuple[set[str], str]:
    """Return the names of the elements that a reader of Markdown makes, and the text in them."""
    page = READERS[reader](told)
    assert isinstance(page, str)
    names = {name.lower() for name in re.findall(r"<([a-zA-Z!][a-zA-Z0-9-]*)", page)}
    return names, html.unescape(re.sub(r"<[^>]*>", " ", page))


def squeezed(text: str) -> str:
    shown = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub(r"\s+", "", re.sub("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffd]", "", shown))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_they_are(text: str, reader: str) -> None:
    names, shown = rendered("\n".join(["before", "", *as_lines(text), "", f"### {as_text(text)}", ""]), reader)
    assert names <= PLAIN
    assert squeezed(shown) == squeezed(f"before{text}{text}")


_LINES = st.text(alphabet=st.sampled_from(list("ab \n\t#*-_+=`~<>[]()!|$\\&;{}:/.1)\"'^@%\r\u00a0\u2028")), max_size=40)


@settings(max_examples=MANY, deadline=None)
@given(_LINES | st.text(), st.sampled_from(sorted(READERS)))
def test_no_text_breaks_out(text: str, reader: str) -> None:
    _stays_inside(text, reader)


def _stays_inside(text: str, reader: str) -> None:
    names, shown = rendered("\n".join(as_lines(text)), reader)
    assert names <= PLAIN - {"h1", "h2", "h3", "h4"}
    assert squeezed(shown) == squeezed(text)


def whole_of(*answers: tuple[str, str, Json, str], entries: tuple[Entry, ...] = ()) -> Whole:
    told = [Answer(page, field, value, 1, NOON, wording, "s") for page, field, value, wording in answers]
    return Whole(told, list(entries), [], [], {})


def page_of(whole: Whole) -> str:
    return to_markdown(whole, catalog()).decode()


def test_it_is_told_by_part_with_the_questions_as_they_were_asked() -> None:
    told = page_of(
        whole_of(
            ("my-page", "want_prompt", "none", "A prompt?"),
            ("why-it-ended", "story", "It <was> long.", "What happened?"),
            ("gone-page", "field", ["a", "b"], "An old question"),
            entries=(
                Entry(
                    "one", "mood-check-in", {"mood": 3, "body": "tired", "nearby": ["alone", "screen"]}, NOON, 1, NOON
                ),
                Entry("two", "mood-check-in", {"mood": 4}, NOON, 1, NOON, deleted=True),
            ),
        )
    )
    heads = [line for line in told.splitlines() if line.startswith("#")]
    parts = [f"## {as_text(part.title)}" for part in catalog().parts]
    found = [line for line in heads if line in parts]
    assert found == [line for line in parts if line in found]
    assert len(found) == 2
    assert heads[-3:] == ["## Other pages", "### gone-page", "#### An old question"]
    assert "> It &#60;was&#62; long.  " in told
    assert "#### What happened?" in told
    assert "> Tired  " in told
    assert "> Alone, Screen  " in told
    assert "> 4  " not in told


def test_questions_of_ones_own_stand_with_their_answers() -> None:
    question = Entry("q1", "own-reconnect", {"ask": "# Why *me*?", "kind": "short-text"}, NOON, 1, NOON)
    told = page_of(whole_of(("own-reconnect", "q1-short-text", "Because.", "# Why *me*?"), entries=(question,)))
    assert told.count("#### &#35; Why &#42;me&#42;?") == 1
    assert "> Because.  " in told


def test_an_empty_journal_is_a_title() -> None:
    assert [line for line in page_of(EMPTY).splitlines() if line.startswith("#")] == ["# My book"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wholes())
def test_any_journal_can_be_told(whole: Whole) -> None:
    names, _ = rendered(to_markdown(whole, catalog()).decode(), "CommonMark")
    assert names <= PLAIN
