"""How a Jupyter server shows the workbook on Binder: Voilà as its extension, with our template and notebooks."""

from rekindle import settings
from rekindle.server.exporter import keep_templates
from rekindle.server.kernels import OwnKernels, kernel_config, plant
from rekindle.server.lean import EXTENSIONS
from rekindle.server.order import TEMPLATE

c = get_config()  # noqa: F821 (Jupyter gives it)

c.ServerApp.root_dir = str(settings.notebooks_folder())
c.ServerApp.default_url = "/voila/render/00-before-you-begin.ipynb"
c.ServerApp.terminals_enabled = False
c.ServerApp.tornado_settings = {
    "headers": {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"},
    "compress_response": True,  # the way is long: a page is a third of its size
}

c.VoilaConfiguration.template = TEMPLATE
c.VoilaConfiguration.allow_template_override = "NO"
c.VoilaConfiguration.allow_theme_override = "NO"
c.VoilaConfiguration.show_tracebacks = False
c.VoilaConfiguration.file_allowlist = []
c.VoilaConfiguration.extension_denylist = []
c.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)

# Our own kernels, as `rekindle` starts them: an ordinary one opens a port of its own, whatever it is told of transport.
c.merge(kernel_config())
c.ServerApp.kernel_spec_manager_class = OwnKernels
# They come as copies of a process that has imported what every page needs, and templates are compiled once.
plant(("rekindle.doors", "rekindle.content:catalog"))
keep_templates()
# A page that is gone lets its memory go; a page that is open says so every second.
c.MappingKernelManager.cull_idle_timeout = 900
c.MappingKernelManager.cull_interval = 60
