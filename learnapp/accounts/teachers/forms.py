"""Teacher forms: a new teacher's account."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from learnapp.accounts.forms import SignUpForm


class TeacherSignUpForm(SignUpForm):
    """A new teacher's account: staff's rules for the password, and nothing of a guest's."""

    staff = True
    take = None
    name = StringField(
        _l("User name"),
        [InputRequired(_l("Choose a user name."))],
        description=_l("The people in your classes see it. 2 to 40 characters."),
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Choose a password."))],
        description=_l("At least 15 characters, as you see how others do. Four or five words are easy to remember."),
    )
