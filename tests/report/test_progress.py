"""The progress of long work: silent for two seconds, then a rate and the time left."""

from __future__ import annotations

from ccgsim.report.words import terminal


def test_progress_is_silent_for_two_seconds_and_then_tells_rate_and_time_left(monkeypatch, capsys):
    clock = [100.0]
    monkeypatch.setattr(terminal.time, "monotonic", lambda: clock[0])
    with terminal.Meter("months", shown=True) as progress:
        clock[0] = 101.9
        progress(10, 140)
        assert not capsys.readouterr().err
        clock[0] = 116.9
        progress(40, 140)
        assert capsys.readouterr().err == "40 of 140 months, 2 a second, 50 s left\n"
        clock[0] = 118.0
        progress(42, 140)
        assert not capsys.readouterr().err


def test_what_comes_before_the_first_piece_does_not_spoil_the_rate(monkeypatch, capsys):
    clock = [100.0]
    monkeypatch.setattr(terminal.time, "monotonic", lambda: clock[0])
    with terminal.Meter("months", shown=True) as progress:
        clock[0] = 130.0  # half a minute of compilation
        progress(1, 140)
        assert capsys.readouterr().err == "1 of 140 months\n"
        clock[0] = 141.0
        progress(111, 140)
        assert capsys.readouterr().err == "111 of 140 months, 10 a second, 3 s left\n"


def test_the_start_of_workers_does_not_spoil_the_rate(monkeypatch, capsys):
    clock = [100.0]
    monkeypatch.setattr(terminal.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(terminal, "LINE_EVERY", 2.0)
    with terminal.Meter("worlds", shown=True) as progress:
        clock[0] = 101.0
        progress(1, 1000)  # here; then workers start
        clock[0] = 107.0
        for done in range(2, 18):  # the first part of one of them comes at once
            progress(done, 1000)
        assert capsys.readouterr().err == "2 of 1000 worlds\n"
        for done in range(18, 400):
            clock[0] += 0.01
            progress(done, 1000)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    rate = float(lines[0].split()[4])
    assert 100 <= rate < 110, lines  # 100 a second, and the part that came at once


def test_items_of_some_seconds_each_have_a_rate(monkeypatch, capsys):
    clock = [100.0]
    monkeypatch.setattr(terminal.time, "monotonic", lambda: clock[0])
    with terminal.Meter("draws", shown=True) as progress:
        for done in range(1, 9):
            clock[0] += 2.0
            progress(done, 20)
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1] == "5 of 20 draws, 0.5 a second, 30 s left"


def test_progress_can_be_switched_off(monkeypatch, capsys):
    clock = [100.0]
    monkeypatch.setattr(terminal.time, "monotonic", lambda: clock[0])
    with terminal.Meter("months", shown=False) as progress:
        clock[0] = 200.0
        progress(40, 140)
    assert not capsys.readouterr().err
