"""stub"""


def file_of(run, game, message):
    return {"type": "file"}
