"""What SAM makes of the template: the roles as AWS will see them."""

import os
from pathlib import Path
from typing import Any

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

from deployed_stack.emulator import REGION

# SAM attaches the first to every function: it may write logs. CodeDeploy moves the functions' aliases with the second.
ATTACHED = {"AWSLambdaBasicExecutionRole", "AWSCodeDeployRoleForLambda"}
FUNCTIONS = 5


class PolicyArns:
    """Stands in for a client of IAM, which SAM asks for the ARNs of managed policies."""

    def load(self) -> dict[str, str]:
        return {}


def translated(template: Path) -> dict[str, Any]:
    """The resources after SAM's transform. A parameter without a default has a value of no meaning."""
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    source = yaml_parse(template.read_text())
    for resource in source["Resources"].values():
        for uri in ("CodeUri", "ContentUri"):
            if uri in resource["Properties"]:
                resource["Properties"][uri] = "s3://bucket/key"
    parameters = {name: one.get("Default", "given") for name, one in source["Parameters"].items()}
    resources: dict[str, Any] = transform(source, parameters, PolicyArns())["Resources"]
    return resources


def check_roles(template: Path) -> None:
    """After SAM's transform every role names its actions and resources and has no wide managed policy"""
    resources = translated(template).values()
    roles = [one["Properties"] for one in resources if one["Type"] == "AWS::IAM::Role"]
    functions = [one for one in resources if one["Type"] == "AWS::Lambda::Function"]
    assert len(functions) == FUNCTIONS and len(roles) > FUNCTIONS, f"{len(functions)} functions, {len(roles)} roles"
    for role in roles:
        for managed in role.get("ManagedPolicyArns", []):
            name = managed.rsplit("/", 1)[-1] if isinstance(managed, str) else managed["Ref"]
            assert name in ATTACHED or isinstance(managed, dict), f"a role has the managed policy {name}"
        for policy in role.get("Policies", []):
            for statement in _listed(policy["PolicyDocument"]["Statement"]):
                named = _listed(statement["Action"]) + _listed(statement["Resource"])
                wide = [one for one in named if isinstance(one, str) and "*" in one]
                assert not wide, f"{policy['PolicyName']} allows {wide}"


def _listed(one_or_more: Any) -> list[Any]:
    return one_or_more if isinstance(one_or_more, list) else [one_or_more]
