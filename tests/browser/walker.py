"""The walker: opens every card of a group, fills it as a person would, and looks if it stands there again later."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from rekindle.content import Exercise, catalog
from rekindle.content import fields as asked
from rekindle.forms.fresh_pages import VISIT
from rekindle.records import FieldId, Json
from tests.browser import hands
from tests.browser.groups import CHOSEN, Given, Group, Stands
from tests.browser.harness import LONG
from tests.browser.keeping import journal_of, opened, seed
from tests.leaves import leaves
from tests.visit import STANDINGS

MADE_BY_HOSTILE_TEXT = (
    "img[src='x'], svg[onload], a[href^='javascript:'], .rk-exercise script, .rk-exercise iframe, "
    ".rk-exercise img:not(.plot-img), .rk-exercise mjx-container, .rk-exercise .MathJax, "
    ".rk-words b, .rk-words img, .rk-told b:has-text('bold')"
)
"""Elements that no page has but where a person's text was taken for markup; a chart has an empty image of its own."""


WEEKS = 5
"""How long somebody stays away where a question has its time later."""


def begin(home: Path, group: Group) -> None:
    """Make the journal anew, in the contact state in which the group is open."""
    journal_of(home).unlink(missing_ok=True)
    journal_of(home).parent.mkdir(parents=True, exist_ok=True)
    answers, kinds = STANDINGS[group.stands]
    seed(home, {**answers, **CHOSEN}, days_ago=3)
    seed(home, None, kinds)


