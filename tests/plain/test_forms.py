"""Fields: each kind shows, keeps, skips and clears an answer, and finds it again in a later kernel."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.content import Exercise, catalog
from rekindle.content import fields as asked
from rekindle.forms.choices import MultiChoice, Scale, SingleChoice
from rekindle.forms.dates import Day, Minutes, When
from rekindle.forms.fields import build
from rekindle.forms.tables import Table
from rekindle.forms.telling import told_value
from rekindle.forms.texts import Text
from rekindle.records import Json, Moment
from tests.visit import Visit, act, acts, inside, open_journal, stand, where_open, words_in

SOME_TEXT = st.text(max_size=80)
PLAIN = [e for e in catalog().exercises if not e.fresh]
KEPT = [(e, f) for e in PLAIN for f in e.fields if not isinstance(f, asked.Log) and f.keep == "always"]
FIELDS = [(e, f) for e, f in KEPT if not isinstance(f, asked.SingleChoice) or f.options]
IDS = [f"{e.id}/{f.key}" for e, f in FIELDS]
FOLDING = {"reply-reader/what_came", "say-it-once/answer", "state-of-us/free", "pause-signs/mine"}
"""Some answers to these fold their own page at once: test_drafts and test_personas say which, and when."""
STAYING = [(e, f) for e, f in FIELDS if f"{e.id}/{f.key}" not in FOLDING]


def cell(column: asked.Column) -> st.SearchStrategy[Json]:
    kinds: dict[str, st.SearchStrategy[Json]] = {
        "text": st.text(min_size=1, max_size=30),
        "tick": st.just(True),
        "scale": st.integers(0, 10),
        "date": st.dates().map(dt.date.isoformat),
        "choice": st.sampled_from([o.id for o in column.options] or [""]),
    }
    return kinds[column.kind]


def values(field: asked.Field) -> st.SearchStrategy[Json]:
    """Give what a person could answer."""
    options = [o.id for o in getattr(field, "options", ()) if o.id != "skip"]
    free: dict[str, st.SearchStrategy[Json]] = {
        "short_text": SOME_TEXT,
        "long_text": SOME_TEXT,
        "scale_0_10": st.integers(0, 10),
        "date": st.dates().map(dt.date.isoformat),
        "multi_choice": st.sets(st.sampled_from([*options, ""])).map(lambda some: [o for o in options if o in some]),
    }
    if isinstance(field, asked.SingleChoice):
        return st.sampled_from(options)
    if isinstance(field, asked.IfThen):
        plan: st.SearchStrategy[Json] = st.fixed_dictionaries({"if": SOME_TEXT, "then": SOME_TEXT})
        return st.lists(plan, max_size=field.most)
    return rows(field) if isinstance(field, asked.Table) else free[field.type]


def rows(field: asked.Table) -> st.SearchStrategy[Json]:
    row = st.fixed_dictionaries({}, optional={column.id: cell(column) for column in field.columns})
    if not field.rows:
        return st.lists(row, max_size=4)
    ids = st.sampled_from([r.id for r in field.rows])
    return st.lists(st.builds(lambda r, name: {**r, "row": name}, row, ids), max_size=3)


RESTING = {"woop-goal": ("wish", "to cook at home")}
"""What has to stand there for weeks before some questions of a page have their time."""


def come_to(exercise: Exercise) -> None:
    """Write what opens an exercise, and all of its questions."""
    stand(where_open(exercise.id))
    if exercise.id in RESTING:
        key, words = RESTING[exercise.id]
        then = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(weeks=5), "Europe/Berlin")
        with open_journal() as journal:
            journal.save(exercise.id, key, words, base=0, wording="", sitting="before", moment=then)


def opened(visit: Callable[..., Visit], exercise: Exercise, *, again: bool = False) -> Visit:
    if not again:
        come_to(exercise)
    one = visit()
    assert one.open(exercise.id).is_open
    return one


@pytest.mark.parametrize(("exercise", "field"), STAYING, ids=[f"{e.id}/{f.key}" for e, f in STAYING])
def test_an_answer_is_stored_as_given_and_shown_by_a_later_kernel(
    exercise: Exercise, field: asked.Field, visit: Callable[..., Visit]
) -> None:
    first, later = opened(visit, exercise), visit()
    control = first.page.cards[exercise.id].controls[field.key]

    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    @given(values(field))
    def try_one(value: Json) -> None:
        first.answer(control, value)
        assert first.stored.get(f"{exercise.id}/{field.key}", _empty(value)) == value
        card = later.page.cards[exercise.id] if exercise.id in later.page.cards else later.open(exercise.id)
        later.show()
        shown = card.controls[field.key]
        assert shown.value() == value
        if isinstance(shown, Text | Table):
            assert (shown.writing if isinstance(shown, Text) else shown.rows)._value == value

    try_one()


def _empty(value: Json) -> Json:
    """A choice with nothing ticked is what an untouched one shows: there is no change to store."""
    return value if value == [] else "nothing stored"


SKIPPABLE = [
    (e, f)
    for e, f in FIELDS
    if isinstance(f, asked.ShortText | asked.LongText | asked.Scale)
    or any(o.id == "skip" for o in getattr(f, "options", ()))
]


@pytest.mark.parametrize(("exercise", "field"), SKIPPABLE, ids=[f"{e.id}/{f.key}" for e, f in SKIPPABLE])
def test_a_skip_is_an_answer_of_its_own(exercise: Exercise, field: asked.Field, visit: Callable[..., Visit]) -> None:
    first = opened(visit, exercise)
    control = first.page.cards[exercise.id].controls[field.key]
    if isinstance(control, Text):
        first.answer(control, "words that were here before")
    first.answer(control, None)
    path = f"{exercise.id}/{field.key}"
    assert path in first.stored
    assert first.stored[path] is None
    assert first.last("kept")["path"] == path
    shown = opened(visit, exercise, again=True).page.cards[exercise.id].controls[field.key]
    assert shown.value() is None
    if isinstance(shown, Text):
        assert shown.writing._value == ""
        assert shown.writing._skipped == catalog().say("interface.fields.skipped")
    else:
        assert shown.shown() == control.shown() != ""


@pytest.mark.parametrize(("exercise", "field"), FIELDS, ids=IDS)
def test_nothing_is_preset(exercise: Exercise, field: asked.Field, visit: Callable[..., Visit]) -> None:
    come_to(exercise)
    before = visit().stored
    one = visit()
    assert one.open(exercise.id).is_open
    control = one.page.cards[exercise.id].controls[field.key]
    if f"{exercise.id}/{field.key}" not in before:
        empty = {Text: "", Table: [], MultiChoice: [], Day: ""}
        assert control.value() == empty.get(type(control))
        assert control.shown() in ("", "0" if isinstance(control, SingleChoice) and control.is_list else "")
    assert one.stored == before, "opening a page stores nothing"


def test_an_answer_can_be_cleared(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("say-it-to-myself")
    for value in ("I want us back", ""):
        one.answer(card.controls["sentence"], value)
    one.answer(card.controls["masks"], ["friends"])
    one.answer(card.controls["masks"], [])
    assert one.stored == {"say-it-to-myself/sentence": "", "say-it-to-myself/masks": []}
    situation = one.open("my-situation")
    for day in ("2026-03-02", ""):
        one.answer(situation.controls["ended_on"], day)
    assert one.stored["my-situation/ended_on"] == ""


def test_a_scale_at_nought_is_an_answer_and_no_blank(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["wish"], 0)
    shown = visit().open("say-it-to-myself").controls["wish"]
    assert isinstance(shown, Scale)
    assert shown.value() == 0
    assert shown._box.value == 0
    assert shown._box.value is not False


@pytest.mark.parametrize("odd", [True, 11, -1, 3.5, "7", [], {}])
def test_what_is_no_number_of_the_scale_shows_nothing_and_stores_nothing(
    odd: Json, visit: Callable[..., Visit]
) -> None:
    one = visit()
    scale = one.open("say-it-to-myself").controls["wish"]
    scale.fill(odd, answered=True)
    assert scale.shown() == ""
    assert one.stored == {}


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=4))
def test_no_odd_value_from_the_journal_breaks_a_field_or_is_written_back(odd: Json) -> None:
    say = catalog().say
    kept: list[Json] = []

    def keep(value: Json) -> str:
        kept.append(value)
        return ""

    for control in (
        SingleChoice("a", "Ask", "", [("x", "X"), ("skip", "Skip")]),
        SingleChoice("a", "Ask", "", [("x", "X")], look="list", blank="Choose"),
        SingleChoice("a", "Ask", "", [("x", "X")], look="chips"),
        MultiChoice("a", "Ask", "", [("x", "X"), ("skip", "Skip")]),
        Scale("a", "Ask", "", say),
        Day("a", "Ask"),
        When("a", "Ask"),
        Minutes("a", "Ask"),
        Text("a", "Ask", "", say),
    ):
        control.keep = keep
        control.fill(odd, answered=True)
        json.dumps(control.value())
    assert kept == []


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.dates(dt.date(1970, 1, 1), dt.date(2100, 1, 1)), st.times())
def test_a_moment_is_kept_to_the_minute_on_the_persons_own_clock(day: dt.date, time: dt.time) -> None:
    at = dt.datetime.combine(day, time)
    when = When("when", "When?")
    when._box.value = at
    told = when.value()
    assert told == at.strftime("%Y-%m-%dT%H:%M")
    when.fill(told, answered=True)
    assert when.value() == told == when.shown()


def test_minutes_of_nought_are_a_blank() -> None:
    minutes = Minutes("minutes", "How long?")
    assert minutes.value() == ""
    minutes._box.value = 12
    assert (minutes.value(), minutes.shown()) == (12, "12")
    minutes.fill("", answered=True)
    assert (minutes.value(), minutes.shown()) == ("", "0")


def test_our_own_words_in_a_question_are_no_markup(visit: Callable[..., Visit]) -> None:
    control = SingleChoice("a", "Less < more & $5?", "<b>", [("x", "X")])
    assert control._box.description == "Less &lt; more &amp; &#36;5? <span>&lt;b&gt;</span>"
    for exercise in PLAIN:
        one = visit()
        for widget in inside(one.page.exercise(exercise.id)):
            assert "<script" not in str(getattr(widget, "value", ""))


def test_a_list_made_from_the_persons_own_words_follows_them_and_rests_in_no_state(
    visit: Callable[..., Visit],
) -> None:
    one = visit()
    card = one.open("pattern-swap")
    top = card.controls["top"]
    assert words_in(top.widget).endswith(catalog().say("interface.fields.no_rows_yet"))
    one.answer(card.controls["rows"], [{"old": "I go quiet"}, {"old": "I explain"}, {"old": " "}, {"new": "I ask"}])
    assert acts(top.widget) == ["choose 0", "choose 1"]
    act(top.widget, "choose 1")
    assert one.stored["pattern-swap/top"] == "I explain"
    one.answer(card.controls["rows"], [{"old": "I go quiet"}])
    later = visit().open("pattern-swap").controls["top"]
    assert later.value() == "I explain"
    assert acts(later.widget) == ["choose 0", "choose 1"], "a line that is gone stays chosen until it is taken back"
    assert "explain" not in " ".join(str(widget.get_state()) for widget in inside(top.widget))
    act(top.widget, "choose 1")
    assert one.stored["pattern-swap/top"] == ""


def test_a_list_offers_each_answer_once_and_in_the_words_of_its_page(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("support-card")
    box = card.controls["lines"]._box  # type: ignore[attr-defined]  # a choice from a list
    answers = [answer for _, answer in box.options]
    assert answers == list(dict.fromkeys(answers))
    assert set(catalog().helplines.countries) == {answer for answer in answers if answer}
    one.answer(card.controls["lines"], "world")
    again = visit().open("support-card").controls["lines"]._box  # type: ignore[attr-defined]  # as above
    assert again.label == "Show the world list"


def test_a_retired_column_is_asked_no_more_and_what_stood_in_it_is_still_told() -> None:
    field = catalog().exercise("doubt-triggers").field("rows")
    control = build(field, catalog().say, lambda _name: [])
    assert isinstance(control, Table)
    assert "week" not in [column["id"] for column in control.rows.shape["columns"]]
    told = told_value(field, [{"act": "I vanish", "week": "came-up"}], catalog().say)
    assert told == "I vanish · It came up"
