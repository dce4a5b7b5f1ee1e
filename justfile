# Shortcuts for contributors: `just NAME`, or `python3 -m uv tool run --from rust-just just NAME` where just is not installed.

run := "python3 -m uv run --group dev"

# What there is
default:
    @just --list

# The environment, once
setup:
    python3 -m uv sync --group dev

# Lint and format
lint:
    {{run}} ruff check .
    {{run}} ruff format .

# Types
types:
    {{run}} mypy ccgsim

# All quick tests, or those of a path: just test tests/processes
test *paths:
    {{run}} pytest {{paths}}

# Generated pages and files anew
generate:
    for each in tables reference schemas validation claims overview scholarship metadata figures benchmarks; do {{run}} python -m docs.$each || exit 1; done

# The site as a zip
site out="site.zip":
    python3 -m uv run --group docs python -m docs.site {{out}}

# The archive for the CoMSES library
archive out="ccgsim.zip":
    {{run}} python -m docs.archive {{out}}

# Speed beside peers, appended to the history
bench:
    {{run}} python -m benchmarks.run --quick --record
    {{run}} python -m docs.benchmarks

# Everything that must hold
all:
    .ci/run
