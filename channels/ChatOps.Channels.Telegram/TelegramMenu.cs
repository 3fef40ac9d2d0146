using System.Text.RegularExpressions;
using ChatOps.Channels.Telegram.Client;

namespace ChatOps.Channels.Telegram;

/// <summary>The command menu. Telegram allows no dash in a command's name; an underscore stands for it, and is read back. Pure.</summary>
internal static partial class TelegramMenu
{
    /// <summary>Changes when the same commands would be registered differently.</summary>
    public const string Version = "1";

    private const int MaxCommands = 100;
    private const int MaxSummary = 256;

    /// <summary>The entries.</summary>
    public static IReadOnlyList<TgBotCommand> Of(IReadOnlyList<ChannelCommand> commands) =>
    [
        .. commands.Select(c => new TgBotCommand { Command = Spelled(c.Name), Description = Summary(c) })
            .Where(c => Valid().IsMatch(c.Command!)).DistinctBy(c => c.Command).Take(MaxCommands),
    ];

    /// <summary>A typed command as the grammar knows it: <c>/break_glass</c> is <c>/break-glass</c> where there is such a command.</summary>
    public static string Read(string text, IReadOnlyList<ChannelCommand> commands)
    {
        if (text is not ['/', ..]) return text;
        var end = text.AsSpan().IndexOfAny(" \n\t");
        var word = end < 0 ? text[1..] : text[1..end];
        if (!word.Contains('_', StringComparison.Ordinal) || commands.Any(c => c.Name == word)) return text;
        return commands.FirstOrDefault(c => Spelled(c.Name) == word) is { } meant ? $"/{meant.Name}{text[(word.Length + 1)..]}" : text;
    }

    private static string Spelled(string name) => name.ToLowerInvariant().Replace('-', '_');

    private static string Summary(ChannelCommand command)
    {
        var text = Rendering.InertText.Of(command.Summary.ReplaceLineEndings(" ")).Trim();
        if (text.Length == 0) text = command.Name;
        return text.Length <= MaxSummary ? text : text[..(MaxSummary - 1)] + "…";
    }

    [GeneratedRegex("^[a-z0-9_]{1,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex Valid();
}
