using System.Security.Cryptography;
using ChatOps.Agent;
using ChatOps.Agent.Context;
using ChatOps.Agent.Skills;
using ChatOps.Bus;
using ChatOps.Checks;
using ChatOps.Gateways;
using ChatOps.Identity;
using ChatOps.Mcp;
using ChatOps.Node;
using ChatOps.Policy;
using ChatOps.Scheduling;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Host;

/// <summary>What each capability is told of a gateway's setup: where its files are, and the settings that concern it.</summary>
internal static class SetupParts
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly string Version = typeof(SetupParts).Assembly.GetName().Version!.ToString(3);
    private static readonly TimeSpan GatewayDrain = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CommandDrain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <summary>The store: a file in the data directory, or a server.</summary>
    /// <exception cref="StartRefusedException">The server's address is a reference that leads nowhere.</exception>
    public static StorageOptions Storage(this GatewaySetup setup)
    {
        return new StorageOptions { DataDirectory = setup.DataDirectory, PostgreSql = setup.Options.Store.Server() };
    }

    /// <summary>The server that keeps the store; null for a file.</summary>
    /// <exception cref="StartRefusedException">Its address is a reference that leads nowhere.</exception>
    public static PostgreSqlOptions? Server(this StoreOptions store)
    {
        if (!store.IsShared) return null;
        var (server, problem) = SettingReferences.Resolve(store.ConnectionString!);
        return new PostgreSqlOptions { ConnectionString = server ?? throw new StartRefusedException($"Store:ConnectionString: {problem}") };
    }

    /// <summary>Which gateway this is among those of its store.</summary>
    public static GatewayIdentity Gateway(this GatewaySetup setup)
    {
        const int IdLength = 12;
        return new(RandomNumberGenerator.GetHexString(IdLength, lowercase: true), setup.Options.Gateway.Name ?? Environment.MachineName, Version,
            setup.Mode == GatewayMode.Gateway ? setup.Options.Gateway.Roles : []);
    }

    /// <summary>People and roles.</summary>
    public static IdentityOptions Identity(this GatewaySetup setup) => new()
    {
        WorkspaceFile = Path.Combine(setup.Places.Workspace, "access.yaml"),
        DataFile = Path.Combine(setup.DataDirectory, "access.yaml"),
    };

    /// <summary>Command risk and approval rules.</summary>
    public static PolicyOptions Policy(this GatewaySetup setup) => Policy(setup.Places, setup.DataDirectory);

    /// <summary>The same for a command that judges without a gateway.</summary>
    public static PolicyOptions Policy(GatewayPlaces places, string dataDirectory) => new()
    {
        PolicyFile = Path.Combine(places.Workspace, "policy.yaml"),
        GatewayPaths = [dataDirectory, .. new[] { "access.yaml", "policy.yaml", "AGENT.md", "SOUL.md", "USER.md", "HEARTBEAT.md", "checks", "memory", "runbooks", "schedules", "skills" }.Select(name => Path.Combine(places.Workspace, name))],
        KnownTools = [.. ToolDefinitions.All.Select(t => t.Name)],
    };

    /// <summary>Wake-ups and delivery: a command's own gateway leaves what is for the platforms to one that stays.</summary>
    public static BusOptions Bus(this GatewaySetup setup)
    {
        var options = setup.Options;
        if (setup.Mode == GatewayMode.Command || !setup.Does(GatewayRole.Channels))
        {
            var platforms = new[] { ("telegram", options.Telegram.Enabled), ("slack", options.Slack.Enabled), ("discord", options.Discord.Enabled) };
            options.Bus.ChannelsElsewhere = [.. platforms.Where(p => p.Item2).Select(p => p.Item1)];
        }

        if (setup.Mode == GatewayMode.Command)
        {
            // It handles what it published itself and is gone; the gateways find by their sweeps what it leaves.
            options.Bus.Transport = BusTransport.InMemory;
        }

        if (options.Bus.Transport == BusTransport.RabbitMq && options.Bus.RabbitMq.Password is { Length: > 0 } written)
        {
            var (password, problem) = SettingReferences.Resolve(written);
            options.Bus.RabbitMq.Password = password ?? throw new StartRefusedException($"Bus:RabbitMq:Password: {problem}");
        }

        options.Bus.AloneWithStore = !options.Store.IsShared;
        if (setup.Mode == GatewayMode.Gateway) options.Bus.OutageFile = Path.Combine(setup.DataDirectory, "outage");
        options.Bus.Delivers = setup.Does(GatewayRole.Channels);

        return options.Bus;
    }

    /// <summary>MCP: a command's own gateway starts no programs of others.</summary>
    public static McpOptions Mcp(this GatewaySetup setup)
    {
        setup.Options.Mcp.UseServers = setup.Mode == GatewayMode.Gateway;
        return setup.Options.Mcp;
    }

    /// <summary>Conversations: what runs at a stop may end, but not hold the stop up for long.</summary>
    public static AgentOptions Agent(this GatewaySetup setup)
    {
        setup.Options.Agent.AloneWithStore = !setup.Options.Store.IsShared;
        setup.Options.Agent.Works = setup.Does(GatewayRole.Workers);
        setup.Options.Agent.DrainTime = setup.Mode == GatewayMode.Gateway ? GatewayDrain : CommandDrain;
        return setup.Options.Agent;
    }

    /// <summary>What a model is told of the workspace.</summary>
    public static ContextOptions Context(this GatewaySetup setup) => new() { WorkspaceDirectory = setup.Places.Workspace };

    /// <summary>Where skills are: those beside the settings file, those of the workspace, and those named at the start.</summary>
    public static SkillsOptions Skills(this GatewaySetup setup) => Skills(setup.Places, setup.DataDirectory, setup.Options.Skills.Directory);

    /// <summary>The same for a command that looks at skills without a gateway.</summary>
    public static SkillsOptions Skills(GatewayPlaces places, string dataDirectory, string? given) => new()
    {
        Shipped = Path.Combine(Path.GetDirectoryName(places.SettingsFile) ?? AppContext.BaseDirectory, "skills"),
        Installed = Path.Combine(places.Workspace, "skills"),
        Given = given,
        Staging = Path.Combine(dataDirectory, "staging", "skills"),
    };

    /// <summary>Checks: a command's own gateway lives for moments, and looks only when it is told to.</summary>
    public static ChecksOptions Checks(this GatewaySetup setup)
    {
        setup.Options.Checks.Workspace = setup.Places.Workspace;
        setup.Options.Checks.Loops = setup.Mode == GatewayMode.Gateway && setup.Does(GatewayRole.Scheduler);
        setup.Options.Checks.Watches = setup.Mode == GatewayMode.Gateway;
        setup.Options.Checks.Works = setup.Does(GatewayRole.Workers);
        return setup.Options.Checks;
    }

    /// <summary>What runs at its time: a command's own gateway leaves it to one that stays.</summary>
    public static SchedulingOptions Scheduling(this GatewaySetup setup) => new()
    {
        Directory = Path.Combine(setup.Places.Workspace, "schedules"),
        HeartbeatFile = Path.Combine(setup.Places.Workspace, "HEARTBEAT.md"),
        Heartbeat = setup.Options.Heartbeat,
        Review = setup.Options.Review,
        Runs = setup.Mode == GatewayMode.Gateway && setup.Does(GatewayRole.Scheduler),
        AloneWithStore = !setup.Options.Store.IsShared,
    };

    /// <summary>Executions on this machine.</summary>
    public static NodeOptions Node(this GatewaySetup setup) => new()
    {
        StateDirectory = Path.Combine(setup.DataDirectory, "node"),
        FilesRoot = FilesRoot(setup),
    };

    /// <summary>The gate and the tools.</summary>
    public static ToolsOptions Tools(this GatewaySetup setup)
    {
        var timeout = setup.Options.Fleet.DefaultTimeout;
        return new()
        {
            DataDirectory = setup.DataDirectory,
            AloneWithStore = !setup.Options.Store.IsShared,
            Works = setup.Does(GatewayRole.Workers),
            HolderPrefix = setup.Options.Store.IsShared ? FolderId.MarkOf(setup.DataDirectory) : "",
            ReportsDirectory = Path.Combine(setup.Places.Workspace, "reports"),
            DefaultTimeout = timeout,
            MaxTimeout = timeout > LongestTimeout ? timeout : LongestTimeout,
            MaxParallel = setup.Options.Fleet.MaxParallel,
            CallsPerMinute = setup.Options.Gateway.CallsPerMinute,
            CallsPerMinuteInAll = setup.Options.Gateway.CallsPerMinuteInAll,
            Web = setup.Options.WebReading,
            Search = setup.Options.Search,
            PublicUrl = setup.Options.Gateway.PublicUrl is { } url ? new Uri(url) : null,
        };
    }

    // The default one is ours to make; a configured one must be there, or a slip would open an empty directory.
    private static string FilesRoot(GatewaySetup setup)
    {
        if (setup.Options.Files.Root is { } configured)
        {
            return Directory.Exists(configured)
                ? Path.GetFullPath(configured)
                : throw new Configuration.ConfigurationProblemsException([new("settings", 0, "Files:Root", $"the directory {configured} does not exist; make it, or leave the key out.")]);
        }

        var root = Path.Combine(setup.DataDirectory, "files");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(root);
        else Directory.CreateDirectory(root, OwnerOnly);
        return root;
    }
}
