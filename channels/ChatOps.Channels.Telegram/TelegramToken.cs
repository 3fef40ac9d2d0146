using System.Text.RegularExpressions;

namespace ChatOps.Channels.Telegram;

/// <summary>The bot's token in use. It is read once and then again when Telegram refuses it or its source has changed.</summary>
/// <param name="secret">Its source.</param>
internal sealed partial class TelegramToken(ChannelSecret secret)
{
    private const string Remedy = "Take the token from @BotFather (/mybots, API Token) and set Channels:Telegram:Token to it. The channel starts again when it changes.";

    private volatile string? current;

    /// <summary>The source.</summary>
    public ChannelSecret Secret => secret;

    /// <summary>The token.</summary>
    /// <exception cref="ChannelFatalException">There is none, or it cannot be one.</exception>
    public string Value => current ?? Read();

    /// <summary>Whether a text has the form of a token.</summary>
    public static bool IsToken(string text) => Form().IsMatch(text);

    /// <summary>Reads the source again.</summary>
    /// <returns>Whether the token is another one now.</returns>
    public bool Reload()
    {
        var before = current;
        return Read() != before;
    }

    /// <summary>What is said when Telegram does not know the token.</summary>
    public ChannelFatalException Refused() => new("Telegram does not accept the bot's token: it was revoked, or is not complete", Remedy) { Secrets = [secret] };

    private string Read()
    {
        var value = secret.Current();
        if (!IsToken(value)) throw new ChannelFatalException($"{secret.Name} does not have the form of a bot token (digits, a colon, letters)", Remedy) { Secrets = [secret] };
        return current = value;
    }

    [GeneratedRegex("^[0-9]{1,20}:[A-Za-z0-9_-]{10,100}$", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
