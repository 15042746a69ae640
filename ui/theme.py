"""Colours, type and spacing for light and dark; system fonts only, nothing is loaded from elsewhere."""

from pathlib import Path

import gradio as gr

FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Noto Sans Devanagari", "sans-serif"]
CSS = (Path(__file__).parent / "theme.css").read_text(encoding="utf-8")

THEME = gr.themes.Base(
    primary_hue="teal", secondary_hue="amber", neutral_hue="stone", radius_size="lg", text_size="md",
    font=FONTS, font_mono=["ui-monospace", "Menlo", "monospace"],
).set(
    body_background_fill="#f7f5f0", body_background_fill_dark="#14181a",
    background_fill_primary="#ffffff", background_fill_primary_dark="#1d2326",
    background_fill_secondary="#f2efe8", background_fill_secondary_dark="#171c1f",
    body_text_color="#1f2a2c", body_text_color_dark="#e8ecec",
    body_text_color_subdued="#5a6668", body_text_color_subdued_dark="#a3b0b2",
    block_background_fill="#ffffff", block_background_fill_dark="#1d2326",
    block_border_width="0px", block_border_color="#e3ded3", block_border_color_dark="#2e383c",
    border_color_primary="#ddd7ca", border_color_primary_dark="#364246",
    input_background_fill="#ffffff", input_background_fill_dark="#12171a",
    input_placeholder_color="#697476", input_placeholder_color_dark="#93a1a4", input_radius="12px", button_large_radius="12px", button_medium_radius="12px", button_small_radius="12px",
    input_border_width="1px", input_border_color="#8f897b", input_border_color_dark="#6d7d84",
    input_border_color_focus="#0f766e", input_border_color_focus_dark="#2dd4bf",
    block_label_background_fill="transparent", block_label_background_fill_dark="transparent",
    block_title_text_color="#3c4a4c", block_title_text_color_dark="#c6d0d1", block_title_text_weight="600",
    button_primary_background_fill="#0f766e", button_primary_background_fill_hover="#0b5f58",
    button_primary_background_fill_dark="#0f766e", button_primary_background_fill_hover_dark="#0c6b63",
    button_primary_text_color="#ffffff", button_primary_text_color_dark="#ffffff",
    button_secondary_background_fill="#ffffff", button_secondary_background_fill_dark="#232b2f",
    button_secondary_border_color="#c9c2b3", button_secondary_border_color_dark="#46545a",
    button_border_width="1px", button_primary_border_color="#0f766e", button_primary_border_color_dark="#0f766e",
    color_accent="#0f766e", color_accent_soft="#e3f2ef", color_accent_soft_dark="#17403c",
    link_text_color="#0b5f58", link_text_color_dark="#5eead4",
)  # fmt: skip
