"""What only some jobs need is loaded by the processes that do them: a web process that serves feeds stays small."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

import pytest

HEAVY: Final = ("docx", "docxtpl", "folium", "lxml", "numpy", "openpyxl", "pikepdf", "PIL", "weasyprint")
SERVE: Final = """
import sys
import config.wsgi
from django.urls import get_resolver
get_resolver().reverse_dict  # every list of addresses is read, with the views it names
print(" ".join(name for name in {heavy} if name in sys.modules))
"""


@pytest.mark.slow
def test_a_web_process_loads_nothing_that_only_papers_workbooks_and_maps_need() -> None:
    code = SERVE.format(heavy=HEAVY)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
