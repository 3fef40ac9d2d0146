namespace ChatOps.Testing.Discord;

/// <summary>What the server answers to a wrong request.</summary>
/// <param name="http">HTTP status.</param>
/// <param name="code">Discord's code.</param>
/// <param name="text">Its message.</param>
public sealed class DiscordRefusalException(int http, int code, string text) : Exception(text)
{
    public int Http => http;

    public int Code => code;

    /// <summary>A body that does not hold to the documented form.</summary>
    public static DiscordRefusalException Form(string what) => new(400, 50035, $"Invalid Form Body: {what}");
}
