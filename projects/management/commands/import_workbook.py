"""Import a sheet from the command line, or only say what would become of it."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from projects.bulletins.actions import rerate_changed
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.exchange.actions.batches import check_size, learned_by
from projects.exchange.actions.dry_run import try_out
from projects.exchange.actions.importing import RowsRefused, import_at_once
from projects.exchange.actions.reading import opened, recognised, rows_of
from projects.exchange.actions.writers import Asked
from projects.exchange.import_wording import KIND_NAMES, told
from projects.exchange.verdicts import Objection, Outcome, Verdict, counted
from projects.management.arguments import account
from projects.management.tables import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Imports a sheet of projects, phases, plans, monthly figures or milestones as its people do on the page: every"
        " row, or nothing at all. Exit status 1 when rows were refused, 2 when it could not be tried."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="xlsx, xls, et or csv")
        parser.add_argument("--as", dest="username", required=True, help="the account in whose name it is done")
        parser.add_argument("--month", required=True, help="the month that the sheet is for, as 2023-09")
        parser.add_argument("--kind", default="", choices=["", *KIND_NAMES], help="found out when left out")
        parser.add_argument("--sheet", default="", help="the name of the sheet, when the file has several")
        parser.add_argument("--submit", action="store_true", help="hand in the monthly reports that are complete")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of each row")
        parser.add_argument("--json", action="store_true", help="say it as JSON, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            content = self._content(path)
            user, month = account(options["username"], returncode=2), _month(options["month"])
            book = opened(path.name, content)
            found = recognised(
                book, kind=options["kind"], month=month, learned=learned_by(user, options["kind"]),
                sheet=options["sheet"],
            )  # fmt: skip
            rows = rows_of(book, columns=found, month=month)
            asked = Asked(found["kind"], month, user, now(), today(), working_month(today()), options["submit"])
            verdicts = try_out(rows, asked)
        except Refused as refusal:
            raise CommandError(str(refusal.sentence), returncode=2) from refusal
        if not options["dry_run"] and not any(verdict.objections for verdict in verdicts):
            self._import(verdicts, asked, path.name, content, found["sheet"])
        say = self._json if options["json"] else self._words
        say(verdicts, found["sheet"], dry_run=options["dry_run"])
        if any(verdict.outcome is Outcome.REFUSED for verdict in verdicts):
            raise SystemExit(1)

    def _content(self, path: Path) -> bytes:
        try:
            check_size(path.stat().st_size)
            return path.read_bytes()
        except OSError as error:
            raise CommandError(_("“%(path)s” cannot be read.") % {"path": path}, returncode=2) from error

    def _import(self, verdicts: list[Verdict], asked: Asked, name: str, content: bytes, sheet: str) -> None:
        """Write all rows; those that were refused only now are refused in what is said."""
        if not any(verdict.writes for verdict in verdicts):
            return
        try:
            import_at_once(verdicts, asked, file_name=name, sha256=sha256(content).hexdigest(), sheet=sheet)
        except RowsRefused as refusal:
            for verdict in verdicts:
                verdict.refuse(*refusal.rows[verdict.row.number]) if verdict.row.number in refusal.rows else None
            return
        rerate_changed(through=working_month(today()))

    def _json(self, verdicts: Sequence[Verdict], sheet: str, *, dry_run: bool) -> None:
        counts = counted(verdicts)
        said = {
            "new": counts["new"],
            "changed": counts["changed"],
            "unchanged": counts["unchanged"],
            "refused": [
                {"sheet": sheet, "row": verdict.row.number, "column": each.column, "value": each.value, "why": each.why}
                for verdict, each in _refused(verdicts)
            ],
            "cells": [
                {"code": verdict.code, "field": cell.field, "old": cell.old, "new": cell.new}
                for verdict in verdicts
                if verdict.writes
                for cell in verdict.cells
            ],
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))

    def _words(self, verdicts: Sequence[Verdict], sheet: str, *, dry_run: bool) -> None:
        for verdict, each in _refused(verdicts):
            place = {"sheet": sheet, "row": verdict.row.number, "column": each.column, "value": each.value}
            where = (
                _("%(sheet)s, row %(row)s, column %(column)s, “%(value)s”")
                if each.column
                else _("%(sheet)s, row %(row)s")
            )
            self.stdout.write(f"{where % place}: {each.why}")
        for verdict in verdicts:
            for cell in verdict.cells if verdict.writes else ():
                self.stdout.write(f"{verdict.code} {verdict.name}: {cell.field} {cell.old} → {cell.new}")
            for remark in verdict.remarks:
                self.stdout.write(f"{verdict.code} {verdict.name}: {remark}")
        counts = counted(verdicts)
        self.stdout.write(told("planned", counts))
        written = counts["new"] + counts["changed"]
        if dry_run or counts["refused"] or not written:
            self.stdout.write(_("Nothing was changed."))
        else:
            self.stdout.write(told("imported", {"written": written}))


def _refused(verdicts: Sequence[Verdict]) -> list[tuple[Verdict, Objection]]:
    return [
        (verdict, each) for verdict in verdicts if verdict.outcome is Outcome.REFUSED for each in verdict.objections
    ]


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        why = _("“%(text)s” is not a month. Write it like 2023-09.") % {"text": text[:20]}
        raise CommandError(why, returncode=2) from error
