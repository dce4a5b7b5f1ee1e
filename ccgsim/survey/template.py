"""What to send out: a workbook, the questions, an information sheet and a consent form to adapt."""

from __future__ import annotations

from ccgsim.survey.sheets import template_bytes

_QUESTIONS = """\
Questions to ask
================

Ask every member of the board. Hand each a list of all members, and room for names outside the board.

1   Whom do you ask for advice on commissioning? For each name on the list: how often, in the last six months?
      never / yearly / quarterly / monthly / fortnightly / weekly / daily
    Advice is whatever helps you to decide: a fact, a judgement, a hint whom else to ask.

2   Whom outside the board do you ask for advice on commissioning? Please write name or post, organisation, how often.

3   About yourself: your role on the board, your profession, your organisation, your locality.

Good to know
------------
* Ask for the direction: 'whom do you ask', not 'whom do you talk to'. From is who asks, To is who is asked.
* A list of names finds more ties than a blank page does.
* 'Never' is an answer. A form that did not come back is not: write 'no' in the column Answered.
* Everybody counts: with 13 members, one missing form hides 12 of 156 ties on the board.
* If you ask about a second relation, such as meetings, use a sheet of its own with the same columns.
"""
_INFORMATION = """\
Information for participants (to adapt: [square brackets] are yours to fill in)
==============================================================================

[Title of the study]
[Who carries it out, who pays for it, whom to ask: name, telephone, e-mail]

What is it about?   We want to understand how advice travels between the members of your board and people outside.
Why you?            You are a member of the board of [name]. We ask all members.
What do we ask?     Whom you ask for advice on commissioning, and how often. It takes about [15] minutes.
Must I take part?   No. You may leave out any question, and withdraw until [date] without giving a reason.

What happens to my answers?
  Names are replaced by codes. The list of names and codes is kept apart, by [whom], until [date], then destroyed.
  The data are stored [where] and seen by [whom]. They are kept until [date].
  Only summaries and figures without names are published.

What are the risks?
  In a small group people can be recognised without a name: by their role, their organisation, the pattern of their
  ties. You may be named by others as somebody they ask. We show results to [whom] before they are published, and leave
  out what would let a person be recognised [how].

What is the use?    [What the board gets back, and when]
Who allowed it?     [Ethics committee and number]
"""
_CONSENT = """\
Consent (to adapt)
==================

Study: [title]                                             Please mark each

[ ]  I have read the information of [date] and could ask questions.
[ ]  I take part of my own will and may withdraw until [date] without giving a reason.
[ ]  I know that others may name me as somebody they ask for advice.
[ ]  I know that in a small group I might be recognised even without my name.
[ ]  My answers may be used for this study.
[ ]  My answers, with codes for names, may be kept for later research.     (yes / no)

Name                              Date                        Signature
"""
_READ_ME = """\
What is in this folder
======================

network.xlsx      the workbook to fill in: sheets People and Ties, with lists to choose from
questions.txt     the questions to ask
information.txt   an information sheet for participants, to adapt
consent.txt       a consent form, to adapt
read_me.txt       this file

To read the workbook when it is filled in, from this folder:

  ccgsim network network.xlsx
  ccgsim network network.xlsx --at-least monthly       only ties of that frequency or more count
  ccgsim network network.xlsx --anonymise --out mine   codes for names; the key is a file of its own

Nothing leaves your machine. Codes alone do not hide people in a small network: roles and the pattern of ties may tell.
"""


def template_files() -> dict[str, bytes]:
    """Contents by file name."""
    texts = {
        "questions.txt": _QUESTIONS,
        "information.txt": _INFORMATION,
        "consent.txt": _CONSENT,
        "read_me.txt": _READ_ME,
    }
    return {"network.xlsx": template_bytes(), **{name: text.encode("utf-8") for name, text in texts.items()}}
