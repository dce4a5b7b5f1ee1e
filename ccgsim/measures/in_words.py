"""What each measure says, in a plain sentence for readers who do not know the formula."""

from __future__ import annotations


def _ties_to(whom: str) -> str:
    return f"How many ties of advice run from board members to {whom}, whom they ask."


IN_WORDS = {
    "stability": "How far the board's network lasts: same ties, same people, and still whole if its broker goes.",
    "coherence": "How far priorities agree: within the board, with GPs outside it, and with what patients need.",
    "knowledge_mobility": "How well knowledge moves: reaches the board, goes round on it, comes in from outside.",
    "participation": "How much of the time that commissioning asks of them GPs give, from 0 (none) to 1 (all).",
    "participation_board": "How much GPs who sit on the board take part.",
    "participation_frontline": "How much GPs who do not sit on the board take part.",
    "efficacy": "How far GPs believe that taking part changes anything.",
    "manager_control": "What part of decisions managers take instead of clinicians; high in the vicious circle.",
    "coherence_internal": "How far board members agree with one another on what comes first.",
    "coherence_frontline": "How close the board's course is to what the GPs want whom it speaks for.",
    "coherence_external": "How far the board follows patients' needs, evidence from elsewhere and good practice.",
    "stability_persistence": "What part of the board's ties are those of a year ago.",
    "stability_retention": "What part of the seats are held by the same people as a year ago.",
    "stability_resilience": "What part of outside advisers the board still reaches if its most central member goes.",
    "mobility_reach": "How much board members know of what others brought to the job.",
    "mobility_circulation": "How evenly knowledge is spread on the board: low where one member knows it all.",
    "mobility_openness": "How strongly the board is tied to advisers outside it.",
    "board_density": "What part of all possible ties of advice among board members there are.",
    "ties_outside": "How many ties of advice run from board members to people outside the board.",
    "ties_to_practices": _ties_to("practices"),
    "ties_to_pct": (
        "How many ties of advice run from board members to PCT staff; after the PCTs' abolition (April 2013) these are "
        "their former staff, who then work for the CCG."
    ),
    "ties_to_acute": _ties_to("hospitals"),
    "ties_to_regional": _ties_to("regional and national bodies"),
    "ties_to_community": _ties_to("community and mental health providers"),
    "ties_to_local_authorities": _ties_to("local authorities"),
    "ties_to_other": _ties_to("anyone else"),
    "broker_reliance": "How much the board depends on its one best-placed go-between.",
    "outside_share_top2": "How much of the board's outside contact lies with only two of its members.",
    "broker_centralisation": "How far all go-between positions on the board lie with one member (1) or are shared (0).",
    "cliquishness": "How far board members keep to those of their own former commissioning group.",
    "isolation": "What part of providers and localities have no tie with the board at all.",
    "vacancies": "What part of the seats on the board are empty.",
    "outside_reach": "How many outside advisers the board has, against those that it started with (1: as many).",
    "board_commissioning": "How much board members know of commissioning and contracting.",
    "vision_clinical": "How far the board's course of the last year came from clinicians.",
    "decision_clinical": "What part of the decided projects managers left as clinicians wanted them.",
    "projects_started": "How many redesigns of services have begun since the start.",
    "projects_approved": "How many redesigns the strategic level has let through so far.",
    "projects_live": "How many redesigned services are in use now.",
    "projects_sustained": "How many redesigned services have been in use for a year so far.",
    "projects_overridden": "How many redesigns managers have overridden so far.",
    "adoption": "What part of practices use a redesigned service, on average over those in use.",
    "plan_delivery_gap": "What part of the planned redesigns never came into use.",
    "benchmark": "How much data for comparison with other places is at hand.",
    "cost_transparency": "How much is known of what services cost.",
    "strain": "How hard money presses.",
    "overspend": "Whether the last year ended in the red (1) or not (0); with many CCGs, how many did.",
    "exits": "How many board members left this month.",
    "migration": "How many of those who left this month went over to providers.",
    "uncertainty": "How unclear national policy is.",
}
