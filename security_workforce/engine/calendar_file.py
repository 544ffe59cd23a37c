"""Write appointments as an iCalendar file (RFC 5545), for any calendar program."""

from typing import NamedTuple

# A line holds 75 octets at most; the rest goes on after a space (RFC 5545, 3.1).
LINE_OCTETS = 75
INSTANT = "%Y%m%dT%H%M%SZ"


class Appointment(NamedTuple):
    """One meeting: ``uid`` stays the same when it moves, ``sequence`` goes up.

    Instants are naive UTC.
    """

    uid: str
    start: object
    stop: object
    title: str
    place: str = ""
    note: str = ""
    sequence: int = 0


def write(appointments, stamp):
    """The file of some appointments, as bytes in UTF-8.

    :param stamp: the instant of writing, naive UTC
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Odoo Security Suite//Training//EN",
        "METHOD:PUBLISH",
    ]
    for meeting in appointments:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{meeting.uid}",
            f"DTSTAMP:{stamp.strftime(INSTANT)}",
            f"DTSTART:{meeting.start.strftime(INSTANT)}",
            f"DTEND:{meeting.stop.strftime(INSTANT)}",
            f"SEQUENCE:{meeting.sequence}",
            f"SUMMARY:{_escape(meeting.title)}",
            f"LOCATION:{_escape(meeting.place)}",
            f"DESCRIPTION:{_escape(meeting.note)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_fold(line) + b"\r\n" for line in lines)


def _escape(text):
    text = text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return "\\n".join(text.splitlines())


def _fold(line):
    """Cut between characters, never inside one."""
    parts, part = [], b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > LINE_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part])
