"""Least privilege, judged by the roles as AWS will see them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from template_checks.translated import Json, listed, of_type

# AWS's own policies that may be attached, each with the reason.
ATTACHED = {
    # Lambda writes a function's log with it. It may write to any log group and read none; SAM offers no narrower one.
    "AWSLambdaBasicExecutionRole": "lambda.amazonaws.com",
    # Sends traces. X-Ray has no resources that a policy could name.
    "AWSXrayWriteOnlyAccess": "lambda.amazonaws.com",
    # Moves the functions' aliases. Only CodeDeploy can assume its role.
    "AWSCodeDeployRoleForLambda": "codedeploy.amazonaws.com",
}
RECEIVES = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"}
ACTION = re.compile(r"[a-z0-9-]+:[A-Za-z]+")


def findings(template: Json) -> list[str]:
    """What is wider than it must be in a template after SAM's transform; empty if nothing is."""
    resources = template["Resources"]
    known = {*resources, *template["Parameters"]}
    return [*_of_roles(resources, known), *_of_queues(resources), *_of_strangers(resources)]


def _of_roles(resources: Json, known: set[str]) -> Iterator[str]:
    own = of_type(resources, "AWS::IAM::ManagedPolicy")
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        services = [s["Principal"]["Service"] for s in role["AssumeRolePolicyDocument"]["Statement"]]
        trusted = [one for service in services for one in listed(service)]
        if len(trusted) != 1:
            yield f"{name} trusts {trusted}"
        for managed in role.get("ManagedPolicyArns", []):
            if isinstance(managed, str):
                if ATTACHED.get(managed.rsplit("/", 1)[-1]) not in trusted:
                    yield f"{name} has the managed policy {managed}"
            elif not set(_names(managed)) & set(own):
                yield f"{name} has a policy from elsewhere: {managed}"
        for statement in _statements(role.get("Policies", [])):
            yield from _of_statement(name, statement, known)
    for name, policy in own.items():
        for statement in _statements([policy]):
            yield from _of_statement(name, statement, known)


def _of_statement(owner: str, statement: Json, known: set[str]) -> Iterator[str]:
    for action in listed(statement["Action"]):
        if not ACTION.fullmatch(action):
            yield f"{owner} allows {action}"
    for resource in listed(statement["Resource"]):
        named = _names(resource)
        if "*" in json.dumps(resource) or not named or not known.issuperset(named):
            yield f"{owner} reaches {resource}"
    if statement["Effect"] != "Allow" or not {"NotAction", "NotResource"}.isdisjoint(statement):
        yield f"{owner} says more than what is allowed: {statement}"


def _of_queues(resources: Json) -> Iterator[str]:
    """A function sends to the queues in its environment and where its failures go, and receives from its source."""
    for name, function in of_type(resources, "AWS::Lambda::Function").items():
        role = resources[function["Role"]["Fn::GetAtt"][0]]["Properties"]
        variables = function["Environment"]["Variables"].items()
        sends = {queue for key, value in variables if key.endswith("_QUEUE_URL") for queue in _names(value)}
        sends |= {_names(one)[0] for one in _destinations(name, resources)}
        sources = of_type(resources, "AWS::Lambda::EventSourceMapping").values()
        receives = {_names(s["EventSourceArn"])[0] for s in sources if _names(s["FunctionName"])[0] == name}
        for statement in _statements(role.get("Policies", [])):
            queues = {name for one in listed(statement["Resource"]) for name in _names(one)[:1]}
            for action in listed(statement["Action"]):
                allowed = receives if action in RECEIVES else sends if action == "sqs:SendMessage" else queues
                for queue in queues - allowed:
                    yield f"{name} may {action} on {queue}, which it does not use"


def _destinations(function: str, resources: Json) -> Iterator[Any]:
    for config in of_type(resources, "AWS::Lambda::EventInvokeConfig").values():
        if _names(config["FunctionName"])[0] == function:
            yield config["DestinationConfig"]["OnFailure"]["Destination"]


def _of_strangers(resources: Json) -> Iterator[str]:
    """Who else may call: the API its own routes; a resource's policy may only forbid."""
    routes = {path for api in of_type(resources, "AWS::ApiGatewayV2::Api").values() for path in api["Body"]["paths"]}
    for name, permission in of_type(resources, "AWS::Lambda::Permission").items():
        text, values = permission["SourceArn"]["Fn::Sub"]
        route = text.split("/POST", 1)[-1]
        if permission["Principal"] != "apigateway.amazonaws.com" or route not in routes:
            yield f"{name} lets {permission['Principal']} call from {text}"
        if values["__ApiId__"] != {"Ref": "HttpApi"}:
            yield f"{name} lets another API call"
    for name, one in resources.items():
        if one["Type"] in ("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::Lambda::LayerVersionPermission"):
            document = one["Properties"].get("PolicyDocument", {"Statement": [{"Effect": "Allow"}]})
            if any(statement["Effect"] != "Deny" for statement in listed(document["Statement"])):
                yield f"{name} lets others in"


def _statements(policies: list[Json]) -> Iterator[Json]:
    """Also those that only one of two conditions includes."""
    for policy in policies:
        for statement in listed(policy["PolicyDocument"]["Statement"]):
            for one in statement["Fn::If"][1:] if "Fn::If" in statement else [statement]:
                if one != {"Ref": "AWS::NoValue"}:
                    yield one


def _names(value: Any) -> list[str]:
    """The resources and parameters that a value refers to, in order."""
    if isinstance(value, list):
        return [name for one in value for name in _names(one)]
    if not isinstance(value, dict):
        return []
    if "Ref" in value:
        return [value["Ref"]]
    if "Fn::GetAtt" in value:
        return [listed(value["Fn::GetAtt"])[0].split(".")[0]]
    if "Fn::Sub" in value:
        text, given = [*listed(value["Fn::Sub"]), {}][:2]
        in_text = [name.split(".")[0] for name in re.findall(r"\$\{([\w:.]+)}", text)]
        return [name for name in in_text if name not in given and not name.startswith("AWS::")] + _names(given)
    return [name for key, one in value.items() for name in _names(one[1:] if key == "Fn::If" else one)]
