"""Pages at the end of a module and of the course: what one can say now, and a statement to print."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from learnapp.learning.attempts.results_views import settled_course_or_404, settled_module_or_404
from learnapp.learning.endings.recap import recaps, statement
from learnapp.learning.lessons.views import redirect_renamed
from learnapp.learning.review.pages import current_queue
from learnapp.web.policy import policy

bp = Blueprint("endings", __name__)
bp.before_request(redirect_renamed)


@bp.get("/modules/<module>/recap")
@policy("everyone")
def module_end(module: str) -> ResponseReturnValue:
    """Show what the reader can say now, of the lessons of a module that they have done, and what comes next."""
    course, own = settled_module_or_404(module)
    after = iter(course.modules[course.modules.index(own) + 1 :])
    about = {"course": course, "progress": own, "recaps": recaps(own.lessons)}
    return render_template("endings/module_end.html", **about, next_module=next(after, None), queue=current_queue())


@bp.get("/courses/<course>/end")
@policy("everyone")
def course_end(course: str) -> ResponseReturnValue:
    """Show what the reader can do now, and a statement of what was completed, or how much is left."""
    progress = settled_course_or_404(course)
    return render_template("endings/course_end.html", progress=progress, statement=statement(progress))
