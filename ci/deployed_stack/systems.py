"""Simulated Didomi, Dataverse and Entra, and what their users do there."""

import json
import urllib.error
import urllib.parse
import urllib.request
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from deployed_stack.emulator import java
from deployed_stack.processes import Child, eventually

PEOPLE = 8
MAIN = "io.github.consentbridge.simulators.SimulatorsMain"
Json = dict[str, Any]


def call(method: str, url: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    """Status and answer; a dict with a body is sent as JSON, bytes as they are."""
    sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, sent, {"Content-Type": "application/json"} | (headers or {}), method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, _parsed(answer.read())
    except urllib.error.HTTPError as refusal:
        return refusal.code, _parsed(refusal.read())


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body.decode(errors="replace")


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Systems:
    """They lose all data when they end."""

    def __init__(self, environment: dict[str, str], log: Path, cleanup: ExitStack, *options: str):
        command = [java(), "-Xmx256m", "-cp", "demo/target/demo.jar", MAIN, *(options or ("--people", str(PEOPLE)))]
        self._child = Child(command, environment, log, cleanup)
        self.about: Json = json.loads(eventually("the simulators answer", 60, self._description))
        self._didomi_headers = {"Authorization": f"Bearer {self._didomi_token()}"}
        self._dataverse_headers = {"Authorization": f"Bearer {self._entra_token()}"}

    def _description(self) -> str | None:
        self._child.check()
        return next((line for line in self._child.log.read_text().splitlines() if line.startswith("{")), None)

    def _didomi_token(self) -> str:
        login = {"type": "api-key", "key": self.about["key"], "secret": self.about["secret"]}
        return str(self._asked(call("POST", f"{self.about['didomi']}/sessions", login))["access_token"])

    def _entra_token(self) -> str:
        form = urllib.parse.urlencode(
            {
                "grant_type": "client_credentials",
                "client_id": self.about["client_id"],
                "client_secret": self.about["client_secret"],
                "scope": f"{self.about['dataverse']}/.default",
            }
        ).encode()
        url = f"{self.about['entra']}/{self.about['tenant_id']}/oauth2/v2.0/token"
        answer = call("POST", url, form, {"Content-Type": "application/x-www-form-urlencoded"})
        return str(self._asked(answer)["access_token"])

    @staticmethod
    def _asked(answer: tuple[int, Any]) -> Any:
        status, body = answer
        if status >= 300:
            raise AssertionError(f"a simulator answered {status}: {body}")
        return body

    def _didomi(self, method: str, path: str, body: Any = None, query: str = "") -> Any:
        url = f"{self.about['didomi']}{path}?organization_id={self.about['organization_id']}{query}"
        return self._asked(call(method, url, body, self._didomi_headers))

    def _dataverse(self, method: str, path: str, body: Any = None) -> Any:
        url = f"{self.about['dataverse']}/api/data/v9.2/{path}"
        return self._asked(call(method, url, body, self._dataverse_headers))

    # ---- Didomi

    def choose(self, person: str, purpose: str, granted: bool) -> Json:
        """Creates an event in Didomi, without a delivery."""
        event = {
            "organization_id": self.about["organization_id"],
            "created_at": now(),
            "user": {"organization_user_id": person},
            "consents": {"purposes": [{"id": purpose, "enabled": granted}]},
        }
        created: Json = self._didomi("POST", "/consents/events", event)
        return created

    def chosen(self, person: str, purpose: str) -> bool | None:
        """The value in Didomi."""
        users = self._didomi("GET", "/consents/users", query=f"&organization_user_id={urllib.parse.quote(person)}")
        for shown in users["data"][0]["consents"]["purposes"]:
            if shown["id"] == purpose:
                return bool(shown["enabled"])
        return None

    def posted(self, person: str) -> int:
        """The number of the bridge's events that Didomi has of this person."""
        query = f"&organization_user_id={urllib.parse.quote(person)}&regulation=gdpr"
        events = self._didomi("GET", "/consents/events", query=query)["data"]
        return sum(1 for event in events if (event.get("metadata") or {}).get("origin") == "consent-bridge")

    def didomi_webhooks(self) -> list[Json]:
        found: list[Json] = self._didomi("GET", "/marketplace/integrations")["data"]
        return found

    # ---- Dynamics

    def contacts(self) -> list[Json]:
        found: list[Json] = self._dataverse("GET", "contacts?$select=contactid,new_newsletter,donotbulkemail")["value"]
        return found

    def contact(self, person: str) -> Json:
        row: Json = self._dataverse("GET", f"contacts({person})?$select=new_newsletter,donotbulkemail,modifiedon")
        return row

    def edit(self, person: str, changes: Json) -> None:
        """Changes the contact without a delivery."""
        self._dataverse("PATCH", f"contacts({person})", changes)

    def steps(self) -> list[Json]:
        select = "sdkmessageprocessingsteps?$select=sdkmessageprocessingstepid,name"
        found: list[Json] = self._dataverse("GET", select)["value"]
        return found

    def delete_step(self, step: str) -> None:
        self._dataverse("DELETE", f"sdkmessageprocessingsteps({step})")

    def endpoints(self) -> list[Json]:
        found: list[Json] = self._dataverse("GET", "serviceendpoints?$select=name,url")["value"]
        return found
