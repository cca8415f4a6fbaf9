"""The files of a new API, with comments that teach the format.

What only the author can know is left to fill in. The lines that begin with ``# `` show keys that
may stand there; each is right as it is without that beginning.
"""

from __future__ import annotations

API = """\
# What holds for the whole API. Write your own in place of every <FILL IN ...>: `reasonbook check`
# says which are left. Lines that begin with # show more of what may stand here.
api: {api:<28} # this folder's name, and the first part of every address
title: <FILL IN the name of the API, as people know it>
summary: <FILL IN what the API does, in one sentence>
source:                           # where these facts come from; shown to readers and agents
  url: <FILL IN the address of the API's documentation>
  # official: true                # if those who make the API keep this catalogue
# base_url: https://api.example.com/v1
envelope:                         # what every error body looks like; /error/... are JSON Pointers
  schema: envelope.schema.json    # its JSON Schema, beside this file
  reason: /error/reason           # the code that clients branch on
  message: /error/message
  # details: /error/details       # what differs from reason to reason, if anything does
  example: |                      # a whole error body, as the API sends it
    {{
      "error": {{
        "reason": "FILL_IN",
        "message": "<FILL IN the message>"
      }}
    }}
# reason_pattern: "[a-z]+(_[a-z]+)*"    # if codes are not written LIKE_THIS
# http:                           # what the API means by an HTTP status
#   404:
#     title: Not Found
#     meaning: There is no such thing, or it belongs to somebody else.
# response_headers:               # what every error response carries; examples are held to it
#   - {{name: X-Request-Id, http: any}}
# ai_context: Branch on `error.reason`, never on the message.
schema_version: 1                 # raise it when a published reason is removed or renamed
domains:                          # groups of errors, in the order of the site; one file for each
  - {domain}
"""

SCHEMA = """\
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "<FILL IN a name, once this schema describes your API's error body>",
  "type": "object",
  "required": ["error"],
  "properties": {
    "error": {
      "type": "object",
      "required": ["reason", "message"],
      "properties": {
        "reason": {"description": "The code to branch on.", "type": "string"},
        "message": {"description": "What went wrong, for people.", "type": "string"}
      }
    }
  }
}
"""

DOMAIN = """\
domain: {domain}
title: <FILL IN what this group of errors is called>
summary: <FILL IN what these errors are about, in one sentence>
coverage: <FILL IN complete if all reasons of the group stand here, else common>
reasons: []
"""

FIRST_DOMAIN = """\
# A group of errors: one file, one page. To rename it, rename this file, and change the name in the
# line below and under `domains` in api.yaml.
domain: {domain}
title: <FILL IN what this group of errors is called>
summary: <FILL IN what these errors are about, in one sentence>
coverage: <FILL IN complete if all reasons of the group stand here, else common>
reasons:
  - reason: FILL_IN               # the code as the API sends it; once published, it stays
    http: <FILL IN the HTTP status, such as 404>
    cause: <FILL IN why the API answers so>
    fix:                          # what to do about it, step by step
      - <FILL IN what helps>
    remedy:                       # the same as data, for programs
      actor: <FILL IN who can mend it (caller, account-admin, platform or nobody)>
      retry: <FILL IN whether to send it again (never, after-fix, after-delay or at-once)>
      # wait: [{{seconds: 30}}]     # with after-delay: how long
    # raised_by:                  # the operations that send it, where they are known
    #   - GET /orders/{{id}}
    # lifecycle: planned          # as long as the API does not send it
    # ai_context: What an agent must know besides.
    examples:
      - title: <FILL IN what the client did>
        origin: constructed       # observed for a real response, documented for a printed one
        # request: GET /orders/17
        body: |                   # JSON, shown and tested byte for byte
          {{
            "error": {{
              "reason": "FILL_IN",
              "message": "<FILL IN the message>"
            }}
          }}
"""
