"""The private book: what goes in, what never does, what is left out; and that nothing in it can be more than text."""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rekindle.contact import is_open
from rekindle.content import catalog, say
from rekindle.insights import held
from rekindle.keepsake import Bound, Wishes, bind, from_journal
from rekindle.keepsake.card import BookCard
from rekindle.keepsake.document import POLICY
from rekindle.keepsake.gathering import APART
from rekindle.page.book import Book
from rekindle.questions import own_page
from rekindle.records import Json, Moment
from rekindle.settings import journal_path
from rekindle.your_data import YourData
from tests.hostile import ALL, sample
from tests.made_up import PEOPLE, write, year_of
from tests.visit import STANDINGS, Visit, act, acts, open_journal, press, stand, words_in

SAY = catalog().say
PARTS = frozenset(part.id for part in catalog().parts)
ALL_OF_IT = Wishes(PARTS, entries=True, then_and_now=True, charts=True)
NOW = Moment.now("Europe/Berlin")
AGO = Moment.at(NOW.utc - dt.timedelta(days=90), "Europe/Berlin")


class Page(HTMLParser):
    """Reads a document's tags and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words: list[str] = []
        self._in_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.words.append(data)


def save(exercise: str, field: str, value: Json, moment: Moment = NOW, wording: str = "") -> None:
    with open_journal() as journal:
        known = journal.answers([exercise]).get((exercise, field))
        base = known.revision if known else 0
        sitting = f"s{moment.local_date}"
        journal.save(exercise, field, value, base=base, wording=wording, sitting=sitting, moment=moment)


def note(exercise: str, id_: str, values: dict[str, Json], moment: Moment = NOW) -> None:
    with open_journal() as journal:
        journal.save_entry(id_, exercise, values, base=0, happened=moment, sitting="s", moment=moment)


def made(wishes: Wishes = ALL_OF_IT, *, names: bool = False) -> Bound:
    if names:
        return from_journal(catalog(), journal_path(), None, wishes, initials=True)
    book = Book(catalog(), open_journal)
    book.read()
    try:
        return bind(catalog(), book, wishes)
    finally:
        book.let_go()


def text(bound: Bound) -> str:
    return " ".join(Page(bound.html).words)


# What goes in


def test_a_page_has_its_title_its_day_its_questions_and_the_answers_line_by_line() -> None:
    save("why-it-ended", "deal", "One.\n\nTwo <b>lines</b>.", AGO, "The words that I saw")
    shown = text(made())
    for words in (catalog().exercise("why-it-ended").title, "The words that I saw", "One.", "Two <b>lines</b>."):
        assert words in shown
    assert catalog().exercise("why-it-ended").field("earlier_returns").ask in shown
    assert SAY("keepsake.book.blank") in shown


def test_parts_that_were_not_chosen_and_pages_without_a_word_are_not_in_it() -> None:
    save("why-it-ended", "deal", "a line in part one")
    save("my-part", "fair", "")
    save("woop-goal", "wish", "a line in part two")
    shown = text(made(Wishes(frozenset({"acknowledge"}))))
    assert "a line in part one" in shown
    assert "a line in part two" not in shown
    assert catalog().exercise("my-part").title not in shown
    assert made(Wishes(frozenset({"reconnect"}))).html == ""


def test_a_log_is_told_entry_by_entry_only_if_that_is_wanted_and_letters_always() -> None:
    note("promise-log", "p1", {"promise": "ring the bank", "outcome": "kept"})
    note("letter-never-sent", "l1", {"letter": "Dear you", "keep": "keep"})
    plain = text(made(Wishes(PARTS)))
    assert "Dear you" in plain
    assert "ring the bank" not in plain
    whole = text(made(ALL_OF_IT))
    assert "ring the bank" in whole
    assert "Kept" in whole


def test_what_ten_quiet_minutes_kept_as_a_letter_is_a_letter() -> None:
    note("letter-never-sent", "v-letter", {"text": "kept in the quiet"})
    assert "kept in the quiet" in text(made())


def test_own_questions_stand_at_the_end_of_their_part_and_deleted_ones_nowhere() -> None:
    page = own_page("acknowledge")
    note(page, "q1", {"ask": "Why <i>me</i>?", "kind": "short-text"})
    note(page, "q2", {"ask": "Taken out", "kind": "short-text"})
    save(page, "q1-short-text", "because")
    save(page, "q2-short-text", "unseen")
    with open_journal() as journal:
        journal.delete_entry("q2", moment=NOW)
    shown = text(made())
    assert "Why <i>me</i>?" in shown
    assert "because" in shown
    assert "unseen" not in shown


def test_then_and_now_stand_side_by_side_only_if_wanted() -> None:
    save("say-it-to-myself", "sentence", "I want her back", AGO)
    save("say-it-to-myself", "sentence", "I want my sleep back")
    assert "I want her back" not in text(made(Wishes(PARTS)))
    shown = made(Wishes(then_and_now=True))
    assert "I want her back" in text(shown)
    assert "<b>my sleep</b>" in shown.html


def test_charts_are_pictures_with_their_table() -> None:
    with open_journal() as journal:
        write(journal, year_of(PEOPLE[1]))
    shown = made(Wishes(charts=True))
    tags = [name for name, _ in Page(shown.html).tags]
    assert tags.count("svg") >= 6
    assert tags.count("table") >= tags.count("svg")
    assert "img" not in tags


# What never goes in


def test_the_pages_about_safety_are_never_in_it() -> None:
    save("safety-gate", "need", "read")
    save("my-own-line", "next", "talk")
    save("screen-check", "seen", "maybe")
    save("say-it-to-myself", "sentence", "a line")
    shown = text(made())
    for page in APART:
        assert catalog().exercise(page).title not in shown


def test_drafts_are_not_in_it_while_they_asked_for_no_contact() -> None:
    stand("open and ready")
    save("say-it-once", "draft", "I would like to say")
    save("first-hello", "draft", "Hello you")
    assert "I would like to say" in text(made())
    save("consent-gate", "asked", "stop")
    bound = made()
    assert "I would like to say" not in bound.html
    assert "Hello you" not in bound.html
    assert "folded" in bound.notes
    assert SAY("keepsake.notes.folded") not in text(bound), "that is for the writer, and on no sheet of paper"


@pytest.mark.parametrize("state", sorted(STANDINGS))
def test_in_each_state_it_holds_the_pages_that_are_open_and_no_other(state: str) -> None:
    stand(state)
    texts = {
        page.id: next((f.key for f in page.fields if f.type in ("short_text", "long_text") and f.keep == "always"), "")
        for page in catalog().exercises
    }
    for page, key in texts.items():
        if key and not catalog().exercise(page).fresh:
            save(page, key, f"words on {page}.")
    book = Book(catalog(), open_journal)
    book.read()
    now = book.standing()
    resting = {p for p, key in texts.items() if key in held(p, book.answers_of(p), book.context(p))}
    book.let_go()
    shown = set(re.findall(r"words on ([a-z-]+)\.", text(made(Wishes(PARTS)))))
    written = {page for page, key in texts.items() if key and not catalog().exercise(page).fresh}
    assert shown == {page for page in written - resting - APART if is_open(page, now)}


def test_a_draft_that_sleeps_and_a_sealed_letter_stay_where_they_are() -> None:
    stand("open and ready")
    save("say-it-once", "draft", "I would like to say")
    with open_journal() as journal:
        until = (NOW.utc + dt.timedelta(hours=20)).isoformat()
        journal.note("draft-sealed", {"page": "say-it-once", "until": until}, moment=NOW)
    tomorrow = (NOW.local_date + dt.timedelta(days=2)).isoformat()
    note("letter-never-sent", "l1", {"letter": "sealed words", "keep": "seal", "until": tomorrow})
    note("letter-never-sent", "l2", {"letter": "open words", "keep": "seal", "until": "2020-01-01"})
    bound = made()
    assert "I would like to say" not in bound.html
    assert "sealed words" not in bound.html
    assert "open words" in bound.html
    assert "sealed" in bound.notes


def test_entries_that_were_taken_out_are_not_in_it() -> None:
    note("promise-log", "p1", {"promise": "gone with the wind"})
    note("promise-log", "p2", {"promise": "still here"})
    with open_journal() as journal:
        journal.delete_entry("p1", moment=NOW)
    assert "gone with the wind" not in made().html


# Leaving out, and initials


def test_a_line_an_answer_an_entry_and_a_page_can_be_left_out_without_a_trace() -> None:
    save("why-it-ended", "deal", "first line\nsecond line\nthird line")
    save("why-it-ended", "earlier_returns", "an answer")
    save("my-part", "fair", "fair")
    note("promise-log", "p1", {"promise": "one entry"})
    note("promise-log", "p2", {"promise": "other entry"})
    wishes = Wishes(
        PARTS,
        entries=True,
        left_out=frozenset({"why-it-ended/earlier_returns", "promise-log/p1", "my-part"}),
        lines_out=frozenset({("why-it-ended/deal", "second line")}),
    )
    shown = text(made(wishes))
    for gone in ("second line", "an answer", "one entry", catalog().exercise("my-part").title):
        assert gone not in shown
    for kept in ("first line", "third line", "other entry"):
        assert kept in shown
    assert catalog().exercise("why-it-ended").field("earlier_returns").ask not in shown


def test_names_are_initials_in_answers_tables_entries_own_questions_charts_and_then_and_now() -> None:
    with open_journal() as journal:
        write(journal, year_of(PEOPLE[1]))
    save("my-situation", "nickname", "Bärchen")
    save("support-card", "people", [{"who": "Zoltán", "how": "zoltán knows"}])
    save("why-it-ended", "deal", "BÄRCHEN said no, and Zoltán's tea was cold.")
    save("say-it-to-myself", "sentence", "Bärchen, then", AGO)
    save("say-it-to-myself", "sentence", "bärchen, now")
    save("habit-tracker", "names", [{"row": "h1", "habit": "Run with Zoltán"}])
    note("weekly-check-in", "w9", {"happy": 5, "note": "Zoltán came"})
    note(own_page("acknowledge"), "q1", {"ask": "What would Bärchen say?", "kind": "short-text"})
    save(own_page("acknowledge"), "q1-short-text", "Zoltán knows")
    plain, short = made(), made(names=True)
    assert len(re.findall("bärchen|zoltán", plain.html, re.IGNORECASE)) > 8
    assert re.findall("bärchen|zoltán", short.html, re.IGNORECASE) == []
    assert "B. said no, and Z.'s tea was cold." in text(short)
    assert SAY("keepsake.book.shortened") in text(short)


# Nothing more than text


@pytest.fixture(scope="module")
def everywhere() -> tuple[tuple[str, str, Callable[[str], Json]], ...]:
    """Every kind of place in which a person's words lie: exercise, field, and the answer made of a text."""
    return (
        ("why-it-ended", "deal", str),
        ("why-it-ended", "rows", lambda t: [{"reason": t, "said": t}]),
        ("urge-if-then", "plans", lambda t: [{"if": t, "then": t}]),
        ("my-situation", "nickname", str),
        ("so-what-changes", "same_wall", str),
        ("say-it-to-myself", "sentence", str),
        ("habit-tracker", "names", lambda t: [{"row": "h1", "habit": t}]),
        ("pattern-swap", "top", str),
        (own_page("acknowledge"), "q1-short-text", str),
    )


