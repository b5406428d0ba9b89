"""The dashboard: a greeting that fits, one next thing, a dot for today, and no word of what is folded."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from rekindle import records
from rekindle.content import catalog
from rekindle.dashboard import Dashboard
from rekindle.dashboard.today import next_exercise
from rekindle.frontend.words import Words
from tests.days import ago
from tests.visit import HomeVisit, Visit, act, acts, blocks, inside, open_journal, stand, text_of, words_in

SAY = catalog().say
PAGE = "say-it-to-myself"


def answered(exercise: str, field: str, days: int = 0) -> None:
    with open_journal() as journal:
        journal.save(exercise, field, "words", base=0, wording="", sitting="s", moment=ago(days))


def marked(mood: int, days: int) -> None:
    with open_journal() as journal:
        journal.save_entry(
            f"m{days}", "mood-check-in", {"mood": mood}, base=0, happened=ago(days), sitting="s", moment=ago(days)
        )


def entered(exercise: str, values: dict[str, records.Json], days: int = 0) -> None:
    with open_journal() as journal:
        journal.save_entry(
            uuid.uuid4().hex, exercise, values, base=0, happened=ago(days), sitting="s", moment=ago(days)
        )


def at_home(visit: Callable[..., Visit], zone: str = "Europe/Berlin") -> tuple[Visit, Dashboard]:
    one = visit(HomeVisit, zone=zone)
    one.show()
    assert isinstance(one.page, Dashboard)
    return one, one.page


def told(visit: Callable[..., Visit]) -> str:
    return words_in(at_home(visit)[1].root)


def links(page: Dashboard, look: str) -> list[str]:
    words = [w for w in inside(page.root) if isinstance(w, Words) and w.look == look]
    return [str(block["href"]) for w in words for block in blocks(w.told) if "href" in block]


@pytest.mark.parametrize(
    ("hour", "zone", "greeting"),
    [
        (4, "UTC", "night"),
        (5, "UTC", "morning"),
        (12, "UTC", "afternoon"),
        (18, "UTC", "evening"),
        (23, "UTC", "night"),
        (23, "Asia/Tokyo", "morning"),
        (12, "America/Los_Angeles", "night"),
    ],
)
def test_the_greeting_goes_by_the_hour_where_the_person_is(
    hour: int, zone: str, greeting: str, visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]  # the real one returns its own class
            return dt.datetime(2026, 1, 15, hour, 30, tzinfo=ZoneInfo("UTC")).astimezone(tz)

    monkeypatch.setattr(dt, "datetime", Clock)  # for the whole book: one clock
    assert SAY(f"dashboard.{greeting}") in words_in(at_home(visit, zone)[1].root)


def test_a_first_visit_is_welcomed_and_shown_the_first_page(visit: Callable[..., Visit]) -> None:
    _, page = at_home(visit)
    assert SAY("dashboard.first_visit") in words_in(page.root)
    assert links(page, "rk-greeting") == ["00-before-you-begin.ipynb"]


@pytest.mark.parametrize(
    ("days", "mood", "line"),
    [
        (0, 1, ""),
        (1, None, "after_a_day"),
        (1, 5, "after_a_day"),
        (6, 2, "after_a_hard_day"),
        (1, 0, "after_a_hard_day"),
        (1, 8, "after_a_good_day"),
        (7, 0, "after_a_week"),
        (27, 9, "after_a_week"),
        (28, 9, "after_a_month"),
        (400, None, "after_a_month"),
    ],
)
def test_somebody_who_comes_back_is_met_with_one_kind_line(
    days: int, mood: int | None, line: str, visit: Callable[..., Visit]
) -> None:
    if mood is None:
        answered(PAGE, "sentence", days)
    else:
        marked(mood, days)
    shown = told(visit)
    lines = [key for key in catalog().words.under("greetings") if SAY(f"greetings.{key}") in shown]
    assert lines == ([line] if line else [])


@pytest.mark.parametrize("days", [1, 7, 28])
def test_with_words_hidden_the_greeting_gives_nothing_away(days: int, visit: Callable[..., Visit]) -> None:
    marked(0, days)
    one = visit(HomeVisit)
    one.hear(one.page.presence, t="shown", zone="Europe/Berlin", dirty=[], hiding="yes")
    assert isinstance(one.page, Dashboard)
    shown = words_in(one.page.root)
    lines = [key for key in catalog().words.under("greetings") if SAY(f"greetings.{key}") in shown]
    assert lines == ["after_a_day"]


def test_it_says_where_they_left_off(visit: Callable[..., Visit]) -> None:
    answered("my-situation", "nickname", 1)
    answered(PAGE, "sentence")
    assert SAY("dashboard.left_off.page", title=catalog().exercise(PAGE).title) in told(visit)


def test_a_page_that_is_folded_by_now_is_not_where_they_left_off(visit: Callable[..., Visit]) -> None:
    stand("closed")
    answered("first-hello", "draft")
    shown = told(visit)
    assert catalog().exercise("first-hello").title not in shown
    assert SAY("dashboard.left_off.page", title=catalog().exercise("consent-gate").title) in shown


def test_the_one_next_thing_goes_along_the_lean_path_and_skips_what_is_done_or_folded(
    visit: Callable[..., Visit],
) -> None:
    seen = []
    for _ in range(30):
        one, page = at_home(visit)
        found = next_exercise(page)
        if found is None:
            break
        seen.append(found.id)
        assert found.title in words_in(page.root)
        one.page.book.note("done", exercise=found.id)
    assert seen[:4] == ["screen-check", "say-it-to-myself", "support-card", "consent-gate"]
    assert not {"first-hello", "ready-check", "trust-map", "pace-plan"}.intersection(seen), "folded: no state is known"
    assert SAY("dashboard.next.none") in told(visit)


def test_the_shelf_marks_the_parts_that_are_folded_and_where_they_are(visit: Callable[..., Visit]) -> None:
    stand("closed")
    _, page = at_home(visit)
    shelf = next(w for w in inside(page.root) if isinstance(w, Words) and w.look == "rk-shelfbox")
    spines = {str(b["href"]): b for b in blocks(shelf.told) if "href" in b}
    folded = [href for href, block in spines.items() if "is-folded" in block.get("cls", "")]
    assert folded == ["03-reconnect.ipynb", "04-rebuild-trust.ipynb", "05-take-it-slow.ipynb"]
    assert all(SAY("dashboard.shelf.folded") in text_of([spines[href]]) for href in folded)
    assert "is-here" in spines["00-before-you-begin.ipynb"]["cls"]


def test_one_tap_is_a_dot_and_a_second_tap_changes_it(visit: Callable[..., Visit]) -> None:
    one, page = at_home(visit)
    dot = page._mood._log.controls["entry/mood"]
    one.answer(dot, 4)
    assert one.last("kept")["path"] == "mood-check-in/entry/mood"
    one.answer(dot, 6)
    assert [entry.values for entry in one.entries("mood-check-in")] == [{"mood": 6}]


@pytest.mark.parametrize("comes_back", [True, False])
def test_a_dashboard_left_open_overnight_does_not_change_yesterdays_dot(
    comes_back: bool, visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, page = at_home(visit)
    dot = page._mood._log.controls["entry/mood"]
    one.answer(dot, 4)
    tomorrow = page.host.today() + dt.timedelta(days=1)
    monkeypatch.setattr(type(page.host), "today", lambda _host: tomorrow)
    if comes_back:
        one.show()
        assert dot.value() is None
    one.answer(dot, 6)
    assert sorted(str(entry.values["mood"]) for entry in one.entries("mood-check-in")) == ["4", "6"]


def test_the_support_card_and_the_wall_are_there_once_they_were_made(visit: Callable[..., Visit]) -> None:
    assert SAY("dashboard.support.empty") in told(visit)
    one = visit()
    card = one.open("support-card")
    one.answer(card.controls["people"], [{"who": "Aunty Lin", "how": "call"}])
    one.answer(one.open("so-what-changes").controls["same_wall"], "We stop talking")
    shown = told(visit)
    assert "Aunty Lin, call" in shown
    assert "We stop talking" in shown
    assert SAY("dashboard.support.empty") not in shown


def test_what_was_promised_for_this_week_stands_there_in_their_own_words(visit: Callable[..., Visit]) -> None:
    assert SAY("dashboard.promises.empty") in told(visit)
    today = ago(0).local_date
    monday = today - dt.timedelta(days=today.weekday())
    for name, due, outcome in (
        ("Ring Mum", monday, "kept"),
        ("Pay Dev back", monday + dt.timedelta(days=6), None),
        ("Next week's thing", monday + dt.timedelta(days=7), None),
        ("Last week's thing", monday - dt.timedelta(days=1), None),
    ):
        entered("promise-log", {"promise": name, "due": due.isoformat(), "outcome": outcome})
    shown = told(visit)
    assert shown.index("Pay Dev back") < shown.index("Ring Mum Kept"), "what is open comes first"
    assert "week's thing" not in shown
    assert SAY("dashboard.promises.empty") not in shown


def test_the_week_is_one_line_of_counts_and_says_nothing_without_any(visit: Callable[..., Visit]) -> None:
    assert SAY("dashboard.week.title") not in told(visit)
    marked(4, 0)
    entered("urge-log", {"before": 7, "did": ["waited"]})
    entered("urge-log", {"before": 7, "did": ["waited"]}, days=9)
    assert "Your week in one line: one urge noted, one waited out, one mood dot." in told(visit)


def test_a_stop_sign_stands_before_the_week(visit: Callable[..., Visit]) -> None:
    stand("closed")
    with open_journal() as journal:
        journal.save("decision-check", "cost", 4, base=0, wording="", sitting="s", moment=ago(0))
    marked(4, 0)
    shown = told(visit)
    sign = catalog().exercise("decision-check").says["stop_no"]
    assert shown.index(sign) < shown.index("one mood dot")
    assert catalog().exercise("let-go-path").title in shown


def test_facts_for_each_path_are_counted_and_none_is_weighed(visit: Callable[..., Visit]) -> None:
    rows: list[records.Json] = [{"fact": "We spoke", "points": p} for p in ("try", "let-go", "let-go")]
    with open_journal() as journal:
        journal.save("decision-check", "facts", rows, base=0, wording="", sitting="s", moment=ago(0))
    shown = told(visit)
    assert "Facts that point to trying: 1." in shown
    assert "Facts that point to letting go: 2." in shown
    assert "We spoke" not in shown, "the words stay on their page"


def test_the_space_is_a_row_of_dots_that_never_goes_back_to_zero(visit: Callable[..., Visit]) -> None:
    assert SAY("dashboard.space.title") not in told(visit)
    with open_journal() as journal:
        for field, days in (("start", 9), ("end", -3)):
            value = ago(days).local_date.isoformat()
            journal.save("space-agreement", field, value, base=0, wording="", sitting="s", moment=ago(9))
    entered("space-counter", {"who": "me"}, days=4)
    entered("space-counter", {"who": "they"}, days=3)
    entered("urge-log", {"did": ["walked", "contacted"]}, days=2)
    _, page = at_home(visit)
    assert "Space kept on 8 of 10 days." in words_in(page.root)
    row = next(b for b in blocks(page._space.told) if b.get("cls") == "rk-dots")
    assert [dot.get("cls", "") for dot in row["kids"]] == [*[""] * 5, "o", "", "o", "", "", "n", "n", "n"]
    image = next(b for b in blocks(page._space.told) if b.get("set", {}).get("role") == "img")
    assert image["set"]["aria-label"].startswith("Space kept on 8 of 10 days.")


def test_an_entry_made_on_another_page_shows_at_the_next_sign_of_life(visit: Callable[..., Visit]) -> None:
    one, page = at_home(visit)
    one.answer(page._mood._log.controls["entry/mood"], 4)
    assert "one mood dot" in words_in(page._week)
    before = page._week._told
    one.hear(page.presence, t="beat")
    assert page._week._told == before, "nothing new, nothing told"
    entered("urge-log", {"before": 7, "did": ["waited"]})
    one.hear(page.presence, t="beat")
    assert "one urge noted, one waited out, one mood dot" in words_in(page._week)
    assert page._mood._log.controls["entry/mood"].value() == 4


def test_a_journal_that_cannot_be_read_any_more_is_said_and_stops_no_sign_of_life(visit: Callable[..., Visit]) -> None:
    one, page = at_home(visit)
    assert one.journal
    one.journal.path.rename(one.journal.path.with_name("moved"))
    one.hear(page.presence, t="beat")
    assert one.last("beat")
    assert catalog().say("errors.journal-moved.happened", path=str(one.journal.path)) in words_in(page._state)
    told = page._state._told
    one.hear(page.presence, t="beat")
    assert page._state._told == told, "once is enough"


def test_on_a_hard_day_their_own_kind_line_stands_beside_the_dot(visit: Callable[..., Visit]) -> None:
    answered("kind-letter", "note")
    line = catalog().exercise("mood-check-in").says["own_note"].format(note="words")
    marked(3, 0)
    assert line not in told(visit)
    entered("mood-check-in", {"mood": 2})
    assert line in told(visit)


def test_on_a_hard_day_the_jar_opens_beside_the_dot(visit: Callable[..., Visit]) -> None:
    entered("good-moments", {"moment": "sun", "with_whom": "ex"}, 9)
    entered("good-moments", {"moment": "tea", "with_whom": "friend"}, 8)
    marked(6, 0)
    assert "jar" not in acts(at_home(visit)[1].root)
    entered("mood-check-in", {"mood": 1})
    _, page = at_home(visit)
    for _ in range(2):
        act(page.root, "jar")
        assert ": tea" in words_in(page.root)
        assert "sun" not in words_in(page.root)
