"""From the words of a survey to the model's kinds and roles, by a table that the user can extend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ccgsim.foundation.files.lists import Columns, read_list
from ccgsim.foundation.problems import Problems, fault_at, nearest, shown
from ccgsim.foundation.vocabulary import KINDS, ROLES
from ccgsim.survey.reading.columns import plain
from ccgsim.survey.sheets import KINDS as OFFERED

DEFAULT = "manager"
_WORDS = {
    "GP": (
        *("gp", "general practitioner", "family doctor", "doctor", "physician", "gp partner", "salaried gp", "lead gp"),
        *("clinician", "clinical lead", "gp member", "gps", "g p", "g p s", "gp lead", "locality lead"),
    ),
    "PCTStaff": (
        *(
            "manager",
            "pct manager",
            "pct staff",
            "pct",
            "pctstaff",
            "ccg staff",
            "ccg manager",
            "commissioner",
            "officer",
        ),
        *("practice manager", "administrator", "finance", "managers", "management", "staff", "commissioning manager"),
        *("commissioning support", "csu", "director", "accountant", "chief officer", "accountable officer", "ao"),
        *("chief executive", "ceo", "managing director", "director of finance", "finance director", "finance officer"),
        *("chief finance officer", "cfo", "business manager", "project manager", "programme manager"),
    ),
    "Provider": (
        *(
            "provider",
            "hospital",
            "acute trust",
            "trust",
            "acute",
            "community provider",
            "mental health trust",
            "providers",
        ),
        *(
            "ambulance",
            "consultant",
            "secondary care",
            "secondary care doctor",
            "hospital doctor",
            "community services",
        ),
        *("voluntary sector", "voluntary organisation", "charity", "nhs trust", "foundation trust", "specialist"),
        *("community trust", "ambulance trust", "acute provider", "mental health provider", "mental health", "hospice"),
    ),
    "PatientGroup": (
        *(
            "patient group",
            "patient",
            "patients",
            "patientgroup",
            "patient representative",
            "healthwatch",
            "lay member",
        ),
        *("lay", "public", "patient and public", "ppi", "link", "patient participation group", "ppg", "carer"),
        *("patient rep", "lay representative", "service user"),
    ),
    "PolicyBody": (
        *("policy body", "policybody", "policy", "nhs england", "department of health", "local authority", "council"),
        *(
            "regulator",
            "national body",
            "strategic health authority",
            "sha",
            "regional",
            "government",
            "local government",
        ),
        *("health and wellbeing board", "public health", "social care", "nhse", "nhs england and improvement"),
    ),
    "Nurse": (
        *("nurse", "nurses", "practice nurse", "nursing", "district nurse", "community nurse", "nurse member"),
        *("chief nurse", "lead nurse", "registered nurse", "board nurse", "director of nursing"),
    ),
}
_ROLES = {
    "none": ("none", "no role", "contact", "no", "n a", "na", "outside"),
    "chair": ("chair", "chairman", "chairwoman", "chairperson", "clinical chair", "chair of the board"),
    "accountable officer": (
        "accountable officer",
        "ao",
        "chief officer",
        "chief executive",
        "ceo",
        "managing director",
    ),
    "finance officer": ("finance officer", "cfo", "chief finance officer", "finance director", "director of finance"),
    "GP member": ("gp member", "member gp", "gp", "gp board member", "clinical member", "gp lead"),
    "locality lead": ("locality lead", "locality gp", "locality lead gp", "area lead", "locality chair"),
    "practice manager": ("practice manager", "practice manager member"),
    "nurse": ("nurse", "nurse member", "board nurse", "registered nurse", "chief nurse", "lead nurse"),
    "secondary-care doctor": ("secondary care doctor", "hospital doctor", "secondary care clinician", "consultant"),
    "lay member": ("lay member", "lay", "lay person", "lay representative", "patient representative"),
}
KIND_OF = {word: KINDS.index(kind) for kind, words in _WORDS.items() for word in words}
ROLE_OF = {word: ROLES.index(role) for role, words in _ROLES.items() for word in words}
_COLUMNS = Columns(("word",), ("kind", "role"))
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Meanings:
    """What words mean: numbers of kinds and of roles, by word in plain form."""

    kinds: Mapping[str, int] = field(default_factory=lambda: KIND_OF)
    roles: Mapping[str, int] = field(default_factory=lambda: ROLE_OF)

    def kind(self, word: str) -> int | None:
        """The number of the kind that a word means, None if it means none."""
        return self.kinds.get(plain(word))

    def role(self, word: str) -> int | None:
        """The number of the role that a word means, None if it means none."""
        return self.roles.get(plain(word))


def meanings(path: Path | None) -> Meanings:
    """The built-in table, with the user's words before it; raises Problems for a list that is not allowed.

    The list has the columns word, and kind or role or both: PCT manager, PCTStaff, accountable officer.
    """
    if path is None:
        return Meanings()
    listing = read_list(path, _COLUMNS, _MOST, key="--kinds")
    kinds, roles, faults = dict(KIND_OF), dict(ROLE_OF), list(listing.faults)
    for row in listing.rows:
        word = plain(row.cells["word"])
        for column, known, into in (("kind", KINDS, kinds), ("role", ROLES, roles)):
            said = row.cells.get(column, "")
            same = next((place for place, name in enumerate(known) if plain(name) == plain(said)), None)
            if said and same is None:
                rule = f"is no {column} of the model: {', '.join(known)}"
                faults.append(row.problem(listing.file, column, rule, nearest(said, known)))
            elif same is not None:
                into[word] = same
    if faults:
        raise Problems(faults)
    return Meanings(kinds, roles)


def default_kind(word: str | None, means: Meanings) -> int:
    """The kind of people of whom none is said (`--kind`); raises Problems if the word means none."""
    found = means.kind(word or DEFAULT)
    if found is None:
        rule = f"is no kind that is known: {', '.join(OFFERED)}"
        raise fault_at("", "--kind", shown(word), rule, nearest(word, (*OFFERED, *KINDS)))
    return found
