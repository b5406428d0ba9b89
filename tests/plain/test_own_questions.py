"""Questions of a person's own: added, answered like any other, changed, moved, taken out, exported; nothing is lost."""

from __future__ import annotations

import json
import pprint
from collections.abc import Callable
from typing import Any

import pytest

from rekindle.contact import is_open
from rekindle.content import catalog
from rekindle.doors import entries
from rekindle.errors import DiskFull, UnknownPart
from rekindle.forms.own_options import OwnOptions
from rekindle.forms.question_card import QuestionCard
from rekindle.portable.export import to_json
from rekindle.questions import KINDS, own_page
from rekindle.records import Json, Moment
from rekindle.settings import notebooks_folder
from rekindle.your_data import YourData
from tests.visit import STANDINGS, Refuse, Visit, act, acts, inside, open_journal, press, stand, words_in

SAY = catalog().say
PAGE = "own-acknowledge"
HOSTILE = "<img src=x onerror=alert(1)> $x$ {0} </script> \u202eback\u202c 😀"
ANSWERS: dict[str, Json] = {
    "long-text": "Two\nlines",
    "short-text": "One",
    "scale-0-10": 0,
    "yes-no": "not-sure",
    "one-of": "the sea",
    "any-of": ["the sea", "the hills"],
    "date": "2026-11-22",
    "if-then": [{"if": "it is late", "then": "sleep"}],
}


def opened(one: Visit, page: str = PAGE) -> QuestionCard:
    card = one.open(page)
    assert isinstance(card, QuestionCard)
    return card


def add(one: Visit, card: QuestionCard, ask: str, kind: str = "", choices: str = "") -> str:
    """Add a question as a person does, and return its id."""
    press(card.root, SAY("own-questions.add"), missing_is_fine=True)  # the first form is open from the start
    id_ = card.form.id
    one.answer(card.form.controls["form/ask"], ask)
    if kind:
        one.answer(card.form.controls["form/kind"], kind)
    if choices:
        one.answer(card.form.controls["form/choices"], choices)
    press(card.root, SAY("own-questions.form.keep"))
    return id_


def change(card: QuestionCard, id_: str) -> None:
    act(card.boxes[id_].widget, "change")


def button(card: QuestionCard, name: str) -> None:
    press(card.root, SAY(f"own-questions.form.{name}"))


def asked(card: QuestionCard) -> list[str]:
    """Return the questions that are shown, in their order on the screen."""
    shown = {box.widget: box.question for box in card.boxes.values()}
    return [shown[widget].ask for widget in card._list.children if not shown[widget].deleted]


def reply(one: Visit, card: QuestionCard, id_: str, value: Any) -> None:
    """Answer a question with one's hands."""
    control = card.boxes[id_].live
    assert control
    if isinstance(control, OwnOptions):
        for line in value if isinstance(value, list) else [value]:
            act(control.widget, f"choose {control._lines.index(line)}")
    else:
        one.answer(control, value)


def test_each_part_ends_with_the_card_before_its_ending() -> None:
    assert len(catalog().exercises) == 84
    for part in catalog().parts:
        page = catalog().page(own_page(part.id))
        assert page.id not in {exercise.id for exercise in catalog().exercises}
        assert page.part == part.id
        book = json.loads((notebooks_folder() / f"{part.notebook}.ipynb").read_text("utf-8"))
        cells = ["".join(cell["source"]) for cell in book["cells"]]
        assert cells[-4] == f'part.exercise("{page.id}")'
        assert cells[-2] == "part.summary()"
        assert cells[-1].endswith(part.ending)
        assert book["metadata"]["rekindle"]["exercises"][-1]["id"] == page.id
    with pytest.raises(UnknownPart):
        catalog().page("own-nothing")


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_is_kept_with_its_words_and_shown_again(kind: str, visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "Where was I happy?", kind, "the sea\nthe hills" if kind in ("one-of", "any-of") else "")
    reply(one, card, id_, ANSWERS[kind])
    field = f"{id_}-{kind}"
    assert one.stored[f"{PAGE}/{field}"] == ANSWERS[kind]
    with open_journal() as journal:
        assert [answer.wording for answer in journal.history(PAGE, field)] == ["Where was I happy?"]
        (entry,) = journal.entries(PAGE)
    assert (entry.values["ask"], entry.values["kind"]) == ("Where was I happy?", kind)
    again = opened(visit())
    control = again.boxes[id_].live
    assert control
    assert control.value() == ANSWERS[kind]
    assert "Where was I happy?" in words_in(again.root)


