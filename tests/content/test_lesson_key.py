import copy

from learnapp.content.lesson_key import LessonKey


def test_a_key_is_its_text_and_knows_its_parts() -> None:
    key = LessonKey.of("light", "the-lamp")

    assert key == "light/the-lamp"
    assert key in {"light/the-lamp"}
    assert (key.module, key.lesson) == ("light", "the-lamp")
    assert copy.deepcopy(key) == LessonKey("light/the-lamp") == key
