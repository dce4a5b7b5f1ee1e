"""The sections of a scenario: those of the processes, and those that describe the start of a world."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.foundation.quantity import choice, count, number, optional, path, share, sound, switch
from ccgsim.processes.declared import PARAMETERS


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The published characteristics of a CCG (Z13 tables 2 and 4), and substitutes where they are unknown."""

    population: int = count(226000, 5000, 10_000_000, "Registered patients", unit="people", source="E6", dated=False)
    practices: int = count(32, 1, 30000, "Practices (network size)", unit="practices", source="E6", dated=False)
    localities: int = count(3, 1, 3000, "Localities whose leads sit on the board", source="E1, E10", dated=False)
    hold: str = choice(
        "size", ("size", "localities"), "What a change of network size keeps: the localities' size or number"
    )
    board: int = count(13, 2, 60, "Board members", unit="people", source="E1", dated=False)
    nurse: bool = switch(False, "A nurse sits on the board", source="E1, E19")
    secondary_care: bool = switch(False, "A secondary-care doctor sits on the board", source="E1, E15")
    patient: bool = switch(False, "A lay member sits on the board", source="E1, E16")
    executive_support: bool = switch(False, "A management team supports the board", source="E1")
    legacy_stars: int = count(
        0, 0, 3, "Strength of practice-based commissioning roots", unit="stars", source="E1, E11", dated=False
    )
    colocation: float = share(0.5, "Board and PCT work in one building", source="E14", each_ccg=True)
    ties: str = choice(
        "typical",
        ("surveyed", "typical", "drawn"),
        "Where the board's outside ties come from: this file, the mean of two boards, or drawn from invented ranges",
    )
    density: float | None = optional(
        float, 0, 0.95, "Density of directed ties on the board at the start", unit="share", source="E2, E3"
    )
    ties_practices: int = count(0, 0, 500, "Surveyed ties to practices", unit="ties", source="E2", dated=False)
    ties_pct: int = count(0, 0, 500, "Surveyed ties to PCT staff", unit="ties", source="E2", dated=False)
    ties_acute: int = count(0, 0, 100, "Surveyed ties to acute providers", unit="ties", source="E2", dated=False)
    ties_regional: int = count(0, 0, 100, "Surveyed ties to regional bodies", unit="ties", source="E2", dated=False)
    ties_community: int = count(
        0, 0, 100, "Surveyed ties to community providers", unit="ties", source="E2", dated=False
    )
    ties_local_authorities: int = count(
        0, 0, 100, "Surveyed ties to local authorities", unit="ties", source="E2", dated=False
    )
    ties_other: int = count(0, 0, 200, "Surveyed ties to others", unit="ties", source="E2", dated=False)
    top_brokerage: float = number(
        1.0, 1, 20, "Brokerage of one board member against the rest", unit="ratio", source="E4"
    )
    lead_brokerage: float = number(1.0, 1, 5, "Brokerage of locality leads against the rest", unit="ratio", source="E4")


