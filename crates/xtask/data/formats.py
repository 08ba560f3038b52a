"""Writes one table of records in every form that uploads come in, by the tools that people write them with.

Run by `cargo xtask formats` in a folder of its own. Writes the files there and prints a list of them as JSON: the name
of the form, what wrote it, the file, and for each value that is planted the place in which a scan has to find it.
"""

import bz2
import csv
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlencode

import lz4.frame
import odf.opendocument
import odf.style
import odf.table
import odf.text
import openpyxl
import py7zr
import zstandard
from docx import Document
from openpyxl.comments import Comment
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

# Published test numbers: Visa's, and the example of the IBAN registry for Great Britain.
CARD = "4111111111111111"
IBAN = "GB29NWBK60161331926819"
HEAD = ["order", "customer", "card number", "IBAN", "amount"]
ROWS = [[str(1000 + n), f"customer {n}", "", "", f"{20 + n}.50"] for n in range(12)]
ROWS[5][2] = CARD
ROWS[9][3] = IBAN
TABLE = [HEAD, *ROWS]
SENTENCE = f"Order 1005 was paid by card number {CARD}; refunds go to IBAN {IBAN}."

forms = []


def form(name, maker, file, data, card, iban=None):
    """Keeps a form; `card` and `iban` are the places of the two values."""
    if data is not None:
        Path(file).write_bytes(data if isinstance(data, bytes) else data.encode())
    iban = card if iban is None else iban
    forms.append({"name": name, "maker": maker, "file": file, "card": card, "iban": iban})


def separated(mark):
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(TABLE)
    return out.getvalue()


TEXT = separated(",")
RECORDS = [dict(zip(HEAD, row)) for row in ROWS]


def texts():
    python = "Python"
    form("CSV", python, "orders.csv", TEXT, "")
    form("TSV", python, "orders.tsv", separated("\t"), "")
    form("CSV with semicolons", python, "semicolons.csv", separated(";"), "")
    form("JSON", python, "orders.json", json.dumps(RECORDS, indent=1), "")
    form("NDJSON", python, "orders.ndjson", "".join(json.dumps(r) + "\n" for r in RECORDS), "")
    keyed = [{k.replace(" ", "_"): v for k, v in r.items()} for r in RECORDS]
    items = "".join("<order>" + "".join(f"<{k}>{v}</{k}>" for k, v in r.items()) + "</order>\n" for r in keyed)
    form("XML", python, "orders.xml", f"<?xml version='1.0'?>\n<orders>{items}</orders>\n", "")
    yaml = "".join("- " + "\n  ".join(f"{k}: '{v}'" for k, v in r.items()) + "\n" for r in keyed)
    form("YAML", python, "orders.yaml", yaml, "")
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>\n" for row in TABLE)
    form("HTML", python, "orders.html", f"<html><body><table>{cells}</table></body></html>", "")
    values = ",\n".join("('" + "','".join(row) + "')" for row in ROWS)
    columns = ", ".join(name.replace(" ", "_") for name in HEAD)
    form("SQL dump", python, "orders.sql", f"INSERT INTO orders ({columns}) VALUES\n{values};\n", "")
    form("form, percent-encoded", python, "form.txt", urlencode({"card number": CARD, "IBAN": IBAN}), "")
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in keyed[5].items() | keyed[9].items()
    )
    form("multipart/form-data", python, "multipart.txt", parts + "--x--\r\n", "")
    for name, codec in [
        ("UTF-16, little endian", "utf-16-le"),
        ("UTF-16, big endian", "utf-16-be"),
        ("UTF-32", "utf-32-le"),
        ("Windows-1252", "cp1252"),
    ]:
        form(name, python, f"{codec}.txt", ("Größe, Menü\n" + TEXT).encode(codec), "")


def streams():
    packed = TEXT.encode()
    one = "content"
    form("gzip", "Python gzip", "orders.gz", gzip.compress(packed), one)
    form("zlib", "Python zlib", "orders.zz", zlib.compress(packed), one)
    form("bzip2", "Python bz2", "orders.bz2", bz2.compress(packed), one)
    form("xz", "Python lzma", "orders.xz", lzma.compress(packed), one)
    form("lzma", "Python lzma", "orders.lzma", lzma.compress(packed, format=lzma.FORMAT_ALONE), one)
    form("zstd", "zstandard", "orders.zst", zstandard.compress(packed), one)
    form("lz4", "lz4", "orders.lz4", lz4.frame.compress(packed), one)


