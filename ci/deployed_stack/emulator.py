"""MiniStack, an emulator of AWS that runs functions as processes."""

import os
import shutil
import urllib.request
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.error import URLError

import boto3

from deployed_stack.processes import Child, Failure, eventually, free_port

REGION = "eu-west-1"
BUCKET = "artifacts"

# The emulator accepts any credentials; these keep the user's own out of it.
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "SAM_CLI_TELEMETRY": "0",
}
OWN = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_PROFILE")


class Emulator:
    def __init__(self, work: Path, cleanup: ExitStack):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {name: value for name, value in os.environ.items() if name not in OWN}
        self.environment |= CREDENTIALS | {"AWS_ENDPOINT_URL": self.url}
        own = {"GATEWAY_PORT": str(self.port), "BIND_HOST": "127.0.0.1", "MINISTACK_REGION": REGION}
        python = Path(".venv/emulator/bin/python").absolute()
        self.child = Child([str(python), "-m", "ministack"], self.environment | own, work / "emulator.log", cleanup)
        eventually("the emulator answers", 60, self._accepts)
        self.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})

    def _accepts(self) -> bool:
        self.child.check()
        try:
            with urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    @cached_property
    def _session(self) -> boto3.Session:
        return boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)

    def client(self, service: str) -> Any:
        return self._session.client(service, endpoint_url=self.url)

    def log_text(self, prefix: str) -> str:
        """All log lines of the functions."""
        logs = self.client("logs")
        lines: list[str] = []
        for group in logs.describe_log_groups(logGroupNamePrefix=prefix)["logGroups"]:
            pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group["logGroupName"])
            lines += [event["message"] for page in pages for event in page["events"]]
        return "\n".join(lines)


def java() -> str:
    found = shutil.which("java")
    if found is None:
        raise Failure("Java was not found: install a JDK 17 or newer")
    return found
