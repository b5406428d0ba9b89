"""What leaves the workbook and comes back: bytes in, bytes out."""
