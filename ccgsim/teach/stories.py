"""stub"""


def cuts(scenario, seed, world, run):
    return {"type": "cuts"}


def two_stories(scenario, seed, message, run):
    return {"type": "stories"}
