"""The severities of findings, gravest first, in Chinese and as terminal styles."""

SEVERITY_NAMES = {"error": "须改正", "warning": "请核对", "info": "供参考"}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}
