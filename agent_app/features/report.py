"""The supervisors' part of the desk: outcomes, reviews, exports. For tokens with `reports:read`."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox, QProgressDialog

from agent_app.domain.errors import StoreError
from agent_app.domain.periods import Span
from agent_app.domain.reviews import MAX_QUESTIONS, Review, Score
from agent_app.domain.sent_review import Where, Whereabouts
from agent_app.domain.views import Column, Filter
from agent_app.export.review_files import NoReviews, read_rows, reviews_of, write_reviews
from agent_app.export.tables import Sheet, new_sheet
from agent_app.features.context import AppContext
from agent_app.features.ready_reports import ReadyReports
from agent_app.models.commands import Commands
from agent_app.models.report import ReportModel
from agent_app.models.review_sample import ReviewSample
from agent_app.models.sent_reviews import SentReviews
from agent_app.runtime.scope import Scope
from agent_app.store.store import Store
from agent_app.text.labels import error_words
from agent_app.text.moments import moment_text
from agent_app.text.team_reviews import addressee_words, whereabouts_words
from agent_app.ui.report.report_panel import ReportPanel
from agent_app.ui.report.review_bar import ReviewBar

if TYPE_CHECKING:
    from agent_app.ui.report.team_card import TeamCard

log = logging.getLogger(__name__)

PROGRESS_S = 0.1
SLICE_ROWS = 100
"""Rows written in one go: a slice fits a frame of the window."""
PLAIN = (
    "id", "debt_id", "type", "status", "call_date", "scheduled_at", "processed_at", "duration_ms",
    "direction", "disconnection_reason", "is_retry", "triggered_payment", "email_opened",
    "email_clicked",
)  # fmt: skip
PERSONAL = ("debtor", "phone", "summary", "notes")
"""Only where a person ticks them."""


class SupervisorReport(QObject):
    """Serves one account. *open_id* gives the id of what is open; *sent* takes reviews to their agents, where
    there is a team."""

    def __init__(
        self,
        context: AppContext,
        store: Store,
        commands: Commands,
        open_id: Callable[[], str],
        sent: SentReviews | None = None,
    ) -> None:
        super().__init__()
        self._context, self._window, self._status = context, context.window, context.status
        self._store, self._commands, self._open_id = store, commands, open_id
        self._sent = sent
        clock = context.clock
        self._scope = Scope()
        self.model = self._scope.adopt(
            ReportModel(store, commands, clock.now, clock.zone, context.tasks)
        )
        self.sample = ReviewSample(store, clock.now, clock.zone)
        self.panel: ReportPanel | None = None
        self.ready = self._scope.adopt(ReadyReports(context, commands))
        self.reviews = ReviewBar(self._questions, self._review_words)
        self.reviews.marked.connect(self.mark)
        mark = context.window.actions_["mark_reviewed"].triggered
        self._scope.connect(mark, self.reviews.give)
        if sent is not None:
            self._scope.connect(sent.changed, self._tell_review)

    def close(self) -> None:
        """Stop counting."""
        self._scope.close()

    # -- the view

    def toggle(self) -> None:
        """Open the view, or go back to list and form as they were."""
        if self._window.shows_report:
            self._window.leave_report()
        else:
            self.open()

    def open(self) -> None:
        """Open the view with the period that was looked at last; where the token does not allow it, say
        why."""
        if not self._may_report():
            return
        if self.panel is None:
            self.panel = self._make_panel()
        self._window.show_report(self.panel)
        span, period = Span(self.panel.span.currentData()), self.model.period
        self.model.show(span, period if span is Span.CUSTOM else None)
        self._tell_sample()
        self.panel.span.setFocus()

    def _may_report(self) -> bool:
        if self._status.state.may_report:
            return True
        self._window.notice.say(
            self.tr(
                "Outcomes are for supervisors: your account lacks the permission reports:read. Your administrator can give it."
            ),
            tone="warning",
            action=self.tr("Close"),
            act=lambda: self._window.notice.say(""),
        )
        return False

    def _make_panel(self) -> ReportPanel:
        panel = ReportPanel(self.model, self._status, self._context.theme, self._context.clock.zone)
        panel.wanted.connect(self._on_wanted)
        panel.left.connect(self._window.leave_report)
        panel.export_wanted.connect(self._on_export)
        panel.stop_wanted.connect(self._commands.stop_period)
        panel.ready_wanted.connect(self.ready.open)
        panel.review.sample_wanted.connect(self.review_sample)
        if self._context.team.is_set:
            panel.put_team(self._team_card())
        return panel

    def _team_card(self) -> "TeamCard":
        from agent_app.models.team_board import TeamBoard  # only where there is a team
        from agent_app.ui.report.team_card import TeamCard

        context = self._context
        board = self._scope.adopt(
            TeamBoard(
                context.team,
                self._store,
                context.tasks,
                context.clock.now,
                context.clock.zone,
                lambda: context.settings.team_wrap_up_minutes,
                lambda: self.model.period,
            )
        )
        self.model.changed.connect(board.count_anew)
        return TeamCard(board, context.theme, context.clock)

    def _on_wanted(self, wanted: Filter, words: str) -> None:
        """Show the followups behind a number, to be walked through and reviewed."""
        panel, editor = self._window.list_panel, self._window.editor
        if panel is None or editor is None:
            return
        editor.put_review_bar(self.reviews)
        self._window.back_to_desk()
        panel.show_slice(wanted, words)
        panel.view.setFocus()
        self.show_review()

    # -- reviews

    def review_sample(self) -> None:
        """Walk through some calls of today that chance draws; those of the last draw, until they are all
        reviewed."""
        if not self._may_report():
            return
        ids = self.sample.draw()
        if not ids:
            self._window.notice.say(
                self.tr("No call of today is left to review."),
                action=self.tr("Close"),
                act=lambda: self._window.notice.say(""),
            )
            return
        self._on_wanted(Filter(ids=frozenset(ids)), self.tr("Calls of today, drawn at random"))
        if self._window.list_panel is not None and (first := self.sample.left()):
            self._window.list_panel.choose(first[0])

    def _tell_sample(self) -> None:
        if self.panel is not None:
            drawn = len(self.sample.drawn())
            self.panel.review.show_sample(drawn - len(self.sample.left()), drawn)

    def _go_on_with_sample(self, followup_id: str) -> None:
        """Open the next call of the draw, once one of them is reviewed."""
        panel = self._window.list_panel
        if followup_id not in self.sample.drawn() or panel is None:
            return
        if left := self.sample.left():
            panel.choose(left[0])
        else:
            self._window.statusBar().showMessage(self.tr("All of the draw are reviewed."), 8_000)

    def _questions(self) -> Sequence[str]:
        lines = [line.strip() for line in self._context.settings.review_questions.splitlines()]
        return [line for line in lines if line][:MAX_QUESTIONS]

    def _review_words(self, review: Review | None) -> str:
        clock = self._context.clock
        if review is None:
            return addressee_words(self._sent is not None and self._sent.are_sent)
        made = self.tr("Reviewed by {who} on {moment}.").format(
            who=review.reviewer or "–", moment=moment_text(review.at, clock.zone, QLocale())
        )
        place = Whereabouts(Where.HERE)
        if self._sent is not None:
            place = self._sent.whereabouts(review.followup_id)
        return f"{made} {whereabouts_words(place, clock.now(), clock.zone)}"

    def show_review(self) -> None:
        """Show the review of what is open."""
        self.reviews.setEnabled(bool(self._open_id()))
        self.reviews.show_review(self._open_review())

    def _open_review(self) -> Review | None:
        followup_id = self._open_id()
        return self._store.reviews.get(followup_id) if followup_id else None

    def _tell_review(self) -> None:
        """Something is known anew of a review; what is being typed in the bar stays."""
        self.reviews.tell(self._open_review())

    def mark(self, comment: str, scores: Mapping[str, Score]) -> None:
        """Keep the review of what is open."""
        followup_id = self._open_id()
        if not followup_id or self.reviews.isHidden():
            return
        me = self._context.team.me
        who = self._context.settings.agent_name or (me.shown if me is not None else "")
        review = Review(followup_id, who, self._context.clock.now(), comment, dict(scores))
        self._commands.review(review)
        if self._sent is not None:
            self._sent.send(review)
        self.show_review()
        self._window.statusBar().showMessage(self.tr("Marked as reviewed."), 4_000)
        self._go_on_with_sample(followup_id)

    # -- files

    def _on_export(self, what: str) -> None:
        if what == "import_reviews":
            dialog = QFileDialog(self._window, self.tr("Reviews from a file"), "", "JSON (*.json)")
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.fileSelected.connect(self._on_import)
            dialog.open()
            return
        if what in ("csv", "excel", "xlsx"):
            self._ask_columns(what)
            return
        self._ask_file(what, lambda file: self._export(what, file))

    def _on_import(self, name: str) -> None:
        self._context.tasks.start(self.import_reviews(Path(name)))

    def _ask_file(self, ending: str, act: Callable[[Path], None]) -> None:
        ending = "json" if ending == "reviews" else ending
        dialog = QFileDialog(self._window, self.tr("Export"), "", f"{ending.upper()} (*.{ending})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        period = self.model.period
        dialog.selectFile(f"outcomes-{period.first}-{period.last}.{ending}")
        dialog.fileSelected.connect(lambda name: act(Path(name)))
        dialog.open()

    def _ask_columns(self, kind: str) -> None:
        """Personal data leaves only where it is ticked."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Export"))
        box.setTextFormat(box.textFormat().PlainText)
        box.setText(self.tr("The followups of the period, a row each."))
        tick = QCheckBox(self.tr("With personal data (debtor, telephone, summary, notes)"))
        box.setCheckBox(tick)
        box.setStandardButtons(QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel)

        def done(_code: int) -> None:
            if box.standardButton(box.clickedButton()) is QMessageBox.StandardButton.Save:
                personal = tick.isChecked()

                def export(file: Path) -> None:
                    self._context.tasks.start(
                        self.export_rows(file, personal, excel=kind == "excel")
                    )

                self._ask_file("csv" if kind == "excel" else kind, export)

        box.finished.connect(done)
        box.open()

    def _export(self, what: str, file: Path) -> None:
        try:
            if what == "reviews":
                self.export_reviews(file)
            elif self.panel is not None:
                picture = self.panel.pictures.pictures[self.panel.pictures.currentIndex()]
                picture.chart.save(file)
        except OSError as error:
            self._say(self.tr("The file cannot be written: {why}").format(why=error.strerror))
            return
        self._say(self.tr("Saved as {file}.").format(file=file.name), good=True)

    async def export_rows(self, file: Path, personal: bool, *, excel: bool = False) -> None:
        """Write the contacts of the period to *file*, with progress; a cancel leaves nothing. With
        *excel* a CSV is written as Excel opens it on a computer of this locale."""
        keys = self._store.listing.keys(self.model.contacts(), Column.EXECUTED, descending=False)
        progress = QProgressDialog(
            self.tr("Writing {file}…").format(file=file.name),
            self.tr("Cancel"),
            0,
            len(keys),
            self._window,
        )
        progress.setMinimumDuration(300)
        progress.setAutoClose(False)
        names = PLAIN + (PERSONAL if personal else ())
        sheet: Sheet | None = None
        done, shown = False, 0.0
        try:
            sheet = new_sheet(
                file, names, self._context.clock.zone, QLocale().decimalPoint() if excel else ""
            )
            for start in range(0, len(keys), SLICE_ROWS):
                for cells in self._store.listing.cells(keys[start : start + SLICE_ROWS], names):
                    sheet.row(cells)
                if time.monotonic() - shown > PROGRESS_S:
                    shown = time.monotonic()
                    progress.setValue(start)
                await asyncio.sleep(0)
                if progress.wasCanceled():
                    return
            await asyncio.to_thread(sheet.finish)
            done = True
            self._say(self.tr("Saved as {file}.").format(file=file.name), good=True)
        except OSError as error:
            self._say(self.tr("The file cannot be written: {why}").format(why=error.strerror))
        finally:
            if sheet is not None and not done:
                sheet.abandon()
            progress.close()
            progress.deleteLater()

    def export_reviews(self, file: Path) -> None:
        """Write all reviews to *file*. Raises OSError."""
        write_reviews(file, self._store.reviews.all())

    async def import_reviews(self, file: Path) -> None:
        """Take a colleague's reviews in, some at a time; of two of one followup the later stays."""
        taken = 0
        try:
            rows = await asyncio.to_thread(read_rows, file)
            slices = [rows[at : at + SLICE_ROWS] for at in range(0, len(rows), SLICE_ROWS)]
            for some in slices:  # all is looked at before anything is taken in
                reviews_of(some)
                await asyncio.sleep(0)
            for some in slices:
                taken += self._store.reviews.upsert(reviews_of(some))
                await asyncio.sleep(0)
        except OSError as error:
            self._say(self.tr("The file cannot be read: {why}").format(why=error.strerror))
            return
        except StoreError as error:
            self._say(error_words(error, self._context.clock.zone, QLocale(), None))
            return
        except NoReviews:
            self._say(self.tr("{file} holds no reviews.").format(file=file.name))
            return
        self._say(self.tr("%n review(s) imported.", "", taken), good=True)
        self.show_review()

    def _say(self, words: str, *, good: bool = False) -> None:
        if good:
            self._window.statusBar().showMessage(words, 8_000)
        else:
            self._window.notice.say(words, tone="error")
