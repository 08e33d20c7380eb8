"""The published figures for other systems: a province or a ministry that puts cities side by side."""