@dataclass(frozen=True, kw_only=True, slots=True)
class England:
    """Many CCGs in one world: their number and distributions; a single CCG is described by [site]."""

    ccgs: int = count(1, 1, 1000, "CCGs in the world (211 is England in April 2013)", source="S18", dated=False)
    file: str | None = path("CSV file of CCGs (name, population, practices, localities, footprint) instead of drawing")
    footprints: int = count(
        44, 1, 1000, "Footprints of sustainability and transformation plans", source="E6", dated=False
    )
    pcts: int = count(152, 1, 1000, "Primary care trusts that CCGs replace", source="health press", dated=False)
    practices: int = count(8106, 1, 1_000_000, "Practices of all CCGs together", source="NHS England", dated=False)
    population_median: int = count(
        226_000, 14_000, 693_000, "Median population of a CCG", unit="people", source="E6", dated=False
    )
    population_sd: float = number(
        0.5, 0, 2, "Spread of the logarithm of population (standard deviation)", source="E6", dated=False
    )
    list_sd: float = number(0.2, 0, 1, "Spread of the logarithm of mean list size between CCGs", dated=False)
    reach: int = count(2, 1, 20, "Neighbours on either side with whom a CCG may collaborate", dated=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """Actors of a CCG besides its practices, and differences between people."""

    pct_per_thousand: float = number(0.05, 0, 1, "PCT commissioning staff for each 1,000 patients", unit="people")
    pct_least: int = count(12, 2, 100, "Fewest PCT staff", unit="people", dated=False)
    pct_most: int = count(40, 2, 400, "Most PCT staff", unit="people", dated=False)
    acute: int = count(2, 1, 3, "Acute providers", dated=False)
    community: int = count(2, 1, 2, "Community providers", dated=False)
    mental_health: int = count(1, 1, 2, "Mental health providers", dated=False)
    ambulance: int = count(1, 1, 2, "Ambulance and out-of-hours providers", dated=False)
    voluntary: int = count(3, 2, 4, "Voluntary providers", dated=False)
    regional: int = count(2, 1, 4, "Regional bodies", dated=False)
    local_authorities: int = count(3, 1, 7, "Local authorities", dated=False)
    capability_for: float = number(4.0, 0.5, 20, "First shape of the Beta distribution of capability")
    capability_against: float = number(3.0, 0.5, 20, "Second shape of the Beta distribution of capability")
    brokerage_sd: float = number(0.5, 0, 2, "Spread of the logarithm of brokerage (standard deviation)")
    brokerage_capability: float = number(0.3, 0, 1, "Correlation of brokerage with capability")
    security_shape: float = number(2.0, 0.5, 20, "Both shapes of the Beta distribution of job security")
    concentration: float = number(
        10.0, 1, 200, "Concentration of starting priorities and logics around their kind's mean"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """The burn-in before month 0, and values set after it."""

    burn_in: int = count(60, 0, 240, "Months before month 0 in which a world settles", unit="months", dated=False)
    participation: float | None = optional(float, 0, 1, "Participation of GPs set after the burn-in", unit="share")
    efficacy: float | None = optional(float, 0, 1, "Efficacy of GPs set after the burn-in", unit="share")
    manager_control: float | None = optional(float, 0, 1, "Managers' control set after the burn-in", unit="share")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ablation:
    """Mechanisms switched off, to show what depends on them. Set only in the [ablation] of a scenario."""

    fixed_u: float | None = optional(float, 0, 1, "Perceived uncertainty held at this value", unit="share")
    control_from_month: int | None = optional(
        int, 0, 1200, "Month from which managers' control stays as it is", unit="month"
    )
    control_path: str | None = path("File with managers' control for each month (a column manager_control), held to it")
    heard_everywhere: bool = switch(False, "Distance from the board does not dim hearing")
    no_locality_access: bool = switch(False, "Locality leads give no access")
    uniform_adoption: bool = switch(False, "Adoption by uniform mixing instead of ties")
    pooled_arenas: bool = switch(False, "Each arena reads the mean of the three inputs")
    effortless_delivery: bool = switch(False, "Programme and delivery arenas always have full support")
    arenas_without_network: bool = switch(False, "Density and provider ties do not enter the arenas")
    deaf_to_patients: bool = switch(False, "Patients go unheard by the board, through ties and seats alike")
    size_free: bool = switch(False, "Neither risk nor access depends on size")
    median_composition: bool = switch(False, "Every CCG of England is given the typical make-up and size")
    random_answers: bool = switch(False, "Respondents to the survey answer at random")


SECTIONS: dict[str, type] = sound(
    {
        **{"site": Site, "england": England, "people": People, "start": Start},
        **PARAMETERS,
        **{"ablation": Ablation},
    }
)
# The headline parameters under the names that sweeps and slides use.
HEADLINES = {
    "network_size": "site.practices",
    "density": "site.density",
    "broker_exits": "turnover.broker_exits",
    "policy_uncertainty": "policy.uncertainty",
}
