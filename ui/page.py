import gradio as gr
from backend.api.endpoints import register_endpoints
LAUNCH={}
def build_page(services):
    with gr.Blocks(title="Scholarship Chatbot") as demo:
        gr.Markdown("# x"); register_endpoints(services)
    return demo
