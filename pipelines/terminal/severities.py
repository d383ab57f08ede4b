"""The severities of findings, gravest first, in Chinese and as terminal styles."""

SEVERITY_NAMES = {"error": "错误", "warning": "提醒", "info": "说明"}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}
