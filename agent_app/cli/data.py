"""The `data` command: what is kept on this computer, and its end."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from agent_app.domain.errors import BadSetting, StoreError

if TYPE_CHECKING:
    from agent_app.app.local_stores import LocalStores


def add_arguments(data: argparse.ArgumentParser) -> None:
    """Add what the command can be told."""
    what = data.add_subparsers(dest="what", required=True, metavar="WHAT")
    show = what.add_parser("show", help="whose data is here, how much, and what is not sent")
    show.add_argument("--json", action="store_true", help="print one line of JSON")
    purge = what.add_parser(
        "purge", help="let go of followups that are done and older than the team keeps them"
    )
    purge.add_argument("--all", action="store_true", help="remove all local data, its keys first")
    purge.add_argument("--unsent-too", action="store_true", help="also what was never sent")
    purge.add_argument("--yes", action="store_true", help="do not ask")


def run(said: argparse.Namespace) -> int:
    """Run it; the exit status is 0 where it did its work, 1 where it says why not."""
    from agent_app.app.local_stores import LocalStores  # for this command alone
    from agent_app.config.account import account_for
    from agent_app.config.environment import take_environment
    from agent_app.config.layers import configure, from_environment
    from agent_app.system.instance import holding
    from agent_app.system.paths import data_dir, private_folder

    environment = take_environment()
    try:
        folder = private_folder(data_dir(environment))
        configuration = configure(folder, environment=environment)
        given = from_environment(environment, configuration)
    except (BadSetting, OSError) as error:
        return _no(str(error))
    account = account_for(configuration.settings, given, sandbox=False)
    stores = LocalStores(folder, configuration, account)
    if said.what == "show":
        return _show(stores, as_json=said.json)
    with holding(folder) as is_held:
        if not is_held:
            return _no("the window is open: close it first (agent-app close)")
        return _purge_all(stores, said) if said.all else _purge(stores)


def _show(stores: "LocalStores", *, as_json: bool) -> int:
    kept = list(stores.kept())
    if as_json:
        print(json.dumps([asdict(one) for one in kept], ensure_ascii=False))
    else:
        print("\n".join(one.words for one in kept) or "Nothing is kept here.")
    return 0


def _purge(stores: "LocalStores") -> int:
    days, status = stores.configuration.settings.keep_days, 0
    if not days:
        return _no("the setting keep_days is 0: nothing is ever let go")
    for account in stores.accounts():
        try:
            print(f"{stores.purge(account)} followups went that were done {days} days ago")
        except StoreError as error:
            status = _no(f"{account.name}.store: {error}")
    return status


def _purge_all(stores: "LocalStores", said: argparse.Namespace) -> int:
    kept = list(stores.kept())
    for one in kept:
        print(one.words)
    if not said.unsent_too and any(one.unsent or one.drafts or one.state != "open" for one in kept):
        return _no("something may not be sent yet; --unsent-too removes that as well")
    if not said.yes and input("Remove all of it, for good? (yes/no) ").strip().lower() != "yes":
        return _no("nothing was removed")
    gone = [stores.erase(name) for name in stores.names()]
    if not all(gone):
        return _no("not all of it could be removed: a file is in use, or the keyring is locked")
    print("All of it is gone.")
    return 0


def _no(why: str) -> int:
    print(f"agent-app data: {why}", file=sys.stderr)
    return 1
