using System.Globalization;
using ChatOps.Messages;

namespace ChatOps.Bus;

/// <summary>
/// Keeps beside the store, which is away, since when it is and who had to wait, so that a restart meanwhile does not forget them. One line each: the time and, where a message could not be taken, its
/// conversation. A file that cannot be written keeps nothing and stops nobody.
/// </summary>
/// <param name="path">The file; null keeps nothing.</param>
internal sealed class OutageFile(string? path)
{
    private readonly Lock gate = new();

    /// <summary>Adds a line.</summary>
    public void Note(DateTimeOffset now, ConversationKey? conversation) => Try(file =>
    {
        var opening = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) opening.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, opening);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{now:O} {conversation?.Id}\n"));
    });

    /// <summary>What an earlier process noted and did not end; null when nothing.</summary>
    public (DateTimeOffset Begun, IReadOnlyList<ConversationKey> Waited)? Read()
    {
        var lines = new List<string[]>();
        Try(file =>
        {
            if (File.Exists(file)) lines.AddRange(File.ReadLines(file).Take(Outages.MaxConversations).Select(line => line.Split(' ', 2)));
        });
        return lines is [[var first, ..], ..] && DateTimeOffset.TryParse(first, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var begun)
            ? (begun, [.. lines.Select(Conversation).OfType<ConversationKey>().Distinct()])
            : null;
    }

    /// <summary>It is over.</summary>
    public void Delete() => Try(File.Delete);

    // A process that is killed leaves half a line.
    private static ConversationKey? Conversation(string[] line)
    {
        try
        {
            return line is [_, { Length: > 0 } id] ? ConversationKey.Parse(id) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void Try(Action<string> act)
    {
        if (path is null) return;
        try
        {
            lock (gate) act(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The disk may be what is away.
        }
    }
}
