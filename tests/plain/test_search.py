"""Find and look back: all of one's own words, by word, place and time; never what is folded, asleep or put away."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from rekindle.content import catalog
from rekindle.dashboard import Dashboard
from rekindle.dashboard.search import BRIEF, Search
from rekindle.journal import Journal
from rekindle.questions import own_page
from rekindle.records import Json
from tests.days import ago
from tests.visit import HomeVisit, Visit, act, acts, blocks, inside, open_journal, press, stand, text_of, words_in

SAY = catalog().say
RARE = "quittenkompott"


def answered(exercise: str, field: str, value: Json = RARE, days: float = 0) -> None:
    with open_journal() as journal:
        known = journal.answers([exercise]).get((exercise, field))
        base = known.revision if known else 0
        journal.save(exercise, field, value, base=base, wording="Asked", sitting=f"s{days}", moment=ago(days))


def entered(exercise: str, values: dict[str, Json], days: float = 0, id_: str = "") -> str:
    at, name = ago(days), id_ or uuid.uuid4().hex
    with open_journal() as journal:
        journal.save_entry(name, exercise, values, base=0, happened=at, sitting="s", moment=at)
    return name


class Looking:
    """A dashboard with the search open, and what a person does there."""

    def __init__(self, visit: Callable[..., Visit]) -> None:
        self.one = visit(HomeVisit)
        self.one.show()
        assert isinstance(self.one.page, Dashboard)
        self.page = self.one.page
        fold = self.page._story.sections["find"]
        assert isinstance(fold, Search)
        self.fold, self.sent = fold, list[dict[str, Any]]()
        press(fold.root, SAY("story.sections.find.show"))
        fold._seek.send = self._hear

    def _hear(self, content: dict[str, Any], buffers: object = None) -> None:
        del buffers
        self.sent.append(content)

    def for_(self, words: str = "", **more: str) -> str:
        """Ask, and return what the live region says."""
        self.one.hear(self.fold._seek, t="seek", n=1, **({"words": words, "span": "all", "place": ""} | more))
        return str(self.fold._seek._found["text"])

    @property
    def told(self) -> str:
        return words_in(self.fold._list)

    @property
    def links(self) -> list[str]:
        return [str(block["href"]) for block in blocks(self.fold._list.told) if "href" in block]

    @property
    def marked(self) -> list[str]:
        return [str(b["text"]) for b in blocks(self.fold._list.told) if b.get("cls") == "rk-new"]

    def turn(self, number: int = 0) -> None:
        """Press the button of a find: show its words, show all of them, or fold them."""
        act(self.fold._list, [each for each in acts(self.fold._list) if each.startswith("turn ")][number])


def found(count: int) -> str:
    key = {0: "none", 1: "one"}.get(count, "many")
    return SAY(f"story.find.found_{key}", count=count)


# --- what is found ---------------------------------------------------------------------------------------------------


def test_a_word_is_found_in_every_kind_of_place_and_each_names_its_page_with_a_way_there(
    visit: Callable[..., Visit],
) -> None:
    stand("trying")
    own = own_page("acknowledge")
    answered("why-it-ended", "rows", [{"reason": f"The {RARE}"}, {"reason": "Work"}], 1)
    answered("say-it-to-myself", "sentence", RARE, 2)
    answered("urge-if-then", "plans", [{"if": f"I see {RARE}", "then": "I walk"}], 3)
    entered("mood-check-in", {"mood": 4, "word": f"{RARE} again"}, 4)
    entered("letter-never-sent", {"letter": f"You and the {RARE}"}, 5)
    entered("letter-never-sent", {"text": f"Left by ten quiet minutes: {RARE}"}, 6)
    entered(own, {"ask": f"Why {RARE}?", "kind": "one-of", "choices": ["Yes", "No"]}, 7, "q1")
    entered(own, {"ask": "And then?", "kind": "any-of", "choices": [RARE]}, 8, "q2")
    answered(own, "q2-any-of", [RARE], 9)
    entered("weekly-check-in", {"note": f"A week of {RARE}"}, 10)
    at = Looking(visit)
    assert at.for_(RARE.upper()) == found(10)
    titles = [text_of([b]) for b in blocks(at.fold._list.told) if b.get("cls") == "rk-found__title"]
    part = catalog().part("acknowledge")
    mine = f"{SAY('own-questions.title')} · {part.short_title}"
    pages = ("why-it-ended", "say-it-to-myself", "urge-if-then", "mood-check-in", *["letter-never-sent"] * 2)
    assert titles == [*(catalog().exercise(page).title for page in pages), mine, mine, mine, titles[-1]]
    assert titles[-1] == catalog().exercise("weekly-check-in").title
    assert at.links[:1] == [at.page.frame.address("why-it-ended")[1]]
    assert at.links[6] == at.page.frame.link(part.notebook, own)
    assert all(href for href in at.links)
    assert RARE not in "".join(at.links)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Café au lait", "CAFE"),
        ("STRASSE", "straße"),
        ("grüße dich", "GRUSSE"),
        ("Заиграла их песня", "песня"),
        ("彼らの歌が流れた", "歌が"),
        ("a good Wednesday", "wednes"),
        ("I don\u2019t know", "don't"),
        ('he said "later" and left', '"later"'),
        ("back\\slash 100%", "\\slash 100%"),
        ("cafe\u0301 by the sea", "café"),
        ("line one\nline two", "two one"),
    ],
)
def test_case_accents_and_signs_make_no_difference_and_each_word_must_stand_there(
    written: str, asked: str, visit: Callable[..., Visit]
) -> None:
    answered("say-it-to-myself", "sentence", written)
    entered("mood-check-in", {"word": written}, 1)
    at = Looking(visit)
    assert at.for_(asked) == found(2)
    assert at.for_(f"{asked} {RARE}") == found(0)
    assert SAY("story.sections.find.empty") in at.told


def test_what_was_looked_for_is_marked_letter_by_letter_and_no_letter_is_lost(visit: Callable[..., Visit]) -> None:
    text = "Die Stra\u00dfe, das Cafe\u0301. STRASSE"
    entered("mood-check-in", {"word": text})
    at = Looking(visit)
    at.for_("strasse cafe")
    assert at.marked == ["Stra\u00dfe", "Cafe\u0301", "STRASSE"]
    told = next(b for b in blocks(at.fold._list.told) if b.get("cls") == "rk-words" and b.get("kids"))
    assert "".join(kid if isinstance(kid, str) else kid["text"] for kid in told["kids"]) == text


def test_ids_numbers_and_what_an_option_reads_are_nobodys_own_words(visit: Callable[..., Visit]) -> None:
    entered("urge-log", {"urge_to": "text", "did": ["walked"], "before": 7})
    answered("consent-gate", "asked", "space")
    answered("why-it-ended", "rows", [{"reason": "x", "whose": "mine"}])
    entered(own_page("acknowledge"), {"ask": "Why?", "kind": "yes-no"}, id_="q1")
    answered(own_page("acknowledge"), "q1-yes-no", "yes")
    at = Looking(visit)
    for word in ("walked", "text", "7", "space", "mine", "rows", "yes-no", "yes", "q1", "urge_to"):
        assert at.for_(word) == found(0), word


def test_nothing_is_shown_before_something_is_asked_and_nothing_after_it_is_taken_back(
    visit: Callable[..., Visit],
) -> None:
    answered("say-it-to-myself", "sentence")
    at = Looking(visit)
    assert (at.told, at.fold._seek._found["text"]) == ("", "")
    assert at.for_(RARE) == found(1)
    assert at.for_("  ") == ""
    assert at.told == ""


def test_places_are_parts_and_logs_and_a_log_alone_can_be_looked_through(visit: Callable[..., Visit]) -> None:
    stand("closed")
    answered("say-it-to-myself", "sentence")
    entered("mood-check-in", {"word": RARE}, 1)
    entered("promise-log", {"promise": RARE}, 2)
    at = Looking(visit)
    assert at.for_(RARE, place="log mood-check-in") == found(1)
    assert at.for_(RARE, place="part before-you-begin") == found(1)
    assert at.for_(RARE, place="part always-here") == found(2)
    assert at.for_("", place="log promise-log") == found(1), "a place alone lists what stands there"
    assert at.for_(RARE, place="log no-such-log") == found(3), "one that is offered no more is everywhere"
    at.one.hear(at.fold._seek, t="ready")
    groups = [message for message in at.sent if message["t"] == "places"][-1]["places"]
    offered = [id_ for _, places in groups for id_, _ in places]
    assert {"", "part acknowledge", "log mood-check-in", "log my-page", "log letter-never-sent"} <= {*offered}
    assert not {"log contact-log", "log good-moments"} & {*offered}, "folded now"


# --- looking back ----------------------------------------------------------------------------------------------------


def test_a_day_is_looked_back_at_only_when_asked_and_says_first_what_is_behind_each_fold(
    visit: Callable[..., Visit],
) -> None:
    entered("letter-never-sent", {"letter": f"Dear you, {RARE}", "need": "rest"}, 30)
    entered("mood-check-in", {"mood": 2, "word": "so tired"}, 30)
    entered("my-page", {"text": "a page of mine"}, 30)
    answered("say-it-to-myself", "sentence", "what I told myself", 30)
    entered("mood-check-in", {"mood": 9, "word": "another day"}, 29)
    at = Looking(visit)
    assert "another day" not in words_in(at.fold.root)
    day = ago(30).local_date.isoformat()
    assert at.for_("", span="day", day="") == "", "no day is chosen yet"
    assert at.for_("", span="day", day=day) == found(4)
    for kind in ("heavy", "kept", "entry", "answers"):
        assert SAY(f"story.find.{kind}") in at.told
    for words in (RARE, "so tired", "a page of mine", "what I told myself", "another day"):
        assert words not in at.told
    titles = [text_of([b]) for b in blocks(at.fold._list.told) if b.get("cls") == "rk-found__title"]
    at.turn(titles.index(catalog().exercise("mood-check-in").title))
    assert "so tired" in at.told
    assert RARE not in at.told, "one fold opens one page"
    at.turn(titles.index(catalog().exercise("mood-check-in").title))
    assert "so tired" not in at.told
    assert at.for_("", span="last-30") == found(1)
    assert at.for_("tired", span="days", since=day, until=day) == found(1)


def test_months_are_offered_when_one_is_asked_for(visit: Callable[..., Visit]) -> None:
    entered("mood-check-in", {"word": "old"}, 400)
    answered("say-it-to-myself", "sentence", days=3)
    at = Looking(visit)
    at.for_("", span="month", month="")
    months = [message for message in at.sent if message["t"] == "months"][-1]
    assert [id_ for id_, _ in months["months"]] == [f"{ago(3).local_date:%Y-%m}", f"{ago(400).local_date:%Y-%m}"]
    assert at.for_("", span="month", month=f"{ago(400).local_date:%Y-%m}") == found(1)


def test_a_heavy_page_and_a_kept_one_stay_folded_until_they_are_unfolded(visit: Callable[..., Visit]) -> None:
    entered("letter-never-sent", {"letter": f"You and the {RARE}"}, 1)
    answered("my-part", "rows", [{"did": f"I hid the {RARE}"}], 2)
    entered("my-page", {"text": f"Then the {RARE}"}, 3)
    entered("mood-check-in", {"word": f"ate {RARE}"}, 4)
    at = Looking(visit)
    assert at.for_(RARE) == found(4)
    assert [words in at.told for words in ("You and", "I hid", "Then the", "ate")] == [False, False, False, True]
    for number, words in enumerate(("You and", "I hid", "Then the")):
        at.turn(number)
        assert words in at.told
    assert len(at.marked) == 4


def test_of_a_long_text_the_paragraphs_come_whole_and_the_rest_when_asked_for(visit: Callable[..., Visit]) -> None:
    text = "\n".join(["first of all " * 20, f"and then the {RARE} came", "last of all " * 20])
    answered("say-it-to-myself", "sentence", text)
    answered("say-it-to-myself", "wish", 4)
    assert len(text) > BRIEF
    at = Looking(visit)
    at.for_(RARE)
    assert f"and then the {RARE} came" in at.told
    assert "first of all" not in at.told
    assert "…" not in at.told
    at.turn()
    assert "first of all" in at.told
    assert "last of all" in at.told


# --- what is left out ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["closed", "paused", "space", "unknown"])
def test_what_the_contact_state_folds_is_not_looked_at(state: str, visit: Callable[..., Visit]) -> None:
    stand(state)
    answered("trust-map", "rows", [{"what": RARE, "then": RARE, "now": RARE}], 1)
    answered("first-hello", "draft", RARE, 1)
    entered("contact-log", {"length": RARE, "about": RARE}, 1)
    entered("good-moments", {"moment": RARE}, 1)
    at = Looking(visit)
    assert at.for_(RARE) == found(0)
    assert "first-hello" not in str(at.links)
    at.for_("", span="last-7")
    assert not {"trust-map", "first-hello", "contact-log", "good-moments"} & {h.partition("#")[2] for h in at.links}


def test_a_page_that_is_folded_while_the_search_is_open_goes_from_what_was_found(visit: Callable[..., Visit]) -> None:
    stand("open")
    entered("contact-log", {"who": "me", "length": RARE}, 1)
    at = Looking(visit)
    assert at.for_(RARE) == found(1)
    answered("consent-gate", "asked", "stop")
    at.one.hear(at.page.presence, t="beat")
    assert at.fold._seek._found["text"] == found(0)
    assert RARE not in at.told


def test_a_draft_that_sleeps_is_not_found(visit: Callable[..., Visit]) -> None:
    stand("quiet and ready")
    answered("first-hello", "draft", RARE)
    at = Looking(visit)
    assert at.for_(RARE) == found(1)
    until = ago(-20 / 24).utc.isoformat()
    with open_journal() as journal:
        journal.note("draft-sealed", {"page": "first-hello", "until": until}, moment=ago(0))
    assert at.for_(RARE) == found(0)


def test_a_page_put_away_until_a_day_gives_no_word_before_it(visit: Callable[..., Visit]) -> None:
    day = (ago(-9).local_date).isoformat()
    past = ago(9).local_date.isoformat()
    entered("letter-never-sent", {"letter": f"{RARE} one", "keep": "seal", "until": day}, 1)
    entered("letter-never-sent", {"letter": f"{RARE} two", "keep": "seal", "until": past}, 20)
    at = Looking(visit)
    assert at.for_(RARE) == found(1), "its day has come"
    at.for_("", span="last-7")
    assert SAY("story.find.sealed", date="")[:-2] in at.told
    assert not [each for each in acts(at.fold._list) if each.startswith("turn")]
    assert RARE not in at.told


def test_what_was_taken_out_is_not_found(visit: Callable[..., Visit]) -> None:
    own = own_page("reconnect")
    gone = entered("mood-check-in", {"word": RARE})
    entered(own, {"ask": f"Why {RARE}?", "kind": "long-text"}, id_="q1")
    answered(own, "q1-long-text", f"Because of {RARE}")
    at = Looking(visit)
    assert at.for_(RARE) == found(3)
    with open_journal() as journal:
        journal.delete_entry(gone, moment=ago(0))
        journal.delete_entry("q1", moment=ago(0))
    assert at.for_(RARE) == found(0)


def test_earlier_versions_and_what_was_never_kept_are_not_found(visit: Callable[..., Visit]) -> None:
    answered("say-it-to-myself", "sentence", RARE, 3)
    answered("say-it-to-myself", "sentence", "another line", 1)
    one = visit()
    card = one.open("right-now")
    assert card.fresh
    one.write(card.fresh.controls["unsent"], RARE)
    gate = one.open("safety-gate")
    for control in gate.controls.values():
        if type(control).__name__ == "MultiChoice":
            one.answer(control, ["none"])
    at = Looking(visit)
    assert at.for_(RARE) == found(0)
    assert at.for_("", place="part before-you-begin", span="last-7") == found(1)
    assert "safety-gate" not in str(at.links)


# --- a page of finds -------------------------------------------------------------------------------------------------


def test_many_finds_come_a_page_at_a_time_and_all_of_them_come(visit: Callable[..., Visit]) -> None:
    for back in range(23):
        entered("mood-check-in", {"word": f"{RARE} {back}"}, back)
    at = Looking(visit)
    assert at.for_(RARE) == found(23)
    seen = []
    for _ in range(3):
        seen += [text_of([b]) for b in blocks(at.fold._list.told) if b.get("cls") == "rk-entry__what"]
        if "older" in acts(at.fold._list):
            act(at.fold._list, "older")
    assert [line.split()[-1] for line in seen] == [str(back) for back in range(23)]
    assert at.for_(f"{RARE} 2") == found(5), "a new search begins at its start"
    assert at.marked[:4] == [RARE, "2", RARE, "2"]


def test_what_another_page_saves_joins_what_was_found_and_open_folds_stay_open(visit: Callable[..., Visit]) -> None:
    entered("my-page", {"text": f"first {RARE}"}, 1)
    at = Looking(visit)
    at.for_(RARE)
    at.turn()
    assert "first" in at.told
    entered("mood-check-in", {"word": RARE})
    at.one.hear(at.page.presence, t="beat")
    assert at.fold._seek._found["text"] == found(2)
    assert "first" in at.told


# --- nothing is left behind ------------------------------------------------------------------------------------------


def test_what_is_looked_for_rests_nowhere_and_goes_when_the_fold_is_put_away(visit: Callable[..., Visit]) -> None:
    entered("mood-check-in", {"word": f"{RARE} on bread"})
    at = Looking(visit)
    assert at.one.journal
    folder = at.one.journal.path.parent
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    at.for_(RARE)
    assert "on bread" in at.told
    for widget in inside(at.page.root):
        assert repr(widget) == f"<{type(widget).__name__}>"
        assert RARE not in json.dumps(widget.get_state(), default=str)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    press(at.fold.root, SAY("story.sections.find.hide"))
    assert at.fold.body.children == ()
    assert at.told == ""
    assert RARE not in str(vars(at.fold))
    press(at.fold.root, SAY("story.sections.find.show"))
    assert at.told == "", "it starts empty again"


def test_leaving_the_page_takes_back_what_was_asked(visit: Callable[..., Visit]) -> None:
    entered("mood-check-in", {"word": RARE})
    at = Looking(visit)
    at.for_(RARE)
    assert at.for_("", span="all") == "", "the page's script says so as it goes"
    assert at.told == ""
    at.for_(RARE)
    at.one.hear(at.fold._seek, t="ready")
    assert at.told == "", "fields that were made anew are empty"


def test_looking_is_one_statement_and_the_word_is_in_none(visit: Callable[..., Visit]) -> None:
    for back in range(30):
        entered("mood-check-in", {"word": f"{RARE} {back}"}, back)
    at = Looking(visit)
    assert at.one.journal
    said: list[str] = []
    connection = at.one.journal._store._connection
    connection.set_trace_callback(said.append)
    at.for_(RARE)
    connection.set_trace_callback(None)
    assert sum("fits(" in line for line in said) == 1
    assert not any(RARE in line for line in said)


def test_an_entry_that_cannot_be_read_is_said_and_not_passed_over(visit: Callable[..., Visit]) -> None:
    id_ = entered("mood-check-in", {"word": RARE})
    at = Looking(visit)
    with open_journal() as journal, journal._store.transaction():
        journal._store.rows("UPDATE entry SET \"values\" = 'x' WHERE id = ?", (id_,))
    at.for_("anything")
    assert SAY("errors.journal-damaged.happened")[:20] in words_in(at.page._state)


def test_search_reads_no_more_than_it_is_given(visit: Callable[..., Visit]) -> None:
    """What a journal is asked for is what stands on the pages that it is told."""
    entered("mood-check-in", {"word": RARE})
    answered("say-it-to-myself", "sentence")
    one = visit(HomeVisit)
    one.show()
    assert isinstance(one.journal, Journal)
    looked: list[str] = []

    def fits(page: str, _field: str, _text: str) -> bool:
        looked.append(page)
        return True

    found = one.journal.leaves.everywhere.of(["mood-check-in"], fits, limit=5)
    assert (looked, found.found) == (["mood-check-in"], 1)
    assert one.journal.leaves.everywhere.of([], fits, limit=5).places == []
