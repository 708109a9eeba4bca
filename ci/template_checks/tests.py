"""Each check finds what it is for, in the template with one thing made worse."""

import unittest
from collections.abc import Callable
from typing import Any

from template_checks import deployments, roles
from template_checks.translated import Json, source, translated


def _with(change: Callable[[Json], Any]) -> list[str]:
    template = source()
    change(template["Resources"])
    worse = translated(template)
    return [*roles.findings(worse), *deployments.findings(worse)]


def _statements(resources: Json, function: str) -> list[Json]:
    policies: list[Json] = resources[function]["Properties"]["Policies"]
    return next(policy["Statement"] for policy in policies if "Statement" in policy)


class ChecksTest(unittest.TestCase):
    def found(self, change: Callable[[Json], Any], finding: str) -> None:
        findings = _with(change)
        self.assertTrue(any(finding in one for one in findings), findings)

    def test_queue_event_whose_managed_policy_reaches_every_queue(self) -> None:
        event = {"Type": "SQS", "Properties": {"Queue": {"Fn::GetAtt": ["DeliveryQueue", "Arn"]}}}
        self.found(
            lambda resources: resources["SyncFunction"]["Properties"].update(Events={"Queue": event}),
            "has the managed policy arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
        )

    def test_policy_template_with_wildcards(self) -> None:
        policy = {"SQSSendMessagePolicy": {"QueueName": {"Fn::GetAtt": ["DeliveryQueue", "QueueName"]}}}
        self.found(
            lambda resources: resources["SyncFunction"]["Properties"]["Policies"].append(policy),
            "allows sqs:SendMessage*",
        )

    def test_every_resource(self) -> None:
        self.found(
            lambda resources: _statements(resources, "DidomiWebhookFunction")[0].update(Resource="*"), "reaches *"
        )

    def test_resource_that_is_not_of_the_stack(self) -> None:
        other = "arn:aws:sqs:eu-west-1:123456789012:other"
        self.found(
            lambda resources: _statements(resources, "DidomiWebhookFunction")[0].update(Resource=other),
            f"reaches {other}",
        )

    def test_queue_that_the_function_does_not_use(self) -> None:
        other = {"Fn::GetAtt": ["DeadLetterQueue", "Arn"]}
        self.found(
            lambda resources: _statements(resources, "DynamicsWebhookFunction")[0].update(Resource=other),
            "DynamicsWebhookFunction may sqs:SendMessage on DeadLetterQueue, which it does not use",
        )

    def test_receiving_what_it_only_sends(self) -> None:
        self.found(
            lambda resources: _statements(resources, "DidomiWebhookFunction")[0].update(Action="sqs:ReceiveMessage"),
            "may sqs:ReceiveMessage on DeliveryQueue",
        )

    def test_queue_open_to_others(self) -> None:
        policies = "DeliveryQueuePolicy"
        self.found(
            lambda resources: resources[policies]["Properties"]["PolicyDocument"]["Statement"][0].update(
                Effect="Allow"
            ),
            "DeliveryQueuePolicy lets others in",
        )

    def test_conditional_statement(self) -> None:
        def widen(resources: Json) -> None:
            statements = resources["ReadSecretPolicy"]["Properties"]["PolicyDocument"]["Statement"]
            statements[1]["Fn::If"][1]["Action"] = "kms:*"

        self.found(widen, "ReadSecretPolicy allows kms:*")

    def test_deployment_that_no_alarm_watches(self) -> None:
        self.found(
            lambda resources: resources["DidomiWebhookFunction"]["Properties"]["DeploymentPreference"].pop("Alarms"),
            "DidomiWebhookFunctionAliaslive is moved without a look at the alarm",
        )

    def test_version_that_no_parameter_reaches(self) -> None:
        self.found(
            lambda resources: resources["DynamicsWebhookFunction"]["Properties"].pop("VersionDescription"),
            "is not published again when a parameter changes",
        )
