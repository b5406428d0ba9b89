"""Cards: shut, folded, open; what two pages do to one answer; and what a refused save leaves on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ipywidgets as ipw
import pytest

from rekindle.contact import openness
from rekindle.content import catalog
from rekindle.doors import open_exercise
from rekindle.errors import DiskFull, JournalMoved, RekindleError
from rekindle.frontend.presence import Presence
from rekindle.journal import Journal
from rekindle.settings import journal_path
from tests.visit import STANDINGS, Refuse, Visit, act, acts, inside, press, stand, words_in

SAY = catalog().say
PAGE = "say-it-to-myself"


def controls_in(root: ipw.Widget) -> list[str]:
    """Return what can be pressed or filled in; buttons that are told count by what they do."""
    kinds = (ipw.Button, ipw.Checkbox, ipw.RadioButtons, ipw.ToggleButtons, ipw.Dropdown, ipw.DatePicker)
    found = [type(widget).__name__ for widget in inside(root) if isinstance(widget, kinds)]
    return found + [type(w).__name__ for w in inside(root) if type(w).__name__ in ("Writing", "Rows")] + acts(root)


# Shut, open, folded


def test_a_card_builds_its_fields_only_when_it_is_opened(visit: Callable[..., Visit]) -> None:
    one = visit()
    root = one.page.exercise(PAGE)
    one.show()
    assert one.page.cards[PAGE].root.children == (), "shut, it is one widget"
    assert one.front(PAGE) == [catalog().exercise(PAGE).title, "About 5 minutes"]
    one.open(PAGE)
    assert {"Writing", "ToggleButtons", "Checkbox"} <= set(controls_in(root))
    assert one.front(PAGE) == [], "the page draws nothing on it now"
    assert one.last("opened")["expect"] == {f"{PAGE}/wish": "", f"{PAGE}/masks": ""}
    assert one.last("opened")["own"] == [f"{PAGE}/sentence", f"{PAGE}/mask_cost"]
    one.done(one.page.cards[PAGE])
    assert controls_in(root) == []
    assert one.front(PAGE)[0] == catalog().exercise(PAGE).title


def test_an_opened_card_tells_the_page_only_of_fields_that_stand_in_it(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    assert "mood-check-in/entry/when" not in one.last("opened")["expect"]
    press(card.root, SAY("interface.folds.more"))
    assert one.last("opened")["expect"]["mood-check-in/entry/when"] == ""
    press(card.root, SAY("interface.folds.more"))
    assert "mood-check-in/entry/when" not in one.last("opened")["expect"]


def test_a_list_stands_on_its_empty_line_before_and_after_a_choice(visit: Callable[..., Visit]) -> None:
    one = visit()
    lines = one.open("support-card").controls["lines"]
    one.answer(lines, "de")
    assert lines.shown() not in ("0", "")
    lines.fill(None, answered=False)
    (box,) = (w for w in inside(lines.widget) if isinstance(w, ipw.Dropdown))
    assert (lines.shown(), box.index, lines.value()) == ("0", 0, None)


@pytest.mark.parametrize("name", STANDINGS)
def test_a_folded_card_has_nothing_to_press_or_fill_and_says_why(name: str, visit: Callable[..., Visit]) -> None:
    stand(name)
    one = visit()
    one.show()
    now = one.page.book.standing()
    folded = []
    for exercise in catalog().exercises:
        card = one.open(exercise.id)
        verdict = openness(exercise.id, now)
        assert card.is_open is verdict.open, exercise.id
        if not verdict.open:
            folded.append(exercise.id)
            assert (controls_in(card.root), one.front(exercise.id)) == ([], [])
            until = {"until": ""} if verdict.reason == "space-until" else {}
            assert SAY(f"states.folded.{verdict.reason}.why", **until) in words_in(card.root)
            card.open()
            assert controls_in(card.root) == [], "no call opens it either"
    assert ("first-hello" in folded) is (name != "quiet and ready")


@pytest.mark.parametrize("name", [name for name in STANDINGS if name != "quiet and ready"])
def test_a_page_between_prose_of_ones_own_is_folded_by_the_same_rule(name: str) -> None:
    stand(name)
    root = open_exercise("first-hello")
    presence = next(widget for widget in inside(root) if isinstance(widget, Presence))
    presence._on_message(presence, {"t": "shown", "zone": "UTC", "dirty": []}, [])
    presence._on_message(presence, {"t": "open", "exercise": "first-hello"}, [])
    assert (controls_in(root), presence.fronts) == ([], {})


def test_a_page_that_was_open_is_taken_away_when_another_answer_folds_it(visit: Callable[..., Visit]) -> None:
    stand("quiet and ready")
    one = visit()
    hello, gate = one.open("first-hello"), one.open("consent-gate")
    assert hello.is_open
    one.answer(gate.controls["order"], "yes")
    assert controls_in(hello.root) == []
    assert one.page.book.journal.answers()[("consent-gate", "order")].value == "yes"


# Two pages


def test_a_page_shows_what_another_wrote_when_it_comes_to_the_front(visit: Callable[..., Visit]) -> None:
    first, second = visit(), visit()
    a, b = first.open(PAGE), second.open(PAGE)
    first.answer(a.controls["sentence"], "I want to be honest")
    first.answer(a.controls["wish"], 6)
    second.show()
    assert (b.controls["sentence"].value(), b.controls["wish"].value()) == ("I want to be honest", 6)
    second.answer(b.controls["wish"], 7)
    assert SAY("interface.conflict.two_versions") not in words_in(b.root), "it built on what it had been shown"


def test_two_edits_at_once_are_both_kept_and_told(visit: Callable[..., Visit]) -> None:
    first, second = visit(), visit()
    a, b = first.open(PAGE), second.open(PAGE)
    first.answer(a.controls["sentence"], "from the first window")
    second.answer(b.controls["sentence"], "from the second window")
    assert first.stored[f"{PAGE}/sentence"] == "from the second window"
    told = words_in(b.root)
    assert SAY("interface.conflict.two_versions") in told
    assert "from the first window" in told
    with Journal.open(journal_path(), never_kept=()) as journal:
        assert {a.value for a in journal.history(PAGE, "sentence")} == {
            "from the first window",
            "from the second window",
        }


@pytest.mark.parametrize(("press_it", "stands"), [("use 0", "one"), ("leave 0", "two")])
def test_a_conflict_is_settled_by_the_person(press_it: str, stands: str, visit: Callable[..., Visit]) -> None:
    first, second = visit(), visit()
    a, b = first.open(PAGE), second.open(PAGE)
    first.answer(a.controls["sentence"], "one")
    second.answer(b.controls["sentence"], "two")
    act(b.root, press_it)
    assert second.stored[f"{PAGE}/sentence"] == stands
    assert b.controls["sentence"].value() == stands
    assert SAY("interface.conflict.two_versions") not in words_in(b.root)
    later = visit().open(PAGE)
    assert SAY("interface.conflict.two_versions") not in words_in(later.root)
    with Journal.open(journal_path(), never_kept=()) as journal:
        last = journal.history(PAGE, "sentence")[0]
        assert {str(a.value) for a in journal.history(PAGE, "sentence")} == {"one", "two"}
        assert last.wording == catalog().exercise(PAGE).field("sentence").ask


def test_a_field_with_unsaved_words_is_not_refilled_and_still_builds_on_what_it_showed(
    visit: Callable[..., Visit],
) -> None:
    first, second = visit(), visit()
    a, b = first.open(PAGE), second.open(PAGE)
    first.answer(a.controls["sentence"], "theirs")
    second.show(f"{PAGE}/sentence")
    assert b.controls["sentence"].value() == ""
    second.answer(b.controls["sentence"], "mine")
    assert SAY("interface.conflict.two_versions") in words_in(b.root)


def test_opening_one_card_does_not_let_another_overwrite_what_it_never_showed(visit: Callable[..., Visit]) -> None:
    first, second = visit(), visit()
    a, b = first.open(PAGE), second.open(PAGE)
    first.answer(a.controls["sentence"], "theirs")
    second.open("my-situation")  # reads the journal anew
    second.answer(b.controls["sentence"], "mine")
    assert SAY("interface.conflict.two_versions") in words_in(b.root)
    assert "theirs" in words_in(b.root)


# What could not be stored


ERRORS = [DiskFull(path="/a"), JournalMoved(path="/a")]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.code)
def test_a_refused_save_is_said_in_a_sentence_and_tried_again(
    error: RekindleError, visit: Callable[..., Visit], refuse: Refuse
) -> None:
    one = visit()
    card = one.open(PAGE)
    mend = refuse(error)
    said = one.write(card.controls["sentence"], "held on the screen")
    one.answer(card.controls["wish"], 4)
    sentence = " ".join(SAY(f"errors.{error.code}.{part}", path="/a") for part in ("happened", "safe", "todo"))
    assert (said["t"], said["why"]) == ("not", sentence)
    assert one.last("not")["why"] == sentence
    assert one.stored == {}
    one.hear(one.page.presence, t="beat", again=True)
    assert one.stored == {}, "still no room"
    mend()
    one.hear(one.page.presence, t="beat", again=True)
    assert one.stored == {f"{PAGE}/sentence": "held on the screen", f"{PAGE}/wish": 4}
    assert one.last("kept")["path"] in (f"{PAGE}/sentence", f"{PAGE}/wish")


def test_a_refused_skip_is_tried_again_too(visit: Callable[..., Visit], refuse: Refuse) -> None:
    one = visit()
    card = one.open(PAGE)
    mend = refuse(DiskFull(path="/a"))
    one.answer(card.controls["sentence"], None)
    assert one.last("not")["path"] == f"{PAGE}/sentence"
    mend()
    one.hear(one.page.presence, t="beat", again=True)
    assert one.stored == {f"{PAGE}/sentence": None}


def test_a_card_with_unsaved_words_does_not_shut(visit: Callable[..., Visit], refuse: Refuse) -> None:
    one = visit()
    card = one.open(PAGE)
    mend = refuse(DiskFull(path="/a"))
    one.write(card.controls["sentence"], "only here")
    one.done(card)
    assert "Writing" in controls_in(card.root), "shutting it would take the only copy away"
    mend()
    one.done(card)
    assert controls_in(card.root) == []
    assert one.stored == {f"{PAGE}/sentence": "only here"}


def test_a_journal_that_cannot_be_opened_is_said_and_shuts_nothing_down(
    visit: Callable[..., Visit], home: Path
) -> None:
    (home / "rekindle").mkdir()
    (home / "rekindle" / "journal.rekindle").write_bytes(b"this is no journal, and it is long enough to be looked at")
    before = (home / "rekindle" / "journal.rekindle").read_bytes()
    one = visit()
    card = one.open(PAGE)
    assert not card.is_open
    assert one.said[-1]["t"] in ("shown", "frame", "hide")
    assert "journal" in words_in(one.page.head).lower()
    assert (home / "rekindle" / "journal.rekindle").read_bytes() == before


# What a page shows back


def test_the_sentences_follow_the_answers(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open(PAGE)
    one.answer(card.controls["wish"], 7)
    assert "Today you put 7 out of 10" in words_in(card.root)
    one.answer(card.controls["wish"], 3)
    assert "Today you put 3 out of 10" in words_in(card.root)
    one.answer(card.controls["wish"], None)
    assert "out of 10" not in words_in(card.root)


def test_each_rate_stands_with_what_it_does_not_mean(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("honest-odds")
    one.answer(card.controls["hope"], 7)
    says, told = catalog().exercise("honest-odds").says, words_in(card.root)
    for rate in ("rate_returned", "rate_renewed", "rate_both", "rate_better"):
        assert f"{says[rate]} {says[f'{rate}_not']}" in told


def test_an_offer_to_hold_their_wish_can_be_taken_or_left(visit: Callable[..., Visit]) -> None:
    stand("quiet")
    says = catalog().exercise("their-wishes").says
    one = visit()
    card = one.open("their-wishes")
    one.answer(card.controls["best_read"], "stop")
    assert says["offer_closed"] in words_in(card.root)
    assert says["offer_yes"] in words_in(card.root)
    act(card.root, "decline closed")
    assert says["offer_closed"] not in words_in(card.root)
    assert one.events() == []
    again = visit()
    card = again.open("their-wishes")
    act(card.root, "agree closed")
    assert again.events() == ["their-wish"]
    assert says["held_closed"] in words_in(card.root)
    assert not again.open("ready-check").is_open


def test_what_was_noticed_about_a_draft_is_kept_nowhere(visit: Callable[..., Visit], home: Path) -> None:
    stand("quiet and ready")
    one = visit()
    card = one.open("first-hello")
    one.answer(card.controls["draft"], "You owe me an answer! Remember when we danced? Call me? Now?")
    before = one.stored, one.events()
    act(card.root, "check")
    told = words_in(card.root)
    assert catalog().exercise("first-hello").says["push"].partition("{")[0].strip() in told
    assert (one.stored, one.events()) == before
    one.done(card)
    assert catalog().exercise("first-hello").says["push"].partition("{")[0] not in words_in(
        one.open("first-hello").root
    )
    assert b"may feel like a push" not in (home / "rekindle" / "journal.rekindle").read_bytes()


def test_a_hello_that_was_sent_folds_the_page_for_good(visit: Callable[..., Visit]) -> None:
    stand("quiet and ready")
    one = visit()
    card = one.open("first-hello")
    act(card.root, "hello-sent")
    assert one.events() == ["hello-sent"]
    assert not card.is_open
    assert not visit().open("first-hello").is_open


@pytest.mark.parametrize(("name", "offered"), [("closed", True), ("space", True), ("order", False), ("open", False)])
def test_only_they_can_open_what_they_closed_and_only_without_an_order(
    name: str, offered: bool, visit: Callable[..., Visit]
) -> None:
    stand(name)
    one = visit()
    gate = one.open("consent-gate")
    assert ("reached-out" in acts(gate.root)) is offered
    if offered:
        act(gate.root, "reached-out")
        assert one.events() == ["reached-out"]
        assert one.page.book.standing().state == "open"


def test_a_warm_line_follows_a_page_and_the_support_card_a_heavy_one(visit: Callable[..., Visit]) -> None:
    one = visit()
    for exercise in ("why-it-ended", PAGE):
        card = one.open(exercise)
        one.done(card)
        told = words_in(card.root)
        assert (catalog().exercise(exercise).after or "") in told
        assert (SAY("interface.card.heavy") in told) is catalog().exercise(exercise).heavy


@pytest.mark.parametrize("page_id", ["letter-never-sent", "let-go-path"])
@pytest.mark.parametrize(("answer", "helps"), [("yes", False), ("unsure", True), ("no", True)])
def test_after_the_heaviest_pages_one_question_brings_a_person_at_once_and_is_kept_nowhere(
    visit: Callable[..., Visit], home: Path, page_id: str, answer: str, helps: bool
) -> None:
    one = visit()
    card = one.open(page_id)
    one.done(card)
    assert SAY("interface.safe.ask") in words_in(card.root)
    assert "116 123" not in words_in(card.root)
    before = (one.events(), one.stored)
    act(card.root, f"safe {answer}")
    told = words_in(card.root)
    assert SAY(f"interface.safe.said_{answer}") in told
    assert ("116 123" in told) is helps
    assert SAY("interface.safe.ask") not in told
    assert (one.events(), one.stored) == before
    one.show()
    assert ("116 123" in words_in(card.root)) is helps, "it stays while the page does"
    assert f"safe {answer}".encode() not in (home / "rekindle" / "journal.rekindle").read_bytes()


def test_no_other_page_asks_it() -> None:
    assert [e.id for e in catalog().exercises if e.asks_safe] == ["letter-never-sent", "let-go-path"]


def test_no_warm_line_follows_a_sign_of_harm(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("safety-gate")
    field = catalog().exercise("safety-gate").field("to_me")
    harm = next(o.id for o in getattr(field, "options", ()) if o.id not in ("none", "skip"))
    one.answer(card.controls["to_me"], [harm])
    one.done(card)
    assert (catalog().exercise("safety-gate").after or "?") not in words_in(card.root)


def test_a_page_left_blank_is_noted_as_blank_only_if_it_is(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.done(one.open(PAGE), blank=True)
    card = one.open("my-situation")
    one.answer(card.controls["kind"], "dating")
    one.done(card, blank=True)
    assert one.events() == ["left-blank", "done"]
    assert one.front(PAGE)[1].startswith(SAY("interface.card.left_blank", date="").rstrip())
