"""Logs and fresh pages: entries that save themselves, come back, move in time, or are really gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.content import catalog
from rekindle.errors import DiskFull
from rekindle.forms.card import Card
from rekindle.forms.control import Control
from rekindle.forms.own_words import OwnChoice
from rekindle.forms.turns import PAGE
from rekindle.records import Json, Moment
from tests.visit import Refuse, Visit, act, acts, open_journal, press, words_in

SAY = catalog().say
RARE = "quittenkompott"


def parts(card: Card) -> dict[str, Control]:
    """Return the controls of a log's form by the ids of its parts."""
    assert card.log
    return {key.rpartition("/")[2]: control for key, control in card.log.controls.items()}


def fresh(card: Card) -> dict[str, Control]:
    assert card.fresh
    return card.fresh.controls


def save(card: Card) -> None:
    press(card.root, SAY("interface.buttons.save_entry"))


def raw(home: Path) -> bytes:
    return (home / "rekindle" / "journal.rekindle").read_bytes()


def test_an_entry_exists_from_its_first_field_on(visit: Callable[..., Visit]) -> None:
    one = visit()
    form = parts(one.open("mood-check-in"))
    assert one.entries("mood-check-in") == []
    one.answer(form["mood"], 0)
    one.answer(form["word"], "flat")
    (entry,) = one.entries("mood-check-in")
    assert entry.values == {"mood": 0, "word": "flat"}
    assert entry.happened.zone == "Europe/Berlin"
    one.answer(form["word"], "")
    one.answer(form["mood"], None)
    (entry,) = one.entries("mood-check-in")
    assert entry.values == {"mood": None}, "a skip is an answer, a cleared field is none"


