"""A second stack in the same account and region, with other systems around it."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from deployed_stack.deployment import Deployment
from deployed_stack.emulator import Emulator
from deployed_stack.operating import Operating
from deployed_stack.processes import eventually
from deployed_stack.systems import Systems
from deployed_stack.webhooks import Webhooks

STACK = "consent-bridge-two"
# Of 100 each, the pages of one side.
PEOPLE = 350
# The function stops when 30 seconds are left, so this leaves it a second.
FUNCTION_SECONDS = 31
APPLIED_SECONDS = 60
SCANNED_SECONDS = 120


class Beside:
    """Called in this order, while the first stack is up."""

    def __init__(
        self,
        emulator: Emulator,
        first: Deployment,
        template: Path,
        integration: Path,
        work: Path,
        cleanup: ExitStack,
    ):
        self._emulator = emulator
        self._first = first
        self._template = template
        log = work / "simulators-two.log"
        # One person in ten differs; each answer takes a while, so that the scan does.
        options = ("--people", str(PEOPLE), "--differing", "0.1", "--seed", "7", "--latency", "100")
        self._systems = Systems(emulator.environment, log, cleanup, *options)
        self._second = Deployment(emulator, self._systems, work, STACK)
        self._webhooks = Webhooks(self._second)
        self._operating = Operating(emulator, self._systems, self._second, integration)

    def separate(self) -> None:
        """a second stack has its own key, queue, ledger and metrics, and leaves those of the first alone"""
        taken = self._taken(self._first)
        self._second.put_secret(self._second.key)
        self._second.deploy(self._template, Reconciliation="DISABLED")
        person = self._systems.contacts()[0]["contactid"]
        event = self._systems.choose(person, "newsletter", True)
        assert self._webhooks.didomi(event, self._webhooks.keyed(self._first.key)) == 401
        assert self._webhooks.didomi(event, self._webhooks.keyed()) == 202
        eventually("the second ledger knows the person", APPLIED_SECONDS, lambda: person in self._ledger(self._second))
        assert person not in self._ledger(self._first)
        assert self._taken(self._first) == taken and self._taken(self._second) == 1
        assert self._stacks(self._first) == {self._first.stack} and self._stacks(self._second) == {STACK}

    def _ledger(self, deployment: Deployment) -> str:
        """All of a stack's ledger."""
        table = deployment.environment()["BRIDGE_LEDGER_TABLE"]
        return str(self._emulator.client("dynamodb").scan(TableName=table)["Items"])

    @staticmethod
    def _taken(deployment: Deployment) -> int:
        return deployment.log_text().count('"outcome":"delivery queued"')

    @staticmethod
    def _stacks(deployment: Deployment) -> set[str]:
        """The dimension of the metrics that the stack's functions print."""
        lines = deployment.log_text().splitlines()
        return {json.loads(line)["stack"] for line in lines if line.startswith('{"_aws"')}

    def long_scan(self) -> None:
        """a scan longer than one invocation continues itself, and ends complete"""
        function = self._second.physical("ReconciliationFunction")
        request = json.dumps({"scan": "full", "initial": True})
        answer = self._emulator.client("lambda").invoke(FunctionName=function, Payload=request)
        first = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer and not first["finished"], first
        eventually("the scan ends", SCANNED_SECONDS, lambda: self._reports()[-1]["finished"])
        assert len(self._reports()) > 1 and not any(report["stopped"] for report in self._reports())
        report = self._operating.command("reconcile", "--scan", "full", "--dry-run", "--json")
        assert report["finished"] and not report["differences"] and not report["failed"], report

    def _reports(self) -> list[Any]:
        """What each invocation logged, in order."""
        lines = [line for line in self._second.log_text().splitlines() if '"outcome":"reconciled"' in line]
        return [json.loads(json.loads(line)["report"]) for line in lines]

    def deleted(self) -> None:
        """deleting the second stack leaves the first as it is"""
        before = self._first.outputs()
        self._second.delete()
        assert self._first.outputs() == before and self._ledger(self._first)
        assert not self._systems.endpoints() + self._systems.didomi_webhooks()
