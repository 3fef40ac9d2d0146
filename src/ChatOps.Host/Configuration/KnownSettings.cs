using ChatOps.Agent.Speech;
using ChatOps.Approvals;
using ChatOps.Bus;
using ChatOps.Checks;
using ChatOps.Fleet;
using ChatOps.Host.Telemetry;
using ChatOps.Limits;
using ChatOps.Mcp;
using ChatOps.Scheduling;
using ChatOps.Tools;

namespace ChatOps.Host;

/// <summary>Every setting of this version. One table: the loader, the schema, <c>config show</c> and <c>config explain</c> read it.</summary>
internal static class KnownSettings
{
    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        SettingForms.Text("Gateway:Urls",
            "Addresses to listen on, separated by ';' (1 to 4). Port 0 lets the system choose. Anything but loopback needs https:// with Gateway:Tls, or Gateway:TrustedProxy.",
            ListenAddress.Check, (o, v) => o.Gateway.Urls = v, o => o.Gateway.Urls),
        SettingForms.Text("Gateway:PublicUrl",
            "The address that people use when it is not the one listened on: https://chatops.example.com.",
            PublicAddress.Check, (o, v) => o.Gateway.PublicUrl = v, o => o.Gateway.PublicUrl),
        SettingForms.Text("Gateway:DataDirectory",
            "Directory of everything a running gateway writes; ~ is the home directory. --data and CHATOPS_DATA win over it. Default ~/.chatops.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Gateway.DataDirectory = v, o => o.Gateway.DataDirectory),
        SettingForms.Text("Gateway:Roles",
            $"What this gateway does, separated by commas: {GatewayRoles.Names}. Default all; fewer need Bus:Transport=RabbitMq and Store:Provider=PostgreSql, and other gateways that do the rest.",
            GatewayRoles.Check, (o, v) => o.Gateway.Roles = GatewayRoles.Parse(v), o => string.Join(", ", o.Gateway.Roles.Select(GatewayRoles.NameOf))),
        SettingForms.Text("Gateway:Name", "What people call this gateway in status where several share a store. Default: the machine's name.",
            GatewayRoles.CheckName, (o, v) => o.Gateway.Name = v, o => o.Gateway.Name),
        SettingForms.Number("Gateway:CallsPerMinute", "How many calls of tools and uploads of files by one person each gateway takes in a minute over HTTP, MCP, the command line and the console: 1 to 1000000. Over it none is taken for 30 s but what stops, halts, decides or looks after what runs.",
            PersonalLimits.Range.Min, PersonalLimits.Range.Max, (o, v) => o.Gateway.CallsPerMinute = v, o => o.Gateway.CallsPerMinute),
        SettingForms.Number("Gateway:CallsPerMinuteInAll", "The same for all people together: 1 to 1000000.",
            PersonalLimits.Range.Min, PersonalLimits.Range.Max, (o, v) => o.Gateway.CallsPerMinuteInAll = v, o => o.Gateway.CallsPerMinuteInAll),
        SettingForms.Text("Gateway:TrustedProxy",
            "Addresses or networks of the proxies in front, separated by commas: 10.0.0.5, 10.1.0.0/16. Only from them are forwarded headers believed.",
            ProxyNetworks.Check, (o, v) => o.Gateway.TrustedProxy = v, o => o.Gateway.TrustedProxy),
        SettingForms.Text("Gateway:Tls:Certificate", "PEM file with the certificate of the https:// addresses, and behind it the ones up to its authority. Read again when it changes.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Gateway.Tls.Certificate = v, o => o.Gateway.Tls.Certificate),
        SettingForms.Text("Gateway:Tls:Key", "PEM file with that certificate's private key, unencrypted, readable by its owner alone.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Gateway.Tls.Key = v, o => o.Gateway.Tls.Key),
        SettingForms.Choice("Bus:Transport", "What carries wake-ups: InMemory, within this process; RabbitMq, between gateways on one store.", Enum.GetNames<BusTransport>(), [],
            (o, v) => o.Bus.Transport = Enum.Parse<BusTransport>(v), o => o.Bus.Transport.ToString()),
        SettingForms.Duration("Bus:OutageNotice", "How long the store may be away before the conversations whose messages waited are told, once, when it is back: 1s to 1d.",
            TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), (o, v) => o.Bus.OutageNotice = v, o => o.Bus.OutageNotice),
        SettingForms.Text("Bus:RabbitMq:Host", "The name or address of the RabbitMQ broker (3.10 or newer).",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Bus.RabbitMq.Host = v, o => o.Bus.RabbitMq.Host is { Length: > 0 } host ? host : null),
        SettingForms.Number("Bus:RabbitMq:Port", "Its port: 1 to 65535. Default 5672, with TLS 5671.", 1, 65_535,
            (o, v) => o.Bus.RabbitMq.Port = v, o => o.Bus.RabbitMq.Port ?? (o.Bus.RabbitMq.UseTls ? RabbitMqOptions.TlsPort : RabbitMqOptions.PlainPort)),
        SettingForms.Text("Bus:RabbitMq:VirtualHost", "The virtual host, which should be ChatOps's alone. Default /.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Bus.RabbitMq.VirtualHost = v, o => o.Bus.RabbitMq.VirtualHost),
        SettingForms.Text("Bus:RabbitMq:Username", "A user that may configure, write and read in that virtual host.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Bus.RabbitMq.Username = v, o => o.Bus.RabbitMq.Username is { Length: > 0 } user ? user : null),
        SettingForms.Secret("Bus:RabbitMq:Password", "That user's password, as a reference: ${env:RABBITMQ_PASSWORD} or ${file:/etc/chatops/rabbitmq-password}.",
            (o, v) => o.Bus.RabbitMq.Password = v, o => o.Bus.RabbitMq.Password),
        SettingForms.Flag("Bus:RabbitMq:UseTls", "Whether the connection is encrypted, with a certificate for Bus:RabbitMq:Host that this system trusts, or Bus:RabbitMq:TlsAuthority.", (o, v) => o.Bus.RabbitMq.UseTls = v, o => o.Bus.RabbitMq.UseTls),
        SettingForms.Text("Bus:RabbitMq:TlsAuthority", "PEM file with the authorities that the broker's certificate must come from, instead of those that this system trusts.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Bus.RabbitMq.TlsAuthority = v, o => o.Bus.RabbitMq.TlsAuthority),
        SettingForms.Number("Bus:RabbitMq:Prefetch", "How many messages of one kind the broker hands over before one is acknowledged: 1 to 4096.", 1, 4096,
            (o, v) => o.Bus.RabbitMq.Prefetch = v, o => o.Bus.RabbitMq.Prefetch),
        SettingForms.Number("Bus:RabbitMq:DeliveryLimit", "How often the broker delivers a message again whose gateway died over it; two deliveries earlier a gateway puts it aside: 1 to 20.", 1, 20,
            (o, v) => o.Bus.RabbitMq.DeliveryLimit = v, o => o.Bus.RabbitMq.DeliveryLimit),
        SettingForms.Duration("Bus:RabbitMq:ConfirmTime", "How long the broker may take to confirm a message; then its work is begun here: 1s to 1m.", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1),
            (o, v) => o.Bus.RabbitMq.ConfirmTime = v, o => o.Bus.RabbitMq.ConfirmTime),
        SettingForms.Duration("Bus:RabbitMq:Heartbeat", "How often each side of a silent connection shows that it is there; after three without a word the connection is given up: 1s to 1m.",
            TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), (o, v) => o.Bus.RabbitMq.Heartbeat = v, o => o.Bus.RabbitMq.Heartbeat),
        SettingForms.Choice("Store:Provider", "Where the truth is kept: Sqlite, one file under the data directory; or PostgreSql, a server that several gateways may share.",
            [StoreOptions.Sqlite, StoreOptions.PostgreSql], [], (o, v) => o.Store.Provider = v, o => o.Store.Provider),
        SettingForms.Secret("Store:ConnectionString",
            "The server for Provider PostgreSql: Host=db.example.com;Database=chatops;Username=chatops;Password=…, or a reference: ${env:CHATOPS_DATABASE} or ${file:/etc/chatops/store}.",
            (o, v) => o.Store.ConnectionString = v, o => o.Store.ConnectionString),
        SettingForms.Flag("Channels:Web:Enabled", "Whether the web console is served.", (o, v) => o.Web.Enabled = v, o => o.Web.Enabled),
        .. ChannelSettings.All,
        SettingForms.Duration("Fleet:DefaultTimeout", "How long a command may run when it does not say: 1s to 1d.",
            FleetOptions.DefaultTimeoutRange.Min, FleetOptions.DefaultTimeoutRange.Max, (o, v) => o.Fleet.DefaultTimeout = v, o => o.Fleet.DefaultTimeout),
        SettingForms.Number("Fleet:MaxParallel", "How many executions one fan-out runs at once: 1 to 1024.",
            FleetOptions.MaxParallelRange.Min, FleetOptions.MaxParallelRange.Max, (o, v) => o.Fleet.MaxParallel = v, o => o.Fleet.MaxParallel),
        SettingForms.Flag("Fleet:LocalNode:Enabled", "Whether commands may run on the gateway's own machine.",
            (o, v) => o.Fleet.LocalNode.Enabled = v, o => o.Fleet.LocalNode.Enabled),
        SettingForms.Text("Fleet:LocalNode:Name", "The name of the gateway's own machine in selectors.", CheckName,
            (o, v) => o.Fleet.LocalNode.Name = v, o => o.Fleet.LocalNode.Name),
        new("Fleet:LocalNode:Labels", SettingKind.Map, "Labels of the gateway's own machine: { \"env\": \"prod\" }.", AddLabel,
            o => o.Fleet.LocalNode.Labels.Count == 0 ? null : string.Join(", ", o.Fleet.LocalNode.Labels.Select(l => $"{l.Key}={l.Value}"))),
        SettingForms.Flag("Fleet:Relay:Enabled", "Whether machines can join and connect by their daemon, at /relay.",
            (o, v) => o.Fleet.Relay.Enabled = v, o => o.Fleet.Relay.Enabled),
        SettingForms.Number("Fleet:Relay:MaxNodes", "How many machines may be members: 1 to 10000.",
            RelayOptions.MaxNodesRange.Min, RelayOptions.MaxNodesRange.Max, (o, v) => o.Fleet.Relay.MaxNodes = v, o => o.Fleet.Relay.MaxNodes),
        SettingForms.Duration("Fleet:Relay:Heartbeat", "How often a node is asked whether it is there: 1s to 2m. A dead connection is noticed within two.",
            RelayOptions.HeartbeatRange.Min, RelayOptions.HeartbeatRange.Max, (o, v) => o.Fleet.Relay.Heartbeat = v, o => o.Fleet.Relay.Heartbeat),
        SettingForms.Text("Fleet:Ssh:ConfigFile", "Another ssh configuration than the user's own for nodes that are reached by ssh, as an absolute path.",
            value => Path.IsPathFullyQualified(value) ? null : "must be an absolute path.", (o, v) => o.Fleet.Ssh.ConfigFile = v, o => o.Fleet.Ssh.ConfigFile),
        SettingForms.Duration("Fleet:Ssh:ConnectTimeout", "How long an ssh connection may take to be made: 1s to 2m.",
            SshOptions.ConnectTimeoutRange.Min, SshOptions.ConnectTimeoutRange.Max, (o, v) => o.Fleet.Ssh.ConnectTimeout = v, o => o.Fleet.Ssh.ConnectTimeout),
        SettingForms.Number("Fleet:Ssh:MaxSessions", "How many commands run at once over one node's ssh connection: 1 to 64. A server's own MaxSessions must be two higher.",
            SshOptions.MaxSessionsRange.Min, SshOptions.MaxSessionsRange.Max, (o, v) => o.Fleet.Ssh.MaxSessions = v, o => o.Fleet.Ssh.MaxSessions),
        SettingForms.Text("Files:Root", "The directory that the file tools cannot leave. Default: files below the data directory.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Files.Root = v, o => o.Files.Root),
        SettingForms.Flag("Checks:Enabled", "Whether the checks of workspace/checks are looked at by themselves. Default true.", (o, v) => o.Checks.Enabled = v, o => o.Checks.Enabled),
        SettingForms.Text("Checks:Target", "Where findings are told unless a check says otherwise: web:checks (the owner's console; default), slack:C012345, telegram:-100123, discord:1234.",
            ChecksOptions.WhyNotTarget, (o, v) => o.Checks.Target = v, o => o.Checks.Target),
        SettingForms.Duration("Checks:AwayNotice", "How long the broker or a platform may be away, or in trouble, before that is told at Checks:Target, once, and once more when it is well again: 1s to 1d.",
            ChecksOptions.AwayNoticeRange.Min, ChecksOptions.AwayNoticeRange.Max, (o, v) => o.Checks.AwayNotice = v, o => o.Checks.AwayNotice),
        SettingForms.Flag("Checks:Investigations:Enabled", "Whether a model looks into what checks find, where one is set up. Default true.", (o, v) => o.Checks.Investigations.Enabled = v, o => o.Checks.Investigations.Enabled),
        SettingForms.Number("Checks:Investigations:PerHour", "How many findings a model looks into in an hour; the others are told as they are: 1 to 1000. Default 6.",
            InvestigationOptions.PerHourRange.Min, InvestigationOptions.PerHourRange.Max, (o, v) => o.Checks.Investigations.PerHour = v, o => o.Checks.Investigations.PerHour),
        SettingForms.Number("Checks:Investigations:AtOnce", "How many findings a model looks into at once: 1 to 50. Default 2.",
            InvestigationOptions.AtOnceRange.Min, InvestigationOptions.AtOnceRange.Max, (o, v) => o.Checks.Investigations.AtOnce = v, o => o.Checks.Investigations.AtOnce),
        SettingForms.Text("Checks:Investigations:As", "In whose name a model looks into findings: a person of access.yaml. Default checks, the service that only reads.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Checks.Investigations.As = v, o => o.Checks.Investigations.As),
        SettingForms.Duration("Approvals:Expiry", "How long an approval waits for people: 10s to 30d.",
            TimeSpan.FromSeconds(10), TimeSpan.FromDays(30), (o, v) => o.Approvals.Expiry = v, o => o.Approvals.Expiry),
        SettingForms.Choice("Approvals:FourEyes", "When a second person must decide: Always, WhenProd (a node labelled env=prod) or Never.",
            Enum.GetNames<FourEyes>(), [], (o, v) => o.Approvals.FourEyes = Enum.Parse<FourEyes>(v), o => o.Approvals.FourEyes.ToString()),
        .. ModelSettings.All,
        SettingForms.Text("Skills:Directory", "A directory of skills beside those that are shipped and installed (also gateway --skills).",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Skills.Directory = v, o => o.Skills.Directory),
        SettingForms.List("Web:Allow", "Hosts that http_get reads without asking a person: docs.example.org, *.example.org, or * for all. Private addresses need Egress:Allow besides.",
            WebReadingOptions.MaxAllowed, WebReadingOptions.Check, (o, v) => o.WebReading.Allow = v, o => o.WebReading.Allow),
        SettingForms.Choice("Search:Provider", "Who searches the web: Brave or Tavily (both with a key), DuckDuckGo (without one) or None.",
            Enum.GetNames<WebSearchProvider>(), [], (o, v) => o.Search.Provider = Enum.Parse<WebSearchProvider>(v), o => o.Search.Provider.ToString()),
        SettingForms.Secret("Search:ApiKey", "The key of the search service, as a reference: ${env:SEARCH_KEY} or ${file:/etc/chatops/search-key}.",
            (o, v) => o.Search.ApiKey = v, o => o.Search.ApiKey),
        SettingForms.Text("Search:BaseUrl", "The root of the search service when it is not the provider's own.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Search.BaseUrl = v, o => o.Search.BaseUrl),
        SettingForms.Duration("Mcp:Wait", "How long a call of an MCP client waits for people before it answers 'waiting', unless the client says otherwise: 1s to 1h.",
            McpOptions.WaitRange.Min, McpOptions.WaitRange.Max, (o, v) => o.Mcp.Wait = v, o => o.Mcp.Wait),
        SettingForms.Text("Mcp:Conversation", "The conversation in which approvals of MCP calls are asked: slack/C0123ABCD. Default: the console and the command line alone.",
            McpOptions.CheckConversation, (o, v) => o.Mcp.Conversation = v, o => o.Mcp.Conversation),
        .. McpSettings.All,
        SettingForms.Choice("Speech:Provider", "Who turns voice notes into text: OpenAI, Groq, Azure, Local (any server with the same protocol) or None.",
            Enum.GetNames<SpeechProvider>(), [], (o, v) => o.Speech.Provider = Enum.Parse<SpeechProvider>(v), o => o.Speech.Provider.ToString()),
        SettingForms.Text("Speech:Model", "The transcription model; for Azure the deployment's name. Default whisper-1, for Groq whisper-large-v3-turbo.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Speech.Model = v, o => o.Speech.Model),
        SettingForms.Text("Speech:BaseUrl",
            "The root of the transcription service, before /audio/transcriptions. Needed for Azure (https://NAME.openai.azure.com/openai/v1) and Local (http://127.0.0.1:8000/v1).",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Speech.BaseUrl = v, o => o.Speech.BaseUrl),
        SettingForms.Secret("Speech:ApiKey", "The key of the transcription service, as a reference: ${env:SPEECH_KEY} or ${file:/etc/chatops/speech-key}. Not needed for Local.",
            (o, v) => o.Speech.ApiKey = v, o => o.Speech.ApiKey),
        SettingForms.Number("Speech:MaxSeconds", "The longest voice note that is listened to, in seconds: 1 to 3600.",
            SpeechOptions.MaxSecondsRange.Min, SpeechOptions.MaxSecondsRange.Max, (o, v) => o.Speech.MaxSeconds = v, o => o.Speech.MaxSeconds),
        SettingForms.Number("Speech:MaxBytes", "The largest voice note in bytes: 1024 to 104857600.",
            SpeechOptions.MaxBytesRange.Min, SpeechOptions.MaxBytesRange.Max, (o, v) => o.Speech.MaxBytes = v, o => o.Speech.MaxBytes),
        SettingForms.Text("Speech:Languages", "Languages that are spoken here, as codes separated by commas: en, de. A note in another one is answered and not acted on. Default: any.",
            CheckLanguages, (o, v) => o.Speech.Languages = Languages(v), o => o.Speech.Languages.Count == 0 ? null : string.Join(", ", o.Speech.Languages)),
        SettingForms.Text("Speech:LanguageHint", "The language that the service is told to expect: en. Short notes are heard better; a foreign one is no longer recognised as such.",
            CheckLanguages, (o, v) => o.Speech.LanguageHint = v.Trim(), o => o.Speech.LanguageHint),
        SettingForms.Number("Speech:MinConfidence", "How sure the service must be of the words before anything is done, in percent: 0 to 100.", 0, 100,
            (o, v) => o.Speech.MinConfidence = v, o => o.Speech.MinConfidence),
        SettingForms.Duration("Speech:Timeout", "How long one transcription may take: 1s to 10m.", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10),
            (o, v) => o.Speech.Timeout = v, o => o.Speech.Timeout),
        SettingForms.Flag("Heartbeat:Enabled", "Whether the tasks of workspace/HEARTBEAT.md are looked after now and then. Without a task or a model nothing is asked.",
            (o, v) => o.Heartbeat.Enabled = v, o => o.Heartbeat.Enabled),
        SettingForms.Duration("Heartbeat:Interval", "How often: 5m to 7d.",
            HeartbeatOptions.IntervalRange.Min, HeartbeatOptions.IntervalRange.Max, (o, v) => o.Heartbeat.Interval = v, o => o.Heartbeat.Interval),
        SettingForms.Text("Heartbeat:Target", "Where it speaks when there is something to say: slack:#ops, telegram:CHAT or web:NAME. Default: a conversation of its own in the owner's console.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Heartbeat.Target = v, o => o.Heartbeat.Target),
        SettingForms.Text("Heartbeat:ActiveHours", "The part of the day in which it works, by the gateway's clock: 08:00-22:00. Default: always.",
            HeartbeatOptions.CheckHours, (o, v) => o.Heartbeat.ActiveHours = v, o => o.Heartbeat.ActiveHours),
        SettingForms.Flag("Review:Enabled", "Whether a report on the last day comes by itself, once there is a check or a model.",
            (o, v) => o.Review.Enabled = v, o => o.Review.Enabled),
        SettingForms.Text("Review:When", "When the report comes, as a cron expression of the gateway's clock. Default 0 4 * * *.",
            ReviewOptions.CheckWhen, (o, v) => o.Review.When = v, o => o.Review.When),
        SettingForms.Text("Review:Target", "Where its short version is told: slack:#ops, telegram:CHAT or web:NAME. Default: a conversation of its own in the owner's console.",
            value => value.Length == 0 ? "must not be empty." : null, (o, v) => o.Review.Target = v, o => o.Review.Target),
        SettingForms.Text("Telemetry:Otlp:Endpoint", "Where spans are sent: the root of an OpenTelemetry collector, such as http://127.0.0.1:4318. Without it nothing is traced.",
            TelemetryOptions.CheckEndpoint, (o, v) => o.Telemetry.Endpoint = v, o => o.Telemetry.Endpoint),
        SettingForms.Choice("Telemetry:Otlp:Protocol", "How the collector is spoken to: Http (protobuf, usually port 4318) or Grpc (usually port 4317).", Enum.GetNames<OtlpProtocol>(), [],
            (o, v) => o.Telemetry.Protocol = Enum.Parse<OtlpProtocol>(v), o => o.Telemetry.Protocol.ToString()),
        SettingForms.Secret("Telemetry:Otlp:Headers", "Headers for the collector, name=value separated by commas, as a reference: ${env:OTLP_HEADERS} or ${file:/etc/chatops/otlp-headers}.",
            (o, v) => o.Telemetry.Headers = v, o => o.Telemetry.Headers),
        SettingForms.Choice("Logging:Level", "The least severe level that is logged.", ["Debug", "Information", "Warning", "Error"], [],
            (o, v) => o.Logging.Level = v, o => o.Logging.Level),
        SettingForms.Number("Logging:FileMegabytes", "Largest size of one log file in MiB: 1 to 1024.", 1, 1024,
            (o, v) => o.Logging.FileMegabytes = v, o => o.Logging.FileMegabytes),
        SettingForms.Number("Logging:KeepFiles", "How many log files are kept: 1 to 365.", 1, 365,
            (o, v) => o.Logging.KeepFiles = v, o => o.Logging.KeepFiles),
    ];

    /// <summary>The setting of a key, or null. A key of an entry of a list has the entry's number in it.</summary>
    public static Setting? Find(string key)
    {
        var pattern = ListKey.Of(key).Pattern;
        return All.FirstOrDefault(s => s.Key == pattern);
    }

    /// <summary>Whether a key is a setting, or a section or list of settings.</summary>
    public static bool IsKnown(string key) =>
        Find(key) is not null || All.Any(s => s.Key.StartsWith(ListKey.Of(key).Pattern + ":", StringComparison.Ordinal) || (s.Kind == SettingKind.Map && key.StartsWith(s.Key + ":", StringComparison.Ordinal)));

    private static string? CheckLanguages(string value) => new SpeechOptions { Languages = Languages(value) }.Problems() is [var problem, ..] ? problem.Reason : null;

    private static IReadOnlyList<string> Languages(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? CheckName(string value) => FleetProblem(probe => probe.LocalNode.Name = value);

    private static string? AddLabel(ChatOpsOptions options, string name, string value)
    {
        var labels = options.Fleet.LocalNode.Labels;
        if (FleetProblem(probe => probe.LocalNode.Labels[name] = value) is { } problem) return problem;
        if (!labels.ContainsKey(name) && labels.Count == LocalNodeOptions.MaxLabels) return $"a node has at most {LocalNodeOptions.MaxLabels} labels.";
        labels[name] = value;
        return null;
    }

    // The fleet knows its own rules; asking it with one value set tells what is wrong with that value.
    private static string? FleetProblem(Action<FleetOptions> set)
    {
        var probe = new FleetOptions();
        set(probe);
        return probe.Problems() is [var problem, ..] ? problem.Reason : null;
    }
}
