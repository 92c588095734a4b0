"""Packing: pages go out compressed, and filled up to a few sizes, so that a size does not tell which page it was.

Whoever watches a line sees how long each answer is. Compressed, each lesson had a length of its own, and each of its
versions another one. What fills a page up stands in the frame of the compressed data, where formats have a place for
bytes that nobody reads: it takes no time to compress, comes out exact, and is gone once the page is unpacked.
"""

import gzip
import struct
from functools import lru_cache

import brotli
from flask import Response, request

# All lessons in all their versions are below the first step, and most other pages (decision 0016).
PAGE_STEP, PART_STEP = 14_336, 4096
PLAIN = 5  # how much longer a page is that is not compressed
QUALITY, LEVEL = 4, 6
DOCUMENT = b"<!doctype"


def _brotli(data: bytes, step: int) -> bytes:
    """Compress and fill up with metadata blocks (RFC 7932, 9.2), which begin at a whole byte after a flush."""
    compressor = brotli.Compressor(quality=QUALITY)
    packed: bytes = compressor.process(data) + compressor.flush()
    end = b"\x03"  # the last block, which is empty
    return packed + _metadata(-(len(packed) + len(end)) % step, step) + end


@lru_cache(maxsize=1024)
def _metadata(size: int, step: int) -> bytes:
    """Return metadata blocks of this many bytes in all, or of a step more where no block is so short."""
    size += step if 0 < size < 3 else 0
    blocks = []
    while size:
        take = min(size, 258)
        take -= 3 if size - take in (1, 2) else 0  # two bytes say that a block comes, at least one is in it
        size -= take
        blocks.append(struct.pack("<H", 0b010110 | (take - 3) << 6) + bytes(take - 2))
    return b"".join(blocks)


def _gzip(data: bytes, step: int) -> bytes:
    """Compress and fill up with an extra field of the header (RFC 1952, 2.3.1.1)."""
    packed = gzip.compress(data, LEVEL, mtime=0)
    size = -len(packed) % step
    size += step if 0 < size < 6 else 0
    if not size:
        return packed
    extra = struct.pack("<H2sH", size - 2, b"pd", size - 6) + bytes(size - 6)
    return packed[:3] + bytes([packed[3] | 4]) + packed[4:10] + extra + packed[10:]


def _plain(data: bytes, step: int) -> bytes:
    """Fill up with ends of lines, which no page shows."""
    return data + b"\n" * (-len(data) % (PLAIN * step))


PACKERS = {"br": _brotli, "gzip": _gzip}


def pack(response: Response) -> Response:
    """Compress a page or a part of one as the browser can, and fill it up to the next step."""
    if response.is_streamed or "Content-Encoding" in response.headers:
        return response
    data = response.get_data()
    if data.lstrip()[:1] != b"<":  # a word or nothing
        return response
    step = PAGE_STEP if data[: len(DOCUMENT)].lower() == DOCUMENT else PART_STEP
    encoding = request.accept_encodings.best_match(PACKERS)
    response.vary.add("Accept-Encoding")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.set_data(PACKERS[encoding](data, step) if encoding else _plain(data, step))
    return response
