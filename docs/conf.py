"""Sphinx configuration: Markdown (MyST), furo, and a page for every module of gouji."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE / "_ext")]

project = "gouji"
author = "The gouji authors"
copyright = "2026, The gouji authors"  # noqa: A001 - Sphinx's name
release = version = installed_version("gouji")
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.apidoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "generated_pages",
]
exclude_patterns = ["_build", "_ext", "adr/template.md"]
templates_path = ["_templates"]
html_theme = "furo"
html_title = "gouji 勾稽"
html_show_sourcelink = False

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

# A page for each module, written when the documentation is built: a new module documents itself.
apidoc_modules = [
    {
        "path": "../src/gouji",
        "destination": "reference/api",
        "separate_modules": True,
        "module_first": True,
        "no_headings": False,
        "include_private": False,
    }
]
apidoc_max_depth = 3
autodoc_default_options = {
    "members": True,
    "undoc-members": True,
    "show-inheritance": True,
    "ignore-module-all": True,  # a name re-exported by a package is documented where it is defined, once
}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
napoleon_custom_sections = [("Source", "returns_style")]

# There is no network when this is built, so references to Python and to other packages cannot be looked up
# (no intersphinx). Ours are: `-n` checks every name that begins with gouji.
nitpick_ignore_regex = [(r"py:.*", r"(?!gouji(\.|$)).*")]

# Two classes of one name (Rule of a form, Rule of a page) are fine in Python; autodoc's annotations cannot say which.
suppress_warnings = ["ref.python"]
