using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Slack;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>
/// A team that talks in three places: Ana in Slack, Ben in Telegram, Cleo in Discord, all known and operators; and a gateway as a process of its own, with the settings that a person would give it.
/// The platforms outlive the gateway, as they do.
/// </summary>
internal sealed class Team : IAsyncDisposable
{
    public const string Ana = "U1";
    public const string Cleo = DiscordServer.Ada;
    public const string SlackRoom = "C1";

    private const string Access = """
        people:
          ana:
            name: Ana
            roles: [operator]
            identities: ["slack:T0TEAM:U1"]
          ben:
            name: Ben
            roles: [operator]
            identities: ["telegram:1002"]
          cleo:
            name: Cleo
            roles: [operator]
            identities: ["discord:500000000000000001"]
        """;

    private readonly TempFolder folder = new();

    private Team(TelegramServer telegram, SlackServer slack, DiscordServer discord)
    {
        (Telegram, Slack, Discord) = (telegram, slack, discord);
        Workspace = Directory.CreateDirectory(folder.In("workspace")).FullName;
        File.WriteAllText(Path.Combine(Workspace, "access.yaml"), Access);
        WriteSecret("telegram", telegram.Token);
        WriteSecret("slack-bot", slack.BotToken);
        WriteSecret("slack-app", slack.AppToken);
        WriteSecret("slack-signing", slack.SigningSecret);
        WriteSecret("discord", discord.Token);
        Settings = new Dictionary<string, string>
        {
            ["DOTNET_TieredPGO"] = "0",
            ["CHATOPS__Channels__Telegram__Enabled"] = "true",
            ["CHATOPS__Channels__Telegram__Token"] = Reference("telegram"),
            ["CHATOPS__Channels__Telegram__ApiBase"] = telegram.ApiBase.ToString(),
            ["CHATOPS__Channels__Slack__Enabled"] = "true",
            ["CHATOPS__Channels__Slack__BotToken"] = Reference("slack-bot"),
            ["CHATOPS__Channels__Slack__AppToken"] = Reference("slack-app"),
            ["CHATOPS__Channels__Slack__SigningSecret"] = Reference("slack-signing"),
            ["CHATOPS__Channels__Slack__ApiBase"] = slack.ApiBase.ToString(),
            ["CHATOPS__Channels__Discord__Enabled"] = "true",
            ["CHATOPS__Channels__Discord__Token"] = Reference("discord"),
            ["CHATOPS__Channels__Discord__ApiBase"] = discord.ApiBase.ToString(),
        };
    }

    public TelegramServer Telegram { get; }

    public SlackServer Slack { get; }

    public DiscordServer Discord { get; }

    public TelegramPerson Ben { get; } = new(1002, "Ben", Username: "ben_ops");

    /// <summary>Ben's chat with the bot.</summary>
    public TelegramChatState BensChat => Telegram.Direct(Ben);

    /// <summary>What the gateway is started with, besides its data directory and workspace.</summary>
    public Dictionary<string, string> Settings { get; }

    public string Workspace { get; }

    public string Data => folder.Data;

    /// <summary>The gateway that runs, or ran last.</summary>
    public GatewayProcess Gateway { get; private set; } = null!;

    /// <summary>Where the gateway answers, or answered last.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The command line on the same data directory.</summary>
    public Commands Cli => new(Data, Workspace);

    public string In(string name) => folder.In(name);

    /// <summary>The platforms; the gateway is not started.</summary>
    public static async Task<Team> AssembleAsync() => new(await TelegramServer.StartAsync(), await SlackServer.StartAsync(SlackSaid.Workspace()), await DiscordServer.StartAsync());

    /// <summary>The platforms, the gateway, and the groups admitted in it.</summary>
    public static async Task<Team> StartAsync(Action<Team>? change = null)
    {
        var team = await AssembleAsync();
        try
        {
            change?.Invoke(team);
            await team.StartGatewayAsync();
            await team.AdmitAsync();
            return team;
        }
        catch
        {
            await team.DisposeAsync();
            throw;
        }
    }

    public async Task StartGatewayAsync(IReadOnlyDictionary<string, string>? more = null)
    {
        var last = Gateway;
        Gateway = null!;
        if (last is not null) await last.DisposeAsync();
        Gateway = await GatewayProcess.StartAsync(Data, Workspace, new Dictionary<string, string>(Settings.Concat(more ?? new Dictionary<string, string>())));
        Address = Gateway.Address;
    }

