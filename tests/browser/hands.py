"""Hands: a value into each kind of field through the control that a person uses, and how it then stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator

from rekindle.content import catalog
from rekindle.content import fields as asked
from rekindle.forms.tables import CELL_LIMIT
from rekindle.records import Json

PLAIN = "A plain line.\nAnd a second one, with a comma."
TEXTS = (
    PLAIN,
    '<img src=x onerror="window.rkOwned=1;alert(1)"> <b>bold</b> </script><script>window.rkOwned=1</script>',
    "$x$ and $$y^2$$, \\(z\\) {name} {{7*7}} &lt;b&gt; [a](javascript:alert(1))",
    "10,000 letters: " + "long <b>bold</b> " * 600,
    "😀👩‍👩‍👧 é ﷽ 中文 \U0001f1e6\U0001f1f9",
    "\u202eright to left\u202c שלום لا أعرف $x$",
)
"""What is written into texts, in turn: plain, markup, formulas, 10,000 characters, emoji, right to left."""

LETTERS = 10_000
DAY, MOMENT = "2026-05-12", "2026-05-12T21:30"
FIRST = "(the first of what is made while the book runs)"
NOT_CHOSEN = {"skip", "none", "nothing", "delete", "one-line"}
"""Answers that empty a field or a page; whatever else is offered gets its turn."""

MARKS = "input[type=radio], input[type=checkbox], button"
# How every field of a card stands on the screen, by its path: rows of cells, a text, or the words of what is chosen.
SEEN = """(root) => {
  const seen = {}, cell = (one) => one.type === 'checkbox' ? one.checked : one.value;
  for (const field of root.querySelectorAll('.rk-field')) {
    if (field.querySelector('.rk-field')) continue;
    const path = rkPathOf(field), rows = [...field.querySelectorAll('.rk-trow')];
    const text = field.querySelector('textarea, input[type=date], input[type=datetime-local], input[type=number]');
    const list = field.querySelector('select'), marks = [...field.querySelectorAll("%s")];
    const on = (one) => one.checked || one.classList.contains('mod-active') || one.ariaPressed === 'true';
    if (rows.length) seen[path] = rows.map((row) => Object.fromEntries(
      [...row.querySelectorAll('[data-column]')].map((one) => [one.dataset.column, cell(one)])));
    else if (text) seen[path] = text.value;
    else if (list) seen[path] = list.selectedIndex > 0 ? list.value : '';
    else seen[path] = marks.filter(on).map((one) => (one.closest('label') || one).textContent.trim()).join(' | ');
  }
  return seen;
  function rkPathOf(field) {
    const keys = [];
    for (let el = field; el; el = el.parentElement.closest('.rk-field'))
      keys.unshift([...el.classList].find((name) => name.startsWith('rk-field--')).slice(10));
    return keys.join('/');
  }
}""".replace("%s", MARKS)


def values_for(field: Any, turn: int) -> list[Json]:
    """Return what a person could answer, the one whose turn it is first."""
    kind = field.type
    if kind in ("short_text", "long_text"):
        return [text_of(turn, getattr(field, "limit", CELL_LIMIT))]
    if kind in ("single_choice", "multi_choice"):
        return _choices(field, turn)
    if kind in ("table", "if_then"):
        return [_rows(field, turn)]
    plain: dict[str, list[Json]] = {"date": [DAY], "day": [DAY], "when": [MOMENT], "minutes": [1 + turn % 90]}
    return plain.get(kind) or [(turn + step) % 11 for step in range(11)]


def text_of(turn: int, limit: int) -> str:
    """Return the text whose turn it is, no longer than the field takes."""
    return TEXTS[turn % len(TEXTS)][: min(LETTERS, limit)]


def _choices(field: Any, turn: int) -> list[Json]:
    ids = [option.id for option in offered(field) if option.id not in NOT_CHOSEN]
    if made_later(field):
        return [FIRST]
    ids = ids[turn % len(ids) :] + ids[: turn % len(ids)]
    if field.type == "single_choice":
        return [*ids]
    order = [option.id for option in offered(field)]
    pairs: list[Json] = [[*sorted({one, ids[-1]}, key=order.index)] for one in ids]
    return pairs + [[one] for one in ids]


def made_later(field: Any) -> bool:
    """Return if all options of a choice are made while the book runs."""
    own = [option for option in field.options if option.id not in NOT_CHOSEN]
    return bool(field.options_from) and field.options_from != "countries" and not own


def waits(field: Any) -> bool:
    """Return if a choice has something to offer only when other pages have been used."""
    return field.type == "multi_choice" and made_later(field)


def offered(field: Any) -> Sequence[asked.Option]:
    """Return the options whose words are known before the book is used."""
    made = {"countries": catalog().helplines.countries, "pages-used": {e.id: e.title for e in catalog().exercises}}
    if field.options_from.count(".") == 1:  # the rows of a table, or what was ticked elsewhere
        exercise, _, key = field.options_from.partition(".")
        there: Any = catalog().exercise(exercise).field(key)
        made[field.options_from] = {
            one.id: one.text for one in getattr(there, "rows", ()) or getattr(there, "options", ())
        }
    own = {option.id for option in field.options}
    known = [(id_, text) for id_, text in made.get(field.options_from, {}).items() if id_ not in own]
    return [*(asked.Option(id=id_, text=text) for id_, text in known), *field.options]


def _rows(field: Any, turn: int) -> list[Json]:
    if isinstance(field, asked.IfThen):
        limit = CELL_LIMIT
        return [{"if": text_of(turn + at, limit), "then": text_of(turn + at + 1, limit)} for at in range(field.most)]
    names: list[dict[str, Json]] = [{"row": row.id} for row in field.rows]
    names = names or [{} for _ in range(field.start_rows + 1)]
    columns = [column for column in field.columns if not column.retired]
    return [
        {**name, **{column.id: _cell(column, turn + at + n) for n, column in enumerate(columns)}}
        for at, name in enumerate(names)
    ]


def _cell(column: asked.Column, turn: int) -> Json:
    made: dict[str, Json] = {"text": text_of(turn, CELL_LIMIT), "tick": True, "scale": turn % 11, "date": DAY}
    return column.options[turn % len(column.options)].id if column.kind == "choice" else made[column.kind]


# Into the controls


def put(box: Locator, field: Any, value: Json) -> Json:
    """Give a field a value with mouse and keyboard; return what is then to be kept."""
    kind = field.type
    if kind in ("table", "if_then"):
        _put_rows(box, value)
    elif kind in ("short_text", "long_text"):
        box.locator("textarea").fill(str(value))
    elif kind in ("date", "day", "when", "minutes"):
        box.locator("input").fill(str(value))
        box.locator("input").press("Tab")
    elif kind == "scale_0_10":
        box.locator(".widget-toggle-button").nth(int(str(value))).click()
    else:
        return _choose(box, field, value)
    return value


def _put_rows(box: Locator, value: Json) -> None:
    assert isinstance(value, list)
    for at, row in enumerate(value):
        if at == box.locator(".rk-trow").count():
            box.locator(".rk-add").click()
        line = box.locator(".rk-trow").nth(at)
        assert isinstance(row, dict)
        for column, cell in row.items():
            place = line.locator(f'[data-column="{column}"]')
            if column == "row":
                assert line.get_attribute("data-row") == cell
            elif cell is True:
                place.check()
            elif place.evaluate("(one) => one.tagName") == "SELECT":
                place.select_option(str(cell))
            else:
                place.fill(str(cell))


def _choose(box: Locator, field: Any, value: Json) -> Json:
    known = {option.id: option.text for option in offered(field)}
    if value != FIRST and box.locator("select").count():
        box.locator("select").select_option(label=known[str(value)])
        return value
    marks = box.locator(MARKS)
    if value != FIRST:
        marks.first.wait_for()
    words: list[str] = marks.evaluate_all("(all) => all.map((one) => (one.closest('label') || one).textContent.trim())")
    if value == FIRST:
        return _choose_first(box, words, field, {text: id_ for id_, text in known.items()})
    wanted = [known[str(id_)] for id_ in (value if isinstance(value, list) else [value])]
    assert set(wanted) <= set(words), f"{wanted} of {words} in {box}"
    for at, word in enumerate(words):
        if field.type == "multi_choice":
            marks.nth(at).set_checked(word in wanted)
        elif word in wanted:
            marks.nth(at).click()
    return value


def _choose_first(box: Locator, words: Sequence[str], field: Any, ids: Mapping[str, str]) -> Json:
    if not words:
        return None
    box.locator(MARKS).first.click()
    if box.locator(".rk-own-choice").count():  # the list may follow other answers while it is read: see what is pressed
        pressed = box.locator('[aria-pressed="true"]').first
        pressed.wait_for()
        word = str(pressed.text_content())
        return ids.get(word) or word
    chosen = ids.get(words[0]) or box.locator(MARKS).first.text_content()
    return [chosen] if field.type == "multi_choice" else chosen


# And back


def seen_as(field: Any, value: Json) -> Json:
    """Return how a kept value must stand on the screen."""
    if field.type in ("table", "if_then"):
        assert isinstance(value, list)
        return [_row_seen(row) for row in value]
    if field.type in ("single_choice", "multi_choice"):
        known = {option.id: option.text for option in offered(field)}
        chosen = value if isinstance(value, list) else [value]
        return " | ".join(known.get(str(id_), str(id_)) for id_ in chosen)
    return str(value)


def _row_seen(row: Json) -> Json:
    assert isinstance(row, dict)
    return {column: cell if cell is True else str(cell) for column, cell in row.items() if column != "row"}
