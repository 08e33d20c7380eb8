"""The front: public pages, role homes, navigation, the demo command."""
