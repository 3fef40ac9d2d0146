using System.Globalization;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// Telegram's messages that make up one of ours, as one text: <c>12,13,f14:1a2b3c4d</c> are two texts and a file with the fingerprint of its content.
/// </summary>
/// <param name="Words">The texts, in order.</param>
/// <param name="Files">The files, in order, with their fingerprints.</param>
internal sealed record TelegramPlatformId(IReadOnlyList<long> Words, IReadOnlyList<(long Id, string Fingerprint)> Files)
{
    /// <summary>What a refusal that was shown with a press is called: there is no message.</summary>
    public const string Alert = "alert";

    /// <summary>None.</summary>
    public static readonly TelegramPlatformId None = new([], []);

    /// <summary>As it is stored; null for none.</summary>
    public string? Encoded
    {
        get
        {
            var all = Words.Select(TelegramInbound.Number).Concat(Files.Select(f => $"f{TelegramInbound.Number(f.Id)}:{f.Fingerprint}"));
            return string.Join(',', all) is { Length: > 0 } text ? text : null;
        }
    }

    /// <summary>All of Telegram's ids.</summary>
    public IReadOnlyList<long> All => [.. Words, .. Files.Select(f => f.Id)];

    /// <summary>Reads it. What cannot be read was not written here, and is passed over.</summary>
    public static TelegramPlatformId Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return None;
        var words = new List<long>();
        var files = new List<(long, string)>();
        foreach (var part in text.Split(','))
        {
            if (part is ['f', .. var rest] && rest.Split(':') is [var number, var fingerprint] && TryNumber(number, out var file)) files.Add((file, fingerprint));
            else if (TryNumber(part, out var word)) words.Add(word);
        }

        return new TelegramPlatformId(words, files);
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
