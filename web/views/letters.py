"""How are letters to the people of reg. 13(2) checked, made, taken and marked?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from db.clock import now, today
from placements.letters import check, given, jobs, offered, prepare, printing
from placements.letters.check import About
from placements.models import Letter
from web.access import operation, own, showing
from web.forms.letter import CorrectionForm, FactForm, PrepareForm
from web.presenters import letter as presented
from web.presenters.navigation import may
from web.views.answers import back_to, page, sent_in
from web.views.correspondents import own_correspondent
from web.views.letters_for_many import being_made, own_job
from web.views.placements import own_placement

PDF, ZIP = "application/pdf", "application/zip"
SUBJECT = "letter"


@operation("letters.read")
def letters(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """The list with what was done for each line, and every letter that was made."""
    found, about = own_placement(request, placement_id), _about(request)
    lines = check.lines(found, about, on=today())
    made = list(own(request, _listed().filter(placement=found)))
    showing("letters.read", SUBJECT, [one.id for one in made])
    role = request.actor.role
    return page(
        request,
        "letters",
        title="Letters",
        back=back_to("The placement", "placement", placement_id=found.id),
        placement=found,
        about=about,
        abouts=_abouts(found.id, about),
        owed=presented.owed(offered.duty(found, about)),
        still_to_do=presented.still_to_do(
            check.still_to_do(found, lines, about, on=today()),
            check.unanswered(found, lines, on=today()) if may(role, "letters.list") else (),
            found.id,
        ),
        lines=presented.lines(
            lines,
            about,
            may_list=may(role, "letters.list"),
            may_prepare=may(role, "letters.prepare"),
            may_decide=may(role, "withholdings.decide"),
        ),
        letters=presented.letters(made, may_correct=may(role, "letters.prepare")),
    )


@operation("letters.prepare", methods=("GET", "POST"))
def prepare_letters(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """The one check page: every recipient, whether the address is shown, who is withheld and on whose decision."""
    found, about = own_placement(request, placement_id), _about(request)
    lines = check.lines(found, about, on=today())
    choices = presented.choices(lines)
    form = PrepareForm(choices, sent_in(request), initial={"correspondents": [value for value, _ in choices]})
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(
            prepare.prepare,
            placement_id=found.id,
            about=about,
            correspondent_ids=[UUID(one) for one in form.cleaned_data["correspondents"]],
            by=request.actor,
            at=now(),
        )
        if made:
            messages.success(request, presented.kept(len(made)))
            return redirect("letter_batch", batch=made[0].batch)
    return page(
        request,
        "prepare_letters",
        title="Prepare letters",
        back=back_to("Letters", "letters", placement_id=found.id),
        form=form,
        owed=presented.owed(offered.duty(found, about)),
        lines=presented.lines(
            lines, about, may_list=True, may_prepare=True, may_decide=may(request.actor.role, "withholdings.decide")
        ),
    )


@operation("letters.prepare")
def preview(request: HttpRequest, correspondent_id: UUID) -> HttpResponse:
    """The letter as it would be made now; nothing is kept of it."""
    found = own_correspondent(request, correspondent_id)
    content = prepare.preview(
        placement=own_placement(request, found.placement_id),
        about=_about(request),
        correspondent_id=found.id,
        by=request.actor,
        on=today(),
    )
    showing("letters.prepare", "correspondent", [found.id])
    return HttpResponse(content, content_type=PDF, headers={"Content-Disposition": 'inline; filename="preview.pdf"'})


@operation("letters.take")
def file(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The exact copy of one letter."""
    found = own(request, Letter.objects.filter(id=letter_id)).get()
    showing("letters.take", SUBJECT, [found.id])
    name = f'inline; filename="{found.reference}.pdf"'
    return HttpResponse(bytes(found.content), content_type=PDF, headers={"Content-Disposition": name})


