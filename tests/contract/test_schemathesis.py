"""The sandbox against the contract's OpenAPI, operation by operation, by generated requests."""

from typing import Any

import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, not_a_server_error

from tests.sandbox import ROOT, RunningSandbox

assert not_a_server_error in CHECKS.get_all()

_contract = yaml.safe_load((ROOT / "resources" / "openapi.yaml").read_text("utf-8"))
schema = schemathesis.openapi.from_dict(_contract)


@schema.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_operation(case: "schemathesis.Case[Any]", sandbox: RunningSandbox) -> None:
    sandbox.set(reads=1_000_000, writes=1_000_000)
    if isinstance(case.body, dict) and isinstance(case.body.get("debt_id"), str):
        # Which debts there are is no matter of the schema.
        case.body["debt_id"] = sandbox.some()["debt_id"] if case.body["debt_id"] else ""
    if case.path_parameters and case.path == "/external-api/v1/followups/{id}":
        case.path_parameters["id"] = sandbox.some()["id"]
    if case.path_parameters and case.path == "/external-api/v1/debts/{id}":
        case.path_parameters["id"] = sandbox.some()["debt_id"]
    if case.path_parameters and case.path == "/external-api/v1/debts/by-debtor/{id}":
        case.path_parameters["id"] = sandbox.api("GET", "/debts")[1]["data"][0]["debtor_id"]
    if case.path_parameters and case.path.startswith("/external-api/v1/reports/{id}"):
        case.path_parameters["id"] = "report-1"
    if "Authorization" not in (case.headers or {}):
        case.headers["Authorization"] = f"Bearer {sandbox.token()['access_token']}"
    case.call_and_validate(base_url=sandbox.server)


def test_the_copy_is_the_contract() -> None:
    assert set(_contract["paths"]) >= {"/token", "/external-api/v1/followups/{id}"}
