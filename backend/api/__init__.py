"""The doors: REST, Gradio named endpoints and MCP tools over the same operations."""
