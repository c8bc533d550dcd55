# docker compose up    (compose.yaml has the read-only root file system and the limits; docs/operating.md explains)
# docker build -t samepixels . && docker run --init --rm -p 8501:8501 samepixels

# For a build that is the same again, name the base by its digest: --build-arg BASE_IMAGE=python@sha256:…
ARG BASE_IMAGE=python:3.12-slim-bookworm
FROM ${BASE_IMAGE}

# opencv-python is linked against these, even where no window is ever opened.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgl1 libglib2.0-0 libxcb1 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app

# The requirements change less often than the code: their layer, 2 GB with TensorFlow, is built before it. Every file is
# checked against the hash in the lock, which `make lock` writes.
COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: -r requirements.lock

# All that is written goes to /tmp: compiled loops, matplotlib's font list, uploads on their way into memory.
RUN useradd --create-home --uid 1000 samepixels
ENV NUMBA_CACHE_DIR=/tmp/numba \
    MPLCONFIGDIR=/tmp/matplotlib
COPY . .
USER 1000:1000

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/livez', timeout=4)"]

CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501", "--server.headless=true", "--server.fileWatcherType=none"]
