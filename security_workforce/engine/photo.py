"""Photos from outside: taken apart and written anew.

What comes out is a JPEG of ours, whatever came in: no position, no maker's notes, no
script hidden behind a picture.
"""

import io
import warnings

# Odoo keeps Pillow from loading what reads other kinds: WebP is known by its import.
from PIL import Image, ImageOps, UnidentifiedImageError, WebPImagePlugin  # noqa: F401

KINDS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1600
# More pixels than any phone makes; a bomb is some kilobytes that unfold to more.
MOST_PIXELS = 60_000_000
QUALITY = 80


class BadPhoto(ValueError):
    """What is no photo we take: ``kind``, ``size`` or ``broken``."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def clean(raw):
    """A JPEG of at most ``LONGEST_SIDE`` pixels a side, upright, without metadata.

    :param raw: bytes of a JPEG, PNG or WebP
    :raise BadPhoto: for anything else
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(raw), formats=KINDS)
            if image.width * image.height > MOST_PIXELS:
                raise BadPhoto("size")
            image = ImageOps.exif_transpose(image).convert("RGB")
    except BadPhoto:
        raise
    except UnidentifiedImageError as error:
        raise BadPhoto("kind") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPhoto("size") from error
    except Exception as error:
        # Pillow raises what its decoders raise: nothing of it is our caller's fault.
        raise BadPhoto("broken") from error
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    # A new image carries nothing over of the old one but its pixels.
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    fresh.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
