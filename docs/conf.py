"""How Sphinx builds the documentation: `python3 -m uv run --group docs sphinx-build -W -b html docs results/site`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # for docs.directives
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # for `!ccgsim` in notebooks

project = "ccgsim"
author = "The ccgsim developers"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx_copybutton", "docs.directives"]
exclude_patterns = ["examples/**"]

html_theme = "furo"
html_title = "ccgsim"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
copybutton_selector = "div:not(.printed) > div.highlight > pre"

myst_heading_anchors = 4
nb_execution_mode = "force"  # notebooks are kept without output, and computed here
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_merge_streams = True

autodoc_default_options = {"member-order": "bysource"}
autodoc_typehints = "signature"
add_module_names = False
