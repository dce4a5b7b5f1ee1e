"""Words that tables store as numbers: kinds, roles, sectors, domains. A word's number is its index in its list."""

from __future__ import annotations

KINDS = ("GP", "PCTStaff", "Provider", "PatientGroup", "PolicyBody", "Nurse")
GP, PCT_STAFF, PROVIDER, PATIENT_GROUP, POLICY_BODY, NURSE = range(len(KINDS))  # described in kinds.py

ROLES = (
    "none",
    "chair",
    "accountable officer",
    "finance officer",
    "GP member",
    "locality lead",
    "practice manager",
    "nurse",
    "secondary-care doctor",
    "lay member",
)
(
    NO_ROLE,
    CHAIR,
    ACCOUNTABLE_OFFICER,
    FINANCE_OFFICER,
    GP_MEMBER,
    LOCALITY_LEAD,
    PRACTICE_MANAGER,
    NURSE_SEAT,
    SECONDARY_CARE_DOCTOR,
    LAY_MEMBER,
) = range(10)

SECTORS = ("none", "acute", "community", "mental health", "ambulance", "voluntary")
NO_SECTOR, ACUTE, COMMUNITY, MENTAL_HEALTH, AMBULANCE, VOLUNTARY = range(6)

TIERS = ("none", "national", "regional", "local authority")
NO_TIER, NATIONAL, REGIONAL, LOCAL_AUTHORITY = range(4)

EMPLOYERS = ("own", "PCT", "CCG", "practice", "another body")
OWN, PCT, CCG, PRACTICE, OTHER_BODY = range(5)

# Category of the other end of a board member's tie, in the order of table 4 of Zachariadis et al. 2013.
CATEGORIES = ("practices", "pct", "acute", "regional", "community", "local_authorities", "other", "board")
TO_PRACTICES, TO_PCT, TO_ACUTE, TO_REGIONAL, TO_COMMUNITY, TO_LOCAL_AUTHORITIES, TO_OTHER, TO_BOARD = range(8)

DOMAINS = (
    "primary care",
    "commissioning and contracting",
    "hospital pathways and costs",
    "community services",
    "social care and public health",
    "policy and guidance",
    "patient experience",
    "nursing and coordination",
    "evidence from elsewhere",
)
PRIMARY_CARE, COMMISSIONING, HOSPITALS, COMMUNITY_CARE, PUBLIC_HEALTH, GUIDANCE, PATIENT_EXPERIENCE = range(7)
NURSING, ELSEWHERE = 7, 8

PRIORITIES = ("access", "urgent care", "frail elderly", "mental health", "elective referral", "prevention")
AIMS = len(PRIORITIES)
LOGICS = ("market", "bureaucratic", "network")
MARKET, BUREAUCRATIC, NETWORK = range(3)

PATHWAYS = (
    "dermatology",
    "gynaecology",
    "musculoskeletal",
    "urgent care",
    "frail elderly",
    "mental health",
    "long-term conditions",
    "extended access",
)
# The two sectors that provide each pathway, in the order of PATHWAYS.
PROVIDED_BY = (
    (ACUTE, COMMUNITY),
    (ACUTE, COMMUNITY),
    (ACUTE, COMMUNITY),
    (ACUTE, AMBULANCE),
    (COMMUNITY, VOLUNTARY),
    (MENTAL_HEALTH, VOLUNTARY),
    (COMMUNITY, ACUTE),
    (AMBULANCE, COMMUNITY),
)
ORIGINS = ("data", "frontline", "programme board", "national", "outside", "patients")
DATA, FRONTLINE, PROGRAMME_BOARD, NATIONAL_BODY, OUTSIDE, PATIENTS = range(6)
ARENAS = ("strategic", "programme", "delivery", "live")
STRATEGIC, PROGRAMME, DELIVERY, LIVE = range(4)
OUTCOMES = ("open", "failed", "overridden", "faded", "restored contract", "not funded")
OPEN, FAILED, OVERRIDDEN, FADED, RESTORED, NOT_FUNDED = range(6)

ABOLITION_MONTH = 28  # April 2013, counted from December 2010
SURVEYED = (42, 66)  # months of the two national surveys (E21, E22)
REFERENCE_UNCERTAINTY = 0.35  # at which rates are stated; never follows the headline
