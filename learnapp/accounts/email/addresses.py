"""E-mail addresses: what is kept of one that was typed, and the one form in which addresses are compared."""

from email_validator import EmailNotValidError, validate_email

from learnapp.accounts.names.rules import clean

EMAIL_ROOM = 254


def normal_email(typed: str) -> str:
    """Return an address as it is kept, its domain in ASCII (IDNA 2008); raises ValueError for one that is none."""
    text = clean(typed)  # which also takes away what nobody sees, such as marks of direction that phones paste
    if len(text) > EMAIL_ROOM:
        raise ValueError("too long")
    try:
        address = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError("no address") from error
    return address.ascii_email or address.normalized


def email_key(typed: str) -> str:
    """Return what addresses are compared by, for keeping and for asking; "" for what is none."""
    try:
        return normal_email(typed).casefold()
    except ValueError:
        return ""