def test_several_entries_a_day_are_several_and_the_newest_comes_first(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    for mood in (3, 5, 3):
        one.answer(parts(card)["mood"], mood)
        save(card)
        assert SAY("interface.log.kept") in words_in(card.root)
        assert parts(card)["mood"].value() is None
        assert parts(card)["mood"].shown() == ""
    assert [entry.values["mood"] for entry in one.entries("mood-check-in")] == [3, 5, 3]
    save(card)
    assert SAY("interface.log.nothing") in words_in(card.root)
    assert len(one.entries("mood-check-in")) == 3


def test_an_entry_is_changed_in_place(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    for word in ("early", "late"):
        one.answer(parts(card)["word"], word)
        save(card)
    early = one.entries("mood-check-in")[1]
    act(card.root, f"change {early.id}")
    assert parts(card)["word"].value() == "early"
    assert SAY("interface.log.changing") in words_in(card.root)
    one.answer(parts(card)["word"], "earlier")
    assert [entry.values["word"] for entry in one.entries("mood-check-in")] == ["late", "earlier"]
    assert one.entries("mood-check-in")[1].id == early.id


def test_an_entry_taken_out_can_be_put_back(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    one.answer(parts(card)["word"], "here")
    save(card)
    act(card.root, "remove")
    assert one.entries("mood-check-in") == []
    assert "here" not in words_in(card.root)
    act(card.root, "back")
    assert [entry.values for entry in one.entries("mood-check-in")] == [{"word": "here"}]
    assert "here" in words_in(card.root)


def test_an_entry_in_hand_that_is_taken_out_leaves_an_empty_form(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    one.answer(parts(card)["word"], "in hand")
    one.show()
    act(card.root, "remove")
    assert parts(card)["word"].value() == ""
    one.answer(parts(card)["word"], "another")
    assert [entry.values for entry in one.entries("mood-check-in")] == [{"word": "another"}]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_backdated_entry_stands_where_it_happened_on_the_persons_own_clock(
    zone: str, visit: Callable[..., Visit]
) -> None:
    one = visit(zone=zone)
    form = parts(one.open("urge-log"))
    one.answer(form["before"], 8)
    one.answer(form["when"], "2026-03-02T23:50")
    (entry,) = one.entries("urge-log")
    assert entry.happened.local_date == dt.date(2026, 3, 2)
    assert f"{entry.happened.local:%H:%M}" == "23:50"
    assert entry.happened.zone == zone
    one.answer(form["after"], 5)
    (entry,) = one.entries("urge-log")
    assert entry.happened.local_date == dt.date(2026, 3, 2), "a later change leaves it there"


def test_a_long_log_is_shown_a_page_at_a_time(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    for number in range(23):
        one.answer(parts(card)["word"], f"word{number:02}")
        save(card)
    shown = words_in(card.root)
    assert "word22" in shown
    assert "word12" not in shown
    act(card.root, "older")
    act(card.root, "older")
    assert SAY("interface.log.place", first=21, last=23, total=23) in words_in(card.root)
    assert "older" not in acts(card.root)
    for _ in range(3):
        act(card.root, "remove")
    assert "word03" in words_in(card.root), "an emptied page gives way to the one before"


def test_a_form_whose_words_could_not_be_stored_is_not_emptied(visit: Callable[..., Visit], refuse: Refuse) -> None:
    one = visit()
    card = one.open("mood-check-in")
    mend = refuse(DiskFull(path="/a"))
    assert one.write(parts(card)["word"], "only here")["t"] == "not"
    for button in ("save_entry", "clear_form"):
        press(card.root, SAY(f"interface.buttons.{button}"))
    assert SAY("interface.log.kept") not in words_in(card.root)
    mend()
    save(card)
    assert [entry.values for entry in one.entries("mood-check-in")] == [{"word": "only here"}]


def test_an_entry_that_cannot_be_taken_out_stays_in_sight_and_says_why(
    visit: Callable[..., Visit], refuse: Refuse
) -> None:
    one = visit()
    card = one.open("mood-check-in")
    one.answer(parts(card)["word"], "here")
    save(card)
    refuse(DiskFull(path="/a"))
    act(card.root, "remove")
    assert "here" in words_in(card.root)
    assert SAY("errors.disk-full.happened", path="/a") in words_in(one.page.head)


def test_two_pages_may_change_different_parts_of_one_entry(visit: Callable[..., Visit]) -> None:
    first, second = visit(), visit()
    a, b = first.open("mood-check-in"), second.open("mood-check-in")
    first.answer(parts(a)["mood"], 4)
    save(a)
    second.show()
    for one, card in ((first, a), (second, b)):
        act(card.root, f"change {one.entries('mood-check-in')[0].id}")
    first.answer(parts(a)["word"], "theirs")
    second.show("mood-check-in/entry/body")
    second.answer(parts(b)["body"], "calm")
    (entry,) = first.entries("mood-check-in")
    assert entry.values == {"mood": 4, "word": "theirs", "body": "calm"}


def test_two_pages_that_change_the_same_part_lose_neither(visit: Callable[..., Visit]) -> None:
    first, second = visit(), visit()
    a, b = first.open("mood-check-in"), second.open("mood-check-in")
    first.answer(parts(a)["word"], "before")
    save(a)
    second.show()
    for one, card in ((first, a), (second, b)):
        act(card.root, f"change {one.entries('mood-check-in')[0].id}")
    first.answer(parts(a)["word"], "theirs")
    second.show("mood-check-in/entry/word")
    second.answer(parts(b)["word"], "mine")
    (entry,) = first.entries("mood-check-in")
    assert entry.values["word"] == "mine"
    with open_journal() as journal:
        assert [other.values["word"] for other in journal.entry_conflicts("mood-check-in")[entry.id]] == ["theirs"]
    assert SAY("interface.conflict.entry") in words_in(b.root)
    assert "theirs" in words_in(b.root)


@pytest.mark.parametrize(("press_it", "stands"), [("use", "theirs"), ("leave", "mine")])
def test_a_conflict_over_an_entry_is_settled_by_the_person(
    press_it: str, stands: str, visit: Callable[..., Visit]
) -> None:
    first, second = visit(), visit()
    a, b = first.open("mood-check-in"), second.open("mood-check-in")
    first.answer(parts(a)["word"], "before")
    first.answer(parts(a)["when"], "2026-03-02T21:00")
    save(a)
    second.show()
    for one, card in ((first, a), (second, b)):
        act(card.root, f"change {one.entries('mood-check-in')[0].id}")
    first.answer(parts(a)["word"], "theirs")
    second.answer(parts(b)["word"], "mine")
    act(b.root, f"{press_it} {first.entries('mood-check-in')[0].id}")
    (entry,) = second.entries("mood-check-in")
    assert entry.values["word"] == stands
    assert f"{entry.happened.local:%Y-%m-%d %H:%M}" == "2026-03-02 21:00"
    assert parts(b)["word"].value() == stands
    assert SAY("interface.conflict.entry") not in words_in(b.root)
    assert SAY("interface.conflict.entry") not in words_in(visit().open("mood-check-in").root)


def test_a_form_that_is_filled_in_once_goes_on_where_it_was(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.answer(parts(one.open("baseline"))["happy"], 4)
    two = visit()
    form = parts(two.open("baseline"))
    assert form["happy"].value() == 4
    two.answer(form["anxious"], 6)
    assert [entry.values for entry in two.entries("baseline")] == [{"happy": 4, "anxious": 6}]


# Right now


def test_ten_quiet_minutes_leave_one_row_in_the_urge_log(
    visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    clock = [dt.datetime(2026, 3, 2, 22, 0, tzinfo=dt.UTC)]

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]  # the real one returns its own class
            return clock[0].astimezone(tz)

    monkeypatch.setattr(dt, "datetime", Clock)  # for the whole book: one clock
    one = visit()
    form = fresh(one.open("right-now"))
    one.answer(form["unsent"], RARE)
    assert one.entries("urge-log") == [], "the box alone leaves nothing"
    one.answer(form["before"], 9)
    one.answer(form["do"], "move")
    clock[0] += dt.timedelta(minutes=11)
    one.answer(form["after"], 6)
    clock[0] += dt.timedelta(minutes=30)
    one.answer(form["what_happened"], "waited")
    one.answer(form["keep"], "delete")
    (row,) = one.entries("urge-log")
    wanted = {"urge_to": "text", "before": 9, "after": 6, "did": ["waited", "walked"], "minutes": 11}
    assert row.values == wanted
    options = {f.id: f for f in getattr(catalog().exercise("urge-log").field("entry"), "fields", ())}
    assert set(wanted) <= set(options)
    assert {"waited", "walked"} <= {o.id for o in options["did"].options}
    assert form["unsent"].value() == ""
    assert RARE.encode() not in raw(home)
    assert one.entries("right-now") == []


def test_the_row_says_which_of_their_own_plans_it_was(visit: Callable[..., Visit]) -> None:
    with open_journal() as journal:
        plans: list[Json] = [{"if": "it is late", "then": RARE}, {"if": "I see her page", "then": "make tea"}]
        journal.save("urge-if-then", "plans", plans, base=0, wording="", sitting="", moment=Moment.now("UTC"))
    one = visit()
    card = one.open("right-now")
    plan = fresh(card)["plan"]
    assert words_in(plan.widget) == "", "it is asked only of who chose their own plan"
    one.answer(fresh(card)["before"], 8)
    one.answer(fresh(card)["do"], "plan")
    assert RARE in words_in(plan.widget)
    act(plan.widget, "choose 0")
    whole = f"If it is late, then I will {RARE}"
    (row,) = one.entries("urge-log")
    assert (row.values["plan"], row.values["did"]) == (whole, ["plan"])
    again = visit()  # a reload: the ten minutes go on, and so does the plan
    other = fresh(again.open("right-now"))["plan"]
    assert other.value() == whole
    assert RARE in words_in(other.widget)
    again.answer(fresh(again.page.cards["right-now"])["after"], 5)
    (row,) = again.entries("urge-log")
    assert (row.values["plan"], row.values["after"]) == (whole, 5)
    says = catalog().exercise("right-now").says
    assert says["plan_one"].format(plan=whole) in words_in(again.page.cards["right-now"].root)
    again.answer(fresh(again.page.cards["right-now"])["do"], "tea")
    (row,) = again.entries("urge-log")
    assert "plan" not in row.values
    assert words_in(other.widget) == ""


def test_without_a_plan_of_their_own_there_is_none_to_choose(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("right-now")
    one.answer(fresh(card)["do"], "plan")
    assert words_in(fresh(card)["plan"].widget) == ""


def test_what_was_not_sent_is_kept_only_when_asked(visit: Callable[..., Visit], home: Path) -> None:
    one = visit()
    card = one.open("right-now")
    said = one.write(fresh(card)["unsent"], RARE)
    assert said["at"] == "", "no time: the page must not call it saved"
    one.answer(fresh(card)["before"], 7)
    one.hide()
    assert RARE.encode() not in raw(home)
    one.show()
    assert fresh(card)["unsent"].value() == RARE, "still on the page"
    one.answer(fresh(card)["keep"], "keep")
    assert [entry.values for entry in one.entries("letter-never-sent")] == [{"text": RARE}]
    assert catalog().exercise("right-now").says["kept"] in words_in(card.root)


def test_words_that_were_not_kept_are_gone_when_the_page_is_put_away(visit: Callable[..., Visit], home: Path) -> None:
    one = visit()
    card = one.open("right-now")
    one.answer(fresh(card)["unsent"], RARE)
    one.answer(fresh(card)["keep"], "delete")
    assert one.entries("urge-log") == [], "words alone are no urge that was counted"
    one.answer(fresh(card)["unsent"], RARE)
    one.done(card)
    assert fresh(one.open("right-now"))["unsent"].value() == ""
    assert RARE.encode() not in raw(home)
    assert RARE not in str(one.page.book.answers_of("right-now"))


def test_coming_back_again_and_again_is_met_with_help(visit: Callable[..., Visit]) -> None:
    one = visit()
    for _ in range(3):
        card = one.open("right-now")
        one.answer(fresh(card)["before"], 8)
        one.answer(fresh(card)["after"], 5)
        shown = words_in(card.root)
        one.done(card)
    assert catalog().exercise("right-now").says["often_today"].format(count=3) in shown


# My page


def test_a_page_is_kept_under_its_date_and_opens_when_asked(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("my-page")
    one.answer(fresh(card)["text"], "gravel and string")
    one.answer(fresh(card)["keep"], "keep")
    assert catalog().exercise("my-page").says["kept"] in words_in(card.root)
    one.done(card)
    card = one.open("my-page")
    assert fresh(card)["text"].value() == "", "it starts empty each time"
    assert "gravel" not in words_in(card.root), "nothing old is shown unasked"
    act(card.root, "open")
    assert "gravel and string" in words_in(card.root)
    act(card.root, "close")
    assert "gravel" not in words_in(card.root)


def test_a_sealed_page_says_until_when_and_opens_sooner_if_asked(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("my-page")
    one.answer(fresh(card)["text"], "for later")
    one.answer(fresh(card)["keep"], "seal")
    one.answer(fresh(card)["until"], "2999-03-02")
    line = catalog().exercise("my-page").says["sealed"].format(date="2 March 2999")
    assert line in words_in(card.root)
    one.done(card)
    card = one.open("my-page")
    assert line in words_in(card.root)
    act(card.root, "open")
    assert "for later" in words_in(card.root)


def test_one_line_may_be_all_that_stays(visit: Callable[..., Visit], home: Path) -> None:
    one = visit()
    card = one.open("my-page")
    one.answer(fresh(card)["text"], f"{RARE}\n\nI bought three\nand went home")
    one.answer(fresh(card)["keep"], "one-line")
    act(card.root, "line 1")
    assert [entry.values["text"] for entry in one.entries("my-page")] == ["I bought three"]
    assert fresh(card)["text"].value() == "I bought three"
    assert catalog().exercise("my-page").says["one_line"] in words_in(card.root)
    assert RARE.encode() not in raw(home)


def test_a_page_that_is_deleted_is_really_gone(visit: Callable[..., Visit], home: Path) -> None:
    one = visit()
    card = one.open("my-page")
    one.answer(fresh(card)["text"], f"{RARE} and more")
    assert RARE.encode() in raw(home)
    one.answer(fresh(card)["keep"], "delete")
    assert RARE.encode() not in raw(home)
    assert catalog().exercise("my-page").says["deleted"] in words_in(card.root)
    assert fresh(card)["text"].value() == ""


def test_an_old_page_that_is_deleted_is_gone_with_all_its_versions(visit: Callable[..., Visit], home: Path) -> None:
    first = visit()
    card = first.open("my-page")
    first.answer(fresh(card)["text"], f"{RARE} and more")
    (entry,) = first.entries("my-page")
    second = visit()
    with open_journal() as journal:  # a later sitting changed it, so an earlier version is in the history
        journal.save_entry(
            entry.id,
            "my-page",
            {"text": "less"},
            base=entry.revision,
            happened=entry.happened,
            sitting="later",
            moment=entry.happened,
        )
    act(second.open("my-page").root, "delete")
    assert second.entries("my-page") == []
    assert RARE.encode() not in raw(home)
    assert b"less" not in raw(home)


def test_a_page_that_could_not_be_deleted_is_not_called_gone(visit: Callable[..., Visit], refuse: Refuse) -> None:
    one = visit()
    card = one.open("my-page")
    one.answer(fresh(card)["text"], "still here")
    refuse(DiskFull(path="/a"))
    one.answer(fresh(card)["keep"], "delete")
    assert catalog().exercise("my-page").says["deleted"] not in words_in(card.root)
    assert fresh(card)["text"].value() == "still here"


def test_a_prompt_comes_only_when_asked_and_another_is_another(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("my-page")
    prompts = catalog().prompts
    assert not any(prompt in words_in(card.root) for prompt in prompts)
    one.answer(fresh(card)["want_prompt"], "today")
    today = next(prompt for prompt in prompts if prompt in words_in(card.root))
    act(card.root, "more")
    assert today not in words_in(card.root)
    assert any(prompt in words_in(card.root) for prompt in prompts)
    one.answer(fresh(card)["want_prompt"], "none")
    assert not any(prompt in words_in(card.root) for prompt in prompts)


# --- many kept pages, and which plan ---------------------------------------------------------------------------------


def many_pages(count: int) -> None:
    with open_journal() as journal:
        for number in range(count):
            moment = Moment.at(dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=number), "UTC")
            values: dict[str, Json] = {"text": f"page number {number:02}"}
            journal.save_entry(f"p{number}", "my-page", values, base=0, happened=moment, sitting="s", moment=moment)


def test_the_oldest_kept_page_is_reached_in_turns_and_opens(visit: Callable[..., Visit]) -> None:
    many_pages(PAGE * 2 + 1)
    one = visit()
    card = one.open("my-page")
    assert {"older", "oldest"} <= set(acts(card.root))
    assert "newer" not in acts(card.root)
    assert "1 to 10 of 21" in words_in(card.root)
    act(card.root, "older")
    act(card.root, "older")
    assert "21 to 21 of 21" in words_in(card.root)
    assert "older" not in acts(card.root)
    act(card.root, "open p0")
    assert "page number 00" in words_in(card.root)
    act(card.root, "newest")
    assert "1 to 10 of 21" in words_in(card.root)
    assert "page number 00" not in words_in(card.root)


def test_a_page_of_kept_pages_that_has_gone_empty_leads_to_the_last_one(visit: Callable[..., Visit]) -> None:
    many_pages(PAGE + 1)
    one = visit()
    card = one.open("my-page")
    act(card.root, "older")
    act(card.root, "delete p0")
    assert "delete p1" in acts(card.root)
    assert not {"newer", "older"} & set(acts(card.root))


def test_a_page_of_kept_pages_is_one_statement_however_many_there_are(visit: Callable[..., Visit]) -> None:
    many_pages(PAGE * 3)
    one = visit()
    card = one.open("my-page")
    assert one.journal is not None
    asked: list[str] = []
    one.journal._store._connection.set_trace_callback(asked.append)
    act(card.root, "older")
    one.journal._store._connection.set_trace_callback(None)
    assert len([line for line in asked if "FROM entry" in line]) == 1


def test_the_plan_of_an_urge_is_chosen_from_ones_own_and_kept_in_its_words(visit: Callable[..., Visit]) -> None:
    one = visit()
    plans = one.open("urge-if-then").controls["plans"]
    one.answer(plans, [{"if": "it is late", "then": "ring Ana"}, {"if": "half", "then": ""}])
    card = one.open("urge-log")
    assert card.log
    choice = card.log.controls["entry/plan"]
    line = catalog().say("interface.fields.plan", cue="it is late", act="ring Ana")
    assert isinstance(choice, OwnChoice)
    assert choice._lines == [line, "other"]
    act(choice.widget, "choose 0")
    (entry,) = one.entries("urge-log")
    assert entry.values["plan"] == line
