"""The English pages are English, carry their language in every link, and mark what is Swedish in them; letters too.

And the Swedish pages are Swedish: no word of a library's own shows through.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts.session import WAITING_NAMES_DO_NOT_EXIST
