"""Who may take up whose advice, and how readily: base rates by kind and seat, and what place does to them (E2-E5)."""

from __future__ import annotations

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import CLINICIAN, manages
from ccgsim.foundation.numbers import within_reach
from ccgsim.foundation.vocabulary import (
    ACUTE,
    GP,
    NATIONAL,
    PATIENT_GROUP,
    PCT_STAFF,
    POLICY_BODY,
    PROVIDER,
    TO_ACUTE,
    TO_BOARD,
    TO_COMMUNITY,
    TO_LOCAL_AUTHORITIES,
    TO_OTHER,
    TO_PCT,
    TO_PRACTICES,
    TO_REGIONAL,
)


@njit
def category_of(other):
    """Category of an actor as the other end of a board member's tie, the board itself included."""
    return TO_BOARD if other.board == 1 else other.category


@njit
def is_manager(me):
    """1 for board managers: the officers and the practice manager."""
    return 1 if manages(me) else 0


@njit
def is_clinician(me):
    """1 for clinicians on the board: GPs, nurses and the secondary-care doctor."""
    return 1 if me.board == 1 and (CLINICIAN[me.kind] or me.kind == PROVIDER) else 0


@njit
def rate_to_outside(member, category, p):
    """Base rate between a board member and an outside actor of a category; 0 where none is known.

    A clinician who holds an officer's post meets people as either does, whichever is more (E58).
    """
    manager, clinician = is_manager(member), is_clinician(member)
    if category == TO_OTHER:
        return p.board_patient
    if category == TO_PRACTICES:
        return p.clinician_practice * clinician
    if category == TO_PCT:
        return max(p.manager_pct * manager, p.clinician_pct * clinician)
    if category == TO_ACUTE:
        return max(p.manager_acute * manager, p.clinician_acute * clinician)
    if category == TO_COMMUNITY:
        return max(p.manager_community * manager, p.clinician_community * clinician)
    if category == TO_LOCAL_AUTHORITIES:
        return max(p.manager_local_authority * manager, p.clinician_local_authority * clinician)
    if category == TO_REGIONAL:
        return max(p.manager_regional * manager, p.clinician_regional * clinician)
    return 0.0


@njit
def rate_off_board(me, other, p):
    """Base rate between two actors without seats; 0 where none is known."""
    if me.kind == GP and other.kind == GP:
        return p.practice_practice
    if me.specialist == other.key or other.specialist == me.key:
        return p.gp_specialist
    staff = (1 if me.kind == PCT_STAFF else 0) + (1 if other.kind == PCT_STAFF else 0)
    if staff == 2:
        return p.pct_pct
    if staff == 1 and (me.kind == PROVIDER or other.kind == PROVIDER):
        return p.pct_provider
    if me.kind == PROVIDER and other.kind == PROVIDER:
        return p.provider_provider
    return 0.0


@njit
def base_rate(me, other, p):
    """Monthly rate of a tie between two actors before place, activity and flow balance; the same both ways."""
    if me.board == 1 and other.board == 1:
        return p.board_board
    if me.board == 1 or other.board == 1:
        member, outside = (me, other) if me.board == 1 else (other, me)
        rate = rate_to_outside(member, outside.category, p)
        if outside.kind == PROVIDER and outside.sector != ACUTE and outside.category == TO_OTHER:
            rate = p.board_voluntary
        if outside.kind == POLICY_BODY and outside.tier == NATIONAL:
            rate = 0.0
        return rate
    return rate_off_board(me, other, p)


@njit
def highest_rate(p):
    """The highest of all base rates."""
    seated = max(p.board_board, p.board_patient, p.board_voluntary, p.manager_pct, p.clinician_pct)
    care = max(p.clinician_practice, p.manager_acute, p.clinician_acute, p.manager_community, p.clinician_community)
    public = max(p.manager_local_authority, p.clinician_local_authority, p.manager_regional, p.clinician_regional)
    trade = max(p.practice_practice, p.gp_specialist, p.pct_pct, p.pct_provider, p.provider_provider)
    return max(seated, care, public, trade)


@njit
def highest_place(here):
    """The highest that `place_factor` can be in a CCG."""
    return max(1.0, 0.75 + 0.5 * here.colocation, 0.3 + 3.0 * here.structure)


@njit
def local_reach(me, localities, span):
    """Contact inside an actor's locality, at most 1: less in a large one; 1 outside any."""
    return within_reach(localities[me.locality].practices, span) if me.locality >= 0 else 1.0


@njit
def place_factor(me, other, here, reach, p):
    """Contact across localities, former groups and buildings against contact within (E1, E4, E11, E14, E16)."""
    if me.board == 1 and other.board == 1:
        apart = me.legacy >= 0 and other.legacy >= 0 and me.legacy != other.legacy
        return p.across_legacy_board if apart else 1.0
    if me.kind == GP and other.kind == GP:
        if me.locality == other.locality:
            return reach
        apart = me.legacy >= 0 and other.legacy >= 0 and me.legacy != other.legacy
        return p.across_localities * (1.0 - p.silo if apart else 1.0)
    seated = me.board == 1 or other.board == 1
    if seated and (me.category == TO_PCT or other.category == TO_PCT):
        return 0.75 + 0.5 * here.colocation
    if seated and (me.kind == PATIENT_GROUP or other.kind == PATIENT_GROUP):
        return 0.3 + 3.0 * here.structure
    return 1.0
