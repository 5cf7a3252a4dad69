"""Training of the shipped models; needs the extra ``train`` (torch, onnx). Nothing here is imported at run time."""
