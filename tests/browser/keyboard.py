"""Keyboard: how somebody without a mouse comes to a thing on a page."""

from typing import Any

from playwright.sync_api import Page

BY_WORDS = "(one, words) => (one.innerText ?? '').trim() === words"
BY_PART = "(one, words) => ['A', 'BUTTON'].includes(one.tagName) && (one.innerText ?? '').includes(words)"
BY_NAME = "(one, name) => (one.name ?? '') === name"
BY_ID = "(one, id) => one.id === id"
ITSELF = "(one, wanted) => one === wanted"


def tab_to(page: Page, wanted: Any, found: str, *, most: int = 60) -> None:
    """Press Tab until the focus is where `found`, a function of the element and of what is wanted, says so."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"wanted => ({found})(document.activeElement, wanted)", wanted):
            return
    raise AssertionError(f"no way by keyboard to {wanted}")
