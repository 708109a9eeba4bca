"""A new version of a webhook function goes back if it fails, judged by what CodeDeploy will be given."""

from collections.abc import Iterator

from template_checks.translated import Json, of_type

ALARM = {"Name": {"Ref": "WebhookDeploymentAlarm"}}


def findings(template: Json) -> Iterator[str]:
    """Aliases that would stay on a version that fails."""
    resources = template["Resources"]
    groups = of_type(resources, "AWS::CodeDeploy::DeploymentGroup")
    aliases = {name: one for name, one in resources.items() if one["Type"] == "AWS::Lambda::Alias"}
    if not aliases:
        yield "no function has an alias"
    for name, alias in aliases.items():
        moved = alias.get("UpdatePolicy", {}).get("CodeDeployLambdaAliasUpdate", {})
        group = groups.get(moved.get("DeploymentGroupName", {}).get("Ref"), {})
        watched = group.get("AlarmConfiguration", {})
        if not watched.get("Enabled") or ALARM not in watched.get("Alarms", []):
            yield f"{name} is moved without a look at the alarm"
        elif "DEPLOYMENT_STOP_ON_ALARM" not in group["AutoRollbackConfiguration"]["Events"]:
            yield f"{name} does not go back when the alarm rings"
    for name, version in of_type(resources, "AWS::Lambda::Version").items():
        if "Description" not in version:
            yield f"{name} is not published again when a parameter changes"
