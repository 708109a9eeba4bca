"""Runs the proofs in order. Stops at the first failure with exit code 1."""

import json
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from deployed_stack.beside import FUNCTION_SECONDS, Beside
from deployed_stack.copied_template import CopiedTemplate
from deployed_stack.deployment import Deployment
from deployed_stack.emulator import Emulator
from deployed_stack.operating import Operating
from deployed_stack.processes import Failure
from deployed_stack.proofs import Proofs
from deployed_stack.systems import Systems

WORK = Path(".venv/deployed-stack-run").absolute()
TEMPLATE = Path("template.yaml")
# That of the last release, whose stacks this one must update. Renew it with each release:
# git show vVERSION:template.yaml > ci/deployed_stack/previous-template.yaml
PREVIOUS = Path("ci/deployed_stack/previous-template.yaml")
CURRENT = "template.yaml"
BESIDE = "beside.yaml"
INTEGRATION = {
    "type_id": "microsoft-dynamics",
    "properties": {"organization_id": "acme", "contact_key": "contactid", "bidirectional": True},
    "mappings": [
        {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
        {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": True},
    ],
}


class Tally:
    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    def prove(self, what: str, step: Callable[[], None]) -> None:
        started = time.monotonic()
        try:
            step()
        except BaseException as failure:
            self.failed += 1
            print(f"FAILED  {what}: {failure or type(failure).__name__}", flush=True)
            raise
        self.passed += 1
        print(f"passed  {what} ({time.monotonic() - started:.1f} s)", flush=True)

    def end(self) -> int:
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0


def copied(template: Path, name: str, integration: Path, emulator: Emulator) -> Path:
    """The path of the copy; says once what is changed in it."""
    copy = CopiedTemplate(template, WORK, name)
    if name == BESIDE:
        copy.shorten("ReconciliationFunction", FUNCTION_SECONDS)
    copy.write(integration, emulator.url)
    if name == CURRENT:
        print("changed in the copy for the emulator:")
        for change in copy.changes:
            print(f"  {change}")
    return copy.path


def prove_all(tally: Tally, cleanup: ExitStack) -> None:
    emulator = Emulator(WORK, cleanup)
    integration = WORK / "layer" / "integration.json"
    integration.parent.mkdir()
    integration.write_text(json.dumps(INTEGRATION))
    current = copied(TEMPLATE, CURRENT, integration, emulator)
    previous = copied(PREVIOUS, "previous.yaml", integration, emulator)
    systems = Systems(emulator.environment, WORK / "simulators.log", cleanup)
    deployment = Deployment(emulator, systems, WORK)
    proofs = Proofs(emulator, systems, deployment, previous, current)
    operating = Operating(emulator, systems, deployment, integration)
    short = copied(TEMPLATE, BESIDE, integration, emulator)
    beside = Beside(emulator, deployment, short, integration, WORK, cleanup)
    for step in (
        proofs.first_deploy,
        proofs.updated,
        proofs.registered,
        proofs.from_didomi,
        proofs.from_dynamics,
        proofs.wrong_key,
        proofs.dead_letter,
        operating.explained,
        operating.replayed,
        operating.discarded,
        operating.healthy,
        operating.reconciled,
        proofs.together,
        proofs.changed_parameters,
        proofs.new_version,
        beside.separate,
        beside.long_scan,
        beside.deleted,
        proofs.scheduled,
        proofs.rotated,
        proofs.rotated_client,
        proofs.sent_back,
        proofs.logs,
        proofs.deleted,
        proofs.adopted,
        operating.remembered,
    ):
        tally.prove(str(step.__doc__), step)


def main() -> int:
    # A signal raises an exception, so that the processes are stopped on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    tally = Tally()
    with ExitStack() as cleanup:
        try:
            prove_all(tally, cleanup)
        except (Failure, AssertionError) as failure:
            tally.failed = tally.failed or 1
            print(f"stopped: {failure}\nthe logs are in {WORK}", file=sys.stderr)
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
