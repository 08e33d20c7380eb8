"""The person row, the AK-1 application and card, and the episodes of looking for work."""
