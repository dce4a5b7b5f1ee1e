# ccgsim with its lesson. Build: docker build -t ccgsim .     Run: docker run --rm -v "$PWD:/work" ccgsim run site_a
# The lesson: docker run --rm -p 8321:8321 ccgsim teach --no-browser --host 0.0.0.0
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv
WORKDIR /source
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY ccgsim ccgsim
COPY scenarios scenarios
COPY docs docs
ENV UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/ccgsim UV_PYTHON_DOWNLOADS=never
RUN uv sync --locked --no-editable --extra docx --extra lab --extra teach

FROM python:3.13-slim
COPY --from=build /opt/ccgsim /opt/ccgsim
ENV PATH=/opt/ccgsim/bin:$PATH CCGSIM_CACHE=/opt/cache
RUN useradd --create-home user && mkdir /work && ccgsim warm && chown -R user /work /opt/cache
USER user
WORKDIR /work
EXPOSE 8321
ENTRYPOINT ["ccgsim"]
CMD ["--help"]
