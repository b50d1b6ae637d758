"""Django for the shared look alone: the project's settings where they are loaded, else a minimum."""

from makegood.ui import sheet

sheet.prepare()
