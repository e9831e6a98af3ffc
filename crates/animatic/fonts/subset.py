"""Writes the character lists that `README.md` hands to pyftsubset."""


def table(codec: str, first: range, second: list[int]) -> set[str]:
    """Every character that a two-byte codec has in these rows."""
    found = set()
    for a in first:
        for b in second:
            try:
                found.add(bytes([a, b]).decode(codec))
            except UnicodeDecodeError:
                pass
    return found


GB = list(range(0xA1, 0xFF))
BIG5 = list(range(0x40, 0x7F)) + GB
han = table("gb2312", range(0xA1, 0xF8), GB) | table("big5", range(0xA4, 0xC7), BIG5)

with open("han.txt", "w", encoding="utf-8") as out:
    out.write("".join(sorted(han)))
