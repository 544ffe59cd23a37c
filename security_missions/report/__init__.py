from . import invoice_annex
