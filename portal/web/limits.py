"""How often something may be tried or sent, all of it in one place. PURE.

What a shared address does (a library, a party's office) is limited per network, generously; what is guessed at, tightly
and per account too.
"""

PASSWORDS_PER_ACCOUNT = "10 per 15 minutes"  # wrong ones; codes alike
PASSWORDS_PER_NETWORK = "50 per 15 minutes"
OPENINGS_PER_CODE = "30 per hour"  # different candidates' papers, by one log-in
LETTERS_PER_ADDRESS = "5 per 15 minutes"  # mails with a new password
LETTERS_PER_NETWORK = "50 per 15 minutes"
DRAFTS_PER_NETWORK = "60 per hour"  # applications begun
LINKS_PER_ADDRESS = "5 per hour"  # links to a draft, to an address that was written into a form
PAPERS_PER_APPLICATION = "30 per hour"  # receipts set, by whoever holds them
ADDRESSES_PER_APPLICATION = "5 per day"  # mended on the receipt
CODES_PER_LINK = "5 per 15 minutes"  # mailed to whoever an application's link belongs to
CODES_PER_LINK_A_DAY = "20 per day"  # with five tries each, a code is guessed once in thirty years
CODES_PER_NETWORK = "60 per hour"
FILES_PER_NETWORK = "120 per hour"


def times(limit: str, factor: int) -> str:
    """The limit, so many times as generous.

    >>> times("60 per hour", 3)
    '180 per hour'
    """
    count, _, window = limit.partition(" ")
    return f"{int(count) * factor} {window}"
