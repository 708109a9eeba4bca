"""Runs an operator's commands on the deployed stores, with the environment from the stack's output."""

import json
import subprocess
from pathlib import Path
from typing import Any

from deployed_stack.deployment import Deployment
from deployed_stack.emulator import Emulator, java
from deployed_stack.processes import eventually
from deployed_stack.systems import Json, Systems

# A replayed delivery that cannot be applied is a dead letter again.
DEAD_AGAIN_SECONDS = 60


class Operating:
    """Called in this order, after one delivery from each side and one dead letter."""

    def __init__(self, emulator: Emulator, systems: Systems, deployment: Deployment, integration: Path):
        self._emulator = emulator
        self._systems = systems
        self._deployment = deployment
        self._integration = integration
        self._decided: Json = {}

    def explained(self) -> None:
        """./bridge explain names the delivery that decided"""
        self._decided = self._newsletter()
        assert self._decided["side"] == "didomi" and self._decided["delivery"], self._decided

    def remembered(self) -> None:
        """./bridge explain names the same delivery on the stack that adopted the ledger"""
        assert self._newsletter()["delivery"] == self._decided["delivery"]

    def _newsletter(self) -> Json:
        person = self._systems.contacts()[0]["contactid"]
        choices = self.command("explain", person, "--json")["registers"]
        return next(choice for choice in choices if choice["mapping"] == "new_newsletter")

    def replayed(self) -> None:
        """./bridge deadletters lists the dead letter, ./bridge replay puts it back into the queue"""
        letters = self.command("deadletters", "--json")
        assert len(letters) == 1 and "contactid" in letters[0]["reason"], letters
        assert self.command("replay", "--all", "--json") == {"replayed": 1}
        died = letters[0]["failed_at"]
        eventually("the dead letter returns", DEAD_AGAIN_SECONDS, lambda: self._died_after(died))

    def _died_after(self, died: str) -> bool:
        letters = self.command("deadletters", "--json")
        return len(letters) == 1 and bool(letters[0]["failed_at"] > died)

    def discarded(self) -> None:
        """./bridge status is degraded while there is a dead letter, and up after ./bridge deadletters discard"""
        status = self.command("status", "--json", ends_with=1)
        assert status["status"] == "degraded" and status["queue"]["dead_letters"] == 1, status
        letter = self.command("deadletters", "--json")[0]["id"]
        self.command("deadletters", "discard", letter, "--reason", "names no contact", "--json")
        status = self.command("status", "--json")
        assert status["status"] == "up" and status["queue"]["dead_letters"] == 0, status

    def healthy(self) -> None:
        """./bridge doctor has no failed check"""
        checks = self.command("doctor", "--json")
        failed = [check for check in checks if check["state"] == "failed"]
        assert not failed, failed
        assert {"webhooks", "stores"} <= {check["subject"] for check in checks}, checks

    def reconciled(self) -> None:
        """./bridge reconcile works on the deployed ledger, and register finds nothing to change"""
        report = self.command("reconcile", "--scan", "didomi", "--initial", "--json")
        assert report["finished"] and report["read"]["didomi"] == len(self._systems.contacts()), report
        url = self._deployment.outputs()["DidomiWebhookUrl"].removesuffix("/webhooks/didomi")
        registered = self.command("register", "--url", url, "--json")
        assert not registered["created"] and not registered["changed"], registered

    def command(self, *arguments: str, ends_with: int = 0) -> Any:
        environment = self._emulator.environment | self._deployment.environment()
        addresses = {"DIDOMI_API_URL": self._systems.about["didomi"], "ENTRA_LOGIN_URL": self._systems.about["entra"]}
        command = [java(), "-jar", "standalone/target/bridge.jar", *arguments]
        command += ["--config", str(self._integration)]
        done = subprocess.run(command, env=environment | addresses, capture_output=True, text=True, check=False)
        assert done.returncode == ends_with, f"{arguments[0]} ended with {done.returncode}: {done.stderr[-2000:]}"
        return json.loads(done.stdout)
