using ChatOps.Channels;
using ChatOps.Channels.Discord;
using ChatOps.Channels.Slack;
using ChatOps.Channels.Telegram;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host;

/// <summary>What the platforms' channels need and how they check it, without a gateway.</summary>
internal sealed class ChannelSetups : IDisposable
{
    private readonly LoadedSettings settings;
    private readonly ServiceProvider services;

    /// <summary>Makes them.</summary>
    /// <param name="settings">The settings in force.</param>
    public ChannelSetups(LoadedSettings settings)
    {
        this.settings = settings;
        services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IEgress>(new EgressGuard(settings.Options.Egress))
            .AddTelegramChannel(new TelegramOptions())
            .AddSlackChannel(new SlackOptions())
            .AddDiscordChannel(new DiscordOptions())
            .BuildServiceProvider();
        All = [.. services.GetServices<IChannelSetup>()];
    }

    /// <summary>All channels that can be set up.</summary>
    public IReadOnlyList<IChannelSetup> All { get; }

    /// <summary>Whether a channel is switched on.</summary>
    public bool IsEnabled(IChannelSetup setup) => Values(setup).GetValueOrDefault("Enabled") == "true";

    /// <summary>What is configured for a channel: resolved values by key; keys that nobody wrote are left out.</summary>
    public IReadOnlyDictionary<string, string> Values(IChannelSetup setup)
    {
        var section = $"Channels:{setup.Title}:";
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in KnownSettings.All.Where(s => s.Key.StartsWith(section, StringComparison.Ordinal)))
        {
            if (setting.Written(settings.Options) is { } text && SettingReferences.Resolve(text).Value is { Length: > 0 } value) values[setting.Key[section.Length..]] = value;
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose() => services.Dispose();
}
