"""The milestones a second time, without cleverness: which keys stand on a day, and which of them are done.

Shares no code with leaving_care.rules but the shapes of the facts. Knows no 29 February.
"""

from datetime import date, timedelta

from tests.leaving_care.naive import Calendar, first_day_as_eligible, months_after

OWED = ("relevant", "former_relevant", "qualifying")


def months_before(day: date, months: int) -> date:
    return months_after(date(day.year - months // 12 - 1, day.month, day.day), 12 - months % 12)


class Standing(Calendar):
    """One young person's milestones on one day: key to whether it is done."""

    def __init__(self, known, recorded, on: date):
        super().__init__(known, on)
        self.done = recorded
        self.found: dict[str, bool] = {}
        self.says = self.status()

    def keys(self) -> dict[str, bool]:
        if self.is_over() or self.says == "another_authority":
            return {}
        self.doubt()
        self.on_the_way()
        self.once_eligible()
        self.relevant_without_plan()
        self.reviews()
        self.eighteen()
        self.contacts()
        self.offers()
        self.twenty_five()
        self.telling()
        self.homes()
        return self.found

    def doubt(self) -> None:
        if self.says == "cannot_tell":
            self.found[f"settle_count:{self.last_stay(self.on).period.end_on}"] = False

    def first_eligible(self) -> date | None:
        """The first day as an eligible child if care goes on as it is recorded."""
        return first_day_as_eligible(*self.life)

    def on_the_way(self) -> None:
        on, eligible = self.on, self.first_eligible()
        if not self.is_in_care(on) and not (eligible and eligible <= on):
            return
        begins = months_before(self.at[16], 6)
        if on >= begins and any(stay.period.start_on < self.at[16] for stay in self.known.stays):
            self.found["plan_ahead_16"] = any(day >= begins for day in self.done.planned_on)
        if eligible and on >= months_before(eligible, 3):
            self.found["thirteen_weeks_watch"] = eligible <= on

    def once_eligible(self) -> None:
        eligible = self.first_eligible()
        if eligible and eligible <= self.on:
            self.found["personal_adviser"] = self.done.adviser_since is not None
            self.found["needs_assessment"] = self.done.assessed_on is not None
            self.found["pathway_plan"] = self.done.plan_made_on is not None

    def relevant_since(self) -> date | None:
        """The day on which the present run as a relevant child began, asked about on the eve of 18 at the latest."""
        day = min(self.on, self.at[18] - timedelta(1))
        if not self.is_relevant(day):
            return None
        stay = self.last_stay(day)
        left_on = stay.period.end_on
        was_eligible = left_on > self.at[16] and self.is_good_night(left_on - timedelta(1))
        if not (was_eligible and self.nights_before(left_on) >= 91):
            return self.at[16]
        broke_down = [
            home.span.end_on
            for home in self.known.at_home
            if home.is_settled
            and home.span.end_on
            and left_on <= home.span.start_on <= day
            and months_after(home.span.start_on, 6) <= min(home.span.end_on, day)
        ]
        return max(broke_down, default=left_on)

    def relevant_without_plan(self) -> None:
        since = self.relevant_since()
        plan = self.done.plan_made_on
        if since is None or (plan and plan <= since) or since > self.on:
            return
        eligible = self.first_eligible()
        if not (eligible and eligible <= self.on):
            self.found["personal_adviser"] = self.done.adviser_since is not None
            self.found["pathway_plan"] = plan is not None
        assessed = self.done.assessed_on
        self.found[f"relevant_assessment:{since}"] = bool(assessed and assessed >= since)

    def support_runs(self) -> bool:
        until = self.known.education_until
        asked = any(
            one.start_on <= self.on and (one.end_on is None or self.on < one.end_on)
            for one in self.known.support_asked_for
        )
        return asked or (until is not None and self.on < until)

    def runs(self) -> bool:
        return self.says in ("eligible", "relevant") or (
            self.says == "former_relevant" and (self.on < self.at[21] or self.support_runs())
        )

    def reviews(self) -> None:
        runs = self.runs()
        for asked in self.done.review_asked_on:
            held = any(day >= asked for day in self.done.reviewed_on)
            if asked <= self.on and (held or runs):
                self.found[f"pathway_review_asked:{asked}"] = held
        plan = self.done.plan_made_on
        if plan is None:
            return
        days = [plan, *sorted({day for day in self.done.reviewed_on if day > plan})]
        for number, day in enumerate(days):
            is_done = number + 1 < len(days)
            if day <= self.on and (is_done or runs):
                self.found[f"pathway_review:{day}"] = is_done

    def eighteen(self) -> None:
        begins = months_before(self.at[18], 3)
        if self.on < begins or self.says not in ("eligible", "relevant", "former_relevant"):
            return
        self.found["plan_ahead_18"] = any(day >= begins for day in self.done.planned_on)

        def lives(home, day):
            return home.from_on <= day and (home.until_on is None or day < home.until_on)

        days = (
            begins + timedelta(days=n) for n in range((min(self.on + timedelta(days=1), self.at[18]) - begins).days)
        )
        if any(home.is_foster_home and lives(home, day) for day in days for home in self.done.homes):
            self.found["staying_put"] = self.done.staying_put_decided_on is not None
        if self.on >= self.at[18]:
            at_18 = [home for home in self.done.homes if lives(home, self.at[18])]
            unsaid = ("not_known", "looked_after", *(["s23B"] if at_18 and at_18[0].from_on < self.at[18] else []))
            known = bool(at_18) and at_18[0].power.value not in unsaid
            self.found["who_provides_at_18"] = known

    def left_care_on(self) -> date:
        stay = self.last_stay(self.on)
        return min(stay.period.end_on or date.max, self.at[18]) if stay else self.at[18]

    def contacts(self) -> None:
        if self.says not in OWED:
            return
        for age in (17, 18, 19, 20, 21):
            birthday = date(self.known.date_of_birth.year + age, *self.known.date_of_birth.timetuple()[1:3])
            if months_before(birthday, 3) <= self.on and birthday >= self.left_care_on():
                self.found[f"return_contact:{age}"] = age in dict(self.done.contacts)

    def offers(self) -> None:
        if self.says != "former_relevant" or self.on < self.at[21]:
            return
        made = sorted({day for day in self.done.offers if day >= self.at[21]})
        if made or not self.support_runs():
            self.found["offer:21"] = bool(made)
        for number, day in enumerate(made):
            is_done = number + 1 < len(made)
            if day <= self.on and (is_done or not self.support_runs()):
                self.found[f"offer:{day}"] = is_done

    def twenty_five(self) -> None:
        begins = months_before(self.at[25], 3)
        if self.says == "former_relevant" and self.on >= begins and self.support_runs():
            self.found["plan_ahead_25"] = any(day >= begins for day in self.done.planned_on)

    def telling(self) -> None:
        if self.says not in OWED:
            return
        begins = self.left_care_on()
        homes = sorted((home for home in self.done.homes if home.from_on <= self.on), key=lambda home: home.from_on)
        for before, home in zip([None, *homes], homes, strict=False):
            if not home.area or (home.until_on and home.until_on <= begins):
                continue
            told = self.done.told
            moved_on = before and before.area and before.area != home.area and not before.is_in_our_area
            if moved_on and home.from_on >= begins:
                self.found[f"tell_left:{before.area}:{home.from_on}"] = any(
                    one.has_left and one.area == before.area and one.on >= home.from_on for one in told
                )
            goes_on = before and before.area == home.area and before.until_on == home.from_on
            if home.is_in_our_area or (goes_on and home.from_on > begins):
                continue
            since = max(home.from_on, begins)
            self.found[f"tell_authority:{home.area}:{since}"] = any(
                not one.has_left and one.area == home.area and one.on >= since for one in told
            )

    def homes(self) -> None:
        if self.says not in OWED:
            return
        for home in self.done.homes:
            if home.from_on > self.on or home.power.value == "looked_after":
                continue
            over = home.until_on is not None and home.until_on <= self.on
            said = home.power.value != "not_known"
            if home.from_on != self.at[18] and (said or not over):
                self.found[f"who_provides:{home.from_on}"] = said
            if home.power.value not in ("s23B", "s24B"):
                continue
            until = home.until_on or date.max
            visits = sorted({day for day in self.done.visited_on if home.from_on <= day < until})
            reviewed = any(day > home.from_on for day in self.done.reviewed_on)
            if visits or not over:
                self.found[f"home_visit:{home.key}:first"] = bool(visits)
            if reviewed or not over:
                self.found[f"home_review:{home.key}"] = reviewed
            for number, day in enumerate(visits):
                is_done = number + 1 < len(visits)
                if day <= self.on and (is_done or not over):
                    self.found[f"home_visit:{home.key}:{day}"] = is_done
