"""The summary at the end of a part: a person's own words in one place, only when asked, and never those of a letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rekindle import doors
from rekindle.contact.seals import SEAL, seal, wakes
from rekindle.content import catalog
from rekindle.frontend.words import Words
from rekindle.page.summary import TURN
from rekindle.questions import own_page
from rekindle.records import Json, Moment
from tests.visit import Visit, act, open_journal, stand, text_of, words_in

SAY = catalog().say
HOSTILE = "<img onerror=alert(1)> $x$"
NOW = Moment.now("Europe/Berlin")


def keep(exercise: str, field: str, value: Json) -> None:
    with open_journal() as journal:
        journal.save(exercise, field, value, base=0, wording="", sitting="before", moment=NOW)


def log(exercise: str, id_: str, **values: Json) -> None:
    with open_journal() as journal:
        journal.save_entry(id_, exercise, values, base=0, happened=NOW, sitting="s", moment=NOW)


def part(visit: Callable[..., Visit], part_id: str) -> tuple[Visit, str, Words]:
    """Return a shown part, what its summary says once it is asked, and the summary."""
    one = visit()
    for exercise in catalog().part(part_id).exercises:
        one.page.exercise(exercise.id)
    root = one.page.summary()
    one.show()
    assert one.page._summary is not None
    words = one.page._summary.widget
    act(root, TURN)
    return one, text_of(words.told), words


def test_nothing_of_it_is_told_before_it_is_asked_and_it_can_be_put_away(visit: Callable[..., Visit]) -> None:
    keep("it-is-over-for-now", "line", HOSTILE)
    one = visit()
    one.page.exercise("it-is-over-for-now")
    root = one.page.summary()
    one.show()
    assert HOSTILE not in words_in(root)
    act(root, TURN)
    assert HOSTILE in words_in(root)
    assert catalog().exercise("it-is-over-for-now").title in words_in(root)
    act(root, TURN)
    assert HOSTILE not in words_in(root)


def test_answers_are_told_as_a_person_reads_them_and_blanks_are_left_out(visit: Callable[..., Visit]) -> None:
    keep("it-is-over-for-now", "accept", 0)
    keep("it-is-over-for-now", "proof", ["free-days"])
    keep("online-distance", "peeks", None)
    keep("urge-if-then", "plans", [{"if": "it is late", "then": "ring Ana"}])
    _, told, _ = part(visit, "acknowledge")
    assert "Keeping my days free for them" in told
    assert " 0 " in f" {told} "
    assert "If it is late, then I will ring Ana" in told
    assert catalog().exercise("online-distance").title not in told


def test_a_heavy_page_is_folded_with_its_day_and_a_letter_shows_no_word(visit: Callable[..., Visit]) -> None:
    keep("why-it-ended", "deal", "the sea")
    log("letter-never-sent", "l", letter="SECRETWORD", need="SECRETNEED")
    keep("kind-letter", "letter", "SECRETWORD")
    one, told, words = part(visit, "acknowledge")
    assert "SECRET" not in told
    assert SAY("interface.summary.pages_one", count=1, date="").split("  ")[0][:18] in told
    folded = [block for block in words.told if "the sea" in text_of([block])]
    assert '"tag": "details"' in str(folded).replace("'", '"')
    assert "A heavy page, from" in told
    one.close()
    _, told, _ = part(visit, "work-on-yourself")
    assert "SECRETWORD" not in told
    assert SAY("interface.summary.longer") in told


def test_a_log_gives_its_count_and_its_last_day(visit: Callable[..., Visit]) -> None:
    for number in range(3):
        log("urge-log", f"u{number}", kind_note="SECRETWORD")
    _, told, _ = part(visit, "always-here")
    assert "3 entries, the last from" in told
    assert "SECRETWORD" not in told


def test_a_folded_page_keeps_its_words_to_itself(visit: Callable[..., Visit]) -> None:
    keep("apology-builder", "own", "SECRETWORD")
    stand("trying")
    one, told, _ = part(visit, "rebuild-trust")
    assert "SECRETWORD" in told
    one.close()
    with open_journal() as journal:
        journal.note("paused", {}, moment=Moment.now("Europe/Berlin"))
    _, told, _ = part(visit, "rebuild-trust")
    assert "SECRETWORD" not in told
    assert SAY("interface.summary.empty") in told


def test_a_draft_that_sleeps_is_not_read_here_either(visit: Callable[..., Visit]) -> None:
    stand("quiet and ready")
    keep("first-hello", "two_more", "SECRETWORD")
    one, told, words = part(visit, "reconnect")
    assert "SECRETWORD" in told
    with open_journal() as journal:
        journal.note(SEAL, seal("first-hello", wakes(NOW, "three-days")), moment=NOW)
    one.show()
    assert "SECRETWORD" not in text_of(words.told)


def test_what_is_never_kept_is_not_told_and_own_lists_are_told_in_words(visit: Callable[..., Visit]) -> None:
    one, _, words = part(visit, "always-here")
    card = one.open("if-they-say-no")
    one.answer(card.controls["safe"], "no")
    one.answer(one.open("support-card").controls["lines"], "world")
    one.show()
    told = text_of(words.told)
    assert catalog().exercise("if-they-say-no").field("safe").ask not in told
    assert catalog().helplines.countries["world"] in told or "Show the world list" in told


def test_own_questions_stand_with_their_answers_and_taken_out_ones_do_not(visit: Callable[..., Visit]) -> None:
    page = own_page("acknowledge")
    for id_, kind in (("q1", "short-text"), ("q2", "long-text"), ("q3", "yes-no")):
        log(page, id_, ask=f"{HOSTILE} {id_}?", kind=kind)
    keep(page, "q1-short-text", "a short SAIDWORD")
    keep(page, "q2-long-text", "SECRETWORD")
    keep(page, "q3-yes-no", "not-sure")
    one = visit()
    one.page.exercise(page)
    root = one.page.summary()
    one.show()
    act(root, TURN)
    told = words_in(root)
    assert f"{HOSTILE} q1? a short SAIDWORD" in told
    assert "SECRETWORD" not in told
    assert SAY("own-questions.yes-no.not-sure") in told
    with open_journal() as journal:
        journal.delete_entry("q1", moment=NOW)
    one.show()
    assert "SAIDWORD" not in words_in(root)


def test_an_open_summary_follows_when_the_page_comes_back(visit: Callable[..., Visit]) -> None:
    one, told, words = part(visit, "acknowledge")
    assert told.endswith(SAY("interface.summary.empty"))
    keep("it-is-over-for-now", "line", "new words")
    one.show()
    assert "new words" in text_of(words.told)


@pytest.mark.parametrize("part_id", [part.id for part in catalog().parts if part.letting_go])
def test_letting_go_has_a_cover_an_opener_and_an_ending_of_its_own(
    part_id: str, visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    stand("open")
    keep("decision-check", "choose", "let-go")
    monkeypatch.setattr(doors, "display", lambda _root: None)
    page = doors.open_part(part_id)
    foot, sent = page.summary(), list[dict[str, Any]]()
    monkeypatch.setattr(page.presence, "send", lambda content, _buffers=None: sent.append(content))
    page._on_shown("Europe/Berlin", frozenset())
    other = catalog().part(part_id).letting_go
    assert other is not None
    assert told(other.opener) in words_in(page.head)
    assert told(other.ending or "") in words_in(foot)
    [cover] = [each["cover"] for each in sent if each["t"] == "frame"]
    assert cover == {"purpose": other.purpose or "", "meta": other.meta or ""}
    page.book.journal.close()
    keep("decision-check", "two_way", "yes")
    with open_journal() as journal:
        base = journal.answers()["decision-check", "choose"].revision
        moment = Moment.now("Europe/Berlin")
        journal.save("decision-check", "choose", "hopeful", base=base, wording="", sitting="now", moment=moment)
    again = doors.open_part(part_id)
    foot = again.summary()
    again._on_shown("Europe/Berlin", frozenset())
    assert told(other.opener) not in words_in(again.head)
    assert SAY("interface.notebook.ending") not in words_in(foot)
    again.book.journal.close()


def told(text: str) -> str:
    return " ".join(text.split())


def test_no_prose_of_step_3_tells_how_a_hello_is_made() -> None:
    part = catalog().part("reconnect")
    assert part.letting_go
    for prose in (part.opener, part.more or "", part.letting_go.opener, part.letting_go.ending or ""):
        assert not [
            word for word in ("short hello", "light hello", "good news", "kind question") if word in prose.lower()
        ]