def test_a_kind_that_is_not_chosen_is_a_few_lines(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "What now?")
    reply(one, card, id_, "Tea")
    assert one.stored[f"{PAGE}/{id_}-long-text"] == "Tea"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("date", "if-then")])
def test_every_question_can_be_skipped(kind: str, visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "Where?", kind, "the sea\nthe hills" if kind in ("one-of", "any-of") else "")
    control = card.boxes[id_].live
    assert control
    act(control.widget, "skip") if isinstance(control, OwnOptions) else one.answer(control, None)
    assert one.stored[f"{PAGE}/{id_}-{kind}"] is None


def test_words_are_kept_from_the_first_ones_on_though_the_form_was_never_closed(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    said = one.write(card.form.controls["form/ask"], "Half a ques")
    assert said["t"] == "kept"
    assert said["at"], "a time: it may be called saved"
    assert asked(opened(visit())) == ["Half a ques"]


def test_an_empty_form_leaves_nothing_behind(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    button(card, "keep")
    assert SAY("own-questions.add") in [getattr(widget, "description", "") for widget in inside(card.root)]
    assert one.entries(PAGE) == []


def test_a_question_without_words_asks_for_some_and_is_not_lost(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    one.answer(card.form.controls["form/kind"], "date")
    button(card, "keep")
    assert SAY("own-questions.form.needs_words") in words_in(card.root)
    assert SAY("own-questions.no_words") in words_in(opened(visit()).root)


def test_new_words_leave_the_answer_and_say_what_it_answered(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "Who am I?", "short-text")
    reply(one, card, id_, "A baker")
    change(card, id_)
    one.answer(card.form.controls["form/ask"], "Who do I want to be?")
    button(card, "keep")
    control = card.boxes[id_].live
    assert control
    assert control.value() == "A baker"
    assert f"{SAY('own-questions.answered_as')} Who am I?" in words_in(card.root)
    reply(one, card, id_, "A kind baker")
    assert "Who am I?" not in words_in(card.root)


def test_another_kind_writes_over_no_answer_and_the_old_kind_brings_it_back(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "How was it?", "short-text")
    reply(one, card, id_, "Long ago")
    change(card, id_)
    one.answer(card.form.controls["form/kind"], "scale-0-10")
    button(card, "keep")
    reply(one, card, id_, 7)
    assert one.stored[f"{PAGE}/{id_}-short-text"] == "Long ago"
    assert "Long ago" in words_in(card.root)
    change(card, id_)
    one.answer(card.form.controls["form/kind"], "short-text")
    button(card, "keep")
    control = card.boxes[id_].live
    assert control
    assert control.value() == "Long ago"
    assert one.stored[f"{PAGE}/{id_}-scale-0-10"] == 7


def test_a_choice_that_is_taken_out_of_the_list_stays_the_answer(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "Where?", "one-of", "the sea\nthe hills")
    reply(one, card, id_, "the sea")
    change(card, id_)
    one.answer(card.form.controls["form/choices"], "the hills\nhome")
    button(card, "keep")
    control = card.boxes[id_].live
    assert isinstance(control, OwnOptions)
    assert control.value() == "the sea"
    assert control._lines == ["the hills", "home", "the sea"]


def test_questions_move_up_and_down_and_stay_where_they_were_put(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    ids = [add(one, card, ask) for ask in "abc"]
    change(card, ids[2])
    button(card, "up")
    assert one.last("focus")["at"] == "rk-mine-up"
    button(card, "up")
    assert asked(card) == ["c", "a", "b"]
    assert one.last("focus")["at"] == "rk-mine-down", "up is no longer possible: the keyboard goes on beside it"
    button(card, "up")
    assert asked(card) == ["c", "a", "b"]
    button(card, "keep")
    assert asked(opened(visit())) == ["c", "a", "b"]
    add(one, card, "d")
    assert asked(card) == ["c", "a", "b", "d"]


def test_taken_out_is_put_back_at_its_place_with_its_answer(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    ids = [add(one, card, ask, "short-text") for ask in "abc"]
    reply(one, card, ids[1], "mine")
    change(card, ids[1])
    button(card, "remove")
    assert asked(card) == ["a", "c"]
    assert one.stored[f"{PAGE}/{ids[1]}-short-text"] == "mine"
    act(card.boxes[ids[1]].widget, "back")
    assert asked(card) == ["a", "b", "c"]
    control = card.boxes[ids[1]].live
    assert control
    assert control.value() == "mine"


def test_taken_out_can_be_put_back_on_another_day(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    ids = [add(one, card, ask, "short-text") for ask in "abc"]
    reply(one, card, ids[1], "mine")
    change(card, ids[1])
    button(card, "remove")
    later = opened(visit())
    assert asked(later) == ["a", "c"]
    assert SAY("own-questions.taken_out_one") in words_in(later.root)
    change(later, ids[2])
    button(later, "up")
    act(later.root, f"back {ids[1]}")
    assert asked(later) == ["c", "b", "a"]
    control = later.boxes[ids[1]].live
    assert control
    assert control.value() == "mine"


def test_the_export_has_the_questions_their_kinds_their_order_and_what_was_taken_out(
    visit: Callable[..., Visit],
) -> None:
    one = visit()
    card = opened(one)
    first, second = add(one, card, "Why?", "short-text"), add(one, card, HOSTILE, "one-of", "the sea\nthe hills")
    reply(one, card, first, "Because")
    change(card, first)
    button(card, "remove")
    with open_journal() as journal:
        book = json.loads(to_json(journal.whole()))
    assert book["answers"][PAGE] == {f"{first}-short-text": "Because"}
    assert [item["values"] for item in book["entries"][PAGE]] == [
        {"ask": HOSTILE, "choices": ["the sea", "the hills"], "kind": "one-of"}
    ]
    (gone,) = [item for item in book["history"] if item["kind"] == "entry" and item["deleted"]]
    assert gone["values"] == {"ask": "Why?", "kind": "short-text"}
    assert [item["wording"] for item in book["history"] if item["kind"] == "answer"] == ["Why?"]
    assert book["settings"][PAGE] == [first, second]
    assert list(entries(PAGE)["ask"]) == [HOSTILE]


# Two pages


def test_an_answer_of_two_pages_is_kept_twice_and_told(visit: Callable[..., Visit]) -> None:
    one, other = visit(), visit()
    card = opened(one)
    id_ = add(one, card, "Who am I?", "short-text")
    theirs = opened(other)
    reply(other, theirs, id_, "theirs")
    reply(one, card, id_, "mine")
    told = words_in(card.root)
    assert SAY("interface.conflict.two_versions") in told
    assert "Who am I? " + SAY("interface.conflict.other_from", time="")[:10] in told
    act(card.root, "use 0")
    assert one.stored[f"{PAGE}/{id_}-short-text"] == "theirs"


def test_words_of_two_pages_are_kept_twice_and_told(visit: Callable[..., Visit]) -> None:
    one, other = visit(), visit()
    card = opened(one)
    id_ = add(one, card, "Who am I?")
    theirs = opened(other)
    change(card, id_)
    change(theirs, id_)
    other.answer(theirs.form.controls["form/ask"], "Who are we?")
    one.answer(card.form.controls["form/ask"], "Who was I?")
    assert SAY("interface.conflict.entry") in words_in(card.root)
    act(card.root, "use ")
    button(card, "keep")
    assert asked(card) == ["Who are we?"]


def test_what_another_page_added_is_there_when_the_page_comes_back(visit: Callable[..., Visit]) -> None:
    one, other = visit(), visit()
    card = opened(one)
    id_ = add(one, card, "a")
    theirs = opened(other)
    add(other, theirs, "b")
    kept = card.boxes[id_].control
    one.show(f"{PAGE}/{id_}-long-text")
    assert asked(card) == ["a"], "somebody is writing: nothing is drawn anew under their hands"
    one.show()
    assert asked(card) == ["a", "b"]
    assert card.boxes[id_].control is kept


def test_what_could_not_be_saved_is_said_and_not_cleared_away(visit: Callable[..., Visit], refuse: Refuse) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "a", "short-text")
    control = card.boxes[id_].live
    assert control
    mend = refuse(DiskFull(path="/a"))
    assert one.write(control, "mine")["t"] == "not"
    change(card, id_)
    assert card.boxes[id_].live is control, "its words stand on the screen only"
    press(card.root, SAY("own-questions.add"))
    assert SAY("own-questions.form.new") not in words_in(card.root)
    mend()
    change(card, id_)
    assert one.stored[f"{PAGE}/{id_}-short-text"] == "mine"
    assert SAY("own-questions.form.change") in words_in(card.root)


# Who may see what


@pytest.mark.parametrize("name", STANDINGS)
def test_they_are_open_in_every_contact_state_and_offer_no_message_tool(name: str, visit: Callable[..., Visit]) -> None:
    stand(name)
    one = visit()
    for part in catalog().parts:
        card = opened(one, own_page(part.id))
        add(one, card, "What would I text?")
        assert is_open(card.exercise.id, one.page.book.standing())
        assert {act.split(" ")[0] for act in acts(card.root)} == {"change"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_widget_and_no_repr_holds_the_question_its_choices_or_the_answer(
    kind: str, visit: Callable[..., Visit]
) -> None:
    rare = "quittenkompott"
    one = visit()
    card = opened(one)
    id_ = (
        add(one, card, f"{rare} ask", kind, f"{rare} a\n{rare} b")
        if kind in ("one-of", "any-of")
        else add(one, card, f"{rare} ask", kind)
    )
    add(one, card, f"{rare} other")
    if kind in ("long-text", "short-text"):
        reply(one, card, id_, f"{rare} answer")
    change(card, id_)
    things: list[object] = [card, card.form, *card.boxes.values(), *(box.question for box in card.boxes.values())]
    for widget in inside(card.root):
        assert rare not in json.dumps(widget.get_state(), default=str), type(widget).__name__
        things.append(widget)
    button(card, "keep")
    for widget in inside(card.root):
        assert rare not in json.dumps(widget.get_state(), default=str), type(widget).__name__
        things.append(widget)
    for thing in things:
        assert rare not in f"{thing!r} {thing} {pprint.pformat(thing)}", type(thing).__name__
    assert rare in words_in(card.root)


def test_half_a_letter_in_a_question_does_not_stop_its_answers(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "Why \ud83d?", "short-text")
    reply(one, card, id_, "Because")
    assert one.stored[f"{PAGE}/{id_}-short-text"] == "Because"
    assert SAY("own-questions.answered_as") not in words_in(card.root)


def test_a_kind_of_a_later_version_is_shown_and_not_written_over(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    id_ = add(one, card, "Draw it", "short-text")
    change(card, id_)
    one.page.book.keep_entry(PAGE, id_, {"ask": "Draw it", "kind": "drawing"}, "")
    again = opened(visit())
    assert again.boxes[id_].live is None
    assert SAY("own-questions.other_kind") in words_in(again.root)


def test_the_card_says_how_many_there_are_and_the_page_about_words_counts_them(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = opened(one)
    add(one, card, "a")
    one.done(card)
    assert one.front(PAGE)[1] == SAY("own-questions.one")
    card = opened(one)
    add(one, card, "b")
    one.done(card)
    assert one.front(PAGE)[1] == SAY("own-questions.many", count=2)
    about = Visit(YourData)
    about.show()
    assert isinstance(about.page, YourData)
    told = words_in(about.page.root)
    about.close()
    assert SAY("your-data.contains.questions_many", count=2) in told
    assert SAY("your-data.contains.entries_many", count=0) in told


def test_eighty_questions_are_asked_on_one_page(visit: Callable[..., Visit]) -> None:
    ids = [f"q{at:03}" for at in range(80)]
    with open_journal() as journal:
        for at, id_ in enumerate(ids):
            values: dict[str, Json] = {"ask": f"Question {at}", "kind": KINDS[at % len(KINDS)]}
            now = Moment.now()
            journal.save_entry(id_, PAGE, values, base=0, happened=now, sitting="", moment=now)
    card = opened(visit())
    assert list(card.boxes) == ids
    change(card, ids[-1])
    button(card, "up")
    assert asked(card)[-2:] == ["Question 79", "Question 78"]
