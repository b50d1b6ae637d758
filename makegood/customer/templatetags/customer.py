"""The few filters that only the customer's page needs: `{% load customer %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from makegood.customer.typed import file_name

register = template.Library()


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """`{{ addresses|of:file.pk }}`: the value of a key that is no plain word; empty where there is none."""
    return values.get(key, "")


@register.filter
def one_line(name: str) -> str:
    """`{{ file.name|one_line }}`: what a sender called a file, as one visible line without a path."""
    return file_name(name)
