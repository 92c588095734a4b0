"""Forms about one member: what is stored comes back, and only what the others have can differ."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from learnapp.groups.assignments.dates import EffectiveDates, ExtendedDates
from learnapp.groups.assignments.member_forms import ExtensionForm
from learnapp.groups.assignments.values import MemberExtension
from tests.factories.base import NOON

BERLIN = ZoneInfo("Europe/Berlin")
EVENING, END = datetime(2030, 12, 6, 17, tzinfo=UTC), datetime(2030, 12, 6, 22, 59, 59, 999999, UTC)


def test_of_a_date_that_the_others_do_not_have_a_member_is_asked_nothing(app: Flask) -> None:
    with app.test_request_context():
        assert ExtensionForm(EffectiveDates(BERLIN), None).names == []
        assert ExtensionForm(EffectiveDates(BERLIN, due=EVENING), None).names == ["due"]


def test_what_differs_for_a_member_comes_back_from_its_form_as_it_was(app: Flask) -> None:
    dates = EffectiveDates(BERLIN, due=EVENING, closes=EVENING, tries=1)
    own = ExtendedDates(due=END, closes=END, extra_tries=2, excused=True)
    with app.test_request_context():
        shown = ExtensionForm(dates, MemberExtension(own, "ill", NOON))
        names = [field.name for field in shown]
        sent = {name: shown[name]._value() if hasattr(shown[name], "_value") else shown[name].data for name in names}
    with app.test_request_context(method="POST", data=sent):
        form = ExtensionForm(dates, None)
        assert form.validate_on_submit(), form.errors
        assert form.extension() == (own, "ill")
