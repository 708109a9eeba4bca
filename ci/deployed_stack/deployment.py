"""`sam deploy` and `sam delete` of the copied template."""

import json
from pathlib import Path
from typing import Any

from deployed_stack.emulator import BUCKET, REGION, Emulator
from deployed_stack.processes import run
from deployed_stack.systems import Systems

SAM = ".venv/sam/bin/sam"
STACK = "consent-bridge"
SECRET = "consent-bridge"


class Deployment:
    def __init__(self, emulator: Emulator, systems: Systems, template: Path, work: Path):
        self._emulator = emulator
        self._systems = systems
        self._template = template
        self._work = work
        self.secret_arn = ""
        self.key = "key-of-the-webhooks-0123456789"
        self.dynamics_key = "key-of-the-dynamics-webhook-98765"
        self.client_secret = "secret-of-the-client-0123456789"
        self._former_client_secrets: list[str] = []

    def rotate_client_secret(self, client_secret: str) -> None:
        """Puts a new secret first and keeps the former one after it."""
        self._former_client_secrets = [self.client_secret]
        self.client_secret = client_secret
        self.put_secret(self.key)

    def put_secret(self, key: str) -> None:
        """Creates the secret, or rotates the key of the Didomi webhook in it."""
        self.key = key
        secrets = self._emulator.client("secretsmanager")
        if self.secret_arn:
            secrets.put_secret_value(SecretId=self.secret_arn, SecretString=json.dumps(self._secret()))
        else:
            self.secret_arn = secrets.create_secret(Name=SECRET, SecretString=json.dumps(self._secret()))["ARN"]

    def _secret(self) -> dict[str, Any]:
        about = self._systems.about
        return {
            "didomi": {"key": about["key"], "secret": about["secret"]},
            "microsoft-dynamics": {
                "client_id": about["client_id"],
                "client_secret": about["client_secret"],
                "tenant_id": about["tenant_id"],
                "instance": about["dataverse"],
            },
            "webhooks": {
                "didomi": {
                    "values": [self.key],
                    "client_id": "consent-bridge",
                    "client_secrets": [self.client_secret, *self._former_client_secrets],
                },
                "dynamics": {"values": [self.dynamics_key]},
            },
        }

    def deploy(self, **parameters: str) -> None:
        """Creates or updates the stack; other parameters keep their last value."""
        always = {
            "SecretArn": self.secret_arn,
            "DidomiApiUrl": self._systems.about["didomi"],
            "EntraLoginUrl": self._systems.about["entra"],
        }
        # Quoted, because the SAM CLI splits values at blanks.
        named = [f'{name}="{value}"' for name, value in (always | parameters).items()]
        command = [SAM, "deploy", "--template-file", str(self._template), "--stack-name", STACK, "--region", REGION]
        command += ["--s3-bucket", BUCKET, "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset"]
        self._run(command + ["--parameter-overrides", *named], "deploy")

    def delete(self) -> None:
        self._run([SAM, "delete", "--stack-name", STACK, "--region", REGION, "--no-prompts"], "delete")

    def _run(self, command: list[str], name: str) -> None:
        run(command, self._emulator.environment, self._work / f"sam-{name}.log")

    def outputs(self) -> dict[str, str]:
        stack = self._emulator.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
        return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}

    def environment(self) -> dict[str, str]:
        """The variables that the output OperatorEnvironment exports."""
        lines = self.outputs()["OperatorEnvironment"].splitlines()
        pairs = (line.removeprefix("export ").split("=", 1) for line in lines)
        return {name: value for name, value in pairs}
