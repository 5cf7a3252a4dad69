"""ONNX Runtime sessions, made in one way."""

from __future__ import annotations

from typing import Any

__all__ = ["inference_session"]


def inference_session(graph: bytes, threads: int) -> Any:
    """A session on the processor for a serialised graph."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Idle threads sleep: spinning ones take the cores from the other processes.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
