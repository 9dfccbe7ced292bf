"""A module's tests are found by its name: in the file that mirrors it, or where this table says."""

from pathlib import Path

import agent_app

PACKAGE = Path(agent_app.__file__).parent
ROOT = PACKAGE.parent
ROOMS = (
    "api", "app", "cli", "config", "diagnostics", "domain", "export", "features", "models",
    "runtime", "store", "sync", "system", "text",
)  # fmt: skip

ELSEWHERE = {
    "api/assumptions": "tests/contract/test_schemathesis.py",
    "api/client": "tests/unit/api/test_tokens.py",
    "api/landing": "tests/unit/api/test_browser.py",
    "api/probe": "tests/unit/cli/test_doctor.py",
    "api/reasons": "tests/unit/api/test_browser.py",
    "api/way": "tests/unit/api/test_transport.py",
    "app/account_scope": "tests/ui/test_account_changes.py",
    "app/connection": "tests/ui/test_signing_in.py",
    "app/desktop": "tests/ui/test_desk.py",
    "app/form_desk": "tests/ui/test_what_is_open.py",
    "app/local_stores": "tests/unit/cli/test_data.py",
    "app/open_account": "tests/ui/test_account_changes.py",
    "app/run": "tests/ui/test_instance.py",
    "app/sandbox_process": "tests/ui/test_desk.py",
    "app/sign_ins": "tests/ui/test_signing_in.py",
    "app/sign_outs": "tests/ui/test_people.py",
    "app/store_opener": "tests/ui/test_rescue.py",
    "app/team_desk": "tests/ui/test_team.py",
    "cli/relay": "tests/unit/relay/test_relay.py",
    "cli/selftest": "tests/unit/cli/test_main.py",
    "cli/team": "tests/unit/team/test_server_files.py",
    "cli/trial": "tests/unit/cli/test_selftest_team.py",
    "config/account": "tests/unit/system/test_system.py",
    "config/team_files": "tests/ui/test_after_call.py",
    "diagnostics/bundle": "tests/ui/test_locking.py",
    "diagnostics/checks": "tests/unit/cli/test_doctor.py",
    "diagnostics/grade": "tests/unit/cli/test_doctor.py",
    "diagnostics/team": "tests/unit/cli/test_doctor.py",
    "domain/callers": "tests/unit/store/test_callers.py",
    "domain/columns": "tests/ui/test_bulk.py",
    "domain/company": "tests/unit/sync/test_company.py",
    "domain/debt_acts": "tests/unit/models/test_debt_edits.py",
    "domain/debt_fact": "tests/unit/store/test_calling_order.py",
    "domain/errors": "tests/unit/api/test_replies.py",
    "domain/fields": "tests/unit/house/test_one_place.py",
    "domain/followup": "tests/unit/domain/test_patch.py",
    "domain/links": "tests/ui/test_screen_pop.py",
    "domain/list_row": "tests/unit/store/test_store.py",
    "domain/network": "tests/unit/api/test_transport.py",
    "domain/outbox": "tests/unit/store/test_outbox.py",
    "domain/own_views": "tests/ui/test_own_views.py",
    "domain/periods": "tests/unit/store/test_report.py",
    "domain/person": "tests/unit/api/test_identity.py",
    "domain/places": "tests/unit/domain/test_calling.py",
    "domain/retention": "tests/unit/store/test_retention.py",
    "domain/server_address": "tests/ui/test_signing_in.py",
    "domain/settings": "tests/unit/config/test_layers.py",
    "domain/statistics": "tests/unit/store/test_report.py",
    "domain/subject": "tests/unit/store/test_debts.py",
    "domain/sync_state": "tests/unit/sync/test_state.py",
    "domain/team": "tests/unit/team/test_claims.py",
    "domain/views": "tests/unit/store/test_store.py",
    "features/bulk": "tests/ui/test_bulk.py",
    "features/company": "tests/ui/test_company.py",
    "features/context": "tests/ui/test_account_changes.py",
    "features/lock": "tests/ui/test_locking.py",
    "features/my_day": "tests/ui/test_layers.py",
    "features/own_views": "tests/ui/test_own_views.py",
    "features/palette": "tests/ui/test_after_call.py",
    "features/preferences": "tests/ui/test_administrators.py",
    "features/ready_reports": "tests/ui/test_company.py",
    "features/reminders": "tests/ui/test_reminders.py",
    "features/report": "tests/ui/test_supervisors.py",
    "features/screen_pop": "tests/ui/test_screen_pop.py",
    "features/sign_in": "tests/ui/test_signing_in.py",
    "features/support": "tests/ui/test_locking.py",
    "models/call_reasons": "tests/ui/test_calling.py",
    "models/cells": "tests/unit/models/test_followup_table.py",
    "models/choices": "tests/ui/test_undo.py",
    "models/colleagues": "tests/ui/test_conflicts.py",
    "models/commands": "tests/unit/sync/test_push.py",
    "models/conflicts": "tests/ui/test_conflicts.py",
    "models/draft_keeper": "tests/ui/test_drafts.py",
    "models/incoming_calls": "tests/ui/test_screen_pop.py",
    "models/last_saved": "tests/ui/test_undo.py",
    "models/my_day": "tests/ui/test_layers.py",
    "models/open_followup": "tests/ui/test_main_job.py",
    "models/player": "tests/ui/test_player.py",
    "models/problems": "tests/ui/test_main_job.py",
    "models/promise_seen": "tests/ui/test_about_debt.py",
    "models/queue": "tests/ui/test_part.py",
    "models/reminders": "tests/ui/test_reminders.py",
    "models/report": "tests/ui/test_supervisors.py",
    "models/report_numbers": "tests/ui/test_supervisors.py",
    "models/sync_status": "tests/ui/test_safety.py",
    "models/team_status": "tests/ui/test_team.py",
    "models/unsaved_edits": "tests/ui/test_drafts.py",
    "models/view_counts": "tests/ui/test_list.py",
    "runtime/accessible_hook": "tests/ui/test_accessibility.py",
    "runtime/garbage": "tests/ui/test_refcounts.py",
    "runtime/loop": "tests/ui/test_desk.py",
    "runtime/signals": "tests/unit/cli/test_main.py",
    "store/answers": "tests/unit/sync/test_sharing.py",
    "store/background": "tests/unit/store/test_bulk.py",
    "store/beside": "tests/unit/store/test_rescue.py",
    "store/cipher": "tests/unit/store/test_piecewise.py",
    "store/database": "tests/unit/store/test_store.py",
    "store/debt_facts": "tests/unit/store/test_calling_order.py",
    "store/drafts": "tests/ui/test_drafts.py",
    "store/entry": "tests/unit/store/test_outbox.py",
    "store/followup_row": "tests/unit/store/test_store.py",
    "store/followups": "tests/unit/store/test_store.py",
    "store/listing": "tests/unit/store/test_store.py",
    "store/migrations": "tests/unit/store/test_carrying.py",
    "store/pins": "tests/ui/test_history_panel.py",
    "store/places": "tests/unit/sync/test_whole_list.py",
    "store/reviews": "tests/ui/test_supervisors.py",
    "store/salvage": "tests/unit/store/test_rescue.py",
    "store/step_14": "tests/unit/store/test_calling_order.py",
    "store/told": "tests/unit/store/test_store.py",
    "sync/backfill": "tests/unit/sync/test_first_start.py",
    "sync/backoff": "tests/unit/sync/test_push.py",
    "sync/budgeted_client": "tests/unit/sync/test_sharing.py",
    "sync/colleagues": "tests/unit/sync/test_teamwork.py",
    "sync/engine": "tests/unit/sync/test_lane.py",
    "sync/filing": "tests/unit/sync/test_push.py",
    "sync/origins": "tests/unit/sync/test_debt_edits.py",
    "sync/periods": "tests/unit/store/test_report.py",
    "sync/whole": "tests/unit/sync/test_whole_list.py",
    "sync/yielding": "tests/unit/store/test_search_index.py",
    "system/display": "tests/unit/cli/test_main.py",
    "system/dumps": "tests/unit/system/test_system.py",
    "system/idle": "tests/ui/test_locking.py",
    "system/instance": "tests/ui/test_instance.py",
    "system/language": "tests/ui/test_other_languages.py",
    "system/logs": "tests/unit/system/test_system.py",
    "system/paths": "tests/unit/system/test_system.py",
    "system/proof": "tests/ui/test_locking.py",
    "system/secrets": "tests/unit/system/test_system.py",
    "system/wakefulness": "tests/ui/test_safety.py",
    "system/web_browser": "tests/ui/test_signing_in.py",
    "system/zone": "tests/unit/text/test_moments.py",
    "text/calls": "tests/ui/test_screen_pop.py",
    "text/connection": "tests/ui/test_signing_in.py",
    "text/debts": "tests/ui/test_debt.py",
    "text/flags": "tests/ui/test_history_panel.py",
    "text/labels": "tests/unit/house/test_one_place.py",
    "text/locale_reading": "tests/unit/text/test_moments.py",
    "text/refusals": "tests/unit/sync/test_troubles.py",
    "text/report": "tests/ui/test_supervisors.py",
    "text/team": "tests/ui/test_team.py",
}
"""Modules that are told as part of a story, and the file that tells it."""


def mirrored(module: str) -> Path:
    """The file that mirrors a module."""
    room, name = module.split("/")
    return ROOT / "tests/unit" / room / f"test_{name}.py"


def test_every_module_has_its_tests() -> None:
    for room in ROOMS:
        for file in sorted((PACKAGE / room).glob("*.py")):
            module = f"{room}/{file.stem}"
            if file.stem != "__init__" and not mirrored(module).exists():
                assert module in ELSEWHERE, f"no tests of {module} are named"


def test_the_table_holds() -> None:
    for module, file in ELSEWHERE.items():
        assert (PACKAGE / f"{module}.py").exists(), module
        assert (ROOT / file).exists(), file
        assert not mirrored(module).exists(), f"{module} is mirrored now"
