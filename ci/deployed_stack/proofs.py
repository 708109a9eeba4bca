"""The checks of the deployed stack, one method per step."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from deployed_stack.deployment import Deployment
from deployed_stack.emulator import Emulator
from deployed_stack.processes import eventually
from deployed_stack.systems import Json, Systems, now
from deployed_stack.webhooks import Webhooks

APPLIED_SECONDS = 60
# The schedule fires each minute; the first firing may find the function cold.
SCHEDULED_SECONDS = 180
# An organization user id that cannot be a contact id, which is the key in the sample integration.
UNKNOWN = "somebody@example.org"


class Proofs:
    """Called in this order."""

    def __init__(
        self, emulator: Emulator, systems: Systems, deployment: Deployment, previous: Path, template: Path
    ):
        self._emulator = emulator
        self._previous = previous
        self._template = template
        self._systems = systems
        self._deployment = deployment
        self._webhooks = Webhooks(deployment)
        self._people = [contact["contactid"] for contact in systems.contacts()]
        self._table = ""
        self._unreported = False

    # ---- deploying

    def first_deploy(self) -> None:
        """sam deploy creates the stack from the template of the version before"""
        self._deployment.put_secret(self._deployment.key)
        # Without reconciliation, so that only the webhooks can cause the effects.
        self._deployment.deploy(self._previous, Reconciliation="DISABLED", FullScanSchedule="rate(1 minute)")

    def updated(self) -> None:
        """sam deploy of this template keeps ledger, queues and addresses, and what waits is applied"""
        kept = ("LedgerTable", "DeliveryQueue", "DeadLetterQueue", "HttpApi", "Registration")
        before = [self._deployment.physical(name) for name in kept]
        person, value = self._person(7)
        event = self._systems.choose(person, "newsletter", not value)
        # The version before has no table of histories, and its worker is made of the present jars, which want one.
        self._deployment.take_deliveries(False)
        self._accepted(self._webhooks.didomi(event, self._webhooks.keyed()))
        self._deployment.deploy(self._template, Reconciliation="DISABLED", FullScanSchedule="rate(1 minute)")
        self._deployment.take_deliveries(True)
        assert [self._deployment.physical(name) for name in kept] == before
        assert self._deployment.outputs()["HttpApiId"] == self._deployment.physical("HttpApi")
        self._shows_in_dynamics(person, not value, APPLIED_SECONDS)

    def registered(self) -> None:
        """the deployment registered the webhooks of both systems"""
        assert len(self._systems.endpoints()) == 1, self._systems.endpoints()
        assert len(self._systems.steps()) == 3, self._systems.steps()
        urls = [one["properties"]["url"] for one in self._systems.didomi_webhooks()]
        assert urls == [self._deployment.outputs()["DidomiWebhookUrl"]], urls

    # ---- deliveries

    def from_didomi(self) -> None:
        """a choice in Didomi, delivered with a token of the token endpoint, changes the contact"""
        person, before = self._person(0)
        event = self._systems.choose(person, "newsletter", not before)
        token = {"Authorization": f"Bearer {self._webhooks.token()}"}
        self._accepted(self._webhooks.didomi(event, token))
        self._shows_in_dynamics(person, not before, APPLIED_SECONDS)

    def from_dynamics(self) -> None:
        """an edit of a contact in Dynamics, delivered with a key, changes the Didomi user"""
        person, before = self._person(1)
        self._systems.edit(person, {"new_newsletter": not before})
        contact = self._systems.contact(person)
        self._accepted(self._webhooks.dynamics(contact, before, self._webhooks.keyed_for_dynamics()))
        self._shows_in_didomi(person, not before)

    def wrong_key(self) -> None:
        """a wrong key is answered with 401 by both webhooks"""
        person, before = self._person(0)
        wrong = self._webhooks.keyed("not-the-key-0123456789")
        event = {"id": str(uuid.uuid4()), "user": {"organization_user_id": person}}
        contact = self._systems.contact(person)
        statuses = (self._webhooks.didomi(event, wrong), self._webhooks.dynamics(contact, before, wrong))
        assert statuses == (401, 401), statuses

    def dead_letter(self) -> None:
        """a delivery that can never be applied is in the dead-letter queue, with its reason"""
        event = {
            "id": str(uuid.uuid4()),
            "created_at": now(),
            "status": "confirmed",
            "user": {"id": str(uuid.uuid4()), "organization_user_id": UNKNOWN},
            "consents": {"purposes": [{"id": "newsletter", "enabled": True}]},
        }
        self._accepted(self._webhooks.didomi(event, self._webhooks.keyed()))
        letter = eventually("the dead letter", APPLIED_SECONDS, self._dead_letter)
        reason = letter["MessageAttributes"]["reason"]["StringValue"]
        assert "contactid" in reason and UNKNOWN in letter["Body"], reason

    def _dead_letter(self) -> Any:
        queue = self._deployment.environment()["BRIDGE_DEAD_LETTER_QUEUE_URL"]
        answer = self._emulator.client("sqs").receive_message(
            QueueUrl=queue, MessageAttributeNames=["All"], VisibilityTimeout=0, WaitTimeSeconds=1
        )
        return next(iter(answer.get("Messages", [])), None)

    def together(self) -> None:
        """concurrent, reordered and repeated deliveries of the same people: the last choice wins, no event is posted twice"""
        people = self._people[4:]
        last = {person: not self._person(self._people.index(person))[1] for person in people}
        self._all_at_once([told for person in people for told in self._from_didomi(person, last[person])])
        for person in people:
            self._shows_in_dynamics(person, last[person], APPLIED_SECONDS)
        self._all_at_once([told for person in people for told in self._from_staff(person, not last[person])])
        for person in people:
            self._shows_in_didomi(person, not last[person])
            assert self._systems.posted(person) == 1, f"{self._systems.posted(person)} events were posted"

    def _from_didomi(self, person: str, last: bool) -> list[Callable[[], int]]:
        """Five choices, each the opposite of the one before."""
        events = [self._systems.choose(person, "newsletter", last is (number % 2 == 0)) for number in range(5)]
        keyed = self._webhooks.keyed()
        return [partial(self._webhooks.didomi, event, keyed) for event in reversed(events + events)]

    def _from_staff(self, person: str, value: bool) -> list[Callable[[], int]]:
        self._systems.edit(person, {"new_newsletter": value})
        contact = self._systems.contact(person)
        return [partial(self._webhooks.dynamics, contact, not value, self._webhooks.keyed_for_dynamics())] * 3

    def _all_at_once(self, deliveries: list[Callable[[], int]]) -> None:
        with ThreadPoolExecutor(8) as senders:
            for status in senders.map(lambda send: send(), deliveries):
                self._accepted(status)

    # ---- operating

    def changed_parameters(self) -> None:
        """deploying with another Revision restores a step that was deleted in Dynamics"""
        self._systems.delete_step(self._systems.steps()[0]["sdkmessageprocessingstepid"])
        assert len(self._systems.steps()) == 2
        self._deployment.deploy(
            self._template, Reconciliation="ENABLED", FullScanSchedule="rate(1 minute)", Revision="2", MemorySize="1536"
        )
        assert len(self._systems.steps()) == 3, self._systems.steps()
        # No webhook reports this one; the next steps need not wait for the schedule.
        person, before = self._person(2)
        self._systems.choose(person, "newsletter", not before)
        self._unreported = not before

    def new_version(self) -> None:
        """the changed MemorySize reached the version that the webhooks call"""
        functions = self._emulator.client("lambda")
        for name in ("DidomiWebhookFunction", "DynamicsWebhookFunction"):
            function = self._deployment.physical(name)
            live = functions.get_function_configuration(FunctionName=function, Qualifier="live")
            assert live["MemorySize"] == 1536 and live["Version"] != "$LATEST", live

    def sent_back(self) -> None:
        """a version that cannot store answers 503 and counts it for the alarm; the version before, put back, stores again"""
        functions = self._emulator.client("lambda")
        function = self._deployment.physical("DidomiWebhookFunction")
        good = functions.get_function_configuration(FunctionName=function, Qualifier="live")
        variables = good["Environment"]["Variables"]
        lost = variables | {"BRIDGE_QUEUE_URL": variables["BRIDGE_QUEUE_URL"] + "-lost"}
        functions.update_function_configuration(FunctionName=function, Environment={"Variables": lost})
        bad = functions.publish_version(FunctionName=function)["Version"]
        event = self._systems.choose(self._people[3], "marketing", False)
        # What CodeDeploy does, which the emulator does not have.
        functions.update_alias(FunctionName=function, Name="live", FunctionVersion=bad)
        refused = self._webhooks.didomi(event, self._webhooks.keyed())
        functions.update_alias(FunctionName=function, Name="live", FunctionVersion=good["Version"])
        functions.update_function_configuration(FunctionName=function, Environment={"Variables": variables})
        assert refused == 503, refused
        self._accepted(self._webhooks.didomi(event, self._webhooks.keyed()))
        counted = [line for line in self._deployment.log_text().splitlines() if '"DeliveriesNotStored":1' in line]
        assert counted and f'"stack":"{self._deployment.stack}"' in counted[0], counted

    def scheduled(self) -> None:
        """the scheduled reconciliation copied a choice that no webhook reported"""
        self._shows_in_dynamics(self._people[2], self._unreported, SCHEDULED_SECONDS)

    def rotated(self) -> None:
        """a key changed in Secrets Manager is accepted without a deployment, and the old one is refused"""
        old = self._deployment.key
        self._deployment.put_secret("another-key-of-the-webhooks-0123")
        person, before = self._person(3)
        event = self._systems.choose(person, "newsletter", not before)
        self._accepted(self._webhooks.didomi(event, self._webhooks.keyed()))
        self._shows_in_dynamics(person, not before, APPLIED_SECONDS)
        assert self._webhooks.didomi(event, self._webhooks.keyed(old)) == 401

    def rotated_client(self) -> None:
        """a new client secret is accepted without a deployment, and tokens of the former one while it is kept"""
        former = {"Authorization": f"Bearer {self._webhooks.token()}"}
        self._deployment.rotate_client_secret("another-secret-of-the-client-01")
        # The function does not read the secret again within two seconds.
        eventually("the new client secret is accepted", APPLIED_SECONDS, self._webhooks.logs_in)
        event = self._systems.choose(self._people[3], "marketing", True)
        current = {"Authorization": f"Bearer {self._webhooks.token()}"}
        assert current != former
        self._accepted(self._webhooks.didomi(event, current))
        self._accepted(self._webhooks.didomi(event, former))

    def logs(self) -> None:
        """the functions' logs contain neither personal data nor secrets"""
        text = self._deployment.log_text()
        for line in ("delivery queued", "dead letter", "reconciled", "registration settled"):
            assert line in text, f"missing in the logs: {line}"
        about = self._systems.about
        own = [self._deployment.key, self._deployment.dynamics_key, self._deployment.client_secret]
        secrets = [*own, about["secret"], about["client_secret"]]
        found = [hidden for hidden in [UNKNOWN, *secrets] if hidden in text]
        assert not found, f"the logs contain {len(found)} forbidden values"

    # ---- removing

    def deleted(self) -> None:
        """sam delete removes the registered webhooks and keeps the consent ledger and the history"""
        environment = self._deployment.environment()
        self._table, self._history = environment["BRIDGE_LEDGER_TABLE"], environment["BRIDGE_HISTORY_TABLE"]
        self._deployment.delete()
        left = self._systems.endpoints() + self._systems.steps() + self._systems.didomi_webhooks()
        assert not left, left
        for table in (self._table, self._history):
            assert self._emulator.client("dynamodb").scan(TableName=table, Select="COUNT")["Count"] > 0, table

    def adopted(self) -> None:
        """a new stack adopts the ledger and the history that the deleted one left"""
        self._deployment.deploy(
            self._template,
            Reconciliation="DISABLED",
            ExistingLedgerTable=self._table,
            ExistingHistoryTable=self._history,
        )
        assert self._deployment.environment()["BRIDGE_LEDGER_TABLE"] == self._table

    # ---- shared by the steps

    def _person(self, number: int) -> tuple[str, bool]:
        """A person, and the newsletter's value in both systems."""
        person = self._people[number]
        return person, bool(self._systems.contact(person)["new_newsletter"])

    @staticmethod
    def _accepted(status: int) -> None:
        assert status == 202, f"the webhook answered {status}"

    def _shows_in_didomi(self, person: str, value: bool) -> None:
        def shown() -> bool:
            return self._systems.chosen(person, "newsletter") is value

        eventually("the Didomi user changes", APPLIED_SECONDS, shown)

    def _shows_in_dynamics(self, person: str, value: bool, seconds: float) -> None:
        def shown() -> bool:
            contact: Json = self._systems.contact(person)
            return bool(contact["new_newsletter"] == value)

        eventually("the contact changes", seconds, shown)
