using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Faults;
using ChatOps.Testing.Servers;
using ChatOps.Testing.Slack;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>
/// Three platforms, five machines and one gateway on a file, or two on a real PostgreSQL and a real RabbitMQ; between any two of them there is a line that can be cut.
/// Three people are known on two platforms each, everybody may approve, and nobody what they asked for themselves.
/// </summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    public const int Nodes = 5;

    private const string Access = """
        people:
          ana:
            name: Ana
            roles: [operator]
            identities: ["slack:T0TEAM:U1", "discord:500000000000000001"]
          ben:
            name: Ben
            roles: [operator]
            identities: ["telegram:1002", "slack:T0TEAM:U2"]
          cleo:
            name: Cleo
            roles: [operator]
            identities: ["discord:500000000000000002", "telegram:1003"]
        """;

    private const string Schedules = """
        schedules:
          - name: ticking
            cron: "*/5 * * * * *"
            owner: owner
            to: web
            run: /run uptime --on local
        """;

    // An hour of load fits, and filling the rest takes no more memory than that.
    private const string GatewayDisk = "384m";
    private const string DatabaseDisk = "768m";

    private static readonly TimeSpan JoinLimit = TimeSpan.FromMinutes(2);

    private readonly TempFolder folder = new();

    private ChaosWorld(bool distributed, TelegramServer telegram, SlackServer slack, DiscordServer discord)
    {
        (Distributed, Telegram, Slack, Discord) = (distributed, telegram, slack, discord);
        Workspace = Directory.CreateDirectory(folder.In("workspace")).FullName;
        File.WriteAllText(Path.Combine(Workspace, "access.yaml"), Access);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Workspace, "schedules")).FullName, "ticks.yaml"), Schedules);
        Gateways = [.. (distributed ? ["a", "b"] : (string[])["a"]).Select(n => new ChaosGateway(n, folder.In(n), Workspace))];
        slack.Workspace.Direct("U2", "D2");
    }

    public bool Distributed { get; }

    public TelegramServer Telegram { get; }

    public SlackServer Slack { get; }

    public DiscordServer Discord { get; }

    public PostgreSqlCluster? Database { get; private set; }

    public RabbitServer? Broker { get; private set; }

    public IReadOnlyList<ChaosGateway> Gateways { get; }

    public List<ChaosNode> Machines { get; } = [];

    public string Workspace { get; }

    /// <summary>A file with something that nobody may read in a chat.</summary>
    public string SecretFile => folder.In("notes.txt");

    /// <summary>What stands in it.</summary>
    public static string Secret => "ghp_" + "q7Wm2Zr9Kx4Tn8Vb3Ls6Jd1Hf5Gc0PyAeUo";

    /// <summary>Where commands on the gateways' own machine leave their traces.</summary>
    public string Effects => folder.In("effects-local");

    /// <summary>Whether file systems of its own could be made, which takes root.</summary>
    public bool CanFillDisks => Gateways.All(g => g.Disk is not null);

    public static async Task<ChaosWorld> StartAsync(bool distributed)
    {
        var world = new ChaosWorld(distributed, await TelegramServer.StartAsync(), await SlackServer.StartAsync(SlackSaid.Workspace()), await DiscordServer.StartAsync());
        try
        {
            await world.StartAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in Machines) await machine.DisposeAsync();
        foreach (var gateway in Gateways) await gateway.DisposeAsync();
        await Slack.DisposeAsync();
        await Discord.DisposeAsync();
        await Telegram.DisposeAsync();
        if (Broker is not null) await Broker.DisposeAsync();
        Database?.Dispose();
        folder.Dispose();
    }

    private async Task StartAsync()
    {
        foreach (var gateway in Gateways) gateway.Disk = TestDisk.Mount(Directory.CreateDirectory(gateway.Data).FullName, GatewayDisk);
        await File.WriteAllTextAsync(SecretFile, $"TOKEN={Secret}\n");
        if (Distributed)
        {
            Database = PostgreSqlCluster.Start(sync: false, CanFillDisks ? DatabaseDisk : null) ?? throw new InvalidOperationException("PostgreSQL is not installed here; tests/run.sh installs it.");
            Database.Execute("postgres", "CREATE DATABASE chaos TEMPLATE template0");
            Broker = new RabbitServer();
            await Broker.InitializeAsync();
        }

        foreach (var gateway in Gateways)
        {
            if (gateway != Gateways[0]) ServerStore.CopyKeys(Gateways[0].Data, gateway.Data);
            Write(gateway);
            await gateway.StartAsync();
        }

        for (var i = 0; i < Nodes; i++) Machines.Add(await JoinAsync(i));
        foreach (var machine in Machines)
            await Until.TrueAsync(() => IsOnlineAsync(machine.Name), () => $"{machine.Log}\n{Gateways[0].Log}", JoinLimit);
        await Until.TrueAsync(() => Task.FromResult(Telegram.IsPolled && Slack.Sockets.Open.Count > 0 && Discord.IsConnected), () => Gateways[0].Log, JoinLimit);
    }

    private async Task<bool> IsOnlineAsync(string machine)
    {
        foreach (var gateway in Gateways)
        {
            if (await gateway.Process!.StateOfAsync(machine) == "online") return true;
        }

        return false;
    }

    private async Task<ChaosNode> JoinAsync(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"n{number + 1}");
        var order = number % 2 == 0 ? Gateways : [.. Gateways.Reverse()];
        var machine = new ChaosNode(name, folder.In("node-" + name), folder.In("effects-" + name), new Wire(() => [.. order.Where(g => g.IsUp).Select(g => (EndPoint)g.EndPoint)]));
        machine.Start(await Gateways[0].Process!.TokenAsync());
        return machine;
    }

    // As a person would have it: one file for each gateway, secrets in files of their own.
    private void Write(ChaosGateway gateway)
    {
        Directory.CreateDirectory(gateway.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Wire To(string name, EndPoint target) => gateway.Wires[name] = new Wire(target);
        static EndPoint At(Uri address) => new IPEndPoint(IPAddress.Loopback, address.Port);
        static string Through(Wire wire, Uri address) => new UriBuilder(address) { Host = "127.0.0.1", Port = wire.Port }.Uri.ToString().TrimEnd('/');
        var settings = new JsonObject
        {
            ["Approvals"] = new JsonObject { ["FourEyes"] = "Always" },

            // The platforms hand out the addresses of their sockets, which are not those of the lines.
            ["Egress"] = new JsonObject { ["Allow"] = new JsonArray("127.0.0.1") },
            ["Channels"] = new JsonObject
            {
                [nameof(Telegram)] = new JsonObject { ["Enabled"] = true, ["Token"] = Reference("telegram", Telegram.Token), ["ApiBase"] = Through(To("telegram", At(Telegram.ApiBase)), Telegram.ApiBase) },
                [nameof(Slack)] = new JsonObject
                {
                    ["Enabled"] = true, ["BotToken"] = Reference("slack-bot", Slack.BotToken), ["AppToken"] = Reference("slack-app", Slack.AppToken), ["SigningSecret"] = Reference("slack-signing", Slack.SigningSecret),
                    ["ApiBase"] = Through(To("slack", At(Slack.ApiBase)), Slack.ApiBase),
                },
                [nameof(Discord)] = new JsonObject { ["Enabled"] = true, ["Token"] = Reference("discord", Discord.Token), ["ApiBase"] = Through(To("discord", At(Discord.ApiBase)), Discord.ApiBase) },
            },
        };
        if (Distributed)
        {
            settings["Store"] = new JsonObject
            {
                ["Provider"] = "PostgreSql", ["ConnectionString"] = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={To("database", Database!.EndPoint).Port};Database=chaos;Username=chatops"),
            };
            settings["Bus"] = new JsonObject
            {
                ["Transport"] = "RabbitMq",
                ["RabbitMq"] = new JsonObject
                {
                    ["Host"] = "127.0.0.1", ["Port"] = To("broker", new IPEndPoint(IPAddress.Loopback, Broker!.Port)).Port, ["Username"] = RabbitServer.User, ["Password"] = Reference("broker", RabbitServer.User),
                },
            };
        }

        WritePrivately(Path.Combine(gateway.Data, "settings.json"), settings.ToJsonString());
    }

    private string Reference(string name, string value)
    {
        WritePrivately(folder.In(name + ".secret"), value);
        return $"${{file:{folder.In(name + ".secret")}}}";
    }

    private static void WritePrivately(string file, string text)
    {
        using (File.Create(file)) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, text);
    }
}
