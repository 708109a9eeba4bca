"""`sam deploy` and `sam delete` of the copied template."""

import json
from pathlib import Path
from typing import Any

from deployed_stack.emulator import BUCKET, REGION, Emulator
from deployed_stack.processes import run
from deployed_stack.systems import Systems

SAM = ".venv/sam/bin/sam"
STACK = "consent-bridge"


class Deployment:
    """One stack, and the secret of the same name."""

    def __init__(self, emulator: Emulator, systems: Systems, work: Path, stack: str = STACK):
        self._emulator = emulator
        self._systems = systems
        self._work = work
        self.stack = stack
        self.secret_arn = ""
        self.key = f"key-of-the-webhooks-0123456789-{stack}"
        self.dynamics_key = f"key-of-the-dynamics-webhook-98765-{stack}"
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
            self.secret_arn = secrets.create_secret(Name=self.stack, SecretString=json.dumps(self._secret()))["ARN"]

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

    def deploy(self, template: Path, **parameters: str) -> None:
        """Creates or updates the stack; other parameters keep their last value."""
        always = {
            "SecretArn": self.secret_arn,
            "DidomiApiUrl": self._systems.about["didomi"],
            "EntraLoginUrl": self._systems.about["entra"],
        }
        # Quoted, because the SAM CLI splits values at blanks.
        named = [f'{name}="{value}"' for name, value in (always | parameters).items()]
        command = [SAM, "deploy", "--template-file", str(template), "--stack-name", self.stack, "--region", REGION]
        command += ["--s3-bucket", BUCKET, "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset"]
        command += ["--tags", "application=consent-bridge", f"stage={self.stack}"]
        self._run(command + ["--parameter-overrides", *named], "deploy")

    def delete(self) -> None:
        self._run([SAM, "delete", "--stack-name", self.stack, "--region", REGION, "--no-prompts"], "delete")

    def _run(self, command: list[str], name: str) -> None:
        run(command, self._emulator.environment, self._work / f"sam-{name}-{self.stack}.log")

    def take_deliveries(self, enabled: bool) -> None:
        """Whether the worker takes deliveries off its queues."""
        functions = self._emulator.client("lambda")
        sources = functions.list_event_source_mappings(FunctionName=self.physical("SyncFunction"))
        for source in sources["EventSourceMappings"]:
            functions.update_event_source_mapping(UUID=source["UUID"], Enabled=enabled)

    def outputs(self) -> dict[str, str]:
        stack = self._emulator.client("cloudformation").describe_stacks(StackName=self.stack)["Stacks"][0]
        return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}

    def physical(self, name: str) -> str:
        """The name that the stack gave to one of its resources."""
        detail = self._emulator.client("cloudformation").describe_stack_resource(
            StackName=self.stack, LogicalResourceId=name
        )
        return str(detail["StackResourceDetail"]["PhysicalResourceId"])

    def log_text(self) -> str:
        """All log lines of the stack's functions."""
        return self._emulator.log_text(f"/aws/lambda/{self.stack}/")

    def environment(self) -> dict[str, str]:
        """The variables that the output OperatorEnvironment exports."""
        lines = self.outputs()["OperatorEnvironment"].splitlines()
        pairs = (line.removeprefix("export ").split("=", 1) for line in lines)
        return {name: value for name, value in pairs}
