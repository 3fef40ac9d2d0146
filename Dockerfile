# The release in an image: gateway, node and command line are the same program. docker build -t chatops .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/ChatOps.Cli -c Release -r linux-x64 -o /release --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
 && apt-get install -y --no-install-recommends libsqlite3-0 openssl \
 && rm -rf /var/lib/apt/lists/*
# A fresh volume takes owner and mode of the directory that it covers.
RUN groupadd --gid 10001 chatops \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/chatops --shell /usr/sbin/nologin chatops \
 && install -d -o chatops -g chatops -m 0700 /var/lib/chatops /var/lib/chatops-1 /var/lib/chatops-2 /run/chatops/join-1 /run/chatops/join-2 /run/chatops/join-3
COPY --from=build /release /opt/chatops
COPY deploy/setup.sh deploy/enroll.sh deploy/healthy.sh /opt/chatops/deploy/
RUN ln -s /opt/chatops/chatops /usr/local/bin/chatops \
 && cp -r /opt/chatops/workspace /srv/workspace \
 && chown -R chatops:chatops /srv/workspace
ENV CHATOPS_DATA=/var/lib/chatops DOTNET_EnableDiagnostics=0
USER 10001:10001
ENTRYPOINT []
CMD ["chatops", "gateway", "--no-open"]
