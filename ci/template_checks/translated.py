"""What SAM makes of the template: the resources as AWS will see them."""

import copy
import logging
import os
from pathlib import Path
from typing import Any

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

TEMPLATE = Path("template.yaml")
Json = dict[str, Any]

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
# The translator warns of features that are off by default.
logging.getLogger("samtranslator").setLevel(logging.ERROR)


class PolicyArns:
    """Stands in for a client of IAM, which SAM asks for the ARNs of managed policies."""

    def load(self) -> dict[str, str]:
        return {}


def source() -> Json:
    """The template as it is written, with artifacts that need not exist."""
    template: Json = yaml_parse(TEMPLATE.read_text())
    for resource in template["Resources"].values():
        for uri in ("CodeUri", "ContentUri"):
            if uri in resource["Properties"]:
                resource["Properties"][uri] = "s3://bucket/key"
    return template


def translated(template: Json) -> Json:
    """The template after SAM's transform. A parameter without a default has a value of no meaning."""
    parameters = {name: one.get("Default", "given") for name, one in template["Parameters"].items()}
    transformed: Json = transform(copy.deepcopy(template), parameters, PolicyArns())
    return transformed


def of_type(resources: Json, name: str) -> Json:
    """The properties of the resources of a type, by their names."""
    return {key: one["Properties"] for key, one in resources.items() if one["Type"] == name}


def listed(one_or_more: Any) -> list[Any]:
    return one_or_more if isinstance(one_or_more, list) else [one_or_more]