class Pipe(io.RawIOBase):
    """What a zip is written to that cannot go back."""

    def __init__(self):
        self.bytes = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.bytes += bytes(data)
        return len(data)


def zipped(method, name="a/orders.csv", data=TEXT, out=None):
    out = io.BytesIO() if out is None else out
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("readme.txt", "Nothing of note.\n")
        archive.writestr(name, data)
    return bytes(out.bytes) if isinstance(out, Pipe) else out.getvalue()


def tarred(mode, form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w{mode}", format=form) as archive:
        member = tarfile.TarInfo("a/orders.csv")
        member.size = len(TEXT)
        archive.addfile(member, io.BytesIO(TEXT.encode()))
    return out.getvalue()


def archives():
    python = "Python zipfile"
    member = "a/orders.csv"
    form("zip, stored", python, "stored.zip", zipped(zipfile.ZIP_STORED), member)
    form("zip, deflated", python, "deflated.zip", zipped(zipfile.ZIP_DEFLATED), member)
    form("zip, bzip2", python, "bzip2.zip", zipped(zipfile.ZIP_BZIP2), f"{member}!/content")
    form("zip, written to a pipe", python, "piped.zip", zipped(zipfile.ZIP_DEFLATED, out=Pipe()), member)
    inner = zipped(zipfile.ZIP_DEFLATED)
    form("zip in zip", python, "nested.zip", zipped(zipfile.ZIP_STORED, "b.zip", inner), f"b.zip!/{member}")
    form("tar, pax", "Python tarfile", "pax.tar", tarred(""), member)
    form("tar, GNU", "Python tarfile", "gnu.tar", tarred("", tarfile.GNU_FORMAT), member)
    form("tar, ustar", "Python tarfile", "ustar.tar", tarred("", tarfile.USTAR_FORMAT), member)
    for name in ["gz", "bz2", "xz"]:
        form(f"tar.{name}", "Python tarfile", f"a.tar.{name}", tarred(f":{name}"), f"content!/{member}")
    form("tar.zst", "zstandard", "a.tar.zst", zstandard.compress(tarred("")), f"content!/{member}")
    with py7zr.SevenZipFile("a.7z", "w") as archive:
        archive.writestr(TEXT, member)
    form("7z", "py7zr", "a.7z", None, member)


def word():
    document = Document()
    document.add_heading("Orders", 1)
    document.add_paragraph(SENTENCE)
    document.save("paragraph.docx")
    form("docx, paragraph", "python-docx", "paragraph.docx", None, "word/document.xml")
    document = Document()
    table = document.add_table(len(TABLE), len(HEAD))
    for cells, row in zip(table.rows, TABLE):
        for cell, text in zip(cells.cells, row):
            cell.text = text
    document.save("table.docx")
    form("docx, table", "python-docx", "table.docx", None, "word/document.xml")
    document = Document()
    document.sections[0].header.paragraphs[0].text = f"card number {CARD}"
    document.sections[0].footer.paragraphs[0].text = f"IBAN {IBAN}"
    document.save("header.docx")
    form("docx, header and footer", "python-docx", "header.docx", None, "word/header1.xml", "word/footer1.xml")
    document = Document()
    document.core_properties.comments = f"card number {CARD}"
    document.core_properties.keywords = f"IBAN {IBAN}"
    document.save("properties.docx")
    form("docx, properties", "python-docx", "properties.docx", None, "docProps/core.xml")


def excel():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Orders"
    for row in TABLE:
        sheet.append(row)
    book.save("orders.xlsx")
    form("xlsx", "openpyxl", "orders.xlsx", None, "Orders")
    hidden = book.create_sheet("Hidden")
    for row in TABLE:
        hidden.append(row)
    hidden.sheet_state = "hidden"
    del book["Orders"][f"C{7}"], book["Orders"][f"D{11}"]
    for row in book["Orders"].iter_rows(min_row=2):
        row[2].value = row[3].value = None
    book.save("hidden.xlsx")
    form("xlsx, hidden sheet", "openpyxl", "hidden.xlsx", None, "Hidden")
    book = openpyxl.Workbook()
    book.active["A1"].comment = Comment(SENTENCE, "clerk")
    book.save("comment.xlsx")
    form("xlsx, comment", "openpyxl", "comment.xlsx", None, "xl/comments/comment1.xml")


def power_point():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Orders"
    slide.shapes.add_textbox(Inches(1), Inches(2), Inches(8), Inches(2)).text_frame.text = f"card number {CARD}"
    slide.notes_slide.notes_text_frame.text = f"IBAN {IBAN}"
    deck.save("slides.pptx")
    form("pptx, slide and notes", "python-pptx", "slides.pptx", None, "slide 1", "ppt/notesSlides/notesSlide1.xml")


def open_document():
    document = odf.opendocument.OpenDocumentText()
    document.text.addElement(odf.text.P(text=SENTENCE))
    document.save("text.odt")
    form("odt", "odfpy", "text.odt", None, "content.xml")
    document = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Orders")
    for row in TABLE:
        line = odf.table.TableRow()
        for text in row:
            cell = odf.table.TableCell(valuetype="string")
            cell.addElement(odf.text.P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save("table.ods")
    form("ods", "odfpy", "table.ods", None, "Orders")


def pdf():
    canvas = Canvas("page.pdf")
    canvas.drawString(72, 720, "Orders of the spring sale")
    canvas.showPage()
    canvas.drawString(72, 720, f"card number {CARD}")
    canvas.drawString(72, 700, f"IBAN {IBAN}")
    canvas.showPage()
    canvas.save()
    form("pdf", "ReportLab", "page.pdf", None, "page 2")
    writer = PdfWriter(clone_from=PdfReader("page.pdf"))
    del writer.pages[1]
    writer.add_attachment("orders.csv", TEXT.encode())
    writer.write("attached.pdf")
    form("pdf, attachment", "pypdf", "attached.pdf", None, "orders.csv")
    writer = PdfWriter(clone_from=PdfReader("page.pdf"))
    del writer.pages[1]
    writer.add_metadata({"/Subject": f"card number {CARD}", "/Keywords": f"IBAN {IBAN}"})
    writer.write("information.pdf")
    form("pdf, document information", "pypdf", "information.pdf", None, "document information")
    canvas = Canvas("form.pdf")
    canvas.acroForm.textfield(name="card number", value=CARD, x=72, y=700)
    canvas.acroForm.textfield(name="IBAN", value=IBAN, x=72, y=650)
    canvas.drawString(72, 760, "Fill in, please")
    canvas.showPage()
    canvas.save()
    form("pdf, form fields", "ReportLab", "form.pdf", None, "form fields")


def mail():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "Orders"
    message["Date"], message["Message-ID"] = "Mon, 02 Mar 2026 10:15:00 +0000", "<1@example.com>"
    message.set_content(SENTENCE + " Größe." + " and so on" * 20, cte="quoted-printable")
    form("e-mail, quoted-printable", "Python email", "plain.eml", bytes(message), "body")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "Orders"
    message["Date"], message["Message-ID"] = "Mon, 02 Mar 2026 10:15:00 +0000", "<1@example.com>"
    message.set_content("See the attachment.")
    message.add_attachment(zipped(zipfile.ZIP_DEFLATED), maintype="application", subtype="zip", filename="a.zip")
    form("e-mail, zip attached", "Python email", "attached.eml", bytes(message), "part 2: a.zip!/a/orders.csv")


def others():
    rtf = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 " + SENTENCE.replace("card", r"{\b c}ard") + r"\par}"
    form("rtf", "by hand", "orders.rtf", rtf, "text")
    base = sqlite3.connect("orders.db")
    base.execute("create table orders ('order', customer, 'card number', iban, amount)")
    base.executemany("insert into orders values (?, ?, ?, ?, ?)", [*ROWS, ["", "", f"card {CARD}", f"IBAN {IBAN}", ""]])
    base.commit()
    base.close()
    form("SQLite", "Python sqlite3", "orders.db", None, "")


for write in [texts, streams, archives, word, excel, power_point, open_document, pdf, mail, others]:
    write()
print(json.dumps(forms))
