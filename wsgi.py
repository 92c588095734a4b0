"""WSGI: the app that servers load. Commands load `learnapp.cli`."""

from learnapp import create_app
from learnapp.config.settings import ConfigurationError
from learnapp.web.monitoring import metrics
from learnapp.web.monitoring.health import prepare_to_serve

try:
    app = create_app()
    prepare_to_serve(app)
    metrics.switch_on(app)
except (ConfigurationError, OSError) as error:
    raise SystemExit(f"Learnapp does not start: {error}") from None
