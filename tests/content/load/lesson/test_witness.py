import pytest

from learnapp.content.load.lesson.witness import with_links


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("Fits A. It is no test.", "Fits [A]. It is no test."),
        ("Weighs A, C and more.", "Weighs [A], [C] and more."),
        ("Bears out A from the other side.", "Bears out [A] from the other side."),
        ("Contradicts piece B", "Contradicts [piece B]"),
        ("A guard says what A says", "A guard says what [A] says"),
        ("In Plan B, D stays.", "In Plan [B], D stays."),
        ("A <b>, and no more", "A &lt;b&gt;, and no more"),
        ("Vitamin A-rich", "Vitamin A-rich"),
    ],
)
def test_letters_of_pieces_become_links(words: str, linked: str) -> None:
    html = with_links(words, "ABC")
    for letter in "ABC":
        html = html.replace(f'<a href="#piece-{letter.lower()}">', "[")
    assert html.replace("</a>", "]") == linked


def test_without_pieces_nothing_is_linked() -> None:
    assert with_links("Fits A.", "") == "Fits A."
