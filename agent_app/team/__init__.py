"""Who has what, live, on NATS: the only room that knows it (`nats_link.py` alone imports it).

For the window::

    from agent_app.team.team import Team, TeamSettings      # after the first paint, with a team set

    team = Team(TeamSettings(credentials=…, api=server_address, client_id=…, servers=…, ca_bundle=…,
                             figures=settings.team_figures))
    team.start()            # needs the running loop; returns at once, connects and comes back by itself
    await team.stop()       # leaves in order, 1.5 s at most; before the store is closed

`Team(…)` raises `domain.team.NoTeam` where the credentials file is missing or makes no sense. A desk on
its own sandbox has no team.

What is there, each a plain value of `domain/team.py`, to be asked at any time and at no cost:

- `team.state` (`TeamState`: link, me, server), told by `team.changed.listen(called_with_state)`.
- `team.claims.of(debt_id)` (`Claim` or None: member, since), `.is_taken(debt_id)` (by a colleague),
  `.holds(debt_id)`, `.all()`. `team.claims.changed.listen(called_with_frozenset_of_debt_ids)`: repaint
  their rows (`Listing.keys_of_debts`). `team.claims.taken.listen(called_with_claim)`: a colleague took
  over what this desk had; say so.
- `team.presences.all()` (`Presence`: member, activity, since, debt_id, waiting), `.of(member_id)`;
  `team.presences.changed.listen(called_with_None)`.
- `team.events.all()`, `team.events.heard`; `team.reviews.unread()`, `.all()`, `team.reviews.heard`;
  `team.shared.of(SharedKind.…)`, `.history(…)`, `team.shared.changed`.
- `team.relay.holder`, `team.relay.facts`: which relay is active, and what it says of itself.

`listen` returns what ends it. All listeners are called on the loop.

What a person does, none of which waits for the network:

- `team.claims.use({debt_ids})`: these debts are in use here now (the open form, the call that is on), and
  no others. They are claimed, renewed, and released when they are not named any more. `use(())` on
  locking, on leaving the form, at the end. The sync keeps the debts of saves that have not left claimed by
  itself.
- `team.claims.take_over(debt_id)`: have it though a colleague has; they are told.
- `team.presences.be(Activity.ON_CALL, debt_id)`, `.say_waiting(count)`.
- `await team.events.tell(Event(…))` (no wait), `await team.reviews.acknowledge(id, words)`,
  `await team.reviews.publish(review)`, `await team.shared.publish(kind, text, after)` (raise NoTeam).

`queue.is_taken = team.claims.is_taken; queue.has_team = True` (models/queue.py) makes "Save and next" and
reminders skip what colleagues have; `queue.changed.emit()` after claims changed.

`engine.join(team)`, right after `engine.start()`, has the sync hand over rows and headers and take in
colleagues' by itself (`sync/teamwork.py`): an open form hears of them as of any change of the store.
"""
