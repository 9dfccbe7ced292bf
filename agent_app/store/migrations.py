"""The file's layout, version by version; `pragma user_version` says which it has.

A step is never edited once it has been released: a change is a new step at the end.
"""

import json
from dataclasses import asdict

import apsw

from agent_app.domain import debt as debts
from agent_app.domain import followup as followups
from agent_app.domain.debt_fact import fact_of
from agent_app.domain.errors import StoreNewer
from agent_app.domain.part import share_of
from agent_app.domain.promise import promise_in
from agent_app.domain.reviews import holds_secret
from agent_app.domain.telephone import tail
from agent_app.domain.text import fold, well_formed
from agent_app.store.codec import loads
from agent_app.store.search import searched_text
from agent_app.store.step_14 import STEP as STEP_14

STEPS: tuple[str, ...] = (
    """
    create table followup (
        key integer primary key,
        id text not null unique,
        debt_id text not null,
        status text not null,
        type text not null,
        scheduled_at integer,        -- ms since 1970, UTC; so are all moments
        call_date integer,
        day integer,                 -- scheduled_at, or call_date where there is none
        phone text not null,
        summary text not null,
        debtor_key text not null,    -- the debtor's name, folded for sorting
        server text not null,        -- JSON: everything the server ever said of it
        local text,                  -- JSON: the same with what waits in the outbox; null if nothing
        fetched_at integer not null
    ) strict;
    create index followup_by_debt on followup (debt_id);
    create index followup_by_status on followup (status, scheduled_at);
    create index followup_by_type on followup (type);
    create index followup_by_scheduled on followup (scheduled_at);
    create index followup_by_called on followup (call_date);
    create index followup_by_day on followup (day);
    create index followup_by_phone on followup (phone);
    create index followup_by_summary on followup (summary collate nocase);
    create index followup_by_debtor on followup (debtor_key);
    create virtual table search using fts5(
        text, content='', contentless_delete=1, detail=full,
        tokenize='trigram remove_diacritics 1'
    );

    create table debt (
        id text primary key,
        doc text not null,
        fetched_at integer not null
    ) strict, without rowid;

    create table draft (
        followup_id text primary key,
        changes text not null,
        base text not null,
        typed_at integer not null
    ) strict, without rowid;

    create table outbox (
        number integer primary key autoincrement,
        followup_id text not null,
        changes text not null,
        base text not null,
        state text not null check (state in ('waiting', 'leaving', 'attention')),
        attempts integer not null default 0,
        not_before integer not null default 0,
        problem text,
        saved_at integer not null
    ) strict;
    create index outbox_by_followup on outbox (followup_id);

    create table state (
        name text primary key,
        value text not null
    ) strict, without rowid;
    """,
    # 2: text that cannot be read is drafted too; followups that were written here; waits that
    # a server asked for.
    """
    alter table followup add column from_end integer;
    alter table draft add column unreadable text not null default '{}';
    alter table outbox add column kind text not null default 'update';
    alter table outbox add column debt_id text not null default '';
    alter table outbox add column known_ids text;
    alter table outbox add column looked integer not null default 0;
    alter table outbox add column sent text not null default '[]';
    """,
    # 3: a draft may plan the next call; all debts of one person are found; what supervisors count;
    # their reviews.
    """
    alter table followup add column duration_ms integer;
    alter table followup add column direction text not null default '';
    alter table followup add column reason text not null default '';
    alter table followup add column is_retry integer not null default 0;
    alter table followup add column paid integer not null default 0;
    alter table followup add column opened integer not null default 0;
    alter table followup add column clicked integer not null default 0;
    alter table followup add column processed_at integer;
    alter table followup add column secret integer not null default 0;
    alter table followup add column late integer not null default 0;
    alter table followup add column short integer not null default 0;
    alter table followup add column bare integer not null default 0;
    update followup set
        duration_ms = coalesce(local, server) ->> '$.duration_ms',
        direction = coalesce(coalesce(local, server) ->> '$.direction', ''),
        reason = coalesce(coalesce(local, server) ->> '$.disconnection_reason', ''),
        is_retry = coalesce(coalesce(local, server) ->> '$.is_retry', 0),
        paid = coalesce(coalesce(local, server) ->> '$.triggered_payment', 0),
        opened = coalesce(coalesce(local, server) ->> '$.email_opened', 0),
        clicked = coalesce(coalesce(local, server) ->> '$.email_clicked', 0),
        processed_at = cast(round(1000 * unixepoch(
            coalesce(local, server) ->> '$.processed_at', 'subsec')) as integer),
        secret = holds_secret(coalesce(local, server) ->> '$.notes');
    update followup set
        late = coalesce(type in ('call', 'manual_call')
            and processed_at > call_date + coalesce(duration_ms, 0) + 3600000, 0),
        short = coalesce(type in ('call', 'manual_call') and duration_ms < 10000
            and status in ('deal_found', 'deal_not_found', 'bad_behavior'), 0),
        bare = status = 'deal_found' and trim(summary) = '';
    create index followup_by_outcome on followup (call_date, type, status, direction, is_retry,
        paid, opened, clicked, reason, duration_ms);
    create index followup_by_secret on followup (secret) where secret;
    create index followup_by_forgotten on followup (scheduled_at, id)
        where status = 'scheduled' and call_date is null;
    create index followup_by_late on followup (late) where late;
    create index followup_by_short on followup (short) where short;
    create index followup_by_bare on followup (bare) where bare;
    create table review (
        followup_id text primary key,
        reviewer text not null,
        at integer not null,
        comment text not null,
        scores text not null
    ) strict, without rowid;
    alter table draft add column next_at integer;
    create index debt_by_phone on debt (json_extract(doc, '$.phone'));
    create index debt_by_debtor on debt (json_extract(doc, '$.debtor_reference'));
    """,
    # 4: the search's index is merged in small steps of our own (Followups.tidy), never by a commit.
    """
    insert into search (search, rank) values ('automerge', 0);
    insert into search (search, rank) values ('crisismerge', 64);
    """,
    # 5: a caller's number is looked up by its last digits, however it is written.
    """
    alter table debt add column phone_tail text not null default '';
    alter table followup add column phone_tail text not null default '';
    update debt set phone_tail = phone_tail(json_extract(doc, '$.phone'));
    update followup set phone_tail = phone_tail(phone);
    create index debt_by_phone_tail on debt (phone_tail);
    create index followup_by_phone_tail on followup (phone_tail);
    """,
    # 6: what is searched is folded by us: ł, œ, ø, ß and ’ as people type them; national numbers
    # are found with their country's prefix.
    """
    insert or replace into search (rowid, text)
        with folded (key, text) as materialized (
            select f.key, refolded(coalesce(f.local, f.server), d.doc)
            from followup f left join debt d on d.id = f.debt_id
        )
        select key, text from folded where text is not null;
    """,
    # 7: which pages of the server's list are worth a read.
    """
    create index if not exists followup_by_place on followup (from_end) where from_end is not null;
    """,
    # 8: followups of debts that stand so or so.
    """
    create index if not exists debt_by_status on debt (json_extract(doc, '$.status'));
    """,
    # 9: to which desk's part a followup's debt falls.
    """
    alter table followup add column share integer not null default 0;
    update followup set share = share_of(debt_id);
    """,
    # 10: debts are edited: `doc` is a debt as it will be, `server` what the server said of it, where
    # that is something else. All debts of a debtor are found.
    """
    alter table debt add column server text;
    create index debt_by_debtor_id on debt (json_extract(doc, '$.debtor_id'));
    """,
    # 11: until when a debtor promised to pay, and in how many instalments.
    """
    alter table followup add column promised_on text;
    alter table followup add column promised_times integer;
    update followup set
        promised_on = promise_day(coalesce(local, server) ->> '$.notes'),
        promised_times = promise_times(coalesce(local, server) ->> '$.notes')
        where coalesce(local, server) like '%→%';
    create index followup_by_promise on followup (promised_on) where promised_on is not null;
    """,
    # 12: what agents pinned to debts.
    """
    create table pin (
        debt_id text primary key,
        text text not null,
        at integer not null
    ) strict, without rowid;
    """,
    # 13: what this desk's agent saved today, for "My day".
    """
    create table own_save (
        number integer primary key autoincrement,
        at integer not null,
        doc text not null,
        undone integer not null default 0
    ) strict;
    create index own_save_by_time on own_save (at);
    """,
    # 14: which call is best to make next, and what the list says of a debt's calls.
    STEP_14,
    # 15: the promises of a day, without all that was done on it.
    """
    create index followup_promised on followup (call_date) where promised_on is not null;
    """,
)

