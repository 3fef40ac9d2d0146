using System.Text.RegularExpressions;
using ChatOps.Channels.Discord;
using ChatOps.Channels.Slack;
using ChatOps.Channels.Telegram;
using ChatOps.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host;

/// <summary>What the channels themselves find wrong with their settings. Each knows what it needs in which mode; asking it to register with them tells.</summary>
internal static partial class ChannelProblems
{
    /// <summary>Every problem of every channel that is on.</summary>
    public static IEnumerable<ConfigurationProblem> Of(ChatOpsOptions options)
    {
        return new (string Section, Action<IServiceCollection> Add)[]
        {
            ("Channels:Telegram", services => services.AddTelegramChannel(options.TelegramAt(options.Gateway.PublicUrl))),
            ("Channels:Slack", services => services.AddSlackChannel(options.Slack)),
            ("Channels:Discord", services => services.AddDiscordChannel(options.Discord)),
        }.Select(channel => Try(channel.Section, channel.Add)).OfType<ConfigurationProblem>();
    }

    private static ConfigurationProblem? Try(string section, Action<IServiceCollection> add)
    {
        try
        {
            add(new ServiceCollection());
            return null;
        }
        catch (ArgumentException wrong)
        {
            var reason = ParameterName().Replace(wrong.Message, "");
            var key = Key().Match(reason);
            return key.Success && key.Value.Contains(':', StringComparison.Ordinal)
                ? new ConfigurationProblem("settings", 0, key.Value, reason[key.Length..].TrimStart(':', ' '))
                : new ConfigurationProblem("settings", 0, section, reason);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z]+(:[A-Za-z]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@" \(Parameter '\w+'\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
