"""Small things that the admin's pages say."""

from django import template

from pledges import to_do

register = template.Library()

register.simple_tag(to_do.to_do)