@operation("letters.prepare", methods=("GET", "POST"))
def correct(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    found = own(request, Letter.objects.defer("content", "html").filter(id=letter_id)).get()
    form = CorrectionForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["correction"]
        made = form.carry_out(prepare.correct, letter_id=found.id, correction=words, by=request.actor, at=now())
        if made:
            messages.success(request, f"{made.reference} takes the place of {found.reference}.")
            return redirect("letter_batch", batch=made.batch)
    back = back_to("Letters", "letters", placement_id=found.placement_id)
    return page(request, "form", title=f"Correct letter {found.reference}", form=form, back=back)


@operation("letters.mark", methods=("GET", "POST"))
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The letters that were made at once: to be printed, sent, and marked."""
    job = own_job(request, batch)
    if job is not None and (job.made_at is None or not _rows_of_batch(request, batch).exists()):
        return being_made(request, job)
    made = _of_batch(request, batch)
    going = offered.to_go_out(made)
    showing("letters.mark", SUBJECT, [one.id for one in made])
    waiting = [one for one in going if check.given(one) is None]
    form = FactForm(presented.of_batch(made), presented.together(waiting), sent_in(request), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        of_a_way = (one for one in waiting if one.correspondent.channel in said.get("together", ()))
        done = form.carry_out(
            given.mark,
            letter_ids={*map(UUID, said["letters"]), *(one.id for one in of_a_way if not _is(one, said["fact"]))},
            fact=said["fact"],
            on=said["on"],
            done_by=said["done_by"],
            by=request.actor,
            at=now(),
        )
        if done:
            messages.success(request, presented.recorded(len(done)))
            return redirect("letter_batch", batch=batch)
    return page(
        request,
        "letter_batch",
        title="Letters made together",
        back=back_to("Letters to be written", "many_letters"),
        form=form,
        batch=batch,
        job=job,
        is_printed=job is None or jobs.is_printed(job, going, at=now()),
        not_made=presented.not_made(jobs.progress(job).refused) if job else None,
        on_paper=bool(offered.on_paper(going)),
        by_email=any(one.correspondent.channel not in offered.ON_PAPER for one in going),
        held_back=[one.reference for one in made if one not in going],
        letters=presented.letters(made, may_correct=may(request.actor.role, "letters.prepare"), is_batch=True),
    )


@operation("letters.take")
def print_job(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The letters that go on paper as one job, in the order of their envelopes."""
    going = offered.on_paper(_going_out(request, batch))
    if not going:
        raise Letter.DoesNotExist
    showing("letters.take", SUBJECT, [one.id for one in going])
    job = own_job(request, batch)
    content = jobs.printed(job, going, at=now()) if job else printing.job([one.html for one in going])
    return HttpResponse(content, content_type=PDF, headers={"Content-Disposition": 'inline; filename="letters.pdf"'})


@operation("letters.take")
def files(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The letters of a batch as files to attach, each named by its reference."""
    made = [one for one in _going_out(request, batch) if one.correspondent.channel not in offered.ON_PAPER]
    if not made:
        raise Letter.DoesNotExist
    showing("letters.take", SUBJECT, [one.id for one in made])
    packed = printing.files(
        [(one.reference, one.correspondent.name, one.correspondent.email, bytes(one.content)) for one in made]
    )
    return HttpResponse(packed, content_type=ZIP, headers={"Content-Disposition": 'attachment; filename="letters.zip"'})


def _is(letter: Letter, fact: str) -> bool:
    return any(one.fact == fact for one in letter.facts.all())


def _listed():
    rows = Letter.objects.defer("content", "html").select_related("correspondent").prefetch_related("facts")
    return rows.order_by("composed_at", "id")


def _of_batch(request: HttpRequest, batch: UUID) -> list[Letter]:
    found = offered.in_order(_rows_of_batch(request, batch).defer("content", "html").prefetch_related("facts"))
    if not found:
        raise Letter.DoesNotExist
    return found


def _going_out(request: HttpRequest, batch: UUID) -> list[Letter]:
    return offered.to_go_out(_rows_of_batch(request, batch))


def _rows_of_batch(request: HttpRequest, batch: UUID):
    return own(request, offered.of_batch(batch))


def _about(request: HttpRequest) -> About:
    asked = request.GET.get("about", "")
    return About(asked) if asked in About.values else About.PLACEMENT


def _abouts(placement_id: UUID, about: About) -> list[tuple[str, str, bool]]:
    where = reverse("letters", args=[placement_id])
    return [(label, f"{where}?about={value}", value == about) for value, label in About.choices]