VERSION = len(STEPS)


def add_functions(connection: apsw.Connection) -> None:
    """What the steps call beside SQLite's own functions."""
    connection.create_scalar_function("debt_facts", _debt_facts, 1, deterministic=True)
    connection.create_scalar_function("holds_secret", _holds_secret, 1, deterministic=True)
    connection.create_scalar_function("phone_tail", _phone_tail, 1, deterministic=True)
    connection.create_scalar_function("refolded", _refolded, 2, deterministic=True)
    connection.create_scalar_function("promise_day", _promise_day, 1, deterministic=True)
    connection.create_scalar_function("promise_times", _promise_times, 1, deterministic=True)
    connection.create_scalar_function("share_of", _share_of, 1, deterministic=True)


def _debt_facts(*values: object) -> str:
    """Return the columns of `debt_fact` that a debt's document decides, as JSON."""
    fact = fact_of(debts.from_values({"id": "", **loads(str(values[0]))}))
    return json.dumps(asdict(fact), ensure_ascii=False)


def _promise_day(*values: object) -> str | None:
    promise = promise_in(values[0]) if isinstance(values[0], str) else None
    return promise.day.isoformat() if promise else None


def _promise_times(*values: object) -> int | None:
    promise = promise_in(values[0]) if isinstance(values[0], str) else None
    return promise.instalments if promise else None


def _refolded(*values: object) -> str | None:
    """Return the searched text of a followup's and its debt's documents, where folding changes it."""
    followup = followups.from_values(loads(str(values[0])))
    debt = debts.from_values(loads(str(values[1]))) if values[1] is not None else None
    text = well_formed(searched_text(followup, debt))
    numbers = (followup.phone_number_used, debt.phone if debt else None)
    national = any(number and not number.startswith("+") for number in numbers)
    return fold(text) if national or not text.isascii() else None


def _holds_secret(*values: object) -> int:
    return int(isinstance(values[0], str) and holds_secret(values[0]))


def _phone_tail(*values: object) -> str:
    return tail(values[0]) if isinstance(values[0], str) else ""


def _share_of(*values: object) -> int:
    return share_of(str(values[0]))


def migrate(connection: apsw.Connection) -> None:
    """Bring the file to this version, in one transaction. Raises StoreNewer, changing nothing."""
    version = int(connection.pragma("user_version"))
    if version > VERSION:
        raise StoreNewer(f"the file has layout {version}, this program knows {VERSION}")
    if version == VERSION:
        return
    add_functions(connection)
    with connection:
        for number, step in enumerate(STEPS[version:], start=version + 1):
            connection.execute(step)
            connection.pragma("user_version", number)
