"""The formats that a bulletin is handed out in."""

KINDS = {  # as they are named in addresses, with what a browser is told
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