class Walker:
    """Walks one group on one page. `turn` says which text and which option come first."""

    def __init__(self, page: Page, home: Path, group: Group, turn: int) -> None:
        self.page, self.home, self.group, self.turn = page, home, group, turn
        self.given: Given = {}
        self._stands = Stands(group)
        self._late: Given = {}
        self._other_way: set[FieldId] = set()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.group}>"

    # There

    def fill(self) -> None:
        """Open and fill every card, but for what would fold a card of the group, and wait until all is saved."""
        for exercise in self.group.exercises:
            root = self._open(exercise)
            for path, field in leaves(exercise):
                self._answer(root, exercise, path, field)
            self._saved(exercise)
            self._put_entry_away(root, exercise)

    def late(self) -> list[Exercise]:
        """Return the exercises with questions that wait; where they wait for weeks to pass, let the weeks pass."""
        for id_ in {id_ for id_, path in self._late if self._stands.rests(id_, path)}:
            with opened(self.home) as journal:
                written = {at: answer.value for at, answer in journal.answers([id_]).items()}
            seed(self.home, written, days_ago=WEEKS * 7)
        return [exercise for exercise in self.group.exercises if any(id_ == exercise.id for id_, _ in self._late)]

    def fill_late(self, late: Iterable[Exercise]) -> None:
        """Fill what waited."""
        for exercise in late:
            root = self._open(exercise)
            for (id_, path), value in self._late.items():
                if id_ == exercise.id:
                    field = dict(leaves(exercise))[path]
                    self._put(root, exercise, path, field, value)
            self._saved(exercise)
        self._late = {}

    def _answer(self, root: Locator, exercise: Exercise, path: str, field: Any) -> None:
        self.turn += 1
        values = hands.values_for(field, self.turn)
        never = getattr(field, "keep", "") == "never" and not exercise.fresh
        late = never or self._stands.rests(exercise.id, path) or hands.waits(field)
        value = None if late else next((v for v in values if self._stands.takes(exercise.id, path, v)), None)
        if value is None:
            self._late[exercise.id, path] = values[0]
            return
        self._put(root, exercise, path, field, value)

    def _put(self, root: Locator, exercise: Exercise, path: str, field: Any, value: Json) -> None:
        self._reach(root, exercise, path)
        put = hands.put(_place(root, path), field, value)
        if put is not None:  # else nothing was offered to choose from
            self.given[exercise.id, path] = put

    def _reach(self, root: Locator, exercise: Exercise, path: str) -> None:
        """Have a page show a field that it shows in one of its two ways only: say that it churns, or ask for more."""
        place = _place(root, path)
        if not exercise.fresh or place.count():
            return
        way = root.locator(".rk-fresh-fold button")
        if not way.count():
            key, scale = next((p, f) for p, f in leaves(exercise) if f.type == "scale_0_10")
            self.given[exercise.id, key] = hands.put(_place(root, key), scale, 10)
        else:
            way.click()
        place.wait_for()
        mine = [at for at in self.given if at[0] == exercise.id]
        self._other_way |= {at for at in mine if not _place(root, at[1]).count()}

    def _open(self, exercise: Exercise) -> Locator:
        root = self.page.locator(f".rk-exercise--{exercise.id}")
        root.wait_for(timeout=LONG)
        if "rk-is-open" not in (root.get_attribute("class") or "").split():
            root.locator("button").first.click(timeout=LONG)
        self.page.locator(f".rk-exercise--{exercise.id}.rk-is-open").wait_for(timeout=LONG)
        more = root.locator(".rk-more > button")
        if more.count() and not root.locator(".rk-more .rk-form").count():
            more.click()
            root.locator(".rk-more .rk-form").wait_for()
        return root

    def _saved(self, exercise: Exercise) -> None:
        """Wait for *saved*, and until the file holds exactly what was given, and nothing that is never kept."""
        self.page.wait_for_timeout(100)  # a pressed button changes its looks after the click
        mark = self.page.locator(f".rk-exercise--{exercise.id} .rk-saved")
        mark.and_(self.page.locator('[data-state="saved"], [data-state="unkept"]')).wait_for(timeout=30_000)
        wanted = {at: value for at, value in self.given.items() if at[0] == exercise.id and self._is_kept(at)}
        end, found = time.monotonic() + 10, self._stored(exercise)
        while found != wanted and time.monotonic() < end:
            time.sleep(0.1)
            found = self._stored(exercise)
        assert found == wanted, exercise.id

    def _is_kept(self, at: tuple[str, str]) -> bool:
        return at not in catalog().never_kept and at[0] != "right-now"

    def _stored(self, exercise: Exercise) -> Given:
        """Return what the file holds of an exercise, by path."""
        with opened(self.home) as journal:
            answers = journal.answers([exercise.id])
            found = {at: answer.value for at, answer in answers.items()}
            log = next((f.key + "/" for f in exercise.fields if isinstance(f, asked.Log)), "")
            for entry in journal.entries(exercise.id):
                if entry.id.startswith(VISIT):
                    continue
                found |= {(exercise.id, f"{log}{key}"): value for key, value in entry.values.items()}
        return found

    def _put_entry_away(self, root: Locator, exercise: Exercise) -> None:
        if any(isinstance(field, asked.Log) and field.several for field in exercise.fields):
            root.get_by_role("button", name=catalog().say("interface.buttons.save_entry")).click()
            root.locator(".rk-hist .rk-entry").first.wait_for()

    # And back again

    def look(self, exercises: Iterable[Exercise]) -> None:
        """Open cards anew, bring back what became an entry, and see exactly the same answers."""
        for exercise in exercises:
            shows = self._stands.shows(exercise, self.given)
            if shows and not self._folded_by_ticks(exercise):
                root = self._open(exercise)
                self._bring_back(root, exercise)
                self._same(root, exercise, shows)
        made = self.page.locator(MADE_BY_HOSTILE_TEXT).evaluate_all("(all) => all.map((one) => one.outerHTML)")
        assert not made, made[:3]
        assert self.page.evaluate("window.rkOwned") is None

    def _folded_by_ticks(self, exercise: Exercise) -> bool:
        """Return if what was ticked, and is never kept, has folded the page, as its own safety asks."""
        root = self.page.locator(f".rk-exercise--{exercise.id}")
        root.wait_for(timeout=LONG)
        return bool(root.locator(".rk-gate").count()) and any(not self._is_kept(at) for at in self.given)

    def _bring_back(self, root: Locator, exercise: Exercise) -> None:
        say, rows = catalog().say, root.locator(".rk-hist .rk-entry")
        several = any(isinstance(field, asked.Log) and field.several for field in exercise.fields)
        if exercise.id == "right-now" or not (several or exercise.fresh):
            return
        row = rows.nth(self._place_in_history(exercise))
        if exercise.fresh:
            row.get_by_role("button", name=say("interface.buttons.open")).click()
        row.get_by_role("button", name=say("interface.buttons.change")).click()

    def _place_in_history(self, exercise: Exercise) -> int:
        """Return where the walker's own entry stands; the ten quiet minutes leave a row in another log."""
        with opened(self.home) as journal:
            return next(n for n, entry in enumerate(journal.entries(exercise.id)) if not entry.id.startswith(VISIT))

    def _same(self, root: Locator, exercise: Exercise, shows: Collection[str]) -> None:
        fields = dict(leaves(exercise))
        given = {path: value for (id_, path), value in self.given.items() if id_ == exercise.id}
        here = {
            path for path in given if path.partition("/")[0] in shows and (exercise.id, path) not in self._other_way
        }
        mine = {path: given[path] for path in here}
        keeps = {path: value for path, value in mine.items() if self._is_kept((exercise.id, path))}
        wanted: dict[str, Json] = {path: hands.seen_as(fields[path], keeps[path]) for path in keeps}
        wanted |= dict.fromkeys(mine.keys() - keeps.keys(), "")
        end, shown = time.monotonic() + 5, self._shown(root, wanted)
        while shown != wanted and time.monotonic() < end:
            time.sleep(0.1)
            shown = self._shown(root, wanted)
        differ = {path: (shown.get(path), value) for path, value in wanted.items() if shown.get(path) != value}
        assert not differ, f"{exercise.id} shows, and was given: {differ}"

    def _shown(self, root: Locator, wanted: dict[str, Json]) -> dict[str, Json]:
        seen: dict[str, Json] = root.evaluate(hands.SEEN)
        return {path: seen[path] for path in wanted if path in seen}


def _place(root: Locator, path: str) -> Locator:
    """Return a field on the screen by its path."""
    for key in path.split("/"):
        root = root.locator(f".rk-field--{key}")
    return root
