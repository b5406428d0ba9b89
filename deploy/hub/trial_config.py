"""A hub for trials on one computer: real accounts and real walls between them, and nothing that leaves 127.0.0.1.

`make hub-trial` starts it. It is no way to serve people: a login here is the password of an account of this system.
"""

import json
import os
from pathlib import Path

c = get_config()  # noqa: F821 (JupyterHub gives it)

place = Path(os.environ["REKINDLE_TRIAL"])
state = place / "state"  # of the hub alone: its database, its log and what signs its cookies
told = json.loads((place / "trial.json").read_text("utf-8"))

c.JupyterHub.bind_url = f"http://127.0.0.1:{told['port']}"
c.JupyterHub.hub_port = told["hub_port"]
c.JupyterHub.subdomain_host = f"http://hub.localhost:{told['port']}"
c.JupyterHub.db_url = f"sqlite:///{state / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
c.JupyterHub.cleanup_servers = False  # a hub that is started anew finds the servers again
c.JupyterHub.admin_access = False
c.JupyterHub.allow_named_servers = False
c.ConfigurableHTTPProxy.command = told["proxy"]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{told['api_port']}"
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")

# The password of the account, checked by the system. Each server runs as the account that it belongs to.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.open_sessions = False
c.Authenticator.allowed_users = set(told["people"])
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [told["singleuser"]]
c.Spawner.default_url = "/voila/render/dashboard.ipynb"
c.Spawner.args = [
    "--VoilaConfiguration.preheat_kernel=False",
    "--KernelManager.transport=ipc",
]
c.Spawner.http_timeout = 120
c.Spawner.start_timeout = 120
c.Spawner.env_keep = ["LANG", "LC_ALL"]
c.Spawner.environment = {"PATH": f"{Path(told['singleuser']).parent}:/usr/bin:/bin"}
