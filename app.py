"""Assemble the parts and launch: one process, one port; the page, REST, named endpoints and MCP."""

import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from backend.errors import CatalogueError, SettingsError, Unavailable
from backend.settings import read_settings

if os.environ.get("SPACES_ZERO_GPU"):
    import spaces  # noqa: F401 - ZeroGPU wants it before torch and gradio

import gradio as gr

from backend.api.mcp_server import McpDoor
from backend.api.middleware import guarded
from backend.api.rest import create_api, exception_handlers
from backend.services import Services, build_services
from ui import brand
from ui.document import in_each_language
from ui.page import LAUNCH, build_page

NOISY = "httpx httpcore httpx2 httpcore2 authlib peewee mcp sse_starlette asyncio multipart"
"""Loggers that at DEBUG write down what students sent."""


def launch(services: Services, **more: Any) -> gr.Blocks:
    """Start the server in the background and give the running page."""
    settings = services.settings
    os.environ["FORWARDED_ALLOW_IPS"] = settings.forwarded_allow_ips  # for uvicorn, which Gradio starts without options
    mcp = McpDoor(services)
    api = create_api(services)
    demo = build_page(services)

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        async with guarded(app), in_each_language(app), mcp.lifespan(app):
            yield

    demo.queue(max_size=32, default_concurrency_limit=8)
    demo.launch(
        server_name=settings.gradio_server_name, server_port=settings.gradio_server_port, ssr_mode=False,
        show_error=False, run_history=False, enable_monitoring=False, footer_links=[], mcp_server=False,
        max_file_size="1kb", prevent_thread_lock=True, quiet=True,
        app_kwargs={
            "routes": [*mcp.routes(), *api.routes, *brand.routes()], "lifespan": lifespan, "docs_url": None, "redoc_url": None,
            "openapi_url": None, "exception_handlers": exception_handlers(),
        },
        **LAUNCH, **more,
    )  # fmt: skip
    return demo


def main() -> int:
    """Run the app until it is told to stop; 2 where a setting or the catalogue is bad."""
    try:
        settings = read_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        for noisy in NOISY.split():
            logging.getLogger(noisy).setLevel(logging.WARNING)
        services = build_services(settings)
    except (SettingsError, CatalogueError, Unavailable) as error:
        print(f"The app cannot start.\n{error}", file=sys.stderr)
        return 2
    try:
        demo = launch(services)
    except OSError as error:
        print(f"The app cannot start.\nGRADIO_SERVER_PORT: {error}", file=sys.stderr)
        return 2
    print(f"Scholarship Chatbot runs on http://localhost:{settings.gradio_server_port}", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        demo.block_thread()
    finally:
        demo.close()
        services.engine.close()
        services.database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
