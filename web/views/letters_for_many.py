"""How are the letters of many children asked for, and how far are they? A worker makes them; the page says how many."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from placements.letters import jobs, offered
from placements.letters.check import About
from placements.models import LetterJob
from web.access import operation, own, showing
from web.forms.letter import ManyForm
from web.presenters import letter as presented
from web.views.answers import back_to, page, paged, sent_in

LATEST_JOBS = 5


@operation("letters.prepare_many", methods=("GET", "POST"))
def many(request: HttpRequest) -> HttpResponse:
    """The letters of many children, asked for as one job."""
    asked = request.GET.get("about", "")
    about = About(asked) if asked in About.values else About.PLACEMENT
    waiting = own(request, offered.waiting(about))
    found = paged(request, waiting)
    showing("letters.prepare_many", "placement", [one.id for one in found])
    choices = [(str(one.id), f"{one.child.reference}, {one.child.name}") for one in found]
    form = ManyForm(choices, sent_in(request), everybody=found.paginator.count)
    if request.method == "POST" and form.is_valid():
        ticked = [UUID(one) for one in form.cleaned_data["placements"]]
        wanted = [one.id for one in waiting] if form.cleaned_data.get("everybody") else ticked
        job = form.carry_out(jobs.ask, placement_ids=wanted, about=about, by=request.actor, at=now())
        if job:
            return redirect("letter_batch", batch=job.id)
    latest = list(own(request, jobs.jobs(request.actor.authority_id))[:LATEST_JOBS])
    return page(
        request,
        "many_letters",
        title="Letters to be written",
        form=form,
        found=found,
        latest=presented.jobs(latest) if latest else None,
        abouts=[(label, f"?about={value}", value == about) for value, label in About.choices],
    )


@operation("letters.prepare_many", methods=("POST",))
def print_again(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Let the file for the printer be made again."""
    jobs.print_anew(job_id=batch, by=request.actor, at=now())
    messages.success(request, "The file for the printer is being made again.")
    return redirect("letter_batch", batch=batch)


def being_made(request: HttpRequest, job: LetterJob) -> HttpResponse:
    """How far a job is, and for whom no letter was made."""
    progress = jobs.progress(job)
    showing("letters.mark", "letter_job", [job.id], fields="letters_of_many")
    return page(
        request,
        "letters_being_made",
        title="Letters are being made" if job.made_at is None else "No letter was made",
        back=back_to("Letters to be written", "many_letters"),
        job=job,
        progress=progress,
        not_made=presented.not_made(progress.refused),
    )


def own_job(request: HttpRequest, batch: UUID) -> LetterJob | None:
    """The job of which a batch came; None where the letters of one child were made on its own page."""
    return own(request, LetterJob.objects.filter(id=batch)).first()
