"""The backend: plain Python, no Gradio, no UI."""

VERSION = "0.1.0"
