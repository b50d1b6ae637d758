"""A-07: an attachment's name is a label; it can lead nowhere, name no device and end nothing early."""

import pytest

from makegood.intake.mail.bodies import UNNAMED
from makegood.intake.mail.letters import read_letter
from makegood.intake.mail.visible import FILE_NAME_LIMIT, clean_file_name
from tests.intake.mail.mails import parted


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("photo.jpg", "photo.jpg"),
        ("Größe 40.pdf", "Größe 40.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/etc/shadow", "shadow"),
        ("C:\\autoexec.bat", "autoexec.bat"),
        ("\\\\server\\share\\a.txt", "a.txt"),
        ("..", ""),
        ("...", ""),
        ("a/", ""),
        (".htaccess", "htaccess"),
        ("a.txt\x00.exe", "a.txt.exe"),
        ("a\r\nb.txt", "a b.txt"),
        ("a.txt.", "a.txt"),
        ("a.txt ", "a.txt"),
        ("a.txt:evil.exe", "a.txt_evil.exe"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.log", "_com1.log"),
        ("COM¹", "_COM1"),
        ("console.log", "console.log"),
        ("<b>.png", "_b_.png"),
        ("．．／．．／passwd", "passwd"),
        ("a∕b.txt", "a∕b.txt"),
        ("%2e%2e%2fpasswd", "%2e%2e%2fpasswd"),
        ("", ""),
    ],
)
def test_a_name_becomes_its_last_harmless_part(name: str, label: str) -> None:
    assert clean_file_name(name) == label
    assert clean_file_name(label) == label


def test_a_name_of_three_hundred_signs_keeps_its_ending() -> None:
    label = clean_file_name("a" * 300 + ".jpeg")
    assert len(label) == FILE_NAME_LIMIT and label.endswith("a.jpeg")
    assert len(clean_file_name("a." + "b" * 300)) == FILE_NAME_LIMIT


@pytest.mark.parametrize(
    "declared", ['name="../x.sh"', "name*=utf-8''..%2F..%2Fx.sh", 'name="=?utf-8?q?=2E=2E=2Fx.sh?="']
)
@pytest.mark.parametrize("field", ["Content-Type: image/png; ", "Content-Disposition: attachment; file"])
def test_every_way_to_declare_a_name_is_cleaned(field: str, declared: str) -> None:
    (file,) = read_letter(parted(f"Content-Type: image/png\n{field}{declared}\n\nx", "\n\ny")).attachments
    assert file.name in ("x.sh", UNNAMED)
    (file,) = read_letter(
        parted(f"{field}{declared}\n\nx", kind="mixed")
        if "image" in field
        else parted(f"Content-Type: image/png\n{field}{declared}\n\nx")
    ).attachments
    assert file.name == "x.sh"
