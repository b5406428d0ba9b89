"""The hub's values: nothing secret, nothing as root, walls between people, and what the chart itself would accept."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml  # noqa: TID251 - the chart is Helm's, and Helm reads YAML

from tests.places import ROOT

FOLDER = ROOT / "deploy" / "hub"
CHART = Path(os.environ.get("REKINDLE_CHART", "/no/such/chart"))
"""A folder with the chart's values and their schema: `helm pull jupyterhub --untar`, or the chart's repository."""


@pytest.fixture
def values() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((FOLDER / "values.yaml").read_text("utf-8"))
    return read


def leaves(tree: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(tree, dict):
        for key, below in tree.items():
            yield from leaves(below, f"{at}.{key}" if at else str(key))
    elif isinstance(tree, list):
        for below in tree:
            yield from leaves(below, at)
    else:
        yield at, tree


def test_nothing_secret_stands_in_the_folder(values: dict[str, Any]) -> None:
    named = re.compile(r"secret|password|token|key|cookie", re.IGNORECASE)
    found = {at: value for at, value in leaves(values) if named.search(at) and isinstance(value, str)}
    assert found == {
        "proxy.https.secret.name": "rekindle-hub-tls",  # the name of a secret of the cluster, as the next two
        "hub.extraEnv.OIDC_CLIENT_SECRET.valueFrom.secretKeyRef.name": "rekindle-hub",
        "hub.extraEnv.OIDC_CLIENT_SECRET.valueFrom.secretKeyRef.key": "oidc-client-secret",
        "hub.config.GenericOAuthenticator.token_url": "https://login.example.org/token",
    }
    for path in FOLDER.rglob("*"):
        text = path.read_text("utf-8") if path.is_file() else ""
        assert not re.search(r"BEGIN [A-Z ]*PRIVATE KEY|[0-9a-f]{32}", text), path


def test_nothing_runs_as_root(values: dict[str, Any]) -> None:
    container = values["hub"]["config"]["KubeSpawner"]["container_security_context"]
    assert container["runAsNonRoot"]
    assert container["readOnlyRootFilesystem"]
    assert values["hub"]["podSecurityContext"]["runAsNonRoot"]
    for one in (container, values["hub"]["containerSecurityContext"]):
        assert one["allowPrivilegeEscalation"] is False
        assert one["capabilities"] == {"drop": ["ALL"]}
    assert values["singleuser"]["uid"] > 0
    assert values["singleuser"]["allowPrivilegeEscalation"] is False
    assert values["singleuser"]["cloudMetadata"]["blockWithIptables"] is False, "this would be privileged"
    lines = (FOLDER / "Dockerfile").read_text("utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users[-1] == "1000:100"
    assert not any(line.startswith(("RUN", "COPY", "ADD")) for line in lines[lines.index("USER 1000:100") :])


def test_one_server_one_volume_and_one_name_for_each_person(values: dict[str, Any]) -> None:
    hub, person = values["hub"], values["singleuser"]
    assert hub["allowNamedServers"] is False
    assert hub["config"]["JupyterHub"]["admin_access"] is False
    assert hub["config"]["JupyterHub"]["subdomain_host"].startswith("https://")
    assert "{user_server}" in person["storage"]["dynamic"]["pvcNameTemplate"]
    assert person["storage"]["dynamic"]["storageAccessModes"] == ["ReadWriteOncePod"]
    docker = (FOLDER / "Dockerfile").read_text("utf-8")
    assert f"REKINDLE_HOME={person['storage']['homeMountPath']}/" in docker


def test_kernels_have_no_port_are_begun_for_nobody_else_and_call_nobody(values: dict[str, Any]) -> None:
    person = values["singleuser"]
    assert "--KernelManager.transport=ipc" in person["cmd"]
    assert "--VoilaConfiguration.preheat_kernel=False" in person["cmd"]
    policy = person["networkPolicy"]
    assert policy["enabled"]
    assert policy["ingress"] == policy["egress"] == []
    allowed = {name for name, yes in policy["egressAllowRules"].items() if yes}
    assert allowed == {"dnsPortsKubeSystemNamespace"}
    assert values["hub"]["networkPolicy"]["enabled"]
    assert values["proxy"]["chp"]["networkPolicy"]["enabled"]


def test_there_is_an_end_to_what_one_person_and_all_can_take(values: dict[str, Any]) -> None:
    assert values["cull"]["enabled"]
    assert 900 <= values["cull"]["timeout"] <= 3600
    assert values["singleuser"]["memory"]["limit"]
    assert values["singleuser"]["cpu"]["limit"]
    assert values["hub"]["activeServerLimit"]
    assert values["hub"]["resources"]["limits"]["memory"]


def test_the_image_is_made_from_a_lock_by_the_same_recipe_as_binders(values: dict[str, Any]) -> None:
    docker = (FOLDER / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r requirements/hub.txt" in docker
    assert "binder/postBuild" in docker
    pins, binder = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / f"{name}.txt").read_text("utf-8"), re.MULTILINE))
        for name in ("hub", "binder")
    )
    assert binder.items() <= pins.items()
    assert pins["jupyterhub"].startswith("5.")
    kept = (FOLDER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert kept[1] == "*"
    assert {"!widgets", "!notebooks", "!requirements", "!binder"} <= set(kept)


@pytest.mark.skipif(not CHART.is_dir(), reason="the chart is another project's: REKINDLE_CHART names a copy of it")
def test_the_charts_own_schema_accepts_the_values(values: dict[str, Any]) -> None:
    whole = merged(yaml.safe_load((CHART / "values.yaml").read_text("utf-8")), values)
    schema = next(path for path in (CHART / "values.schema.json", CHART / "values.schema.yaml") if path.exists())
    text = schema.read_text("utf-8")
    judge = jsonschema.Draft7Validator(json.loads(text) if schema.suffix == ".json" else yaml.safe_load(text))
    assert [f"{[*one.path]}: {one.message}" for one in judge.iter_errors(whole)] == []
    assert unknown(values, yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))) == []


def merged(under: Any, over: Any) -> Any:
    """Return values as Helm lays them over a chart's own: mappings are joined, all else takes the place."""
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    return {**under, **{key: merged(under.get(key), value) for key, value in over.items()}}


def unknown(over: Any, under: Any, at: str = "") -> list[str]:
    """Return the keys that the chart has no value for, where it lists any: a misspelt one would do nothing."""
    if not isinstance(over, dict) or not isinstance(under, dict) or not under or at == ".hub.config":
        return []
    return [
        place
        for key, value in over.items()
        for place in ([f"{at}.{key}"] if key not in under else unknown(value, under[key], f"{at}.{key}"))
    ]
