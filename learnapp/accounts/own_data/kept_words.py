"""Words for all that is stored, table by table: what the privacy page says of each column.

A column without words here fails a test: whoever stores something new says so.
"""

from flask_babel import lazy_gettext as _l

from learnapp.accounts.own_data.kept import TableWords

YOU, LEARNING, CLASSES, SAFETY = "you", "learning", "classes", "safety"

WORDS: dict[str, TableWords] = {
    "users": TableWords(YOU, _l("You"), {
        "name name_key look_key": _l("the user name that you choose, also in the forms by which names that look"
                                     " alike are told apart"),
        "email email_key email_confirmed_at": _l("an e-mail address, only if you give one, and when it was confirmed"),
        "password_hash": _l("your password, as a fingerprint from which nobody can read it"),
        "role": _l("whether you are a guest, a learner, a teacher or staff"),
        "theme contrast language time_zone neutral_titles": _l("how pages shall look, in which language and time zone,"
                                                               " and whether their titles are neutral"),
        "band group_band": _l("the age group that you or your class has told; never a date of birth"),
        "managed_by secret_expires_at": _l("the class that made your account, and until when a password that was handed"
                                           " out works"),
        "failed_in_a_row": _l("how many sign-ins in a row have failed"),
        "created_at seen_at": _l("when you came first, and last"),
    }),
    "login_sessions": TableWords(YOU, _l("Where you are signed in"), {
        "token_hash": _l("a fingerprint of what your browser shows to be known again"),
        "created_at seen_at": _l("when you signed in there, and were last there"),
        "browser system": _l("the kind of browser and device, such as Firefox and Android; no version"),
    }),
    "password_resets": TableWords(YOU, _l("Links to choose a new password"), {
        "token_hash created_at expires_at used_at": _l("a fingerprint of the link, and when it was made, ends and was"
                                                       " used"),
    }),
    "email_confirmations": TableWords(YOU, _l("Links to confirm an e-mail address"), {
        "token_hash email_key expires_at": _l("a fingerprint of the link, the address it went to, and when it ends"),
    }),
    "progress": TableWords(LEARNING, _l("How far you are in each lesson"), {
        "lesson place place_at": _l("the paragraph that you reached, and when"),
        "route": _l("which way you chose to read, such as the short version; nobody else is told"),
        "read_at passed_at completed_at": _l("when you had read it, passed its quiz, and done both"),
        "best_points best_max": _l("your best result"),
    }),
    "attempts": TableWords(LEARNING, _l("Each time that you take a quiz"), {
        "lesson kind state deferred revision": _l("which quiz, in which version, and whether it is open, handed in or"
                                                  " finished"),
        "item_ids seed seq last_save current_item": _l("which questions you get in which order, where you are, and a"
                                                       " count of what was saved"),
        "started_at saved_at finished_at": _l("when you began, saved last and finished"),
        "points max_points passed": _l("what came of it"),
    }),
    "responses": TableWords(LEARNING, _l("Your answers to questions"), {
        "item_id response": _l("the question and your answer"),
        "flagged certainty tries hints": _l("whether you flagged it, how sure you were, how many tries and hints you"
                                            " took"),
        "points checked submitted_at saved_at": _l("its mark, and when it was saved and submitted"),
    }),
    "pretest_answers": TableWords(LEARNING, _l("Your answers in a look ahead at a module"), {
        "question known answered_at": _l("a digest of the question, whether you knew it, and when"),
    }),
    "own_words": TableWords(LEARNING, _l("What you write down for yourself in lessons"), {
        "lesson kind name": _l("in which lesson, and whether it is a guess or your judgment"),
        "words saved_at": _l("your words, and when you kept them; nobody else is ever shown them"),
    }),
    "review_cards": TableWords(LEARNING, _l("Questions that come back to you"), {
        "lesson item_id times": _l("the question, and how often it came"),
        "stability difficulty reviewed_on due_on": _l("how firmly you seem to know it, when it came last and comes"
                                                      " again"),
        "seq hints draft saved_at": _l("what you have typed and not sent yet"),
    }),
    "reviews": TableWords(LEARNING, _l("Your answers to questions that came back"), {
        "number origin reviewed_on reviewed_at": _l("when, and whether it came from a quiz or from review"),
        "response rating points hints certainty revision": _l("your answer, what came of it, and which version of the"
                                                              " question it was"),
    }),
    "review_aims": TableWords(LEARNING, _l("A day to aim at"), {
        "aim_on": _l("the day by which you want to know it"),
    }),
    "quiz_revisions": TableWords(LEARNING, _l("Quizzes as they stood"), {
        "hash lesson body created_at": _l("the questions of each version that somebody has answered; nothing of a"
                                          " person"),
    }),
    "certificates": TableWords(LEARNING, _l("Certificates of programs that you passed"), {
        "id program program_title content_version": _l("its number, and for which program, in which version of the"
                                                       " course"),
        "statements": _l("what it says of the program: what one can do then, and the safety points"),
        "name_shown subject": _l("the name that you chose for it, and a random name for its signed file"),
        "issued_at valid_until zone renewed_at": _l("when it was issued, until when it is valid, and when a newer one"
                                                    " took its place"),
        "revoked_at revoke_reason": _l("when it was withdrawn, and why; only you are told the reason"),
    }),
    "acknowledgements": TableWords(LEARNING, _l("Changes to a program that you have read"), {
        "program update acknowledged_at": _l("which change, and when"),
    }),
    "practice_runs": TableWords(LEARNING, _l("Conversations that you practice"), {
        "conversation": _l("which conversation"),
        "path": _l("what you said in it; nobody else is ever told"),
        "anticipated note": _l("what you write down beside it, for you alone"),
        "changed_at done_at": _l("when you last changed it, and when you had reached an end"),
    }),
    "credential_statuses": TableWords(LEARNING, _l("Whether signed certificates are still valid"), {
        "place": _l("a random place in a public list of yes and no; it tells nothing of a person"),
    }),
    "groups": TableWords(CLASSES, _l("Classes and teams"), {
        "kind name zone band seats takes_help_requests pseudonymous version": _l("its name and settings"),
        "created_at archived_at ends_at": _l("when it was made and archived, and ends"),
    }),
    "memberships": TableWords(CLASSES, _l("Who is in a class"), {
        "role joined_at": _l("whether you lead or learn there, and since when"),
        "full_name list_key": _l("the name by which your teacher’s list has you, where the class keeps names, and a"
                                 " fingerprint of your row there"),
        "standing_days": _l("days more that you always have"),
        "help_asked_at help_handled_at": _l("when you asked for help, and were helped"),
    }),
    "invitations": TableWords(CLASSES, _l("Invitations to a class"), {
        "role full_name list_key in_place_of invited_at": _l("to what, by which name, in whose place, and when"),
    }),
    "group_codes": TableWords(CLASSES, _l("Codes to join a class"), {
        "purpose code created_at expires_at": _l("the code, and when it was made and ends"),
    }),
    "assignments": TableWords(CLASSES, _l("What a class is asked for"), {
        "target_kind target state for_all tries feedback release version": _l("which lessons, of whom, how often and"
                                                                              " with results when"),
        "opens due due_all_day closes created_at published_at": _l("its dates"),
    }),
    "assignment_members": TableWords(CLASSES, _l("Of whom it is asked, where it is not asked of all")),
    "extensions": TableWords(CLASSES, _l("What differs for one student"), {
        "opens due closes extra_tries excused": _l("other dates, more tries, or that nothing is asked"),
        "reason changed_at": _l("one reason out of a short list, never a text, and when it was given"),
    }),
    "events": TableWords(CLASSES, _l("Events of a team"), {
        "program title day starts zone place places for_all version": _l("what, when and where it is, what volunteers"
                                                                         " need for it, and how many are wanted"),
        "created_at closed_at": _l("when it was made and closed"),
    }),
    "event_volunteers": TableWords(CLASSES, _l("Who is expected at an event"), {
        "expected": _l("that you are expected"),
        "partnered_at partnered_by": _l("that you come with an experienced partner, who noted that, and when"),
        "name ready": _l("once it is closed, the name you had in the team, and whether you were ready"),
    }),
    "roster_imports": TableWords(CLASSES, _l("A school’s list that a teacher brings"), {
        "listed added": _l("names, user names and addresses of the list, and which accounts it made"),
        "read_at applied_at": _l("when it was brought and carried out"),
    }),
    "looks": TableWords(CLASSES, _l("Which teacher looked at your page, shown to you"), {
        "day kind times": _l("the day, and whether it was a look or new login cards"),
    }),
    "teacher_invitations": TableWords(SAFETY, _l("Links that make a teacher’s account"), {
        "token_hash expires_at used_at": _l("a fingerprint of the link, and when it ends and was used"),
    }),
    "counted_tries": TableWords(SAFETY, _l("Tries that are counted, so that nobody guesses passwords"), {
        "key name open_until at": _l("a fingerprint of what was tried and from where, and when"),
    }),
    "form_submissions": TableWords(SAFETY, _l("Forms that were sent, so that sending twice does no harm"), {
        "digest outcome sealed_token created_at": _l("a fingerprint of the form, what it led to, and when"),
    }),
    "secret_fingerprints": TableWords(SAFETY, _l("The secret of this site"), {
        "present coming": _l("a fingerprint of it; nothing of a person"),
    }),
}  # fmt: skip
