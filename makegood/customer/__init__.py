"""The customer door: one page, one private link, no sign-in, no cookie, no script.

urls      its addresses                     door    who may come in, and the headers on the way out
views     one function an address           proof   that a form was sent from the page it stands on
papers    the copy to take along, files     typed   what a form brought: text and files, within limits
shown     the page's values, drawn          speech  its sentences
quiet     a log filter for the secrets
"""