    /// <summary>An admin admits the rooms where the team talks.</summary>
    public async Task AdmitAsync()
    {
        foreach (var group in (string[])[$"slack:{SlackRoom}", $"discord:{DiscordServer.Ops}"])
        {
            var admitted = await Cli.RunAsync("access", "group", "admit", group);
            Assert.True(admitted.ExitCode == 0, admitted.ToString());
        }
    }

    /// <summary>Gives somebody another role, before the gateway is started.</summary>
    public void Roles(string person, string role)
    {
        var file = Path.Combine(Workspace, "access.yaml");
        var text = File.ReadAllText(file);
        var at = text.IndexOf("roles: [", text.IndexOf($"  {person}:", StringComparison.Ordinal), StringComparison.Ordinal);
        File.WriteAllText(file, text[..at] + $"roles: [{role}]" + text[(text.IndexOf(']', at) + 1)..]);
    }

    /// <summary>Every channel listens.</summary>
    public Task ConnectedAsync() => UntilAsync(() => Telegram.IsPolled && Slack.Sockets.Open.Count > 0 && Discord.IsConnected, "The channels did not connect");

    /// <summary>Ana mentions the bot in the room; returns the message's time stamp, which is its thread's name.</summary>
    public string AnaAsks(string text)
    {
        var ts = Slack.Workspace.NewTs();
        _ = Slack.Sockets.DeliverAsync("events_api", SlackSaid.Mention($"<@{Slack.Workspace.BotUser}> {text}", ts, SlackRoom, Ana));
        return ts;
    }

    /// <summary>Ben writes to the bot.</summary>
    public void BenSays(string text) => Telegram.Say(BensChat, Ben, text);

    /// <summary>Cleo mentions the bot in the room; returns the message's id, which is its thread's too when one is opened from it.</summary>
    public string CleoAsks(string text, string? id = null) => Discord.Say(DiscordServer.Ops, Cleo, $"<@{DiscordServer.BotUser}> {text}", id: id);

    /// <summary>What the bot said in a thread of Slack's room.</summary>
    public IReadOnlyList<SlackPost> InThread(string ts) => [.. Slack.Workspace.In(SlackRoom).Where(p => p.Thread == ts)];

    /// <summary>What the bot said to Ben, oldest first.</summary>
    public IReadOnlyList<TelegramPost> ToBen => [.. BensChat.Posts.Where(p => p.From is null)];

    /// <summary>What the bot said about one message of Cleo's: in its thread, or beside it.</summary>
    public IReadOnlyList<DiscordPost> ToCleo(string message) => [.. Discord.Seen(DiscordServer.Ops).Where(p => p.Answers == message), .. Discord.Seen(message)];

    /// <summary>Waits, and says what everybody saw when it was in vain.</summary>
    public Task UntilAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        Until.TrueAsync(() => Task.FromResult(condition()), () => $"{what}.\n{Transcript.Of(this)}\n{Gateway.Log}", limit);

    /// <summary>The one approval that waits and is about something.</summary>
    public async Task<string> WaitingAsync(string about)
    {
        string? id = null;
        await Until.TrueAsync(
            async () =>
            {
                var list = (await Gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray();
                return (id = (string?)list.SingleOrDefault(a => a!.ToJsonString().Contains(about, StringComparison.Ordinal))?["id"]) is not null;
            },
            () => $"No approval about {about} waits.\n{Transcript.Of(this)}\n{Gateway.Log}");
        return id!;
    }

    /// <summary>Writes what a reference in the settings means.</summary>
    public void WriteSecret(string name, string value)
    {
        var file = folder.In(name + ".secret");
        if (!File.Exists(file))
        {
            using (File.Create(file))
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        File.WriteAllText(file, value);
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null) await Gateway.DisposeAsync();
        if (Environment.GetEnvironmentVariable("CHATOPS_TRANSCRIPTS") is { Length: > 0 } place)
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(place).FullName, Path.GetFileName(Path.GetDirectoryName(Workspace)!) + ".txt"), $"{Transcript.Of(this)}\n{Gateway?.Log}");
        await Slack.DisposeAsync();
        await Discord.DisposeAsync();
        await Telegram.DisposeAsync();
        folder.Dispose();
    }

    private string Reference(string name) => $"${{file:{folder.In(name + ".secret")}}}";
}
