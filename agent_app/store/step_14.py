"""The layout's step 14: what the order of calls goes by, once for each debt, and what keeps it.

Triggers follow the followups, which are written in several ways; debts are followed by `DebtFacts`.
"""

_MADE = "type in ('call', 'manual_call') and status not in ('cancelled', 'on_hold', 'scheduled')"
"""Of a call that was made, beside its date: the index's condition, letter for letter."""


def _calls(debt: str) -> tuple[str, str, str]:
    """When a debt was called last, what came of it, and how many calls since nobody was reached."""
    made = f"from followup f where f.debt_id = {debt} and call_date is not null and {_MADE}"
    reached = "status in ('bad_behavior', 'deal_found', 'deal_not_found')"
    return (
        f"(select max(call_date) {made})",
        f"coalesce((select status {made} order by call_date desc limit 1), '')",
        f"(select count(*) {made} and status <> 'in_progress' and call_date >"
        f" coalesce((select max(call_date) {made} and {reached}), -1))",
    )


def _note(debt: str) -> str:
    return (
        "insert into debt_fact (of_debt, person, last_call, last_outcome, tries)"
        f" values ({debt}, {debt}, {', '.join(_calls(debt))}) on conflict (of_debt) do update set"
        " last_call = excluded.last_call, last_outcome = excluded.last_outcome,"
        " tries = excluded.tries;"
    )


_LAST, _OUTCOME, _TRIES = _calls("of_debt")
STEP = f"""
    create table debt_fact (
        of_debt text primary key,
        person text not null,
        amount real,
        place text not null default '',
        against integer not null default 0,
        creditor text not null default '',
        tries integer not null default 0,
        last_call integer,
        last_outcome text not null default ''
    ) strict, without rowid;
    create index followup_by_attempt on followup (debt_id, call_date, status)
        where call_date is not null and {_MADE};
    create index followup_to_call on followup (scheduled_at, debt_id, status, type, share)
        where status in ('in_progress', 'scheduled') and type in ('call', 'manual_call');
    insert into debt_fact (of_debt, person, amount, place, against, creditor)
        with facts (id, fact) as materialized (select id, debt_facts(doc) from debt)
        select id, fact ->> 'person', fact ->> 'amount', fact ->> 'place', fact ->> 'against',
            fact ->> 'creditor' from facts;
    insert or ignore into debt_fact (of_debt, person)
        select distinct debt_id, debt_id from followup where debt_id <> '';
    update debt_fact set last_call = {_LAST}, last_outcome = {_OUTCOME}, tries = {_TRIES};
    create trigger followup_called after insert on followup
        when new.call_date is not null and new.debt_id <> ''
        begin {_note("new.debt_id")} end;
    create trigger followup_called_otherwise
        after update of debt_id, status, type, call_date on followup
        when new.debt_id <> '' and (new.call_date is not null or old.call_date is not null)
        and (new.debt_id <> old.debt_id or new.status <> old.status or new.type <> old.type
            or new.call_date is not old.call_date)
        begin {_note("new.debt_id")} {_note("old.debt_id")} end;
    create trigger followup_gone after delete on followup
        when old.call_date is not null and old.debt_id <> ''
        begin {_note("old.debt_id")} end;
    create index debt_fact_by_person on debt_fact (person, last_call);
    create index debt_fact_by_place on debt_fact (place);
    create index debt_fact_by_amount on debt_fact (amount);
    create index debt_fact_by_creditor on debt_fact (creditor);
    create index debt_fact_by_tries on debt_fact (tries);
    create index debt_fact_by_call on debt_fact (last_call);
"""
