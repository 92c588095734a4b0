"""Access of previews: the age group as which an address asks to see the course."""

from flask import request

from learnapp.accounts.models import BANDS
from learnapp.content.ages import AgeAccess, band_access
from learnapp.content.catalog import Catalog
from learnapp.web.errors import NotFound

BANDS_BY_NAME = {str(band): band for band in BANDS}


def asked_access(catalog: Catalog) -> AgeAccess | None:
    """Return the access of the age group in `?as=`, None where everything is asked for; raises NotFound."""
    band = request.args.get("as")
    if band is None:
        return None
    if band not in BANDS_BY_NAME:
        raise NotFound
    return band_access(catalog.lessons.values(), BANDS_BY_NAME[band])
