"""What a person really sees of a text that a stranger wrote: nothing hidden, nothing reversed.

Control characters, bidirectional overrides and invisible characters are taken out before a text is
compared, checked or shown (A-08, A-31). Joiners stay between letters that need them (Persian, Indic
scripts, emoji). Nothing here raises.
"""

import re
import unicodedata

#: Longest subject, name or other single line kept for display, in characters.
LINE_LIMIT = 1_000
#: Longest file name kept, in characters, its ending included.
FILE_NAME_LIMIT = 120

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINERS = "\u200c\u200d\ufe00-\ufe0f"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"

_HIDDEN = re.compile(f"[{_BIDI}{_UNSEEN}]")
# A joiner after or before a plain ASCII character joins nothing; it only hides.
_IDLE_JOINER = re.compile(f"(?:(?<=[\x00-\x7f])|(?<![\\s\\S]))[{_JOINERS}]+|[\u200c\u200d]+(?=[\x00-\x7f]|\\Z)")
_OVERRIDES = re.compile(f"[\u202a-\u202e\u2066-\u2069{_UNSEEN}{_CONTROLS}]")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_ALL_JOINERS = re.compile(f"[{_JOINERS}]")
_LATIN_BESIDE_OTHER = re.compile("[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
_ANY_CONTROL = re.compile(f"[{_CONTROLS}]")
_FILE_SIGNS = re.compile(r'[<>:"|?*]')
_PATH_SIGNS = re.compile(r"[/\\]")
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(\.|$))")


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """The text as one visible line: no controls, no reversals, no invisible characters, single spaces."""
    text = text[: limit * 4]
    if not text.isascii():
        text = _HIDDEN.sub("", _BREAKS.sub(" ", _SURROGATES.sub("\ufffd", text)))
        text = _IDLE_JOINER.sub("", text)
    if not text.isprintable():
        text = _ANY_CONTROL.sub("", _SPACES.sub(" ", text))
    return _SPACES.sub(" ", text).strip()[:limit]


def clean_text(text: str) -> str:
    """A body with its lines and tabs kept, line ends as newlines, and nothing reversed or invisible."""
    text = _BREAKS.sub("\n", text)
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
        text = text.replace("\xa0", " ")
    return _OVERRIDES.sub("", text)


def hides(text: str) -> bool:
    """Whether the line held characters that change what is seen without being seen."""
    return not text.isascii() and bool(_HIDDEN.search(text) or _IDLE_JOINER.search(text))


def mixes_scripts(text: str) -> bool:
    """Whether one word mixes Latin with Greek or Cyrillic letters, as look-alike names do."""
    return not text.isascii() and bool(_LATIN_BESIDE_OTHER.search(text))


def clean_file_name(name: str) -> str:
    """The bare name of a file, as a label only: no path, no device, no leading dot; may be empty.

    Normalised before it is checked (CVE-2026-28289 did it the other way round): compatibility forms may
    turn into slashes and dots, so the path is cut after that. The ending survives the length limit.
    """
    name = unicodedata.normalize("NFKC", _SURROGATES.sub("", name[:4_000]))
    name = _ALL_JOINERS.sub("", clean_line(name, 2_000))
    name = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cf", "Cc", "Co", "Cn"))
    name = _PATH_SIGNS.split(name)[-1]
    name = _FILE_SIGNS.sub("_", name).strip(". ")
    if _DEVICE.match(name):
        name = "_" + name
    if len(name) <= FILE_NAME_LIMIT:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 20:
        return name[:FILE_NAME_LIMIT]
    return stem[: FILE_NAME_LIMIT - len(ending) - 1] + "." + ending
