"""The example's ledgers: invented records whose totals equal a published report."""
