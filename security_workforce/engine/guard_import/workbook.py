"""Opens a workbook that nobody vouches for, and hands out its lines.

Nothing is unpacked before its size is known, nothing is calculated, and no more is read
than the limits below: a file that is no workbook, or means harm, is refused with a
reason instead of filling the memory.
"""

import io
import re
import zipfile
from dataclasses import dataclass

from openpyxl import load_workbook

from .columns import SHEETS, fold
from .problems import BadFile

MEGABYTE = 1024 * 1024
# 5,000 guards with their cards and qualifications weigh about 2 MB.
MAX_BYTES = 10 * MEGABYTE
# What the file may weigh once unpacked: a workbook is text, and packs ten to one.
MAX_UNPACKED = 120 * MEGABYTE
MAX_PARTS = 1_000
# Spreadsheets keep rows that were once coloured or emptied: they are passed over, up to
# this one.
MAX_ROWS = 200_000
# Lines with something in them, in one sheet.
MAX_LINES = 20_000
# Columns looked at; ours are fewer than thirty.
MAX_COLUMNS = 60
OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
ZIP_SIGNATURE = b"PK\x03\x04"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value cannot be taken: ``code`` of the problem says why."""

    code: str
    text: str


def read(content: bytes) -> dict:
    """The lines of each sheet.

    :return: ``{sheet key: [(row number, {column key: value})]}``; only cells that hold
        something; a value is text, a number, a bool, a date, or ``Unreadable``
    :raise BadFile: nothing of the file can be used
    """
    book = _open(content)
    try:
        found = {}
        for sheet in book.worksheets:
            key = _sheet_key(sheet.title)
            if key and key in found:
                raise BadFile("sheet_twice", sheet=sheet.title)
            if key:
                found[key] = sheet
        if "guards" not in found:
            guards = SHEETS["guards"]
            raise BadFile("no_sheet", en=guards.en, fr=guards.fr)
        return {key: _lines(key, found[key]) for key in SHEETS if key in found}
    except BadFile:
        raise
    except Exception as error:
        # Whatever a damaged sheet makes the reader stumble over.
        raise BadFile("damaged") from error
    finally:
        book.close()


def _open(content):
    if len(content) > MAX_BYTES:
        raise BadFile("too_big", limit=MAX_BYTES // MEGABYTE)
    if content.startswith(OLE_SIGNATURE):
        raise BadFile("protected")
    if not content.startswith(ZIP_SIGNATURE):
        raise BadFile("no_workbook")
    _refuse_harmful(content)
    try:
        return load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:
        raise BadFile("damaged") from error


def _refuse_harmful(content):
    """Look at the packing list before anything is unpacked.

    The sizes of the list bind: no more than the announced size is ever unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            parts = pack.infolist()
            if len(parts) > MAX_PARTS:
                raise BadFile("too_many_parts")
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise BadFile("bomb", limit=MAX_UNPACKED // MEGABYTE)
            if "xl/workbook.xml" not in pack.namelist():
                raise BadFile("no_workbook")
            for part in parts:
                if part.flag_bits & 0x1:
                    raise BadFile("protected")
                if part.filename.endswith((".xml", ".rels")):
                    with pack.open(part) as stream:
                        head = stream.read(1024)
                    # No spreadsheet declares entities, nor writes in wide characters.
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"\0" in head:
                        raise BadFile("damaged")
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError) as error:
        raise BadFile("damaged") from error


def _sheet_key(title):
    for sheet in SHEETS.values():
        if fold(title) in (fold(sheet.en), fold(sheet.fr)):
            return sheet.key
    return None


def _lines(key, sheet):
    _refuse_merged(sheet)
    # What the file says of its own size is not to be trusted.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS + 1)
    head = next(rows, ())
    columns = _columns(SHEETS[key], head, sheet.title)
    lines = []
    for number, row in enumerate(rows, start=2):
        if number > MAX_ROWS:
            raise BadFile("too_many_rows", sheet=sheet.title, limit=MAX_ROWS)
        values = {}
        for index, column in columns.items():
            if index < len(row):
                value = _value(row[index])
                if value is not None:
                    values[column] = value
        if values:
            if len(lines) >= MAX_LINES:
                raise BadFile("too_many_lines", sheet=sheet.title, limit=MAX_LINES)
            lines.append((number, values))
    return lines


def _refuse_merged(sheet):
    """A merged cell gives its value to one line and leaves the others empty."""
    with sheet.parent._archive.open(sheet._worksheet_path) as stream:
        ranges = []
        rest = b""
        while block := stream.read(MEGABYTE):
            block = rest + block
            ranges += MERGED.findall(block)
            # A tag cut in two by the end of a block; complete ones are not seen twice.
            cut = max(block.rfind(b"<"), 0)
            rest = block[cut:] if b">" not in block[cut:] else b""
    if ranges:
        names = [name.decode() for name in ranges]
        raise BadFile("merged", sheet=sheet.title, cells=", ".join(names[:5]))


def _columns(sheet, head, title):
    """``{index: column key}`` from the titles of the first row."""
    keys = {}
    for column in sheet.columns:
        keys[fold(column.en)] = keys[fold(column.fr)] = column.key
    columns, unknown = {}, []
    for index, cell in enumerate(head):
        text = _value(cell)
        if text is None:
            continue
        key = keys.get(fold(text)) if isinstance(text, str) else None
        if not key:
            unknown.append(text.text if isinstance(text, Unreadable) else str(text))
        elif key in columns.values():
            raise BadFile("column_twice", sheet=title, column=text)
        else:
            columns[index] = key
    missing = [
        column
        for column in sheet.columns
        if column.required and column.key not in columns.values()
    ]
    if missing or unknown:
        raise BadFile(
            "columns",
            sheet=title,
            missing=missing,
            unknown=[name[:40] for name in unknown[:5]],
        )
    return columns


def _value(cell):
    """What a cell holds, or None."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Unreadable("formula", str(value)[:60])
    if cell.data_type == "e":
        return Unreadable("cell_error", str(value))
    if isinstance(value, str):
        # Controls and the no-break spaces that web pages leave.
        value = "".join(s if s.isprintable() else " " for s in value)
        value = " ".join(value.split())
        return value or None
    return value