def _fill(payload: str, everywhere: tuple[tuple[str, str, Callable[[str], Json]], ...]) -> None:
    for exercise, field, value in everywhere:
        save(exercise, field, value(payload), wording=payload)
    save("say-it-to-myself", "sentence", "before", AGO)
    save("say-it-to-myself", "sentence", payload)
    for log, key in (("promise-log", "promise"), ("weekly-check-in", "note"), ("letter-never-sent", "letter")):
        note(log, f"{log}-1", {key: payload, "happy": 3})
    note("proof-of-change", "proof-1", {"did": payload})
    note(own_page("acknowledge"), "q1", {"ask": payload, "kind": "short-text"})


@pytest.mark.parametrize("payloads", [sample(), pytest.param(ALL, marks=pytest.mark.full)], ids=["some", "all"])
def test_no_payload_makes_an_element_an_attribute_or_a_rule(
    payloads: list[str],
    everywhere: tuple[tuple[str, str, Callable[[str], Json]], ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The document of a hostile text has the very same elements as that of a harmless one of the same length."""
    for number, payload in enumerate(payloads):
        found = {}
        for kind, words in (("bad", payload), ("plain", re.sub(r"[^\w\s]", "x", payload))):
            monkeypatch.setenv("REKINDLE_HOME", str(tmp_path / f"{number}{kind}"))
            _fill(words, everywhere)
            found[kind] = Page(made().html)
        new = {kind: [tag for tag in page.tags if tag[0] != "b"] for kind, page in found.items()}
        assert new["bad"] == new["plain"], payload
        for line in payload.splitlines():
            assert re.sub(r"[\x00-\x08\x0b-\x1f]", "\ufffd", line) in "".join(found["bad"].words), payload


def test_the_document_calls_nobody_and_runs_nothing() -> None:
    with open_journal() as journal:
        write(journal, year_of(PEOPLE[1]))
    save("why-it-ended", "deal", "https://rk.invalid/ stays text")
    page = Page(made().html)
    names = {name for name, _ in page.tags}
    assert not names & {"script", "img", "link", "a", "iframe", "object", "embed", "form", "input", "base"}
    attributes = {(key, value) for _, attrs in page.tags for key, value in attrs}
    assert ("content", POLICY) in attributes
    assert not {
        key for key, _ in attributes if key.startswith("on") or key in ("href", "src", "style", "id", "name")
    } - {"name"}
    assert not re.search(r"url\((?!data:font/woff2)", made().html.partition("<body>")[0])
    assert "@import" not in made().html.partition("<body>")[0]


def test_the_title_and_the_name_of_the_file_say_nothing() -> None:
    save("my-situation", "nickname", "Bear")
    bound = made()
    assert "<title>Workbook</title>" in bound.html
    assert re.fullmatch(r"workbook-\d{4}-\d\d-\d\d\.html", bound.file_name)


# The card


class DataVisit(Visit):
    """A visit to the page about the words."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        super().__init__(YourData, zone)


@pytest.fixture
def card(visit: Callable[..., Visit]) -> tuple[Visit, BookCard]:
    save("why-it-ended", "deal", "first line\nsecond line of Ana")
    save("support-card", "people", [{"who": "Ana", "how": "ring"}])
    one = visit(DataVisit)
    one.show()
    assert isinstance(one.page, YourData)
    return one, one.page._keepsake


def test_the_card_offers_the_parts_that_hold_something_with_nothing_chosen(card: tuple[Visit, BookCard]) -> None:
    _, one = card
    offered = [tick.description for tick in one._choices.children[1:]]
    assert offered == [catalog().part(part).title for part in ("acknowledge", "always-here")]
    assert not any(tick.value for tick in (*one._parts.values(), *one._more.values()))
    press(one.widget, SAY("keepsake.card.make"))
    assert SAY("keepsake.card.choose") in words_in(one.widget)
    assert one._view.html == ""


def test_the_card_shows_the_book_before_it_is_saved_and_then_says_that_it_is_not_locked(
    card: tuple[Visit, BookCard],
) -> None:
    visit, one = card
    one._parts["acknowledge"].value = True
    press(one.widget, SAY("keepsake.card.make"))
    assert "first line" in one._view.html
    assert SAY("keepsake.card.ready") in words_in(one.widget)
    visit.hear(one._view, t="done", what="saved")
    assert SAY("keepsake.card.saved") in words_in(one.widget)
    assert "first line" not in repr(one) + repr(one._view.get_state())
    press(one.widget, SAY("keepsake.card.away"))
    assert one._view.html == ""


def test_on_the_card_a_line_goes_and_comes_back_and_a_name_stays_or_goes(card: tuple[Visit, BookCard]) -> None:
    visit, one = card
    one._parts["acknowledge"].value = one._more["initials"].value = True
    press(one.widget, SAY("keepsake.card.make"))
    assert "second line of A." in one._view.html
    act(one._naming.widget, "turn 0")
    assert "second line of Ana" in one._view.html
    visit.hear(one._view, t="name", text=" line ")
    assert "second L. of Ana" in one._view.html
    act(one._leaving.widget, "page why-it-ended")
    turns = [each for each in acts(one._leaving.widget) if each.startswith("turn")]
    assert len(turns) == 4  # the page, two lines, the answer
    act(one._leaving.widget, turns[1])
    assert "first L." not in one._view.html
    assert "second L. of Ana" in one._view.html
    act(one._leaving.widget, turns[1])
    assert "first L." in one._view.html
    act(one._leaving.widget, turns[0])
    assert one._view.html == ""
    assert SAY("keepsake.card.empty") in words_in(one.widget)
    act(one._leaving.widget, turns[0])
    assert "first L." in one._view.html
    assert not [each for each in acts(one.widget) if "line" in each or "Ana" in each]


def test_a_book_that_is_shown_follows_what_changes_meanwhile(card: tuple[Visit, BookCard]) -> None:
    visit, one = card
    stand("open and ready")
    save("say-it-once", "draft", "I would like to say")
    visit.show()
    one._parts["reconnect"].value = True
    press(one.widget, SAY("keepsake.card.make"))
    assert "I would like to say" in one._view.html
    save("consent-gate", "asked", "stop")
    visit.show()
    assert "I would like to say" not in one._view.html


# The command


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = str(Path(sys.executable).with_name("rekindle"))
    return subprocess.run([command, "book", *words], capture_output=True, text=True, check=False, timeout=60)


def test_the_command_writes_a_private_file_and_says_that_it_is_not_locked(tmp_path: Path) -> None:
    save("support-card", "people", [{"who": "Ana", "how": "ring"}])
    save("why-it-ended", "deal", "a line about Ana")
    out = tmp_path / "book.html"
    done = run(str(out), "--initials", "--part", "acknowledge")
    assert done.returncode == 0, done.stderr
    assert say("keepsake.command.not_locked") in done.stdout
    assert "a line about A." in out.read_text("utf-8")
    assert os.name == "nt" or stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "Ana" not in done.stdout + done.stderr
    again = run(str(out))
    assert again.returncode == 1
    assert again.stderr.strip() == say("command.export.exists")
    odd = run(str(tmp_path / "other.html"), "--part", "nonsense")
    assert odd.returncode == 1
    assert "acknowledge" in odd.stderr
    assert not (tmp_path / "other.html").exists()


def test_the_command_needs_a_journal_with_something_in_it(tmp_path: Path) -> None:
    assert run(str(tmp_path / "book.html")).stderr.strip() == say("command.export.empty")
    open_journal().close()
    assert journal_path().exists()
    assert run(str(tmp_path / "book.html")).stderr.strip() == say("keepsake.command.empty")
