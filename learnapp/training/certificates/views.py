"""Pages of certificates: one's own to print, the name on it, and the page on which anybody checks one."""

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts.limits.throttle import Limit, throttle_key
from learnapp.accounts.responses import answer_again, carry_out, client_network, current_throttle, form_page
from learnapp.accounts.submissions import Outcome
from learnapp.config.settings import current_settings
from learnapp.content.programs import Program
from learnapp.database.db import db
from learnapp.training import errors
from learnapp.training.certificates import service, store, wording
from learnapp.training.certificates.forms import CheckForm, ClaimForm
from learnapp.training.certificates.pdf import can_make_pdf, make_pdf
from learnapp.training.certificates.rules import certificate_for, is_claimable
from learnapp.training.certificates.values import IssuedCertificate, is_number
from learnapp.training.final.rules import last_pass
from learnapp.training.final.store import finals_of, finals_of_program
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound, register_error_page
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("certificates", __name__)
answer_again(bp)

CERTIFICATE = "/training/certificates/<certificate_id>"
LOOK_UPS = Limit("certificates", 60, 60)
PDFS = Limit("pdfs", 20, 600)  # each takes a second or two of the machine
PUBLIC = ("certificates.check", "certificates.verify")
UNLISTED = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@bp.route("/training/<program>/certificate", methods=["GET", "POST"])
@policy("member", once=True)
def claim(program: str) -> ResponseReturnValue:
    """Ask for the name on a certificate that was earned, and issue it; one that was issued already is shown."""
    found = program_or_404(program)
    passed = last_pass(finals_of_program(finals_of(db.session, current_user.id), found))
    issued = store.certificates_of_program(store.certificates_of(db.session, current_user.id), found)
    zone, now = current_settings().time_zone, clock.now()
    if passed is not None and (own := certificate_for(passed, issued)):
        return redirect(url_for("certificates.certificate", certificate_id=own.id), 303)
    if passed is None or not is_claimable(found, passed, issued, now, zone):
        raise errors.NothingToCertify(program)
    form = ClaimForm(name=issued[0].name_shown if issued else "")
    if form.validate_on_submit():
        safety, name = current_catalog().safety, str(form.name.data)
        number = service.issue_certificate(db.session, current_user.id, found, safety, zone, now, name=name)
        outcome = Outcome(url_for("certificates.certificate", certificate_id=number), status=303)
        return carry_out(outcome, current_user.id)
    return form_page("certificates/claim.html", form, program=found)


@bp.get(CERTIFICATE)
@policy("member", obj="certificate")
def certificate(certificate_id: str) -> ResponseReturnValue:
    """Show a certificate to its holder, to be printed and passed on."""
    found = store.find_certificate(db.session, current_user.id, certificate_id)
    return render_template("certificates/certificate.html", **shown_certificate(found))


@bp.get(f"{CERTIFICATE}/pdf")
@policy("member", obj="certificate")
def paper(certificate_id: str) -> ResponseReturnValue:
    """Send the holder their certificate as a PDF; there is none where Pango is missing."""
    found = store.find_certificate(db.session, current_user.id, certificate_id)
    if not can_make_pdf():
        raise NotFound
    current_throttle().count(PDFS, throttle_key("holder", str(current_user.id)))
    disposition = f'attachment; filename="certificate-{found.id}.pdf"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    html = render_template("certificates/paper.html", **shown_certificate(found))
    return Response(make_pdf(html), mimetype="application/pdf", headers=headers)


@bp.get("/verify")
@policy("everyone")
def check() -> ResponseReturnValue:
    """Ask for the number of a certificate, and lead to its page."""
    form = CheckForm(formdata=request.args or None)
    if request.args and form.validate():
        number = form.clean_number
        return redirect(url_for("certificates.verify", certificate_id=number if is_number(number) else "unknown"), 303)
    return make_response(render_template("certificates/check.html", form=form), 422 if form.errors else 200)


@bp.get("/verify/<certificate_id>")
@bp.get("/verify/<path:certificate_id>")
@policy("everyone")
def verify(certificate_id: str) -> ResponseReturnValue:
    """Say five things of a certificate to whoever has its number; of anything else that there is none."""
    current_throttle().count(LOOK_UPS, throttle_key("address", client_network()))
    found = store.certificate_by_id(db.session, certificate_id)
    details = wording.public_details(found, clock.now()) if found else ()
    return make_response(render_template("certificates/verify.html", details=details), 200 if found else 404)


def shown_certificate(found: IssuedCertificate) -> dict[str, object]:
    """Return what a certificate is shown with."""
    program = current_catalog().program_by_name(found.program)
    return {"certificate": found, "status": found.status(clock.now()), "program": program}


@bp.after_request
def keep_unlisted(response: Response) -> Response:
    """Have no list name a page that checks certificates, nobody keep it, and its address go nowhere, refused or not."""
    if request.endpoint in PUBLIC:
        response.headers.update(UNLISTED)
    return response


def program_or_404(slug: str) -> Program:
    """Return the program that has or had this name; raises NotFound."""
    found = current_catalog().program_by_name(slug)
    if found is None:
        raise NotFound
    return found


def init_app(app: Flask) -> None:
    """Give templates the words of certificates, and errors their pages."""
    add_template_functions(app, wording)
    app.jinja_env.globals["can_make_pdf"] = can_make_pdf
    register_error_page(errors.CertificateNotFound, 404)
    register_error_page(errors.NoPlaceLeft, 503)
    links = (("training.training", _l("Go to the training")),)
    text = _l("A certificate is issued for a final that was passed. The program’s page says what comes next.")
    register_error_page(errors.NothingToCertify, 409, _l("There is no certificate to issue yet"), text, links=links)
