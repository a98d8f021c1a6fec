"""Formcheck watches hip exercises through a webcam and says whether the pelvis stayed still."""

import os

# On Windows OpenCV else takes many seconds to open a camera; it reads this when it is first imported (opencv #17687).
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

# numpy's OpenBLAS else keeps a thread for each core awake for its few small products: a twentieth of a live set's processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
