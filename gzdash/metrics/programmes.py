"""Which numbers a leader asks of each programme; a programme that is not named here shows its activities."""

from __future__ import annotations

_ACTIVITY = ("activities",)
_AID = ("aid_money", "aid_goods", "aid_projects", "beneficiaries")

PROGRAMME_METRICS: dict[str, tuple[str, ...]] = {
    "honglian-juneng": ("activities", "firms_reached"),
    "visits": ("organizations_visited", "needs_raised", "needs_resolution_rate", "days_to_resolve"),
    "finance-matchmaking": (
        "matchmaking_events",
        "financing_applied",
        "credit_line",
        "loan_disbursed",
        "small_firm_share",
    ),
    "finance-base": _ACTIVITY,
    "six-plus-x": ("platform_activities",),
    "baicheng": ("organizations_posting", "jobs_posted", "graduates_hired"),
    "honglian-zhida": (
        "jobs_posted",
        "graduates_hired",
        "fill_rate",
        "employment_events",
        "member_units_mobilised",
        "member_jobs_posted",
    ),
    "win-in-guangzhou": _ACTIVITY,
    "jd-training-base": ("trainees", "training_employed"),
    "seven-actions": _AID,
    "bqw-project": ("counties_in_aid", "aid_projects"),
    "team-aid": ("organizations_in_aid", "aid_projects", "project_completion_rate"),
    "yao-medical": ("free_clinics", "aid_goods", "beneficiaries"),
    "yao-schooling": _AID,
    "vitamin-c-supper": _AID,
    "hardship-scholarship": ("aid_money", "beneficiaries"),
    "measures-2023": ("coverage", "graded_share"),
}

# Facts do not carry these programmes, so their figures are the whole city's, and are marked so.
WITHOUT_PROGRAMME = frozenset({"six-plus-x", "bqw-project", "team-aid"})
