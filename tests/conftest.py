"""All tests: memory is searched for garbage less often.

Thousands of tests keep assessments and workbooks for one another; to look through all of them again and again
would take a twentieth of the time.
"""

import gc

gc.set_threshold(100_000, 50, 50)
