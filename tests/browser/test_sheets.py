"""A sheet for paper: only it is printed, at any width, with no address on it; and the book's cloth in letting go."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from rekindle.content import catalog
from rekindle.records import Json, Moment
from tests.browser.harness import Book, open_exercise
from tests.browser.keeping import opened, seed

SAY = catalog().say
VISIBLE = """() => [...document.body.querySelectorAll("*")].filter((el) => el.children.length === 0
  && el.textContent.trim() && el.checkVisibility() && !el.closest(".rk-paper")).map((el) => el.tagName)"""


def test_only_the_sheet_goes_on_paper_and_letting_go_wears_its_own_cloth(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    plan: Json = [{"if": "it is <b>late</b>", "then": "ring Ana"}]
    people: Json = [{"who": "Ana <b>", "how": "ring"}]
    card = {("support-card", "people"): people}
    seed(fresh_server.home, {("urge-if-then", "plans"): plan, ("decision-check", "choose"): "let-go", **card})
    page = visit(fresh_server).new_page()
    page.add_init_script("window.print = () => { window.rkPrinted = (window.rkPrinted || 0) + 1; }")
    root = open_exercise(page, "01-acknowledge", "urge-if-then")
    assert page.locator("body").get_attribute("data-cloth") == "letgo"
    assert page.locator(".rk-band").get_attribute("data-cloth") == "letgo"
    _speaks_of_letting_go(page)
    expect(page.get_by_text(catalog().exercise("it-is-over-for-now").lead)).to_be_hidden()
    expect(page.get_by_text(catalog().exercise("urge-if-then").lead)).to_be_visible()
    page.get_by_role("button", name=SAY("interface.frame.help_now")).click()
    expect(page.locator("#rk-help .rk-mycard")).to_contain_text("Ana <b>, ring")  # one tap from every page
    page.locator("#rk-help [data-rk=close]").click()
    root.get_by_role("button", name=SAY("interface.sheet.urge_if_then")).click()
    expect(root.locator(".rk-sheet")).to_contain_text("it is <b>late</b>")
    root.get_by_role("button", name=SAY("interface.sheet.print")).click()
    assert page.evaluate("() => window.rkPrinted") == 1
    page.emulate_media(media="print")
    expect(page.locator("body > .rk-paper")).to_be_visible()
    expect(page.locator("body > .rk-paper")).to_contain_text("ring Ana")
    assert page.evaluate(VISIBLE) == []
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".rk-paper")).to_have_count(0)


def _speaks_of_letting_go(page: Page) -> None:
    """The part's cover, opener and ending have words of their own, and the notebook's step back."""
    part = catalog().part("acknowledge")
    assert part.letting_go
    assert part.letting_go.ending
    expect(page.locator("p.rk-opener").first).to_have_text(part.letting_go.opener.split("\n\n")[0].strip())
    expect(page.locator("p.rk-ending").first).to_have_text(part.letting_go.ending.split("\n\n")[0].strip())
    expect(page.locator(".rk-band__purpose")).to_have_text(part.letting_go.purpose or "")
    expect(page.get_by_text(part.opener.splitlines()[0][:40])).to_be_hidden()
    expect(page.get_by_text(part.ending.splitlines()[0][:40])).to_be_hidden()


def test_the_closing_report_goes_on_paper_with_its_chart_and_its_note_can_be_copied(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    seed(fresh_server.home, {("closing-report", "outcome"): "apart", ("closing-report", "harmed"): "the <b>letter</b>"})
    with opened(fresh_server.home) as journal:
        now = Moment.now("Europe/Vienna")
        for log, happy in (("baseline", 3), ("weekly-check-in", 6)):
            journal.save_entry(log, log, {"happy": happy}, base=0, happened=now, sitting="seed", moment=now)
    context = visit(fresh_server)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script("window.print = () => {}")
    root = open_exercise(page, "05-take-it-slow", "closing-report")
    expect(root.locator(".rk-charts .svg-container")).to_have_count(1)
    root.get_by_role("button", name=SAY("interface.buttons.copy_note")).click()
    expect(root.get_by_role("button", name=SAY("interface.status.copied"))).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Where it landed: ")
    assert copied.endswith("the <b>letter</b>")
    root.get_by_role("button", name=SAY("interface.sheet.closing_report")).click()
    root.get_by_role("button", name=SAY("interface.sheet.print")).click()
    page.emulate_media(media="print")
    expect(page.locator("body > .rk-paper .rk-paperchart svg.main-svg").first).to_be_visible()
    assert page.locator("body > .rk-paper table").count() == 1
