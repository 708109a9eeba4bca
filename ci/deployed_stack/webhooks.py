"""The deliveries that Didomi and Dynamics would send, posted to the deployed addresses."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from deployed_stack.deployment import Deployment
from deployed_stack.systems import Json, call

# A sample input; its person and values are replaced.
SAMPLE = Path("events/dynamics-update.json")
SAMPLE_CONTACT = "6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a01"


class Webhooks:
    def __init__(self, deployment: Deployment):
        self._deployment = deployment

    def logs_in(self) -> bool:
        """Whether the newest client secret is accepted."""
        return self._login()[0] == 200

    def token(self) -> str:
        """Requests a token as Didomi does."""
        status, body = self._login()
        if status != 200:
            raise AssertionError(f"the token endpoint answered {status}")
        return str(body["access_token"])

    def _login(self) -> tuple[int, Any]:
        login = {
            "grant_type": "client_credentials",
            "client_id": "consent-bridge",
            "client_secret": self._deployment.client_secret,
        }
        return call("POST", self._deployment.outputs()["TokenUrl"], login)

    def didomi(self, event: Json, headers: dict[str, str]) -> int:
        """Delivers a consent event."""
        body = {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": event}}
        return call("POST", self._deployment.outputs()["DidomiWebhookUrl"], body, headers)[0]

    def dynamics(self, contact: Json, before: bool, headers: dict[str, str]) -> int:
        """Delivers a change of new_newsletter by staff to the contact's present value."""
        sample = json.loads(SAMPLE.read_text())["body"].replace(SAMPLE_CONTACT, contact["contactid"])
        body = _changed(json.loads(sample), contact, before)
        return call("POST", self._deployment.outputs()["DynamicsWebhookUrl"], body, headers)[0]

    def keyed(self, key: str | None = None) -> dict[str, str]:
        return {"x-consent-bridge-key": key or self._deployment.key}

    def keyed_for_dynamics(self) -> dict[str, str]:
        return self.keyed(self._deployment.dynamics_key)


def _changed(body: Any, contact: Json, before: bool) -> Any:
    """The delivery with the contact's time and value; the pre-image has the previous value."""
    time = datetime.fromisoformat(contact["modifiedon"].replace("Z", "+00:00"))
    _set(body["InputParameters"], contact["new_newsletter"], time)
    _set(body["PostEntityImages"], contact["new_newsletter"], time)
    _set(body["PreEntityImages"], before, None)
    return body


def _set(entities: list[Any], newsletter: bool, time: datetime | None) -> None:
    for entity in entities:
        for attribute in entity["value"]["Attributes"]:
            if attribute["key"] == "new_newsletter":
                attribute["value"] = newsletter
            elif attribute["key"] == "modifiedon" and time:
                attribute["value"] = f"/Date({int(time.timestamp() * 1000)})/"
