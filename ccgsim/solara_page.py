"""A page for Mesa users: the model in Mesa's own SolaraViz. `solara run ccgsim.solara_page` opens it.

The lesson for a class is `ccgsim teach`: this page has neither its scenes nor its network.
"""

from __future__ import annotations

from ccgsim.foundation.extras import needs

needs("solara", "altair", "solara")

from mesa.visualization import Slider, SolaraViz, make_plot_component  # noqa: E402

from ccgsim.model import CommissioningModel  # noqa: E402

WORLDS = ("vicious_circle", "vicious_circle_no_shock", "site_a", "site_b")
SHARES = (("participation", "manager_control", "efficacy"), ("coherence", "stability"))


class District(CommissioningModel):
    """The model with the arguments that the page's sliders set: SolaraViz wants each by its name."""

    def __init__(
        self, world: str = WORLDS[0], network_size: int = 32, policy_uncertainty: float = 0.35, dialogue: float = 0.2,
        rng: int = 1,
    ) -> None:  # fmt: skip
        super().__init__(
            world,
            network_size=network_size,
            policy_uncertainty=policy_uncertainty,
            policy={"dialogue": dialogue},
            rng=rng,
        )


PARAMETERS = {
    "world": {"type": "Select", "value": WORLDS[0], "values": list(WORLDS), "label": "Scenario"},
    "network_size": Slider("Practices", 32, 10, 100, 1),
    "policy_uncertainty": Slider("Policy uncertainty", 0.35, 0.0, 1.0, 0.05),
    "dialogue": Slider("Dialogue with policy bodies", 0.2, 0.0, 1.0, 0.05),
    "rng": Slider("Seed", 1, 0, 100, 1),
}

page = SolaraViz(
    District(),
    components=[make_plot_component(list(names)) for names in SHARES],
    model_params=PARAMETERS,
    name="Knowledge exchange in a clinical commissioning group",
)
