"""Runs the proofs in order. Stops at the first failure with exit code 1."""

import json
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from deployed_stack.copied_template import CopiedTemplate
from deployed_stack.deployment import SAM, Deployment
from deployed_stack.emulator import REGION, Emulator
from deployed_stack.operating import Operating
from deployed_stack.processes import Failure, run
from deployed_stack.proofs import Proofs
from deployed_stack.systems import Systems
from deployed_stack.translated import check_roles

WORK = Path(".venv/deployed-stack-run").absolute()
TEMPLATE = Path("template.yaml").absolute()
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


def lint(emulated: dict[str, str]) -> None:
    environment = emulated | {"PATH": f".venv/sam/bin:{emulated['PATH']}"}
    run([".venv/sam/bin/cfn-lint", "--regions", REGION, "--", str(TEMPLATE)], environment, WORK / "cfn-lint.log")
    run([SAM, "validate", "--lint", "--region", REGION, "-t", str(TEMPLATE)], environment, WORK / "sam-validate.log")


def prove_all(tally: Tally, cleanup: ExitStack) -> None:
    emulator = Emulator(WORK, cleanup)
    tally.prove("cfn-lint and sam validate --lint find nothing", lambda: lint(emulator.environment))
    tally.prove(str(check_roles.__doc__), lambda: check_roles(TEMPLATE))
    integration = WORK / "layer" / "integration.json"
    integration.parent.mkdir()
    integration.write_text(json.dumps(INTEGRATION))
    copy = CopiedTemplate(TEMPLATE, WORK)
    copy.write(integration, emulator.url)
    print("changed in the copy for the emulator:")
    for change in copy.changes:
        print(f"  {change}")
    systems = Systems(WORK, emulator.environment, cleanup)
    deployment = Deployment(emulator, systems, copy.path, WORK)
    proofs = Proofs(emulator, systems, deployment)
    operating = Operating(emulator, systems, deployment, integration)
    for step in (
        proofs.first_deploy,
        proofs.registered,
        proofs.from_didomi,
        proofs.from_dynamics,
        proofs.wrong_key,
        proofs.dead_letter,
        operating.explained,
        operating.replayed,
        operating.healthy,
        operating.reconciled,
        proofs.together,
        proofs.changed_parameters,
        proofs.scheduled,
        proofs.rotated,
        proofs.rotated_client,
        proofs.logs,
        proofs.deleted,
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
