using System.Buffers;

namespace ChatOps.Channels.Telegram;

/// <summary>The payload of a button: one character for the step, then the token. Telegram takes 1 to 64 bytes; anybody can send anything back.</summary>
/// <param name="Step">What a press does.</param>
/// <param name="Token">Names the stored action.</param>
internal sealed record PressData(PressStep Step, string Token)
{
    /// <summary>Longest token.</summary>
    public const int MaxToken = 40;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:");

    /// <summary>As it is sent.</summary>
    public string Encoded => (char)Step + Token;

    /// <summary>Reads one; null when it is not ours.</summary>
    public static PressData? Read(string? data)
    {
        if (data is not { Length: > 1 and <= MaxToken + 1 } || data.AsSpan(1).ContainsAnyExcept(TokenCharacters)) return null;
        return data[0] switch
        {
            '!' => new(PressStep.Act, data[1..]),
            '?' => new(PressStep.AskConfirm, data[1..]),
            '+' => new(PressStep.AskReason, data[1..]),
            '<' => new(PressStep.Back, data[1..]),
            _ => null,
        };
    }
}
