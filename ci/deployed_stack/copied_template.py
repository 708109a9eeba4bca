"""A copy of template.yaml for the emulator, changed only where the emulator differs from AWS."""

import platform
import zipfile
from pathlib import Path
from typing import Any

from samcli.yamlhelper import yaml_dump, yaml_parse

FUNCTION = "AWS::Serverless::Function"
MACHINE = "aarch_64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
LIBRARY = f"jni/libaws-lambda-jni.linux-{MACHINE}.so"

BOOTSTRAP = """#!/bin/sh
# Replaces java25: AWS's runtime client loads the handler from the function's root, as java25 does.
# By default it unpacks its native library to a fixed path in /tmp, where concurrent starts would collide.
exec java -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$LAMBDA_TASK_ROOT/runtime-client/*" \\
  -Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="$LAMBDA_TASK_ROOT/{library}" \\
  com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
"""


class CopiedTemplate:
    """The copy, its artifacts, and a list of the changes."""

    def __init__(self, template: Path, work: Path, name: str = "template.yaml"):
        self.path = work / name
        self.changes: list[str] = []
        self._root = Path.cwd()
        self._work = work
        self._template: dict[str, Any] = yaml_parse(template.read_text())
        self._resources: dict[str, Any] = self._template["Resources"]

    def write(self, integration: Path, emulator_url: str) -> None:
        self._run_as_processes()
        self._show_layer(integration)
        self._leave_out_code_deploy()
        self._leave_out_metric_math()
        self._write_concurrency_as_number()
        self._add_routes()
        self._name_own_address(emulator_url)
        self.path.write_text(yaml_dump(self._template))

    def shorten(self, function: str, seconds: int) -> None:
        """Gives a function less time, before the copy is written."""
        self._resources[function]["Properties"]["Timeout"] = seconds

    def _functions(self) -> dict[str, Any]:
        return {name: one["Properties"] for name, one in self._resources.items() if one["Type"] == FUNCTION}

    def _run_as_processes(self) -> None:
        self._template["Globals"]["Function"]["Runtime"] = "provided.al2023"
        for name, function in self._functions().items():
            function["CodeUri"] = str(self._artifact(name, self._root / function["CodeUri"]))
            function.pop("SnapStart", None)
        self.changes.append(
            "Runtime java25 -> provided.al2023 with a bootstrap, which has no SnapStart: the emulator would start java* in Docker"
        )

    def _artifact(self, name: str, jar: Path) -> Path:
        """The function's jar, the runtime client and a bootstrap in one zip."""
        artifact = self._work / f"{name}.zip"
        if artifact.exists():
            return artifact
        artifact.write_bytes(jar.read_bytes())
        with zipfile.ZipFile(artifact, "a", zipfile.ZIP_DEFLATED) as zipped:
            bootstrap = zipfile.ZipInfo("bootstrap")
            bootstrap.external_attr = 0o755 << 16
            zipped.writestr(bootstrap, BOOTSTRAP.format(library=LIBRARY))
            for client in sorted(Path(".venv/runtime-client").glob("*.jar")):
                zipped.write(client, f"runtime-client/{client.name}")
                if "runtime-interface-client" in client.name:
                    zipped.writestr(LIBRARY, zipfile.ZipFile(client).read(LIBRARY))
        return artifact

    def _show_layer(self, integration: Path) -> None:
        variables = self._template["Globals"]["Function"]["Environment"]["Variables"]
        variables["BRIDGE_INTEGRATION"] = str(integration)
        self._resources["IntegrationLayer"]["Properties"]["ContentUri"] = str(integration)
        self.changes.append("BRIDGE_INTEGRATION -> the layer's file on this disk: the emulator does not mount layers under /opt")

    def _leave_out_code_deploy(self) -> None:
        for function in self._functions().values():
            function.pop("DeploymentPreference", None)
        self.changes.append("DeploymentPreference left out: the emulator has no CodeDeploy")

    def _leave_out_metric_math(self) -> None:
        alarms = [name for name, one in self._resources.items() if "Metrics" in one["Properties"]]
        for name in alarms:
            del self._resources[name]
        self.changes.append(f"{', '.join(alarms)} left out: there is no metric math")

    def _write_concurrency_as_number(self) -> None:
        for source in self._resources.values():
            concurrency = source["Properties"].get("ScalingConfig", {}).get("MaximumConcurrency")
            if isinstance(concurrency, dict):
                default = self._template["Parameters"][concurrency["Ref"]]["Default"]
                source["Properties"]["ScalingConfig"]["MaximumConcurrency"] = default
        self.changes.append("MaximumConcurrency as a number: the emulator treats a parameter's value as a string")

    def _add_routes(self) -> None:
        routes = []
        for name, function in self._functions().items():
            for event in function.get("Events", {}).values():
                if event["Type"] == "HttpApi":
                    routes.append(self._add_route(name, **event["Properties"]))
        # The emulator's stage serves none of the routes yet.
        self._resources["Registration"]["DependsOn"] = routes
        self.changes.append("routes as separate resources: the emulator ignores those in the API's definition")

    def _name_own_address(self, emulator_url: str) -> None:
        address = {"Fn::Sub": f"{emulator_url}/_aws/execute-api/${{HttpApi}}"}
        self._template = _replaced(self._template, {"Fn::GetAtt": ["HttpApi", "ApiEndpoint"]}, address)
        self.changes.append("the API's address is a path of the emulator's: its host name would need a resolver")

    def _add_route(self, function: str, ApiId: Any, Method: str, Path: str) -> str:
        name = "Route" + "".join(part for part in Path.title() if part.isalnum())
        self._resources[name + "Integration"] = {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": ApiId,
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": {"Ref": f"{function}.Alias"},
                "PayloadFormatVersion": "2.0",
            },
        }
        target = {"Fn::Join": ["/", ["integrations", {"Ref": name + "Integration"}]]}
        self._resources[name] = {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {"ApiId": ApiId, "RouteKey": f"{Method} {Path}", "Target": target},
        }
        return name


def _replaced(value: Any, old: Any, new: Any) -> Any:
    if value == old:
        return new
    if isinstance(value, dict):
        return {key: _replaced(one, old, new) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, old, new) for one in value]
    return value
