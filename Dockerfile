# docker build -t samepixels . && docker run --rm -p 8501:8501 samepixels
FROM python:3.12-slim-bookworm

# opencv-python is linked against these, even where no window is ever opened.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgl1 libglib2.0-0 libxcb1 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app

# The requirements change less often than the code: their layer, 2 GB with TensorFlow, is built before it.
COPY requirements.txt ./
RUN pip install -r requirements.txt

# Compiled loops and matplotlib's font list are cached under the home folder, the only place this user may write to.
RUN useradd --create-home --uid 1000 samepixels
ENV HOME=/home/samepixels \
    NUMBA_CACHE_DIR=/home/samepixels/.cache/numba
COPY . .
USER samepixels

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]

CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501", "--server.headless=true", "--server.fileWatcherType=none"]
