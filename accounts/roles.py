"""Which roles are there? A closed list (decisions, section 1), in the field's words."""

from django.db import models


class Role(models.TextChoices):
    """What a person, or a system, is to an authority."""

    SOCIAL_WORKER = "social_worker", "Social worker"
    PLACEMENT_OFFICER = "placement_officer", "Placements officer"
    SUPERVISOR = "supervisor", "Social work supervisor"
    NOMINATED_OFFICER = "nominated_officer", "Nominated officer"
    DIRECTOR = "director", "Director of children's services"
    DUTY_DESK = "duty_desk", "Duty desk, out of hours"
    HOST_OFFICER = "host_officer", "Notifications officer"
    HOTSPOT_ANALYST = "hotspot_analyst", "Exploitation analyst"
    LEAVING_CARE_ADVISER = "leaving_care_adviser", "Personal adviser"
    INDEPENDENT_REVIEWING_OFFICER = "independent_reviewing_officer", "Independent reviewing officer"
    MANAGER = "manager", "Manager"
    DATA_PROTECTION_OFFICER = "data_protection_officer", "Data protection officer"
    ADMINISTRATOR = "administrator", "Administrator"
    AUDITOR = "auditor", "Auditor"
    INSPECTOR = "inspector", "Inspector"
    SYSTEM = "system", "A system of the authority"
