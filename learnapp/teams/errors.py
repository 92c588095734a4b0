"""Team errors: why an event is not made or changed, one name each."""


class TooManyEvents(Exception):
    """The team has so many events that there is no room for another."""


class StaleEvent(Exception):
    """Another coordinator has changed the event since the page was made, or closed or deleted it."""


class EventClosed(Exception):
    """The event is closed: what was kept of it stays as it is."""
