using System.Collections;
using System.Text.Json;
using ChatOps.Configuration;
using ChatOps.Host;
using ChatOps.Testing;

namespace ChatOps.Tests.Host;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    public void Every_problem_of_every_source_is_reported_at_once_with_file_line_and_the_nearest_name()
    {
        var first = Write("first.json", """
            {
              // a comment is fine
              "Gatway": { "Urls": "http://127.0.0.1:1" },
              "Approvals": { "Expiri": "15m", "FourEyes": "Allways" },
              "Fleet": { "MaxParallel": "16" },
              "Models": {},
            }
            """);
        var second = Write("second.json", """{ "Approvals": { "Expiry": "forever" }, "Heartbeat": { "Interval": "4m" }, "Bus": { "RabbitMq": { "Port": 0 } } }""");

        var problems = Problems([first, second], ("Logging:Level", "Chatty"));

        Assert.Equal(
            [
                (first, 3, "Gatway", "Gateway"), (first, 4, "Approvals:Expiri", "Approvals:Expiry"), (first, 4, "Approvals:FourEyes", "Always"),
                (first, 5, "Fleet:MaxParallel", null), (first, 6, "Models", null), (second, 1, "Approvals:Expiry", null),
                (second, 1, "Heartbeat:Interval", null), (second, 1, "Bus:RabbitMq:Port", null), ("environment", 0, "Logging:Level", null),
            ],
            problems.Select(p => (p.File, p.Line, p.Key, p.Nearest)));
        Assert.Contains("list of sections", problems.Single(p => p.Key == "Models").Reason, StringComparison.Ordinal);
        Assert.Contains("from 1 to 65535", problems.Single(p => p.Key == "Bus:RabbitMq:Port").Reason, StringComparison.Ordinal);
        Assert.Contains("must be a number, not text", problems.Single(p => p.Key == "Fleet:MaxParallel").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_is_switched_on_without_what_it_needs_stops_the_start_where_it_was_switched_on()
    {
        var file = Write("slack.json", """
            {
              "Channels": { "Slack": { "Enabled": true, "BotToken": "xoxb-1" } }
            }
            """);

        var problem = Assert.Single(Problems([file]));

        Assert.Equal("Channels:Slack:AppToken", problem.Key);
        Assert.StartsWith($"{file}:2", problem.File, StringComparison.Ordinal);
        Assert.Contains("is missing: Socket Mode", problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[ "files.intern:8443", "10.1.0.0/16" ]""", null)]
    [InlineData("""[ "files.intern", 5 ]""", "must be a list of texts")]
    [InlineData("""[ "not a host" ]""", "is no host")]
    [InlineData("\"files.intern\"", "must be a list")]
    public void A_list_takes_texts_and_nothing_else(string json, string? problem)
    {
        var file = Write("egress.json", $$"""{ "Egress": { "Allow": {{json}} } }""");

        if (problem is null) Assert.Equal(["files.intern:8443", "10.1.0.0/16"], Load([file]).Options.Egress.Allow);
        else Assert.Contains(Problems([file]), p => p.Reason.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Later_sources_win_and_each_setting_knows_where_it_was_written()
    {
        var first = Write("first.json", "{ \"Approvals\": { \"Expiry\": \"1h\", \"FourEyes\": \"Never\" },\n \"Fleet\": { \"MaxParallel\": 3, \"LocalNode\": { \"Labels\": { \"env\": \"dev\" } } } }");
        var second = Write("second.json", """{ "Approvals": { "Expiry": "2h" } }""");

        var loaded = Load([first, second], ("Fleet:MaxParallel", "7"), ("Fleet:LocalNode:Labels:role", "web"));

        Assert.Equal(TimeSpan.FromHours(2), loaded.Options.Approvals.Expiry);
        Assert.Equal(7, loaded.Options.Fleet.MaxParallel);
        Assert.Equal(["env=dev", "role=web"], loaded.Options.Fleet.LocalNode.Labels.Select(l => $"{l.Key}={l.Value}"));
        Assert.Equal($"{second}:1", Source("Approvals:Expiry"));
        Assert.Equal($"{first}:1", Source("Approvals:FourEyes"));
        Assert.Equal("environment", Source("Fleet:MaxParallel"));
        Assert.Equal("default", Source("Logging:Level"));

        string Source(string key) => loaded.Effective.Single(e => e.Setting.Key == key).Source;
    }

    [Theory]
    [InlineData("{ \"Approvals\": { \"Expiry\": \"15m\" }", "is not JSON")]
    [InlineData("{} {}", "is not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("", "is not JSON")]
    [InlineData("{ \"Approvals\": { \"Expiry\": \"15m\", \"Expiry\": \"16m\" } }", "is written twice")]
    [InlineData("{ \"Approvals\": \"soon\" }", "is a section")]
    [InlineData("{ \"Approvals\": null }", "is a section")]
    [InlineData("{ \"Channels\": { \"Web\": { \"Enabled\": \"yes\" } } }", "must be true or false")]
    [InlineData("{ \"Speech\": { \"Languages\": \"english\" } }", "language code")]
    [InlineData("{ \"Speech\": { \"MaxSeconds\": 0 } }", "from 1 to 3600")]
    [InlineData("{ \"Speech\": { \"Provider\": \"Whisper\" } }", "must be None or OpenAI")]
    [InlineData("{ \"Fleet\": { \"MaxParallel\": 1.5 } }", "must be a whole number")]
    [InlineData("{ \"Fleet\": { \"MaxParallel\": 100000 } }", "from 1 to 1024")]
    [InlineData("{ \"Fleet\": { \"DefaultTimeout\": \"8d\" } }", "must be from 1s to 1d")]
    [InlineData("{ \"Fleet\": { \"LocalNode\": { \"Name\": \"Bad Name\" } } }", "name")]
    [InlineData("{ \"Bus\": { \"Transport\": \"Kafka\" } }", "must be InMemory or RabbitMq")]
    [InlineData("{ \"Gateway\": { \"Roles\": \"workers, cook\" } }", "'cook' is no role; there are: channels, workers, relay, scheduler, console.")]
    [InlineData("{ \"Gateway\": { \"Roles\": \"workers,relay\" } }", "without channels, scheduler, console needs Bus:Transport=RabbitMq and Store:Provider=PostgreSql")]
    [InlineData("{ \"Gateway\": { \"Name\": \"a b\" } }", "must have 1 to 63 letters")]
    [InlineData("{ \"Store\": { \"Provider\": \"PostgreSql\" } }", "is needed with Store:Provider=PostgreSql")]
    [InlineData("{ \"Store\": { \"Provider\": \"Postgres\" } }", "must be Sqlite or PostgreSql")]
    [InlineData("{ \"Store\": { \"ConnectionString\": \"Host=db;Password=hunter22\" } }", "has no use with Store:Provider=Sqlite")]
    [InlineData("{ \"Gateway\": { \"Urls\": \"https://127.0.0.1:1\" } }", "needs a certificate and its key")]
    [InlineData("{ \"Gateway\": { \"Urls\": \"https://0.0.0.0:1\", \"Tls\": { \"Certificate\": \"c.pem\", \"Key\": \"k.pem\" } } }", "under which name people and nodes come")]
    [InlineData("{ \"Gateway\": { \"Urls\": \"http://example.com:80\" } }", "IP address or localhost")]
    [InlineData("{ \"Gateway\": { \"PublicUrl\": \"http://chat.example.com\" } }", "https://")]
    [InlineData("{ \"Gateway\": { \"TrustedProxy\": \"0.0.0.0/0\" } }", "is everybody")]
    public void A_bad_value_is_refused_with_what_would_be_right(string json, string reason)
    {
        var problem = Assert.Single(Problems([Write("one.json", json)]));

        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_stays_a_reference_in_the_options_and_is_never_shown_when_it_is_none()
    {
        var loaded = Load([Write("one.json", """{ "Speech": { "Provider": "OpenAI", "ApiKey": "sk-plain-text-key", "Languages": "en, de" } }""")]);
        Assert.Equal("(set)", loaded.Effective.Single(e => e.Setting.Key == "Speech:ApiKey").Value);
        Assert.Equal(["en", "de"], loaded.Options.Speech.Languages);

        loaded = Load([Write("two.json", """{ "Speech": { "Provider": "OpenAI", "ApiKey": "${env:SPEECH_KEY}" } }""")]);
        Assert.Equal("${env:SPEECH_KEY}", loaded.Options.Speech.ApiKey);
        Assert.Equal("${env:SPEECH_KEY}", loaded.Effective.Single(e => e.Setting.Key == "Speech:ApiKey").Value);
    }

    [Fact]
    public void Speech_without_what_its_provider_needs_does_not_start()
    {
        var file = Write("one.json", """{ "Speech": { "Provider": "Azure" } }""");
        Assert.Equal(
            [(file + ":1", "Speech:Model"), (file + ":1", "Speech:ApiKey"), (file + ":1", "Speech:BaseUrl")],
            Problems([file]).Select(p => (p.File, p.Key)));
    }

    [Theory]
    [InlineData("http://0.0.0.0:18790")]
    [InlineData("http://[::]:18790")]
    [InlineData("http://127.0.0.1:1;http://192.0.2.7:1")]
    public void Listening_on_more_than_loopback_is_refused_unless_a_proxy_is_named(string urls)
    {
        var open = Write("open.json", JsonSerializer.Serialize(new { Gateway = new { Urls = urls } }));
        var behind = Write("behind.json", JsonSerializer.Serialize(new { Gateway = new { Urls = urls, TrustedProxy = "192.0.2.1" } }));

        var problem = Assert.Single(Problems([open]));

        Assert.Equal("Gateway:Urls", problem.Key);
        Assert.Contains("unencrypted", problem.Reason, StringComparison.Ordinal);
        Assert.Equal(urls, Load([behind]).Options.Gateway.Urls);
    }

    [Fact]
    public void A_reference_is_resolved_for_the_parts_and_stays_a_reference_for_people()
    {
        var file = Write("reference.json", """{ "Files": { "Root": "${env:WHERE}" } }""");
        var loaded = new SettingsLoader(text => text == "${env:WHERE}" ? ("/srv/files", null) : (null, "unknown")).Load([file], []);

        Assert.Equal("/srv/files", loaded.Options.Files.Root);
        Assert.Equal("${env:WHERE}", loaded.Effective.Single(e => e.Setting.Key == "Files:Root").Value);

        var missing = Assert.Throws<ConfigurationProblemsException>(() => new SettingsLoader(_ => (null, "WHERE is not set.")).Load([file], []));
        Assert.Equal("WHERE is not set.", Assert.Single(missing.Problems).Reason);
    }

    [Fact]
    public void A_file_that_is_named_and_not_there_stops_the_start()
    {
        Assert.Contains("cannot be read", Assert.Single(Problems([directory["missing.json"]])).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_names_are_known_whatever_their_case_and_unknown_ones_are_refused()
    {
        var values = SettingsEnvironment.Read(new Hashtable
        {
            ["CHATOPS__APPROVALS__EXPIRY"] = "1h", ["CHATOPS__Aproval__Expiry"] = "1h", ["CHATOPS_DATA"] = "/x", ["PATH"] = "/bin",
        });

        var problem = Assert.Single(Assert.Throws<ConfigurationProblemsException>(() => new SettingsLoader(t => (t, null)).Load([], values)).Problems);

        Assert.Equal("Aproval:Expiry", problem.Key);
    }

    public void Dispose() => directory.Dispose();

    private string Write(string name, string text)
    {
        File.WriteAllText(directory[name], text);
        return directory[name];
    }

    private static LoadedSettings Load(string[] files, params (string Key, string Value)[] environment) =>
        new SettingsLoader(text => (text, null)).Load(files, [.. environment.Select(e => new SettingValue(e.Key, JsonValueKind.Undefined, e.Value, "environment", 0))]);

    private static IReadOnlyList<ConfigurationProblem> Problems(string[] files, params (string Key, string Value)[] environment) =>
        Assert.Throws<ConfigurationProblemsException>(() => Load(files, environment)).Problems;
}
